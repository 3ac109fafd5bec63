// Developers and operations on the servers: SSH through the bastion, sudo by the runbook, builds and deployments.
import { day, hour, minute, second } from './calendar.ts'
import { deskAt, within } from './desk.ts'
import { diceOf, type Dice } from './dice.ts'
import { sshIn, sshOut, sudo, sudoRefused, syslog } from './linux.ts'
import { app01, app02, bastion01, ci01, db01, ehrgw01, type Machine, mon01, web01, web02 } from './machines.ts'
import { adminOf, ofTeam, type Person } from './people.ts'
import type { Cell, Stream } from './types.ts'

/** What the runbook allows, and so what is seen every day. */
const runbook: Readonly<Record<string, readonly [string, ...string[]]>> = {
  app: [
    '/usr/bin/systemctl status portal-api',
    '/usr/bin/journalctl -u portal-api -n 200',
    '/usr/bin/systemctl restart portal-api',
    '/usr/bin/tail -n 100 /var/log/portal/api.log',
  ],
  web: ['/usr/sbin/nginx -t', '/usr/bin/systemctl reload nginx', '/usr/bin/tail -n 100 /var/log/nginx/error.log'],
  db: ['/usr/bin/systemctl status postgresql', '/usr/bin/pg_lsclusters'],
  other: [
    '/usr/bin/apt list --upgradable',
    '/usr/bin/systemctl --failed',
    '/usr/bin/journalctl -p err -n 50',
    '/usr/bin/df -h',
  ],
}
const kindOf = (machine: Machine): string => /^(app|web|db)/.exec(machine.name)?.[1] ?? 'other'

/** A person goes through the bastion to a server, looks around, leaves. */
function visitServer(
  cell: Cell,
  dice: Dice,
  who: { account: string; from: string; target: Machine },
  time: number,
): void {
  const { account, from, target } = who
  const outer = sshIn(cell.emit, bastion01, time, { user: account, from, dice })
  const inner = sshIn(cell.emit, target, time + 5 * second, { user: account, from: bastion01.address, dice })
  const commands = dice.between(0, 3)
  for (let n = 0; n < commands; n++)
    sudo(cell.emit, target, time + (30 + n * dice.between(20, 120)) * second, {
      user: account,
      directory: `/home/${account}`,
      command: dice.pick(runbook[kindOf(target)] ?? runbook['other'] ?? ['/usr/bin/df -h']),
    })
  if (dice.chance(0.015))
    sudoRefused(cell.emit, target, time + 90 * second, { user: account, command: '/usr/bin/apt upgrade' })
  const leaves = time + dice.between(8, 50) * minute
  sshOut(cell.emit, target, leaves, { user: account, pid: inner })
  sshOut(cell.emit, bastion01, leaves + 400, { user: account, pid: outer })
}

interface Habit {
  readonly people: readonly Person[]
  readonly perHour: number
  readonly targets: readonly [Machine, ...Machine[]]
  readonly account: (person: Person) => string
}
const habits: readonly Habit[] = [
  { people: ofTeam('developers'), perHour: 0.35, targets: [app01, app02, ci01], account: (person) => person.id },
  {
    people: ofTeam('operations'),
    perHour: 1.6,
    targets: [app01, app02, web01, web02, db01, ehrgw01, ci01, mon01],
    account: (person) => person.id,
  },
  { people: ofTeam('it'), perHour: 0.3, targets: [mon01, web01, ehrgw01], account: (person) => adminOf(person).id },
]

function build(cell: Cell, dice: Dice): void {
  const time = cell.start + dice.between(0, 3300) * second
  const number = dice.between(4000, 9000)
  const say = (after: number, text: string): void =>
    syslog(cell.emit, ci01, time + after * second, { program: 'ci-runner', pid: 1777, text })
  say(0, `pipeline ${number}: started by push to main of portal`)
  say(6, `pipeline ${number}: job test: image images.packages.example/node:22 pulled`)
  say(190, `pipeline ${number}: job test: passed`)
  say(200, `pipeline ${number}: job image: built portal-api:${dice.hex(7)}`)
  if (!dice.chance(0.35)) return
  say(320, `pipeline ${number}: job deploy: started`)
  for (const [n, target] of [app01, app02].entries()) {
    const at = time + (330 + n * 60) * second
    const pid = sshIn(cell.emit, target, at, { user: 'deploy', from: ci01.address, dice, uid: 1990 })
    sudo(cell.emit, target, at + 3 * second, {
      user: 'deploy',
      directory: '/opt/fernhill',
      command: '/usr/bin/systemctl restart portal-api',
      terminal: 'unknown',
    })
    syslog(cell.emit, target, at + 5 * second, {
      program: 'systemd',
      pid: 1,
      text: 'Stopping portal-api.service - Fernhill portal API...',
    })
    syslog(cell.emit, target, at + 8 * second, {
      program: 'systemd',
      pid: 1,
      text: 'Started portal-api.service - Fernhill portal API.',
    })
    sshOut(cell.emit, target, at + 20 * second, { user: 'deploy', pid })
  }
  say(470, `pipeline ${number}: job deploy: done`)
}

/** Security updates, 06:20 UTC, one server after the other. */
function update(cell: Cell): void {
  const begin = Math.floor(cell.start / day) * day + 6 * hour + 20 * minute
  if (begin < cell.start || begin >= cell.end) return
  const dice = diceOf(cell.seed, 'updates', cell.start)
  for (const [n, machine] of [web01, web02, app01, app02, ehrgw01, mon01].entries()) {
    if (!dice.chance(0.4)) continue
    const time = begin + n * 3 * minute
    for (const what of ['libssl3t64', 'openssh-server', 'tzdata'].filter(() => dice.chance(0.5)))
      syslog(cell.emit, machine, time, {
        program: 'unattended-upgrade',
        pid: 6600,
        text: `Packages that will be upgraded: ${what}`,
      })
    syslog(cell.emit, machine, time + 40 * second, {
      program: 'unattended-upgrade',
      pid: 6600,
      text: 'All upgrades installed',
    })
  }
}

/** The stream of engineers and their machines. */
export const engineering: Stream = (cell) => {
  for (const { people, perHour, targets, account } of habits)
    for (const person of people) {
      const desk = deskAt(cell.seed, person, cell.start)
      const dice = diceOf(cell.seed, 'engineering', person.id, cell.start)
      for (const { from, to } of within(desk.blocks, cell.start, cell.end))
        for (let n = dice.count(((perHour * (to - from)) / hour) * cell.scale); n > 0; n--) {
          const who = { account: account(person), from: desk.address, target: dice.pick(targets) }
          visitServer(cell, dice, who, from + Math.floor(dice.next() * (to - from)))
        }
    }
  const dice = diceOf(cell.seed, 'builds', cell.start)
  const hourOfDay = (cell.start % day) / hour
  for (let n = dice.count((hourOfDay >= 8 && hourOfDay < 18 ? 4 : 0.2) * cell.scale); n > 0; n--) build(cell, dice)
  update(cell)
}
