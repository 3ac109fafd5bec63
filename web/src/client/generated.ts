// The operations of the server, as the client calls them. Printed from the operations' schemas by npm run docs; do not edit.

export interface Operations {
  'overview.show': {
    kind: 'read'
    input: Record<string, never>
    output: { name: string; at: number; events: { lastHour: number; lastDay: number; perSecond: number; stored: number; trend: { at: number; count: number }[] }; alerts: { lastDay: number; byLevel: Record<"informational" | "low" | "medium" | "high" | "critical", number>; trend: { at: number; informational: number; low: number; medium: number; high: number; critical: number }[] }; incidents: { open: number; byLevel: Record<"informational" | "low" | "medium" | "high" | "critical", number>; items: ({ id: string; number: number; title: string; summary: string; state: "observed" | "open" | "investigating" | "contained" | "closed"; level: "informational" | "low" | "medium" | "high" | "critical"; opened: number; first: number; last: number; alerts: number; rules: number; hosts: string[]; users: string[]; addresses: string[]; assets: string[]; tactics: string[]; techniques: string[]; assignee: string })[] }; attention: ({ level: "informational" | "low" | "medium" | "high" | "critical"; title: string; detail: string; to: string })[]; sources: ({ name: string; kind: string; state: "running" | "waiting" | "failed" | "stopped"; detail: string; events: number; bytes: number; bytesToday: number; rejected: number; overQuota: number; unparsed: number; unparsedShare: number; unparsedWhy: string; lastSeen: number | null; perSecond: number; lagMiddle: number | null; lagMost: number | null; unusual: string })[]; rules: Record<string, number>; model: { zones: number; assets: number; flows: number; data: number; services: number; issues: number }; ledger: { entries: number; ok: boolean; checkedAt: number | null }; stores: ({ name: string; engine: string; ok: boolean; detail: string; bytes?: number | undefined })[] }
  }
  'system.health': {
    kind: 'read'
    input: Record<string, never>
    output: { ok: boolean; version: string; uptimeSeconds: number; memoryBytes: number; stores: ({ name: string; engine: string; ok: boolean; detail: string; bytes?: number | undefined })[]; counters: Record<string, number> }
  }
  'job.list': {
    kind: 'read'
    input: { job?: string | undefined; state?: "waiting" | "running" | "done" | "failed" | "cancelled" | undefined; limit?: number | undefined }
    output: { items: ({ id: string; job: string; state: "waiting" | "running" | "done" | "failed" | "cancelled"; attempt: number; by: string; created: number; due: number; started: number | null; ended: number | null; done: number; total: number | null; text: string; error: string })[]; jobs: ({ name: string; does: string; schedule: string | null; next: number | null })[] }
  }
  'job.run': {
    kind: 'write'
    input: { job: string }
    output: { id: string }
  }
  'job.cancel': {
    kind: 'write'
    input: { id: string }
    output: { id: string }
  }
  'evidence.collect': {
    kind: 'read'
    input: { name?: string | undefined }
    output: { items: { name: string; statement: string; holds: boolean; detail: Record<string, unknown> }[] }
  }
  'report.show': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ name: string; title: string; paragraphs: string[]; table?: { columns: string[]; rows: string[][] } | undefined })[] }
  }
  'action.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: { name: string; does: string; risk: string }[] }
  }
  'action.run': {
    kind: 'act'
    input: { name: string; target: string }
    output: { outcome: string }
  }
  'rule.coverage': {
    kind: 'read'
    input: { test?: boolean | undefined; layer?: boolean | undefined }
    output: { items: ({ technique: string; tactics: string[]; state: "tested" | "running" | "waiting" | "idle"; tested: number; running: number; waiting: number; idle: number })[]; counts: Record<string, number>; tested: boolean; uncovered: { technique: string; tactics: string[] }[]; gaps: ({ technique: string; tactic: string; asset: string; text: string; goals: string[]; probability: number; missing: "rule" | "log source" | "logging"; seenBy: string[] })[]; layer: Record<string, unknown> | null }
  }
  'model.show': {
    kind: 'read'
    input: Record<string, never>
    output: { name: string; kinds: ({ id: string; title: string; category: "person" | "endpoint" | "server" | "web" | "proxy" | "application" | "database" | "cache" | "queue" | "storage" | "identity" | "network" | "security" | "management" | "build" | "backup" | "saas" | "cloud" | "container" | "device" | "industrial" | "mobile" | "browser"; technology: string; ports: { protocol: string; port: number; encrypted: boolean }[]; logs: string[]; patchFamily: string; data: "stores" | "processes" | "forwards" | "none"; traits: ("human-operated" | "browses-internet" | "reads-mail" | "renders-user-content" | "parses-uploads" | "runs-foreign-code" | "holds-credentials" | "issues-credentials" | "admin-interface" | "remote-access" | "public-service" | "vendor-managed" | "hard-to-patch" | "legacy-protocols" | "executes-queries" | "many-tenants" | "safety-critical" | "builds-code" | "backs-up" | "sees-traffic" | "filters-traffic")[]; weaknesses: string[]; builtIn: boolean })[]; zones: ({ id: string; title: string; trust: number; cidrs: string[]; parent?: string | undefined; at: { file: string; line: number } })[]; assets: ({ id: string; title: string; kind: string; zone: string; hosts: string[]; addresses: string[]; owner: string; criticality: "low" | "medium" | "high" | "critical"; stores: string[]; internetFacing: boolean; category: "person" | "endpoint" | "server" | "web" | "proxy" | "application" | "database" | "cache" | "queue" | "storage" | "identity" | "network" | "security" | "management" | "build" | "backup" | "saas" | "cloud" | "container" | "device" | "industrial" | "mobile" | "browser"; technology: string; ports: { protocol: string; port: number; encrypted: boolean }[]; logs: string[]; patchFamily: string; traits: ("human-operated" | "browses-internet" | "reads-mail" | "renders-user-content" | "parses-uploads" | "runs-foreign-code" | "holds-credentials" | "issues-credentials" | "admin-interface" | "remote-access" | "public-service" | "vendor-managed" | "hard-to-patch" | "legacy-protocols" | "executes-queries" | "many-tenants" | "safety-critical" | "builds-code" | "backs-up" | "sees-traffic" | "filters-traffic")[]; weaknesses: string[]; controls: ("mfa" | "phishing-resistant-mfa" | "edr" | "waf" | "disk-encryption" | "mail-filter" | "allow-list" | "least-privilege" | "isolation" | "rate-limit" | "input-validation" | "hardened" | "patched-weekly" | "patched-monthly" | "logging" | "immutable-backup" | "secrets-vault" | "code-review" | "egress-filter" | "dlp" | "sandbox" | "integrity-check" | "pseudonymised" | "retention-limit" | "consent" | "session-recording" | "signed-updates" | "redundancy")[]; replicas: number; environment: string; tags: string[]; instances: ({ id: string; environment: string; site: string; zone: string; hosts: string[]; addresses: string[]; replicas: number; owner: string; criticality: "low" | "medium" | "high" | "critical" })[]; at: { file: string; line: number } })[]; flows: { id: string; from: string; to: string; protocol: string; port: number; encrypted: boolean; authentication: string; authorization: string; data: string[]; back: string[]; purpose: string; tags: string[]; at: { file: string; line: number } }[]; data: ({ id: string; title: string; confidentiality: "low" | "medium" | "high" | "critical"; integrity: "low" | "medium" | "high" | "critical"; availability: "low" | "medium" | "high" | "critical"; records: number; subjects: string; jurisdictions: string[]; at: { file: string; line: number } })[]; services: { id: string; title: string; owner: string; needs: string[]; needsCount: { asset: string; count: number }[]; revenuePerHour: number; tolerableOutageMinutes: number; at: { file: string; line: number } }[]; people: ({ id: string; title: string; function: string; count: number; accounts: string[]; zone: string; uses: ({ asset: string; as: "user" | "admin"; factor: "none" | "password" | "password-and-push" | "password-and-code" | "key" | "certificate" | "passkey" })[]; habits: ("opens-attachments" | "reuses-passwords" | "works-from-anywhere" | "uses-own-device" | "keeps-old-rights" | "approves-prompts" | "plugs-media" | "trained")[]; sharedAccount: boolean; external: boolean; at: { file: string; line: number } })[]; trust: ({ id: string; from: string; to: string; as: "user" | "admin" | "service"; factor: "none" | "password" | "password-and-push" | "password-and-code" | "key" | "certificate" | "passkey"; at: { file: string; line: number } })[]; assumptions: ({ id: string; text: string; about: string[]; check: string; until?: string | undefined; at: { file: string; line: number } })[]; views: ({ id: string; title: string; include: string; exclude: string; groupBy: "" | "zone" | "owner" | "kind"; at: { file: string; line: number } })[]; moves: { from: string; to: string; at: { file: string; line: number } }[] }
  }
  'model.check': {
    kind: 'read'
    input: Record<string, never>
    output: { issues: ({ severity: "error" | "warning"; code: string; at: { file: string; line?: number | undefined; column?: number | undefined }; text: string; help?: string | undefined })[]; counts: { zones: number; assets: number; flows: number; data: number; services: number; people: number; trust: number } }
  }
  'model.diff': {
    kind: 'read'
    input: { rev?: string | undefined }
    output: { commit: string; items: ({ what: "new" | "gone" | "changed" | "renamed"; part: string; id: string; text: string; weaker: boolean; at?: { file: string; line: number } | undefined })[]; counts: { new: number; gone: number; changed: number; renamed: number; weaker: number } }
  }
  'model.import': {
    kind: 'read'
    input: { paths: string[]; format?: string | undefined; into?: string | undefined }
    output: { format: string; files: { path: string; text: string }[]; counts: { seen: Record<string, number>; written: Record<"zones" | "assets" | "flows" | "data" | "services" | "people", number>; added: Record<"zones" | "assets" | "flows" | "data" | "services" | "people", number>; rows: { noun: string; seen: number; became: Record<string, number> }[] }; notes: string[]; issues: ({ severity: "error" | "warning"; code: string; at: { file: string; line?: number | undefined; column?: number | undefined }; text: string; help?: string | undefined })[] }
  }
  'model.export': {
    kind: 'read'
    input: { format: "otm" | "threat-dragon" | "mermaid" | "json" }
    output: { format: string; file: string; text: string }
  }
  'model.view': {
    kind: 'read'
    input: { view?: string | undefined; group?: "zone" | "kind" | "owner" | "none" | undefined; query?: string | undefined; fresh?: boolean | undefined }
    output: { view: string; title: string; group: "" | "zone" | "kind" | "owner" | "none"; views: { id: string; title: string }[]; width: number; height: number; zones: ({ id: string; title: string; trust: number; parent?: string | undefined; depth: number; x: number; y: number; width: number; height: number })[]; nodes: ({ id: string; title: string; text: string; kind: string; zone: string; criticality: "low" | "medium" | "high" | "critical"; internetFacing: boolean; group: boolean; assets: string[]; x: number; y: number; width: number; height: number })[]; links: { id: string; from: string; to: string; flows: string[]; label: string; crosses: boolean; encrypted: boolean; authenticated: boolean; path: string }[]; hidden: { assets: number; flows: number; inside: number } }
  }
  'model.draw': {
    kind: 'read'
    input: { view?: string | undefined; group?: "zone" | "kind" | "owner" | "none" | undefined; query?: string | undefined; fresh?: boolean | undefined; format?: "svg" | "json" | "mermaid" | undefined; theme?: "auto" | "light" | "dark" | undefined }
    output: { text: string }
  }
  'reality.list': {
    kind: 'read'
    input: { kind?: ("undeclared" | "attempted" | "wrong-direction" | "wrong-port" | "unencrypted" | "unused" | "unknown-host" | "never-seen")[] | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; q?: string | undefined; ignore?: string[] | undefined; days?: number | undefined; limit?: number | undefined; cursor?: string | undefined }
    output: { items: ({ id: string; kind: "undeclared" | "attempted" | "wrong-direction" | "wrong-port" | "unencrypted" | "unused" | "unknown-host" | "never-seen"; level: "informational" | "low" | "medium" | "high" | "critical"; title: string; detail: string; from: string; to: string; protocol: string; port: number; flow: string; asset: string; zones: string[]; why: string[]; evidence: { count: number; refused: number; first: number | null; last: number | null; bytes: number; sources: string[]; event: string }; proposal: { does: "add" | "change" | "remove" | "nothing"; yaml: string; at?: { file: string; line: number } | undefined } })[]; next: string | null; total: number; watched: { since: number | null; until: number | null; flows: number; attempts: number; declared: number; confirmed: number; dropped: number } }
  }
  'reality.show': {
    kind: 'read'
    input: { id: string; days?: number | undefined }
    output: { id: string; kind: "undeclared" | "attempted" | "wrong-direction" | "wrong-port" | "unencrypted" | "unused" | "unknown-host" | "never-seen"; level: "informational" | "low" | "medium" | "high" | "critical"; title: string; detail: string; from: string; to: string; protocol: string; port: number; flow: string; asset: string; zones: string[]; why: string[]; evidence: { count: number; refused: number; first: number | null; last: number | null; bytes: number; sources: string[]; event: string }; proposal: { does: "add" | "change" | "remove" | "nothing"; yaml: string; at?: { file: string; line: number } | undefined } }
  }
  'reality.propose': {
    kind: 'read'
    input: { ids?: string[] | undefined; kind?: ("undeclared" | "attempted" | "wrong-direction" | "wrong-port" | "unencrypted" | "unused" | "unknown-host" | "never-seen")[] | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; q?: string | undefined; ignore?: string[] | undefined; days?: number | undefined }
    output: { yaml: string; findings: number }
  }
  'threat.list': {
    kind: 'read'
    input: { q?: string | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; decided?: boolean | undefined; limit?: number | undefined; cursor?: string | undefined }
    output: { items: ({ id: string; title: string; remedy: string; at: string[]; level: "informational" | "low" | "medium" | "high" | "critical"; perYear: number; threats: ({ id: string; rule: string; title: string; target: string; place: string; cause: string; level: "informational" | "low" | "medium" | "high" | "critical"; likelihood: "rare" | "unlikely" | "possible" | "likely" | "expected"; perYear: number; severity: "informational" | "low" | "medium" | "high" | "critical"; inputs: { name: string; value: number; why: string }[]; witness: { origin: "internet" | "partner" | "workplace" | "insider" | "physical"; start: string; assets: string[]; flows: string[]; people: string[]; trust: string[]; hops: number; text: string }; stride: ("S" | "T" | "R" | "I" | "D" | "E")[]; linddun: ("linking" | "identifying" | "non-repudiation" | "detecting" | "disclosure" | "unawareness" | "non-compliance")[]; cwe: string[]; attack: string[]; meaning: string; consequence: string; fix: string; seenBy: string; falsePositives: string; data: string[]; services: string[]; decision?: { threat: string; decision: "mitigated" | "accepted" | "transferred" | "false-positive"; reason: string; owner: string; until?: string | undefined; control?: string | undefined; file: string; line: number } | undefined })[]; open: number; data: string[]; services: string[] })[]; next: string | null; total: number; issues: ({ severity: "error" | "warning"; code: string; at: { file: string; line?: number | undefined; column?: number | undefined }; text: string; help?: string | undefined })[] }
  }
  'threat.show': {
    kind: 'read'
    input: { id: string }
    output: { threat: { id: string; rule: string; title: string; target: string; place: string; cause: string; level: "informational" | "low" | "medium" | "high" | "critical"; likelihood: "rare" | "unlikely" | "possible" | "likely" | "expected"; perYear: number; severity: "informational" | "low" | "medium" | "high" | "critical"; inputs: { name: string; value: number; why: string }[]; witness: { origin: "internet" | "partner" | "workplace" | "insider" | "physical"; start: string; assets: string[]; flows: string[]; people: string[]; trust: string[]; hops: number; text: string }; stride: ("S" | "T" | "R" | "I" | "D" | "E")[]; linddun: ("linking" | "identifying" | "non-repudiation" | "detecting" | "disclosure" | "unawareness" | "non-compliance")[]; cwe: string[]; attack: string[]; meaning: string; consequence: string; fix: string; seenBy: string; falsePositives: string; data: string[]; services: string[]; decision?: { threat: string; decision: "mitigated" | "accepted" | "transferred" | "false-positive"; reason: string; owner: string; until?: string | undefined; control?: string | undefined; file: string; line: number } | undefined }; cause: { id: string; title: string; remedy: string; at: string[]; level: "informational" | "low" | "medium" | "high" | "critical"; perYear: number; threats: ({ id: string; rule: string; title: string; target: string; place: string; cause: string; level: "informational" | "low" | "medium" | "high" | "critical"; likelihood: "rare" | "unlikely" | "possible" | "likely" | "expected"; perYear: number; severity: "informational" | "low" | "medium" | "high" | "critical"; inputs: { name: string; value: number; why: string }[]; witness: { origin: "internet" | "partner" | "workplace" | "insider" | "physical"; start: string; assets: string[]; flows: string[]; people: string[]; trust: string[]; hops: number; text: string }; stride: ("S" | "T" | "R" | "I" | "D" | "E")[]; linddun: ("linking" | "identifying" | "non-repudiation" | "detecting" | "disclosure" | "unawareness" | "non-compliance")[]; cwe: string[]; attack: string[]; meaning: string; consequence: string; fix: string; seenBy: string; falsePositives: string; data: string[]; services: string[]; decision?: { threat: string; decision: "mitigated" | "accepted" | "transferred" | "false-positive"; reason: string; owner: string; until?: string | undefined; control?: string | undefined; file: string; line: number } | undefined })[]; open: number; data: string[]; services: string[] } }
  }
  'threat.decide': {
    kind: 'write'
    input: { threat: string; decision: "mitigated" | "accepted" | "transferred" | "false-positive"; reason: string; owner: string; until?: string | undefined; control?: string | undefined }
    output: { file: string; diff: string; threats: string[] }
  }
  'threat.rules': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ id: string; title: string; stride: ("S" | "T" | "R" | "I" | "D" | "E")[]; linddun: ("linking" | "identifying" | "non-repudiation" | "detecting" | "disclosure" | "unawareness" | "non-compliance")[]; cwe: string[]; attack: string[]; meaning: string; consequence: string; fix: string; seenBy: string; falsePositives: string; remedy: string; frequency: string; privilege: "nothing" | "user" | "admin" | "physical"; harms: ("confidentiality" | "integrity" | "availability")[]; slowedBy: string[] })[]; total: number }
  }
  'threat.since': {
    kind: 'read'
    input: { rev: string }
    output: { added: ({ id: string; title: string; remedy: string; at: string[]; level: "informational" | "low" | "medium" | "high" | "critical"; perYear: number; threats: ({ id: string; rule: string; title: string; target: string; place: string; cause: string; level: "informational" | "low" | "medium" | "high" | "critical"; likelihood: "rare" | "unlikely" | "possible" | "likely" | "expected"; perYear: number; severity: "informational" | "low" | "medium" | "high" | "critical"; inputs: { name: string; value: number; why: string }[]; witness: { origin: "internet" | "partner" | "workplace" | "insider" | "physical"; start: string; assets: string[]; flows: string[]; people: string[]; trust: string[]; hops: number; text: string }; stride: ("S" | "T" | "R" | "I" | "D" | "E")[]; linddun: ("linking" | "identifying" | "non-repudiation" | "detecting" | "disclosure" | "unawareness" | "non-compliance")[]; cwe: string[]; attack: string[]; meaning: string; consequence: string; fix: string; seenBy: string; falsePositives: string; data: string[]; services: string[]; decision?: { threat: string; decision: "mitigated" | "accepted" | "transferred" | "false-positive"; reason: string; owner: string; until?: string | undefined; control?: string | undefined; file: string; line: number } | undefined })[]; open: number; data: string[]; services: string[] })[]; gone: string[]; changed: ({ id: string; before: "informational" | "low" | "medium" | "high" | "critical"; now: "informational" | "low" | "medium" | "high" | "critical" })[] }
  }
  'path.list': {
    kind: 'read'
    input: { from?: string | undefined; to?: string | undefined; profile?: string | undefined; k?: number | undefined; unseen?: boolean | undefined; without?: string[] | undefined; fix?: string[] | undefined; add?: string[] | undefined }
    output: { items: { goal: string; title: string; probability: number; summary: string; start: string; steps: { asset: string; text: string; gives: string; rule: string; technique: string; tactic: string; probability: number; because: { text: string; factor: number }[]; over: string[]; after: number[]; seenBy: string[]; logged: boolean; detected: boolean }[]; likewise: number; detected: boolean }[]; goals: { goal: string; title: string; reachable: boolean; probability: number; undetected: number; exact: boolean; atMost: number }[] }
  }
  'path.blast': {
    kind: 'read'
    input: { asset: string; without?: string[] | undefined; fix?: string[] | undefined; add?: string[] | undefined }
    output: { from: string; items: ({ asset: string; title: string; how: "controls" | "runs commands" | "is logged in"; probability: number; exact: boolean })[]; data: { data: string; records: number; probability: number }[]; services: { service: string; revenuePerHour: number; probability: number }[]; records: number }
  }
  'path.choke': {
    kind: 'read'
    input: { to: string; from?: string | undefined; profile?: string | undefined; below?: number | undefined; without?: string[] | undefined; fix?: string[] | undefined; add?: string[] | undefined }
    output: { goal: string; title: string; probability: number; points: { assets: string[]; steps: string[]; techniques: string[]; seenBy: string[]; unavoidable: boolean; otherwise: number; through: number; detected: boolean }[]; facts: string[]; cut: { below: number; possible: boolean; changes: { change: string; price: number }[]; price: number; atLeast: number; exact: boolean; left: number; paths: number } }
  }
  'path.profiles': {
    kind: 'read'
    input: Record<string, never>
    output: { items: { id: string; title: string; does: string; starts: number; skills: Record<string, number>; goals: string[] }[]; jewels: { id: string; title: string; why: string; assets: string[] }[] }
  }
  'host.show': {
    kind: 'read'
    input: { packages?: boolean | undefined }
    output: { at: number; name: string; system: { platform: string; id: string; title: string; version: string; kernel: string }; interfaces: { name: string; mac: string; addresses: { address: string; prefix: number }[] }[]; gateways: { address: string; interface: string }[]; listening: ({ transport: "tcp" | "udp"; port: number; addresses: string[]; process: string; pid: number | null; user: string; package: string })[]; packages: { manager: "dpkg" | "rpm" | "apk" | "unknown"; count: number; items: { name: string; version: string; architecture: string }[] }; users: { name: string; uid: number; shell: string; login: boolean; admin: boolean }[]; journal: { present: boolean; readable: boolean }; logs: { path: string; bytes: number }[]; unknown: { what: string; why: string }[] }
  }
  'hold.place': {
    kind: 'write'
    input: { q?: string | undefined; source?: string | undefined; since?: number | null | undefined; until?: number | null | undefined; reason: string }
    output: { id: string; q: string; source: string; since: number | null; until: number | null; reason: string; placed: number; by: string; released: number | null }
  }
  'hold.list': {
    kind: 'read'
    input: { all?: boolean | undefined }
    output: { items: ({ id: string; q: string; source: string; since: number | null; until: number | null; reason: string; placed: number; by: string; released: number | null })[] }
  }
  'hold.release': {
    kind: 'write'
    input: { id: string }
    output: { id: string }
  }
  'retention.preview': {
    kind: 'read'
    input: Record<string, never>
    output: { bytes: number; limit: number; holds: number; archived: number; days: ({ day: string; events: number; bytes: number; remove: number; held: number; why: "age" | "space" | "archive"; how: "whole day" | "events" | "to a file" | "file" })[]; warnings: string[] }
  }
  'archive.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: { day: string; file: string; events: number; bytes: number }[] }
  }
  'event.fields': {
    kind: 'read'
    input: { q?: string | undefined; since?: number | undefined; until?: number | undefined }
    output: { fields: ({ name: string; kind: "column" | "field" | "enriched"; count: number; share: number })[]; looked: number }
  }
  'event.tail': {
    kind: 'read'
    input: { q?: string | undefined; after?: string | undefined; limit?: number | undefined }
    output: { items: { id: string; time: number; received: number; source: string; parser: string; class_uid: number; activity_id: number; activity: string; severity_id: number; outcome: string; product: string; service: string; categories: string[]; host: string; user: string; target_user: string; src_ip: string; src_port: number; src_host: string; dst_ip: string; dst_port: number; dst_host: string; domain: string; url: string; process: string; process_uid: string; parent_process: string; parent_process_uid: string; command_line: string; file: string; message: string; asset: string; parse_error: string; fields: Record<string, string>; enriched: Record<string, string>; raw: string }[]; next: string; skipped: number }
  }
  'event.processes': {
    kind: 'read'
    input: { id: string }
    output: { focus: string; host: string; nodes: ({ key: string; parent: string; uid: string; process: string; command_line: string; user: string; started: number | null; event: string | null; more: number })[]; siblings: number }
  }
  'entity.show': {
    kind: 'read'
    input: { kind: "host" | "user" | "address" | "domain"; name: string; since?: number | undefined; until?: number | undefined }
    output: { kind: "host" | "user" | "address" | "domain"; name: string; q: string; count: number; first: number | null; last: number | null; histogram: { step: number; buckets: { at: number; count: number }[] }; related: { field: string; values: { value: string; count: number }[] }[]; recent: { id: string; time: number; received: number; source: string; parser: string; class_uid: number; activity_id: number; activity: string; severity_id: number; outcome: string; product: string; service: string; categories: string[]; host: string; user: string; target_user: string; src_ip: string; src_port: number; src_host: string; dst_ip: string; dst_port: number; dst_host: string; domain: string; url: string; process: string; process_uid: string; parent_process: string; parent_process_uid: string; command_line: string; file: string; message: string; asset: string; parse_error: string; fields: Record<string, string>; enriched: Record<string, string>; raw: string }[] }
  }
  'event.search': {
    kind: 'read'
    input: { q?: string | undefined; since?: number | undefined; until?: number | undefined; limit?: number | undefined; before?: string | undefined; order?: "newest" | "oldest" | undefined }
    output: { items: { id: string; time: number; received: number; source: string; parser: string; class_uid: number; activity_id: number; activity: string; severity_id: number; outcome: string; product: string; service: string; categories: string[]; host: string; user: string; target_user: string; src_ip: string; src_port: number; src_host: string; dst_ip: string; dst_port: number; dst_host: string; domain: string; url: string; process: string; process_uid: string; parent_process: string; parent_process_uid: string; command_line: string; file: string; message: string; asset: string; parse_error: string; fields: Record<string, string>; enriched: Record<string, string>; raw: string }[]; next: string | null; took: number; scanned: number; archived: number }
  }
  'event.hunt': {
    kind: 'read'
    input: { q?: string | undefined; since?: number | undefined; until?: number | undefined; limit?: number | undefined; before?: string | undefined }
    output: { kind: "events" | "table" | "timechart"; items: { id: string; time: number; received: number; source: string; parser: string; class_uid: number; activity_id: number; activity: string; severity_id: number; outcome: string; product: string; service: string; categories: string[]; host: string; user: string; target_user: string; src_ip: string; src_port: number; src_host: string; dst_ip: string; dst_port: number; dst_host: string; domain: string; url: string; process: string; process_uid: string; parent_process: string; parent_process_uid: string; command_line: string; file: string; message: string; asset: string; parse_error: string; fields: Record<string, string>; enriched: Record<string, string>; raw: string }[]; next: string | null; columns: ({ name: string; type: "text" | "number" | "time" })[]; rows: ((string | number | null)[])[]; step: number; took: number; scanned: number; cut: boolean }
  }
  'event.export': {
    kind: 'act'
    input: { q?: string | undefined; since?: number | undefined; until?: number | undefined; format?: "csv" | "ndjson" | "parquet" | undefined }
    output: { id: string; name: string; bytes: number; took: number }
  }
  'event.sql': {
    kind: 'read'
    input: { sql: string; limit?: number | undefined }
    output: { columns: ({ name: string; type: "text" | "number" | "time" })[]; rows: ((string | number | null)[])[]; took: number; cut: boolean }
  }
  'hunt.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ name: string; q: string; since: string; schedule: string; description: string; by: string; saved: number; next: number | null; runs: ({ at: number; count: number | null; before: number | null; took: number; error: string })[] })[] }
  }
  'hunt.save': {
    kind: 'write'
    input: { name: string; q: string; since?: string | undefined; schedule?: string | undefined; description?: string | undefined }
    output: { name: string }
  }
  'hunt.run': {
    kind: 'read'
    input: { name: string; limit?: number | undefined }
    output: { kind: "events" | "table" | "timechart"; items: { id: string; time: number; received: number; source: string; parser: string; class_uid: number; activity_id: number; activity: string; severity_id: number; outcome: string; product: string; service: string; categories: string[]; host: string; user: string; target_user: string; src_ip: string; src_port: number; src_host: string; dst_ip: string; dst_port: number; dst_host: string; domain: string; url: string; process: string; process_uid: string; parent_process: string; parent_process_uid: string; command_line: string; file: string; message: string; asset: string; parse_error: string; fields: Record<string, string>; enriched: Record<string, string>; raw: string }[]; next: string | null; columns: ({ name: string; type: "text" | "number" | "time" })[]; rows: ((string | number | null)[])[]; step: number; took: number; scanned: number; cut: boolean }
  }
  'hunt.remove': {
    kind: 'write'
    input: { name: string }
    output: { name: string }
  }
  'dashboard.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ name: string; title: string; file: string; panels: number; issues: ({ severity: "error" | "warning"; code: string; at: { file: string; line?: number | undefined; column?: number | undefined }; text: string; help?: string | undefined })[] })[] }
  }
  'dashboard.show': {
    kind: 'read'
    input: { name: string }
    output: { name: string; title: string; description: string; panels: ({ title: string; kind: "events" | "table" | "timechart" | "number"; q: string; since: string; result: { kind: "events" | "table" | "timechart"; items: { id: string; time: number; received: number; source: string; parser: string; class_uid: number; activity_id: number; activity: string; severity_id: number; outcome: string; product: string; service: string; categories: string[]; host: string; user: string; target_user: string; src_ip: string; src_port: number; src_host: string; dst_ip: string; dst_port: number; dst_host: string; domain: string; url: string; process: string; process_uid: string; parent_process: string; parent_process_uid: string; command_line: string; file: string; message: string; asset: string; parse_error: string; fields: Record<string, string>; enriched: Record<string, string>; raw: string }[]; next: string | null; columns: ({ name: string; type: "text" | "number" | "time" })[]; rows: ((string | number | null)[])[]; step: number; took: number; scanned: number; cut: boolean }; error: string })[] }
  }
  'event.show': {
    kind: 'read'
    input: { id: string }
    output: { id: string; time: number; received: number; source: string; parser: string; class_uid: number; activity_id: number; activity: string; severity_id: number; outcome: string; product: string; service: string; categories: string[]; host: string; user: string; target_user: string; src_ip: string; src_port: number; src_host: string; dst_ip: string; dst_port: number; dst_host: string; domain: string; url: string; process: string; process_uid: string; parent_process: string; parent_process_uid: string; command_line: string; file: string; message: string; asset: string; parse_error: string; fields: Record<string, string>; enriched: Record<string, string>; raw: string }
  }
  'event.ocsf': {
    kind: 'read'
    input: { id: string }
    output: { event: Record<string, unknown>; problems: { path: string; text: string }[] }
  }
  'event.histogram': {
    kind: 'read'
    input: { q?: string | undefined; since?: number | undefined; until?: number | undefined; buckets?: number | undefined }
    output: { step: number; buckets: { at: number; count: number }[] }
  }
  'event.facets': {
    kind: 'read'
    input: { q?: string | undefined; since?: number | undefined; until?: number | undefined; fields?: string[] | undefined }
    output: { facets: { field: string; values: { value: string; count: number }[] }[] }
  }
  'source.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ name: string; kind: string; state: "running" | "waiting" | "failed" | "stopped"; detail: string; events: number; bytes: number; bytesToday: number; rejected: number; overQuota: number; unparsed: number; unparsedShare: number; unparsedWhy: string; lastSeen: number | null; perSecond: number; lagMiddle: number | null; lagMost: number | null; unusual: string })[]; spool: { bytes: number; records: number; oldest: number | null; full: boolean }; dropped: number }
  }
  'source.show': {
    kind: 'read'
    input: { name: string }
    output: { name: string; kind: string; state: "running" | "waiting" | "failed" | "stopped"; detail: string; events: number; bytes: number; bytesToday: number; rejected: number; overQuota: number; unparsed: number; unparsedShare: number; unparsedWhy: string; lastSeen: number | null; perSecond: number; lagMiddle: number | null; lagMost: number | null; unusual: string }
  }
  'intel.feeds': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ name: string; format: "stix" | "misp" | "lines"; indicators: number; unread: number; why: string; modified: number })[]; indicators: number }
  }
  'intel.lookup': {
    kind: 'read'
    input: { value: string }
    output: { value: string; type: string; known: boolean; indicator: string; feed: string; label: string; confidence: number; until: number | null; allowed: string }
  }
  'enrichment.show': {
    kind: 'read'
    input: Record<string, never>
    output: { gives: { name: string; does: string }[]; indicators: number; counts: { geo: number; allow: number; identities: number }; names: { waiting: number; known: number; dropped: number }; issues: string[] }
  }
  'alert.list': {
    kind: 'read'
    input: { since?: number | undefined; until?: number | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; rule?: string | undefined; rules?: string[] | undefined; host?: string | undefined; user?: string | undefined; asset?: string | undefined; incident?: string | undefined; q?: string | undefined; repeats?: boolean | undefined; suppressed?: "without" | "with" | "only" | undefined; verdict?: "" | "confirmed" | "benign" | undefined; limit?: number | undefined; cursor?: string | undefined }
    output: { items: ({ id: string; time: number; raised: number; rule: { id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical"; techniques: string[]; tactics: string[] }; event: string; source: string; activity: string; message: string; host: string; user: string; asset: string; entities: { host?: string | undefined; user?: string | undefined; processes: string[]; addresses: string[] }; matched: { selection: string; field: string; modifiers: string[]; pattern: string; value: string }[]; events?: string[] | undefined; about?: string | undefined; late?: boolean | undefined; incident: string; times: number; first: number; last: number; head: string; suppressed: string; verdict: "" | "confirmed" | "benign"; risk: number })[]; next: string | null; total: number }
  }
  'alert.show': {
    kind: 'read'
    input: { id: string }
    output: { id: string; time: number; raised: number; rule: { id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical"; techniques: string[]; tactics: string[] }; event: string; source: string; activity: string; message: string; host: string; user: string; asset: string; entities: { host?: string | undefined; user?: string | undefined; processes: string[]; addresses: string[] }; matched: { selection: string; field: string; modifiers: string[]; pattern: string; value: string }[]; events?: string[] | undefined; about?: string | undefined; late?: boolean | undefined; incident: string; times: number; first: number; last: number; head: string; suppressed: string; verdict: "" | "confirmed" | "benign"; risk: number }
  }
  'alert.counts': {
    kind: 'read'
    input: { since?: number | undefined; until?: number | undefined }
    output: { byLevel: { informational: number; low: number; medium: number; high: number; critical: number }; days: { informational: number; low: number; medium: number; high: number; critical: number; at: number }[] }
  }
  'rule.list': {
    kind: 'read'
    input: { state?: "running" | "disabled" | "needs-list" | "unsupported" | "invalid" | undefined; standing?: "running" | "unindexable" | "no-data-source" | "field-never-seen" | "disabled" | "needs-list" | "unsupported" | "invalid" | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; q?: string | undefined; limit?: number | undefined; cursor?: string | undefined }
    output: { items: ({ id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical"; status: string; state: "running" | "disabled" | "needs-list" | "unsupported" | "invalid"; why: string; standing: "running" | "unindexable" | "no-data-source" | "field-never-seen" | "disabled" | "needs-list" | "unsupported" | "invalid"; standingWhy: string; product: string; category: string; service: string; techniques: string[]; tactics: string[]; file: string; alerts: number; hits: number; lastHit: number | null; benign: number; confirmed: number; joins: string[]; origin: { from: "own" | "folder" | "pack" | "built-in"; pack: string; revision: string; path: string }; override: { enabled: boolean | null; level: "informational" | "low" | "medium" | "high" | "critical" | null; threshold: number | null; reason: string; upstream: "informational" | "low" | "medium" | "high" | "critical"; upstreamThreshold: number | null } | null; tests: "passed" | "failed" | "none" | "not-run" })[]; next: string | null; total: number; counts: { running: number; disabled: number; "needs-list": number; unsupported: number; invalid: number }; standings: Record<"running" | "unindexable" | "no-data-source" | "field-never-seen" | "disabled" | "needs-list" | "unsupported" | "invalid", number> }
  }
  'rule.show': {
    kind: 'read'
    input: { id: string }
    output: { id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical"; status: string; state: "running" | "disabled" | "needs-list" | "unsupported" | "invalid"; why: string; standing: "running" | "unindexable" | "no-data-source" | "field-never-seen" | "disabled" | "needs-list" | "unsupported" | "invalid"; standingWhy: string; product: string; category: string; service: string; techniques: string[]; tactics: string[]; file: string; alerts: number; hits: number; lastHit: number | null; benign: number; confirmed: number; joins: string[]; origin: { from: "own" | "folder" | "pack" | "built-in"; pack: string; revision: string; path: string }; override: { enabled: boolean | null; level: "informational" | "low" | "medium" | "high" | "critical" | null; threshold: number | null; reason: string; upstream: "informational" | "low" | "medium" | "high" | "critical"; upstreamThreshold: number | null } | null; tests: "passed" | "failed" | "none" | "not-run"; text: string; feeds: { id: string; title: string }[]; correlation?: { taken: number; late: number; tooLate: number; missing: number; shed: number; found: number; asks: string; rules: { id: string; title: string }[]; groups: number; bytes: number } | undefined }
  }
  'rule.draft': {
    kind: 'read'
    input: { events: string[] }
    output: { yaml: string; title: string; fields: string[]; left: string[] }
  }
  'rule.hunt': {
    kind: 'read'
    input: { id?: string | undefined; yaml?: string | undefined; since?: number | undefined; until?: number | undefined; limit?: number | undefined }
    output: { rule: { id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical" }; count: number; days: { at: number; count: number }[]; items: { id: string; time: number; received: number; source: string; parser: string; class_uid: number; activity_id: number; activity: string; severity_id: number; outcome: string; product: string; service: string; categories: string[]; host: string; user: string; target_user: string; src_ip: string; src_port: number; src_host: string; dst_ip: string; dst_port: number; dst_host: string; domain: string; url: string; process: string; process_uid: string; parent_process: string; parent_process_uid: string; command_line: string; file: string; message: string; asset: string; parse_error: string; fields: Record<string, string>; enriched: Record<string, string>; raw: string }[]; took: number; checked: number }
  }
  'correlation.hunt': {
    kind: 'read'
    input: { id: string; since?: number | undefined; until?: number | undefined; limit?: number | undefined }
    output: { rule: { id: string; title: string }; count: number; perWeek: number | null; observed: number; days: { at: number; count: number }[]; top: { field: string; values: { value: string; count: number }[] }[]; items: { time: number; group: Record<string, string>; measure: number; events: string[] }[]; groups: number | null; matches: number; missing: number; shed: number; from: number | null }
  }
  'alert.repeats': {
    kind: 'read'
    input: { alert: string }
    output: { items: { id: string; time: number; event: string; message: string }[]; times: number }
  }
  'alert.confirm': {
    kind: 'write'
    input: { alert: string; note?: string | undefined }
    output: { id: string; time: number; raised: number; rule: { id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical"; techniques: string[]; tactics: string[] }; event: string; source: string; activity: string; message: string; host: string; user: string; asset: string; entities: { host?: string | undefined; user?: string | undefined; processes: string[]; addresses: string[] }; matched: { selection: string; field: string; modifiers: string[]; pattern: string; value: string }[]; events?: string[] | undefined; about?: string | undefined; late?: boolean | undefined; incident: string; times: number; first: number; last: number; head: string; suppressed: string; verdict: "" | "confirmed" | "benign"; risk: number }
  }
  'alert.unconfirm': {
    kind: 'write'
    input: { alert: string }
    output: { id: string; time: number; raised: number; rule: { id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical"; techniques: string[]; tactics: string[] }; event: string; source: string; activity: string; message: string; host: string; user: string; asset: string; entities: { host?: string | undefined; user?: string | undefined; processes: string[]; addresses: string[] }; matched: { selection: string; field: string; modifiers: string[]; pattern: string; value: string }[]; events?: string[] | undefined; about?: string | undefined; late?: boolean | undefined; incident: string; times: number; first: number; last: number; head: string; suppressed: string; verdict: "" | "confirmed" | "benign"; risk: number }
  }
  'alert.benign-preview': {
    kind: 'read'
    input: { alert: string; fields?: string[] | undefined; expires?: "" | string | undefined }
    output: { rule: { id: string; title: string }; fields: { field: string; value: string }[]; others: { field: string; value: string }[]; yaml: string; file: string; days: number; gone: number; stay: number; unknown: number; items: { id: string; time: number; host: string; user: string; message: string }[]; checked: number; lost: string[] }
  }
  'alert.benign': {
    kind: 'write'
    input: { alert: string; fields?: string[] | undefined; reason: string; owner?: string | undefined; expires?: "" | string | undefined }
    output: { rule: { id: string; title: string }; fields: { field: string; value: string }[]; others: { field: string; value: string }[]; yaml: string; file: string; days: number; gone: number; stay: number; unknown: number; items: { id: string; time: number; host: string; user: string; message: string }[]; checked: number; lost: string[] }
  }
  'alert.benign-list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ file: string; title: string; rules: string[]; reason: string; owner: string; alert: string; expires: string; state: "active" | "expiring" | "expired" })[]; total: number }
  }
  'alert.windows': {
    kind: 'read'
    input: Record<string, never>
    output: { standard: Record<"informational" | "low" | "medium" | "high" | "critical", number>; items: { rule: string; milliseconds: number; reason: string; author: string; at: number }[] }
  }
  'alert.set-window': {
    kind: 'write'
    input: { rule: string; milliseconds?: number | undefined; reason: string }
    output: { rule: string; milliseconds: number | null }
  }
  'suppression.list': {
    kind: 'read'
    input: { state?: ("active" | "expiring" | "expired" | "removed")[] | undefined }
    output: { items: ({ id: string; fits: { rule?: string | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; source?: string | undefined; host?: string | undefined; user?: string | undefined; asset?: string | undefined; address?: string | undefined; q?: string | undefined }; reason: string; owner: string; author: string; created: number; expires: number; state: "active" | "expiring" | "expired" | "removed"; removed: number | null; remover: string; hits: number; lastHit: number | null })[]; total: number }
  }
  'suppression.preview': {
    kind: 'read'
    input: { rule?: string | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; source?: string | undefined; host?: string | undefined; user?: string | undefined; asset?: string | undefined; address?: string | undefined; q?: string | undefined }
    output: { alerts: number; times: number; days: number }
  }
  'suppression.add': {
    kind: 'write'
    input: { rule?: string | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; source?: string | undefined; host?: string | undefined; user?: string | undefined; asset?: string | undefined; address?: string | undefined; q?: string | undefined; reason: string; owner?: string | undefined; expires: number }
    output: { id: string; fits: { rule?: string | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; source?: string | undefined; host?: string | undefined; user?: string | undefined; asset?: string | undefined; address?: string | undefined; q?: string | undefined }; reason: string; owner: string; author: string; created: number; expires: number; state: "active" | "expiring" | "expired" | "removed"; removed: number | null; remover: string; hits: number; lastHit: number | null }
  }
  'suppression.remove': {
    kind: 'write'
    input: { id: string }
    output: { id: string; fits: { rule?: string | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; source?: string | undefined; host?: string | undefined; user?: string | undefined; asset?: string | undefined; address?: string | undefined; q?: string | undefined }; reason: string; owner: string; author: string; created: number; expires: number; state: "active" | "expiring" | "expired" | "removed"; removed: number | null; remover: string; hits: number; lastHit: number | null }
  }
  'risk.list': {
    kind: 'read'
    input: { kind?: "user" | "host" | "address" | undefined; limit?: number | undefined }
    output: { items: ({ kind: "user" | "host" | "address"; name: string; risk: number; terms: number; last: number; title: string; over: boolean })[]; total: number; threshold: number; halfLife: number }
  }
  'risk.show': {
    kind: 'read'
    input: { kind: "user" | "host" | "address"; name: string; since?: number | undefined; until?: number | undefined }
    output: { kind: "user" | "host" | "address"; name: string; at: number; risk: number; threshold: number; halfLife: number; terms: ({ alert: string; time: number; rule: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical"; base: number; criticality: number; confidence: number; points: number; share: number; worth: number })[]; curve: { at: number; risk: number }[]; raised: { time: number; alert: string }[] }
  }
  'rule.lint': {
    kind: 'read'
    input: { yaml?: string | undefined; severity?: "error" | "warning" | "hint" | undefined; limit?: number | undefined }
    output: { items: ({ severity: "error" | "warning" | "hint"; code: string; rule: string; at: { file: string; line?: number | undefined; column?: number | undefined }; text: string; help: string })[]; rules: number; counts: Record<string, number> }
  }
  'rule.why-not': {
    kind: 'read'
    input: { id?: string | undefined; event: string; yaml?: string | undefined }
    output: { matches: boolean; why: string; routing: ({ part: "product" | "service" | "category"; rule: string; event: string; fits: boolean })[]; steps: ({ holds: boolean; depth: number; op: "and" | "or" | "not" | "line"; selection: string; field: string; modifiers: string[]; asked: string[]; found: string; near: string })[] }
  }
  'rule.test': {
    kind: 'read'
    input: { id?: string | undefined; all?: boolean | undefined }
    output: { items: { rule: string; title: string; file: string; name: string; passed: boolean; why: string }[]; rules: number; proven: number; passed: number; failed: number; problems: string[] }
  }
  'rule.backtest': {
    kind: 'read'
    input: { id?: string | undefined; yaml?: string | undefined; since?: number | undefined; until?: number | undefined; limit?: number | undefined }
    output: { rule: { id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical" }; count: number; perWeek: number | null; observed: number; days: { at: number; count: number }[]; top: { field: string; values: { value: string; count: number }[] }[]; counted: number; newest: { id: string; time: number; host: string; user: string; activity: string; message: string }[]; checked: number; took: number }
  }
  'rule.update': {
    kind: 'act'
    input: { name: string; revision?: string | undefined; days?: number | undefined }
    output: { name: string; commit: string; pinned: boolean; rules: number; items: ({ kind: "added" | "removed" | "asks" | "words"; id: string; title: string; what: string; hitsBefore: number | null; hitsAfter: number | null })[] }
  }
  'anomaly.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ name: string; rule: string; title: string; does: string; level: "informational" | "low" | "medium" | "high" | "critical"; techniques: string[]; on: boolean; state: "off" | "waiting" | "learning" | "running"; learntDays: number; learnDays: number; learningUntil: number | null; groups: number; bytes: number; mostBytes: number; shed: number; alerts: number; parameters: { name: string; value: number; standard: number; does: string }[] })[] }
  }
  'anomaly.show': {
    kind: 'read'
    input: { alert: string }
    output: { detector: string; numbers: { name: string; value: string; usual: string }[]; history: { kind: "series"; unit: string; points: unknown[][]; usual: number | null; limit: number | null; expected?: { at: number; usual: number; limit: number }[] | undefined } | { kind: "list"; items: { name: string; note: string }[] } | { kind: "beat"; points: { at: number; count: number }[]; interval: number; intervals: { from: number; to: number; count: number }[]; parts: { name: string; value: number; adds: number }[] } | { kind: "travel"; from: { name: string; address: string; at: number }; to: { name: string; address: string; at: number }; kilometres: number | null; hours: number; limit: number; items: { name: string; note: string }[] }; parameters: Record<string, number>; alert: string; title: string; does: string }
  }
  'profile.list': {
    kind: 'read'
    input: { kind: "user" | "host"; q?: string | undefined; limit?: number | undefined }
    output: { items: { name: string; first: number; last: number; events: number; peers: string }[] }
  }
  'profile.show': {
    kind: 'read'
    input: { kind: "user" | "host"; name: string }
    output: { kind: "user" | "host"; name: string; first: number; last: number; events: number; peers: string; peersBy: "model" | "observed" | ""; week: number[]; days: { at: number; events: number; bytes: number }[]; hosts: { name: string; count: number; last: number }[]; users: { name: string; count: number; last: number }[]; addresses: { name: string; count: number; last: number }[]; programs: { name: string; count: number; last: number }[]; countries: { name: string; count: number; last: number }[]; destinations: { name: string; count: number; last: number }[] }
  }
  'rule.fields': {
    kind: 'read'
    input: { id: string; since?: number | undefined }
    output: { count: number; last: number | null; items: ({ field: string; needed: boolean; seen: boolean | null; count: number; last: number | null })[] }
  }
  'rule.hits': {
    kind: 'read'
    input: Record<string, never>
    output: { items: { alerts: number; hits: number; benign: number; confirmed: number; rule: string; last: number }[] }
  }
  'rule.save': {
    kind: 'write'
    input: { yaml: string; id?: string | undefined; was?: string | undefined }
    output: { id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical"; status: string; state: "running" | "disabled" | "needs-list" | "unsupported" | "invalid"; why: string; standing: "running" | "unindexable" | "no-data-source" | "field-never-seen" | "disabled" | "needs-list" | "unsupported" | "invalid"; standingWhy: string; product: string; category: string; service: string; techniques: string[]; tactics: string[]; file: string; alerts: number; hits: number; lastHit: number | null; benign: number; confirmed: number; joins: string[]; origin: { from: "own" | "folder" | "pack" | "built-in"; pack: string; revision: string; path: string }; override: { enabled: boolean | null; level: "informational" | "low" | "medium" | "high" | "critical" | null; threshold: number | null; reason: string; upstream: "informational" | "low" | "medium" | "high" | "critical"; upstreamThreshold: number | null } | null; tests: "passed" | "failed" | "none" | "not-run" }
  }
  'correlation.events': {
    kind: 'read'
    input: { alert: string }
    output: { asks: string; timespan: number; rules: { id: string; title: string; events: number }[]; items: { id: string; time: number; host: string; user: string; activity: string; message: string; rules: string[] }[]; gone: number }
  }
  'incident.list': {
    kind: 'read'
    input: { state?: ("observed" | "open" | "investigating" | "contained" | "closed")[] | undefined; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; q?: string | undefined; limit?: number | undefined; cursor?: string | undefined }
    output: { items: ({ id: string; number: number; title: string; summary: string; state: "observed" | "open" | "investigating" | "contained" | "closed"; level: "informational" | "low" | "medium" | "high" | "critical"; opened: number; first: number; last: number; alerts: number; rules: number; hosts: string[]; users: string[]; addresses: string[]; assets: string[]; tactics: string[]; techniques: string[]; assignee: string })[]; next: string | null; total: number }
  }
  'incident.show': {
    kind: 'read'
    input: { id: string }
    output: { incident: { id: string; number: number; title: string; summary: string; state: "observed" | "open" | "investigating" | "contained" | "closed"; level: "informational" | "low" | "medium" | "high" | "critical"; opened: number; first: number; last: number; alerts: number; rules: number; hosts: string[]; users: string[]; addresses: string[]; assets: string[]; tactics: string[]; techniques: string[]; assignee: string }; timeline: ({ at: number; until: number; kind: "alert" | "note" | "state" | "assigned" | "merged"; title: string; detail: string; level?: "informational" | "low" | "medium" | "high" | "critical" | undefined; tactics: string[]; techniques: string[]; host: string; user: string; asset: string; count: number; alerts: string[]; event: string; why: string; by: string })[]; recent: ({ id: string; time: number; raised: number; rule: { id: string; title: string; level: "informational" | "low" | "medium" | "high" | "critical"; techniques: string[]; tactics: string[] }; event: string; source: string; activity: string; message: string; host: string; user: string; asset: string; entities: { host?: string | undefined; user?: string | undefined; processes: string[]; addresses: string[] }; matched: { selection: string; field: string; modifiers: string[]; pattern: string; value: string }[]; events?: string[] | undefined; about?: string | undefined; late?: boolean | undefined; incident: string })[] }
  }
  'incident.set-state': {
    kind: 'write'
    input: { id: string; state: "observed" | "open" | "investigating" | "contained" | "closed"; note?: string | undefined }
    output: { id: string; number: number; title: string; summary: string; state: "observed" | "open" | "investigating" | "contained" | "closed"; level: "informational" | "low" | "medium" | "high" | "critical"; opened: number; first: number; last: number; alerts: number; rules: number; hosts: string[]; users: string[]; addresses: string[]; assets: string[]; tactics: string[]; techniques: string[]; assignee: string }
  }
  'incident.assign': {
    kind: 'write'
    input: { id: string; assignee: string }
    output: { id: string; number: number; title: string; summary: string; state: "observed" | "open" | "investigating" | "contained" | "closed"; level: "informational" | "low" | "medium" | "high" | "critical"; opened: number; first: number; last: number; alerts: number; rules: number; hosts: string[]; users: string[]; addresses: string[]; assets: string[]; tactics: string[]; techniques: string[]; assignee: string }
  }
  'incident.note': {
    kind: 'write'
    input: { id: string; text: string }
    output: { id: string; number: number; title: string; summary: string; state: "observed" | "open" | "investigating" | "contained" | "closed"; level: "informational" | "low" | "medium" | "high" | "critical"; opened: number; first: number; last: number; alerts: number; rules: number; hosts: string[]; users: string[]; addresses: string[]; assets: string[]; tactics: string[]; techniques: string[]; assignee: string }
  }
  'ledger.list': {
    kind: 'read'
    input: { limit?: number | undefined; before?: number | undefined }
    output: { items: ({ at: number; actor: { id: string; name: string; role: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin"; via: "session" | "token" | "terminal" | "system" }; operation: string; input: Record<string, unknown>; result: Record<string, unknown>; entry: number; hash: string })[]; next: number | null }
  }
  'ledger.verify': {
    kind: 'read'
    input: { checkpoint?: string | undefined }
    output: { ok: boolean; entries: number; root: string; checkpoints: number; checkedAt: number; problems: { at: string; text: string }[] }
  }
  'ledger.prove': {
    kind: 'read'
    input: { entry: number }
    output: { entry: number; index: number; size: number; line: string; leaf: string; path: string[]; root: string; checkpoint: string; publicKey: string }
  }
  'user.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ id: string; name: string; role: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin"; created: number; lastLogin: number | null })[] }
  }
  'user.create': {
    kind: 'write'
    input: { name: string; role: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin"; password: string }
    output: { id: string; name: string; role: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin"; created: number; lastLogin: number | null }
  }
  'user.set-role': {
    kind: 'write'
    input: { id: string; role: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin" }
    output: { id: string; name: string; role: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin"; created: number; lastLogin: number | null }
  }
  'user.set-password': {
    kind: 'write'
    input: { id: string; password: string }
    output: { id: string; name: string; role: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin"; created: number; lastLogin: number | null }
  }
  'user.remove': {
    kind: 'write'
    input: { id: string }
    output: { id: string }
  }
  'token.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: ({ id: string; name: string; role: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin"; scopes: string[]; created: number; expires: number; lastUsed: number | null; by: string })[] }
  }
  'token.create': {
    kind: 'write'
    input: { name: string; role?: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin" | undefined; scopes?: string[] | undefined; days?: number | undefined }
    output: { id: string; name: string; role: "viewer" | "analyst" | "engineer" | "approver" | "auditor" | "admin"; scopes: string[]; created: number; expires: number; lastUsed: number | null; by: string; token: string }
  }
  'token.revoke': {
    kind: 'write'
    input: { id: string }
    output: { id: string }
  }
  'session.list': {
    kind: 'read'
    input: Record<string, never>
    output: { items: { id: string; user: string; address: string; created: number; lastSeen: number }[] }
  }
  'session.revoke': {
    kind: 'write'
    input: { id: string }
    output: { id: string }
  }
}

export const operationKinds: Readonly<Record<keyof Operations, 'read' | 'write' | 'act'>> = {
  'overview.show': 'read',
  'system.health': 'read',
  'job.list': 'read',
  'job.run': 'write',
  'job.cancel': 'write',
  'evidence.collect': 'read',
  'report.show': 'read',
  'action.list': 'read',
  'action.run': 'act',
  'rule.coverage': 'read',
  'model.show': 'read',
  'model.check': 'read',
  'model.diff': 'read',
  'model.import': 'read',
  'model.export': 'read',
  'model.view': 'read',
  'model.draw': 'read',
  'reality.list': 'read',
  'reality.show': 'read',
  'reality.propose': 'read',
  'threat.list': 'read',
  'threat.show': 'read',
  'threat.decide': 'write',
  'threat.rules': 'read',
  'threat.since': 'read',
  'path.list': 'read',
  'path.blast': 'read',
  'path.choke': 'read',
  'path.profiles': 'read',
  'host.show': 'read',
  'hold.place': 'write',
  'hold.list': 'read',
  'hold.release': 'write',
  'retention.preview': 'read',
  'archive.list': 'read',
  'event.fields': 'read',
  'event.tail': 'read',
  'event.processes': 'read',
  'entity.show': 'read',
  'event.search': 'read',
  'event.hunt': 'read',
  'event.export': 'act',
  'event.sql': 'read',
  'hunt.list': 'read',
  'hunt.save': 'write',
  'hunt.run': 'read',
  'hunt.remove': 'write',
  'dashboard.list': 'read',
  'dashboard.show': 'read',
  'event.show': 'read',
  'event.ocsf': 'read',
  'event.histogram': 'read',
  'event.facets': 'read',
  'source.list': 'read',
  'source.show': 'read',
  'intel.feeds': 'read',
  'intel.lookup': 'read',
  'enrichment.show': 'read',
  'alert.list': 'read',
  'alert.show': 'read',
  'alert.counts': 'read',
  'rule.list': 'read',
  'rule.show': 'read',
  'rule.draft': 'read',
  'rule.hunt': 'read',
  'correlation.hunt': 'read',
  'alert.repeats': 'read',
  'alert.confirm': 'write',
  'alert.unconfirm': 'write',
  'alert.benign-preview': 'read',
  'alert.benign': 'write',
  'alert.benign-list': 'read',
  'alert.windows': 'read',
  'alert.set-window': 'write',
  'suppression.list': 'read',
  'suppression.preview': 'read',
  'suppression.add': 'write',
  'suppression.remove': 'write',
  'risk.list': 'read',
  'risk.show': 'read',
  'rule.lint': 'read',
  'rule.why-not': 'read',
  'rule.test': 'read',
  'rule.backtest': 'read',
  'rule.update': 'act',
  'anomaly.list': 'read',
  'anomaly.show': 'read',
  'profile.list': 'read',
  'profile.show': 'read',
  'rule.fields': 'read',
  'rule.hits': 'read',
  'rule.save': 'write',
  'correlation.events': 'read',
  'incident.list': 'read',
  'incident.show': 'read',
  'incident.set-state': 'write',
  'incident.assign': 'write',
  'incident.note': 'write',
  'ledger.list': 'read',
  'ledger.verify': 'read',
  'ledger.prove': 'read',
  'user.list': 'read',
  'user.create': 'write',
  'user.set-role': 'write',
  'user.set-password': 'write',
  'user.remove': 'write',
  'token.list': 'read',
  'token.create': 'write',
  'token.revoke': 'write',
  'session.list': 'read',
  'session.revoke': 'write',
}

/** The roles that may run each operation. */
export const operationRoles: Readonly<Record<keyof Operations, readonly string[]>> = {
  'overview.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'system.health': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'job.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'job.run': ['engineer', 'admin'],
  'job.cancel': ['admin'],
  'evidence.collect': ['auditor', 'admin'],
  'report.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'action.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'action.run': ['approver', 'admin'],
  'rule.coverage': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'model.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'model.check': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'model.diff': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'model.import': ['engineer', 'admin'],
  'model.export': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'model.view': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'model.draw': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'reality.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'reality.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'reality.propose': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'threat.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'threat.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'threat.decide': ['engineer', 'admin'],
  'threat.rules': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'threat.since': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'path.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'path.blast': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'path.choke': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'path.profiles': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'host.show': ['analyst', 'engineer', 'admin', 'auditor'],
  'hold.place': ['engineer', 'admin'],
  'hold.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'hold.release': ['engineer', 'admin'],
  'retention.preview': ['engineer', 'admin', 'auditor'],
  'archive.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.fields': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.tail': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.processes': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'entity.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.search': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.hunt': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.export': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.sql': ['engineer', 'admin'],
  'hunt.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'hunt.save': ['analyst', 'engineer', 'admin'],
  'hunt.run': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'hunt.remove': ['analyst', 'engineer', 'admin'],
  'dashboard.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'dashboard.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.ocsf': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.histogram': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'event.facets': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'source.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'source.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'intel.feeds': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'intel.lookup': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'enrichment.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'alert.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'alert.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'alert.counts': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.draft': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.hunt': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'correlation.hunt': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'alert.repeats': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'alert.confirm': ['analyst', 'engineer', 'admin'],
  'alert.unconfirm': ['analyst', 'engineer', 'admin'],
  'alert.benign-preview': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'alert.benign': ['engineer', 'admin'],
  'alert.benign-list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'alert.windows': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'alert.set-window': ['engineer', 'admin'],
  'suppression.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'suppression.preview': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'suppression.add': ['engineer', 'admin'],
  'suppression.remove': ['engineer', 'admin'],
  'risk.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'risk.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.lint': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.why-not': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.test': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.backtest': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.update': ['engineer', 'admin'],
  'anomaly.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'anomaly.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'profile.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'profile.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.fields': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.hits': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'rule.save': ['engineer', 'admin'],
  'correlation.events': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'incident.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'incident.show': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'incident.set-state': ['analyst', 'engineer', 'admin'],
  'incident.assign': ['analyst', 'engineer', 'admin'],
  'incident.note': ['analyst', 'engineer', 'admin'],
  'ledger.list': ['auditor', 'admin'],
  'ledger.verify': ['auditor', 'admin'],
  'ledger.prove': ['auditor', 'admin'],
  'user.list': ['auditor', 'admin'],
  'user.create': ['admin'],
  'user.set-role': ['admin'],
  'user.set-password': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'user.remove': ['admin'],
  'token.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'token.create': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'token.revoke': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'session.list': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
  'session.revoke': ['viewer', 'analyst', 'engineer', 'approver', 'auditor', 'admin'],
}
