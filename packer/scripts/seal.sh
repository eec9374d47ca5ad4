#!/usr/bin/env bash
# Cleans, locks and checks, in one go: after the lock Packer could start no further script.
set -euo pipefail

: "${UPLOAD:?}" "${LOGIN:?}"
# Outside the upload, which is removed before the checks.
list=$(mktemp /run/packages.XXXXXX)
check=$(mktemp /run/check-image.XXXXXX)
trap 'rm -f "$list" "$check"' EXIT
cp "$UPLOAD/packages/packages.txt" "$list"
cp "$UPLOAD/scripts/check-image.sh" "$check"

bash "$UPLOAD/scripts/clean.sh"
bash "$UPLOAD/scripts/lock-logins.sh" "$LOGIN"
rm -rf "$UPLOAD"
bash "$check" "$list"
# Packer's own copy of this script; bash has read it, for it ends here.
rm -f "$0"
