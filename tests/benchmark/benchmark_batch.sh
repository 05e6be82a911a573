#!/usr/bin/env bash
# Seconds and memory of batches with one, two and more boards at once, as a Markdown table: COUNT units of six megapixels,
# rendered here, 50 of each model of board.
#
#   tests/benchmark/benchmark_batch.sh PROGRAM [COUNT]
set -euo pipefail

program=$(realpath "${1:?usage: benchmark_batch.sh PROGRAM [COUNT]}")
count=${2:-200}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A model's reference is the first unit; the others, and the changed one, are inspected.
echo "file,reference" >"$work/list.csv"
for ((seed = 9200, left = count; left > 0; seed++, left -= 50)); do
  units=$((left < 50 ? left : 50))
  folder=$work/$seed
  "$program" render --board controller --seed $seed --megapixels 6 --specimens "$units" --output "$folder" --quiet >/dev/null
  for picture in "$folder"/*/{reference-*,sample}.jpg; do
    echo "$picture,$(echo "$folder"/*/reference.jpg)" >>"$work/list.csv"
  done
done

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
  "$program" batch "$work/9200"/*/reference.jpg "$work/list.csv" --case "$work/$RANDOM$RANDOM.bdcase" --quiet "$@" >/dev/null &
  memory=$(watch_memory $!)
  wait $! || true
  end=$(date +%s.%N)
  echo "| $name | $(awk "BEGIN { printf \"%.0f\", $end - $begin }") | $memory |"
}
run "one at a time, on one processor" --jobs 1 --threads 1
run "one at a time, on all" --jobs 1
run "two at once, on one processor each" --jobs 2 --threads 1
run "four at once within 1200 MB" --jobs 4 --threads 1 --memory 1200
