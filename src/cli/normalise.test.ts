// castellan normalise: one line of OCSF an event, and exit codes that say what the check found.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { execute } from './main.ts'
import type { Terminal } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'castellan-normalise-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(
  join(folder, 'auth.log'),
  'Mar  2 14:01:02 web01 sshd[1]: Failed password for ada from 192.0.2.7 port 4022 ssh2\nMar  2 14:01:03 web01 cron[2]: hello\n',
)

async function run(...argv: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []]
  const terminal: Terminal = {
    width: 120,
    env: {},
    folder,
    print: (text) => void out.push(text),
    note: (text) => void err.push(text),
    progress: { update: () => undefined, end: () => undefined },
    signal: new AbortController().signal,
  }
  return { code: await execute(['normalise', ...argv], terminal), out, err }
}

test('each record of a log is one line of OCSF', async () => {
  const { code, out } = await run('auth.log')
  assert.equal(code, 0)
  assert.deepEqual(
    out.map((line) => new Map(Object.entries(JSON.parse(line) as object)).get('class_uid')),
    [3002, 0],
  )
})
test('--check prints what there is and that the schema has no objection', async () => {
  const { code, out } = await run('--check', 'auth.log')
  assert.equal(code, 0)
  assert.match(out.join('\n'), /Authentication: Logon/)
  assert.match(out.join('\n'), /the schema has no objection/)
})
test('a file that is not there is unreadable, no file is bad arguments', async () => {
  assert.equal((await run('nothing.log')).code, 2)
  assert.equal((await run()).code, 3)
})
