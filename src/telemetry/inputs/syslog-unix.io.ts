// Syslog over a stream socket of this machine: for programs that write to a socket file.
import { chmod, lstat, unlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { Fault } from '#kernel'
import type { Input } from './input.ts'
import { joinRule } from './join-rule.ts'
import { serveStreams } from './streams.io.ts'

/** Programs of any user may write; what they write says who they are. */
const everybodyWrites = 0o666

/** A socket left by a process that died is removed; any other file is not ours. */
async function clear(path: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined)
  if (there === undefined) return
  if (!there.isSocket()) throw new Fault('CONFIG_INVALID', `${path} is a file and no socket; choose another path`)
  await unlink(path)
}

export const syslogUnix: Input<'syslog-unix'> = async ({ path, join }, context) => {
  await clear(path)
  const server = createServer()
  server.once('listening', () => void chmod(path, everybodyWrites).catch(() => undefined))
  await serveStreams(
    { server, at: { path }, name: 'socket', framing: { counting: true }, join: joinRule(join) },
    context,
  )
}
