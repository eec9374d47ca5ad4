#!/usr/bin/env bash
# install-aws-cli.sh VERSION
#
# The first boot reads from S3 and Systems Manager and writes to CloudWatch Logs with the AWS CLI. EL9 has
# no package for it, so this installs AWS's own bundle.
set -euo pipefail

version=${1:?usage: install-aws-cli.sh VERSION}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

curl --fail --silent --show-error --retry 5 --max-time 300 --output "$work/bundle.zip" \
  "https://awscli.amazonaws.com/awscli-exe-linux-x86_64-$version.zip"
unzip -q "$work/bundle.zip" -d "$work"
"$work/aws/install" --update

# As with packages, the installed version counts, not the exit code.
[[ $(/usr/local/bin/aws --version) == "aws-cli/$version "* ]] || {
  echo "the AWS CLI is not version $version" >&2
  exit 1
}
