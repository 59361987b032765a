#!/bin/sh
# Make the virtual environment that `make demo` and `make test` run in.
# Usage: sh tests/venv.sh PYTHON VENV
set -eu
python=$1 venv=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "make: Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3" >&2
    exit 1
fi
# Debian splits venv's half of Python into a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y python3-venv >/dev/null
    else
        echo "make: this Python has no venv; on Debian: apt-get install python3-venv" >&2
        exit 1
    fi
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing into $venv (a minute, once) …"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check -e '.[dev]'
