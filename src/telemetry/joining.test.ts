// Lines become records: nothing is lost, nothing is out of order where order counts, nothing is held for ever.
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { beginsWithTime, createJoiner, type JoinOptions } from './joining.ts'
import { parseRecord } from './parsing.ts'

const join = (lines: readonly string[], options: JoinOptions, now = 0): string[] => {
  const joiner = createJoiner<number>(options)
  const records = joiner.push(
    lines.map((text, mark) => ({ text, mark })),
    now,
  )
  return [...records, ...joiner.flush()].map(({ text }) => text)
}
const audit = (type: string, serial: number, rest = 'a=1'): string =>
  `type=${type} msg=audit(1772460062.965:${serial}): ${rest}`

test('audit records of one serial are one record, also when two events are interleaved', () => {
  const lines = [
    audit('SYSCALL', 1),
    audit('SYSCALL', 2),
    audit('EXECVE', 1),
    audit('CWD', 2),
    audit('EOE', 1),
    audit('EOE', 2),
    audit('USER_LOGIN', 3),
  ]
  assert.deepEqual(join(lines, { rule: 'auditd' }), [
    [lines[0], lines[2], lines[4]].join('\n'),
    [lines[1], lines[3], lines[5]].join('\n'),
    lines[6],
  ])
})

test('without EOE an event ends with its PROCTITLE as soon as the next one begins', () => {
  const joiner = createJoiner<number>({ rule: 'auditd' })
  const lines = [audit('SYSCALL', 1), audit('PROCTITLE', 1), audit('SYSCALL', 2)].map((text, mark) => ({ text, mark }))
  assert.deepEqual(
    joiner.push(lines, 0).map(({ text }) => text),
    [`${audit('SYSCALL', 1)}\n${audit('PROCTITLE', 1)}`],
  )
  assert.deepEqual([joiner.oldest, joiner.held], [2, 1])
})

test('events of different nodes with the same serial stay apart; in syslog the first line keeps its envelope', () => {
  const [a, b] = [`node=a ${audit('SYSCALL', 1)}`, `node=b ${audit('SYSCALL', 1)}`]
  assert.deepEqual(join([a, b, `node=a ${audit('EOE', 1)}`], { rule: 'auditd' }), [
    `${a}\nnode=a ${audit('EOE', 1)}`,
    b,
  ])
  const envelope = 'Mar  2 14:01:02 app01 audispd: '
  const [record = ''] = join(
    [
      `${envelope}${audit('SYSCALL', 1, 'arch=c000003e syscall=59 success=yes')}`,
      `${envelope}${audit('EXECVE', 1, 'argc=1 a0="id"')}`,
    ],
    { rule: 'auditd' },
  )
  const event = parseRecord({ source: 'x', received: 0, text: record })
  assert.deepEqual([event.host, event.command_line, event.parser], ['app01', 'id', 'auditd'])
})

test('an event without an end comes out after its time, with the marks of its lines', () => {
  const joiner = createJoiner<number>({ rule: 'auditd', holdMs: 100 })
  assert.deepEqual(
    joiner.push(
      [
        { text: audit('SYSCALL', 1), mark: 10 },
        { text: audit('CWD', 1), mark: 20 },
      ],
      1000,
    ),
    [],
  )
  assert.deepEqual([joiner.oldest, joiner.held], [10, 2])
  assert.deepEqual(joiner.tick(1050), [])
  assert.deepEqual(joiner.tick(1100), [
    { text: `${audit('SYSCALL', 1)}\n${audit('CWD', 1)}`, mark: 10, marks: [10, 20] },
  ])
  assert.deepEqual([joiner.oldest, joiner.held], [undefined, 0])
})

