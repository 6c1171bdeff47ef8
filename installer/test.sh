#!/bin/sh
# The whole suite on three workers. Many tests time real processes, which busy cores can starve: what fails is run once
# more, alone, and fails for good if it fails again. Both runs are printed.
set -u
cd "$(dirname "$0")/.."

.venv/bin/python -m pytest --numprocesses 3 --dist loadfile
status=$?
[ "$status" -eq 1 ] || exit "$status"
echo "-- what failed is run once more, alone"
exec .venv/bin/python -m pytest --last-failed --last-failed-no-failures none
