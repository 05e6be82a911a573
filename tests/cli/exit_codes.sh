#!/usr/bin/env bash
# exit_codes.sh BOARDDIFF: the real program, its exit statuses and what it prints where.
set -euo pipefail
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

expect() {
  local wanted=$1 status=0
  shift
  "$program" "$@" >out.txt 2>err.txt || status=$?
  if [[ $status -ne $wanted ]]; then
    echo "boarddiff $*: ended with $status instead of $wanted" >&2
    cat out.txt err.txt >&2
    exit 1
  fi
}

expect 0 --help
[[ -s out.txt && ! -s err.txt ]]
expect 2
[[ ! -s out.txt && -s err.txt ]]
expect 2 inspect none.png none.png --output out
[[ ! -s out.txt && $(wc -l <err.txt) -eq 1 && ! -e out ]]

expect 0 demo --output pair
expect 2 demo --output pair
printf 'x,y\n100,120\n' >points.csv
expect 0 inspect pair/reference.jpg pair/reference.jpg --output same --points points.csv --points-output mapped.csv
[[ $(sed -n '2s/[.].*,/,/; 2s/[.].*//p' mapped.csv) =~ ^(100|99),(120|119)$ ]]
expect 1 inspect pair/reference.jpg pair/sample.jpg --output differs
expect 2 inspect pair/reference.jpg pair/sample.jpg --output differs
expect 1 inspect pair/reference.jpg pair/sample.jpg --output differs --force

# All of the reference ignored: nothing is compared. A polygon of two corners is none.
printf '{"type": "Polygon", "coordinates": [[[-9, -9], [9999, -9], [9999, 9999], [-9, 9999]]]}' >all.json
expect 3 inspect pair/reference.jpg pair/sample.jpg --output ignored --ignore all.json
grep -q 'ignored (--ignore)' out.txt
expect 1 inspect pair/reference.jpg pair/sample.jpg --output watched --watch all.json
printf '{"type": "Polygon", "coordinates": [[[0, 0], [9, 9]]]}' >line.json
expect 2 inspect pair/reference.jpg pair/sample.jpg --output line --watch line.json
[[ ! -s out.txt && $(wc -l <err.txt) -eq 1 && ! -e line ]]

expect 0 enroll pair/reference.jpg --output golden.bdref
expect 1 enroll pair/reference.jpg pair/sample.jpg --output both.bdref
[[ ! -e both.bdref && ! -s err.txt ]]
expect 2 enroll pair/reference.jpg --output golden.bdref
expect 0 inspect golden.bdref pair/reference.jpg --output enrolled
expect 1 inspect golden.bdref pair/sample.jpg --output enrolled --force

expect 0 evaluate pair --output evaluated
grep -q 'the tool failed on 0 cases' out.txt
expect 2 evaluate same --output evaluated-none

expect 0 render --board controller --megapixels 0.5 --specimens 2 --output units
expect 0 evaluate units --known-good 2 --output evaluated-2
grep -q 'the tool failed on 0 cases' out.txt
grep -q '2 known-good boards' evaluated-2/evaluation.json

# Another design: a board of the same maker that the reference does not know.
status=0
"$program" demo --output stranger --seed 3 >/dev/null 2>&1 || status=$?
[[ $status -le 1 ]]
expect 3 inspect pair/reference.jpg stranger/sample.jpg --output strangers
[[ $(wc -l <out.txt) -eq 1 && ! -s err.txt ]]

# A standard output that cannot be written is no result.
status=0
"$program" --version >/dev/full 2>/dev/null || status=$?
[[ $status -eq 2 ]]

# The same report on processors with and without newer instructions.
expect 1 inspect pair/reference.jpg pair/sample.jpg --output differs --force --json
mv out.txt usual.json
OPENCV_CPU_DISABLE=AVX2,AVX,FMA3,SSE4.2,SSE4.1 expect 1 inspect pair/reference.jpg pair/sample.jpg --output differs \
  --force --json
cmp out.txt usual.json
