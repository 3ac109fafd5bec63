// Code of strangers beside secrets.
import { among, has, is } from '../facts.ts'
import { onReached } from '../finders.ts'
import { isAdministration } from '../strength.ts'
import type { ThreatRule } from '../rule.ts'

export const foreignCodeBesideSecrets: ThreatRule = {
  id: 'foreign-code-beside-secrets',
  title: 'Code of strangers beside secrets',
  stride: ['E', 'I'],
  linddun: [],
  cwe: ['CWE-829', 'CWE-250'],
  attack: ['T1059', 'T1552'],
  meaning: 'A machine runs code that others wrote, and is near secrets or administration.',
  consequence: "A line in somebody else's code reads the secrets and uses them.",
  fix: 'Run it in a sandbox that is thrown away, without secrets and with few addresses.',
  seenBy: 'category process_creation below the runner; network connections of builds',
  falsePositives: 'Only code that two colleagues have seen runs there.',
  remedy: 'sandbox',
  frequency: 'yearly',
  privilege: 'user',
  harms: ['confidentiality', 'integrity'],
  slowedBy: ['secrets-vault', 'egress-filter', 'edr', 'isolation'],
  find: (facts) =>
    onReached(facts, { from: ['internet', 'partner', 'workplace'], within: 1 }, (asset) => {
      const near =
        is(asset, 'holds-credentials') ||
        facts.outOf(asset.id).some(isAdministration) ||
        facts.estate.trust.some(({ from }) => from === asset.id)
      const runs =
        is(asset, 'runs-foreign-code') &&
        !has(asset, 'sandbox') &&
        !among(asset, 'endpoint', 'browser', 'saas', 'mobile')
      return runs && near && `${asset.title} runs code of others and is near secrets`
    }),
}
