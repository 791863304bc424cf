"""What the package knows about options, against the Airflow that the other tests here run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from cdk8s_airflow.parts.config import AirflowConfig
from cdk8s_airflow.platform import Role

ROOT = Path(__file__).parent.parent.parent
AIRFLOW = ROOT / ".venv-airflow/bin/python"
SCRIPT = ROOT / "scripts/generate_airflow_options.py"
OPTIONS = ROOT / "constructs/cdk8s_airflow/parts/airflow_options.json"


def environment(tmp_path: Path) -> dict[str, str]:
    outside = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")}
    return {**outside, "AIRFLOW_HOME": str(tmp_path), "AIRFLOW_CONFIG": os.devnull}


def test_the_options_in_the_package_are_those_of_the_installed_airflow(tmp_path: Path) -> None:
    assert AIRFLOW.exists(), "make .venv-airflow/ready installs Airflow"
    fresh = tmp_path / "options.json"
    fresh.write_bytes(OPTIONS.read_bytes())
    subprocess.run([AIRFLOW, SCRIPT, fresh], check=True, env=environment(tmp_path), cwd=tmp_path)
    assert fresh.read_text() == OPTIONS.read_text(), (
        "run scripts/generate_airflow_options.py with all its providers installed"
    )


def test_the_environment_of_a_configuration_is_read_back_by_airflow(tmp_path: Path) -> None:
    config = AirflowConfig(
        config={
            "core": {"parallelism": 7},
            "api": {"instance_name": "50 % $x"},
            "common.io": {"xcom_objectstorage_path": "file:///x"},
            "celery": {"extra_celery_config": {"worker_max_tasks_per_child": 3}},
        }
    )
    program = """
from airflow.configuration import conf
assert conf.getint("core", "parallelism") == 7
assert conf.get("api", "instance_name") == "50 % $x"
assert conf.getboolean("core", "load_examples") is False
assert conf.get("common.io", "xcom_objectstorage_path") == "file:///x"
assert conf.getjson("celery", "extra_celery_config") == {"worker_max_tasks_per_child": 3}
assert conf.getint("workers", "execution_api_retries") == 28
assert conf.getsection("celery_broker_transport_options")["visibility_timeout"] == 86400
"""
    env = {**environment(tmp_path), **config.env(Role.API_SERVER)}
    subprocess.run([AIRFLOW, "-c", program], check=True, env=env, cwd=tmp_path)
