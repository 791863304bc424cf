"""`make deploy`, `make status`, `make delete` with a kubectl that keeps its cluster in a file."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from cdk8s_airflow.cli import main
from cdk8s_airflow.cli.cluster import kubectl, stops
from cdk8s_airflow.cli.cluster.bundle import read_bundle
from cdk8s_airflow.cli.cluster.revisions import needed_no_longer
from cdk8s_airflow.cli.exits import CommandError

pytestmark = pytest.mark.slow

FAKE = Path(__file__).with_name("fake_kubectl.py")
LABELS = {
    "app.kubernetes.io/instance": "af1",
    "app.kubernetes.io/managed-by": "cdk8s-airflow",
}


def thing(kind: str, name: str, **more: Any) -> dict[str, Any]:
    versions = {"Deployment": "apps/v1", "StatefulSet": "apps/v1", "Job": "batch/v1"}
    return {
        "apiVersion": versions.get(kind, "v1"),
        "kind": kind,
        "metadata": {"name": name, "labels": dict(LABELS), **more.pop("metadata", {})},
        **more,
    }


def generated_secret() -> dict[str, Any]:
    labels = {"app.kubernetes.io/managed-by": "af1-bootstrap"}
    return thing("Secret", "af1-fernet-key", metadata={"labels": labels})


def admin_job() -> dict[str, Any]:
    password = {"secretKeyRef": {"name": "af1-admin", "key": "password"}}
    container = {"name": "c", "env": [{"name": "ADMIN_PASSWORD", "valueFrom": password}]}
    template = {"spec": {"containers": [container]}}
    return thing("Job", "af1-create-admin-1", spec={"template": template})


def api_service() -> dict[str, Any]:
    service = thing("Service", "af1-api-server", spec={"ports": [{"port": 8080}]})
    service["metadata"]["labels"]["app.kubernetes.io/component"] = "api-server"
    return service


Run = Callable[..., int]


class World:
    """The cluster, the bundle and the command line."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "cluster.json"
        self.bundle = folder / "dist"
        self.bundle.mkdir()
        self.set(objects=[])
        self.write(
            thing("Deployment", "af1-scheduler", spec={"replicas": 2}),
            thing("StatefulSet", "af1-worker", spec={"replicas": 2}),
            api_service(),
            admin_job(),
        )

    def set(self, **state: Any) -> None:
        self.file.write_text(json.dumps(state))

    def write(self, *objects: dict[str, Any]) -> None:
        (self.bundle / "af1.k8s.yaml").write_text(yaml.safe_dump_all(objects))

    @property
    def state(self) -> dict[str, Any]:
        return dict(json.loads(self.file.read_text()))

    def calls(self, verb: str) -> list[list[str]]:
        return [call[3:] for call in self.state["calls"] if call[2] == verb]

    def run(self, command: str, *more: str) -> int:
        options = ("--release", "af1", "--namespace", "airflow", "--bundle", str(self.bundle))
        return main([command, *options, *more])


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A cluster in a file, behind a `kubectl` on PATH."""
    program = tmp_path / "bin" / "kubectl"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{FAKE}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(stops, "POLL_SECONDS", 0.01)
    result = World(tmp_path)
    monkeypatch.setenv("CLUSTER", str(result.file))
    calls = SimpleNamespace(run=partial(in_process, program, program.read_text()))
    monkeypatch.setattr(kubectl, "subprocess", calls)
    calls.TimeoutExpired = subprocess.TimeoutExpired
    return result


CODE = compile(FAKE.read_text(), FAKE, "exec")


def in_process(
    program: Path, fake: str, command: list[str], *, env: dict[str, str], **options: Any
) -> subprocess.CompletedProcess[str]:
    """Runs the fake without a start of Python, unless a test has another program in its place."""
    if shutil.which(command[0]) != str(program) or program.read_text() != fake:
        return subprocess.run(command, env=env, **options)
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as there, redirect_stdout(out), redirect_stderr(err):
        there.setattr(sys, "argv", [str(FAKE), *command[1:]])
        for name, value in env.items():
            there.setenv(name, value)
        try:
            exec(CODE, {"__name__": "__main__", "__file__": str(FAKE)})
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(command, code, out.getvalue(), err.getvalue())


def test_a_diff_comes_to_rest_after_a_deploy(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.bundle = Path(__file__).parents[2] / "dist"
    world.set(objects=[], defaults=True)
    assert world.run("deploy") == 0
    capsys.readouterr()
    assert world.run("diff") == 0
    assert capsys.readouterr().out == "The cluster is as the bundle says.\n"


@pytest.mark.parametrize(
    ("kind", "name", "field", "value", "shown"),
    [
        ("NetworkPolicy", "af1-scheduler", "ingress", [], "metadata.generation: 1 -> 2"),
        ("Deployment", "af1-dag-processor", "replicas", 3, "spec.replicas: 1 -> 3"),
    ],
)
def test_a_diff_shows_what_a_deploy_would_change(
    world: World,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    name: str,
    field: str,
    value: Any,
    shown: str,
) -> None:
    """An empty list of rules is none to the API server, and yet another object at every apply."""
    objects = read_bundle(Path(__file__).parents[2] / "dist")
    world.write(*objects)
    world.set(objects=[], defaults=True)
    assert world.run("deploy") == 0
    (changed,) = [it for it in objects if (it["kind"], it["metadata"]["name"]) == (kind, name)]
    changed["spec"][field] = value
    world.write(*objects)
    capsys.readouterr()
    assert world.run("diff") == 0
    told = capsys.readouterr().out
    assert told == f"~ {kind} {name} in airflow\n    {shown}\n\n1 changed.\n"


def test_deploy_creates_the_namespace_applies_server_side_and_waits(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.set(objects=[], ready_after=3)
    assert world.run("deploy") == 0
    output = capsys.readouterr().out
    assert world.state["namespaces"] == ["airflow"]
    assert world.calls("apply") == [
        [
            "--server-side",
            "--force-conflicts",
            "--field-manager=cdk8s-airflow",
            "--filename",
            str(world.bundle),
        ]
    ]
    assert "waiting for Deployment/af1-scheduler (0 of 2 updated); Job/af1-create-admin-1" in output
    assert "StatefulSet/af1-worker (0 of 2 ready)" in output
    assert "kubectl port-forward -n airflow service/af1-api-server 8080:8080" in output
    assert "kubectl get secret -n airflow af1-admin -o" in output
    assert output.index("waiting for") < output.index("Ready after")


def test_deploy_into_an_existing_namespace_does_not_create_it(world: World) -> None:
    world.set(objects=[], namespaces=["airflow"])
    assert world.run("deploy") == 0
    assert world.calls("create") == []


def test_deploy_removes_what_the_bundle_no_longer_holds_and_nothing_else(world: World) -> None:
    other = thing("Deployment", "af2-scheduler")
    other["metadata"]["labels"]["app.kubernetes.io/instance"] = "af2"
    owned = thing("Job", "af1-cron-1", metadata={"ownerReferences": [{"kind": "CronJob"}]})
    kept = [other, owned, generated_secret(), thing("PersistentVolumeClaim", "data")]
    world.set(objects=[thing("Job", "af1-migrations-old"), *kept], namespaces=["airflow"])
    assert world.run("deploy") == 0
    assert world.calls("delete") == [["--ignore-not-found", "jobs.batch/af1-migrations-old"]]
    names = {each["metadata"]["name"] for each in world.state["objects"]}
    assert {each["metadata"]["name"] for each in kept} < names


def mounting(name: str) -> dict[str, Any]:
    volume = {"name": "programs", "configMap": {"name": name}}
    return {"template": {"spec": {"volumes": [volume]}}}


def test_programs_stay_while_a_revision_or_a_pod_names_them(world: World) -> None:
    old = [thing("ConfigMap", f"af1-programs-{end}", immutable=True) for end in "abcd"]
    owned = {"ownerReferences": [{"kind": "Deployment"}], "labels": LABELS}
    revisions = [
        thing("ReplicaSet", "af1-scheduler-1", metadata=owned, spec=mounting("af1-programs-a")),
        thing(
            "ControllerRevision",
            "af1-worker-1",
            metadata=owned,
            data={"spec": mounting("af1-programs-b")},
        ),
    ]
    drains = thing("Pod", "af1-worker-0", spec=mounting("af1-programs-c")["template"]["spec"])
    site = thing("ConfigMap", "af1-site")
    foreign = thing("ReplicaSet", "af2-scheduler-1", spec=mounting("af1-programs-d"))
    foreign["metadata"]["labels"]["app.kubernetes.io/instance"] = "af2"
    world.set(objects=[*old, site, *revisions, foreign], pods=[drains], namespaces=["airflow"])
    assert world.run("deploy") == 0
    (call,) = world.calls("delete")
    assert sorted(call[1:]) == ["configmaps/af1-programs-d", "configmaps/af1-site"]
    world.set(objects=[*old, site], pods=[], namespaces=["airflow"])
    assert world.run("deploy") == 0
    assert len(world.calls("delete")[-1]) == 6, "nobody names them any longer"


def test_who_may_not_read_revisions_keeps_all_programs(capsys: pytest.CaptureFixture[str]) -> None:
    class Refusing(kubectl.Kubectl):
        def run(self, *args: str, **options: Any) -> str:
            raise kubectl.KubectlError("replicasets.apps is forbidden")

    programs = thing("ConfigMap", "af1-programs-1", immutable=True)
    site = thing("ConfigMap", "af1-site", data={})
    assert needed_no_longer(Refusing("airflow"), "a=b", [programs, site]) == [site]
    said = "kept, as revisions cannot be read: ConfigMap/af1-programs-1 (replicasets.apps is"
    assert said in capsys.readouterr().out
    assert needed_no_longer(Refusing("airflow"), "a=b", [site]) == [site], "nobody is asked"


def test_a_second_deploy_deletes_nothing(world: World) -> None:
    assert world.run("deploy") == 0
    before = world.state["objects"]
    assert world.run("deploy") == 0
    assert world.calls("delete") == []
    assert {each["metadata"]["name"] for each in world.state["objects"]} == {
        each["metadata"]["name"] for each in before
    }


def test_a_deploy_that_runs_out_of_time_says_which_pods_and_why(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    crash = {
        "name": "worker",
        "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 40s"}},
        "lastState": {"terminated": {"exitCode": 1, "reason": "Error"}},
    }
    pod = thing("Pod", "af1-worker-0", status={"containerStatuses": [crash]})
    event = {
        "involvedObject": {"kind": "ReplicaSet", "name": "af1-scheduler-5b"},
        "message": "violates PodSecurity",
    }
    world.set(objects=[], pods=[pod], events=[event], ready_after=10_000)
    assert world.run("deploy", "--timeout", "0s") == 1
    captured = capsys.readouterr()
    reason = "Pod/af1-worker-0: container worker: CrashLoopBackOff: back-off 40s; before that"
    assert f"{reason} ended with exit code 1 (Error)" in captured.out
    assert "    | Traceback: no such table" in captured.out
    assert "ReplicaSet/af1-scheduler-5b: violates PodSecurity" in captured.out
    assert "deploy: not ready after 0 s: Deployment/af1-scheduler" in captured.err
    assert world.calls("logs")[0][-1] == "--previous"


def test_a_job_that_failed_for_good_ends_the_wait_at_once(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = {"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded"}
    world.write(admin_job() | {"status": {"conditions": [failed]}})
    assert world.run("deploy") == 1
    assert "Job/af1-create-admin-1 failed: BackoffLimitExceeded" in capsys.readouterr().err


def test_a_refused_apply_is_an_error_with_the_words_of_the_cluster(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.set(objects=[], refuse="apply")
    assert world.run("deploy") == 1
    assert "deploy: Error from server (Forbidden): you may not" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["deploy", "status", "delete"])
def test_a_cluster_that_does_not_answer_is_named(
    world: World, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    world.set(objects=[], unreachable=True)
    assert world.run(command) == 1
    error = capsys.readouterr().err
    assert "no cluster answers (kubectl context: test-context): The connection to the" in error
    assert "kubectl config use-context" in error
    assert world.calls("apply") == []


def test_a_cluster_that_hangs_is_given_up(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin" / "kubectl").write_text("#!/bin/sh\nexec sleep 60\n")
    with pytest.raises(kubectl.KubectlError, match=r"no answer in 0\.2 s: kubectl --namespace x"):
        kubectl.Kubectl("x").run("get", timeout=0.2)


def test_without_kubectl_the_message_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["status", "--release", "af1", "--namespace", "airflow"]) == 1
    assert "kubectl is not installed, or not on PATH" in capsys.readouterr().err


def test_a_folder_without_manifests_is_refused(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    (world.bundle / "af1.k8s.yaml").unlink()
    assert world.run("deploy") == 1
    assert "no manifests in" in capsys.readouterr().err


def test_status_of_a_release_that_is_not_there(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert world.run("status") == 1
    assert "status: no release af1 in namespace airflow" in capsys.readouterr().err


def test_status_tells_ready_from_not_ready(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.set(objects=[thing("Deployment", "af1-scheduler", spec={"replicas": 1})], ready_after=2)
    assert world.run("status") == 1
    assert "not ready: Deployment/af1-scheduler (0 of 1 updated)" in capsys.readouterr().err
    assert world.run("status") == 0
    assert "Everything is ready." in capsys.readouterr().out


def test_status_for_a_machine_says_what_is_waited_for(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--release", "af1", "--namespace", "airflow", "--json")
    world.set(objects=[thing("Deployment", "af1-scheduler", spec={"replicas": 1})], ready_after=2)
    assert main(["status", *options]) == 1
    first = capsys.readouterr()
    found = json.loads(first.out)
    assert (found["ready"], found["waiting"]) == (
        False,
        ["Deployment/af1-scheduler (0 of 1 updated)"],
    )
    assert "status: not ready" in first.err
    assert main(["status", *options]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["ready"], found["release"], found["namespace"]) == (True, "af1", "airflow")
    assert [each["metadata"]["name"] for each in found["workloads"]] == ["af1-scheduler"]
    world.set(objects=[])
    assert main(["status", *options]) == 1
    assert json.loads(capsys.readouterr().out)["ready"] is False


def test_delete_keeps_secrets_and_volumes_and_names_them(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = [generated_secret(), thing("PersistentVolumeClaim", "data-af1-0")]
    world.set(objects=[thing("Deployment", "af1-scheduler"), thing("Job", "af1-old"), *kept])
    assert world.run("delete") == 0
    assert [each["metadata"]["name"] for each in world.state["objects"]] == [
        "af1-fernet-key",
        "data-af1-0",
    ]
    output = capsys.readouterr().out
    assert "Kept, so that the next deploy finds its data: Secret/af1-fernet-key" in output
    again = "kubectl delete -n airflow secret/af1-fernet-key persistentvolumeclaim/data-af1-0"
    assert again in output


def test_delete_works_without_a_bundle(world: World, tmp_path: Path) -> None:
    world.set(objects=[thing("Deployment", "af1-scheduler")])
    world.bundle = tmp_path / "nowhere"
    assert world.run("delete") == 0
    assert world.state["objects"] == []


def test_delete_waits_for_pods_but_not_for_ever(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.set(objects=[], pods=[thing("Pod", "af1-worker-0")])
    assert world.run("delete", "--timeout", "0s") == 0
    output = capsys.readouterr().out
    assert "stopping: Pod/af1-worker-0" in output
    assert "workers let running tasks finish" in output


@pytest.mark.parametrize(
    ("text", "expected"), [("90", 90), ("600s", 600), ("10m", 600), ("1h", 3600)]
)
def test_times_have_units(text: str, expected: int) -> None:
    assert kubectl.seconds(text) == expected


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="'soon' is not a time: expected for example 600s"):
        kubectl.seconds("soon")


def test_kinds_have_unambiguous_names() -> None:
    assert kubectl.resource(thing("Secret", "x")) == "secrets"
    assert kubectl.resource(thing("Job", "x")) == "jobs.batch"
    custom = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout"}
    assert kubectl.resource(custom) == "Rollout.v1alpha1.argoproj.io"
