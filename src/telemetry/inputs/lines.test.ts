// Lines that belong together, and headers that explain lines: in files that grow, rotate and are read again after a restart, and over the network.
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { appendFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import test from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import type { SourceConfig } from '#platform'
import { parseRecord } from '../parsing.ts'
import { desk } from './desk.test.ts'
import { type BeginAt, fileRecords } from './file-records.ts'

const audit = (type: string, serial: number): string => `type=${type} msg=audit(1772460062.965:${serial}): a=1`
const zeek = (fields: string): string => `#separator \\x09\n#path\tdns\n#fields\t${fields}\n`
const portOf = (detail: string): number => Number(/:(\d+) \(/.exec(detail)?.[1])

test('a file with a header that grows, is read again after a restart, rotates, and is compressed', async (t) => {
  const { folder, run, holds } = await desk(t)
  const path = join(folder, 'dns.log')
  const source: SourceConfig = { kind: 'file', name: 'dns', path: join(folder, 'dns*') }
  writeFileSync(path, `${zeek('ts\tuid\tquery')}1.0\tC1\ta.example\n`)
  let stop = await run(source)
  const one = `${zeek('ts\tuid\tquery')}1.0\tC1\ta.example`
  await holds(one)
  await stop()
  appendFileSync(path, '2.0\tC2\tb.example\n')
  stop = await run(source)
  const two = `${zeek('ts\tuid\tquery')}2.0\tC2\tb.example`
  await holds(one, two)
  assert.equal(parseRecord({ source: 'dns', received: 0, text: two }).domain, 'b.example')
  renameSync(path, join(folder, 'dns.1.log'))
  writeFileSync(path, `${zeek('ts\tquery\tuid')}3.0\tc.example\tC3\n`)
  const three = `${zeek('ts\tquery\tuid')}3.0\tc.example\tC3`
  await holds(one, two, three)
  await stop()
  // Compressed meanwhile, with a line more: only that one is new, and the header is known.
  unlinkSync(join(folder, 'dns.1.log'))
  const all = `${zeek('ts\tuid\tquery')}1.0\tC1\ta.example\n2.0\tC2\tb.example\n4.0\tC4\td.example\n`
  writeFileSync(join(folder, 'dns.1.log.gz'), gzipSync(all))
  await run(source)
  await holds(one, two, three, `${zeek('ts\tuid\tquery')}4.0\tC4\td.example`)
})

test('CSV, W3C and VPC flow lines know their columns', async (t) => {
  const { folder, run, holds } = await desk(t)
  const path = join(folder, 'doors.csv')
  writeFileSync(path, 'time,door\n2026-03-02T14:01:02Z,north\n')
  let stop = await run({ kind: 'file', name: 'doors', path, parser: 'csv' })
  const doors = '#Columns: time,door\n2026-03-02T14:01:02Z,north'
  await holds(doors)
  await stop()
  appendFileSync(path, '2026-03-02T14:01:03Z,south\n')
  stop = await run({ kind: 'file', name: 'doors', path, parser: 'csv' })
  const more = [doors, '#Columns: time,door\n2026-03-02T14:01:03Z,south']
  await holds(...more)
  await stop()
  const flows = join(folder, 'flows')
  writeFileSync(flows, 'version vpc-id srcaddr dstaddr action\n5 vpc-1 192.0.2.1 192.0.2.2 ACCEPT\n')
  stop = await run({ kind: 'file', name: 'flows', path: flows })
  more.push('version vpc-id srcaddr dstaddr action\n5 vpc-1 192.0.2.1 192.0.2.2 ACCEPT')
  await holds(...more)
  await stop()
  const iis = join(folder, 'u_ex.log')
  writeFileSync(iis, '#Software: IIS\n#Fields: date time c-ip\n2026-03-02 14:01:02 192.0.2.7\n')
  await run({ kind: 'file', name: 'iis', path: iis })
  await holds(...more, '#Fields: date time c-ip\n2026-03-02 14:01:02 192.0.2.7')
})

test('audit records are one event, also when the server is restarted between them', async (t) => {
  const { folder, run, holds } = await desk(t)
  const path = join(folder, 'audit.log')
  const source: SourceConfig = { kind: 'file', name: 'audit', path }
  writeFileSync(path, `${audit('SYSCALL', 1)}\nother\n${audit('USER_LOGIN', 2)}\n`)
  let stop = await run(source)
  await holds('other', audit('USER_LOGIN', 2))
  await stop()
  appendFileSync(path, `${audit('EXECVE', 1)}\n${audit('EOE', 1)}\n${audit('SYSCALL', 3)}\n`)
  stop = await run(source)
  const first = [audit('SYSCALL', 1), audit('EXECVE', 1), audit('EOE', 1)].join('\n')
  await holds('other', audit('USER_LOGIN', 2), first)
  // One that never ends comes out after its time.
  await sleep(2_600)
  await holds('other', audit('USER_LOGIN', 2), first, audit('SYSCALL', 3))
  await stop()
})

test('stack traces: the rule is a setting; the last one waits its time; a trace longer than a record is cut, not lost', async (t) => {
  const { folder, run, holds, health } = await desk(t, 2 ** 26, 100)
  const path = join(folder, 'app.log')
  const trace = '2026-03-02 14:01:02 ERROR x\njava.lang.Error: y\n\tat a.b(C.java:1)'
  const long = Array.from({ length: 4 }, (_, n) => `\tat line.number(${n}.java:1) and more`)
  writeFileSync(path, `${trace}\n2026-03-02 14:01:03 INFO z\n${long.join('\n')}\n`)
  await run({ kind: 'file', name: 'app', path, join: 'timestamp' })
  await sleep(3_200)
  const [a = '', b = '', c = '', d = ''] = long
  await holds(trace, `2026-03-02 14:01:03 INFO z\n${a}\n${b}`, `${c}\n${d}`)
  assert.equal(health('app').rejected, 0)
})

test('the same records wherever reading stops and begins again', () => {
  const line = fc.constantFrom(
    audit('SYSCALL', 1), audit('PATH', 1), audit('EOE', 1), audit('SYSCALL', 2), audit('PROCTITLE', 2), audit('SYSCALL', 3), 'other', '\tat x', '2026-03-02 y', '#fields\ta\tb', '',
  ) // prettier-ignore
  const rule = fc.constantFrom(
    'none' as const,
    'auditd' as const,
    'timestamp' as const,
    { begins: '2026' },
    { ends: 'x' },
  )
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 30 }),
      rule,
      fc.array(fc.nat(60), { maxLength: 12 }),
      (lines, join, steps) => {
        const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''))
        const reading = { limit: 1e6, csv: false, join }
        const straight = fileRecords(reading, { offset: 0 })
        const wanted = [...straight.push(bytes, 0).texts, ...straight.end(0).texts]
        let place: BeginAt = { offset: 0 }
        const found: string[] = []
        for (const step of steps) {
          // The process dies here: what it had read but not given out is read again.
          const records = fileRecords(reading, place)
          let at = place.offset
          for (let n = 0; n < 3 && at < bytes.length; n += 1) {
            found.push(...records.push(bytes.subarray(at, at + step), 0).texts)
            at += step
            place = records.place
          }
        }
        const last = fileRecords(reading, place)
        found.push(...last.push(bytes.subarray(place.offset), 0).texts, ...last.end(0).texts)
        assert.deepEqual([...found].sort(), [...wanted].sort())
      },
    ),
  )
})

