#!/usr/bin/env bash
# Installs Packer, its plugin and the Session Manager plugin in a CodeBuild container of Amazon Linux 2023.
set -euo pipefail

version=1.16.0
release=https://releases.hashicorp.com/packer/$version
archive=packer_${version}_linux_amd64.zip
plugin=https://s3.amazonaws.com/session-manager-downloads/plugin/latest/linux_64bit/session-manager-plugin.rpm
fetch=(curl --fail --silent --show-error --retry 5 --max-time 300)
here=$(cd "$(dirname "$0")" && pwd)

if ! command -v packer >/dev/null; then
  work=$(mktemp -d)
  cd "$work"
  "${fetch[@]}" --remote-name "$release/$archive" --remote-name "$release/packer_${version}_SHA256SUMS"
  sha256sum --check --strict --ignore-missing "packer_${version}_SHA256SUMS"
  unzip -q -o "$archive" packer -d /usr/local/bin
fi
command -v session-manager-plugin >/dev/null || dnf install --assumeyes "$plugin"
packer init "$here/.."
