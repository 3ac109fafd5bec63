import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { globMatches } from './glob.ts'
import { assetLocator, type Locatable, type Whereabouts } from './locate.ts'
import { contains, parseNetwork } from './network.ts'

const asset = (id: string, hosts: string[], addresses: string[] = []): Locatable => ({ id, hosts, addresses })

const assets = [
  asset('staff', ['WS-*'], ['10.20.8.0/22', '2001:db8:1::/48']),
  asset('boss', ['WS-0001'], ['10.20.8.9']),
  asset('finance', ['WS-FN-*']),
  asset('directory', ['DC01', 'DC01.corp.example'], ['10.20.2.5', '2001:db8:1::5']),
  asset('mail', ['mail.corp.example'], ['10.20.0.0/16']),
  asset('web-a', ['web.a.example']),
  asset('web-b', ['web.b.example']),
]
const locate = assetLocator({ assets })

test('by host name', () => {
  assert.equal(locate({ host: 'dc01' }), 'directory')
  assert.equal(locate({ host: 'DC01.CORP.EXAMPLE.' }), 'directory')
  assert.equal(locate({ host: 'dc01.elsewhere.example' }), 'directory')
  assert.equal(locate({ host: 'mail' }), 'mail')
  assert.equal(locate({ host: 'mail.elsewhere.example' }), undefined)
  assert.equal(locate({ host: 'web' }), undefined, 'two assets have this short name')
})
test('by pattern, exact names and longer patterns first', () => {
  assert.equal(locate({ host: 'ws-0001' }), 'boss')
  assert.equal(locate({ host: 'ws-0002.corp.example' }), 'staff')
  assert.equal(locate({ host: 'WS-FN-7' }), 'finance')
})
test('by address, the smallest network first', () => {
  assert.equal(locate({ addresses: ['10.20.8.9'] }), 'boss')
  assert.equal(locate({ addresses: ['10.20.11.255'] }), 'staff')
  assert.equal(locate({ addresses: ['10.20.12.0'] }), 'mail')
  assert.equal(locate({ addresses: ['2001:db8:1:ffff::1'] }), 'staff')
  assert.equal(locate({ addresses: ['2001:0db8:0001::5'] }), 'directory')
  assert.equal(locate({ addresses: ['::ffff:10.20.2.5'] }), 'directory')
  assert.equal(locate({ addresses: ['192.0.2.1', '10.20.2.5'] }), 'directory')
})
test('the host name decides before addresses; a host that is an address is looked up as one', () => {
  assert.equal(locate({ host: 'dc01', addresses: ['10.20.8.9'] }), 'directory')
  assert.equal(locate({ host: '10.20.8.9' }), 'boss')
  assert.equal(locate({ host: 'nobody', addresses: ['10.20.8.9'] }), 'boss')
  assert.equal(locate({ user: 'ada' }), undefined)
})

test('a pattern of many stars ends quickly', () => {
  assert.equal(globMatches('*a'.repeat(100), 'a'.repeat(99)), false)
  assert.equal(globMatches(`${'*a'.repeat(60)}b`, 'a'.repeat(1_000)), false)
})
test('a pattern fits as the regular expression of the same meaning', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 }),
      fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }),
      (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        assert.equal(globMatches(pattern, text), expression.test(text))
      },
    ),
  ))

const short = (name: string): string => name.split('.')[0] ?? ''
const isPattern = (name: string): boolean => /[*?]/.test(name)

/** The same answer, found the plain way: every asset, every name, in order. */
function plainLocate({ host, addresses = [] }: Whereabouts, all: readonly Locatable[]): string | undefined {
  const named = host === undefined ? undefined : plainHost(host.toLowerCase().replace(/\.$/, ''), all)
  if (named !== undefined) return named
  for (const address of addresses ?? []) {
    const found = plainAddress(address, all)
    if (found !== undefined) return found
  }
  return undefined
}
function plainHost(name: string, all: readonly Locatable[]): string | undefined {
  const hosts = all.flatMap(({ id, hosts }) => hosts.map((host) => ({ id, host: host.toLowerCase() })))
  const names = hosts.filter(({ host }) => !isPattern(host))
  const exact = names.find(({ host }) => host === name)
  if (exact) return exact.id
  if (parseNetwork(name) && !name.includes('/')) return plainAddress(name, all)
  const full = short(name) !== name
  const twins = full
    ? names.filter(({ host }) => host === short(name)).slice(0, 1)
    : names.filter(({ host }) => host !== short(host) && short(host) === name)
  if (new Set(twins.map(({ id }) => id)).size === 1) return twins[0]?.id
  const patterns = hosts
    .filter(({ host }) => isPattern(host))
    .sort((a, b) => b.host.replace(/[*?]/g, '').length - a.host.replace(/[*?]/g, '').length)
  const fits = (text: string) => patterns.find(({ host }) => globMatches(host, text))?.id
  return fits(name) ?? (full ? fits(short(name)) : undefined)
}
function plainAddress(address: string, all: readonly Locatable[]): string | undefined {
  const wanted = address.includes('/') ? undefined : parseNetwork(address)
  if (!wanted) return undefined
  return all
    .flatMap(({ id, addresses }) => addresses.flatMap((text) => ({ id, network: parseNetwork(text) })))
    .flatMap(({ id, network }) => (network && contains(network, wanted) ? [{ id, prefix: network.prefix }] : []))
    .sort((a, b) => b.prefix - a.prefix)[0]?.id
}

const part = fc.constantFrom('a', 'b', 'ab', 'a*', '?b', '*', '1')
const hostName = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'))
const nearAddress = fc.tuple(fc.constantFrom(10, 11), fc.nat(3), fc.nat(3)).map(([a, b, c]) => `${a}.0.${b}.${c}`)
const nearAddress6 = fc.tuple(fc.nat(3), fc.nat(3)).map(([a, b]) => `2001:db8:${a}::${b}`)
const network = fc.oneof(
  fc.tuple(nearAddress, fc.constantFrom('', '/8', '/24', '/30', '/32')).map((parts) => parts.join('')),
  fc.tuple(nearAddress6, fc.constantFrom('', '/32', '/48', '/126')).map((parts) => parts.join('')),
  fc.constant('nonsense'),
)
const someAssets = fc
  .array(fc.record({ hosts: fc.array(hostName, { maxLength: 3 }), addresses: fc.array(network, { maxLength: 3 }) }), {
    maxLength: 6,
  })
  .map((all) => all.map(({ hosts, addresses }, at) => asset(`asset-${at}`, hosts, addresses)))
const whereabouts = fc.record({
  host: fc.option(fc.oneof(hostName, nearAddress, fc.string()), { nil: undefined }),
  addresses: fc.array(fc.oneof(nearAddress, nearAddress6, fc.string()), { maxLength: 2 }),
})
test('the locator answers as a plain search does', () =>
  fc.assert(
    fc.property(someAssets, fc.array(whereabouts, { minLength: 1, maxLength: 10 }), (all, asked) => {
      const fast = assetLocator({ assets: all })
      for (const facts of [...asked, ...asked])
        assert.equal(fast(facts), plainLocate(facts, all), JSON.stringify(facts))
    }),
    { numRuns: 500 },
  ))
