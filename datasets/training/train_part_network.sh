#!/usr/bin/env bash
# train_part_network.sh BUILD_FOLDER WORK_FOLDER: makes compare/part_network.onnx: renders 100 boards of no style that
# nothing else uses, two photographs each, and trains the network on them; then trains it on with 60 more boards besides,
# of which the second photograph shows up to 40 places that parts are gone from. Needs Debian's python3-torch,
# python3-opencv and python3-onnx. About two hours. To be run again whenever parts are rendered otherwise.
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
program=$build/cli/boarddiff
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# render FIRST_SEED COUNT MEGAPIXELS SEVERITY CHANGES
render() {
  "$program" render --board mixed --seed "$1" --count "$2" --megapixels "$3" --severity "$4" --changes "$5" \
    --output "$work/cases" --force --quiet >/dev/null
}

train() { python3 datasets/training/train_part_network.py "$work/cases" "$@"; }

rm -rf "$work/cases"
render 7400 26 2 usual none
render 7500 26 2 hard none
render 7600 24 1.2 usual none
render 7700 24 3 hard none
train "$work/first.onnx"
render 7800 20 2 usual '40*missing'
render 7830 20 2 hard '40*missing'
render 7860 20 1.2 usual '40*missing'
train "$work/part_network.onnx" --from "$work/first.onnx" --steps 2500
mv "$work/part_network.onnx" compare/part_network.onnx
