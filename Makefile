# The commands of README.md. Everything is made below this folder; nothing needs root.
PYTHON ?= python3
# Not ?=, so that variables of these common names in the environment do not rename a release.
RELEASE = af1
NAMESPACE = airflow
TIMEOUT = 600s
# dist/ is committed and holds the default names only.
BUNDLE = $(if $(filter af1.airflow,$(RELEASE).$(NAMESPACE)),dist,build/$(RELEASE).$(NAMESPACE))
RELEASE_COMMAND = .venv/bin/python scripts/release.py

export PYTHON RELEASE NAMESPACE
export PATH := $(CURDIR)/.venv/nodejs:$(CURDIR)/.venv/bin:$(PATH)
export JSII_NODE := $(CURDIR)/.venv/nodejs/node
export CDK8S_CHECK_UPGRADE := false

.PHONY: synth examples test integration benchmark deploy status delete e2e clean help

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

synth: .venv/ready ## write the manifests to dist/ (other names: build/<release>.<namespace>/)
	@scripts/synth.sh "$(BUNDLE)"

examples: .venv/ready ## write the manifests of the examples anew
	@for example in examples/*/; do CDK8S_OUTDIR=$$example .venv/bin/python -O $${example}main.py; done

test: .venv/ready ## lint, types, unit and bundle tests
	.venv/bin/ruff check . && .venv/bin/ruff format --check .
	.venv/bin/mypy && .venv/bin/python -m pytest

integration: .venv/ready ## the containers of the bundle as real processes (root, Debian)
	tests/integration/run .venv/bin/python tests/integration

benchmark: .venv/ready ## how long a synth takes and what it needs, as a table
	.venv/bin/python scripts/benchmark.py

deploy: synth ## apply the manifests to the current kubectl context and wait until all is ready
	@$(RELEASE_COMMAND) deploy --bundle "$(BUNDLE)" --release "$(RELEASE)" --namespace "$(NAMESPACE)" --timeout $(TIMEOUT)

status: .venv/ready ## what runs in the cluster
	@$(RELEASE_COMMAND) status --bundle "$(BUNDLE)" --release "$(RELEASE)" --namespace "$(NAMESPACE)"

delete: .venv/ready ## delete what deploy made; generated Secrets and volumes stay
	@$(RELEASE_COMMAND) delete --bundle "$(BUNDLE)" --release "$(RELEASE)" --namespace "$(NAMESPACE)" --timeout $(TIMEOUT)

e2e: .venv/ready ## the whole scenario on the current kubectl context, in a namespace of its own
	.venv/bin/python -m pytest tests/cluster -v -s

clean: ## remove what the commands made, dist/ excepted
	rm -rf .venv .venv-airflow node_modules build .mypy_cache .pytest_cache .ruff_cache

.venv/ready: pyproject.toml constraints.txt package.json package-lock.json .npmrc scripts/setup.sh
	@scripts/setup.sh
