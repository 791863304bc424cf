"""DAGs by git-sync: beside Airflow in each pod, and by one writer of a shared volume."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from integration.airflow_client import AirflowClient
from integration.conftest import RunningBundle, Scene, Stage, secret
from integration.git_scene import (
    CA,
    CREDENTIALS,
    KEY,
    TOKEN,
    brought,
    gated,
    set_gate,
    small,
    stop_at_gate,
    synthesize,
)
from integration.git_server import GitServer
from integration.node.pod import Pod

from cdk8s_airflow import GitSyncDags, PluginsInDags, VolumeClaim

READERS = ("af1-dag-processor", "af1-worker-0")
FOLDER = "dags-folder"
"""The bundle of a folder of DAGs, whatever fills it."""
PLUGIN = """
from airflow.plugins_manager import AirflowPlugin


class Menu(AirflowPlugin):
    name = "beside_the_dags"
"""
BACKEND = """
from airflow.sdk.bases.xcom import BaseXCom


class Backend(BaseXCom):
    pass
"""
CURRENT = "/opt/airflow/dags/repository/current"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitServer]:
    """The git server, with one repository and a submodule."""
    server = GitServer(tmp_path_factory.mktemp("git"), TOKEN)
    server.push("shared", {"word.py": "WORD = 'shared'\n"})
    server.push("team/dags", gated("first"))
    server.add_submodule("team/dags", "dags/shared", server.https_url("shared"), "shared")
    server.push("team/dags", {"plugins/menu.py": PLUGIN, "include/store.py": BACKEND})
    server.push("team/dags", {"dags/sub.py": small("sub", "from shared.word import WORD")})
    server.push("plain", {"dags/plain.py": small("plain")}, tag="v1.0")
    server.push("plain", {"dags/plain.py": small("untagged")})
    yield server
    server.close()


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, server: GitServer, tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """Airflow with a git-sync in each pod that needs DAGs, in the place of bundles if these ran."""
    dags = GitSyncDags(
        repository=server.https_url("team/dags"),
        subdirectory="dags",
        submodules=True,
        credentials=CREDENTIALS,
        ca=CA,
        period=3,
    )
    manifests = synthesize(
        tmp_path_factory.mktemp("synth"),
        dags,
        plugins=PluginsInDags(python_path=True),
        config={"core": {"xcom_backend": "include.store.Backend"}},
    )
    running = stage.play("git", lambda: Scene(manifests, brought(server)))
    running.node.apply([*brought(server), *manifests])
    running.node.wait_ready(240)
    return running


@pytest.fixture
def dag_processor(bundle: RunningBundle) -> Pod:
    """The pod that parses."""
    return bundle.node.pod("af1-dag-processor")


def wait_for_commit(bundle: RunningBundle, commit: str) -> None:
    """Waits until the link of each reader is at a commit."""

    def current(name: str) -> str:
        return bundle.node.pod(name).exec("readlink", CURRENT).output.strip()

    bundle.node.wait_for(
        lambda: all(current(name).endswith(f"/{commit}") for name in READERS), 90, commit
    )


def wait_for_text(airflow: AirflowClient, version: str) -> None:
    """Waits until the DAG processor has parsed a text."""

    def parsed() -> bool:
        return f'VERSION = "{version}"' in str(airflow.get("dagSources/gated"))

    airflow.wait(parsed, 120, f"{version} is parsed")


def test_dags_and_their_submodules_run(airflow: AirflowClient) -> None:
    """Until they are parsed anew, the DAGs are of the bundles that ran before, if these did."""

    def parsed() -> set[str]:
        return {d["dag_id"] for d in airflow.get("dags")["dags"] if d["bundle_name"] == FOLDER}

    airflow.wait(lambda: parsed() == {"gated", "sub"}, 120, "all DAGs are parsed")
    assert set(airflow.run("sub").values()) == {"success"}
    assert airflow.get("importErrors")["import_errors"] == []


def test_the_api_server_has_the_plugin_and_all_roles_the_xcom_backend(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    """A role without the module does not start, or says that the plugin is not there."""
    assert "beside_the_dags" in {each["name"] for each in airflow.get("plugins")["plugins"]}
    program = "from airflow.sdk.execution_time.xcom import XCom; print(XCom.__module__)"
    names = ["af1-api-server", "af1-scheduler", "af1-dag-processor", "af1-triggerer-0"]
    for name in [*names, "af1-worker-0"]:
        done = bundle.node.pod(name).exec("python", "-c", program)
        assert done.output.splitlines()[-1] == "include.store", (name, done.output)


def test_git_sync_is_a_user_of_its_own_with_a_read_only_root(dag_processor: Pod) -> None:
    def told(*command: str) -> str:
        return dag_processor.exec(*command, container="git-sync").output

    assert told("id", "-u").strip() == "65533"
    assert "Read-only file system" in told("touch", "/x")
    assert "Read-only file system" in dag_processor.exec("touch", f"{CURRENT}/x").output
    assert dag_processor.probe("livenessProbe", "git-sync").success


def test_airflow_holds_no_credentials_of_the_repository(dag_processor: Pod) -> None:
    assert "No such file" in dag_processor.exec("ls", "/etc/git-secret").output
    assert "GIT_CONFIG" not in dag_processor.exec("env").output


def test_a_run_under_way_sees_the_new_code(
    airflow: AirflowClient, bundle: RunningBundle, server: GitServer
) -> None:
    airflow.wait(lambda: bool(airflow.get("dags/gated")["is_stale"] is False), 120, "gated")
    wait_for_text(airflow, "first")
    run_id = stop_at_gate(airflow)
    wait_for_commit(bundle, server.push("team/dags", gated("second")))
    set_gate(airflow, "open")
    assert airflow.wait_for_run("gated", run_id, 120) == "success"
    assert "begins as first" in airflow.log("gated", run_id, "begin")
    assert "ends as second" in airflow.log("gated", run_id, "end")


def test_a_server_that_refuses_harms_no_pod_and_a_new_token_is_used_without_a_restart(
    airflow: AirflowClient, bundle: RunningBundle, server: GitServer
) -> None:
    server.token = TOKEN[::-1]
    before = server.refused
    bundle.node.wait_for(lambda: server.refused > before + 2, 60, "a refusal")
    assert set(airflow.run("sub").values()) == {"success"}
    bundle.node.apply([secret("git", {"token": server.token})])
    wait_for_commit(bundle, server.push("team/dags", gated("third")))
    for name in READERS:
        pod = bundle.node.pod(name)
        assert pod.ready
        assert pod.restarts == 0
        assert TOKEN not in pod.log("git-sync")


def test_a_shared_volume_has_one_writer_and_many_readers(
    airflow: AirflowClient,
    bundle: RunningBundle,
    server: GitServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    dags = GitSyncDags(
        repository=server.ssh_url("plain"),
        ref="v1.0",
        subdirectory="dags",
        credentials=KEY,
        period=3,
        volume=VolumeClaim(size="1Gi"),
    )
    bundle.node.apply(synthesize(tmp_path_factory.mktemp("volume"), dags))
    bundle.node.wait_ready(180)
    assert set(airflow.run("plain").values()) == {"success"}
    holders = [pod.name for pod in bundle.node.pods() if "git-sync" in pod.supervisors]
    assert len(holders) == 1
    assert holders[0].startswith("af1-git-sync-")
    for name in READERS:
        assert "Read-only" in bundle.node.pod(name).exec("touch", "/opt/airflow/dags/x").output
