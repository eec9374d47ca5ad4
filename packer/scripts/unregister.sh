#!/usr/bin/env bash
# Unregisters the builder from Katello, at the end of a bake and after any step has failed. Every part runs,
# even if another one fails.
set -uo pipefail

code=0
if command -v subscription-manager >/dev/null; then
  if subscription-manager identity &>/dev/null; then
    timeout 120 subscription-manager unregister || code=1
  fi
  subscription-manager clean || code=1
fi
readonly configuration=/etc/rhsm/rhsm.conf
if [[ -e $configuration.before-the-bake ]]; then
  mv -f "$configuration.before-the-bake" "$configuration" || code=1
fi
rm -f /etc/rhsm/ca/katello-of-the-bake.pem
exit "$code"
