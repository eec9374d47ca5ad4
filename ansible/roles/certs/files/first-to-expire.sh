#!/usr/bin/env bash
# first-to-expire.sh TAR
#
# Prints which certificate in a certs.tar expires first, as one line of JSON; nothing if none can be read. A file that is
# no certificate is left to the installer. Of a bundle, OpenSSL reads the first certificate.
set -euo pipefail

tar=$1

tar --list --file "$tar" | { grep '[.]crt$' || true; } | while IFS= read -r file; do
  pem=$(tar --extract --to-stdout --file "$tar" "$file")
  end=$(openssl x509 -noout -enddate 2>/dev/null <<<"$pem") || continue
  subject=$(openssl x509 -noout -subject -nameopt RFC2253 <<<"$pem")
  at=$(date --utc --date "${end#notAfter=}" +%Y-%m-%dT%H:%M:%SZ)
  jq -cn --arg file "$file" --arg subject "${subject#subject=}" --arg expiresAt "$at" \
    '{expiresAt: $expiresAt, file: $file, subject: $subject}'
done | sort | sed -n 1p
