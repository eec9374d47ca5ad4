#!/usr/bin/env bash
# bake.sh: bakes one image, configured by environment variables, in CodeBuild or by hand.
#
# On success, the file image-id has the id of a complete, checked and tagged image, and its package list is
# in the artifacts bucket. On failure, there is an error and no such file.
set -euo pipefail

: "${FLEET:?}" "${FOREMAN_VERSION:?}" "${KATELLO_VERSION:?}" "${FEATURES:?}" "${EXECUTION:?}"
: "${ARTIFACTS_BUCKET:?}" "${AWS_REGION:?}" "${BUILDER_INSTANCE_PROFILE:?}"
: "${BASE_IMAGE:=}" "${OPERATING_SYSTEM:=rhel9}"
# CodeBuild has no commit for a source in S3; the object's name is a hash of the files, which is as good.
: "${COMMIT:=${CODEBUILD_RESOLVED_SOURCE_VERSION:-$(basename "${CODEBUILD_SOURCE_REPO_URL:-by-hand}" .zip)}}"
here=$(cd "$(dirname "$0")/.." && pwd)

rm -f image-id image-name manifest.json packages.txt

# A feature without packages is found before there is a builder.
bash "$here/scripts/list-packages.sh" "$here/packages" "$FEATURES" "$FOREMAN_VERSION" >/dev/null

# A value with a leading slash is the name of an SSM parameter that holds the id.
if [[ $BASE_IMAGE == /* ]]; then
  BASE_IMAGE=$(aws ssm get-parameter --name "$BASE_IMAGE" --query Parameter.Value --output text)
fi
image_name="smart-proxy-$FLEET-katello-$KATELLO_VERSION-$(date -u +%Y%m%d-%H%M%S)"
# Written before anything is created, so that the leftovers of a failed bake can be found by name.
echo "$image_name" >image-name

optional=()
[[ -z ${BUILDER_SUBNET_ID:-} ]] || optional+=(-var "subnet_id=$BUILDER_SUBNET_ID")
[[ -z ${KMS_KEY_ID:-} ]] || optional+=(-var "kms_key_id=$KMS_KEY_ID")
# The activation key and the CA come from the environment (PKR_VAR_katello_…), not from the command line.
packer build -color=false \
  -var-file "$here/os/$OPERATING_SYSTEM.pkrvars.hcl" \
  -var "region=$AWS_REGION" \
  -var "fleet=$FLEET" \
  -var "foreman_version=$FOREMAN_VERSION" \
  -var "katello_version=$KATELLO_VERSION" \
  -var "features=$FEATURES" \
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
[[ -s packages.txt ]] || { echo 'the package list is empty' >&2; exit 1; }

for file in packages.txt manifest.json; do
  aws s3 cp --only-show-errors "$file" "s3://$ARTIFACTS_BUCKET/images/$image_id/$file"
done
echo "$image_id" >image-id
echo "baked $image_id ($image_name), $(wc -l <packages.txt) packages"
