import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { type Level, levels } from '#standards'
import { Alert } from '#detection'
import { fold, type Folder } from './fold.ts'
import { linksOf } from './links.ts'
import { durationText, factsOf, listText, summaryOf, titleOf } from './story.ts'
import { timelineOf } from './timeline.ts'
import { IncidentId } from './types.ts'

const start = Date.UTC(2026, 2, 2, 9)
const minute = 60_000

interface Sketch {
  at?: number
  rule?: string
  level?: Level
  tactics?: string[]
  host?: string
  user?: string
  processes?: string[]
  addresses?: string[]
}
let count = 0
function alert(sketch: Sketch): Alert {
  count++
  const { rule = 'r1', level = 'medium', host = 'pc1', user = '', processes = [], addresses = [] } = sketch
  const time = start + (sketch.at ?? 0) * minute
  return Alert.parse({
    id: `alr_${count}`,
    time,
    raised: time,
    rule: { id: rule, title: `Rule ${rule}`, level, techniques: [], tactics: sketch.tactics ?? [] },
    event: `evt_${count}`,
    source: 'test',
    activity: 'did',
    message: `message ${count}`,
    host,
    user,
    asset: '',
    entities: { ...(host ? { host } : {}), ...(user ? { user } : {}), processes, addresses },
    matched: [],
    incident: '',
  })
}

let ids = 0
const context = (known: readonly Folder[] = []) => {
  let number = 0
  return { known, newId: () => IncidentId.parse(`inc_${++ids}`), nextNumber: () => ++number }
}
const foldAll = (alerts: readonly Alert[]) => fold(alerts, context())
const sizes = (folders: readonly Folder[]) => folders.map((folder) => folder.joined.length).sort((a, b) => a - b)

test('the same rule on the same host within the window is one incident', () =>
  assert.deepEqual(sizes(foldAll([alert({}), alert({ at: 5 }), alert({ at: 600 })])), [3]))

test('a process tree ties alerts over a day, whatever the host is called', () => {
  const child = { processes: ['{2}', '{1}'] }
  assert.deepEqual(
    sizes(
      foldAll([
        alert({ rule: 'a', processes: ['{1}'], host: 'x' }),
        alert({ rule: 'b', at: 900, host: 'y', ...child }),
      ]),
    ),
    [2],
  )
})

test('a user ties alerts on two hosts; a name that every machine has does not', () => {
  assert.deepEqual(
    sizes(foldAll([alert({ rule: 'a', user: 'ada' }), alert({ rule: 'b', host: 'pc2', user: 'ada', at: 60 })])),
    [2],
  )
  assert.deepEqual(
    sizes(foldAll([alert({ rule: 'a', user: 'root' }), alert({ rule: 'b', host: 'pc2', user: 'root', at: 60 })])),
    [1, 1],
  )
})

test('an address ties what it did from one host to what it did to another', () => {
  const from = alert({ rule: 'a', processes: ['{1}'], addresses: ['10.0.0.5', '203.0.113.9'] })
  const to = alert({ rule: 'b', host: 'srv', user: 'bob', addresses: ['10.0.0.5'], at: 30 })
  assert.deepEqual(sizes(foldAll([from, to])), [2])
})

test('two scanners that hit one host are not tied by the host', () => {
  const scan = (rule: string, address: string) => alert({ rule, host: 'www', addresses: [address] })
  assert.deepEqual(sizes(foldAll([scan('a', '203.0.113.1'), scan('b', '203.0.113.2')])), [1, 1])
})

test('light alerts are only observed until a heavy one joins', () => {
  const light = foldAll([alert({ level: 'low', user: 'ada' })])
  assert.deepEqual(
    light.map(({ state, number }) => [state, number]),
    [['observed', 0]],
  )
  const [opened] = fold([alert({ rule: 'b', level: 'high', user: 'ada', at: 10 })], context(light))
  assert.deepEqual([opened?.state, opened?.number, opened?.joined.length], ['open', 1, 2])
})

test('light alerts of three tactics on one thread are worth a person', () => {
  const low = (rule: string, tactic: string) => alert({ rule, level: 'low', user: 'ada', tactics: [tactic] })
  const [folder] = foldAll([low('a', 'discovery'), low('b', 'execution'), low('c', 'collection')])
  assert.equal(folder?.state, 'open')
})

test('an alert tied to two incidents brings them together into the older one', () => {
  const first = alert({ rule: 'a', user: 'ada', host: 'pc1' })
  const second = alert({ rule: 'b', user: 'bob', host: 'pc2', at: 20 })
  const known = foldAll([first, second])
  assert.equal(known.length, 2)
  const both = fold([alert({ rule: 'c', user: 'bob', host: 'pc1', processes: ['{9}'], at: 40 })], context(known))
  const left = both.filter((folder) => !both.some((other) => other.absorbed.some(({ id }) => id === folder.id)))
  assert.equal(left.length >= 1, true)
  const home = left.find((folder) => folder.absorbed.length > 0)
  assert.equal(home?.id, known.find((folder) => folder.joined.some((member) => member.alert.id === first.id))?.id)
})

