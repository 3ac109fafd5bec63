// What servers do by the clock: cron, timers, certificate renewal, the nightly backup, replication, monitoring.
import { day, hour, minute, second } from './calendar.ts'
import { diceOf } from './dice.ts'
import { databaseLine, sshIn, sshOut, syslog, webLine } from './linux.ts'
import {
  app01,
  app02,
  backup01,
  bastion01,
  ci01,
  db01,
  db02,
  ehrgw01,
  linuxServers,
  type Machine,
  mail01,
  mon01,
  outside,
  web01,
  web02,
} from './machines.ts'
import { flowEnded, handshake } from './sensor.ts'
import type { Cell, Stream } from './types.ts'

interface Entry {
  readonly on: readonly Machine[]
  readonly user: string
  readonly command: string
  /** Minutes past midnight UTC at which it runs, or a step in minutes. */
  readonly every?: number
  readonly at?: readonly number[]
}
const crontab: readonly Entry[] = [
  { on: linuxServers, user: 'root', command: 'cd / && run-parts --report /etc/cron.hourly', every: 60 },
  { on: linuxServers, user: 'root', command: 'command -v debian-sa1 > /dev/null && debian-sa1 1 1', every: 30 },
  {
    on: linuxServers,
    user: 'root',
    command: 'test -x /usr/sbin/anacron || run-parts --report /etc/cron.daily',
    at: [385],
  },
  { on: [app01, app02], user: 'portal', command: '/opt/fernhill/bin/send-reminders --due 24h', every: 15 },
  { on: [app01], user: 'portal', command: '/opt/fernhill/bin/settle-payments', at: [125] },
  { on: [ehrgw01], user: 'ehrgw', command: '/opt/fernhill/bin/ehr-sync --changed-since last', every: 10 },
  { on: [db01], user: 'postgres', command: '/usr/bin/vacuumdb --analyze-in-stages portal', at: [160] },
  { on: [backup01], user: 'root', command: '/usr/local/sbin/backup-documents', at: [150] },
  { on: [backup01], user: 'root', command: '/usr/local/sbin/verify-last-backup', at: [300] },
  { on: [mail01], user: 'root', command: '/usr/local/sbin/update-blocklists', every: 120 },
]

const timers: readonly (readonly [unit: string, what: string, hourOfDay: readonly number[]])[] = [
  ['logrotate.service', 'Rotate log files', [0]],
  ['apt-daily.service', 'Daily apt download activities', [6, 18]],
  ['man-db.service', 'Daily man-db regeneration', [0]],
  ['fstrim.service', 'Discard unused filesystem blocks', [1]],
  ['certbot.service', 'Certbot', [3, 15]],
]

function runCron(cell: Cell): void {
  for (const [n, entry] of crontab.entries()) {
    const first = Math.floor((cell.start % day) / minute)
    for (let m = first; m < first + 60; m++) {
      if (!(entry.at?.includes(m) ?? m % (entry.every ?? 60) === (entry.every === 60 ? 17 : 5))) continue
      for (const machine of entry.on) {
        const time = cell.start + (m - first) * minute + second + ((machine.name.length * 37 + n * 11) % 700)
        const pid = 2000 + ((Math.floor(time / second) * 7 + n * 131) % 60_000)
        const say = (after: number, text: string, facility: 'cron' | 'authpriv') =>
          syslog(cell.emit, machine, time + after, { program: 'CRON', pid, text, facility })
        say(
          0,
          `pam_unix(cron:session): session opened for user ${entry.user}(uid=0) by ${entry.user}(uid=0)`,
          'authpriv',
        )
        say(12, `(${entry.user}) CMD (${entry.command})`, 'cron')
        say(900, `pam_unix(cron:session): session closed for user ${entry.user}`, 'authpriv')
      }
    }
  }
}

function runTimers(cell: Cell): void {
  const hourOfDay = Math.floor((cell.start % day) / hour)
  for (const machine of linuxServers) {
    const dice = diceOf(cell.seed, 'timers', machine.name, cell.start)
    for (const [unit, what, hours] of timers) {
      if (!hours.includes(hourOfDay) || (unit.startsWith('certbot') && machine !== web01 && machine !== web02)) continue
      const time = cell.start + dice.between(20, 3000) * second
      syslog(cell.emit, machine, time, { program: 'systemd', pid: 1, text: `Starting ${unit} - ${what}...` })
      if (unit.startsWith('certbot'))
        syslog(cell.emit, machine, time + 3 * second, {
          program: 'certbot',
          pid: 9000,
          text: `Certificate not yet due for renewal; asked ${outside.acme.host}`,
        })
      syslog(cell.emit, machine, time + 4 * second, {
        program: 'systemd',
        pid: 1,
        text: `${unit}: Deactivated successfully.`,
      })
      syslog(cell.emit, machine, time + 4 * second, { program: 'systemd', pid: 1, text: `Finished ${unit} - ${what}.` })
    }
  }
}

const tables = [
  'patients',
  'appointments',
  'consultations',
  'prescriptions',
  'messages',
  'invoices',
  'documents',
  'staff',
] as const

