"""With PgBouncer: everything goes through it but the migrations, and few know the server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cdk8s
import pytest
from bundle.test_variants import DAGS, VARIANTS
from syrupy.assertion import SnapshotAssertion

from cdk8s_airflow import AirflowChart, AirflowProps, EmbeddedRabbitmq, PgBouncer
from cdk8s_airflow.checks.bundle import Bundle, Pod
from cdk8s_airflow.testing.synth import synthesize

CONN = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"
RESULTS = "AIRFLOW__CELERY__RESULT_BACKEND_CMD"


def bundle_of(props: AirflowProps, folder: Path, external: set[str] | None = None) -> Bundle:
    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)

    return synthesize(build, folder, external=external or set())


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return bundle_of(
        AirflowProps(dags=DAGS, broker=EmbeddedRabbitmq(), pgbouncer=PgBouncer()), tmp_path
    )


def urls(bundle: Bundle, option: str) -> dict[tuple[str, str], str]:
    """(component, container) -> its URL, as the program that fills it in is told."""
    return {
        (pod.component, container["name"]): entry["value"].split()[-1].strip("'")
        for pod in bundle.pods
        for container in pod.containers
        for entry in container.get("env") or []
        if entry["name"] == option
    }


def secrets_of(pod: Pod) -> set[str]:
    """The Secrets that a pod's environment and volumes name."""
    names: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            for field in ("secretKeyRef", "secret"):
                found = value.get(field)
                if isinstance(found, dict):
                    names.add(str(found.get("name") or found.get("secretName")))
            for item in value.values():
                look(item)
        elif isinstance(value, list):
            for item in value:
                look(item)

    look(pod.spec)
    return names


def test_everything_but_the_migrations_goes_through_it(bundle: Bundle) -> None:
    pooled = "postgresql+psycopg2://airflow:{DATABASE_PASSWORD}@af1-pgbouncer:6432/airflow"
    straight = (
        "postgresql+psycopg2://airflow:{DATABASE_PASSWORD}@af1-postgresql-server:5432/airflow"
    )
    for (component, container), url in urls(bundle, CONN).items():
        expected = straight if component == "migrations" else pooled
        assert url.partition("?")[0] == expected, (component, container)
    assert {component for component, _ in urls(bundle, CONN)} == {
        *("api-server", "create-admin", "dag-processor", "migrations", "scheduler", "triggerer")
    }
    results = (
        "db+postgresql+psycopg2://results:{RESULT_BACKEND_PASSWORD}@af1-pgbouncer:6432/results"
    )
    assert {url.partition("?")[0] for url in urls(bundle, RESULTS).values()} == {results}
    assert {component for component, _ in urls(bundle, RESULTS)} == {"scheduler", "worker"}


def test_the_password_of_the_server_is_with_pgbouncer_the_migrations_and_the_server_alone(
    bundle: Bundle,
) -> None:
    holders = {pod.component for pod in bundle.pods if "af1-postgresql" in secrets_of(pod)}
    assert holders == {"migrations", "pgbouncer", "postgresql"}
    workers = [secrets_of(pod) for pod in bundle.pods if pod.component == "worker"]
    assert workers == [{"af1-api-secret-key", "af1-rabbitmq", "af1-pgbouncer-results"}]
    (pgbouncer,) = (pod for pod in bundle.pods if pod.component == "pgbouncer")
    (main,) = (item for item in pgbouncer.containers if item["name"] == "pgbouncer")
    assert "pgbouncer-source" not in {mount["name"] for mount in main["volumeMounts"]}


def test_its_passwords_are_generated_once(bundle: Bundle) -> None:
    (job,) = (pod for pod in bundle.pods if pod.component == "bootstrap")
    env = {entry["name"]: entry.get("value") for entry in job.containers[0]["env"]}
    wanted = {item["secret"]: item["kind"] for item in json.loads(str(env["GENERATE"]))}
    assert wanted["af1-pgbouncer"] == wanted["af1-pgbouncer-results"] == "password"


def test_brought_passwords_are_not_generated_and_tls_reaches_the_clients(tmp_path: Path) -> None:
    props, external = VARIANTS["pgbouncer-by-tls-before-external-servers"]
    bundle = bundle_of(props, tmp_path, external)
    text = json.dumps(bundle.manifests)
    assert '"af1-pgbouncer-results"' not in text
    (url,) = {url for (component, _), url in urls(bundle, CONN).items() if component == "scheduler"}
    assert url.endswith(
        "@af1-pgbouncer:6432/airflow?connect_timeout=7&keepalives=1&keepalives_idle=10"
        "&keepalives_interval=5&keepalives_count=2&tcp_user_timeout=20000&sslmode=verify-full"
        "&sslrootcert=%2Fetc%2Fcdk8s-airflow%2Fdatabase-authority%2Fca.crt"
    )


def test_its_objects(bundle: Bundle, snapshot: SnapshotAssertion) -> None:
    own = [m for m in bundle.manifests if m["metadata"]["name"] == "af1-pgbouncer"]
    (deployment,) = (m for m in own if m["kind"] == "Deployment")
    assert deployment["spec"]["replicas"] == 2
    assert {"Service", "NetworkPolicy", "PodDisruptionBudget"} <= {m["kind"] for m in own}
    assert own == snapshot