test('an address that many incidents hold ties nothing', () => {
  const many = Array.from({ length: 12 }, (_, at) => alert({ rule: `n${at}`, host: `h${at}`, processes: [`{p${at}}`] }))
  const folders = foldAll(many)
  for (const folder of folders)
    folder.links.set('address 10.0.0.1', {
      kind: 'address',
      value: '10.0.0.1',
      first: start,
      last: start,
      level: 'high',
    })
  const next = fold([alert({ rule: 'z', host: 'other', addresses: ['10.0.0.1'], at: 1 })], context(folders))
  assert.equal(next.filter((folder) => folder.absorbed.length > 0).length, 0)
})

test('beyond its reach in time a link ties nothing', () =>
  assert.deepEqual(
    sizes(foldAll([alert({ rule: 'a', user: 'ada' }), alert({ rule: 'b', user: 'ada', host: 'pc2', at: 13 * 60 })])),
    [1, 1],
  ))

const anyAlert = fc
  .record({
    at: fc.nat(3000),
    rule: fc.constantFrom('a', 'b', 'c'),
    level: fc.constantFrom(...levels),
    host: fc.constantFrom('pc1', 'pc2', 'srv', ''),
    user: fc.constantFrom('ada', 'bob', 'root', ''),
    processes: fc.array(fc.constantFrom('{1}', '{2}', '{3}'), { maxLength: 2 }),
    addresses: fc.array(fc.constantFrom('10.0.0.1', '203.0.113.7'), { maxLength: 2 }),
  })
  .map(alert)

test('every alert is in exactly one incident, and folding in parts loses none', () =>
  fc.assert(
    fc.property(fc.array(anyAlert, { maxLength: 30 }), fc.nat(30), (alerts, cut) => {
      const half = foldAll(alerts.slice(0, cut))
      const known = half.map((folder) => ({ ...folder, joined: [...folder.joined] }))
      const rest = fold(alerts.slice(cut), context(known))
      const gone = new Set(rest.flatMap((folder) => folder.absorbed.map(({ id }) => id)))
      const kept = new Map([...known, ...rest].filter(({ id }) => !gone.has(id)).map((folder) => [folder.id, folder]))
      const members = [...kept.values()].flatMap((folder) => folder.joined.map((member) => member.alert.id))
      assert.deepEqual(members.sort(), alerts.map(({ id }) => id).sort())
    }),
  ))

test('what ties is shown in both directions: links of an alert are never empty', () =>
  fc.assert(fc.property(anyAlert, (one) => assert.ok(linksOf(one).length > 0))))

test('the timeline is one line for repeats within the hour and one for alerts of the same event', () => {
  const repeats = [alert({ rule: 'a' }), alert({ rule: 'a', at: 10 }), alert({ rule: 'a', at: 200 })]
  const twin = { ...alert({ rule: 'b', level: 'high', at: 10 }), event: repeats[1]!.event }
  const lines = timelineOf([...repeats, twin].map((one) => ({ alert: one, why: '' })))
  assert.deepEqual(
    lines.map((line) => [line.title, line.count]),
    [
      ['Rule a', 1],
      ['Rule b', 1],
      ['Rule a', 1],
    ],
  )
  assert.match(lines[1]!.detail, /also: Rule a/)
})

test('every alert is behind some line of the timeline', () =>
  fc.assert(
    fc.property(fc.array(anyAlert, { maxLength: 60 }), (alerts) => {
      const lines = timelineOf(alerts.map((one) => ({ alert: one, why: '' })))
      assert.deepEqual(lines.flatMap((line) => line.alerts).sort(), alerts.map(({ id }) => id).sort())
      assert.ok(lines.every((line, at) => at === 0 || lines[at - 1]!.at <= line.at))
    }),
  ))

test('the title of an intrusion goes from its first tactic to its last, over its hosts', () => {
  const story = [
    alert({ rule: 'a', tactics: ['initial-access'], host: 'pc1', level: 'high' }),
    alert({ rule: 'b', tactics: ['credential-access'], host: 'pc1', at: 5 }),
    alert({ rule: 'c', tactics: ['exfiltration'], host: 'db1', at: 50 }),
  ]
  assert.equal(titleOf(story), 'Initial Access to Exfiltration: pc1 → db1')
  assert.match(summaryOf(story), /3 alerts of 3 rules within 50 min on pc1, db1/)
  assert.equal(titleOf(story.slice(0, 1)), 'Rule a on pc1')
})
test('four tactics with a high alert are critical', () => {
  const tactic = (name: string, level: Level = 'medium') => alert({ tactics: [name], level })
  assert.equal(
    factsOf([tactic('execution', 'high'), tactic('persistence'), tactic('discovery'), tactic('impact')]).level,
    'critical',
  )
  assert.equal(factsOf([tactic('execution', 'high'), tactic('persistence')]).level, 'high')
})
test('words for lists and durations', () => {
  assert.equal(listText(['a', 'b', 'c', 'd']), 'a, b, c and 1 more')
  assert.deepEqual([5000, 720_000, 11_400_000, 7_200_000, 187_200_000].map(durationText), [
    '5 s',
    '12 min',
    '3 h 10 min',
    '2 h',
    '2 d 4 h',
  ])
})
