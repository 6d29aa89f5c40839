# Everything needs only python3 (3.11 or newer, with venv) and make. `make run` serves the site, `make test` proves it.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin
# By hand, `manage.py` takes production for granted and asks for its secrets; here we develop.
export GRADUS_ENV ?= development
# A test run starts hundreds of processes: with bytecode kept, they need not compile the same modules each.
unexport PYTHONDONTWRITEBYTECODE

# Tests that need the machine to themselves; of all others three run at a time: they mostly wait.
ALONE = tests/attacks tests/faults tests/grader/sandbox

.PHONY: env lock run test slow faults soak lint format bench

env:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not on PATH. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Gradus needs Python 3.11 or newer; $(PYTHON) is %d.%d. Name a newer one: make PYTHON=python3.11" % sys.version_info[:2])'
	@$(PYTHON) config/environments.py build

lock: env
	@$(PYTHON) config/environments.py lock

run: env
	@PORT=$(PORT) $(BIN)/python -m config.supervisor --end-with-parent $(if $(filter no,$(GRADING)),--without-grading) $(if $(filter yes,$(EMPTY)),--empty)

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: env
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: lint
	@mkdir -p .data
	$(BIN)/python manage.py makemigrations --check --dry-run
	GRADUS_ENV=production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(32))') \
	  ALLOWED_HOSTS=gradus.example REDIS_URL=redis://127.0.0.1 EMAIL_URL=smtp://127.0.0.1:25 \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m tests.postgresql $(BIN)/python -m pytest -m database $(ALONE)
	$(BIN)/python -m tests.postgresql $(BIN)/python -m pytest -m database -n 3 --dist worksteal $(ALONE:%=--ignore=%)
	$(BIN)/python -m pytest $(ALONE)
	$(BIN)/python -m pytest -n 3 --dist worksteal $(ALONE:%=--ignore=%)

# What takes minutes: every figure of the textbook, all seeds; the benches, in small.
slow: env
	$(BIN)/python -m pytest -m slow

# Every fault so many times, at moments spread over every phase; FAULTS_SEED=N does the same ones again.
faults: export FAULTS ?= 50
faults: env
	$(BIN)/python -m tests.postgresql $(BIN)/python -m pytest tests/faults
	$(BIN)/python -m pytest tests/faults

# An hour of mixed load with a fault every minute; what may not grow is printed before and after.
soak: export SOAK_SECONDS ?= 3600
soak: env
	$(BIN)/python -m tests.postgresql $(BIN)/python -m tests.faults.soak

bench: env
	@$(PYTHON) config/environments.py build-bench
	$(BIN)/python -m bench
