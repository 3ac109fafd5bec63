// Events of several lines, written to files while the server is killed again and again: every line is stored once, every event is whole.
import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { receiver, stored } from './shippers.mjs'

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))
const stamp = (serial) => `msg=audit(1772460062.965:${serial})`
const header = '#separator \\x09\n#path\tdns\n#fields\tts\tuid\tquery\n'

test(
  'kill -9 in the middle of audit events, stack traces and a file with a header',
  { timeout: 120_000 },
  async (t) => {
    const sources = [
      { kind: 'file', name: 'audit', path: 'logs/audit.log' },
      { kind: 'file', name: 'app', path: 'logs/app.log', join: 'timestamp' },
      { kind: 'file', name: 'dns', path: 'logs/dns*' },
    ]
    const home = await receiver(t, sources, { 'logs/audit.log': '', 'logs/app.log': '', 'logs/dns.log': header })
    const logs = join(home.folder, 'logs')
    mkdirSync(logs, { recursive: true })
    const wanted = { audit: [], app: [], dns: [] }
    const writing = { on: true, serial: 0 }
    const written = (async () => {
      while (writing.on) {
        const n = (writing.serial += 1)
        const lines = ['SYSCALL', 'EXECVE', 'CWD', 'EOE'].map((type) => `type=${type} ${stamp(n)}: n=${n}`)
        wanted.audit.push(lines.join('\n'))
        const trace = [`2026-03-02 14:01:02 ERROR n=${n}`, 'java.lang.Error: y', `\tat a.b(C.java:${n})`]
        wanted.app.push(trace.join('\n'))
        wanted.dns.push(`${header}1772460062.0\tC${n}\ta${n}.example`)
        appendFileSync(join(logs, 'dns.log'), `1772460062.0\tC${n}\ta${n}.example\n`)
        for (const at of [0, 1, 2, 3]) {
          appendFileSync(join(logs, 'audit.log'), `${lines[at]}\n`)
          if (at < 3) appendFileSync(join(logs, 'app.log'), `${trace[at]}\n`)
          await wait(3)
        }
        if (n % 150 !== 0) continue
        renameSync(join(logs, 'dns.log'), join(logs, `dns.${n}.log`))
        writeFileSync(join(logs, 'dns.log'), header)
      }
    })()
    const kills = 4
    for (let n = 0; n < kills; n += 1) {
      await wait(1_500 + n * 333)
      await home.again({ kill: true })
    }
    await wait(1_000)
    writing.on = false
    await written
    const counts = {}
    for (const [name, texts] of Object.entries(wanted)) {
      const found = await stored(home.server, name, texts.length)
      counts[name] = `${texts.length} written, ${found.length} stored`
      assert.deepEqual([...found].sort(), [...texts].sort(), name)
    }
    t.diagnostic(`${kills} times kill -9: ${JSON.stringify(counts)}`)
  },
)
