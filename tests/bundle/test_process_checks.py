"""The checks of paths and of agreement between processes refuse what is broken."""

from __future__ import annotations

import pytest
from bundle.breakage import Break, assert_refused, parameters
from bundle.sample import secret_env

from cdk8s_airflow.testing.agreement import check_agreement, check_base_path, check_distinct_keys
from cdk8s_airflow.testing.paths import check_folders, check_programs
from cdk8s_airflow.testing.synth import Check

API = "Deployment/af1-api-server"
WORKER = "StatefulSet/af1-worker"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
LOGS = {"name": "AIRFLOW__LOGGING__BASE_LOG_FOLDER", "value": "/opt/airflow/logs"}
BASE_URL = "AIRFLOW__API__BASE_URL"
EXECUTION_API = "AIRFLOW__CORE__EXECUTION_API_SERVER_URL"

CASES: dict[Check, list[Break]] = {
    check_folders: [
        Break(API, f"{MAIN}.env+", LOGS, "BASE_LOG_FOLDER /opt/airflow/logs is on no volume"),
        Break(
            "Deployment/af1-scheduler",
            f"{MAIN}.env+",
            {**LOGS, "value": "/opt/airflow/logs2"},
            "BASE_LOG_FOLDER /opt/airflow/logs2 is on no volume",
        ),
    ],
    check_programs: [
        Break(
            API,
            f"{MAIN}.env[2].value",
            "python -IS /opt/cdk8s-airflow/urls.py x",
            "env AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD: urls.py is not in volume programs",
        ),
        Break(
            API,
            f"{MAIN}.readinessProbe.exec.command",
            ["python", "/opt/cdk8s-airflow/probe.py"],
            "readinessProbe: probe.py is not in volume programs",
        ),
        Break(
            API,
            f"{POD}.volumes[0].configMap.items",
            [{"key": "url.py", "path": "other.py"}],
            r"url.py is not in volume programs, which has \['other.py'\]",
        ),
        Break(API, f"{MAIN}.command", ["/opt/cdk8s-airflow/run.sh"], "command: run.sh is not in"),
    ],
    check_base_path: [
        Break(
            API,
            f"{MAIN}.env+",
            {"name": BASE_URL, "value": "https://airflow.example.com/airflow"},
            "Deployment/af1-api-server: livenessProbe asks /.*, which is not below '/airflow'",
        ),
        Break(
            API,
            f"{MAIN}.env+",
            {"name": BASE_URL, "value": "https://airflow.example.com/airflow"},
            "StatefulSet/af1-worker: its execution API is http.*base_url has the path '/airflow'",
        ),
        Break(
            API,
            f"{MAIN}.env+",
            {"name": BASE_URL, "value": "https://airflow.example.com/airflow"},
            "Ingress/af1-api-server: users come by airflow.example.com, but base_url is 'https",
        ),
        Break(
            API,
            f"{MAIN}.env+",
            {"name": BASE_URL, "value": "https://other.example.com"},
            "users come by airflow.example.com, but base_url is 'https://other.example.com'",
        ),
    ],
    check_agreement: [
        Break(
            "Deployment/af1-scheduler",
            f"{MAIN}.env+",
            {"name": EXECUTION_API, "value": "http://af1-api-server:8080/execution/"},
            "af1: AIRFLOW__CORE__EXECUTION_API_SERVER_URL has 2 values: "
            "Deployment/af1-scheduler; StatefulSet/af1-worker",
        ),
        Break(
            "Deployment/af1-scheduler",
            f"{MAIN}.env+",
            secret_env("AIRFLOW__CORE__FERNET_KEY", "af1-postgresql", "password"),
            "AIRFLOW__CORE__FERNET_KEY has 2 values",
        ),
    ],
    check_distinct_keys: [
        Break(
            API,
            f"{MAIN}.env+",
            secret_env("AIRFLOW__API_AUTH__JWT_SECRET", "af1-fernet-key", "fernet-key"),
            "AIRFLOW__API_AUTH__JWT_SECRET and AIRFLOW__CORE__FERNET_KEY are one key",
        ),
    ],
}


@pytest.mark.parametrize(("refusing", "broken"), parameters(CASES))
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    assert_refused(refusing, broken)
