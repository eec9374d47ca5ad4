#!/usr/bin/env bash
# Enables the module of PostgreSQL that the installed foreman-installer wants, if it wants one. It can be enabled
# before the server is installed only: afterwards, the first boot would meet the server of another version.
set -euo pipefail

readonly wishes=/usr/share/foreman-installer/config/foreman.hiera/family/RedHat-9.yaml

wish() { sed -nE "s/^postgresql::globals::$1: *['\"]?([^'\" ]+)['\"]? *\$/\1/p" "$wishes"; }

[[ -e $wishes && $(wish manage_dnf_module) == true ]] || { echo 'no module is wanted'; exit 0; }
timeout 600 dnf --assumeyes module enable "postgresql:$(wish version)"
