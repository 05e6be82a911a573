#!/usr/bin/env bash
# Installs what a fresh Debian 12 lacks to build boarddiff (set_up.sh build), also to check it (set_up.sh check), or also
# for what only ./check --long does (set_up.sh long).
# Says nothing and changes nothing when all packages are there.
set -euo pipefail

build_packages=(
  g++ cmake ninja-build ccache pkg-config
  libopencv-dev libeigen3-dev libboost-program-options-dev nlohmann-json3-dev libssl-dev
  libjpeg62-turbo-dev libpng-dev libtiff-dev libwebp-dev liblcms2-dev libexif-dev libdcmtk-dev libcharls-dev libopenjp2-7-dev libzxing-dev libsqlite3-dev
  libtesseract-dev libleptonica-dev tesseract-ocr-eng librsvg2-dev libcpp-httplib-dev libpugixml-dev
)
check_packages=(catch2 chromium zsh fish libgdcm-dev libvalijson-dev git clang-format clang-tidy dpkg-dev file)
long_packages=(slurm-wlm munge parallel sqlite3 python3-minimal)

# Those of another source are as good.
command -v node >/dev/null || build_packages+=(nodejs)
command -v npm >/dev/null || build_packages+=(npm)

packages=("${build_packages[@]}")
case ${1:-} in
  build) ;;
  check) packages+=("${check_packages[@]}") ;;
  long) packages+=("${check_packages[@]}" "${long_packages[@]}") ;;
  *)
    echo "usage: packaging/set_up.sh build|check|long" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query >/dev/null; then
  echo "set_up: this is no Debian; install yourself what stands for: ${packages[*]}" >&2
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $state == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "set_up: run as root: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 2
  fi
  as_root=(sudo)
fi

install_missing() {
  "${as_root[@]}" apt-get update -q &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends "${missing[@]}"
}

echo "set_up: installing by apt: ${missing[*]}" >&2
if ! install_missing >&2; then
  echo "set_up: that failed; once more" >&2
  sleep 5
  install_missing >&2
fi
