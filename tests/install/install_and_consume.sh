#!/usr/bin/env bash
# install_and_consume.sh CMAKE BUILD_FOLDER CONSUMER: installs the build beside itself, then builds and runs a program
# that knows boarddiff only by find_package.
set -euo pipefail
cmake=$1 build=$2 consumer=$3
work=$build/tests/install/work
rm -rf "$work"
"$cmake" --install "$build" --prefix "$work/prefix" >/dev/null
"$cmake" -S "$consumer" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH="$work/prefix"
"$cmake" --build "$work/build"
"$work/build/consumer"
"$work/prefix/bin/boarddiff" --version
for file in share/man/man1/boarddiff.1 share/man/man1/boarddiff-review.1 share/bash-completion/completions/boarddiff \
            share/zsh/vendor-completions/_boarddiff share/fish/vendor_completions.d/boarddiff.fish share/doc/boarddiff/copyright; do
  [[ -s $work/prefix/$file ]] || { echo "not installed: $file" >&2; exit 1; }
done
