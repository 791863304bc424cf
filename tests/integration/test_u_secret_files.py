"""Airflow with its keys and credentials in files: none is in the environment of a process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, NAMESPACE, RELEASE, REPOSITORY, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.node.pod import Pod

from cdk8s_airflow import AirflowProps, DagsFolder, Flower, Secrets

SERVERS = ("postgresql", "redis")
"""Their images read passwords from the environment."""
GENERATED = ("admin-password", "api-secret-key", "fernet-key", "flower-password", "jwt-secret")


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """The default bundle and Flower, with passwords of the user of any character."""

    def prepare() -> Scene:
        dags = tmp_path_factory.mktemp("dags")
        shutil.copytree(REPOSITORY / "dags", dags, dirs_exist_ok=True)
        shutil.copytree(HERE / "dags", dags, dirs_exist_ok=True)
        props = AirflowProps(
            dags=DagsFolder(str(dags)), secrets=Secrets(as_files=True), flower=Flower()
        )
        brought = {f"{RELEASE}-{name}": NASTY_PASSWORD + name for name in SERVERS}
        before = [secret(name, {"password": value}) for name, value in brought.items()]
        manifests = synthesize_props(tmp_path_factory.mktemp("synth"), props)
        return Scene(manifests, before, brought=brought)

    return stage.play("secret-files", prepare)


def secrets_of(bundle: RunningBundle) -> dict[str, str]:
    """Name of a Secret -> its value."""
    names = [f"{RELEASE}-{name}" for name in (*GENERATED, *SERVERS)]
    return {name: next(iter(bundle.node.secret(name, NAMESPACE).values())) for name in names}


def pod_of(bundle: RunningBundle, component: str) -> Pod:
    """The first pod of a component."""
    return next(pod for pod in bundle.node.pods() if f"{RELEASE}-{component}-" in pod.name)


def environments(pod: Pod) -> Iterator[tuple[str, str]]:
    """Container and environment: what each is given, and what each of its processes has."""
    for name, supervisor in pod.supervisors.items():
        if supervisor.container is not None and supervisor.container.running:
            yield name, "\0".join(supervisor.container.spec.env.values())
            for process in supervisor.container.processes():
                with suppress(OSError):  # one that has just ended
                    text = Path(f"/proc/{process}/environ").read_bytes().decode(errors="replace")
                    yield name, text


def test_tasks_run_and_no_process_has_a_credential_in_its_environment(
    bundle: RunningBundle, airflow: AirflowClient
) -> None:
    run_id = airflow.trigger("slow", {"seconds": 40})
    airflow.wait_for_tasks("slow", run_id, "running", 2, 120)
    values = secrets_of(bundle)
    airflow.wait(lambda: "sleep 40" in airflow.log("slow", run_id, "in_shell"), 30, "the shell")
    looked, found, shells = set(), [], []
    for pod in bundle.node.pods():
        if not any(f"-{name}-" in pod.name for name in SERVERS):
            for container, text in environments(pod):
                looked.add(container)
                shells += [text] if "AIRFLOW_CTX_TASK_ID=in_shell" in text else []
                named = [name for name, value in values.items() if value in text]
                found += [f"{pod.name}/{container} has {name}" for name in named]
    assert looked >= {"api-server", "dag-processor", "flower", "scheduler", "triggerer", "worker"}
    assert found == []
    # The shell of a task has all that its worker has; others may have written over theirs.
    assert shells and all("BROKER_PASSWORD_FILE=" in text for text in shells)
    assert values[f"{RELEASE}-redis"] in pod_of(bundle, "redis").container().spec.env.values()
    assert airflow.wait_for_run("slow", run_id, 120) == "success"


@pytest.mark.parametrize(
    ("component", "option", "name"),
    [
        ("api-server", "api/secret_key", "api-secret-key"),
        ("api-server", "api_auth/jwt_secret", "jwt-secret"),
        ("scheduler", "core/fernet_key", "fernet-key"),
        ("worker", "api/secret_key", "api-secret-key"),
    ],
)
def test_airflow_reads_its_keys_from_the_files(
    bundle: RunningBundle, component: str, option: str, name: str
) -> None:
    pod = pod_of(bundle, component)
    done = pod.exec("airflow", "config", "get-value", *option.split("/"), timeout=120)
    assert done.exit_code == 0, done.output
    assert done.output.strip().splitlines()[-1] == secrets_of(bundle)[f"{RELEASE}-{name}"]


def test_a_credential_is_readable_by_airflow_alone(bundle: RunningBundle) -> None:
    pod = pod_of(bundle, "scheduler")
    path = f"/opt/cdk8s-airflow-secrets/{RELEASE}-fernet-key/fernet-key/value"
    assert pod.exec("stat", "-Lc", "%a %g", path).output.strip() == "440 0"
