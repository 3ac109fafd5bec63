// Fills the disk while events arrive over HTTP and syslog-TCP, frees it again, and counts: all that was acknowledged is stored, once.
// The workspace lies on a file system of its own (tmpfs of a fixed size), which only root may mount.
// Usage: node test/disk-full.mjs [--mebibytes 160]
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { freePort, startServer, until } from './server.mjs'

/** A file system of this size, or why there can be none. */
export function smallDisk(mebibytes) {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'castellan-test', folder], { stdio: 'pipe' })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    return { why: `no file system can be mounted here: ${String(error.stderr ?? error.message).trim()}` }
  }
  const remove = () => {
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, remove }
}

const free = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Takes what is free on the disk, but for so many bytes. */
function fill(folder, but) {
  const file = openSync(join(folder, 'ballast'), 'a')
  const bytes = randomBytes(262_144)
  try {
    while (free(folder) > but) writeSync(file, bytes)
  } finally {
    closeSync(file)
  }
}

/** Lines that do not compress. */
const line = (kind, n) =>
  JSON.stringify({ id: `${kind}-${n}`, logsource: { product: 'disktest' }, noise: randomBytes(600).toString('base64') })

/** Posts fifty lines after another; what is refused is sent again, from where the server says. */
async function postUntil(server, stopped, seen) {
  let acknowledged = 0
  let next = 0
  while (!stopped()) {
    let lines = Array.from({ length: 50 }, () => line('http', next++))
    while (lines.length > 0) {
      const answer = await fetch(`${server.url}/ingest/v1/ndjson/http`, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.token}` },
        body: lines.join('\n'),
      })
      const said = await answer.json()
      seen.add(answer.status)
      const taken = answer.ok ? said.accepted : Number(answer.headers.get('x-castellan-accepted') ?? 0)
      acknowledged += taken
      lines = lines.slice(taken)
      if (!answer.ok) await sleep(100)
    }
    await sleep(5)
  }
  return acknowledged
}

/** Writes lines as fast as the other side reads them, and answers how many when all are on their way. */
async function writeUntil(port, stopped) {
  const socket = connect(port, '127.0.0.1')
  await new Promise((done, failed) => socket.once('connect', done).once('error', failed))
  let sent = 0
  while (!stopped()) {
    for (let n = 0; n < 20; n += 1) socket.write(`${line('tcp', sent++)}\n`)
    if (socket.writableNeedDrain) await new Promise((done) => socket.once('drain', done))
    await sleep(5)
  }
  await new Promise((done) => socket.end(done))
  return sent
}

/** The whole course; answers with the counts. */
export async function diskFull({ mebibytes = 160 } = {}) {
  const disk = smallDisk(mebibytes)
  if (disk.why) return { why: disk.why }
  let server
  try {
    const port = await freePort()
    const sources = `  - { kind: http, name: http }\n  - { kind: syslog-tcp, name: tcp, listen: 127.0.0.1:${port} }\n`
    writeFileSync(join(disk.folder, 'castellan.yaml'), `name: Disk\nwatchHost: false\nsources:\n${sources}`)
    server = await startServer(disk.folder)
    await until(async () => (await server.get('source.list')).items.every(({ state }) => state === 'running'))
    let stop = false
    void server.ended.then(
      (how) => process.env.SHOW && console.error('server ended', how, server.errors().slice(-3000)),
    )
    const statuses = new Set()
    const sending = [postUntil(server, () => stop, statuses), writeUntil(port, () => stop)]
    await sleep(2_000)
    fill(disk.folder, 0)
    const shown = new Set()
    await until(
      async () => {
        for (const { state, detail } of (await server.get('source.list')).items)
          if (state === 'waiting') shown.add(detail)
        fill(disk.folder, 0)
        return shown.size > 0 && statuses.has(503)
      },
      { what: 'the full disk to be shown and refused' },
    )
    await sleep(1_500)
    rmSync(join(disk.folder, 'ballast'))
    await sleep(3_000)
    stop = true
    const [http, tcp] = await Promise.all(sending)
    await until(async () => (await server.get('source.list')).spool.records === 0, { what: 'the spool to be emptied' })
    const count = async (q) => {
      const { buckets } = await server.get('event.histogram', { q, since: 0, until: Date.now() + 86_400_000 })
      return buckets.reduce((sum, { count: n }) => sum + n, 0)
    }
    return {
      http: { acknowledged: http, stored: await count('source:http') },
      tcp: { sent: tcp, stored: await count('source:tcp') },
      statuses: [...statuses].sort(),
      shown: [...shown],
    }
  } finally {
    await server?.kill()
    disk.remove()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { mebibytes: { type: 'string', default: '160' } } })
  console.log(JSON.stringify(await diskFull({ mebibytes: Number(values.mebibytes) }), null, 2))
}
