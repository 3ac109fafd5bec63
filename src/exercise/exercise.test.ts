// What the exercise promises: the same records for the same seed, in order, however sliced; formats that parse; a whole story; nobody real in it.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import * as fc from 'fast-check'
import { Fault } from '#kernel'
import { day, hour, minute, offsetOf } from './calendar.ts'
import { type ExerciseRecord, fernhill, fernhillAttackSteps, fernhillSources, organisationOf } from './index.ts'
import { people } from './people.ts'
import { spill } from './stream.ts'

const data = process.env['CASTELLAN_DATA'] ?? '../shared/data'
const to = Date.UTC(2026, 2, 11, 20)
const seed = 7
const keyOf = (record: ExerciseRecord): string => `${record.time} ${record.source} ${record.text}`
const wholeDay = [...fernhill({ seed, from: to - day, to })]
const bySource = (source: string): ExerciseRecord[] => wholeDay.filter((record) => record.source === source)

test('a working day has 50 to 80 thousand records of every source, in order of time', (t) => {
  assert.ok(wholeDay.length > 50_000 && wholeDay.length < 80_000, String(wholeDay.length))
  for (const source of fernhillSources) assert.ok(bySource(source).length > 1000, source)
  let last = 0
  for (const record of wholeDay) {
    assert.ok(record.time >= last && record.time >= to - day && record.time < to)
    last = record.time
  }
  t.diagnostic(fernhillSources.map((source) => `${source} ${bySource(source).length}`).join(', '))
})

test('attacks beside the story are added, and change nothing else', () => {
  const options = { seed, from: to - 3 * day, to, scale: 0.02 }
  const story = [...fernhill(options)].map(keyOf)
  const more = [...fernhill({ ...options, scenario: 'intrusions' })].map(keyOf)
  const steps = fernhillAttackSteps({ seed, to, scenario: 'intrusions' }).filter(
    ({ step }) => !fernhillAttackSteps({ seed, to }).some((one) => one.step === step),
  )
  assert.equal(steps.length, 12)
  const added = steps.flatMap(({ records }) => records)
  assert.ok(added.every(({ time }) => time >= to - 3 * day && time < to))
  const isStory = new Set(story)
  assert.deepEqual(
    more.filter((key) => isStory.has(key)),
    story,
  )
  assert.equal(more.length, story.length + added.length)
})

test('the same seed gives the same records, another seed others', () => {
  const read = (which: number) => [...fernhill({ seed: which, from: to - 4 * hour, to, anchor: null, scale: 0.2 })]
  const first = read(seed)
  assert.deepEqual(read(seed), first)
  const people = first.filter((record) => record.source === 'fernhill-windows').map(keyOf)
  const other = new Set(read(seed + 1).map(keyOf))
  assert.ok(people.length > 100 && people.every((key) => !other.has(key)))
})

test('slices put together are the whole, wherever they are cut', () => {
  const from = to - 7 * hour
  const options = { seed, anchor: to, scale: 0.05 }
  const whole = [...fernhill({ ...options, from, to })].map(keyOf)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 7 * hour }), { maxLength: 4 }), (cuts) => {
      const edges = [from, ...cuts.map((cut) => from + cut).sort((a, b) => a - b), to]
      const slices = edges.slice(1).flatMap((end, n) => [...fernhill({ ...options, from: edges[n] ?? from, to: end })])
      assert.deepEqual(slices.map(keyOf), whole)
    }),
    { numRuns: 12 },
  )
})

test('no work runs further beyond its hour than slices look back', () => {
  // A record made by an hour further back than `spill` would be missing when a slice begins at its own hour.
  const at = to - 3 * hour
  const long = [...fernhill({ seed, from: at - 4 * spill, to: at + hour, anchor: null })].filter((r) => r.time >= at)
  assert.deepEqual([...fernhill({ seed, from: at, to: at + hour, anchor: null })].map(keyOf), long.map(keyOf))
})

test('an endless stream is made as it is read, and has no attack unless anchored', () => {
  let read = 0
  for (const record of fernhill({ seed, from: to, to: Infinity })) {
    assert.ok(record.time >= to)
    if (++read === 5000) break
  }
  assert.equal(read, 5000)
})

test('scale makes it busier', () => {
  const count = (scale: number): number => [...fernhill({ seed, from: to - 3 * hour, to, scale, anchor: null })].length
  assert.ok(count(3) > 2 * count(1))
})

