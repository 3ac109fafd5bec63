// Lines of the nftables firewalls: what was dropped at the edge, and connections that servers open outwards.
import { second } from './calendar.ts'
import { diceOf, type Dice } from './dice.ts'
import { kernelLine } from './linux.ts'
import {
  app01,
  app02,
  backup01,
  ci01,
  ehrgw01,
  fw01,
  type Machine,
  mail01,
  outside,
  type Place,
  publicAddresses,
  scannerAddress,
  web01,
  web02,
} from './machines.ts'
import type { Emit, Stream } from './types.ts'

export interface Packet {
  readonly src: string
  readonly srcPort: number
  readonly dst: string
  readonly dstPort: number
  readonly proto?: 'TCP' | 'UDP'
  readonly length?: number
}

/** Firewalls were last started then; kernel lines carry seconds since. */
const booted = Date.UTC(2026, 0, 4, 3, 12)

/** `FW-DROP-IN` at the outside, `FW-ACCEPT-OUT` for new connections of servers, `FW-DROP-OUT` for refused ones. */
export function packetLogged(
  emit: Emit,
  firewall: Machine,
  time: number,
  what: { verdict: 'FW-DROP-IN' | 'FW-ACCEPT-OUT' | 'FW-DROP-OUT'; packet: Packet },
): void {
  const { src, srcPort, dst, dstPort, proto = 'TCP', length = 60 } = what.packet
  const outwards = what.verdict !== 'FW-DROP-IN'
  const tail =
    proto === 'TCP'
      ? `PROTO=TCP SPT=${srcPort} DPT=${dstPort} WINDOW=${outwards ? 64240 : 1024} RES=0x00 SYN URGP=0`
      : `PROTO=UDP SPT=${srcPort} DPT=${dstPort} LEN=${length - 20}`
  kernelLine(
    emit,
    firewall,
    time,
    `[${((time - booted) / second).toFixed(6).padStart(12)}] ${what.verdict} IN=${outwards ? 'eth1' : 'eth0'} OUT=${outwards ? 'eth0' : ''} ` +
      `MAC=02:42:0a:28:00:01:02:42:0a:28:00:fe:08:00 SRC=${src} DST=${dst} LEN=${length} TOS=0x00 PREC=0x00 ` +
      `TTL=${outwards ? 63 : 241} ID=${(srcPort * 7) % 65_536} ${outwards ? 'DF ' : ''}${tail}`,
  )
}

const wanted: readonly [number, ...number[]] = [
  23, 23, 23, 2323, 445, 445, 3389, 3389, 5900, 8080, 8443, 6379, 9200, 27017, 5432, 3306, 1433, 21, 25, 110, 161, 5060,
  7547, 11211, 2375,
]

/** Where servers go outside in their daily work: nothing else is expected from them. */
const errands: readonly (readonly [from: Machine, to: Place, perHour: number])[] = [
  [app01, outside.payments, 7],
  [app02, outside.payments, 7],
  [app01, outside.documents, 12],
  [app02, outside.documents, 12],
  [app01, outside.sms, 5],
  [app02, outside.sms, 5],
  [app01, outside.sso, 6],
  [app02, outside.sso, 6],
  [ehrgw01, outside.ehr, 14],
  [backup01, outside.documents, 1],
  [ci01, outside.git, 6],
  [ci01, outside.packages, 4],
  [ci01, outside.images, 3],
  [web01, outside.acme, 0.1],
  [web02, outside.acme, 0.1],
  [mail01, outside.mail, 9],
  [app01, outside.mirror, 0.3],
  [app02, outside.mirror, 0.3],
]

function portScan(cell: Parameters<Stream>[0], dice: Dice): void {
  const src = scannerAddress(dice.between(0, 149))
  const dst = dice.pick(publicAddresses)
  const begin = cell.start + dice.between(0, 3400) * second
  const ports = dice.between(15, 90)
  for (let n = 0; n < ports; n++)
    packetLogged(cell.emit, fw01, begin + n * dice.between(30, 900), {
      verdict: 'FW-DROP-IN',
      packet: { src, srcPort: dice.between(30_000, 65_000), dst, dstPort: dice.between(1, 10_000), length: 44 },
    })
}

/** The edge firewall's stream: background knocking, a scan now and then, errands of servers. */
export const edge: Stream = (cell) => {
  const dice = diceOf(cell.seed, 'edge', cell.start)
  for (let n = dice.count(170 * cell.scale); n > 0; n--)
    packetLogged(cell.emit, fw01, cell.start + dice.between(0, 3_599_999), {
      verdict: 'FW-DROP-IN',
      packet: {
        src: scannerAddress(dice.between(0, 149)),
        srcPort: dice.between(30_000, 65_000),
        dst: dice.pick(publicAddresses),
        dstPort: dice.pick(wanted),
        proto: dice.chance(0.1) ? 'UDP' : 'TCP',
        length: dice.chance(0.5) ? 40 : 44,
      },
    })
  for (let n = dice.count(1.2 * cell.scale); n > 0; n--) portScan(cell, dice)
  for (const [from, to, perHour] of errands)
    for (let n = dice.count(perHour * cell.scale); n > 0; n--)
      packetLogged(cell.emit, fw01, cell.start + dice.between(0, 3_599_999), {
        verdict: 'FW-ACCEPT-OUT',
        packet: { src: from.address, srcPort: dice.between(32_800, 60_900), dst: to.address, dstPort: to.port },
      })
}
