// One machine read from its own files: /proc, /etc, /sys, the package database. What cannot be read is named, never guessed.
import { arch, hostname, platform, release } from 'node:os'
import type { Clock } from '#kernel'
import { systemClock } from '#platform'
import { accountsOf } from './accounts.ts'
import { holdersOf } from './holders.io.ts'
import { journalOf, logsOf } from './logs.io.ts'
import { gatewaysOf, interfacesOf } from './network.ts'
import type { Host } from './operations.ts'
import { type Packages, packagesOf } from './packages.io.ts'
import { each, type Root, rootAt } from './root.io.ts'
import { listenersOf, localPorts, type Socket, waitingSockets } from './sockets.ts'
import { systemOf } from './system.ts'
import type { Account, HostFacts, Part } from './types.ts'

/** Which machine, and where "now" comes from. */
export interface ReadHost {
  /** Its root folder: `/`, or where its disk is mounted. */
  readonly root: string
  readonly clock?: Clock
}

/** Collects what could not be read. */
type Miss = (what: Part | 'programs of listening ports', why: string) => void

/**
 * Everything the machine says about itself, without needing to be root. A part that cannot be read is empty and named in `unknown`.
 * Never throws for what it finds.
 */
export async function readHostFacts({ root: path, clock = systemClock }: ReadHost): Promise<HostFacts> {
  const root = rootAt(path)
  const unknown: HostFacts['unknown'] = []
  const miss: Miss = (what, why) => void unknown.push({ what, why })
  const [name, system, network, users, packages, journal, logs] = await Promise.all([
    nameOf(root),
    systemFacts(root, miss),
    networkFacts(root, miss),
    usersOf(root, miss),
    packagesOf(root),
    journalOf(root),
    logsOf(root),
  ])
  if (packages.why !== '') miss('packages', packages.why)
  const closed = await root.closed('/var/log')
  if (closed !== '') miss('logs', `/var/log: ${closed}`)
  const listening = await listeningOf(root, { users, owners: packages.owners, miss })
  const items = [...packages.items]
  return {
    at: clock.now(),
    name,
    system,
    ...network,
    listening,
    packages: { manager: packages.manager, count: items.length, items },
    users,
    journal,
    logs,
    unknown: unknown.sort((a, b) => (a.what < b.what ? -1 : 1)),
  }
}

/** The machine that runs us. */
export const thisHost: Host = { read: () => readHostFacts({ root: '/' }) }

async function nameOf(root: Root): Promise<string> {
  const kernel = await root.text('/proc/sys/kernel/hostname')
  const etc = kernel.text.trim() === '' ? await root.text('/etc/hostname') : kernel
  return etc.text.trim().split('\n')[0] || (root.running ? hostname() : 'unknown')
}

async function systemFacts(root: Root, miss: Miss): Promise<HostFacts['system']> {
  const [first, second, kernel] = await Promise.all([
    root.text('/etc/os-release'),
    root.text('/usr/lib/os-release'),
    root.text('/proc/sys/kernel/osrelease'),
  ])
  const { text } = first.text === '' ? second : first
  if (text === '') miss('system', first.why)
  const running = root.running ? `${release()} ${arch()}` : ''
  return { platform: root.running ? platform() : 'linux', ...systemOf(text, kernel.text || running) }
}

async function networkFacts(root: Root, miss: Miss): Promise<Pick<HostFacts, 'interfaces' | 'gateways'>> {
  const [fibTrie, route, inet6, route6, names] = await Promise.all([
    root.text('/proc/net/fib_trie'),
    root.text('/proc/net/route'),
    root.text('/proc/net/if_inet6'),
    root.text('/proc/net/ipv6_route'),
    root.names('/sys/class/net'),
  ])
  if (fibTrie.why !== '') miss('interfaces', fibTrie.why)
  if (route.why !== '') miss('default route', route.why)
  const hardware = await each(names, async (name) => {
    const mac = (await root.text(`/sys/class/net/${name}/address`)).text.trim()
    return [name, /^(00:)+00$/.test(mac) ? '' : mac] as const
  })
  const macs = new Map(hardware)
  return {
    interfaces: interfacesOf({
      fibTrie: fibTrie.text,
      route: route.text,
      inet6: inet6.text,
      mac: (name) => macs.get(name) ?? '',
    }),
    gateways: gatewaysOf(route.text, route6.text),
  }
}

async function usersOf(root: Root, miss: Miss): Promise<Account[]> {
  const [passwd, group] = await Promise.all([root.text('/etc/passwd'), root.text('/etc/group')])
  if (passwd.why !== '') miss('users', passwd.why)
  return accountsOf(passwd.text, group.text)
}

interface Known {
  readonly users: readonly Account[]
  readonly miss: Miss
  readonly owners: Packages['owners']
}

const tables = [
  { file: '/proc/net/tcp', transport: 'tcp' },
  { file: '/proc/net/tcp6', transport: 'tcp' },
  { file: '/proc/net/udp', transport: 'udp' },
  { file: '/proc/net/udp6', transport: 'udp' },
] as const

async function listeningOf(root: Root, { users, miss, owners }: Known): Promise<HostFacts['listening']> {
  const read = await each(tables, async ({ file, transport }) => ({ ...(await root.text(file)), transport }))
  const [tcp] = read
  if (tcp && tcp.why !== '') miss('listening ports', tcp.why)
  const sockets: Socket[] = read.flatMap(({ text, transport }) => waitingSockets(text, transport))
  // Inode 0 belongs to the kernel itself; no process holds it.
  const inodes = new Set(sockets.map(({ inode }) => inode).filter((inode) => inode !== '0'))
  const { holders, unseen } = await holdersOf(root, inodes)
  if (unseen > 0)
    miss('programs of listening ports', `${unseen} sockets belong to programs that this account may not see`)
  const programs = await owners(new Set([...holders.values()].map(({ path }) => path).filter((path) => path !== '')))
  const names = new Map(users.map(({ uid, name }) => [uid, name]))
  const range = await root.text('/proc/sys/net/ipv4/ip_local_port_range')
  return listenersOf(sockets, {
    holders,
    userName: (uid) => names.get(uid) ?? String(uid),
    packageOf: (program) => programs.get(program) ?? '',
    local: localPorts(range.text),
  })
}
