#!/usr/bin/env bash
# A throw-away PostgreSQL for tests, from the Debian package.
#   eval "$(scripts/postgres-for-tests.sh)"      starts one and sets CASTELLAN_TEST_POSTGRES; --install fetches the package when it is missing
#   scripts/postgres-for-tests.sh stop FOLDER    ends it and removes its data
set -euo pipefail
umask 077

as_owner() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}
newest() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

if [ "${1:-}" = stop ]; then
  folder=${2:?which one? give the folder that the start printed}
  [ -f "$folder/data/PG_VERSION" ] || { echo "no test PostgreSQL in $folder" >&2; exit 2; }
  as_owner "$(newest)/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null || true
  rm -rf "$folder"
  echo "stopped and removed $folder"
  exit 0
fi

if [ "${1:-}" = --install ] && [ -z "$(newest)" ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  apt-get install -y -qq --no-install-recommends postgresql >&2
fi
bin=$(newest)
[ -n "$bin" ] || { echo "PostgreSQL is not installed; add --install, or: apt-get install postgresql" >&2; exit 3; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/castellan-postgres.XXXXXX")
password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
port=$(node -e "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })")
printf '%s\n' "$password" >"$folder/password"
[ "$(id -u)" = 0 ] && chown -R postgres "$folder"
cd "$folder"
as_owner "$bin/initdb" -D "$folder/data" -U castellan --locale=C.UTF-8 --encoding=UTF8 --auth=scram-sha-256 --pwfile="$folder/password" --no-sync >/dev/null
as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 30 -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c fsync=off" start >/dev/null ||
  { cat "$folder/server.log" >&2; exit 70; }
echo "export CASTELLAN_TEST_POSTGRES='postgres://castellan:$password@127.0.0.1:$port/postgres'"
echo "# stop it with: $0 stop $folder"
