#!/usr/bin/env bash
# Removes what is specific to the builder: its registration, its identity, its traces.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
bash "$here/unregister.sh"

dnf clean all
cloud-init clean --logs --seed
# Empty, but present: systemd then generates a new id at the next boot, even if the root is read-only.
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id /etc/ssh/ssh_host_* /etc/hostname
rm -rf /etc/pki/consumer /etc/pki/entitlement /var/lib/rhsm /var/lib/amazon/ssm /var/cache/dnf
rm -f /root/.bash_history /home/*/.bash_history
find /root /home -path '*/.ssh/authorized_keys' -delete
find /var/log -type f -delete
rm -rf /var/lib/smart-proxy-rebuilder/* /root/.ansible
