#!/usr/bin/env bash
# Installs what some tests need beside Node (Debian): PostgreSQL, Chromium, rsyslog's logger. Tests say so when one of them is absent.
set -euo pipefail
need=()
command -v chromium >/dev/null || need+=(chromium)
[ -d /usr/lib/postgresql ] || need+=(postgresql)
command -v logger >/dev/null || need+=(bsdutils)
if [ ${#need[@]} -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
echo "tests have: $(chromium --version 2>/dev/null | head -1 || echo no Chromium), $(ls /usr/lib/postgresql 2>/dev/null | sed 's/^/PostgreSQL /' | tail -1)"
