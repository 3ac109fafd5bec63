// Kinds of databases, caches, queues and storage. Columns: see library.ts.

export const data = {
  database: `
postgres           | PostgreSQL                    | postgresql | postgres:5432 | postgresql linux/auditd | linux | stores | executes-queries | 89 269 522 | postgresql postgis timescaledb timescale cockroach cockroachdb pgbouncer supabase aws-rds rds aurora
mysql              | MySQL                         | mysql   | mysql:3306 | mysql linux/auditd | linux | stores | executes-queries | 89 269 522 | mysqld percona
mariadb            | MariaDB                       | mariadb | mysql:3306 | mysql linux/auditd | linux | stores | executes-queries | 89 269 522 | mariadbd
mssql              | Microsoft SQL Server          | mssql   | mssql:1433 | windows/application windows/security | windows | stores | executes-queries legacy-protocols | 89 269 78 | sql-server sqlserver sqlservr
oracle             | Oracle Database               | oracle  | oracle:1521 | oracle linux/auditd | vendor | stores | executes-queries hard-to-patch | 89 269 1104 | oracle-xe oracledb
db2                | IBM Db2                       | db2     | db2:50000 | - | vendor | stores | executes-queries hard-to-patch | 89 269 | -
sqlite             | SQLite                        | sqlite  | - | application | own-code | stores | executes-queries | 89 732 | libsql
mongodb            | MongoDB                       | mongodb | mongodb:27017 | mongodb linux/auditd | linux | stores | executes-queries | 943 306 1188 | mongo mongod
cassandra          | Cassandra                     | cassandra | cql:9042 | cassandra | java | stores | executes-queries | 306 1188 | scylla scylladb
couchdb            | CouchDB                       | couchdb | http:5984 | couchdb | linux | stores | executes-queries admin-interface | 306 862 | couchbase
clickhouse         | ClickHouse                    | clickhouse | https:8443+ http:8123 clickhouse:9000 | clickhouse | vendor | stores | executes-queries | 89 306 | -
chdb               | ClickHouse inside a program   | clickhouse | - | application | vendor | stores | executes-queries | 89 732 | duckdb
elasticsearch      | Elasticsearch                 | elasticsearch | https:9200+ | elasticsearch | java | stores | executes-queries | 306 200 1188 | opensearch solr meilisearch
influxdb           | InfluxDB                      | influxdb | http:8086 | influxdb | vendor | stores | executes-queries | 306 287 | victoriametrics
neo4j              | Neo4j                         | neo4j   | bolt:7687 http:7474 | neo4j | java | stores | executes-queries | 943 306 | -
dynamodb           | DynamoDB                      | dynamodb | https:443+ | aws/cloudtrail | vendor | stores | executes-queries vendor-managed many-tenants | 862 732 | -
data-warehouse     | Data warehouse                | any     | https:443+ | application | vendor | stores | executes-queries vendor-managed | 862 522 | snowflake redshift bigquery databricks synapse-analytics
vector-database    | Vector database               | any     | https:443+ | application | vendor | stores | executes-queries | 306 200 | qdrant weaviate milvus chroma
`,
  cache: `
redis              | Redis                         | redis   | redis:6379 | redis | linux | stores | executes-queries | 306 94 319 | valkey redis-server keydb dragonfly elasticache
memcached          | Memcached                     | memcached | memcached:11211 | memcached | linux | stores | - | 306 406 319 | memcache
varnish            | Varnish                       | varnish | http:80 | webserver | linux | stores | public-service | 444 525 | -
etcd               | etcd                          | etcd    | https:2379+ | etcd | vendor | stores | holds-credentials | 306 312 | zookeeper
`,
  queue: `
rabbitmq           | RabbitMQ                      | rabbitmq | amqp:5672 amqps:5671+ https:15671+ | rabbitmq | vendor | stores | admin-interface | 306 319 502 | activemq artemis
kafka              | Kafka                         | kafka   | kafka:9092 | kafka | java | stores | - | 306 319 502 | redpanda
nats               | NATS                          | nats    | nats:4222 | nats | vendor | forwards | - | 306 319 | -
mqtt-broker        | MQTT broker                   | mqtt    | mqtts:8883+ mqtt:1883 | mqtt | linux | forwards | legacy-protocols | 306 319 | mosquitto emqx
message-queue      | Queue in the cloud            | any     | https:443+ | aws/cloudtrail | vendor | stores | vendor-managed many-tenants | 862 732 | sqs aws-sqs sns pubsub service-bus
`,
  storage: `
object-storage     | Object storage                | any     | https:443+ | aws/cloudtrail | vendor | stores | vendor-managed many-tenants | 732 862 200 | swift ceph blob-storage gcs azure-blob
s3-bucket          | S3 bucket                     | s3      | https:443+ | aws/cloudtrail | vendor | stores | vendor-managed many-tenants | 732 862 200 | s3 aws-s3 bucket
minio              | MinIO                         | minio   | https:9000+ | application | vendor | stores | admin-interface | 732 862 306 | -
network-storage    | Network storage               | any     | smb:445 nfs:2049 https:5001+ | linux/syslog | vendor | stores | admin-interface legacy-protocols hard-to-patch | 732 306 1104 | nas synology qnap truenas
file-store         | Files in a folder             | any     | - | linux/auditd | os | stores | - | 732 22 311 | spool volume disk
shared-drive       | Shared drive                  | windows | smb:445 | windows/security windows/smbserver | windows | stores | legacy-protocols | 732 200 | share
removable-media    | Removable media               | any     | - | windows/security | none | stores | human-operated | 311 | usb
`,
} as const
