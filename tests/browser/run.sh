#!/usr/bin/env bash
# The review page in a real browser: makes a case of rendered boards, and runs every test of this folder on it.
#
#   tests/browser/run.sh PROGRAM WORK [SCREENSHOTS]
#
# WORK: a folder that keeps what npm brings. SCREENSHOTS: where pictures of the page go; without it there are none.
set -euo pipefail

program=$(realpath "${1:?usage: run.sh PROGRAM WORK [SCREENSHOTS]}")
here=$(realpath "$(dirname "$0")")
mkdir -p "${2:?usage: run.sh PROGRAM WORK [SCREENSHOTS]}"
work=$(realpath "$2")
if [[ -n ${3:-} ]]; then
  mkdir -p "$3"
  BOARDDIFF_SCREENSHOTS=$(realpath "$3")
  export BOARDDIFF_SCREENSHOTS
fi
BOARDDIFF=$program
BOARDDIFF_CHROMIUM=$(command -v chromium)
export BOARDDIFF BOARDDIFF_CHROMIUM

"$here/prepare.sh" "$work"

BOARDDIFF_CASE_FOLDER=$(mktemp -d)
export BOARDDIFF_CASE_FOLDER
trap 'rm -rf "$BOARDDIFF_CASE_FOLDER"' EXIT
render() { "$program" render "$@" --megapixels 1 --output "$BOARDDIFF_CASE_FOLDER/boards" --quiet >/dev/null; }
render --board controller --seed 50 --specimens 2
render --board handheld --seed 52
render --board network-switch --seed 53
render --board controller --seed 54
cd "$BOARDDIFF_CASE_FOLDER"
controller=boards/controller-50-photo-usual
handheld=boards/handheld-52-photo-usual
other=boards/controller-54-photo-usual
switch=boards/network-switch-53-photo-usual
# Regions are drawn into this one: regions.test.mjs puts it back.
"$program" enroll "$handheld/reference.jpg" --output handheld.bdref --quiet >/dev/null
cat >list.csv <<END
file,reference,serial,side,stage
$controller/sample.jpg,$controller/reference.jpg,SN-1,top,arrived
$controller/reference-2.jpg,$controller/reference.jpg,SN-2,top,arrived
$handheld/sample.jpg,handheld.bdref,SN-3,top,arrived
$switch/sample.jpg,$switch/reference.jpg,SN-4,top,arrived
$other/sample.jpg,$other/reference.jpg,SN-6,top,arrived
$handheld/reference.jpg,$controller/reference.jpg,SN-5,top,arrived
END
# Findings, and a board that cannot be compared: that is status 3.
"$program" batch "$controller/reference.jpg" list.csv --case boards.bdcase --quiet >/dev/null || [[ $? -eq 3 ]]
# Virtual parts to show come with the sensitivity: of two boards, which takes no time to speak of.
"$program" batch "$controller/reference.jpg" "$controller/sample.jpg" "$controller/reference-2.jpg" --sensitivity \
  --case watched.bdcase --quiet >/dev/null || [[ $? -eq 1 ]]
cd "$work"
node --test --test-concurrency=1 ./*.test.mjs
