# Gradus. `make test` needs python3 (3.11 or newer, with venv) and make only.
.DEFAULT_GOAL := help
.PHONY: help env lint test

export GRADUS_ENV ?= development
STAMP := .venv/stamp

help:
	@echo "make env    the two environments: ours, and the one that students' code sees"
	@echo "make lint   ruff, missing migrations, deployment check"
	@echo "make test   all of that and the tests"

env: $(STAMP)

$(STAMP): requirements-dev.lock requirements-sandbox.lock
	@python3 -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Gradus needs python3 3.11 or newer with the module venv (Debian: apt-get install python3-venv)."; exit 1; }
	python3 -m venv .venv
	.venv/bin/pip install --quiet --require-hashes -r requirements-dev.lock
	python3 -m venv .venv-sandbox
	.venv-sandbox/bin/pip install --quiet --require-hashes -r requirements-sandbox.lock
	@touch $(STAMP)

lint: env
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	@mkdir -p .data
	.venv/bin/python manage.py makemigrations --check --dry-run
	GRADUS_ENV=production SECRET_KEY=$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
	  ALLOWED_HOSTS=gradus.example EMAIL_URL=smtp://localhost REDIS_URL=redis://localhost \
	  .venv/bin/python manage.py check --deploy --fail-level ERROR

test: lint
	.venv/bin/python -m pytest
