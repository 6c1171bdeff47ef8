#!/bin/sh
# Runs the tests of everything that is painted and clicked with the oldest Qt that pyproject.toml allows: the last one
# for older systems. The virtual environment stands apart, in build/, and is kept for the next time.
set -eu
cd "$(dirname "$0")/.."
venv=build/lowest
qt=$(sed -n 's/.*"PySide6-Essentials>=\([0-9.]*\),.*/\1/p' pyproject.toml)
[ -n "$qt" ] || { echo "lowest: pyproject.toml names no lowest PySide6-Essentials" >&2; exit 2; }

mkdir -p build
[ -x "$venv/bin/python" ] || .venv/bin/uv venv --quiet --python .venv/bin/python "$venv"
printf 'pyside6-essentials==%s\nshiboken6==%s\n' "$qt" "$qt" > "$venv/overrides.txt"
# Hashes are the lock's, and the lock is of the newest: this environment is for tests only.
.venv/bin/uv pip install --quiet --no-verify-hashes --python "$venv/bin/python" \
    --override "$venv/overrides.txt" -r requirements-dev.lock
echo "-- with PySide6 $qt"
exec "$venv/bin/python" -m pytest -q -p no:cacheprovider tests/qt tests/map tests/desktop "$@"
