#!/bin/sh
# Makes an empty Debian root with only Python, pip and make, and runs make there on the committed files.
# Needs root, debootstrap and git. usage: [MIRROR=URL] check_empty_root.sh [FOLDER [TARGET…]]
# The machine's certificates are lent to the root, and these variables of its package index, where set.
set -eu
place=${1:-/var/tmp/detente-root}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- brief test
mirror=${MIRROR:-http://deb.debian.org/debian}
root=$(cd "$(dirname "$0")/.." && pwd)
settings=$(env | grep -E '^(PIP_(INDEX_URL|EXTRA_INDEX_URL|CERT|DEFAULT_TIMEOUT)|https?_proxy|no_proxy)=' || true)
[ -x "$place/usr/bin/make" ] || debootstrap --variant=minbase \
    --include=python3,python3-venv,python3-pip,make,ca-certificates bookworm "$place" "$mirror"
rm -rf "$place/work"
mkdir "$place/work"
git -C "$root" ls-files -z | tar -C "$root" --null -T - -cf - | tar -C "$place/work" -xf -
cp /etc/resolv.conf "$place/etc/resolv.conf"
cp /etc/ssl/certs/ca-certificates.crt "$place/etc/ssl/certs/ca-certificates.crt"
# Its own mounts and processes, which end with it; none of this machine's environment.
export place settings
exec unshare --mount --pid --fork --kill-child sh -eu -c '
    mount -t proc proc "$place/proc"
    mount -t tmpfs tmpfs "$place/dev/shm"
    IFS="
"
    exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root $settings \
        chroot "$place" make -C /work "$@"' sh "$@"
