#!/usr/bin/env bash
# install-aws-cli.sh VERSION
#
# The first boot reads S3 and Systems Manager, and writes CloudWatch Logs, with AWS's own bundle: EL9 has
# no package of it.
set -euo pipefail

version=${1:?usage: install-aws-cli.sh VERSION}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

curl --fail --silent --show-error --retry 5 --max-time 300 --output "$work/bundle.zip" \
  "https://awscli.amazonaws.com/awscli-exe-linux-x86_64-$version.zip"
unzip -q "$work/bundle.zip" -d "$work"
"$work/aws/install" --update

# The same rule as for packages: what counts is what is there afterwards.
[[ $(/usr/local/bin/aws --version) == "aws-cli/$version "* ]] || {
  echo "the AWS command line is not version $version" >&2
  exit 1
}
