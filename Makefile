# Everything a person does with this project, by name. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench trust
PY := .venv/bin/python
export PORT HOST FRESH

help: ## list what can be done
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## make the Python environment from the lock file, nothing else
	@python3 -I web/bootstrap.py requirements.lock

demo: setup ## play with the sample world (PORT=8000, HOST=127.0.0.1, FRESH=1 starts over)
	@exec $(PY) -m web.demo

test: ## run every test: SQLite, PostgreSQL, browser journeys
	@python3 -I web/bootstrap.py requirements.lock requirements-test.lock
	@exec $(PY) -m tests.run

check: ## lint, types, floors, templates, catalogues
	@python3 -I web/bootstrap.py requirements.lock requirements-test.lock
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --profile jinja --quiet templates
	$(PY) -m web.catalogues

bench: ## measure search, results, tickets and pages in one run
	@python3 -I web/bootstrap.py requirements.lock requirements-test.lock
	@exec $(PY) -m bench

trust: setup ## verify ledgers and recount every result of the demo's data
	@DEMO=1 $(PY) -m flask --app wsgi ledger verify
