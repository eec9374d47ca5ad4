#!/usr/bin/env bash
# smart-proxy-boot-report WAIT_SECONDS
#
# Systems Manager runs this, because nobody can log in. It waits for cloud-init, then prints one line of
# JSON. It always exits with 0: a failed boot is a result of this command, not an error in it.
set -uo pipefail

wait_seconds=${1:-0}
readonly status_file=/var/lib/smart-proxy-rebuilder/status.json
readonly certificate_file=/var/lib/smart-proxy-rebuilder/certificate.json
readonly missing_names_file=/var/lib/smart-proxy-rebuilder/missing-names.json
readonly mask=/usr/local/lib/smart-proxy-rebuilder/mask-secrets.sed
readonly installer_log=/var/log/foreman-installer/foreman-proxy-content.log
log_lines=20
# Systems Manager keeps the first 24,000 characters of a command's output.
log_bytes_max=8000

if ((wait_seconds > 0)); then
  timeout "$wait_seconds" cloud-init status --wait >/dev/null 2>&1
fi

# Older versions print "status: degraded done", or only "done" with exit code 2; newer ones have
# "degraded" in the extended status. All of them are handled here.
answer=$(cloud-init status --long 2>/dev/null)
code=$?
word=$(sed -n 's/^status: *//p' <<<"$answer" | head -n 1)
extended=$(sed -n 's/^extended_status: *//p' <<<"$answer" | head -n 1)
case "$extended $word" in
*error*) cloud_init=error ;;
*degraded*) cloud_init=degraded ;;
*disabled*) cloud_init=disabled ;;
*done*) ((code == 2)) && cloud_init=degraded || cloud_init='done' ;;
*) cloud_init=running ;;
esac

# An empty file is no JSON, and jq finds no fault with it.
json_in() {
  local json
  json=$(jq -ce . "$1" 2>/dev/null) || json=
  echo "${json:-null}"
}
boot=$(json_in "$status_file")
certificate=$(json_in "$certificate_file")
missing_names=$(json_in "$missing_names_file")
log=
if [[ $(jq -r '.status? // "none"' <<<"$boot") != 'done' && -r $installer_log ]]; then
  log=$(sed -E -f "$mask" "$installer_log" | tail -n "$log_lines" | tail -c "$log_bytes_max")
fi

jq -cn --arg cloudInit "$cloud_init" --argjson boot "$boot" --argjson certificate "$certificate" \
  --argjson missingNames "$missing_names" --arg logTail "$log" \
  '{cloudInit: $cloudInit, boot: $boot, certificate: $certificate, missingNames: $missingNames, logTail: $logTail}'
exit 0
