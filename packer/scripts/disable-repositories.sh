#!/usr/bin/env bash
# Disables every repository of the image: those of the bake, of the base image, of its cloud (RHUI) and of
# subscription-manager. An instance has what was baked and checked, and the first boot installs nothing.
set -euo pipefail

# A repository without the line is enabled, so each gets it.
for file in /etc/yum.repos.d/*.repo /etc/yum/repos.d/*.repo /etc/distro.repos.d/*.repo; do
  [[ -f $file ]] || continue
  sed -E -i --follow-symlinks -e '/^[[:space:]]*enabled[[:space:]]*=/d' -e '/^\[/a enabled=0' "$file"
done

# Otherwise rhsmcertd may register the instance by its cloud identity, and write repositories of its own.
if command -v subscription-manager >/dev/null; then
  subscription-manager config --rhsm.manage_repos=0 --rhsmcertd.auto_registration=0
fi
