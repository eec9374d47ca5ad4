#!/usr/bin/env bash
# Makes the root file system in which the tests run, once, and prints its path.
#
# Everything that the tests need is inside: the machine itself stays as it is. The path carries a hash
# of the recipe, so that a changed recipe makes a new root.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cache=${1:?usage: build.sh CACHE_DIRECTORY}
recipe=$(cat "$here/build.sh" "$here/debian-packages.txt" "$here"/requirements/*.txt | sha256sum | cut -c1-12)
root=$cache/image-test-root-$recipe

if [[ -e $root/complete ]]; then
  echo "$root"
  exit 0
fi

((EUID == 0)) || { echo 'test:image needs root, for namespaces and mounts: run it with sudo' >&2; exit 1; }
if ! command -v mmdebstrap >/dev/null; then
  { apt-get update -q && apt-get install -y -q mmdebstrap; } >&2
fi

echo "making the test root $root (about two minutes)" >&2
rm -rf "$cache"/image-test-root-*
mkdir -p "$root"
packages=$(grep -v '^#' "$here/debian-packages.txt" | paste -sd,)
mmdebstrap --quiet --variant=minbase --include="$packages" bookworm - | tar -C "$root" -x

# Packages come through the machine's own way out: its resolver, its authorities, its pip settings.
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
cp -r "$here/requirements" "$root/opt/requirements"
in_root=(unshare --mount --pid --fork --mount-proc="$root/proc" chroot "$root" env -i
  PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root PIP_CERT=/etc/ssl/certs/ca-certificates.crt
  PIP_DISABLE_PIP_VERSION_CHECK=1 ${PIP_INDEX_URL:+PIP_INDEX_URL="$PIP_INDEX_URL"})
for tool in ansible lint aws; do
  "${in_root[@]}" python3 -m venv "/opt/$tool" >&2
  "${in_root[@]}" "/opt/$tool/bin/pip" install --quiet -r "/opt/requirements/$tool.txt" >&2
done
ln -s /opt/ansible/bin/ansible-playbook "$root/usr/bin/ansible-playbook"
ln -s /opt/aws/bin/aws "$root/usr/local/bin/aws"
rm -rf "$root/root/.cache"

touch "$root/complete"
echo "$root"
