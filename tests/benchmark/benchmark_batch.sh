#!/usr/bin/env bash
# Seconds and memory of batches with one, two and more boards at once, as a Markdown table: COUNT units of one board of
# six megapixels, rendered here.
#
#   tests/benchmark/benchmark_batch.sh PROGRAM [COUNT]
set -euo pipefail

program=$(realpath "${1:?usage: benchmark_batch.sh PROGRAM [COUNT]}")
count=${2:-200}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$program" render --board controller --seed 9200 --megapixels 6 --specimens "$count" --output "$work/render" --quiet >/dev/null
mkdir "$work/photos"
mv "$work"/render/*/{reference-*,sample}.jpg "$work/photos"
reference=$(echo "$work"/render/*/reference.jpg)

# The most that the batch and its processes have in memory at once, in MB, looked at twice a second.
watch_memory() { # PROCESS
  local most=0 now
  while kill -0 "$1" 2>/dev/null; do
    now=$(ps -o rss= --pid "$1" --ppid "$1" | awk '{ sum += $1 } END { print int(sum / 1000) }')
    [[ ${now:-0} -gt $most ]] && most=$now
    sleep 0.5
  done
  echo "$most"
}

echo "| $count boards of 6 megapixels | seconds | most memory, MB |"
echo "|---|---|---|"
run() { # NAME FLAG...
  local name=$1 begin end
  shift
  begin=$(date +%s.%N)
  "$program" batch "$reference" "$work/photos" --case "$work/$RANDOM$RANDOM.bdcase" --quiet "$@" >/dev/null &
  memory=$(watch_memory $!)
  wait $! || true
  end=$(date +%s.%N)
  echo "| $name | $(awk "BEGIN { printf \"%.0f\", $end - $begin }") | $memory |"
}
run "one at a time" --jobs 1
run "two at once" --jobs 2
run "four at once within 1200 MB" --jobs 4 --memory 1200
