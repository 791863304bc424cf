"""The testing kit: what checks the bundles of this package, for the tests of your own.

    from cdk8s_airflow.testing import synthesize

    def test_the_bundle_is_sound(tmp_path):
        synthesize(Path("main.py"), tmp_path)

`pip install 'cdk8s-airflow[testing]'`. `import cdk8s_airflow` never imports it.
"""

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod
from cdk8s_airflow.testing.dag_imports import (
    AirflowEnvironment,
    airflow_environment,
    assert_dags_import,
    assert_requirements_fit,
)
from cdk8s_airflow.testing.every_check import CHECKS, Check, check
from cdk8s_airflow.testing.folders import read_folder, run_program
from cdk8s_airflow.testing.snapshots import ManifestSnapshot, to_yaml
from cdk8s_airflow.testing.synth import Build, synthesize

__all__ = [
    "CHECKS",
    "AirflowEnvironment",
    "Build",
    "Bundle",
    "Check",
    "Manifest",
    "ManifestSnapshot",
    "Pod",
    "airflow_environment",
    "assert_dags_import",
    "assert_requirements_fit",
    "check",
    "read_folder",
    "run_program",
    "synthesize",
    "to_yaml",
]
