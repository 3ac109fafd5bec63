// What was done, as the class counts it, where the parser gives words only: from the verb phrase to OCSF's activity_id.
import type { OcsfClassShape } from '#standards'

interface Words {
  readonly said: RegExp
  /** Names of activities in the schema; the first that the class has counts. */
  readonly means: readonly string[]
}
/** In the order of asking. Short texts of our own parsers, so plain patterns do. */
const words: readonly Words[] = [
  {
    said: /\blog(?:ged)? ?(?:off|out)\b|session (?:closed|ended)|disconnected/,
    means: ['Logoff', 'Close', 'Disconnect'],
  },
  { said: /ticket (?:asked|requested|granted|issued)|\bTGT\b/i, means: ['Authentication Ticket'] },
  { said: /service ticket/i, means: ['Service Ticket Request'] },
  { said: /\blogin|logged (?:in|on)|\blogon|session opened|authenticat|sign(?:ed)?[- ]in/, means: ['Logon'] },
  { said: /\btraced?\b/, means: ['Trace'] },
  { said: /password (?:changed|set)/, means: ['Password Change'] },
  { said: /password reset/, means: ['Password Reset'] },
  { said: /member added|added to|user added to/, means: ['Add User', 'Assign Privileges', 'Create'] },
  { said: /member removed|removed from/, means: ['Remove User', 'Revoke Privileges', 'Delete'] },
  { said: /unlocked/, means: ['Unlock', 'Enable'] },
  { said: /locked out|account locked|\blocked\b/, means: ['Lock'] },
  { said: /disabled/, means: ['Disable', 'Disabled'] },
  { said: /enabled/, means: ['Enable', 'Enabled'] },
  { said: /remote thread|injected|tampered/, means: ['Inject'] },
  { said: /refused|blocked|denied|dropped|rejected/, means: ['Refuse', 'Fail', 'Access Deny'] },
  { said: /connection reset/, means: ['Reset'] },
  { said: /flow ended|connection (?:closed|ended)|torn down/, means: ['Close', 'Traffic'] },
  { said: /listening|port opened/, means: ['Listen', 'Open'] },
  { said: /connection|accepted|built|handshake/, means: ['Open', 'Connect'] },
  { said: /looked up|query|queried|resolved/, means: ['Query'] },
  { said: /answered|response/, means: ['Response'] },
  { said: /loaded/, means: ['Load'] },
  { said: /(?:run|executed|command)/, means: ['Execute', 'Launch', 'Start'] },
  { said: /ended|stopped|terminated|exited/, means: ['Terminate', 'Stop', 'Close'] },
  { said: /started|launched/, means: ['Launch', 'Start', 'Open'] },
  { said: /cleared/, means: ['Clear'] },
  { said: /renamed/, means: ['Rename'] },
  { said: /deleted|removed|shredd/, means: ['Delete', 'Remove', 'Close'] },
  { said: /attribute|time changed/, means: ['Set Attributes', 'Update'] },
  { said: /permission|owner changed/, means: ['Set Security', 'Update'] },
  { said: /set\b/, means: ['Set', 'Modify', 'Update'] },
  { said: /created|added|installed/, means: ['Create', 'Install'] },
  { said: /changed|modified|updated|written/, means: ['Update', 'Modify', 'Set'] },
  { said: /opened|accessed/, means: ['Open', 'Read'] },
  { said: /read\b/, means: ['Read', 'Query', 'Get'] },
]
/** What a class is about when nothing else is said. */
const usual: Readonly<Record<number, number>> = {
  2001: 1,
  2002: 1,
  2003: 1,
  2004: 1,
  2005: 1,
  2006: 1,
  4001: 6,
  4003: 1,
}
const methods: ReadonlySet<string> = new Set([
  'connect',
  'delete',
  'get',
  'head',
  'options',
  'post',
  'put',
  'trace',
  'patch',
])

const byCaption = new WeakMap<OcsfClassShape, Map<string, number>>()
function idOf(shape: OcsfClassShape, caption: string): number | undefined {
  let ids = byCaption.get(shape)
  if (!ids) byCaption.set(shape, (ids = new Map([...shape.activities].map(([id, text]) => [text.toLowerCase(), id]))))
  return ids.get(caption.toLowerCase())
}

/** activity_id of a verb phrase within the class; 0 when it says nothing, 99 when it says something the class has no number for. */
export function activityOf(shape: OcsfClassShape, activity: string, method: string | undefined): number {
  if (method !== undefined && methods.has(method.toLowerCase())) {
    const id = idOf(shape, method)
    if (id !== undefined) return id
  }
  if (shape.activities.size <= 2) return 0
  for (const { said, means } of words) {
    const id = said.test(activity) ? means.map((name) => idOf(shape, name)).find((one) => one !== undefined) : undefined
    if (id !== undefined) return id
  }
  return usual[shape.uid] ?? (activity === '' ? 0 : 99)
}
