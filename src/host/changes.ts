// Two readings of a host compared: ports, packages and accounts that came, went or changed.
import { loopbackOnly } from './sockets.ts'
import type { Account, HostChange, HostFacts, Listener, Part } from './types.ts'

type Named = HostChange['facts']
type Found = Pick<HostChange, 'kind' | 'text' | 'facts'>

/**
 * What is different on the host since the reading before, in the order ports, packages, accounts. A part that either reading could not see as a
 * whole is left out, so that a lost permission never looks like a closed port. Times are those of the later reading.
 */
export function hostChanges(before: HostFacts, after: HostFacts): HostChange[] {
  const seen = (part: Part): boolean => ![...before.unknown, ...after.unknown].some(({ what }) => what === part)
  const found = [
    ...(seen('listening ports') ? portChanges(before.listening, after.listening) : []),
    ...(seen('packages') ? packageChanges(before, after) : []),
    ...(seen('users') ? accountChanges(before.users, after.users) : []),
  ]
  return found.map((change) => ({ ...change, time: after.at, host: after.name }))
}

/** A port in other hands, or open to others than before, is one that closed and one that opened. */
function portChanges(before: readonly Listener[], after: readonly Listener[]): Found[] {
  const gone = without(before, after)
  const come = without(after, before)
  return [
    ...gone.filter((one) => !come.some((other) => sameUnseen(one, other))).map((one) => portChange('port-closed', one)),
    ...come.filter((one) => !gone.some((other) => sameUnseen(one, other))).map((one) => portChange('port-opened', one)),
  ]
}

const socketKey = (one: Listener): string =>
  [one.transport, one.port, loopbackOnly(one.addresses) ? 'loopback' : 'others'].join(' ')
const holderKey = (one: Listener): string => [socketKey(one), one.process, one.user].join(' ')

function without(some: readonly Listener[], others: readonly Listener[]): Listener[] {
  const known = new Set(others.map(holderKey))
  return some.filter((one) => !known.has(holderKey(one)))
}

/** The same socket, of which one of the two readings could not see the program. */
const sameUnseen = (a: Listener, b: Listener): boolean =>
  (a.process === '' || b.process === '') && socketKey(a) === socketKey(b) && a.user === b.user

function portChange(kind: 'port-opened' | 'port-closed', one: Listener): Found {
  const exposed = !loopbackOnly(one.addresses)
  const by = one.process === '' ? '' : ` by ${one.process}`
  const reach = exposed ? 'from other machines' : 'from this machine only'
  const text = `${one.transport} port ${one.port} ${kind === 'port-opened' ? `opened${by}, reachable ${reach}` : `closed${by}`}`
  const { transport, port, process, user } = one
  return {
    kind,
    text,
    facts: { transport, port, addresses: one.addresses.join(' '), exposed, process, user, package: one.package },
  }
}

function packageChanges(before: HostFacts, after: HostFacts): Found[] {
  if (before.packages.manager !== after.packages.manager) return []
  const [old, now] = [versionsOf(before), versionsOf(after)]
  const found: Found[] = []
  for (const [key, version] of now) {
    const { name, architecture } = splitKey(key)
    const was = old.get(key)
    if (was === undefined)
      found.push(
        change('package-installed', `package ${name} ${version} installed`, { package: name, version, architecture }),
      )
    else if (was !== version) {
      const text = `package ${name} changed from ${was} to ${version}`
      found.push(change('package-changed', text, { package: name, version, before: was, architecture }))
    }
  }
  for (const [key, version] of old) {
    const { name, architecture } = splitKey(key)
    if (!now.has(key))
      found.push(
        change('package-removed', `package ${name} ${version} removed`, { package: name, version, architecture }),
      )
  }
  return found
}

/** Versions by name and architecture; several versions of one (kernels) stand beside each other. */
function versionsOf({ packages }: HostFacts): Map<string, string> {
  const versions = new Map<string, string[]>()
  for (const { name, version, architecture } of packages.items) {
    const key = `${name}\t${architecture}`
    versions.set(key, [...(versions.get(key) ?? []), version])
  }
  return new Map([...versions].map(([key, all]) => [key, all.sort().join(', ')]))
}
const splitKey = (key: string): { name: string; architecture: string } => {
  const [name = '', architecture = ''] = key.split('\t')
  return { name, architecture }
}

function accountChanges(before: readonly Account[], after: readonly Account[]): Found[] {
  const [old, now] = [byName(before), byName(after)]
  const found: Found[] = []
  for (const account of now.values()) {
    const was = old.get(account.name)
    if (!was) found.push(change('account-added', `account ${described(account)} added`, accountFacts(account)))
    else if (differs(was, account)) {
      const text = `account ${account.name} changed: ${differences(was, account).join(', ')}`
      found.push(change('account-changed', text, accountFacts(account)))
    }
  }
  for (const account of old.values())
    if (!now.has(account.name))
      found.push(change('account-removed', `account ${described(account)} removed`, accountFacts(account)))
  return found
}

const byName = (accounts: readonly Account[]): Map<string, Account> =>
  new Map(accounts.map((account) => [account.name, account]))
const described = ({ name, admin }: Account): string => (admin ? `${name} (may become root)` : name)
const accountFacts = ({ name, ...rest }: Account): Named => ({ account: name, ...rest })
const differs = (a: Account, b: Account): boolean => differences(a, b).length > 0

const differences = (was: Account, now: Account): string[] => [
  ...(was.uid === now.uid ? [] : [`uid ${was.uid} to ${now.uid}`]),
  ...(was.shell === now.shell ? [] : [`shell ${was.shell} to ${now.shell}`]),
  ...(was.admin === now.admin ? [] : [now.admin ? 'may now become root' : 'may no longer become root']),
]

const change = (kind: HostChange['kind'], text: string, facts: Named): Found => ({ kind, text, facts })
