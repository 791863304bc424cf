"""The pytest plugin of cdk8s-airflow: fixtures that import the package only when a test uses them.

It is a module of its own, as pytest loads the plugins of all packages in every run, and importing
`cdk8s_airflow` starts Node.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from cdk8s_airflow.testing import AirflowEnvironment, Bundle


@pytest.fixture
def airflow_bundle(tmp_path: Path) -> Callable[..., Bundle]:
    """`synthesize()` of `cdk8s_airflow.testing`, with a folder of this test for its output."""
    from functools import partial

    from cdk8s_airflow.testing import synthesize

    return partial(synthesize, tmp_path=tmp_path)


@pytest.fixture
def manifest_snapshot(request: pytest.FixtureRequest) -> SnapshotAssertion:
    """Compare manifests with a YAML file beside the test; `--snapshot-update` writes it."""
    from cdk8s_airflow.testing import ManifestSnapshot

    snapshot: SnapshotAssertion = request.getfixturevalue("snapshot")
    return snapshot.use_extension(ManifestSnapshot)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The interpreter of `airflow_python`."""
    group = parser.getgroup("cdk8s-airflow")
    group.addoption(
        "--airflow-python",
        metavar="PYTHON",
        help="a Python that has the Airflow of the release, for tests that import DAGs",
    )
    parser.addini("airflow_python", "the same, in the configuration of pytest", default="")


@pytest.fixture(scope="session")
def airflow_python(pytestconfig: pytest.Config) -> AirflowEnvironment:
    """The Python of `--airflow-python`; without it, tests that need it are skipped."""
    from cdk8s_airflow.testing import AirflowEnvironment

    given = pytestconfig.getoption("airflow_python") or pytestconfig.getini("airflow_python")
    if not given:
        pytest.skip("no Airflow to import DAGs with: give --airflow-python=PYTHON")
    return AirflowEnvironment(pytestconfig.rootpath / given)
