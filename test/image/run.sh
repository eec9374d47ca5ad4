#!/usr/bin/env bash
# npm run test:image [-- suite.test_first_boot.FirstBoot.test_…]
#
# Executes every file of the machine image with the real tools, in throw-away machines: namespaces over
# a root file system that this script makes itself and keeps in .cache/. Nothing outside .cache/ changes,
# and no test reaches a network: the only addresses are those of a namespace of their own.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
root=$("$here/root/build.sh" "$repository/.cache")

exec unshare --mount --net --uts --ipc --pid --fork --kill-child \
  bash "$here/root/enter.sh" "$root" "$repository" "$@"
