#!/usr/bin/env bash
# train_part_network.sh BUILD_FOLDER WORK_FOLDER: makes compare/part_network.onnx: renders 100 boards of no style that
# nothing else uses, two photographs each, and trains the network on them. Needs Debian's python3-torch and
# python3-opencv. About an hour and a half. To be run again whenever parts are rendered otherwise.
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
program=$build/cli/boarddiff
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# render FIRST_SEED COUNT MEGAPIXELS SEVERITY
render() {
  "$program" render --board mixed --seed "$1" --count "$2" --megapixels "$3" --severity "$4" --changes none \
    --output "$work/cases" --force --quiet >/dev/null
}

rm -rf "$work/cases"
render 7400 26 2 usual
render 7500 26 2 hard
render 7600 24 1.2 usual
render 7700 24 3 hard
python3 datasets/training/train_part_network.py "$work/cases" "$work/part_network.onnx"
mv "$work/part_network.onnx" compare/part_network.onnx
