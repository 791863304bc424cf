"""DAGs from git repositories: by token and by ssh, and a run that keeps its commit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

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

from cdk8s_airflow import GitDags

CONSUMERS = ("af1-dag-processor", "af1-worker-0")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitServer]:
    """The git server, with four repositories."""
    server = GitServer(tmp_path_factory.mktemp("git"), TOKEN)
    server.push("shared", {"word.py": "WORD = 'shared'\n"})
    server.push("team/dags", gated("first"))
    server.add_submodule("team/dags", "dags/shared", server.https_url("shared"), "shared")
    server.push("team/dags", {"dags/sub.py": small("sub", "from shared.word import WORD")})
    server.push("tagged", {"tagged.py": small("tagged")}, tag="v1.0")
    server.push("tagged", {"tagged.py": small("untagged")})
    server.push("pinned", {"pinned.py": small("pinned")})
    yield server
    server.close()


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, server: GitServer, tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """Airflow with three git bundles."""

    def prepare() -> Scene:
        folder: Path = tmp_path_factory.mktemp("synth")
        pinned = server.push("pinned", {"pinned.py": small("pinned")[:-1] + "\n# the one\n"})
        server.push("pinned", {"pinned.py": small("unpinned")})
        dags = [
            GitDags(
                repository=server.https_url("team/dags"),
                subdirectory="dags",
                submodules=True,
                credentials=CREDENTIALS,
                ca=CA,
                refresh_interval=5,
            ),
            GitDags(
                repository=server.ssh_url("tagged"), ref="v1.0", credentials=KEY, refresh_interval=5
            ),
            GitDags(
                repository=server.https_url("pinned"),
                ref=pinned,
                credentials=CREDENTIALS,
                ca=CA,
                refresh_interval=5,
            ),
        ]
        return Scene(synthesize(folder, dags), brought(server))

    return stage.play("git", prepare)


def dags(airflow: AirflowClient) -> dict[str, str]:
    """DAG -> the bundle that it comes from."""
    return {dag["dag_id"]: dag["bundle_name"] for dag in airflow.get("dags")["dags"]}


def wait_for_commit(airflow: AirflowClient, commit: str) -> None:
    """Waits until the DAG processor has parsed a commit of the first repository."""

    def parsed() -> bool:
        return bool(airflow.get("dags/gated")["bundle_version"] == commit)

    airflow.wait(parsed, 120, f"{commit} is parsed")


def test_a_branch_a_tag_and_a_commit_of_three_repositories_are_there(
    airflow: AirflowClient, bundle: RunningBundle
) -> None:
    wanted = {"gated": "dags", "sub": "dags", "tagged": "tagged", "pinned": "pinned"}
    airflow.wait(lambda: dags(airflow) == wanted, 120, "all DAGs are parsed")
    assert airflow.get("importErrors")["import_errors"] == []


@pytest.mark.parametrize("dag_id", ["sub", "tagged", "pinned"])
def test_tasks_run_from_a_token_a_key_and_a_submodule(airflow: AirflowClient, dag_id: str) -> None:
    assert set(airflow.run(dag_id).values()) == {"success"}


def test_a_run_keeps_its_commit_and_the_next_has_the_new_one(
    airflow: AirflowClient, server: GitServer
) -> None:
    old = stop_at_gate(airflow)
    wait_for_commit(airflow, server.push("team/dags", gated("second")))
    set_gate(airflow, "open")
    assert airflow.wait_for_run("gated", old, 120) == "success"
    assert "ends as first" in airflow.log("gated", old, "end")
    new = airflow.trigger("gated")
    assert airflow.wait_for_run("gated", new, 120) == "success"
    assert "begins as second" in airflow.log("gated", new, "begin")
    assert "ends as second" in airflow.log("gated", new, "end")


def test_a_new_token_is_used_without_a_restart(
    airflow: AirflowClient, server: GitServer, bundle: RunningBundle
) -> None:
    assert server.refused == 0
    server.token = TOKEN[::-1]
    bundle.node.apply([secret("git", {"token": server.token})])
    wait_for_commit(airflow, server.push("team/dags", gated("third")))
    assert set(airflow.run("gated").values()) == {"success"}
    assert {bundle.node.pod(name).restarts for name in CONSUMERS} == {0}


def test_no_token_and_no_key_is_in_a_log_or_a_clone(
    server: GitServer, bundle: RunningBundle
) -> None:
    line = server.ssh_key.splitlines()[1]
    for pod in bundle.node.pods():
        for container in pod.supervisors:
            assert not {TOKEN, TOKEN[::-1], line} & {*pod.log(container).splitlines()}
            assert TOKEN not in pod.log(container)
    for name in CONSUMERS:
        found = bundle.node.pod(name).exec("grep", "-rlF", TOKEN, "/opt/airflow", "/tmp")
        assert found.output == ""


def test_a_server_with_another_key_than_the_known_one_is_refused(
    server: GitServer, bundle: RunningBundle
) -> None:
    pod = bundle.node.pod("af1-dag-processor")
    key = "/etc/git-secret/tagged/ssh"
    options = "-o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile="
    hosts = "/etc/git-secret/tagged/known_hosts"
    for known, code, told in ((hosts, 0, "refs/tags/v1.0"), ("/dev/null", 128, "verification")):
        command = f"GIT_SSH_COMMAND=ssh -i {key} {options}{known}"
        listed = pod.exec("env", command, "git", "ls-remote", server.ssh_url("tagged"))
        assert (listed.exit_code, told in listed.output) == (code, True), listed.output
