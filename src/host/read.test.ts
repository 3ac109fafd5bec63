import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { type Call, fixedClock, systemActor } from '#kernel'
import { temporaryFolder } from '#testkit'
import { HostFacts, operations, readHostFacts, thisHost } from './index.ts'

const tcpHead = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const files: Readonly<Record<string, string>> = {
  '/etc/hostname': 'web01\n',
  '/etc/os-release': 'ID=debian\nPRETTY_NAME="Debian 12"\nVERSION_ID="12"\n',
  '/etc/passwd':
    'root:x:0:0::/root:/bin/bash\nada:x:1000:1000::/home/ada:/bin/bash\nwww-data:x:33:33::/:/usr/sbin/nologin\n',
  '/etc/group': 'sudo:x:27:ada\n',
  '/proc/sys/kernel/hostname': 'web01\n',
  '/proc/sys/kernel/osrelease': '6.1.0\n',
  '/proc/net/tcp':
    tcpHead +
    '   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 501 1 0\n' +
    '   1: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000    33        0 502 1 0\n',
  '/proc/net/route':
    'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n' +
    'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\n' +
    'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\n',
  '/proc/net/fib_trie':
    'Main:\n     |-- 192.0.2.9\n        /32 host LOCAL\n     |-- 127.0.0.1\n        /32 host LOCAL\n',
  '/proc/net/if_inet6': '20010db8000000000000000000000009 02 40 00 80     eth0\n',
  '/proc/80/comm': 'nginx\n',
  '/sys/class/net/eth0/address': '02:00:00:00:00:01\n',
  '/var/lib/dpkg/status': 'Package: nginx-core\nStatus: install ok installed\nVersion: 1.22\nArchitecture: amd64\n',
  '/var/lib/dpkg/info/nginx-core.list': '/.\n/usr\n/usr/sbin/nginx\n',
  '/var/log/syslog': 'hello\n',
  '/var/log/journal/abc/system.journal': 'LPKSHHRH',
}

function machine(root: string, present: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(present)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

test('a machine is read from its files', async (t) => {
  const root = machine(temporaryFolder(t), files)
  mkdirSync(join(root, 'proc/80/fd'), { recursive: true })
  symlinkSync('socket:[501]', join(root, 'proc/80/fd/3'))
  symlinkSync('/usr/sbin/nginx', join(root, 'proc/80/exe'))
  const facts = HostFacts.parse(await readHostFacts({ root, clock: fixedClock(1000) }))
  assert.deepEqual(facts, {
    at: 1000,
    name: 'web01',
    system: { platform: 'linux', id: 'debian', title: 'Debian 12', version: '12', kernel: '6.1.0' },
    interfaces: [
      {
        name: 'eth0',
        mac: '02:00:00:00:00:01',
        addresses: [
          { address: '192.0.2.9', prefix: 24 },
          { address: '2001:db8::9', prefix: 64 },
        ],
      },
      { name: 'lo', mac: '', addresses: [{ address: '127.0.0.1', prefix: 8 }] },
    ],
    gateways: [{ address: '192.0.2.1', interface: 'eth0' }],
    listening: [
      {
        transport: 'tcp',
        port: 80,
        addresses: ['0.0.0.0'],
        process: 'nginx',
        pid: 80,
        user: 'root',
        package: 'nginx-core',
      },
      { transport: 'tcp', port: 5432, addresses: ['127.0.0.1'], process: '', pid: null, user: 'www-data', package: '' },
    ],
    packages: { manager: 'dpkg', count: 1, items: [{ name: 'nginx-core', version: '1.22', architecture: 'amd64' }] },
    users: [
      { name: 'root', uid: 0, shell: '/bin/bash', login: true, admin: true },
      { name: 'ada', uid: 1000, shell: '/bin/bash', login: true, admin: true },
      { name: 'www-data', uid: 33, shell: '/usr/sbin/nologin', login: false, admin: false },
    ],
    journal: { present: true, readable: true },
    logs: [{ path: '/var/log/syslog', bytes: 6 }],
    unknown: [
      { what: 'programs of listening ports', why: '1 sockets belong to programs that this account may not see' },
    ],
  })
})

test('an empty machine has no facts and says what is missing', async (t) => {
  const facts = HostFacts.parse(await readHostFacts({ root: temporaryFolder(t), clock: fixedClock(0) }))
  const missing = facts.unknown.map(({ what }) => what)
  assert.deepEqual(missing, ['default route', 'interfaces', 'listening ports', 'packages', 'system', 'users'])
  assert.equal(facts.packages.manager, 'unknown')
})

test('Alpine keeps its packages in one file', async (t) => {
  const root = machine(temporaryFolder(t), { '/lib/apk/db/installed': 'P:musl\nV:1.2.5-r0\nA:x86_64\n\n' })
  const { packages } = await readHostFacts({ root })
  assert.deepEqual(packages, {
    manager: 'apk',
    count: 1,
    items: [{ name: 'musl', version: '1.2.5-r0', architecture: 'x86_64' }],
  })
})

test('this machine is read', async () => {
  const facts = HostFacts.parse(await readHostFacts({ root: '/' }))
  assert.ok(facts.name !== '')
})

const call: Call = { actor: systemActor, at: 0, signal: new AbortController().signal, progress: () => undefined }
test('host.show leaves the list of packages out unless asked', async () => {
  const [show] = operations
  const facts = HostFacts.parse(await show?.run({ packages: false }, thisHost, call))
  assert.deepEqual(facts.packages.items, [])
})
