#!/usr/bin/env bash
# install-first-boot.sh SOURCE
#
# Installs the first boot in the image: the play, its roles, and the commands around it.
set -euo pipefail

source=${1:?usage: install-first-boot.sh DIRECTORY_OF_ANSIBLE}
readonly home=/opt/smart-proxy-rebuilder/ansible
readonly library=/usr/local/lib/smart-proxy-rebuilder

install -d -m 0755 "$home" "$library" /var/lib/smart-proxy-rebuilder
install -d -m 0700 /etc/smart-proxy-rebuilder
for part in ansible.cfg inventory.ini first-boot.yml ship-logs.yml tasks vars roles; do
  rm -rf "${home:?}/$part"
  cp -r "$source/$part" "$home/"
done

install -m 0644 "$source/files/mask-secrets.sed" "$library/"
for command in boot-report boot-status first-boot instance-metadata ship-log; do
  install -m 0755 "$source/files/$command.sh" "/usr/local/bin/smart-proxy-$command"
done
