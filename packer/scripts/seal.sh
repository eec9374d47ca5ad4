#!/usr/bin/env bash
# Cleans, locks and checks in one script: once the logins are locked, Packer cannot start another one.
set -euo pipefail

: "${UPLOAD:?}" "${LOGIN:?}"
# Outside of the upload, which is removed before the checks.
list=$(mktemp /run/packages.XXXXXX)
check=$(mktemp /run/check-image.XXXXXX)
trap 'rm -f "$list" "$check"' EXIT
cp "$UPLOAD/packages/packages.txt" "$list"
cp "$UPLOAD/scripts/check-image.sh" "$check"

bash "$UPLOAD/scripts/clean.sh"
bash "$UPLOAD/scripts/disable-repositories.sh"
bash "$UPLOAD/scripts/lock-logins.sh" "$LOGIN"
rm -rf "$UPLOAD"
bash "$check" "$list"
# Packer's copy of this script. Bash has already read it to the end.
rm -f "$0"