test('continuation lines, times at the beginning, a word at the beginning or the end', () => {
  const trace = [
    '2026-03-02 14:01:02 ERROR x',
    'java.lang.Error: y',
    '\tat a.b(C.java:1)',
    '2026-03-02 14:01:03 INFO z',
  ]
  assert.deepEqual(join(trace, { rule: 'timestamp' }), [trace.slice(0, 3).join('\n'), trace[3]])
  assert.deepEqual(join(trace, { rule: 'indented' }), [trace[0], `${trace[1]}\n${trace[2]}`, trace[3]])
  const slow = ['# Time: 1', '# User@Host: a', 'SELECT 1;', '# Time: 2', 'SELECT 2;']
  assert.deepEqual(join(slow, { rule: { begins: '# Time: ' } }), [
    slow.slice(0, 3).join('\n'),
    slow.slice(3).join('\n'),
  ])
  assert.deepEqual(join(['a', 'b;', 'c;', 'd'], { rule: { ends: ';' } }), ['a\nb;', 'c;', 'd'])
  assert.deepEqual(join(['a', ' b'], { rule: 'none' }), ['a', ' b'])
})

test('lines of others may stand between audit records, a hundred of them; JSON around a record is left whole', () => {
  const [a, b] = [audit('SYSCALL', 1), audit('EOE', 1)]
  assert.deepEqual(join([a, 'Mar  2 14:01:02 h cron[1]: x', b], { rule: 'auditd' }), [
    'Mar  2 14:01:02 h cron[1]: x',
    `${a}\n${b}`,
  ])
  const others = Array.from({ length: 101 }, (_, at) => `other ${at}`)
  assert.deepEqual(join([a, ...others, b], { rule: 'auditd' }), [...others.slice(0, 100), a, others[100], b])
  const json = [`{"MESSAGE":"${a}"}`, `{"MESSAGE":"${b}"}`]
  assert.deepEqual(join(json, { rule: 'auditd' }), json)
})

test('a record has an end: so many lines, so many bytes', () => {
  const lines = Array.from({ length: 7 }, (_, at) => (at === 0 ? 'x' : ' y'))
  assert.deepEqual(
    join(lines, { rule: 'indented', lines: 3 }).map((text) => text.split('\n').length),
    [3, 3, 1],
  )
  assert.deepEqual(
    join(lines, { rule: 'indented', bytes: 5 }).map((text) => text.split('\n').length),
    [2, 2, 2, 1],
  )
})

test('what begins with a time', () => {
  for (const text of [
    '2026-03-02 x',
    '[2026-03-02',
    'Mar  2 14:01',
    'Mon, 02',
    '02/Mar/2026',
    '02-Mar-2026',
    '14:01:02 x',
    '20260302 14',
    '260302 14',
    '<38>Mar  2',
    '12.03.2026',
  ])
    assert.ok(beginsWithTime(text), text)
  for (const text of ['at x', '\tat', '123 x', '', 'Marvel 2', '{"a":1}', '<38>x'])
    assert.ok(!beginsWithTime(text), text)
})

test('no line is lost and none is doubled, whatever comes in whatever pieces', () => {
  const line = fc.oneof(
    fc.constantFrom(
      audit('SYSCALL', 1),
      audit('EXECVE', 1),
      audit('EOE', 1),
      audit('SYSCALL', 2),
      audit('PATH', 2),
      ' more',
      '\tmore',
      '2026-03-02 x',
      'type=audit()',
      'audit(',
    ),
    fc.string({ maxLength: 20 }).map((text) => text.replaceAll('\n', '')),
  )
  const rule = fc.constantFrom<JoinOptions['rule']>(
    'none',
    'auditd',
    'indented',
    'timestamp',
    { begins: 't' },
    { ends: 'e' },
  )
  fc.assert(
    fc.property(
      fc.array(fc.array(line, { maxLength: 8 }), { maxLength: 8 }),
      rule,
      fc.nat(50),
      (pieces, rule, step) => {
        const joiner = createJoiner<number>({ rule, holdMs: 100, lines: 4 })
        let mark = 0
        const records = pieces.flatMap((piece, at) => [
          ...joiner.push(
            piece.map((text) => ({ text, mark: mark++ })),
            at * step,
          ),
          ...joiner.tick(at * step),
        ])
        records.push(...joiner.flush())
        const out = records.flatMap(({ text }) => text.split('\n'))
        assert.deepEqual([...out].sort(), pieces.flat().sort())
        if (rule !== 'auditd') assert.deepEqual(out, pieces.flat())
        assert.equal(joiner.held, 0)
      },
    ),
  )
})
