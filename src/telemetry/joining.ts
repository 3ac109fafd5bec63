// Lines that are one event are joined before the spool: audit records of one serial, continuation lines, records that begin with a time.
// Pure: the caller gives lines and the time, and takes complete records; nothing is lost, nothing is held longer than `holdMs`.

/** One line of a stream, with what its owner wants back when its record is complete (an offset, a place). */
export interface JoinLine<Mark> {
  readonly text: string
  readonly mark: Mark
}
/** A complete record, with the marks of its lines; `mark` is that of the first. */
export interface JoinedRecord<Mark> {
  readonly text: string
  readonly mark: Mark
  readonly marks: readonly Mark[]
}

/**
 * How lines belong together:
 * - `none`: each line is a record;
 * - `auditd`: audit records of one node and serial, also inside syslog; the event ends with EOE, or, where the daemon writes none, with
 *   PROCTITLE when the next event begins;
 * - `indented`: a line that begins with a space or tab goes on (stack traces, SUSE and macOS logs);
 * - `timestamp`: a record begins with a digit-made time (`2026-03-02…`, `02/Mar/2026`, `Mar  2 14:01`, `[2026…`), everything else goes on;
 * - `{ begins }`: a record begins with this text; `{ ends }`: a record ends with this text.
 */
export type JoinRule =
  | 'none'
  | 'auditd'
  | 'indented'
  | 'timestamp'
  | { readonly begins: string }
  | { readonly ends: string }

export interface JoinOptions {
  readonly rule: JoinRule
  /** Longest time a record waits for its next line, milliseconds. Default 2000. */
  readonly holdMs?: number
  /** Most lines of a record. Default 500. */
  readonly lines?: number
  /** Longest record, bytes of UTF-8: a line that would make it longer begins the next one. Default 1 Mi. */
  readonly bytes?: number
}

export interface Joiner<Mark> {
  /** Takes lines in their order; gives the records that are complete now. `now` is in milliseconds. */
  push(lines: readonly JoinLine<Mark>[], now: number): JoinedRecord<Mark>[]
  /** Gives what has waited long enough. To be called about every `holdMs`. */
  tick(now: number): JoinedRecord<Mark>[]
  /** Gives everything that is held: at the end of a file, when a connection ends. */
  flush(): JoinedRecord<Mark>[]
  /** Mark of the oldest line that is still held: everything before it is out. Undefined when nothing is held. */
  readonly oldest: Mark | undefined
  /** Lines held now. */
  readonly held: number
}

interface Open<Mark> {
  readonly texts: string[]
  readonly marks: Mark[]
  readonly mark: Mark
  /** When its last line came. */
  since: number
  bytes: number
  /** Number of the line after which its last line came. */
  touched: number
  /** Its last record has come, unless an EOE follows. */
  done: boolean
}

const recordOf = <Mark>({ texts, mark, marks }: Open<Mark>): JoinedRecord<Mark> => ({
  text: texts.length === 1 ? (texts[0] ?? '') : texts.join('\n'),
  mark,
  marks,
})
const single = <Mark>({ text, mark }: JoinLine<Mark>): JoinedRecord<Mark> => ({ text, mark, marks: [mark] })

/** What an audit line belongs to, and whether it ends it. */
interface AuditPlace {
  readonly key: string
  readonly ends: boolean
  /** The kernel's last record of an event before EOE. */
  readonly last: boolean
  /** Where the record begins in the line: after an envelope of syslog. */
  readonly at: number
}

const afterAudit = 'audit('
/** Node, time and serial of an audit record in a line; undefined when there is none. No pattern: this runs on every line. */
function auditPlace(text: string): AuditPlace | undefined {
  if (text.startsWith('{')) return undefined // JSON around a record is a whole by itself
  const stamp = text.indexOf(afterAudit)
  if (stamp < 0 || stamp > 400) return undefined
  const type = text.lastIndexOf('type=', stamp)
  const close = text.indexOf(')', stamp)
  if (type < 0 || close < 0 || close - stamp > 64) return undefined
  const colon = text.lastIndexOf(':', close)
  if (colon < stamp) return undefined
  const node = text.lastIndexOf('node=', type)
  const at = node >= 0 ? node : type
  const kind = text.slice(type + 5, text.indexOf(' ', type))
  return {
    key: `${text.slice(at, type)}${text.slice(stamp, close)}`,
    at,
    ends: kind === 'EOE' || kind === '1320' || alone(kind),
    last: kind === 'PROCTITLE' || kind === '1327',
  }
}

