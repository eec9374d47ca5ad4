#!/usr/bin/env bash
# smart-proxy-ship-log GROUP STREAM FILE
#
# Sends a log to CloudWatch Logs, with secrets masked. CloudWatch accepts at most 1 MiB and 10,000 events
# per call: batches of 1,000 lines of at most 900 bytes stay below both. Only the end of a very long log
# is sent; a successful run of the installer writes about 50,000 lines.
set -euo pipefail

group=$1 stream=$2 file=$3
lines_max=100000
batch=1000
line_bytes_max=900

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! aws logs create-log-stream --log-group-name "$group" --log-stream-name "$stream" 2>"$work/error"; then
  grep -q ResourceAlreadyExistsException "$work/error" || { cat "$work/error" >&2; exit 1; }
fi

tail -n "$lines_max" "$file" |
  sed -E -f /usr/local/lib/smart-proxy-rebuilder/mask-secrets.sed |
  grep -a '[^[:space:]]' |
  cut -b "1-$line_bytes_max" |
  split -l "$batch" -a 4 - "$work/batch."

for part in "$work"/batch.*; do
  [[ -e $part ]] || continue
  jq -Rn --arg group "$group" --arg stream "$stream" '{
    logGroupName: $group,
    logStreamName: $stream,
    logEvents: [(now * 1000 | floor) as $timestamp | inputs | {timestamp: $timestamp, message: .}]
  }' "$part" >"$work/request.json"
  aws logs put-log-events --cli-input-json "file://$work/request.json" >/dev/null
done
