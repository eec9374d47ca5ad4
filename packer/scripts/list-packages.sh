#!/usr/bin/env bash
# list-packages.sh DIRECTORY FEATURES FOREMAN_VERSION
#
# Prints the packages of an image: those of base.txt, then those of each feature in this release of Foreman.
# DIRECTORY has base.txt and features.txt; FEATURES are separated by spaces.
set -euo pipefail

directory=${1:?usage: list-packages.sh DIRECTORY FEATURES FOREMAN_VERSION}
read -ra features <<<"${2?no features}"
release=${3:?no version of Foreman}

is_sorted() { printf '%s\n' "$@" | sort --check=quiet --version-sort; }

# includes RANGE: whether the release is in it.
includes() {
  [[ $1 == all ]] && return
  local from=${1%..*} to=${1#*..}
  { [[ -z $from ]] || is_sorted "$from" "$release"; } && { [[ -z $to ]] || is_sorted "$release" "$to"; }
}

cat "$directory/base.txt"
for feature in "${features[@]}"; do
  found=0
  while read -r name releases packages; do
    [[ $name == "$feature" ]] || continue
    found=1
    # shellcheck disable=SC2086  # a list of names
    includes "$releases" && [[ $packages ]] && printf '%s\n' $packages
  done <"$directory/features.txt"
  ((found)) || { echo "features.txt has no feature $feature" >&2; exit 1; }
done | awk '!seen[$0]++'