test('a window or an organisation that makes no sense is refused with the remedy', () => {
  assert.throws(() => [...fernhill({ seed, from: Number.NaN, to })], Fault)
  assert.throws(() => [...fernhill({ seed, from: to - hour, to, scale: 0 })], /scale 0/)
  assert.throws(() => organisationOf('nowhere'), /there are: fernhill/)
  assert.equal(organisationOf('fernhill').title, 'Fernhill Health')
})

const syslog5424 = /^<\d{1,3}>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [\w.-]+ [\w./-]+ (?:\d+|-) - - .+$/
const syslog3164 = /^<\d{1,3}>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]+ \w+: .+$/
const combined =
  /: \S+ - - \[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "[A-Z]+ \S+ HTTP\/1\.1" \d{3} \d+ "[^"]*" "[^"]*"$/
const packet =
  /kernel: \[ *\d+\.\d{6}\] FW-(?:DROP-IN|DROP-OUT|ACCEPT-OUT) IN=\w+ OUT=\w* .*SRC=\S+ DST=\S+ .*PROTO=(?:TCP|UDP) SPT=\d+ DPT=\d+/

const checks: Readonly<Record<string, (text: string) => void>> = {
  'fernhill-windows'(text) {
    const { Event } = JSON.parse(text)
    assert.ok(Number.isInteger(Event.System.EventID) && Event.System.Computer.endsWith('.corp.fernhill.example'))
    assert.ok(Event.EventData ?? Event.UserData)
    if (Event.System.Channel.includes('Sysmon'))
      assert.equal(
        Event.EventData.UtcTime.replace(' ', 'T'),
        Event.System.TimeCreated['#attributes'].SystemTime.slice(0, 23),
      )
  },
  'fernhill-linux': (text) => assert.match(text, syslog5424),
  'fernhill-web'(text) {
    assert.match(text, syslog3164)
    assert.match(text, combined)
  },
  'fernhill-firewall'(text) {
    assert.match(text, syslog3164)
    assert.match(text, packet)
  },
  'fernhill-aws'(text) {
    const record = JSON.parse(text)
    assert.ok(record.eventName && record.eventSource && record.eventTime && record.userIdentity.type)
  },
  'fernhill-ids'(text) {
    const record = JSON.parse(text)
    assert.ok(['flow', 'dns', 'tls', 'http', 'alert'].includes(record.event_type))
    assert.match(record.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+0000$/)
  },
}

test('every record parses in the format of its source and is one line', () => {
  for (const { source, text } of wholeDay) {
    assert.ok(!text.includes('\n') && text.length < 4000, text)
    checks[source]?.(text)
  }
})

test('the time in a record is the time it is handed over at', () => {
  for (const { source, text, time } of wholeDay.filter((_, n) => n % 7 === 0)) {
    const said =
      source === 'fernhill-windows'
        ? /"SystemTime":"([^"]{23})/.exec(text)?.[1]
        : source === 'fernhill-aws'
          ? /"eventTime":"([^"]{19})/.exec(text)?.[1]
          : source === 'fernhill-ids'
            ? /"timestamp":"([^"]{23})/.exec(text)?.[1]
            : source === 'fernhill-linux'
              ? text.split(' ')[1]?.slice(0, 23)
              : undefined
    if (said !== undefined) assert.equal(new Date(time).toISOString().slice(0, said.length), said)
  }
})

test('outside addresses are documentation ranges, outside names reserved ones', () => {
  const address = /(?<![\w.])(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\w.])/g
  const allowed = /^(?:10\.|127\.0\.0\.1$|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/
  const version = /^(?:16\.0\.|10\.0\.26100|4\.18\.|1\d\d\.0\.0\.0$|98\.0\.)/
  const real = /(?<![\w.-])(?:[\w-]+\.)+(?:com|net|org|io|ie|eu|de|uk|us|dev)(?![\w.-])/g
  // CloudTrail names its services so, and evtx_dump its schema; nothing else real is needed.
  const service = /(?:^|\.)(?:amazonaws|amazon)\.com$|^schemas\.microsoft\.com$/
  for (const { text } of wholeDay) {
    for (const [found] of text.matchAll(address))
      assert.ok(allowed.test(found) || version.test(found), `${found} in ${text}`)
    for (const [found] of text.matchAll(/(?<![\w:])2[0-9a-f]{3}:[0-9a-f:]{4,}/g))
      if (!text.startsWith('{')) assert.match(found, /^2001:db8:|^20\d\d:\d\d:\d\d:\d\d$/)
    for (const [found] of text.matchAll(real)) assert.match(found, service, text)
  }
})

