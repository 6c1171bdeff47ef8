#!/bin/sh
# Everything that can be said about the code in a minute. All of it runs, even after a failure; one failure is enough to fail.
set -u
cd "$(dirname "$0")/.."
status=0

check() {
    title=$1
    shift
    printf -- '-- %s\n' "$title"
    "$@" || { status=1; printf -- '-- %s: FAILED\n' "$title"; }
}

check "format" .venv/bin/ruff format --check --quiet
check "lint" .venv/bin/ruff check --quiet
check "types" .venv/bin/mypy --no-error-summary
check "imports" .venv/bin/lint-imports --no-logo
check "translations" installer/translations.sh check
check "quick tests" .venv/bin/python -m pytest -q -m "not slow and not real" --session-timeout=60
exit "$status"
