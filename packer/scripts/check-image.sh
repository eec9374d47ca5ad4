#!/usr/bin/env bash
# check-image.sh LIST_OF_PACKAGES
#
# Final check of an image: if any check fails, there is no image. Each check prints one line, so that the
# log of the bake shows all problems at once.
set -uo pipefail

list=${1:?usage: check-image.sh LIST_OF_PACKAGES}
failed=0

check() {
  local what=$1
  shift
  if "$@" >/dev/null 2>&1; then
    echo "ok      $what"
  else
    echo "NOT OK  $what"
    failed=$((failed + 1))
  fi
}
is_masked() { [[ $(systemctl is-enabled "$1") == masked ]]; }
is_absent() { ! compgen -G "$1"; }
is_locked() { [[ $(passwd --status "$1" | cut -d' ' -f2) == L* ]]; }
has_no_subscription() { ! command -v subscription-manager || ! subscription-manager identity; }
# Packer is still connected through sshd: its port is the only one that may be open.
listens_to_ssh_alone() { ! ss -Hltn | awk '{print $4}' | grep -vE '^(127\.|\[::1\])|:22$'; }
# Quiet, because plugins print more than the list. A repository in dnf.conf itself is found too.
has_no_repository() { local enabled && enabled=$(dnf --quiet repolist --enabled) && [[ -z $enabled ]]; }
has_no_katello() { ! grep --quiet katello-of-the-bake /etc/rhsm/rhsm.conf; }
has_serial_console_last() { grubby --info=DEFAULT | grep '^args=' | grep -qE 'console=ttyS0[^ "]*"?$'; }
has_no_login() { ! awk -F: '$3 >= 1000 && $3 < 60000 && $7 !~ /nologin$|false$/' /etc/passwd | grep .; }

while read -r name _; do
  [[ -z $name || $name == '#'* ]] || check "package $name is installed" rpm --query --whatprovides "$name"
done <"$list"

check 'the installer prints its help' timeout 300 foreman-installer --scenario foreman-proxy-content --help
check 'the first boot is installed' test -x /usr/local/bin/smart-proxy-first-boot
check 'the first boot passes the syntax check' env ANSIBLE_CONFIG=/opt/smart-proxy-rebuilder/ansible/ansible.cfg \
  ANSIBLE_LOG_PATH=/dev/null timeout 120 \
  ansible-playbook --syntax-check /opt/smart-proxy-rebuilder/ansible/first-boot.yml
check 'the AWS CLI runs' timeout 60 /usr/local/bin/aws --version
check 'sshd is masked' is_masked sshd.service
check 'the serial console has no login prompt' is_masked serial-getty@ttyS0.service
check 'the serial console is the last console' has_serial_console_last
check 'the SSM agent starts at boot' systemctl is-enabled amazon-ssm-agent
check 'only sshd listens' listens_to_ssh_alone
check 'root is locked' is_locked root
check 'no user has a shell' has_no_login
check 'no subscription is left' has_no_subscription
check 'no Katello is left in the configuration' has_no_katello
check 'no repository is enabled' has_no_repository
check 'the machine id is empty' test -e /etc/machine-id -a ! -s /etc/machine-id
check 'no host key is left' is_absent '/etc/ssh/ssh_host_*'
check 'no authorized key is left' is_absent '/root/.ssh/authorized_keys'
check 'no history is left' is_absent '/root/.bash_history'
check 'cloud-init is reset' is_absent '/var/lib/cloud/instance'
check 'no status of a first boot is left' is_absent '/var/lib/smart-proxy-rebuilder/*'

echo "$failed checks failed"
((failed == 0))
