// What images of containers are known for: the port they listen on, and whether they keep data.
import { portOf } from '../values.ts'

const usual: readonly (readonly [RegExp, number])[] = [
  [/postgres|postgis|timescale|pgvector/, 5432],
  [/mysql|mariadb|percona/, 3306],
  [/redis|valkey|keydb/, 6379],
  [/mongo/, 27_017],
  [/rabbitmq/, 5672],
  [/kafka|redpanda/, 9092],
  [/elasticsearch|opensearch/, 9200],
  [/memcached/, 11_211],
  [/clickhouse/, 8123],
  [/nats/, 4222],
  [/minio/, 9000],
  [/vault/, 8200],
  [/nginx|httpd|apache|caddy|traefik/, 80],
]

/** The port on which programs of this name usually listen. */
export const usualPort = (name: string): number | undefined =>
  usual.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1]

const keepers =
  /postgres|postgis|mysql|mariadb|mongo|redis|valkey|elasticsearch|opensearch|clickhouse|cassandra|couchdb|influxdb|neo4j|minio|mssql|oracle|cockroach|etcd|rabbitmq|kafka|openldap|vault/

/** Whether a program of this name usually keeps data. */
export const keepsData = (name: string): boolean => keepers.test(name.toLowerCase())

/** Hosts that a value of an environment names: `db`, `db:5432`, `postgres://user:secret@db.shop/x`. */
export function hostsNamed(value: string): { readonly host: string; readonly port: number | undefined }[] {
  if (value.length > 2_000) return []
  const found = value.matchAll(/(?:^|\/\/|@|,)([a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*)(?::(\d{1,5}))?(?=$|[/:,?])/gi)
  return [...found].map(([, host = '', port]) => ({ host: host.toLowerCase(), port: portOf(port) }))
}
