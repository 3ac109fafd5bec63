import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { ipv6FromDigits } from '#host'
import { byAddress, contains, networkText, parseAddress, parseNetwork } from './network.ts'

const text = (given: string) => {
  const network = parseNetwork(given)
  return network && networkText(network, ipv6FromDigits)
}

test('networks read and written', () => {
  assert.equal(text('10.0.0.7'), '10.0.0.7/32')
  assert.equal(text('10.0.0.7/8'), '10.0.0.0/8')
  assert.equal(text('0.0.0.0/0'), '0.0.0.0/0')
  assert.equal(text('2001:DB8::1/32'), '2001:db8::/32')
  assert.equal(text('::/0'), '::/0')
  assert.equal(text('fe80::1%eth0'), 'fe80::1/128')
  assert.equal(text('::ffff:192.0.2.1'), '192.0.2.1/32')
})
test('what is no address is none', () => {
  const wrong = [
    '',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '1.2.3.4.5',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/08',
    '1.2.3.4/-1',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    '::1.2.3',
    'db01',
    '2001:db8::/129',
    ' 10.0.0.1',
  ]
  for (const one of wrong) assert.equal(parseNetwork(one), undefined, one)
})
test('a network holds its own addresses and no others', () => {
  const [outer, inner, other] = ['10.1.0.0/16', '10.1.255.0/24', '10.2.0.0/24'].map((one) => parseNetwork(one))
  assert.ok(outer && inner && other)
  assert.ok(contains(outer, inner) && !contains(inner, outer) && !contains(outer, other))
})

const four = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'))
const six = fc.ipV6()
test('every IPv4 address and every IPv6 address is read', () =>
  fc.assert(
    fc.property(four, six, (a, b) => {
      assert.equal(parseAddress(a)?.length, 1)
      assert.ok(parseAddress(b), b)
    }),
  ))
test('written and read again, a network is the same', () =>
  fc.assert(
    fc.property(fc.oneof(four, six), fc.nat(32), (address, prefix) => {
      const network = parseNetwork(`${address}/${prefix}`)
      if (!network) return
      const again = parseNetwork(networkText(network, ipv6FromDigits))
      assert.deepEqual(again, { ...network, hostBits: false })
    }),
  ))
test('order of addresses is an order, and a network stands before what it holds', () =>
  fc.assert(
    fc.property(four, four, fc.nat(32), fc.nat(32), (a, b, p, q) => {
      const [one, two] = [parseNetwork(`${a}/${p}`), parseNetwork(`${b}/${q}`)]
      assert.ok(one && two)
      assert.equal(Math.sign(byAddress(one, two)) + Math.sign(byAddress(two, one)), 0)
      if (contains(one, two)) assert.ok(byAddress(one, two) <= 0)
    }),
  ))
test('no text makes reading throw', () => fc.assert(fc.property(fc.string(), (one) => void parseNetwork(one))))
