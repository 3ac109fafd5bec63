// castellan parser: the example of the guide, its exit codes, what a file's records become.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { execute } from './main.ts'

async function run(folder: string, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await execute(argv, {
    width: 120,
    env: {},
    folder,
    print: (text) => void out.push(text),
    note: (text) => void err.push(text),
    progress: { update: () => undefined, end: () => undefined },
    signal: new AbortController().signal,
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

const door = `name: door
does: reads the door's log
recognise: { starts: "DOOR " }
read: { patterns: ["DOOR %{iso:when} %{word:action} %{user:who}"] }
time: { field: when }
columns: { user: who }
tests:
  - line: DOOR 2026-03-02T14:01:02Z open ada
    expect: { user: ada, time: 2026-03-02T14:01:02Z }
`

test('parsers of a workspace are checked, listed and tried', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parser-command-'))
  const at = (name: string): string => join(folder, name)
  try {
    assert.equal((await run(folder, 'parser', 'check')).code, 2, 'no folder of parsers')
    await mkdir(at('parsers'))
    await writeFile(at('castellan.yaml'), '')
    await writeFile(at('parsers/door.yaml'), door)
    const well = await run(folder, 'parser', 'check')
    assert.deepEqual([well.code, well.out], [0, '1 file, 1 parser, 1 test: all well'])
    const listed = await run(folder, 'parser', 'list', '--json')
    assert.match(listed.out.split('\n')[0] ?? '', /"name":"door","from":"workspace"/)
    await writeFile(at('door.log'), 'DOOR 2026-03-02T14:01:02Z open Bob\nno door\n')
    const tried = await run(folder, 'parser', 'try', 'door.log')
    assert.equal(tried.code, 1)
    assert.match(tried.out, /parser: door[\s\S]*user: bob[\s\S]*who: Bob/)
    assert.match(tried.err, /1 record was kept as text/)
    assert.equal((await run(folder, 'parser', 'try', 'door.log', '--parser', 'nope')).code, 3)
    await writeFile(at('parsers/door.yaml'), door.replace('user: ada,', 'user: eve,'))
    const wrong = await run(folder, 'parser', 'check')
    assert.equal(wrong.code, 1)
    assert.match(wrong.out, /door\.yaml:9:\d+: user is "ada", not "eve"/)
    await writeFile(at('parsers/door.yaml'), door.replace('%{iso:when}', '%{when}'))
    assert.equal((await run(folder, 'parser', 'check')).code, 3)
  } finally {
    await rm(folder, { recursive: true })
  }
})
