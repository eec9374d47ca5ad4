#!/usr/bin/env bash
# npm run test:image [-- TEST...], a TEST being suite.test_first_boot.TwoNames or the like
#
# Executes every file of the machine image with the real tools, in throw-away machines: namespaces over
# a root file system that this script makes itself and keeps in .cache/. Nothing outside .cache/ changes,
# and no test reaches a network: the only addresses are those of a namespace of their own.
#
# PACKER_DIRECTORY=<directory> builds with the newer Packer and the packer-plugin-amazon that lie there.
# SHARDS=<number> worlds run side by side.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
shards=${SHARDS:-$(nproc)}
root=$("$here/root/build.sh" "$repository/.cache")
node "$repository/cli/install.mjs"
node=$repository/node_modules/.bin/node
output=$(mktemp -d)
export RENDERED_USER_DATA=$output/user-data
declare -A running
# What is stopped half-way takes its worlds along; a failing command in here would become the exit code.
trap 'kill "${running[@]}" 2>/dev/null || true; rm -rf "$output"' EXIT
trap 'exit 130' INT TERM
"$node" --disable-warning=ExperimentalWarning "$here/render-user-data.ts" "$RENDERED_USER_DATA"

world() {
  SHARD="$1/$shards" exec unshare --mount --net --uts --ipc --pid --fork --kill-child \
    bash "$here/root/enter.sh" "$root" "$repository" "${@:2}"
}

for ((shard = 1; shard <= shards; shard++)); do
  world "$shard" "$@" &>"$output/world-$shard" &
  running[$shard]=$!
done
code=0
for ((shard = 1; shard <= shards; shard++)); do
  wait "${running[$shard]}" || code=1
  unset "running[$shard]"
  cat "$output/world-$shard"
done

# A world that ended without its count has failed, whatever it had counted before.
awk -v worlds="$shards" '/^counted / { counted++; passed += $2; failed += $3; skipped += $4 }
  END {
    failed += worlds - counted
    if (skipped) printf "%d skipped: they need a newer Packer, see PACKER_DIRECTORY\n", skipped
    printf "%d passed, %d failed\n", passed, failed
    exit failed > 0 || passed == 0
  }' "$output"/world-* || code=1
exit "$code"
