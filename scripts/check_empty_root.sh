#!/bin/sh
# Makes an empty Debian root with only Python, pip and make, and runs `make brief` and `make test` there.
# Needs root, debootstrap and a mirror. usage: check_empty_root.sh [FOLDER] [MIRROR]
set -eu
place=${1:-/var/tmp/detente-root}
mirror=${2:-http://deb.debian.org/debian}
root=$(cd "$(dirname "$0")/.." && pwd)
[ -d "$place/usr" ] || debootstrap --variant=minbase --include=python3,python3-venv,python3-pip,make,ca-certificates bookworm "$place" "$mirror"
rm -rf "$place/work" && mkdir "$place/work"
tar -C "$root" --exclude=.venv --exclude=.git --exclude='*cache*' -cf - . | tar -C "$place/work" -xf -
cp /etc/resolv.conf "$place/etc/resolv.conf"
for file in /etc/pip.conf /root/.config/pip/pip.conf /root/.pip/pip.conf; do
    [ -f "$file" ] && cp "$file" "$place/etc/pip.conf" && break
done
chroot "$place" make -C /work brief test
