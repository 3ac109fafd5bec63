// The names under which the columns of an event are known elsewhere: OCSF's attribute paths and ECS's field names.
import { type ColumnName, columns } from './columns.ts'

export interface OtherNames {
  /** Attribute paths of OCSF 1.x; where classes put the same thing in different places, all of them. */
  readonly ocsf: readonly string[]
  /** Field names of the Elastic Common Schema. */
  readonly ecs: readonly string[]
}

/** A name stands for one column at most: OCSF's `user.name` is ECS's, the acting account. Columns that are our own have no other names. */
export const otherNames: Readonly<Partial<Record<ColumnName, OtherNames>>> = {
  time: { ocsf: [], ecs: ['@timestamp'] },
  received: { ocsf: ['metadata.logged_time'], ecs: ['event.ingested'] },
  source: { ocsf: ['metadata.log_provider'], ecs: ['event.dataset'] },
  parser: { ocsf: [], ecs: ['event.module'] },
  activity: { ocsf: ['activity_name'], ecs: ['event.action'] },
  severity_id: { ocsf: [], ecs: ['event.severity'] },
  outcome: { ocsf: ['status'], ecs: ['event.outcome'] },
  product: { ocsf: ['metadata.product.name'], ecs: ['observer.product'] },
  service: { ocsf: ['metadata.log_name'], ecs: ['event.provider', 'winlog.channel'] },
  categories: { ocsf: [], ecs: ['event.category'] },
  host: { ocsf: ['device.hostname', 'device.name'], ecs: ['host.name', 'host.hostname', 'observer.hostname'] },
  user: { ocsf: ['actor.user.name'], ecs: ['user.name', 'related.user'] },
  target_user: { ocsf: [], ecs: ['user.target.name', 'user.effective.name'] },
  src_ip: { ocsf: ['src_endpoint.ip'], ecs: ['source.ip', 'source.address', 'client.ip', 'client.address'] },
  src_port: { ocsf: ['src_endpoint.port'], ecs: ['source.port', 'client.port'] },
  src_host: { ocsf: ['src_endpoint.hostname', 'src_endpoint.name'], ecs: ['source.domain', 'client.domain'] },
  dst_ip: { ocsf: ['dst_endpoint.ip'], ecs: ['destination.ip', 'destination.address', 'server.ip', 'server.address'] },
  dst_port: { ocsf: ['dst_endpoint.port'], ecs: ['destination.port', 'server.port'] },
  dst_host: { ocsf: ['dst_endpoint.hostname', 'dst_endpoint.name'], ecs: ['destination.domain', 'server.domain'] },
  domain: {
    ocsf: ['query.hostname', 'http_request.url.hostname', 'tls.sni'],
    ecs: ['dns.question.name', 'url.domain', 'tls.client.server_name'],
  },
  url: {
    ocsf: ['http_request.url.url_string', 'http_request.url.path', 'url.url_string'],
    ecs: ['url.full', 'url.original', 'url.path'],
  },
  process: {
    ocsf: ['process.file.path', 'process.path', 'process.name', 'actor.process.file.path', 'actor.process.name'],
    ecs: ['process.executable', 'process.name'],
  },
  process_uid: { ocsf: ['process.uid', 'actor.process.uid'], ecs: ['process.entity_id'] },
  parent_process: {
    ocsf: ['process.parent_process.file.path', 'process.parent_process.name'],
    ecs: ['process.parent.executable', 'process.parent.name'],
  },
  parent_process_uid: { ocsf: ['process.parent_process.uid'], ecs: ['process.parent.entity_id'] },
  command_line: { ocsf: ['process.cmd_line', 'actor.process.cmd_line'], ecs: ['process.command_line'] },
  file: { ocsf: ['file.path', 'file.name', 'job.file.path', 'module.file.path'], ecs: ['file.path', 'file.name'] },
  raw: { ocsf: ['raw_data'], ecs: ['event.original'] },
}

const byName: ReadonlyMap<string, ColumnName> = new Map(
  columnNames().flatMap((column) => {
    const names = otherNames[column]
    return names ? [...names.ocsf, ...names.ecs].map((name): [string, ColumnName] => [name, column]) : []
  }),
)

function columnNames(): ColumnName[] {
  const all: ColumnName[] = []
  let name: ColumnName
  for (name in columns) all.push(name)
  return all
}

/** The column that this OCSF or ECS name stands for; undefined for any other name. */
export const columnOf = (name: string): ColumnName | undefined => byName.get(name)
