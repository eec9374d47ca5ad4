#!/usr/bin/env bash
# install-packages.sh LIST
#
# Installs the packages of a list one at a time, and stops at the first one that does not get installed.
set -euo pipefail

list=${1:?usage: install-packages.sh LIST}
here=$(cd "$(dirname "$0")" && pwd)
count=0

while read -r name source; do
  [[ -z $name || $name == '#'* ]] && continue
  source=${source//@FOREMAN_VERSION@/${FOREMAN_VERSION:-}}
  source=${source//@KATELLO_VERSION@/${KATELLO_VERSION:-}}
  bash "$here/install-package.sh" "$name" ${source:+"$source"} </dev/null
  count=$((count + 1))
done <"$list"

((count > 0)) || { echo "$list contains no package" >&2; exit 1; }
echo "all $count packages of $(basename "$list") are installed"
