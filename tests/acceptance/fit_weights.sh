#!/usr/bin/env bash
# fit_weights.sh BUILD_FOLDER WORK_FOLDER: prints the weights and rates of compare/region_score.cpp: renders 258 pairs of
# boards that nothing else uses, looks at every region of them, and fits. Half an hour on two processors. To be run
# again, and the accuracy measured again, whenever evidence or signs change.
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
program=$build/cli/boarddiff
trials=$build/tests/acceptance/finding_trials

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

rm -rf "$work/cases"
number=0
for style in server controller through-hole; do
  render_photographs "$style" $((30000 + 1000 * number))
  render_xrays "$style" $((40000 + 1000 * number))
  number=$((number + 1))
done

"$trials" "$work/cases" "$work/regions-1" 1/2 2>/dev/null &
first=$!
"$trials" "$work/cases" "$work/regions-2" 2/2 2>/dev/null
wait "$first"
"$trials" --fit "$work/regions-1" "$work/regions-2"
