#!/usr/bin/env bash
# enter.sh ROOT REPOSITORY [TEST...]: inside fresh namespaces, lays out the tests' machine and starts them.
set -euo pipefail

base=$1 repository=$2
shift 2

mount --make-rprivate /
here=$(mktemp -d)
mount -t tmpfs tests "$here"
mkdir "$here"/{upper,work,root}
mount -t overlay overlay -o "lowerdir=$base,upperdir=$here/upper,workdir=$here/work" "$here/root"
root=$here/root
mkdir -p "$root"/{repo,mnt/base,cases}
mount --bind "$repository" "$root/repo"
mount -o remount,bind,ro "$root/repo"
mount --bind "$base" "$root/mnt/base"
mount -t tmpfs cases "$root/cases"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"

if [[ ${PACKER_DIRECTORY:-} ]]; then
  mkdir "$root/opt/packer"
  mount --bind "$PACKER_DIRECTORY" "$root/opt/packer"
fi
mkdir "$root/opt/rendered-user-data"
mount --bind "$RENDERED_USER_DATA" "$root/opt/rendered-user-data"

# The metadata service's address, AWS's, and the instance's own.
ip link set lo up
for address in 169.254.169.254 10.20.0.10; do
  ip address add "$address/32" dev lo
done

exec chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  HOME=/root LANG=C.UTF-8 PYTHONPATH=/repo/test/image PYTHONDONTWRITEBYTECODE=1 \
  SHARD="${SHARD:-1/1}" \
  bash -c 'cd /repo/test/image && exec /opt/aws/bin/python -m suite "$@"' suite "$@"
