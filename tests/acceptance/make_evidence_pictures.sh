#!/usr/bin/env bash
# make_evidence_pictures.sh BUILD_FOLDER WORK_FOLDER: makes the pictures of docs/architecture.md that show what the
# measures say of one place of a rendered board.
set -euo pipefail
build=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
"$build/cli/boarddiff" render --board through-hole --seed 777 --megapixels 2 --output "$work" --force --quiet >/dev/null
"$build/tests/acceptance/evidence_pictures" "$work/through-hole-777-photo-usual" 1080,520,504,300 docs/images
"$build/cli/boarddiff" render --board controller --seed 779 --megapixels 2 --output "$work" --force --quiet \
  --changes '2*painted:qfn5x5@bare-mask,painted:qfn3x3@bare-mask' >/dev/null
"$build/tests/acceptance/evidence_pictures" "$work/controller-779-photo-usual" 880,60,300,200 docs/images steps
