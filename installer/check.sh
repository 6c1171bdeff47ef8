#!/bin/sh
# Everything that can be said about the code in a minute: what reads it beside the quick tests, which hold the import
# contracts, the documents and the translations to the tree as well. All of it runs, even after a failure; one failure is
# enough to fail.
set -u
cd "$(dirname "$0")/.."

check() {
    title=$1
    shift
    printf -- '-- %s\n' "$title"
    "$@" || { status=1; printf -- '-- %s: FAILED\n' "$title"; }
}

read_code() {
    status=0
    check "format" .venv/bin/ruff format --check --quiet
    check "lint" .venv/bin/ruff check --quiet
    check "types" .venv/bin/mypy --no-error-summary
    return "$status"
}

read=$(mktemp)
trap 'rm -f "$read"' EXIT
read_code >"$read" 2>&1 &

status=0
check "quick tests" .venv/bin/python -m pytest -q --numprocesses 2 --dist loadfile -m "not slow and not real and not gui" --session-timeout=300
wait $! || status=1
cat "$read"
[ "$status" -eq 0 ] && echo "all well"
exit "$status"
