#!/usr/bin/env bash
# lock-logins.sh USER
#
# Locks the login that Packer used, and every other login of the base image.
set -euo pipefail

user=${1:?usage: lock-logins.sh USER}
usermod --lock root
while IFS=: read -r name _ id _; do
  if ((id >= 1000 && id < 60000)) || [[ $name == "$user" ]]; then
    usermod --lock --shell /sbin/nologin "$name"
  fi
done </etc/passwd
rm -f /etc/sudoers.d/90-cloud-init-users
