// The field's words as people read them: ATT&CK tactics in order, techniques, levels and states with what they mean.
import type { IncidentState, Level, Role, Rule, RuleStanding, Source } from '../client/nouns.ts'

/** Enterprise tactics in the order of an intrusion: short name in Sigma tags → id, title, and a word where space is scarce. */
const tacticTable = [
  ['reconnaissance', 'TA0043', 'Reconnaissance', 'Recon'],
  ['resource-development', 'TA0042', 'Resource Development', 'Resources'],
  ['initial-access', 'TA0001', 'Initial Access', 'Access'],
  ['execution', 'TA0002', 'Execution', 'Execution'],
  ['persistence', 'TA0003', 'Persistence', 'Persistence'],
  ['privilege-escalation', 'TA0004', 'Privilege Escalation', 'Privilege'],
  ['defense-evasion', 'TA0005', 'Defense Evasion', 'Evasion'],
  ['credential-access', 'TA0006', 'Credential Access', 'Credentials'],
  ['discovery', 'TA0007', 'Discovery', 'Discovery'],
  ['lateral-movement', 'TA0008', 'Lateral Movement', 'Lateral'],
  ['collection', 'TA0009', 'Collection', 'Collection'],
  ['command-and-control', 'TA0011', 'Command and Control', 'C2'],
  ['exfiltration', 'TA0010', 'Exfiltration', 'Exfiltration'],
  ['impact', 'TA0040', 'Impact', 'Impact'],
] as const

export interface Tactic {
  readonly name: string
  readonly id: string
  readonly title: string
  readonly short: string
}
export const tactics: readonly Tactic[] = tacticTable.map(([name, id, title, short]) => ({ name, id, title, short }))

/** A tactic's title; an unknown name as it is. */
export const tacticTitle = (name: string): string => tactics.find((tactic) => tactic.name === name)?.title ?? name

/** Where ATT&CK describes a technique; undefined for what is no technique id. */
export function techniqueLink(id: string): string | undefined {
  const found = /^(T\d{4})(?:\.(\d{3}))?$/.exec(id)
  return found ? `https://attack.mitre.org/techniques/${found[1]}/${found[2] ? `${found[2]}/` : ''}` : undefined
}

export const levelTitle: Readonly<Record<Level, string>> = {
  informational: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
}

export const incidentStateWords: Readonly<Record<IncidentState, { title: string; means: string }>> = {
  observed: { title: 'Observed', means: 'related alerts too light to be worth a person’s time yet' },
  open: { title: 'Open', means: 'waits for somebody to look at it' },
  investigating: { title: 'Investigating', means: 'somebody is finding out what happened' },
  contained: { title: 'Contained', means: 'the attacker can do no more; clean-up goes on' },
  closed: { title: 'Closed', means: 'done: cleaned up, or no incident after all' },
}

/** From at work to wrong: how a rule stands with what telemetry has shown. */
export const standings = [
  'running',
  'unindexable',
  'no-data-source',
  'field-never-seen',
  'needs-list',
  'disabled',
  'unsupported',
  'invalid',
] as const satisfies readonly RuleStanding[]
export const standingWords: Readonly<Record<RuleStanding, { title: string; means: string; next: string }>> = {
  running: { title: 'Running', means: 'at work: events of its log source come, with the fields it needs', next: '' },
  unindexable: {
    title: 'Unindexable',
    means: 'at work, but tried on every event of its log source: nothing that must be there can be looked up',
    next: 'ask for a value that must be there, without a wildcard in front, to make it cheap',
  },
  'no-data-source': {
    title: 'No data source',
    means: 'no event of its log source was ever seen, so it can find nothing',
    next: 'add a source that sends this log, or switch the rule off',
  },
  'field-never-seen': {
    title: 'Field never seen',
    means: 'events of its log source come, but never with a field without which it cannot match',
    next: 'have the source log the field, or map it in a parser of the workspace',
  },
  'needs-list': {
    title: 'Needs list',
    means: 'has a placeholder that no list of the workspace fills',
    next: 'add the list under `lists` in castellan.yaml',
  },
  disabled: {
    title: 'Switched off',
    means: 'the workspace does not want it',
    next: 'take the override out of castellan.yaml to use it',
  },
  unsupported: { title: 'Unsupported', means: 'uses something that cannot be run; see why', next: '' },
  invalid: { title: 'Invalid', means: 'the rule itself is wrong; see why', next: 'open it in the editor and mend it' },
}

export const testWords: Readonly<Record<Rule['tests'], { title: string; means: string }>> = {
  passed: { title: 'Passed', means: 'all tests beside it or within it passed' },
  failed: { title: 'Failed', means: 'at least one of its tests failed' },
  none: { title: 'No tests', means: 'nothing shows that it finds what it should, and leaves alone what it should' },
  'not-run': { title: 'Not run', means: 'tests were not run since the start, or since the rule changed' },
}

export const sourceStateWords: Readonly<Record<Source['state'], { title: string; means: string }>> = {
  running: { title: 'Running', means: 'records arrive or may arrive at any moment' },
  waiting: { title: 'Waiting', means: 'ready, but nothing has arrived yet' },
  failed: { title: 'Failed', means: 'does not work; the detail says why' },
  stopped: { title: 'Stopped', means: 'switched off or finished' },
}

export const roleWords: Readonly<Record<Role, string>> = {
  viewer: 'reads what is not sensitive',
  analyst: 'works on alerts and incidents',
  engineer: 'also changes the model, rules and sources',
  approver: 'approves actions that can do harm',
  auditor: 'reads everything, the ledger too; changes nothing',
  admin: 'everything, users and tokens too',
}
