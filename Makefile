# The commands of README.md. Everything is made below this folder; nothing needs root.
PYTHON ?= python3
# Not ?=, so that variables of these common names in the environment do not rename a release.
RELEASE = af1
NAMESPACE = airflow
TIMEOUT = 600s
# dist/ is committed and holds the default names only.
BUNDLE = $(if $(filter af1.airflow,$(RELEASE).$(NAMESPACE)),dist,build/$(RELEASE).$(NAMESPACE))
# The image with DAGs: docker/Dockerfile. A name without tag gets one that follows from the content.
EMBEDDED_DAGS_LOCATION = dags
REQUIREMENTS_TXT_LOCATION = requirements/dags.txt
IMAGE = airflow-dags
BASE_IMAGE = apache/airflow:3.3.2
BUILDER ?= docker
PLATFORM =
PIP_CONFIG =
IMAGE_OPTIONS = --dags "$(EMBEDDED_DAGS_LOCATION)" --requirements "$(REQUIREMENTS_TXT_LOCATION)" \
	--base "$(BASE_IMAGE)" --image "$(IMAGE)" --builder "$(BUILDER)" --platform "$(PLATFORM)" \
	--pip-config "$(PIP_CONFIG)"
RELEASE_COMMAND = .venv/bin/python scripts/release.py

export PYTHON RELEASE NAMESPACE
export PATH := $(CURDIR)/.venv/nodejs:$(CURDIR)/.venv/bin:$(PATH)
export JSII_NODE := $(CURDIR)/.venv/nodejs/node
export CDK8S_CHECK_UPGRADE := false

.PHONY: synth examples test integration benchmark deploy status delete check-dags image push e2e clean help

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

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

check-dags: ## import the DAGs of EMBEDDED_DAGS_LOCATION in the image they would be in
	@$(PYTHON) scripts/image.py check $(IMAGE_OPTIONS)

image: ## an image with the DAGs and their packages, if all DAGs can be imported
	@$(PYTHON) scripts/image.py build $(IMAGE_OPTIONS)

push: ## push the image of these DAGs and packages to its registry
	@$(PYTHON) scripts/image.py push $(IMAGE_OPTIONS)

e2e: .venv/ready ## the whole scenario on the current kubectl context, in a namespace of its own
	.venv/bin/python -m pytest tests/cluster -v -s

clean: ## remove what the commands made, dist/ excepted
	rm -rf .venv .venv-airflow node_modules build .mypy_cache .pytest_cache .ruff_cache

.venv/ready: pyproject.toml constraints.txt package.json package-lock.json .npmrc scripts/setup.sh
	@scripts/setup.sh
