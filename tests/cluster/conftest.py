"""The cluster, the namespace and the release that all tests of the scenario share.

E2E_NAMESPACE (default airflow-e2e), E2E_TIMEOUT (default 900s) and E2E_KEEP=1 (leave the namespace
for a look) are read from the environment; the images: see app.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from cluster.airflow_api import AirflowApi
from cluster.release import Release, drop_namespace, prepare_namespace

from cdk8s_airflow.cli.cluster.kubectl import Kubectl, KubectlError


@pytest.fixture(scope="session")
def namespace() -> Iterator[Kubectl]:
    """A namespace of our own that enforces `restricted`; without a cluster the run ends here."""
    kubectl = Kubectl(os.environ.get("E2E_NAMESPACE", "airflow-e2e"))
    try:
        kubectl.check()
        prepare_namespace(kubectl)
    except (KubectlError, RuntimeError) as error:
        pytest.exit(f"e2e: {error}", returncode=2)
    yield kubectl
    if os.environ.get("E2E_KEEP") != "1":
        drop_namespace(kubectl)


@pytest.fixture(scope="session")
def release(namespace: Kubectl, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """The release, deployed and ready."""
    deployed = Release(
        name="af1",
        kubectl=namespace,
        folder=tmp_path_factory.mktemp("release"),
        timeout=os.environ.get("E2E_TIMEOUT", "900s"),
    )
    deployed.synthesize("first")
    deployed.deploy()
    yield deployed
    deployed.disconnect()


@pytest.fixture(scope="session")
def api(release: Release) -> AirflowApi:
    """Airflow's API, as the generated admin."""
    return release.api()