/** 01:30 UTC: backup01 logs in to db01, dumps the portal database, ships it to the object storage. */
function runBackup(cell: Cell): void {
  const begin = Math.floor(cell.start / day) * day + 90 * minute
  if (begin < cell.start || begin >= cell.end) return
  const dice = diceOf(cell.seed, 'backup', cell.start)
  const pid = sshIn(cell.emit, db01, begin, { user: 'backup', from: backup01.address, dice, uid: 34 })
  const line = (after: number, text: string): void =>
    databaseLine(cell.emit, db01, begin + after, {
      pid: pid + 3,
      user: 'backup',
      database: 'portal',
      application: 'pg_dump',
      client: backup01.address,
      text,
    })
  line(
    second,
    'connection authorized: user=backup database=portal application_name=pg_dump SSL enabled (protocol=TLSv1.3)',
  )
  tables.forEach((table, n) => {
    line(
      (n + 2) * minute,
      `duration: ${dice.between(9000, 58_000)}.${dice.between(100, 999)} ms  statement: COPY public.${table} TO stdout;`,
    )
  })
  line(
    12 * minute,
    `disconnection: session time: 0:11:5${dice.between(0, 9)}.104 user=backup database=portal host=${backup01.address} port=51002`,
  )
  sshOut(cell.emit, db01, begin + 12 * minute + second, { user: 'backup', pid })
  const say = (after: number, text: string): void =>
    syslog(cell.emit, backup01, begin + after, { program: 'fernhill-backup', pid: 4410, text })
  say(-0, 'portal: dump started')
  say(13 * minute, 'portal: dump finished, 3.1 GB, encrypted for key 7A11')
  say(19 * minute, `portal: copied to ${outside.documents.host}`)
  const wire = { src: backup01.address, srcPort: 40_022, dst: outside.documents.address, dstPort: 443 }
  handshake(cell.emit, begin + 13 * minute, wire, outside.documents.host)
  flowEnded(cell.emit, begin + 19 * minute, wire, {
    out: 3_100_000_000,
    in: 5_200_000,
    lasted: 6 * minute,
    application: 'tls',
  })
}

/** The database by itself: checkpoints, replication, pools of the application servers coming and going. */
function runDatabase(cell: Cell): void {
  const dice = diceOf(cell.seed, 'database', cell.start)
  for (let m = 0; m < 60; m += 5) {
    const time = cell.start + m * minute + dice.between(2, 50) * second
    const text = (what: string) => ({
      program: 'postgres',
      pid: 771,
      text: `LOG:  ${what}`,
      facility: 'local0' as const,
    })
    syslog(cell.emit, db01, time, text('checkpoint starting: time'))
    syslog(
      cell.emit,
      db01,
      time + 42 * second,
      text(`checkpoint complete: wrote ${dice.between(120, 2400)} buffers (${dice.between(1, 6)}.2%)`),
    )
    if (m % 30 === 0)
      syslog(cell.emit, db02, time + second, text(`recovery restart point at 4A/${dice.hex(8).toUpperCase()}`))
  }
  for (let n = dice.count(50 * cell.scale); n > 0; n--) {
    const client = dice.pick([app01, app02])
    const line = {
      pid: dice.between(2000, 60_000),
      user: 'portal',
      database: 'portal',
      application: 'portal-api',
      client: client.address,
    }
    const time = cell.start + dice.between(0, 3500) * second
    databaseLine(cell.emit, db01, time, {
      ...line,
      text: 'connection authorized: user=portal database=portal application_name=portal-api SSL enabled (protocol=TLSv1.3)',
    })
    if (dice.chance(0.3))
      databaseLine(cell.emit, db01, time + 90 * second, {
        ...line,
        text: `duration: ${dice.between(260, 1900)}.${dice.between(100, 999)} ms  statement: SELECT a.id, a.starts_at, p.display_name FROM appointments a JOIN patients p ON p.id = a.patient_id WHERE a.clinician_id = $1 ORDER BY a.starts_at LIMIT 50`,
      })
  }
}

/** Monitoring asks both web servers every 30 seconds, and looks at ports of everything every five minutes. */
function runMonitoring(cell: Cell): void {
  for (let s = 0; s < 3600; s += 30) {
    for (const [n, machine] of [web01, web02].entries())
      webLine(cell.emit, machine, cell.start + (s + 7 + n * 11) * second, {
        from: mon01.address,
        method: 'GET',
        path: '/health',
        status: 200,
        bytes: 17,
        agent: 'fernhill-monitor/3.2',
      })
    if (s % 300 === 0)
      for (const machine of [bastion01, ci01])
        syslog(cell.emit, machine, cell.start + (s + 15) * second, {
          program: 'sshd',
          pid: 3000 + s,
          text: `Connection closed by ${mon01.address} port ${40_000 + s}`,
          facility: 'auth',
        })
  }
}

/** The stream of everything that runs by the clock. */
export const maintenance: Stream = (cell) => {
  runCron(cell)
  runTimers(cell)
  runBackup(cell)
  runDatabase(cell)
  runMonitoring(cell)
}
