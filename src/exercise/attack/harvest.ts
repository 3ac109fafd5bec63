// Fourth act: root on the application server, the database's password, a copy of the patients' tables.
import { minute, second } from '../calendar.ts'
import { databaseLine, sudo, sudoRefused, syslog } from '../linux.ts'
import { app01, db01 } from '../machines.ts'
import { linuxKeyOwner } from './key.ts'
import type { Moment, Teller } from './teller.ts'

const user = linuxKeyOwner.id
const directory = `/home/${user}`
export const stash = '/var/tmp/.font-unix'

/** A command through sudo on the application server, so many seconds into the step. */
export const asRoot = (moment: Moment, after: number, command: string): void =>
  sudo(moment.emit, app01, moment.time + after * second, { user, directory, command, terminal: 'pts/2' })

const takenTables = ['patients', 'consultations', 'prescriptions', 'invoices'] as const

/** From an ordinary account to root and the database's password. */
export function takeServer(teller: Teller): void {
  teller.tell(
    { step: 'sudo-shell', title: 'Becomes root by way of an editor', technique: 'T1548.003', host: app01, after: 127 },
    (moment) => {
      asRoot(moment, 0, 'list')
      sudoRefused(moment.emit, app01, moment.time + 21 * second, { user, command: '/usr/bin/su -' })
      asRoot(moment, 58, '/usr/bin/vim -c :!/bin/bash')
    },
  )
  teller.tell(
    {
      step: 'database-password',
      title: "Reads the portal's configuration with the database's password",
      technique: 'T1552.001',
      host: app01,
      after: 133,
    },
    (moment) => {
      asRoot(moment, 0, '/usr/bin/cat /etc/fernhill/portal.env')
      asRoot(moment, 36, '/usr/bin/cat /home/portal/.pgpass')
    },
  )
  teller.tell(
    {
      step: 'ssh-database-refused',
      title: 'Tries to log in to the database server and is refused',
      technique: 'T1021.004',
      host: db01,
      after: 137,
    },
    ({ emit, time, dice }) => {
      const pid = dice.between(2000, 60_000)
      const port = dice.between(32_800, 60_900)
      const say = (after: number, text: string): void =>
        syslog(emit, db01, time + after, { program: 'sshd', pid, text, facility: 'auth' })
      say(0, `Failed publickey for ${user} from ${app01.address} port ${port} ssh2: ED25519 SHA256:q1Zo8mGQd0f2`)
      say(900, `Connection closed by authenticating user ${user} ${app01.address} port ${port} [preauth]`)
    },
  )
}

/** A whole copy of what the patients entrusted to the clinic, with the portal's own account. */
export const dumpDatabase = (teller: Teller): void =>
  teller.tell(
    {
      step: 'database-dump',
      title: "Copies the patients' tables out of the database",
      technique: 'T1213.006',
      host: db01,
      after: 142,
    },
    ({ emit, time, dice }) => {
      const pid = dice.between(2000, 60_000)
      const say = (after: number, text: string): void =>
        databaseLine(emit, db01, time + after, {
          pid,
          user: 'portal',
          database: 'portal',
          application: 'pg_dump',
          client: app01.address,
          text,
        })
      say(
        0,
        'connection authorized: user=portal database=portal application_name=pg_dump SSL enabled (protocol=TLSv1.3)',
      )
      takenTables.forEach((table, n) =>
        say(
          (n + 1) * 2.6 * minute,
          `duration: ${dice.between(90_000, 150_000)}.${dice.between(100, 999)} ms  statement: COPY public.${table} TO stdout;`,
        ),
      )
      say(
        12 * minute,
        `disconnection: session time: 0:12:00.${dice.between(100, 999)} user=portal database=portal host=${app01.address} port=47118`,
      )
    },
  )
