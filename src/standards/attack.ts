// MITRE ATT&CK as Sigma rules name it: tactics in the order of an intrusion, technique ids from tags.

/** Enterprise tactics (ATT&CK v18), in the order the matrix shows them. Keys are the short names used in Sigma tags. */
export const tactics = {
  reconnaissance: { id: 'TA0043', title: 'Reconnaissance' },
  'resource-development': { id: 'TA0042', title: 'Resource Development' },
  'initial-access': { id: 'TA0001', title: 'Initial Access' },
  execution: { id: 'TA0002', title: 'Execution' },
  persistence: { id: 'TA0003', title: 'Persistence' },
  'privilege-escalation': { id: 'TA0004', title: 'Privilege Escalation' },
  'defense-evasion': { id: 'TA0005', title: 'Defense Evasion' },
  'credential-access': { id: 'TA0006', title: 'Credential Access' },
  discovery: { id: 'TA0007', title: 'Discovery' },
  'lateral-movement': { id: 'TA0008', title: 'Lateral Movement' },
  collection: { id: 'TA0009', title: 'Collection' },
  'command-and-control': { id: 'TA0011', title: 'Command and Control' },
  exfiltration: { id: 'TA0010', title: 'Exfiltration' },
  impact: { id: 'TA0040', title: 'Impact' },
} as const satisfies Record<string, { id: string; title: string }>
export type Tactic = keyof typeof tactics
export const tacticNames = Object.keys(tactics) as readonly Tactic[]

/** `T1059` or `T1059.001`. */
export type TechniqueId = string
const techniqueTag = /^attack\.(t\d{4}(?:\.\d{3})?)$/i
/** Tactics that ATT&CK 19 made of one of 18: rules name either. */
const laterTactics: Readonly<Record<string, Tactic>> = {
  stealth: 'defense-evasion',
  'defense-impairment': 'defense-evasion',
}
/** Whether a name in a tag is a tactic, of ATT&CK 18 or later. */
export const isTacticTag = (name: string): boolean => isTactic(name) || Object.hasOwn(laterTactics, name)
const isTactic = (name: string): name is Tactic => Object.hasOwn(tactics, name)

/** ATT&CK techniques and tactics named by a Sigma rule's tags (`attack.t1059.001`, `attack.credential-access`; underscores are read as hyphens). */
export function attackOf(tags: readonly string[]): { techniques: TechniqueId[]; tactics: Tactic[] } {
  const techniques = tags.flatMap((tag) => techniqueTag.exec(tag)?.[1]?.toUpperCase() ?? [])
  const named = tags
    .map((tag) =>
      tag
        .toLowerCase()
        .replace(/^attack\./, '')
        .replaceAll('_', '-'),
    )
    .map((name) => laterTactics[name] ?? name)
    .filter(isTactic)
  return { techniques: [...new Set(techniques)], tactics: [...new Set(named)] }
}
