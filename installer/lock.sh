#!/bin/sh
# Writes both lock files from pyproject.toml: every version and every hash, for every platform, from Python 3.11 up.
# Pins that still fit are kept; pass --upgrade to move to the newest.
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@" pyproject.toml
}

compile --group build --group dev --output-file requirements-dev.lock "${@}"
compile --group build --constraints requirements-dev.lock --output-file requirements.lock
