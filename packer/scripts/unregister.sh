#!/usr/bin/env bash
# Takes the builder out of Katello again: at the end of a bake, and when any of its steps has failed.
# Nothing here may keep the other parts from being done.
set -uo pipefail

code=0
if command -v subscription-manager >/dev/null; then
  if subscription-manager identity &>/dev/null; then
    timeout 120 subscription-manager unregister || code=1
  fi
  subscription-manager clean || code=1
fi
rm -f /etc/rhsm/ca/katello-of-the-bake.pem
exit "$code"
