import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { accountsOf } from './accounts.ts'
import { ipv4FromHex, ipv6FromDigits, ipv6FromHex, maskBits } from './address-text.ts'
import { gatewaysOf, interfacesOf } from './network.ts'
import { apkOwners, apkPackages, dpkgPackages, listed, packageOfList, rpmPackages } from './packages.ts'
import { listenersOf, localPorts, loopbackOnly, usualLocalPorts, waitingSockets } from './sockets.ts'
import { systemOf } from './system.ts'

test('addresses read as people write them', () => {
  assert.equal(ipv4FromHex('0100007F'), '127.0.0.1')
  assert.equal(ipv4FromHex('xyz'), undefined)
  assert.equal(ipv6FromHex('00000000000000000000000001000000'), '::1')
  assert.equal(ipv6FromHex('0000000000000000FFFF00000100007F'), '::ffff:127.0.0.1')
  assert.equal(ipv6FromDigits('fe8000000000000000fc00fffe000001'), 'fe80::fc:ff:fe00:1')
  assert.equal(ipv6FromDigits('20010db8000000000001000000000001'), '2001:db8::1:0:0:1')
  assert.equal(ipv6FromDigits('00000000000000000000000000000000'), '::')
})
test('a mask has as many bits as it has ones, or none when it has holes', () => {
  assert.equal(maskBits(0xff_ff_ff_00), 24)
  assert.equal(maskBits(0xff_ff_ff_ff), 32)
  assert.equal(maskBits(0), 0)
  assert.equal(maskBits(0xff_00_ff_00), undefined)
})

test('only packages that are wholly installed count', () => {
  const paragraph = (name: string, status: string) =>
    `Package: ${name}\nStatus: ${status}\nVersion: 1\nArchitecture: all\nDescription: x\n more\n`
  const text = ['a', 'b', 'c', 'd']
    .map((name, at) =>
      paragraph(
        name,
        ['install ok installed', 'deinstall ok config-files', 'install ok half-installed', 'unknown ok not-installed'][
          at
        ] ?? '',
      ),
    )
    .join('\n')
  assert.deepEqual(dpkgPackages(text), [{ name: 'a', version: '1', architecture: 'all' }])
})
test('rpm and apk lists', () => {
  assert.deepEqual(rpmPackages('bash\t5.2-1\tx86_64\n\nnonsense\n'), [
    { name: 'bash', version: '5.2-1', architecture: 'x86_64' },
  ])
  const apk =
    'P:musl\nV:1.2.5-r0\nA:x86_64\nF:lib\nR:ld-musl-x86_64.so.1\n\nP:nginx\nV:1.26\nA:x86_64\nF:usr/sbin\nR:nginx\n'
  assert.deepEqual(
    apkPackages(apk).map(({ name, version }) => `${name} ${version}`),
    ['musl 1.2.5-r0', 'nginx 1.26'],
  )
  assert.deepEqual([...apkOwners(apk, new Set(['/usr/sbin/nginx']))], [['/usr/sbin/nginx', 'nginx']])
})
test('a program belongs to a package under either of its spellings', () => {
  assert.deepEqual(listed('/.\n/bin/sh\n/bin/shy', ['/usr/bin/sh', '/bin/s']), ['/usr/bin/sh'])
  assert.equal(packageOfList('/var/lib/dpkg/info/libc6:amd64.list'), 'libc6')
})

test('who may log in and who may become root', () => {
  const passwd =
    'root:x:0:0::/root:/bin/bash\nada:x:1000:1000::/h:/bin/zsh\nwww:x:33:33::/w:/usr/sbin/nologin\nbroken\neve:x:1001:27::/h:\n'
  assert.deepEqual(
    accountsOf(passwd, 'sudo:x:27:ada,bob\n').map(({ name, login, admin }) => [name, login, admin]),
    [
      ['root', true, true],
      ['ada', true, true],
      ['www', false, false],
      ['eve', true, true],
    ],
  )
})
test('os-release values may stand in quotes', () =>
  assert.deepEqual(systemOf('ID=alpine\nPRETTY_NAME="Alpine \\"edge\\""\n', '6.6\n'), {
    id: 'alpine',
    title: 'Alpine "edge"',
    version: 'unknown',
    kernel: '6.6',
  }))

const socketLine = (local: string, state: string, uid: number, inode: string) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0`
const known = {
  holders: new Map([['7', { pid: 9, process: 'nginx', path: '/usr/sbin/nginx' }]]),
  userName: (uid: number) => (uid === 0 ? 'root' : String(uid)),
  packageOf: () => 'nginx-core',
  local: usualLocalPorts,
}
test('sockets that wait become listeners, the same service on two addresses one', () => {
  const text = [
    socketLine('0100007F:0050', '0A', 0, '7'),
    socketLine('00000000:0050', '0A', 0, '7'),
    socketLine('0100007F:1F90', '01', 0, '8'),
  ]
  assert.deepEqual(listenersOf(waitingSockets(text.join('\n'), 'tcp'), known), [
    {
      transport: 'tcp',
      port: 80,
      addresses: ['0.0.0.0', '127.0.0.1'],
      process: 'nginx',
      pid: 9,
      user: 'root',
      package: 'nginx-core',
    },
  ])
})
test('a UDP socket in the range of local ports only asks', () => {
  const text = [socketLine('00000000:0035', '07', 101, '1'), socketLine('00000000:C350', '07', 101, '2')]
  assert.deepEqual(
    listenersOf(waitingSockets(text.join('\n'), 'udp'), known).map(({ port }) => port),
    [53],
  )
})
test('loopback is every address that only this machine reaches', () => {
  assert.ok(loopbackOnly(['127.0.0.1', '::1', '::ffff:127.0.0.53']))
  assert.ok(!loopbackOnly(['127.0.0.1', '0.0.0.0']))
  assert.ok(!loopbackOnly([]))
})

test('whatever the files hold, reading them never throws', () =>
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 400 }), (a, b) => {
      accountsOf(a, b)
      interfacesOf({ fibTrie: a, route: b, inet6: a, mac: () => '' })
      gatewaysOf(a, b)
      dpkgPackages(a)
      rpmPackages(a)
      apkPackages(a)
      systemOf(a, b)
      localPorts(a)
      listenersOf(waitingSockets(a, 'udp'), known)
    }),
  ))