test('syslog over TCP: records of auditd are one event; a source may join its lines by a rule', async (t) => {
  const { run, holds, health } = await desk(t)
  const send = async (text: string) => {
    while (!health('tcp').detail.includes('(TCP)')) await sleep(5)
    const socket = connect(portOf(health('tcp').detail), '127.0.0.1').end(text)
    await once(socket, 'close')
  }
  const head = '<13>Mar  2 14:01:02 app01 audispd: '
  const stop = await run({ kind: 'syslog-tcp', name: 'tcp', listen: '127.0.0.1:0' })
  await send(`${head}${audit('SYSCALL', 1)}\n<13>Mar  2 14:01:02 app01 x: y\n${head}${audit('EOE', 1)}\n`)
  const joined = ['<13>Mar  2 14:01:02 app01 x: y', `${head}${audit('SYSCALL', 1)}\n${audit('EOE', 1)}`]
  await holds(...joined)
  await stop()
  await run({ kind: 'syslog-tcp', name: 'tcp', listen: '127.0.0.1:0', join: 'indented' })
  await send('one\n two\nthree\n')
  await holds(...joined, 'one\n two', 'three')
})

test('syslog over UDP: records of auditd are one event', async (t) => {
  const { run, holds, health } = await desk(t)
  await run({ kind: 'syslog-udp', name: 'udp', listen: '127.0.0.1:0' })
  while (health('udp').detail === '') await sleep(5)
  const socket = createSocket('udp4')
  t.after(() => socket.close())
  for (const text of [audit('SYSCALL', 1), 'other', audit('EOE', 1)])
    await new Promise((done) => socket.send(text, portOf(health('udp').detail), '127.0.0.1', done))
  await holds('other', `${audit('SYSCALL', 1)}\n${audit('EOE', 1)}`)
})
