#!/usr/bin/env bash
# What drives the browser, into the folder WORK: by npm what package-lock.json names, and this folder's scripts.
#
#   tests/browser/prepare.sh WORK
set -euo pipefail

here=$(realpath "$(dirname "$0")")
cd "${1:?usage: prepare.sh WORK}"
if ! cmp -s "$here/package-lock.json" package-lock.json || [[ ! -d node_modules ]]; then
  cp "$here/package.json" "$here/package-lock.json" .
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
rm -f ./*.mjs
cp "$here"/*.mjs .
