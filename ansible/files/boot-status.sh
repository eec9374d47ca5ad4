#!/usr/bin/env bash
# smart-proxy-boot-status STATUS STEP [REASON]
#
# Records the status of the first boot, to be read from outside. The file is replaced with one move, so
# that a reader never sees half of it. With STEP "-", the step in the file stays.
set -euo pipefail

readonly directory=/var/lib/smart-proxy-rebuilder
readonly file=$directory/status.json
readonly mask=/usr/local/lib/smart-proxy-rebuilder/mask-secrets.sed

status=$1 step=$2 reason=${3:-}
reason_length_max=600

mkdir -p "$directory"
if [[ $step == - ]]; then
  step=$(jq -r .step "$file")
fi
reason=$(tr '\n' ' ' <<<"$reason" | sed -E -f "$mask")

jq -cn --arg status "$status" --arg step "$step" --arg reason "${reason:0:reason_length_max}" '{
  status: $status,
  step: $step,
  reason: ($reason | gsub("^\\s+|\\s+$"; "") | if . == "" then null else . end),
  updatedAt: (now | todate)
}' >"$file.new"
mv "$file.new" "$file"
