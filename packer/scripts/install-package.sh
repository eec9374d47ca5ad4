#!/usr/bin/env bash
# install-package.sh NAME [SOURCE]
#
# Installs one package, or a provider of one RPM capability, and trusts only the RPM database: dnf can
# exit with 0 although it has skipped a package.
#
# Recommended packages come along, whatever the base image's dnf.conf says: Foreman documents and tests its
# installation with them. On EL9, httpd only recommends mod_http2, which its configuration needs.
set -uo pipefail

name=${1:?usage: install-package.sh NAME [SOURCE]} source=${2:-$1}
attempts=${ATTEMPTS:-3} limit_seconds=${LIMIT_SECONDS:-600} pause_seconds=${PAUSE_SECONDS:-10}

is_installed() { rpm --query --whatprovides "$name" &>/dev/null; }

for ((attempt = 1; attempt <= attempts; attempt++)); do
  is_installed && exit 0
  ((attempt == 1)) || sleep "$pause_seconds"
  timeout --kill-after=10 "$limit_seconds" dnf install --assumeyes --setopt=install_weak_deps=True "$source"
  code=$?
  is_installed && { echo "installed: $name"; exit 0; }
  case $code in
  0) why='dnf ended with 0, but the package is not installed' ;;
  124 | 137) why="dnf did not end within $limit_seconds s" ;;
  *) why="dnf ended with code $code" ;;
  esac
  echo "attempt $attempt of $attempts to install $name: $why" >&2
done

echo "NOT INSTALLED: $name: $why" >&2
exit 1
