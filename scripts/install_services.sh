#!/bin/sh
# Installs from Debian's packages what the slow tests use: a browser, PostgreSQL, fonts.
# Without root or a package list nothing is installed, and the tests that need them skip by name.
set -u
wanted=""
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
# The library that the browser tests' driver loads.
ldconfig -p | grep -q libatomic.so.1 || wanted="$wanted libatomic1"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
[ -z "$wanted" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "make: without root the tests that need$wanted are skipped" >&2
    exit 0
fi
echo "Installing$wanted for the tests ..." >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends $wanted fonts-dejavu-core >&2 ||
    echo "make: could not install$wanted; the tests that need them are skipped" >&2
exit 0
