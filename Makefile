# Every target sets up what it needs first; when nothing changed that takes no time.
SHELL := /bin/sh
PYTHON := .venv/bin/python
SCREEN := xvfb-run --auto-servernum --server-args "-screen 0 1920x1080x24"
PICTURE := build/desk.png

.DEFAULT_GOAL := help
.PHONY: help setup run drill self-check screens test check bench lock

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## Install system packages, the virtual environment and the locked libraries
	@installer/setup.sh run

run: setup  ## Open the desk on the drill centre; without a screen, take its picture instead
	@installer/run.sh $(PICTURE)

drill: setup  ## Start the drill centre alone, for a desk on this machine
	@.venv/bin/watchfloor-drill

self-check: setup  ## Start as an officer would, wait until the desk is truly up, say so as JSON
	@mkdir -p $(dir $(PICTURE))
	@$(SCREEN) .venv/bin/watchfloor --self-check --picture $(PICTURE)

screens: self-check  ## Take the picture of the desk that the README shows

test:  ## Run every test, on a virtual screen
	@installer/setup.sh test
	@$(SCREEN) $(PYTHON) -m pytest

check:  ## Format, lint, types, imports and the quick tests: a minute at most
	@installer/setup.sh test
	@installer/check.sh

bench:  ## Measure; prints a table and writes build/bench/*.json
	@installer/setup.sh test
	@$(SCREEN) $(PYTHON) -m tests.bench.run

lock:  ## Write the lock files again after a change of the dependencies
	@installer/setup.sh test
	@installer/lock.sh
