// Sockets as the Linux kernel lists them in /proc/net/{tcp,tcp6,udp,udp6}: text → those that wait for others.
import { ipv4FromHex, ipv6FromHex } from './address-text.ts'
import type { Listener } from './types.ts'

/** One waiting socket. The inode ties it to the process that holds it. */
export interface Socket {
  readonly transport: Listener['transport']
  readonly address: string
  readonly port: number
  readonly uid: number
  readonly inode: string
}

/** Ports the kernel hands to programs that only ask others; Linux's default when the machine does not say. */
export interface PortRange {
  readonly first: number
  readonly last: number
}
export const usualLocalPorts: PortRange = { first: 32_768, last: 60_999 }

const tcpListen = '0A'
const udpUnconnected = '07'
const most = 20_000

/**
 * The sockets of one table that wait for others: TCP in state LISTEN, UDP bound without a partner. Lines that are no sockets are passed over.
 * At most 20,000 are taken.
 */
export function waitingSockets(text: string, transport: Listener['transport']): Socket[] {
  const wanted = transport === 'tcp' ? tcpListen : udpUnconnected
  const found: Socket[] = []
  for (const line of text.split('\n')) {
    const socket = socketOf(line, transport, wanted)
    if (socket) found.push(socket)
    if (found.length >= most) break
  }
  return found
}

/** Columns: number, local address, remote address, state, queues, timer, retransmits, uid, timeout, inode. */
function socketOf(line: string, transport: Listener['transport'], wanted: string): Socket | undefined {
  const [number, local = '', , state, , , , uid = '', , inode = ''] = line.trim().split(/\s+/)
  if (!/^\d+:$/.test(number ?? '') || state !== wanted) return undefined
  const [hex = '', portHex = ''] = local.split(':')
  const address = hex.length === 8 ? ipv4FromHex(hex) : ipv6FromHex(hex)
  if (address === undefined || !/^[0-9A-Fa-f]{4}$/.test(portHex) || !/^\d+$/.test(inode)) return undefined
  const port = Number.parseInt(portHex, 16)
  return port === 0 ? undefined : { transport, address, port, uid: Number(uid) || 0, inode }
}

/** The text of /proc/sys/net/ipv4/ip_local_port_range. */
export function localPorts(text: string): PortRange {
  const [first, last] = text.trim().split(/\s+/).map(Number)
  return first && last && first <= last && last <= 65_535 ? { first, last } : usualLocalPorts
}

/** The program behind a socket, as far as this account may see it. */
export interface Holder {
  readonly pid: number
  readonly process: string
  readonly path: string
}

/**
 * Sockets of one service become one listener: the same transport and port, program and user. UDP sockets in the range of local ports belong to
 * programs that ask (a resolver, a browser), so they are left out, except when the kernel itself holds them (WireGuard).
 */
export function listenersOf(
  sockets: readonly Socket[],
  known: {
    readonly holders: ReadonlyMap<string, Holder>
    readonly userName: (uid: number) => string
    readonly packageOf: (path: string) => string
    readonly local: PortRange
  },
): Listener[] {
  const groups = new Map<string, Listener>()
  for (const socket of sockets) {
    const holder = known.holders.get(socket.inode)
    if (asksOnly(socket, holder, known.local)) continue
    const user = known.userName(socket.uid)
    const process = holder?.process ?? ''
    const key = [socket.transport, socket.port, process, user].join(' ')
    const group = groups.get(key)
    const pids = [group?.pid, holder?.pid].filter((pid) => pid !== undefined && pid !== null)
    groups.set(key, {
      transport: socket.transport,
      port: socket.port,
      addresses: [...new Set([...(group?.addresses ?? []), socket.address])].sort(),
      process,
      pid: pids.length > 0 ? Math.min(...pids) : null,
      user,
      package: holder === undefined ? '' : known.packageOf(holder.path),
    })
  }
  return [...groups.values()].sort(
    (a, b) => a.port - b.port || (a.transport + a.process < b.transport + b.process ? -1 : 1),
  )
}

const asksOnly = (socket: Socket, holder: Holder | undefined, local: PortRange): boolean =>
  socket.transport === 'udp' &&
  socket.port >= local.first &&
  socket.port <= local.last &&
  !(holder === undefined && socket.uid === 0)

/** Whether only this machine itself can reach any of these addresses. */
export const loopbackOnly = (addresses: readonly string[]): boolean =>
  addresses.length > 0 && addresses.every((address) => /^(::ffff:)?127\./.test(address) || address === '::1')
