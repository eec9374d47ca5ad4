#!/usr/bin/env bash
# Installs everything in the image: repositories, packages, the AWS CLI, the first boot.
set -euo pipefail

: "${UPLOAD:?}" "${FOREMAN_VERSION:?}" "${KATELLO_VERSION:?}" "${FEATURES:?}" "${REPOSITORIES:?}"
: "${AWS_CLI_VERSION:?}"
export FOREMAN_VERSION KATELLO_VERSION

bash "$UPLOAD/scripts/list-packages.sh" "$UPLOAD/packages" "$FEATURES" "$FOREMAN_VERSION" \
  >"$UPLOAD/packages/packages.txt"
if [[ $REPOSITORIES == public ]]; then
  bash "$UPLOAD/scripts/install-packages.sh" "$UPLOAD/packages/repositories.txt"
fi
# The installer itself knows which modules its packages come from.
bash "$UPLOAD/scripts/install-package.sh" foreman-installer-katello
bash "$UPLOAD/scripts/enable-modules.sh"
bash "$UPLOAD/scripts/install-packages.sh" "$UPLOAD/packages/packages.txt"
bash "$UPLOAD/scripts/install-aws-cli.sh" "$AWS_CLI_VERSION"
bash "$UPLOAD/scripts/install-first-boot.sh" "$UPLOAD/ansible"
