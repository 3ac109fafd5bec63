#!/usr/bin/env bash
# Installs what some tests need beside Node (Debian): PostgreSQL, Chromium, and log shippers to try inputs with. Tests say so when one of them is absent.
set -euo pipefail
need=()
command -v chromium >/dev/null || need+=(chromium)
[ -d /usr/lib/postgresql ] || need+=(postgresql)
command -v logger >/dev/null || need+=(bsdutils)
[ -x /usr/sbin/rsyslogd ] || need+=(rsyslog)
[ -e /usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so ] || [ -e /usr/lib/aarch64-linux-gnu/rsyslog/lmnsd_gtls.so ] || need+=(rsyslog-gnutls)
[ -x /usr/sbin/softflowd ] || need+=(softflowd)
command -v openssl >/dev/null || need+=(openssl)
command -v curl >/dev/null || need+=(curl)
command -v nc >/dev/null || need+=(netcat-openbsd)
command -v zstd >/dev/null || need+=(zstd)
export DEBIAN_FRONTEND=noninteractive
if [ ${#need[@]} -gt 0 ]; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
fi
# Suricata 7 is in the backports of the same archive.
if ! command -v suricata >/dev/null; then
  mirror=$(grep -rhoE '(https?://[^ ]+/debian)/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -1 | tr -d ' ')
  echo "deb ${mirror:-http://deb.debian.org/debian} bookworm-backports main" >/etc/apt/sources.list.d/castellan-tests.list
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends -t bookworm-backports suricata >/dev/null; } || true
fi
# Debian lets only one syslog daemon be installed: syslog-ng is unpacked beside the other.
beside=/opt/castellan-tests
if [ ! -x "$beside/syslog-ng/usr/sbin/syslog-ng" ]; then
  apt-get install -y -qq --no-install-recommends libivykis0 libnet1 libjson-c5 >/dev/null || true
  folder=$(mktemp -d)
  (cd "$folder" && apt-get download -qq syslog-ng-core && mkdir -p "$beside" && dpkg-deb -x syslog-ng-core*.deb "$beside/syslog-ng") || true
  rm -rf "$folder"
fi
echo "tests have: $(chromium --version 2>/dev/null | head -1 || echo no Chromium), $(ls /usr/lib/postgresql 2>/dev/null | sed 's/^/PostgreSQL /' | tail -1), $(/usr/sbin/rsyslogd -v 2>/dev/null | head -1 | cut -d, -f1 || echo no rsyslog), $(suricata -V 2>/dev/null | sed 's/^This is //' || echo no Suricata)"
