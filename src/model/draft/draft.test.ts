import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { type HostFacts, type Listener, packageManagers } from '#host'
import { Config, parseYaml } from '#platform'
import { modelOf } from '../model.ts'
import { draftWorkspace } from './draft.ts'

const facts = (part: Partial<HostFacts> = {}): HostFacts => ({
  at: 0,
  name: 'web01',
  system: { platform: 'linux', id: 'debian', title: 'Debian 12', version: '12', kernel: '6.1' },
  interfaces: [
    { name: 'lo', mac: '', addresses: [{ address: '127.0.0.1', prefix: 8 }] },
    {
      name: 'eth0',
      mac: '',
      addresses: [
        { address: '10.0.3.9', prefix: 24 },
        { address: 'fe80::1', prefix: 64 },
      ],
    },
  ],
  gateways: [{ address: '10.0.3.1', interface: 'eth0' }],
  listening: [],
  packages: { manager: 'dpkg', count: 0, items: [] },
  users: [],
  journal: { present: false, readable: false },
  logs: [],
  unknown: [],
  ...part,
})
const listener = (part: Partial<Listener>): Listener => ({
  transport: 'tcp',
  port: 22,
  addresses: ['0.0.0.0'],
  process: 'sshd',
  pid: 1,
  user: 'root',
  package: 'openssh-server',
  ...part,
})

type Drafted = ReturnType<typeof draftWorkspace>
const texts = ({ files }: Drafted) =>
  files.filter(({ path }) => path.startsWith('model/')).map(({ path, text }) => ({ file: path, text }))
const modelFrom = (drafted: Drafted) => modelOf('drafted', texts(drafted))

test('listening programs become assets with flows from those who reach them', () => {
  const listening = [
    listener({}),
    listener({ port: 80, process: 'nginx', package: 'nginx-core' }),
    listener({ port: 443, process: 'nginx', package: 'nginx-core' }),
    listener({ port: 5432, process: 'postgres', package: 'postgresql-16', addresses: ['127.0.0.1'] }),
  ]
  const { estate, issues } = modelFrom(draftWorkspace({ facts: facts({ listening }) }))
  assert.deepEqual(issues, [])
  assert.deepEqual(
    estate.flows.map(({ id, protocol, port }) => `${id}: ${protocol} ${port}`),
    [
      'network-eth0-machines -> nginx-core: http 80',
      'network-eth0-machines -> nginx-core (tcp 443): https 443',
      'network-eth0-machines -> openssh-server: ssh 22',
      'web01 -> postgresql-16: postgres 5432',
      'web01 -> gateway-network-eth0: ip 0',
    ],
  )
  assert.deepEqual(estate.assets.find(({ id }) => id === 'postgresql-16')?.stores, ['application-data'])
  assert.deepEqual(
    estate.zones.map(({ id, cidrs }) => [id, ...cidrs]),
    [['internet'], ['network-eth0', '10.0.3.0/24']],
  )
})
test('a machine that the internet knows is open to it', () => {
  const interfaces = [{ name: 'eth0', mac: '', addresses: [{ address: '93.184.216.34', prefix: 24 }] }]
  const { estate } = modelFrom(draftWorkspace({ facts: facts({ interfaces, listening: [listener({})] }) }))
  assert.ok(estate.flows.some(({ id }) => id === 'internet-users -> openssh-server'))
  assert.equal(estate.assets.find(({ id }) => id === 'web01')?.internetFacing, true)
})

