# The commands of README.md. Everything is made below this folder; nothing needs root.
PYTHON ?= python3
# Not ?=, so that variables of these common names in the environment do not rename a release.
VALUES =
RELEASE = $(if $(VALUES),,af1)
NAMESPACE = $(if $(VALUES),,airflow)
COMPONENT =
# Which state `make upgrade-baseline` keeps.
REVISION = HEAD
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
COMMAND = .venv/bin/cdk8s-airflow
LINT_AND_TYPES = .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy
PYTEST = .venv/bin/python -m pytest --quiet --numprocesses auto --maxprocesses 8 --dist worksteal

export PYTHON RELEASE NAMESPACE
export PATH := $(CURDIR)/.venv/nodejs:$(CURDIR)/.venv/bin:$(PATH)
export JSII_NODE := $(CURDIR)/.venv/nodejs/node
export CDK8S_CHECK_UPGRADE := false

.PHONY: synth examples test test-fast integration integration-long integration-examples integration-migration integration-versions integration-upgrade docs benchmark deploy diff status delete check-dags image push e2e clean help package test-package \
	browse-web browse-flower logs shell backfill minikube-start minikube-stop schema network-table security-table upgrade-notes upgrade-baseline

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-21s %s\n", $$1, $$2}' Makefile

synth: .venv/ready ## write the manifests to dist/ (other names, or VALUES=file: below build/)
	@$(COMMAND) synth --output "$(BUNDLE)" --release "$(RELEASE)" --namespace "$(NAMESPACE)" $(VALUES)

examples: .venv/ready ## write the manifests of the examples anew
	@for example in examples/*/; do CDK8S_OUTDIR=$$example .venv/bin/python -O $${example}main.py; done

test: .venv/ready ## lint, types, unit and bundle tests
	$(LINT_AND_TYPES) && $(PYTEST) --durations=10

test-fast: .venv/ready ## lint, types, and the unit tests that start no other program; one synth each
	$(LINT_AND_TYPES) && SYNTHS=1 $(PYTEST) tests/unit -m "not slow"

integration: .venv/ready ## the containers of the bundle as real processes (root, Debian)
	SCENES=$(SCENES) tests/integration/run .venv/bin/python tests/integration --durations=10

integration-long: .venv/ready ## what integration leaves out, as it takes long (side_by_side.py)
	SCENES=$(SCENES) tests/integration/run .venv/bin/python tests/integration --long --durations=10

integration-examples: .venv/ready ## start every example for real, one after the other (an hour)
	tests/integration/run .venv/bin/python tests/integration/test_t_examples.py --examples

integration-migration: .venv/ready ## rehearse the take-over of releases with Airflow 2.11 and 3.1
	tests/integration/setup-old-airflow
	tests/integration/run .venv/bin/python tests/integration/test_x_takeover.py

integration-versions: .venv/ready ## start the bundle with each older Airflow that it supports (ten minutes)
	tests/upgrade/setup 3.1.8 3.2.2
	tests/integration/run .venv/bin/python tests/upgrade/test_versions.py

integration-upgrade: .venv/ready ## from the last version to this one, from Airflow 3.1 to 3.2 to 3.3 (fifteen minutes)
	tests/upgrade/setup 3.1.8 3.2.2
	tests/integration/run .venv/bin/python tests/upgrade/test_bundle.py tests/upgrade/test_airflow.py

docs: .venv/ready ## write the documentation site to build/docs/site
	.venv/bin/python scripts/docs_site.py build/docs
	.venv/bin/zensical build --strict --config-file build/docs/mkdocs.yml

benchmark: .venv/ready ## how long a synth takes and what it needs, as a table
	.venv/bin/python scripts/benchmark.py

deploy: synth ## apply the manifests to the current kubectl context and wait until all is ready
	@$(COMMAND) deploy $(NAMES) --timeout $(TIMEOUT)

status: .venv/ready ## what runs in the cluster
	@$(COMMAND) status $(NAMES)

delete: .venv/ready ## delete what deploy made; generated Secrets and volumes stay
	@$(COMMAND) delete $(NAMES) --timeout $(TIMEOUT)

diff: synth ## what deploy would change in the cluster
	@$(COMMAND) diff $(NAMES)

browse-web: .venv/ready ## open the web interface on localhost:8080 (any cluster, minikube too)
	@$(COMMAND) browse web $(NAMES)

browse-flower: .venv/ready ## open Flower on localhost:5555
	@$(COMMAND) browse flower $(NAMES)

logs: .venv/ready ## follow the logs of all pods, or of COMPONENT=worker
	@$(COMMAND) logs $(NAMES) "$(COMPONENT)"

shell: .venv/ready ## a shell in the scheduler, or in COMPONENT=worker
	@$(COMMAND) shell $(NAMES) "$(COMPONENT)"

backfill: .venv/ready ## run a DAG for dates that have passed: DAG=tutorial FROM=2015-05-01 TO=2015-06-01
	@$(COMMAND) backfill $(NAMES) --from "$(FROM)" --to "$(TO)" "$(DAG)"

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
	.venv/bin/python scripts/key_table.py

upgrade-notes: .venv/ready ## write what an upgrade from the last version changes into docs/upgrades.md anew
	.venv/bin/python scripts/upgrade_notes.py

upgrade-baseline: ## at a release: keep the manifests of REVISION=v0.1.0 as those of the last version
	$(PYTHON) scripts/upgrade_baseline.py "$(REVISION)"

package: .venv/ready ## the wheel and the sdist, checked, and what they bring along: build/package/
	.venv/bin/python scripts/build_package.py

test-package: .venv/ready ## install the wheel for each Python from 3.10 that is here, and use it as a newcomer
	.venv/bin/python -m pytest tests/package --verbose

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
