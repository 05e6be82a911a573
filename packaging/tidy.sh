#!/usr/bin/env bash
# packaging/tidy.sh BUILD_FOLDER [--tests]: clang-tidy over every source, with --tests over those of the tests too (as
# many again, and slow ones). A source that passed is not looked at again
# until what the compiler sees of it, the rules or the tool change; the record is in BUILD_FOLDER/tidy-passed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=$1
passed=$build/tidy-passed
mkdir -p "$passed"

# A header's style counts too, comments included (NOLINT), so the key holds every header of ours.
headers=$(git ls-files -z '*.h' | xargs -0 cat | sha256sum)
rules=$(cat .clang-tidy "$build/CMakeCache.txt" | sha256sum)
tool=$(clang-tidy --version)

check_one() {
  local source=$1 key
  key=$(printf '%s\n' "$source" "$headers" "$rules" "$tool" | cat - "$source" | sha256sum | cut -d ' ' -f 1)
  [[ ! -e $passed/$key ]] || return 0
  # Its standard error only counts the warnings it left out in the headers of others.
  clang-tidy --quiet -p "$build" "$source" 2>/dev/null || { echo "clang-tidy: $source" >&2; return 1; }
  touch "$passed/$key"
}
export -f check_one
export build passed headers rules tool

left_out=(':!tests')
[[ ${2:-} != --tests ]] || left_out=(':!tests/install')
git ls-files -z '*.cpp' "${left_out[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'check_one "$1"' check_one