const compose = `
name: shop
services:
  web:
    image: registry.example:5000/team/nginx:1.27@sha256:abc
    ports: ['\${PORT:-8080}:80', '127.0.0.1:9443:443/tcp', '6000-6010:6000-6010/udp']
    depends_on: [api]
    networks: [front]
  api:
    build: .
    expose: [3000]
    depends_on: { db: { condition: service_healthy } }
    links: ['cache:redis']
    networks: { front: {}, back: { ipv4_address: 172.30.0.5 } }
  db: { image: 'postgres:16', networks: [back] }
  cache: { image: redis, networks: [back], container_name: shop-cache }
networks:
  back: { internal: true, ipam: { config: [{ subnet: 172.30.0.0/16 }] } }
`
test('services of a compose file become assets in their networks', () => {
  const { estate, issues } = modelFrom(draftWorkspace({ facts: facts(), compose }))
  assert.deepEqual(issues, [])
  assert.deepEqual(
    estate.flows
      .map(({ id, protocol, port }) => `${id}: ${protocol} ${port}`)
      .filter((text) => !text.includes('gateway')),
    [
      'network-eth0-machines -> web01: ip 0',
      'api -> cache: redis 6379',
      'api -> db: postgres 5432',
      'network-eth0-machines -> web: http 8080',
      'web01 -> web: https 9443',
      'network-eth0-machines -> web (udp 6000): udp 6000',
      'web -> api: http 3000',
    ],
  )
  assert.deepEqual(estate.assets.find(({ id }) => id === 'api')?.addresses, ['172.30.0.5'])
  assert.deepEqual(estate.services.find(({ id }) => id === 'shop')?.needs, ['web01', 'api', 'cache', 'db', 'web'])
})
test('the proxy of a published port is the container behind it', () => {
  const listening = [listener({ port: 8080, process: 'docker-proxy', package: 'docker-ce' })]
  const { estate } = modelFrom(draftWorkspace({ facts: facts({ listening }), compose }))
  assert.equal(
    estate.assets.find(({ id }) => id === 'docker-ce'),
    undefined,
  )
})
test('a compose file that cannot be read is a note', () => {
  const drafted = draftWorkspace({ facts: facts(), compose: 'services: [', composeFile: 'compose.yaml' })
  assert.ok(drafted.notes.some((note) => note.startsWith('compose.yaml was left out: ')))
  assert.deepEqual(modelFrom(drafted).issues, [])
})
test('the same facts give the same files, and settings that are valid', () => {
  const [one, two] = [draftWorkspace({ facts: facts(), compose }), draftWorkspace({ facts: facts(), compose })]
  assert.deepEqual(one, two)
  assert.deepEqual(
    one.files.map(({ path }) => path),
    [
      'castellan.yaml',
      'model/zones.yaml',
      'model/assets.yaml',
      'model/flows.yaml',
      'model/data.yaml',
      'model/services.yaml',
      'rules/README.md',
    ],
  )
})

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('true', 'null', '1e3', '- a', 'a: b', '#', 'eth0', 'db', 'DB', 'web01', 'x'.repeat(400)),
)
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('10.0.0.5', '10.0.0.6', '10.0.1.5', '127.0.0.1', '::', '0.0.0.0'),
  word,
)
const prefix = fc.oneof(fc.constantFrom(8, 16, 24, 31, 32, 64, 128), fc.nat(128))
const anyFacts: fc.Arbitrary<HostFacts> = fc.record({
  at: fc.nat(),
  name: word,
  system: fc.record({ platform: word, id: word, title: word, version: word, kernel: word }),
  interfaces: fc.array(
    fc.record({ name: word, mac: word, addresses: fc.array(fc.record({ address, prefix }), { maxLength: 4 }) }),
    { maxLength: 5 },
  ),
  gateways: fc.array(fc.record({ address, interface: word }), { maxLength: 3 }),
  listening: fc.array(
    fc.record({
      transport: fc.constantFrom('tcp', 'udp'),
      port: fc.oneof(fc.constantFrom(22, 68, 5432), fc.nat(65_535)),
      addresses: fc.array(address, { maxLength: 3 }),
      process: word,
      pid: fc.option(fc.nat()),
      user: word,
      package: word,
    }),
    { maxLength: 8 },
  ),
  packages: fc.record({ manager: fc.constantFrom(...packageManagers), count: fc.nat(), items: fc.constant([]) }),
  users: fc.array(fc.record({ name: word, uid: fc.nat(), shell: word, login: fc.boolean(), admin: fc.boolean() }), {
    maxLength: 4,
  }),
  journal: fc.record({ present: fc.boolean(), readable: fc.boolean() }),
  logs: fc.constant([]),
  unknown: fc.array(fc.record({ what: word, why: word }), { maxLength: 2 }),
})
const composeService = fc.record(
  {
    image: word,
    container_name: word,
    hostname: fc.oneof(word, fc.integer()),
    ports: fc.array(
      fc.oneof(
        fc.constantFrom('80', '8080:80', '10.0.0.5:53:53/udp', '[::1]:80:80', ':::'),
        word,
        fc.integer(),
        fc.record({ target: fc.nat(70_000), published: fc.oneof(fc.nat(), word), host_ip: address }),
      ),
      { maxLength: 3 },
    ),
    depends_on: fc.oneof(fc.array(word, { maxLength: 3 }), fc.dictionary(word, fc.anything(), { maxKeys: 2 })),
    links: fc.array(word, { maxLength: 2 }),
    networks: fc.oneof(
      fc.array(word, { maxLength: 2 }),
      fc.dictionary(word, fc.record({ ipv4_address: address }), { maxKeys: 2 }),
    ),
  },
  { requiredKeys: [] },
)
const anyCompose = fc.oneof(
  fc.string(),
  fc
    .record({
      name: word,
      services: fc.dictionary(word, fc.oneof(composeService, fc.anything()), { maxKeys: 5 }),
      networks: fc.dictionary(
        word,
        fc.record({
          ipam: fc.record({
            config: fc.array(
              fc.record({
                subnet: fc.oneof(
                  address,
                  fc.tuple(fc.ipV4(), fc.nat(32)).map((parts) => parts.join('/')),
                ),
              }),
              { maxLength: 2 },
            ),
          }),
        }),
        { maxKeys: 3 },
      ),
    })
    .map((compose) => JSON.stringify(compose) ?? ''),
)
test('whatever the machine and the compose file say, the draft has no errors', () =>
  fc.assert(
    fc.property(anyFacts, fc.option(anyCompose, { nil: undefined }), (facts, compose) => {
      const drafted = draftWorkspace({ facts, compose })
      const errors = modelFrom(drafted).issues.filter(({ severity }) => severity === 'error')
      assert.deepEqual(errors, [])
      const settings = parseYaml(drafted.files[0]?.text ?? '', 'castellan.yaml')
      assert.ok(settings.ok && Config.safeParse(settings.value.value).success)
    }),
    { numRuns: 300 },
  ))
