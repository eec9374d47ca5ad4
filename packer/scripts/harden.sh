#!/usr/bin/env bash
# Disables every login, and makes the boot readable from the console output.
set -euo pipefail

# The sshd that Packer uses keeps running until the builder stops; it will not start again.
for unit in sshd.service sshd.socket 'serial-getty@ttyS0.service' getty@tty1.service; do
  systemctl mask "$unit"
done
systemctl enable amazon-ssm-agent

# Kernel messages go to every console, but only the last one becomes /dev/console, which EC2 shows as the
# instance's console output: it must be the serial console.
grubby --update-kernel=ALL --remove-args='console' --args='console=tty0 console=ttyS0,115200n8'

install -m 0644 /dev/stdin /etc/cloud/cloud.cfg.d/90-nobody-logs-in.cfg <<'END'
# No default user, no password, no key.
users: []
disable_root: true
ssh_pwauth: false
END
