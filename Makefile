# What people type. Everything is set up by `make` itself: git, make and any Python 3.11 or newer are enough.
.DEFAULT_GOAL := help
.PHONY: help setup up test test-apart test-whole test-assistant test-slow simulated-year screenshots check train clean

help:  ## this text
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup:  ## the two environments, as locked (the other targets do it by themselves)
	@tools/with-python tools/setup.py

up: setup  ## start everything on this machine; Ctrl-C stops it
	@exec .venv/bin/tawasul up

test: setup  ## all checks and tests, save the minutes-long ones
	@$(MAKE) --no-print-directory -j2 --output-sync=line test-whole test-assistant

# Two things at a time, and within each what mostly waits, for pauses that are part of what it tests, two at a time: the
# tests that need no trained model go while it is trained; those of the whole system, and of its commands, afterwards,
# and as many of the others as make both take equally long.
WHOLE := tests/e2e tests/faults tests/simulation tests/contact_center/commands tests/contact_center/supervision \
	tests/year tests/tools

test-apart: check
	.venv/bin/pytest -n 2 --dist loadfile -m "not slow" $(addprefix --ignore=,$(WHOLE))

test-whole: train
	.venv/bin/pytest -n 2 --dist loadfile -m "not slow" $(WHOLE)

test-assistant: train test-apart
	bot/.venv/bin/python -m pytest -m "not slow" tests/bot/rasa
	bot/.venv/bin/rasa data validate --fail-on-warnings
	bot/.venv/bin/rasa test core --fail-on-prediction-errors

test-slow: setup train  ## the minutes-long tests
	.venv/bin/pytest -m slow
	bot/.venv/bin/python -m pytest -m slow tests/bot/rasa

simulated-year: setup  ## a year of 90,000 cases, beside a slow model of the rules; the better part of an hour
	.venv/bin/python -m tests.year --cases 90000 --seed 2026

screenshots: setup  ## a picture of each of the console's pages, in docs/images/console
	.venv/bin/pytest tests/contact_center/console/screenshots/take_screenshots.py

check: setup  ## formatting, types, and who may import whom
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/mypy --config-file bot/pyproject.toml --python-executable bot/.venv/bin/python
	.venv/bin/lint-imports

train: setup  ## train the assistant, if its data or its configuration changed
	@.venv/bin/tawasul train

clean:  ## remove environments, models and caches; what is in var/ stays
	rm -rf .venv bot/.venv .tools models .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .rasa .hypothesis
