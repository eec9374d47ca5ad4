#!/usr/bin/env bash
# smart-proxy-first-boot: cloud-init runs this once; a person may run it again.
#
# The play does the work and reports the step that failed. This script still runs if the play is killed or
# broken: it holds the lock, limits the time, ships the logs in any case, and writes the final status. Its
# exit code decides whether cloud-init reports an error.
set -euo pipefail

readonly home=/opt/smart-proxy-rebuilder/ansible
readonly status_file=/var/lib/smart-proxy-rebuilder/status.json
# Longer than the sum of the time limits in the roles, so it should never be reached.
play_limit_seconds=${PLAY_LIMIT_SECONDS:-7200}
logs_limit_seconds=${LOGS_LIMIT_SECONDS:-600}

report() { smart-proxy-boot-status "$@"; }

play() {
  local limit_seconds=$1 playbook=$2
  timeout --kill-after=30 "$limit_seconds" ansible-playbook "$playbook"
}

export ANSIBLE_CONFIG=$home/ansible.cfg PATH=$PATH:/usr/local/bin
cd "$home"
exec 9>/run/smart-proxy-first-boot.lock
flock 9

report running hostname
code=0
play "$play_limit_seconds" first-boot.yml || code=$?

if ((code == 124)); then
  report failed - "the play was stopped after $play_limit_seconds s"
elif ((code != 0)) && [[ $(jq -r .status "$status_file") != failed ]]; then
  report failed - "ansible-playbook ended with code $code without reporting a reason (137: killed)"
fi

# A serving proxy is worth more than its logs: if they cannot be shipped, the status says so, but the boot
# does not fail.
remark=
((code != 0)) || report running logs
play "$logs_limit_seconds" ship-logs.yml || remark='the logs were not shipped; they are on the instance'
((code != 0)) || report 'done' logs "$remark"

exit "$code"
