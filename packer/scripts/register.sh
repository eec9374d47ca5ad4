#!/usr/bin/env bash
# Registers the builder with Katello for the duration of the bake. Without a host, it does nothing.
set -euo pipefail

: "${KATELLO_HOST=}" "${KATELLO_ORGANIZATION=}" "${KATELLO_ACTIVATION_KEY=}" "${KATELLO_CA_BASE64=}"
readonly ca=/etc/rhsm/ca/katello-of-the-bake.pem configuration=/etc/rhsm/rhsm.conf

[[ $KATELLO_HOST ]] || { echo 'not registered: using the public repositories'; exit 0; }
[[ $KATELLO_ORGANIZATION && $KATELLO_ACTIVATION_KEY && $KATELLO_CA_BASE64 ]] || {
  echo "registering with $KATELLO_HOST needs an organization, an activation key and the CA" >&2
  exit 1
}

mkdir -p "$(dirname "$ca")"
# What the base image had comes back at the end.
[[ -e $configuration.before-the-bake ]] || cp --preserve "$configuration" "$configuration.before-the-bake"
base64 --decode <<<"$KATELLO_CA_BASE64" >"$ca"
subscription-manager config \
  --server.hostname="$KATELLO_HOST" --server.port=443 --server.prefix=/rhsm \
  --rhsm.baseurl="https://$KATELLO_HOST/pulp/content/" --rhsm.repo_ca_cert="$ca"
timeout 300 subscription-manager register --force \
  --org="$KATELLO_ORGANIZATION" --activationkey="$KATELLO_ACTIVATION_KEY"
subscription-manager identity
