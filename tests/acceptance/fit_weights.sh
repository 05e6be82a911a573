#!/usr/bin/env bash
# fit_weights.sh BUILD_FOLDER WORK_FOLDER: makes compare/photo_network.cpp and prints the rates of
# compare/region_score.cpp: renders 442 pairs of boards that nothing else uses, looks at every region of them, and fits.
# Three quarters of an hour on two processors. To be run again, and the accuracy measured again, whenever evidence or
# signs change.
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
program=$build/cli/boarddiff
trials=$build/tests/acceptance/finding_trials
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# render STYLE SEED COUNT MEGAPIXELS FLAG...
render() {
  local style=$1 seed=$2 count=$3 megapixels=$4
  shift 4
  "$program" render --board "$style" --seed "$seed" --count "$count" --megapixels "$megapixels" --output "$work/cases" \
    --force --quiet "$@" >/dev/null
}

# render_photographs STYLE FIRST_SEED
render_photographs() {
  local style=$1 first=$2 round seed large
  for round in 0 1 2 3; do
    seed=$((first + 100 * round))
    render "$style" "$seed" 1 2 --severity easy
    render "$style" $((seed + 1)) 2 2 --severity usual
    render "$style" $((seed + 3)) 2 2 --severity hard
    render "$style" $((seed + 5)) 1 5 --severity usual
    render "$style" $((seed + 6)) 1 2 --severity usual --changes none
    render "$style" $((seed + 7)) 1 2 --severity hard --changes none
  done
  # Finer pictures: as many pixels a millimetre on large boards as on small ones.
  large=3
  if [[ $style == server ]]; then large=6; fi
  for round in 4 5 6 7 8 9; do
    seed=$((first + 100 * round))
    render "$style" "$seed" 1 "$large" --severity easy
    render "$style" $((seed + 1)) 2 "$large" --severity usual
    render "$style" $((seed + 3)) 1 "$large" --severity hard
    render "$style" $((seed + 5)) 1 2 --severity usual
    render "$style" $((seed + 6)) 1 "$large" --severity usual --changes none
    render "$style" $((seed + 7)) 1 "$large" --severity hard --changes none
  done
}

# render_xrays STYLE FIRST_SEED
render_xrays() {
  local round
  for round in 0 1 2 3; do
    render "$1" $(($2 + 100 * round)) 2 2 --modality xray
    render "$1" $(($2 + 100 * round + 5)) 1 2 --modality xray --changes none
  done
}

rare='6*missing,5*swapped,4*moved,2*turned,3*cut-trace,3*added-trace,2*extra'

# Changes of all kinds, and then more of those kinds that are rare among them.
render_kinds() {
  local round severity
  for round in 1 2 3 4 5 6; do
    severity=usual
    if [[ $round == 4 ]]; then severity=easy; fi
    render "$1" $(($2 + 10 * round)) 1 2 --severity $severity --changes usual,all
  done
  for round in 7 8; do
    render "$1" $(($2 + 10 * round)) 1 2 --severity usual --changes "$rare"
  done
}

# Boards of no style, so that less is learnt that only holds for one.
render_mixed() {
  local round seed megapixels
  for round in 0 1 2 3 4 5 6 7 8 9; do
    seed=$(($1 + 100 * round))
    megapixels=$((2 + round % 3))
    if [[ $megapixels == 4 ]]; then megapixels=5; fi
    render mixed "$seed" 2 $megapixels --severity easy
    render mixed $((seed + 2)) 4 $megapixels --severity usual
    render mixed $((seed + 6)) 3 $megapixels --severity hard
    render mixed $((seed + 9)) 2 $megapixels --severity usual --changes none
    render mixed $((seed + 11)) 2 $megapixels --severity hard --changes none
    render mixed $((seed + 20)) 3 2 --severity usual --changes "$rare"
  done
}

rm -rf "$work/cases"
number=0
for style in server controller through-hole; do
  render_photographs "$style" $((30000 + 1000 * number))
  render_xrays "$style" $((40000 + 1000 * number))
  number=$((number + 1))
done
number=0
for style in server controller through-hole; do
  render_kinds "$style" $((6100 + 100 * number))
  number=$((number + 1))
done
render_mixed 50000

"$trials" "$work/cases" "$work/regions-1" 1/2 2>/dev/null &
first=$!
"$trials" "$work/cases" "$work/regions-2" 2/2 2>/dev/null
wait "$first"
"$trials" --rates "$work/regions-1" "$work/regions-2"
"$trials" --fit "$work/regions-1" "$work/regions-2" >"$work/photo_network.cpp"
mv "$work/photo_network.cpp" compare/photo_network.cpp
