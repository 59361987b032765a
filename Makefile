# The two commands a newcomer needs: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_DIR ?= demo
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help demo test coverage check servers format golden reference docs wheel lock sbom audit soak screenshots clean

help: ## what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): pyproject.toml tests/venv.sh
	@sh tests/venv.sh "$(PYTHON)" "$(VENV)"
	@touch $(STAMP)

demo: $(STAMP) ## the whole job on bundled articles, into ./demo
	@$(BIN)/digest demo $(DEMO_DIR)

servers: ## what the real tests need from Debian and npm, where it may be installed
	@sh tests/servers.sh

check: $(STAMP) ## format, lint, types, floors, tests without the slow real parts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q -n $(WORKERS) -m "not slow and not postgres and not chromium and not postfix and not node and not spamassassin"

test: $(STAMP) servers ## everything, with real PostgreSQL, Chromium and Postfix where they are
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q -n $(WORKERS)

coverage: $(STAMP) servers ## the same tests, counting the lines and branches that they reach; twice as long
	@$(BIN)/pytest -q -n $(WORKERS) --cov --cov-report=term:skip-covered

format: $(STAMP) ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

golden: $(STAMP) ## accept the mails as rendered now; read the diff before committing it
	@$(BIN)/python -m tests.rendering.accept

reference: $(STAMP) ## the pages that are written from the code: settings and commands
	@$(BIN)/python -m tests.settings.reference
	@$(BIN)/python -m tests.docs.reference

screenshots: $(STAMP) ## the pictures of the mails in docs/screenshots
	@$(BIN)/python -m tests.rendering.screenshots

soak: $(STAMP) servers ## a thousand kill -9 and a crash at every single step; long
	@$(BIN)/python -m tests.soak --steps
	@$(BIN)/python -m tests.soak
	@DIGEST_TEST_SOAK=1 $(BIN)/pytest -q tests/dispatch/test_killing.py tests/journeys/sending/test_crash_matrix.py \
		tests/journeys/sending/test_killed.py tests/transports/smtp/test_postfix_soak.py \
		tests/journeys/sending/test_postfix_fronts.py --timeout 3600

docs: $(STAMP) reference ## the documentation as a site, in ./site
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[docs]'
	@$(BIN)/zensical build --clean --strict

wheel: $(STAMP) ## what can be installed elsewhere, in ./dist
	@$(BIN)/python -m build --outdir dist . >/dev/null
	@ls dist

lock: $(STAMP) ## the container's packages, each with its hash, in deploy/requirements.txt
	@$(BIN)/uv pip compile -q --python-version 3.13 --generate-hashes --no-header --no-annotate \
		--extra extraction --extra postgres --extra desk --extra oidc --extra feedback --extra check \
		pyproject.toml -o deploy/requirements.txt

sbom: $(STAMP) ## what the container holds, as CycloneDX, in dist/sbom.cdx.json
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[supply]'
	@mkdir -p dist && PYTHONWARNINGS=ignore::UserWarning $(BIN)/cyclonedx-py requirements \
		deploy/requirements.txt --pyproject pyproject.toml --of JSON -o dist/sbom.cdx.json
	@echo "dist/sbom.cdx.json"

audit: $(STAMP) ## known vulnerabilities of the container's packages; asks the network
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[supply]'
	@$(BIN)/pip-audit --strict --require-hashes -r deploy/requirements.txt || { \
		echo "make: not clean. Where a package \"could not be audited\", this network's index has no advisories:" \
		"try PIP_AUDIT_VULNERABILITY_SERVICE=osv make audit, or another network" >&2; exit 1; }

clean: ## remove what the above made
	rm -rf $(VENV) $(DEMO_DIR) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* dist site
