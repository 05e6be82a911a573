#!/usr/bin/env bash
# fit_weights.sh BUILD_FOLDER WORK_FOLDER: makes compare/photo_network.cpp, photo_parts_network.cpp and xray_network.cpp
# and prints the rates of compare/region_score.cpp: renders 700 pairs of boards that nothing else uses, looks at every
# region of them, and fits. An hour and a quarter on two processors. To be run again, and the accuracy measured again,
# whenever evidence, signs or the network that knows parts change.
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

rm -rf "$work/cases"
# Photographs of boards of no style, so that nothing is learnt that only holds for one; a round has more of those changes
# that are rare among the others.
rare='6*missing,5*swapped,4*moved,2*turned,3*cut-trace,3*added-trace,2*extra'
for round in $(seq 0 29); do
  seed=$((50000 + 100 * round))
  megapixels=$((2 + round % 3))
  if [[ $megapixels == 4 ]]; then megapixels=5; fi
  render mixed "$seed" 2 $megapixels --severity easy
  render mixed $((seed + 2)) 4 $megapixels --severity usual
  render mixed $((seed + 6)) 3 $megapixels --severity hard
  render mixed $((seed + 9)) 2 $megapixels --severity usual --changes none
  render mixed $((seed + 11)) 2 $megapixels --severity hard --changes none
  render mixed $((seed + 20)) 3 2 --severity usual --changes "$rare"
done
# X-rays of such boards, likewise.
rare='2*extra:bare_die@under-part,2*extra:r0402@under-part,extra:soic8@under-part,2*other-die,2*cut-trace'
rare+=',2*added-trace,2*swapped,2*moved,missing'
for round in $(seq 0 21); do
  seed=$((60000 + 100 * round))
  megapixels=$((1 + round % 3))
  render mixed "$seed" 1 $megapixels --modality xray --severity easy
  render mixed $((seed + 2)) 3 $megapixels --modality xray --severity usual
  render mixed $((seed + 6)) 2 $megapixels --modality xray --severity hard
  render mixed $((seed + 9)) 1 $megapixels --modality xray --severity usual --changes none
  render mixed $((seed + 11)) 1 $megapixels --modality xray --severity hard --changes none
  render mixed $((seed + 20)) 2 $megapixels --modality xray --severity usual --changes "$rare"
done

"$trials" "$work/cases" "$work/regions-1" 1/2 2>/dev/null &
first=$!
"$trials" "$work/cases" "$work/regions-2" 2/2 2>/dev/null
wait "$first"
"$trials" --rates "$work/regions-1" "$work/regions-2"
for network in photo_network photo_parts_network xray_network; do
  "$trials" --fit $network "$work/regions-1" "$work/regions-2" >"$work/$network.cpp"
  mv "$work/$network.cpp" compare/$network.cpp
done
