# Strengths Hub: thin targets over manage.py and scripts/. `make help` lists them.
#
# Variables: PORT=8000        where `make run` serves, on this machine only
#            HUB_DATA=var     folder of the database, media and collected static files
#            K=booking        `make test` runs only unit and browser tests whose names match
#            CI=true          every skipped group of `make test` is a failure
#            FULL=1           `make bench` measures search on every engine and at 50,000 pages too
#            ES=1             `make test` may fetch Elasticsearch (947 MB, once) for its group, as CI=true may

PORT ?= 8000
HUB_DATA ?= var
PYTHON ?= python3
export PORT HUB_DATA K CI ES FULL

.DEFAULT_GOAL := help
.PHONY: help run test bench lint format lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: ## serve the hub with demo content at http://127.0.0.1:8000; nothing else is needed
	@$(PYTHON) scripts/run.py

test: ## everything: lint, checks, migrations, unit, mail, PostgreSQL, Elasticsearch, browser (K=word: a part)
	@$(PYTHON) scripts/test.py

bench: ## figures and ratios measured side by side in one run
	@$(PYTHON) scripts/environment.py requirements-dev.txt -m bench

lint: ## style of Python and templates, without tests
	@$(PYTHON) scripts/test.py lint

format: ## put Python in the project's style
	@$(PYTHON) scripts/test.py format

lock: ## pin and hash what requirements*.in name
	@$(PYTHON) scripts/lock.py

clean: ## remove the virtual environment and caches; the hub's data (var/) stays
	rm -rf .venv .test .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
