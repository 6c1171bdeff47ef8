# Every target sets up what it needs first; when nothing changed that takes no time.
SHELL := /bin/sh
PYTHON := .venv/bin/python
SCREEN := xvfb-run --auto-servernum --server-args "-screen 0 1920x1080x24"
PICTURE := build/desk.png
TRANSLATIONS := $(patsubst %.ts,%.qm,$(wildcard resources/i18n/*.ts))

.DEFAULT_GOAL := help
.PHONY: help libraries tools setup run drill self-check screens wall-screens test lowest check bench sim kill mutants lock translations

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

libraries:
	@installer/setup.sh run

tools:
	@installer/setup.sh test

# Compiled translations are made, not kept; lrelease comes with the libraries.
%.qm: %.ts | libraries
	@.venv/bin/pyside6-lrelease -silent $< -qm $@

setup: libraries $(TRANSLATIONS)  ## Install system packages, the virtual environment and the locked libraries

run: setup  ## Open the desk on the drill centre; without a screen, take its picture instead
	@installer/run.sh $(PICTURE)

drill: setup  ## Start the drill centre alone, for a desk on this machine
	@.venv/bin/watchfloor-drill

self-check: setup  ## Start as an officer would, wait until the desk is truly up, say so as JSON
	@mkdir -p $(dir $(PICTURE))
	@$(SCREEN) .venv/bin/watchfloor --self-check --picture $(PICTURE)

screens: self-check  ## Take the picture of the desk that the README shows

wall-screens: tools $(TRANSLATIONS)  ## Take the pictures of docs/wall.md anew; on two quiet cores it takes a minute
	@$(SCREEN) $(PYTHON) -m tests.wall.pictures docs/pictures

test: tools $(TRANSLATIONS)  ## Run every test, on a virtual screen
	@$(SCREEN) installer/test.sh

lowest: tools $(TRANSLATIONS)  ## Run the tests of the windows with the oldest Qt that is allowed
	@$(SCREEN) installer/lowest.sh

check: tools $(TRANSLATIONS)  ## Format, lint, types, imports and the quick tests: about a minute
	@installer/check.sh

bench: tools $(TRANSLATIONS)  ## Measure; prints a table and writes build/bench/*.json
	@$(SCREEN) $(PYTHON) -m tests.bench.run

SEEDS ?= 1000
FIRST ?= 0
STEPS ?= 36
sim: tools  ## Run simulated shifts (SEEDS=n, FIRST=seed, STEPS=length) and check the invariants after each step
	@PYTHONHASHSEED=0 $(PYTHON) -m tests.sim.run --seeds $(SEEDS) --first $(FIRST) --steps $(STEPS)

N ?= 200
kill: tools  ## Kill the real sync process N times against the real drill centre; nothing lost, nothing twice
	@$(PYTHON) -m tests.kill.run --kills $(N)

mutants: tools  ## Plant known bugs one by one in a copy of the tree; each must be caught
	@$(PYTHON) -m tests.mutants.run

lock: tools  ## Write the lock files again after a change of the dependencies
	@installer/lock.sh

translations: tools  ## Bring the translation files up to date with the texts in the code
	@installer/translations.sh
