#!/bin/sh
# Opens the desk on the drill centre. On a machine without a screen it takes a picture of the running desk: run.sh FILE
set -eu
cd "$(dirname "$0")/.."
picture=${1:-build/desk.png}

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/watchfloor --drill
fi

echo "There is no display here, so the desk starts on a virtual screen and has its picture taken." >&2
mkdir -p "$(dirname "$picture")"
status=0
xvfb-run --auto-servernum --server-args "-screen 0 1920x1080x24" \
    .venv/bin/watchfloor --self-check --picture "$picture" || status=$?
if [ -s "$picture" ]; then echo "The picture of the desk is $PWD/$picture" >&2; fi
exit "$status"
