#!/usr/bin/env bash
# fit_weights.sh BUILD_FOLDER WORK_FOLDER: prints the weights and rates of compare/region_score.cpp and the table of
# compare/likeliest_kind.cpp: renders 258 and 24 pairs of boards that nothing else uses, looks at every region of them,
# and fits. Half an hour on two processors. To be run again, and the accuracy measured again, whenever evidence or signs
# change. Kinds count regions by the scores that the program was built with: after new weights, build and run it again.
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
program=$build/cli/boarddiff
trials=$build/tests/acceptance/finding_trials

# render STYLE SEED COUNT MEGAPIXELS FLAG...
folder=cases
render() {
  local style=$1 seed=$2 count=$3 megapixels=$4
  shift 4
  "$program" render --board "$style" --seed "$seed" --count "$count" --megapixels "$megapixels" --output "$work/$folder" \
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

# Changes of all kinds, and then more of those kinds that are rare among them.
render_kinds() {
  local round severity
  for round in 1 2 3 4 5 6; do
    severity=usual
    if [[ $round == 4 ]]; then severity=easy; fi
    render "$1" $(($2 + 10 * round)) 1 2 --severity $severity --changes usual,all
  done
  for round in 7 8; do
    render "$1" $(($2 + 10 * round)) 1 2 --severity usual \
      --changes '6*missing,5*swapped,4*moved,2*turned,3*cut-trace,3*added-trace,2*extra'
  done
}

rm -rf "$work/cases" "$work/cases-of-kinds"
number=0
for style in server controller through-hole; do
  render_photographs "$style" $((30000 + 1000 * number))
  render_xrays "$style" $((40000 + 1000 * number))
  number=$((number + 1))
done
folder=cases-of-kinds
number=0
for style in server controller through-hole; do
  render_kinds "$style" $((6100 + 100 * number))
  number=$((number + 1))
done

# look CASES REGIONS
look() {
  "$trials" "$work/$1" "$work/$2-1" 1/2 2>/dev/null &
  local first=$!
  "$trials" "$work/$1" "$work/$2-2" 2/2 2>/dev/null
  wait "$first"
}
look cases regions
look cases-of-kinds regions-of-kinds
"$trials" --fit "$work/regions-1" "$work/regions-2"
"$trials" --fit-kinds "$work/regions-of-kinds-1" "$work/regions-of-kinds-2"
