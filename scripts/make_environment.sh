#!/bin/sh
# Builds .venv from the pinned, hashed dependencies. Usage: make_environment.sh PYTHON
set -eu
python=$1
command -v "$python" >/dev/null 2>&1 || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "make: Détente needs Python 3.11 or later; $python is $("$python" -V 2>&1)" >&2
    exit 1
}
if [ ! -x .venv/bin/pip ]; then
    echo "Building the environment in .venv (once, some minutes) ..." >&2
    # Debian splits venv's pip off into python3-venv; without it, the system's pip sets the new one up.
    "$python" -m venv .venv 2>/dev/null || {
        "$python" -m venv --without-pip .venv
        "$python" -m pip --python .venv/bin/python install -q --require-hashes -r requirements/pip.txt
    }
fi
.venv/bin/python -m pip install -q --require-hashes -r requirements/pip.txt
.venv/bin/python -m pip install -q --no-deps --require-hashes -r requirements/dev.txt
.venv/bin/python -m pip install -q --no-deps --no-build-isolation -e .
