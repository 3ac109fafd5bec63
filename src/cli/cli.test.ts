// The command line: words taken apart, tables that fit, answers as text, commands that are not there.
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { catalogue } from '#app'
import { takeApart } from './arguments.ts'
import type { Terminal } from './command.ts'
import { wrap } from './help.ts'
import { execute } from './main.ts'
import { inputOf } from './operation-command.ts'
import { progressLine } from './progress.ts'
import { answerText, cellText } from './show.ts'
import { columnWidths, printable, tableText } from './table.ts'

function terminal(): Terminal & { readonly out: string[]; readonly err: string[] } {
  const [out, err]: [string[], string[]] = [[], []]
  return {
    out,
    err,
    width: 80,
    env: {},
    folder: '/nowhere',
    print: (text) => void out.push(text),
    note: (text) => void err.push(text),
    progress: { update: () => undefined, end: () => undefined },
    signal: new AbortController().signal,
  }
}

test('flags take the next word, an equals sign or nothing; after -- all are words', () =>
  assert.deepEqual(takeApart(['detect', 'a', '--rules', 'r', '--json', '--most=5', '--rules=s', '--', '--x']), {
    words: ['detect', 'a', '--x'],
    flags: { rules: ['r', 's'], json: [''], most: ['5'] },
  }))
test('taking apart never throws and loses no word', () =>
  fc.assert(fc.property(fc.array(fc.string()), (argv) => assert.ok(takeApart(argv).words.length <= argv.length))))

test('no line of a table is wider than the terminal, and all have the same columns', () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string(), { minLength: 3, maxLength: 3 }), { maxLength: 5 }),
      fc.integer({ min: 30, max: 200 }),
      (rows, width) => {
        for (const line of tableText(['one', 'two', 'three'], rows, width).split('\n'))
          assert.ok(line.length <= width, line)
      },
    ),
  ))
test('widths fill what there is, the widest give way', () =>
  assert.deepEqual(
    columnWidths([4, 100, 10], 40),
    [6, 20, 10].map((w, at) => (at === 0 ? 4 : at === 1 ? 22 : w)),
  ))
test('control characters of a log line never reach the terminal', () =>
  assert.equal(printable('a\u001b[2Jb\u0007\tc'), 'a·[2Jb· c'))

test('times, places and lists read well', () => {
  assert.equal(cellText('last', Date.UTC(2026, 0, 2, 3, 4, 5)), '2026-01-02 03:04:05')
  assert.deepEqual(
    [4, 2_400, 23_211_245_174].map((lag) => cellText('lagMiddle', lag)),
    ['4 ms', '2 s', '269 days'],
  )
  assert.equal(cellText('at', { file: 'a.yaml', line: 3, column: 1 }), 'a.yaml:3:1')
  assert.equal(cellText('hosts', ['a', 'b']), 'a, b')
  assert.equal(cellText('x', null), '-')
})
test('a list says how many there are in all', () =>
  assert.match(answerText({}, { items: [{ id: 'a' }], total: 7 }, 80), /1 of 7/))
test('a text of several lines keeps them; control characters do not get through', () =>
  assert.equal(answerText({}, { title: 'a', yaml: 'b:\n  c\u001b\n' }, 80), 'title: a\n\nyaml\n  b:\n    c·'))
test('an empty list says so', () => assert.equal(answerText({}, { items: [] }, 80), 'nothing to show'))
test('text breaks at spaces', () => assert.deepEqual(wrap('one two three', 8), ['one two', 'three']))
test('progress is a bar and a share', () => assert.match(progressLine(1, 2, 'half'), /█{12}░{12} {2}50 % {2}half/))

test('the help lists every command and the exit codes', async () => {
  const said = terminal()
  assert.equal(await execute(['--help'], said), 0)
  for (const word of [
    'init',
    'up',
    'detect',
    'doctor',
    'incident list',
    'ledger verify',
    'token create',
    'model check',
    'Exit codes',
  ])
    assert.ok(said.out.join('\n').includes(word), word)
})
test('a noun has a help of its own; a command names those that begin with its name', async () => {
  const noun = terminal()
  assert.equal(await execute(['parser', '--help'], noun), 0)
  assert.match(noun.out.join('\n'), /parser check [^]*parser list [^]*parser try /)
  const hunt = terminal()
  assert.equal(await execute(['hunt', '--help'], hunt), 0)
  assert.match(hunt.out.join('\n'), /--follow[^]*Also[^]*hunt list[^]*hunt save/)
  const wrong = terminal()
  assert.equal(await execute(['parser'], wrong), 3)
  assert.match(wrong.err.join('\n'), /there are: parser check, parser list, parser try/)
})
test('an operation has a help of its own, with its flags', async () => {
  const said = terminal()
  assert.equal(await execute(['incident', 'list', '--help'], said), 0)
  assert.match(said.out.join('\n'), /--level/)
})
test('times of an operation are written as people write them', async () => {
  const help = terminal()
  assert.equal(await execute(['rule', 'backtest', '--help'], help), 0)
  assert.match(help.out.join('\n'), /--since [^]*such as 7d or 2026-03-01T10:15/)
  const operation = catalogue.find(({ name }) => name === 'rule.backtest')
  assert.ok(operation)
  const since = (text: string) => inputOf(operation, { words: [], flags: { since: [text] } })['since']
  assert.equal(since('2026-03-01'), Date.UTC(2026, 2, 1))
  assert.equal(since('1772000000000'), 1_772_000_000_000)
  assert.ok(Math.abs(Number(since('7d')) - (Date.now() - 7 * 86_400_000)) < 60_000)
  assert.throws(() => since('yesterday'), /--since takes a length of time/)
})
test('a command that is not there is bad arguments, and near ones are named', async () => {
  const said = terminal()
  assert.equal(await execute(['incident', 'lst'], said), 3)
  assert.match(said.err.join('\n'), /incident list/)
})
test('a flag that a command does not take is refused, and those that it takes are named', async () => {
  const said = terminal()
  assert.equal(await execute(['detect', 'x', '--rulez', 'y'], said), 3)
  assert.match(said.err.join('\n'), /no flag --rulez; there are: --rules, --workers/)
})
test('with --json an error is JSON on standard output', async () => {
  const said = terminal()
  assert.equal(await execute(['nonsense', '--json'], said), 3)
  assert.match(said.out.join('\n'), /^\{"error":\{"code":"INPUT_INVALID"/)
})
