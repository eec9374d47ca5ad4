#!/usr/bin/env bash
# dnf fails while cloud-init installs packages. Exit code 2 means "done, with warnings", which is enough.
set -uo pipefail

limit_seconds=${LIMIT_SECONDS:-600}
timeout "$limit_seconds" cloud-init status --wait
code=$?
((code == 0 || code == 2)) || { echo "cloud-init is not done: code $code" >&2; exit 1; }
