#!/usr/bin/env bash
# make_accuracy.sh BUILD_FOLDER WORK_FOLDER: makes docs/accuracy.md: renders the fixed list of boards, inspects them with
# boarddiff and with the yardsticks, registers the fixed list of trials, and writes the page. About an hour and a half on
# two processors; what a run that was broken off has made is made again.
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=$build/cli/boarddiff
yardsticks=$build/tests/yardstick

# render SET STYLE FIRST_SEED COUNT [FLAG...]
render() {
  local set=$1 style=$2 seed=$3 count=$4
  shift 4
  "$program" render --board "$style" --seed "$seed" --count "$count" --megapixels 2 --output "$work/$set" --force --quiet \
    "$@" >/dev/null
}

# render_style SET STYLE FIRST_SEED COUNT: that many boards, each in three severities; some unchanged, some strangers.
render_style() {
  local severity
  for severity in easy usual hard; do
    render "$@" --severity "$severity"
  done
  render "$1" "$2" "$3" "$4" --changes none
  render "$1" "$2" "$(($3 + 50))" 1 --changes none --severity hard
  render "$1" "$2" "$(($3 + 60))" 1 --changes none --stranger other-design
  render "$1" "$2" "$(($3 + 61))" 1 --changes none --stranger other-side
}

# render_xrays SET STYLE FIRST_SEED: nine boards with changes, three in each severity, and four without.
render_xrays() {
  local severity seed=$3
  for severity in easy usual hard; do
    render "$1" "$2" "$seed" 3 --modality xray --severity "$severity"
    seed=$((seed + 10))
  done
  render "$1" "$2" "$((seed + 50))" 2 --modality xray --severity usual --changes none
  render "$1" "$2" "$((seed + 55))" 2 --modality xray --severity hard --changes none
}

rm -rf "$work/development" "$work/held-back"
# Looked at while developing.
render_style development server 1100 3
render_style development controller 1200 3
render_style development through-hole 1300 3
# Never looked at; a figure here is for the end. A constant chosen for it costs new seeds.
render_style held-back network-switch 2100 3
render_style held-back handheld 2200 3
render_style held-back motor-drive 2300 3

# X-rays, divided by style in the same way.
rm -rf "$work/xrays-development" "$work/xrays-held-back"
render_xrays xrays-development server 7400
render_xrays xrays-development controller 7500
render_xrays xrays-development through-hole 7600
render_xrays xrays-held-back network-switch 8400
render_xrays xrays-held-back handheld 8500
render_xrays xrays-held-back motor-drive 8600

# Units of one lot, for the curve by the number of known-good boards; seeds of their own.
rm -rf "$work/lots"
seed=3100
for style in server controller through-hole network-switch handheld motor-drive; do
  render lots "$style" "$seed" 2 --specimens 10
  render lots "$style" "$((seed + 50))" 1 --specimens 10 --changes none
  seed=$((seed + 100))
done
by_boards=boards
for boards in 1 2 3 5 10; do
  "$program" evaluate "$work/lots" --known-good "$boards" --output "$work/lots-$boards" --force --quiet --jobs 2
  by_boards+=$([[ $by_boards == boards ]] && echo : || echo ,)$boards:$work/lots-$boards/evaluation.json
done >"$work/lots.txt"

# Parts in nearly the colour of the board: those that contrast does not give away.
rm -rf "$work/faint"
faint='2*painted:qfn3x3@bare-mask,2*painted:soic8@across-traces,2*painted:r0805@bare-mask,2*painted:qfn5x5@across-traces'
seed=4100
for style in server controller through-hole network-switch handheld motor-drive; do
  render faint "$style" "$seed" 2 --changes "$faint"
  render faint "$style" "$((seed + 50))" 1 --severity easy --changes "$faint"
  seed=$((seed + 100))
done

for set in development held-back faint; do
  "$program" evaluate "$work/$set" --output "$work/$set-boarddiff" --force --quiet --jobs 1 --sensitivity
  for method in plain cluster; do
    "$program" evaluate "$work/$set" --output "$work/$set-$method" --force --quiet \
      --tool "$yardsticks/${method}_difference_tool" --jobs 2
  done
done >"$work/summary.txt"
for set in xrays-development xrays-held-back; do
  "$program" evaluate "$work/$set" --output "$work/$set-boarddiff" --force --quiet --jobs 1
  for method in plain log; do
    "$program" evaluate "$work/$set" --output "$work/$set-$method" --force --quiet \
      --tool "$yardsticks/${method}_difference_tool" --jobs 2
  done
done >>"$work/summary.txt"

# Side by side: either registers one pair at a time.
trials=$build/tests/acceptance/registration_trials
"$trials" --set development --output "$work/trials-development" --jobs 1 >/dev/null &
"$trials" --set held-back --output "$work/trials-held-back" --jobs 1 >/dev/null
wait $!

laying=$build/tests/acceptance/laying_trials
"$laying" development >"$work/laying-development.md" &
"$laying" held-back >"$work/laying-held-back.md"
wait $!

variations=$build/tests/acceptance/variation_trials
"$variations" development >"$work/variations-development.md" &
"$variations" held-back >"$work/variations-held-back.md"
wait $!

# evaluations SET [METHOD]: the files of the program and of both yardsticks.
evaluations() {
  echo "$work/$1-boarddiff/evaluation.json,$work/$1-plain/evaluation.json,$work/$1-${2:-cluster}/evaluation.json"
}
"$build/tests/acceptance/accuracy_page" tests/acceptance/accuracy_template.md \
  development="$(evaluations development)" \
  held-back="$(evaluations held-back)" \
  faint="by-style:$(evaluations faint)" \
  xrays-development="xrays:$(evaluations xrays-development log)" \
  xrays-held-back="xrays:$(evaluations xrays-held-back log)" \
  known-good="$by_boards" \
  laying-development="$work/laying-development.md" \
  laying-held-back="$work/laying-held-back.md" \
  variations-development="$work/variations-development.md" \
  variations-held-back="$work/variations-held-back.md" \
  registration-development="$work/trials-development/trials.md" \
  registration-held-back="$work/trials-held-back/trials.md" >"$work/accuracy.md"
mv "$work/accuracy.md" docs/accuracy.md