/** Records of user space stand alone: one line is the whole event. */
const alone = (kind: string): boolean =>
  kind.startsWith('USER_') ||
  kind.startsWith('CRED_') ||
  kind.startsWith('SERVICE_') ||
  kind.startsWith('DAEMON_') ||
  kind.startsWith('SYSTEM_') ||
  kind.startsWith('ADD_') ||
  kind.startsWith('DEL_') ||
  kind.startsWith('GRP_') ||
  kind.startsWith('ACCT_') ||
  kind.startsWith('CRYPTO_') ||
  kind.startsWith('ROLE_')

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}
const months = new Set(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'])
const days = new Set(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
const dateMarks = new Set(['-', '/', '.', ':'])

/** Where a time would stand: after a bracket, or a priority of syslog. */
const timeAt = (text: string): number =>
  text[0] === '[' || text[0] === '(' ? 1 : text[0] === '<' ? text.slice(0, 6).indexOf('>') + 1 : 0

/** Whether a line begins with a time, as far as its first letters tell. */
export function beginsWithTime(text: string): boolean {
  const at = timeAt(text)
  const word = text.slice(at, at + 3)
  if (months.has(word) || days.has(word)) return ' ,'.includes(text[at + 3] ?? 'x')
  if (!isDigit(text, at) || !isDigit(text, at + 1)) return false
  if (dateMarks.has(text[at + 2] ?? '')) return isDigit(text, at + 3) || months.has(text.slice(at + 3, at + 6))
  return isDigit(text, at + 2) && isDigit(text, at + 3) && (dateMarks.has(text[at + 4] ?? '') || isDigit(text, at + 4))
}

/** Whether this line begins a new record, by the rule. */
function beginsBy(rule: Exclude<JoinRule, 'auditd' | 'none'>, text: string, last: string): boolean {
  if (rule === 'indented') return text[0] !== ' ' && text[0] !== '\t'
  if (rule === 'timestamp') return beginsWithTime(text)
  return 'begins' in rule ? text.startsWith(rule.begins) : last.endsWith(rule.ends)
}

/** Records that still take lines. Audit events can be open side by side; other rules have one. Insertion order is order of age. */
function openRecords<Mark>({ lines: mostLines = 500, bytes: mostBytes = 1_048_576 }: JoinOptions) {
  let passed = 0
  const open = new Map<string, Open<Mark>>()
  const out: JoinedRecord<Mark>[] = []
  const close = (key: string): void => {
    const one = open.get(key)
    if (!one) return
    open.delete(key)
    out.push(recordOf(one))
  }
  return {
    open,
    out,
    close,
    add(key: string, { text, mark }: JoinLine<Mark>, now: number): void {
      const length = Buffer.byteLength(text) + 1
      if ((open.get(key)?.bytes ?? 0) + length > mostBytes) close(key)
      const one = open.get(key) ?? { texts: [], marks: [], mark, since: now, bytes: -1, touched: 0, done: false }
      one.texts.push(text)
      one.marks.push(mark)
      one.bytes += length
      one.touched = passed
      one.since = now
      open.set(key, one)
      if (one.texts.length >= mostLines) close(key)
    },
    /** Counts a line; records to which nothing came for so many lines are complete. */
    pass(most: number): void {
      passed += 1
      for (const [key, { touched }] of open) if (passed - touched > most) close(key)
    },
    closeAll: (): void => {
      for (const key of open.keys()) close(key)
    },
  }
}
type OpenRecords<Mark> = ReturnType<typeof openRecords<Mark>>

/** The kernel writes the events of several processors interleaved, a few at a time: older ones are complete. */
const mostOpen = 16
/** So many lines of others do not come between the records of one event. */
const mostBetween = 100

function pushAudit<Mark>(records: OpenRecords<Mark>, line: JoinLine<Mark>, now: number): void {
  records.pass(mostBetween)
  const place = auditPlace(line.text)
  if (!place) {
    // Lines of other programs may stand between: in syslog they do.
    records.out.push(single(line))
    return
  }
  const begun = records.open.has(place.key)
  if (!begun) for (const [key, { done }] of records.open) if (done) records.close(key)
  const [oldest] = records.open.keys()
  if (!begun && records.open.size >= mostOpen && oldest !== undefined) records.close(oldest)
  records.add(place.key, begun ? { text: line.text.slice(place.at), mark: line.mark } : line, now)
  const one = records.open.get(place.key)
  if (one) one.done = place.last
  if (place.ends) records.close(place.key)
}

/** Joins the lines of one stream. */
export function createJoiner<Mark>(options: JoinOptions): Joiner<Mark> {
  const { rule, holdMs = 2000 } = options
  const records = openRecords<Mark>(options)
  const { open, out, close, closeAll } = records
  const other = (simple: Exclude<JoinRule, 'auditd' | 'none'>, line: JoinLine<Mark>, now: number): void => {
    const last = open.get('')?.texts.at(-1) ?? ''
    if (beginsBy(simple, line.text, last)) close('')
    records.add('', line, now)
    if (typeof simple === 'object' && 'ends' in simple && line.text.endsWith(simple.ends)) close('')
  }
  const take = (): JoinedRecord<Mark>[] => out.splice(0)
  return {
    push(lines, now) {
      for (const line of lines) {
        if (rule === 'none') out.push(single(line))
        else if (rule === 'auditd') pushAudit(records, line, now)
        else other(rule, line, now)
      }
      return take()
    },
    tick(now) {
      for (const [key, { since }] of open) if (now - since >= holdMs) close(key)
      return take()
    },
    flush() {
      closeAll()
      return take()
    },
    get oldest() {
      return open.values().next().value?.mark
    },
    get held() {
      let count = 0
      for (const { texts } of open.values()) count += texts.length
      return count
    },
  }
}