const steps = fernhillAttackSteps({ seed, to })

test('every step of the attack is in the stream, record by record, and only with an anchor', () => {
  const stream = new Set(wholeDay.map(keyOf))
  assert.ok(steps.length >= 30)
  assert.equal(new Set(steps.map((step) => step.step)).size, steps.length)
  for (const step of steps) {
    assert.ok(step.records.length > 0, step.step)
    assert.equal(step.time, step.records[0]?.time)
    for (const record of step.records) assert.ok(stream.has(keyOf(record)), `${step.step}: ${record.text}`)
  }
  const calm = new Set([...fernhill({ seed, from: to - day, to, anchor: null })].map(keyOf))
  for (const record of steps.flatMap((step) => step.records)) assert.ok(!calm.has(keyOf(record)))
})

test('the story begins five hours before the anchor and takes about three', () => {
  const times = steps.flatMap((step) => step.records.map((record) => record.time))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  assert.ok(first >= to - 5 * hour && first < to - 5 * hour + 5 * minute)
  assert.ok(last > first + 2.5 * hour && last < first + 3.6 * hour)
  const acts = [
    'document-opened',
    'lsass-dump',
    'remote-desktop',
    'sudo-shell',
    'database-dump',
    'exfiltration-network',
    'event-log-cleared',
  ]
  const order = acts.map((act) => steps.find((step) => step.step === act)?.time ?? 0)
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  )
})

test('no record says that it belongs to the attack', () => {
  for (const record of steps.flatMap((step) => step.records))
    assert.doesNotMatch(record.text, /attack|malicious|exercise/i)
})

test('from the first click to the lowered guard it is one tree of processes', () => {
  const started = wholeDay
    .filter((record) => record.source === 'fernhill-windows' && record.text.includes('"EventID":1,'))
    .map((record) => JSON.parse(record.text).Event.EventData)
  const parents = new Map<string, string>(started.map((one) => [one.ProcessGuid, one.ParentProcessGuid]))
  const images = new Map<string, string>(started.map((one) => [one.ProcessGuid, one.Image]))
  const dump = started.find((one) => one.CommandLine.includes('MiniDump'))
  const chain: string[] = []
  for (let guid: string | undefined = dump?.ProcessGuid; guid !== undefined; guid = parents.get(guid)) {
    const image = images.get(guid)
    if (image !== undefined) chain.push(image.slice(image.lastIndexOf('\\') + 1))
  }
  assert.deepEqual(chain.slice(0, 6), [
    'rundll32.exe',
    'edgesync.exe',
    'fodhelper.exe',
    'edgesync.exe',
    'powershell.exe',
    'WINWORD.EXE',
  ])
  assert.ok(chain.includes('OUTLOOK.EXE') && chain.includes('explorer.exe'))
})

test('techniques are those of ATT&CK', (t) => {
  for (const step of steps) assert.match(step.technique, /^T\d{4}(?:\.\d{3})?$/)
  const file = join(data, 'attack/enterprise-stix/enterprise-attack-trimmed.json')
  if (!existsSync(file)) return t.skip(`${file} not present`)
  const known = new Set<string>()
  for (const found of readFileSync(file, 'utf8').matchAll(/"external_id":"(T\d{4}(?:\.\d{3})?)"/g))
    known.add(found[1] ?? '')
  for (const step of steps) assert.ok(known.has(step.technique), `${step.step}: ${step.technique}`)
})

test('sixty people, each with their own account, laptop and addresses', () => {
  assert.equal(people.length, 60)
  for (const key of ['id', 'sid', 'away'] as const) assert.equal(new Set(people.map((one) => one[key])).size, 60, key)
  assert.equal(new Set(people.map((one) => one.laptop.address)).size, 60)
})

test('clocks go forward and back on the right days', () => {
  assert.equal(offsetOf('dublin', Date.UTC(2026, 2, 29, 0, 59)), 0)
  assert.equal(offsetOf('dublin', Date.UTC(2026, 2, 29, 1)), hour)
  assert.equal(offsetOf('dublin', Date.UTC(2026, 9, 25, 1)), 0)
  assert.equal(offsetOf('boston', Date.UTC(2026, 2, 8, 6, 59)), -5 * hour)
  assert.equal(offsetOf('boston', Date.UTC(2026, 2, 8, 7)), -4 * hour)
  assert.equal(offsetOf('boston', Date.UTC(2026, 10, 1, 6)), -5 * hour)
})
