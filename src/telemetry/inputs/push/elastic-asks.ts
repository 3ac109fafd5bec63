// What clients of Elasticsearch ask before they send, answered so that they go on: they are told what is there, and set-up requests are acknowledged and have no effect.
import { jsonAnswer, type PushAnswer, type PushRequest } from './protocol.ts'

/** Clients send to nothing that does not call itself so. */
export const productHeaders = { 'x-elastic-product': 'Elasticsearch' } as const
/** The version whose answers these are: clients of 7.14 to 9 take them. */
const version = '8.17.0'
const [clusterName, nodeId, uuid] = ['castellan', 'castellan-0', 'castellan0000000000000']

const license = {
  status: 'active',
  uid: 'castellan',
  type: 'basic',
  mode: 'basic',
  issue_date_in_millis: 0,
  max_nodes: null,
  issued_to: clusterName,
  issuer: clusterName,
  start_date_in_millis: -1,
}
const root = {
  name: nodeId,
  cluster_name: clusterName,
  cluster_uuid: uuid,
  version: {
    number: version,
    build_flavor: 'default',
    build_type: 'tar',
    build_hash: '0000000000000000000000000000000000000000',
    build_date: '2024-12-11T12:08:05.663969764Z',
    build_snapshot: false,
    lucene_version: '9.12.0',
    minimum_wire_compatibility_version: '7.17.0',
    minimum_index_compatibility_version: '7.0.0',
  },
  tagline: 'You Know, for Search',
}
const health = {
  cluster_name: clusterName,
  status: 'green',
  timed_out: false,
  number_of_nodes: 1,
  number_of_data_nodes: 1,
  active_primary_shards: 1,
  active_shards: 1,
  relocating_shards: 0,
  initializing_shards: 0,
  unassigned_shards: 0,
}
const feature = { available: false, enabled: false }
const xpack = { build: {}, license, features: { ilm: feature, security: { available: true, enabled: true } } }

/** The address that the client itself used: to it, this node is there. */
const nodes = ({ headers }: PushRequest) => {
  const address = headers['host'] ?? '127.0.0.1:7600'
  const http = { bound_address: [address], publish_address: address, max_content_length_in_bytes: 104_857_600 }
  const node = {
    name: nodeId,
    transport_address: address,
    host: address,
    ip: address,
    version,
    roles: ['ingest'],
    http,
  }
  return { _nodes: { total: 1, successful: 1, failed: 0 }, cluster_name: clusterName, nodes: { [nodeId]: node } }
}

type Make = object | ((request: PushRequest) => unknown)
interface Ask {
  readonly method: string
  readonly path: string
  readonly answer: (request: PushRequest) => PushAnswer
}

const ask = (method: string, path: string, body: Make, status = 200): Ask => ({
  method,
  path,
  answer(request) {
    const made: unknown = typeof body === 'function' ? body(request) : body
    return jsonAnswer(status, made, productHeaders)
  },
})
const acknowledged = { acknowledged: true }

/** Templates and policies: there are none, setting one is acknowledged, and asked whether one is there we say yes, so that nobody has to set it. */
const setUp = ['/_index_template/*', '/_template/*', '/_component_template/*', '/_ilm/policy/*', '/_ingest/pipeline/*', '/_data_stream/*', '/_alias/*'] as const // prettier-ignore

export const elasticAsks: readonly Ask[] = [
  ask('GET', '/', root),
  ask('HEAD', '/', root),
  ask('GET', '/_license', { license }),
  ask('GET', '/_xpack', xpack),
  ask('GET', '/_cluster/health', health),
  ask('GET', '/_nodes', nodes),
  ask('GET', '/_nodes/*', nodes),
  ask('GET', '/_security/_authenticate', { username: 'castellan', roles: [], enabled: true }),
  ...setUp.flatMap((path) => [
    ask('GET', path, {}),
    ask('HEAD', path, {}),
    ask('PUT', path, acknowledged),
    ask('POST', path, acknowledged),
  ]),
]
