#!/usr/bin/env bash
# The recipe of docs/clusters.md for GNU parallel, as it stands there, in a folder with the files that it names and with this machine as the
# only one: once killed on its way, then once more. The parts merge into the rows of one process. For ./check --long; needs the packages that
# packaging/set_up.sh long installs.
#
#   tests/cluster/parallel_parts.sh PROGRAM
set -euo pipefail

program=$(realpath "${1:?usage: parallel_parts.sh PROGRAM}")
document=$(realpath "$(dirname "$0")/../../docs/clusters.md")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# The lines that are set in within its section.
recipe=$(sed -n '/^## GNU parallel$/,/^## Kubernetes$/s/^    //p' "$document")
[[ $recipe == parallel\ * ]]

mkdir bin photos
ln -s "$program" bin/boarddiff
export PATH=$work/bin:$PATH
echo : >hosts
# Twenty units of one board, one with planted changes.
boarddiff render --board controller --seed 9200 --count 1 --megapixels 0.6 --specimens 20 --output render --quiet >/dev/null
mv render/*/{reference-*,sample}.jpg photos
count=$(find photos -type f | wc -l)
boarddiff enroll render/*/reference.jpg --output golden.bdref >/dev/null

boarddiff batch golden.bdref photos --case one.bdcase --quiet >/dev/null || [[ $? -eq 1 ]]

# Interrupted by a signal, parallel lets what runs come to its end, and starts nothing more.
timeout --signal=TERM 5 bash -c "$recipe" >first.txt 2>&1 || true
[[ ! -e all.bdcase ]]
rm -f all.bdcase
bash -c "$recipe" >second.txt 2>&1 || {
  cat second.txt
  exit 1
}

rows="SELECT place, file, sha256, state, outcome, reason, score, findings, candidates FROM sample ORDER BY place;
SELECT s.place, number, kind, f.score, sample_x, sample_y, hex(look), hex(sample_crop) FROM finding AS f JOIN sample AS s
ON s.id = f.sample ORDER BY s.place, number"
diff <(sqlite3 one.bdcase "$rows") <(sqlite3 all.bdcase "$rows")
inspected=$(sqlite3 all.bdcase "SELECT count(*) FROM sample WHERE state = 'inspected'")
boarddiff verify all.bdcase
echo "$inspected of $count inspected in 16 parts: the rows are those of one process"
[[ $inspected -eq $count ]]
