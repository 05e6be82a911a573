#!/usr/bin/env bash
# How long the review page of 1,000 boards with 20,000 findings, and of one board with 10,000, takes in Chromium, as a
# Markdown table.
#
#   tests/benchmark/benchmark_review.sh BUILD-FOLDER
set -euo pipefail

build=$(realpath "${1:?usage: benchmark_review.sh BUILD-FOLDER}")
here=$(realpath "$(dirname "$0")")
work=$build/tests/browser/work
mkdir -p "$work"
"$here/../browser/prepare.sh" "$work"
BOARDDIFF_CASE_FOLDER=$(mktemp -d)
trap 'rm -rf "$BOARDDIFF_CASE_FOLDER"' EXIT
BOARDDIFF=$build/cli/boarddiff
BOARDDIFF_CHROMIUM=$(command -v chromium)
export BOARDDIFF_CASE_FOLDER BOARDDIFF BOARDDIFF_CHROMIUM
"$build/tests/benchmark/benchmark_case" "$BOARDDIFF_CASE_FOLDER" >/dev/null
cd "$work"
node measure_review.mjs
