// What kinds of program keep data.

const keepers =
  /^(postgres|postgresql|mysql|mysqld|mariadb|mariadbd|mongo|mongod|mongodb|redis|valkey|elasticsearch|opensearch|clickhouse|cassandra|couchdb|influxdb|neo4j|minio|mssql|sqlservr|oracle|cockroach|etcd|rabbitmq|kafka|ldap|slapd|openldap|nfs|smbd|samba|vault)(?![a-z])/

/** Whether a program of this name usually keeps data. */
export const keepsData = (name: string): boolean => keepers.test(name.toLowerCase())
