#!/usr/bin/env bash
# npm run service-models [-- --check]
#
# Writes models.json from AWS's service models in the pinned botocore, which is installed into
# .cache/service-models/. With --check it fails instead when models.json is not what it would write.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
cache=$repository/.cache/service-models

fail() {
  echo "service-models: $*" >&2
  exit 1
}

source "$here/../python-environment.sh"

mkdir -p "$cache"
install botocore "$here/requirements.txt"

export PATH=$repository/node_modules/.bin:$PATH
node --disable-warning=ExperimentalWarning "$here/operations-in-use.ts" |
  "$cache/botocore/bin/python" "$here/generate.py" >"$cache/models.json"

if [ "${1-}" = --check ]; then
  diff -u "$here/models.json" "$cache/models.json" >&2 ||
    fail "models.json differs from the pinned botocore's (see above): npm run service-models"
else
  cp "$cache/models.json" "$here/models.json"
fi
