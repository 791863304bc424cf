# The commands of README.md. Everything is made below this folder; nothing needs root.
PYTHON ?= python3
# Not ?=, so that variables of these common names in the environment do not rename a release.
VALUES =
RELEASE = $(if $(VALUES),,af1)
NAMESPACE = $(if $(VALUES),,airflow)
COMPONENT =
TIMEOUT = 600s
# How many bundles the integration tests run at a time: one needs two cores and 4 GiB.
SCENES = 2
# dist/ is committed and holds the default names only; a values file may name its release itself.
NAMED = $(if $(RELEASE)$(NAMESPACE),$(RELEASE).$(NAMESPACE),$(basename $(notdir $(lastword $(VALUES)))))
BUNDLE = $(if $(filter af1.airflow,$(VALUES)$(NAMED)),dist,build/$(NAMED))
NAMES = --bundle "$(BUNDLE)" --release "$(RELEASE)" --namespace "$(NAMESPACE)"
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
LINT_AND_TYPES = .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy
PYTEST = .venv/bin/python -m pytest --quiet --numprocesses auto --maxprocesses 8 --dist worksteal
USE_COMMAND = .venv/bin/python scripts/use.py

export PYTHON RELEASE NAMESPACE
export PATH := $(CURDIR)/.venv/nodejs:$(CURDIR)/.venv/bin:$(PATH)
export JSII_NODE := $(CURDIR)/.venv/nodejs/node
export CDK8S_CHECK_UPGRADE := false

.PHONY: synth examples test test-fast integration integration-examples benchmark deploy diff status delete check-dags image push e2e clean help \
	browse-web browse-flower logs shell backfill minikube-start minikube-stop schema network-table security-table

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-21s %s\n", $$1, $$2}' Makefile

synth: .venv/ready ## write the manifests to dist/ (other names, or VALUES=file: below build/)
	@scripts/synth.sh "$(BUNDLE)" $(VALUES)

examples: .venv/ready ## write the manifests of the examples anew
	@for example in examples/*/; do CDK8S_OUTDIR=$$example .venv/bin/python -O $${example}main.py; done

test: .venv/ready ## lint, types, unit and bundle tests
	$(LINT_AND_TYPES) && $(PYTEST) --durations=10

test-fast: .venv/ready ## lint, types, and the unit tests that start no other program; one synth each
	$(LINT_AND_TYPES) && SYNTHS=1 $(PYTEST) tests/unit -m "not slow"

integration: .venv/ready ## the containers of the bundle as real processes (root, Debian)
	SCENES=$(SCENES) tests/integration/run .venv/bin/python tests/integration --durations=10

integration-examples: .venv/ready ## start every example for real, one after the other (an hour)
	tests/integration/run .venv/bin/python tests/integration/test_t_examples.py --examples

benchmark: .venv/ready ## how long a synth takes and what it needs, as a table
	.venv/bin/python scripts/benchmark.py

deploy: synth ## apply the manifests to the current kubectl context and wait until all is ready
	@$(RELEASE_COMMAND) deploy $(NAMES) --timeout $(TIMEOUT)

status: .venv/ready ## what runs in the cluster
	@$(RELEASE_COMMAND) status $(NAMES)

delete: .venv/ready ## delete what deploy made; generated Secrets and volumes stay
	@$(RELEASE_COMMAND) delete $(NAMES) --timeout $(TIMEOUT)

diff: synth ## what deploy would change in the cluster
	@$(RELEASE_COMMAND) diff $(NAMES)

browse-web: .venv/ready ## open the web interface on localhost:8080 (any cluster, minikube too)
	@$(USE_COMMAND) web $(NAMES)

browse-flower: .venv/ready ## open Flower on localhost:5555
	@$(USE_COMMAND) flower $(NAMES)

logs: .venv/ready ## follow the logs of all pods, or of COMPONENT=worker
	@$(USE_COMMAND) logs $(NAMES) --component "$(COMPONENT)"

shell: .venv/ready ## a shell in the scheduler, or in COMPONENT=worker
	@$(USE_COMMAND) shell $(NAMES) --component "$(COMPONENT)"

backfill: .venv/ready ## run a DAG for dates that have passed: DAG=tutorial FROM=2015-05-01 TO=2015-06-01
	@$(USE_COMMAND) backfill $(NAMES) --dag "$(DAG)" --from "$(FROM)" --to "$(TO)"

minikube-start: ## a cluster on this machine, made your kubectl context
	@scripts/minikube.sh start

minikube-stop: ## stop it; its data stay
	@scripts/minikube.sh stop

schema: .venv/ready ## write the JSON Schema of values files anew
	.venv/bin/python scripts/generate_values_schema.py

network-table: .venv/ready ## write who talks to whom into docs/network.md anew
	.venv/bin/python scripts/network_table.py

security-table: .venv/ready ## write what each pod runs, holds and may reach into docs/security.md anew
	.venv/bin/python scripts/security_table.py

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
