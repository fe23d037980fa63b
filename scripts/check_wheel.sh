#!/bin/sh
# Builds the wheel, installs it alone in an empty environment and runs the tests with the sources away.
# usage: check_wheel.sh [PYTHON] [TESTS…]
set -eu
python=${1:-python3.11}
[ $# -gt 0 ] && shift
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$python" -m venv "$place/env"
"$place/env/bin/pip" install -q -r "$root/requirements/pip.txt"
# Built from a copy: what earlier builds left in build/ is in no wheel.
mkdir "$place/source"
cp -R "$root/src" "$root/requirements" "$root/pyproject.toml" "$root/README.md" "$root/LICENSE" "$place/source/"
"$place/env/bin/pip" wheel -q --no-deps -w "$place/wheel" "$place/source"
"$place/env/bin/pip" install -q -r "$root/requirements/dev.txt"
"$place/env/bin/pip" install -q --no-deps "$place"/wheel/*.whl
mkdir "$place/away"
for part in tests evaluation training benchmarks scripts samples docs README.md Makefile pyproject.toml; do
    cp -R "$root/$part" "$place/away/"
done
cd "$place/away"
"$place/env/bin/python" -c 'import detente, sys; sys.exit("src" in detente.__file__)'
"$place/env/bin/python" -m pytest "${@:-tests}"
