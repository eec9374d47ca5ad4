#!/usr/bin/env bash
# bake.sh: one bake, told by the environment, for CodeBuild and for a person alike.
#
# Ends with the id of a complete, checked, tagged image in the file image-id, whose list of packages is
# in the artifacts bucket; or with an error and without that file.
set -euo pipefail

: "${FLEET:?}" "${FOREMAN_VERSION:?}" "${KATELLO_VERSION:?}" "${EXECUTION:?}" "${ARTIFACTS_BUCKET:?}"
: "${AWS_REGION:?}" "${BUILDER_INSTANCE_PROFILE:?}"
: "${BASE_IMAGE:=}" "${OPERATING_SYSTEM:=rhel9}"
# CodeBuild knows no commit of a source in S3; the name of the object is a hash of the files, and as good.
: "${COMMIT:=${CODEBUILD_RESOLVED_SOURCE_VERSION:-$(basename "${CODEBUILD_SOURCE_REPO_URL:-by-hand}" .zip)}}"
here=$(cd "$(dirname "$0")/.." && pwd)

rm -f image-id image-name manifest.json packages.txt

# "/aws/…" and the like name an SSM parameter that holds the id.
if [[ $BASE_IMAGE == /* ]]; then
  BASE_IMAGE=$(aws ssm get-parameter --name "$BASE_IMAGE" --query Parameter.Value --output text)
fi
image_name="smart-proxy-$FLEET-katello-$KATELLO_VERSION-$(date -u +%Y%m%d-%H%M%S)"
# Known before anything exists, so that what is left of a failed bake can be found by it.
echo "$image_name" >image-name

optional=()
[[ -z ${BUILDER_SUBNET_ID:-} ]] || optional+=(-var "subnet_id=$BUILDER_SUBNET_ID")
[[ -z ${KMS_KEY_ID:-} ]] || optional+=(-var "kms_key_id=$KMS_KEY_ID")
# The activation key and the CA come as PKR_VAR_katello_… from the environment, not from a command line.
packer build -color=false \
  -var-file "$here/os/$OPERATING_SYSTEM.pkrvars.hcl" \
  -var "region=$AWS_REGION" \
  -var "fleet=$FLEET" \
  -var "foreman_version=$FOREMAN_VERSION" \
  -var "katello_version=$KATELLO_VERSION" \
  -var "base_image=$BASE_IMAGE" \
  -var "image_name=$image_name" \
  -var "commit=$COMMIT" \
  -var "execution=$EXECUTION" \
  -var "builder_instance_profile=$BUILDER_INSTANCE_PROFILE" \
  "${optional[@]}" \
  "$here"

image_id=$(jq -r '.last_run_uuid as $run | .builds[] | select(.packer_run_uuid == $run)
  | .artifact_id | split(":")[1]' manifest.json)
[[ $image_id =~ ^ami-[0-9a-f]+$ ]] || { echo "manifest.json names no image: '$image_id'" >&2; exit 1; }
[[ -s packages.txt ]] || { echo 'the list of packages is empty' >&2; exit 1; }

for file in packages.txt manifest.json; do
  aws s3 cp --only-show-errors "$file" "s3://$ARTIFACTS_BUCKET/images/$image_id/$file"
done
echo "$image_id" >image-id
echo "baked $image_id ($image_name), $(wc -l <packages.txt) packages"
