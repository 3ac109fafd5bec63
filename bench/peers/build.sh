#!/usr/bin/env bash
# Installs the tools that bench/peers/run.mjs compares with, into a folder (the first word, or below the user's caches). Says which cannot be had, and goes on.
set -uo pipefail
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/castellan/peers}
mkdir -p "$folder"
failed=0
say() { printf '%s: %s\n' "$1" "$2"; }

rsigma=0.23.0
if [ -x "$folder/bin/rsigma" ]; then say rsigma 'is there'
elif ! command -v cargo >/dev/null; then say rsigma 'SKIPPED: there is no cargo'; failed=1
elif cargo install rsigma --version "$rsigma" --locked --root "$folder"; then say rsigma "$rsigma installed"
else say rsigma 'SKIPPED: cargo could not build it'; failed=1; fi

# What Zircolite does (rules as SQL over SQLite), from the packages it is made of; Zircolite itself is not on PyPI.
if [ -x "$folder/python/bin/sigma" ]; then say pysigma-sqlite 'is there'
elif ! command -v python3 >/dev/null; then say pysigma-sqlite 'SKIPPED: there is no python3'; failed=1
elif python3 -m venv "$folder/python" && "$folder/python/bin/pip" install --quiet \
  sigma-cli==3.1.0 pysigma-backend-sqlite==2.0.0 pysigma-pipeline-sysmon==2.0.0 pysigma-pipeline-windows==2.0.1
then say pysigma-sqlite 'installed'
else say pysigma-sqlite 'SKIPPED: pip could not install it'; failed=1; fi

# The crate of this name on crates.io is another program, and its sources are on no registry.
if command -v hayabusa >/dev/null; then say hayabusa 'is there'
else say hayabusa 'SKIPPED: it is on no package registry; put its program on the PATH to compare with it'; fi
exit "$failed"
