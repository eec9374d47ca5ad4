#!/usr/bin/env bash
# remove-leftovers.sh: removes what a bake may have left behind; takes the environment of bake.sh.
#
# Packer cleans up after its own errors, but not if it is killed. This removes the builders of this
# execution, the builders of the fleet whose time is over (a stopped build runs no further command), what
# was created for them and, unless the bake succeeded (the file image-id exists), its incomplete image.
set -euo pipefail

: "${FLEET:?}" "${EXECUTION:?}" "${AWS_REGION:?}"
export AWS_DEFAULT_REGION=$AWS_REGION
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
builders=("Name=tag:smart-proxy-rebuilder:role,Values=builder" "Name=tag:smart-proxy-rebuilder:fleet,Values=$FLEET")

# removable LIST COMMAND...: prints the id of each entry that may be removed according to its tags.
removable() {
  local list=$1
  shift
  "$@" --output json | jq -r --arg execution "$EXECUTION" --arg now "$now" "$list"' | select(
      (.Tags // [] | from_entries) as $tags
      | $tags["smart-proxy-rebuilder:execution"] == $execution
        or ($tags["smart-proxy-rebuilder:builder-until"] // $now) < $now
    ) | .InstanceId // .VolumeId // .KeyName // .GroupId // .ImageId // .SnapshotId'
}

remove_image() {
  local image=$1 snapshots snapshot
  snapshots=$(aws ec2 describe-images --image-ids "$image" \
    --query 'Images[].BlockDeviceMappings[].Ebs.SnapshotId' --output text)
  aws ec2 deregister-image --image-id "$image"
  for snapshot in $snapshots; do
    [[ $snapshot == None ]] || aws ec2 delete-snapshot --snapshot-id "$snapshot"
  done
  echo "removed the incomplete image $image"
}

live=Name=instance-state-name,Values=pending,running,stopping,stopped
instances=$(removable '.Reservations[].Instances[]' \
  aws ec2 describe-instances --filters "${builders[@]}" "$live")
if [[ $instances ]]; then
  # shellcheck disable=SC2086  # a list of ids
  aws ec2 terminate-instances --instance-ids $instances >/dev/null
  # shellcheck disable=SC2086
  aws ec2 wait instance-terminated --instance-ids $instances
  echo "terminated ${instances//$'\n'/ }"
fi
available=Name=status,Values=available
for id in $(removable '.Volumes[]' aws ec2 describe-volumes --filters "${builders[@]}" "$available"); do
  aws ec2 delete-volume --volume-id "$id"
  echo "deleted $id"
done
for id in $(removable '.KeyPairs[]' aws ec2 describe-key-pairs --filters "${builders[@]}"); do
  aws ec2 delete-key-pair --key-name "$id" >/dev/null
  echo "deleted $id"
done
for id in $(removable '.SecurityGroups[]' aws ec2 describe-security-groups --filters "${builders[@]}"); do
  aws ec2 delete-security-group --group-id "$id" >/dev/null
  echo "deleted $id"
done

if [[ ! -e image-id && -e image-name ]]; then
  # By name, which the image has from the start.
  for image in $(aws ec2 describe-images --owners self \
    --filters "Name=name,Values=$(cat image-name)" --query 'Images[].ImageId' --output text); do
    remove_image "$image"
  done
  ours=("Name=tag:smart-proxy-rebuilder:fleet,Values=$FLEET"
    "Name=tag:smart-proxy-rebuilder:execution,Values=$EXECUTION")
  for id in $(aws ec2 describe-snapshots --owner-ids self --filters "${ours[@]}" \
    --query 'Snapshots[].SnapshotId' --output text); do
    aws ec2 delete-snapshot --snapshot-id "$id"
    echo "deleted $id"
  done
fi
