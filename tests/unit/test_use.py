"""`make browse-web`, `logs`, `shell`, `backfill` ... with a kubectl whose cluster is a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from cdk8s_airflow.cli import main

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
FAKE = Path(__file__).with_name("fake_kubectl.py")


def thing(kind: str, component: str, **spec: Any) -> dict[str, Any]:
    labels = {
        "app.kubernetes.io/instance": "af1",
        "app.kubernetes.io/component": component,
        "app.kubernetes.io/managed-by": "cdk8s-airflow",
    }
    name = f"af1-{component}"
    metadata = {"name": name, "labels": labels, "namespace": "airflow"}
    return {"apiVersion": "v1", "kind": kind, "metadata": metadata, "spec": spec}


def template(**env: str) -> dict[str, Any]:
    container = {"env": [{"name": name, "value": value} for name, value in env.items()]}
    return {"spec": {"containers": [container]}}


def asking(workload: dict[str, Any], variable: str, secret: str) -> dict[str, Any]:
    password = {"secretKeyRef": {"name": secret, "key": "password"}}
    entry = {"name": variable, "valueFrom": password}
    workload["spec"]["template"]["spec"]["containers"][0]["env"].append(entry)
    return workload


OBJECTS = [
    thing("Deployment", "scheduler", template=template()),
    thing(
        "Deployment",
        "api-server",
        template=template(AIRFLOW__API__BASE_URL="https://data.example.com/airflow"),
    ),
    thing("StatefulSet", "worker", template=template()),
    thing("Service", "api-server", clusterIP="10.0.0.1", ports=[{"port": 8080}]),
    thing("Service", "worker", clusterIP="None", ports=[{"port": 8793}]),
    asking(thing("Job", "create-admin", template=template()), "ADMIN_PASSWORD", "af1-admin"),
]
FLOWER = [
    thing("Service", "flower", clusterIP="10.0.0.2", ports=[{"port": 5555}]),
    asking(
        thing("Deployment", "flower", template=template(AIRFLOW__CELERY__FLOWER_URL_PREFIX="/fl")),
        "FLOWER_PASSWORD",
        "af1-flower",
    ),
]


class Became(BaseException):
    """The process would be another program's now, which has ended with this code."""

    def __init__(self, code: int) -> None:
        self.code = code


def become(program: str, words: Sequence[str]) -> None:
    """Stands in for `os.execvp`: this process goes on with its tests."""
    raise Became(subprocess.call([program, *words[1:]]))


class World:
    """The cluster, and the command line; its kubectl is a process, as ever."""

    def __init__(
        self, folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.folder, self._capfd = folder, capfd
        self.file = folder / "cluster.json"
        program = folder / "bin" / "kubectl"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{FAKE}" "$@"\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
        monkeypatch.setenv("CLUSTER", str(self.file))
        monkeypatch.setattr(os, "execvp", become)
        self.set()

    def set(self, objects: list[dict[str, Any]] | None = None, **state: Any) -> None:
        self.file.write_text(
            json.dumps({"objects": OBJECTS if objects is None else objects, **state})
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        names = [] if "--bundle" in arguments else ["--release", "af1", "--namespace", "airflow"]
        self._capfd.readouterr()
        try:
            code = main([*arguments, *names])
        except Became as kubectl:
            code = kubectl.code
        return subprocess.CompletedProcess(arguments, code, *self._capfd.readouterr())

    def calls(self) -> list[list[str]]:
        return list(json.loads(self.file.read_text())["calls"])

    def last_call(self) -> list[str]:
        return self.calls()[-1]


@pytest.fixture
def world(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> World:
    return World(tmp_path, capfd, monkeypatch)


def test_browse_web_prints_address_and_password_and_forwards(world: World) -> None:
    done = world.run("browse")
    assert done.returncode == 0, done.stderr
    assert "Open http://localhost:8080/airflow/" in done.stdout
    assert "Password of the admin: kubectl get secret -n airflow af1-admin" in done.stdout
    assert world.last_call()[1:] == [
        "airflow",
        "port-forward",
        "service/af1-api-server",
        "8080:8080",
    ]


def test_browse_flower_knows_its_prefix(world: World) -> None:
    world.set([*OBJECTS, *FLOWER])
    done = world.run("browse", "flower")
    assert "Open http://localhost:5555/fl/" in done.stdout
    assert "Password of Flower: kubectl get secret -n airflow af1-flower" in done.stdout
    assert "Password of the admin" not in done.stdout
    assert world.last_call()[2:] == ["port-forward", "service/af1-flower", "5555:5555"]


def test_browse_flower_without_flower_says_what_there_is(world: World) -> None:
    done = world.run("browse", "flower")
    assert done.returncode == 1
    assert done.stderr == (
        "browse: no flower in release af1, namespace airflow; it has api-server, create-admin, "
        "scheduler, worker\n"
    )


def test_backfill_runs_in_the_scheduler(world: World) -> None:
    done = world.run("backfill", "tutorial", "--from", "2015-05-01", "--to", "2015-06-01")
    assert done.returncode == 0, done.stderr
    dates = ["--dag-id", "tutorial", "--from-date", "2015-05-01", "--to-date", "2015-06-01"]
    assert world.last_call()[2:] == [
        *("exec", "deployment/af1-scheduler", "--"),
        *("airflow", "backfill", "create", *dates),
    ]


def test_backfill_without_a_dag_says_how(world: World) -> None:
    done = world.run("backfill", "", "--from", "2015-05-01", "--to", "")
    assert done.returncode == 1
    assert "say which: backfill tutorial --from 2015-05-01 --to 2015-06-01" in done.stderr


def test_a_shell_opens_in_the_scheduler_or_the_component(world: World) -> None:
    assert world.run("shell").returncode == 0
    assert world.last_call()[2:] == [
        *("exec", "--stdin", "--tty", "deployment/af1-scheduler", "--", "bash")
    ]
    assert world.run("shell", "worker").returncode == 0
    assert "statefulset/af1-worker" in world.last_call()
    done = world.run("shell", "nothing")
    assert "shell: no nothing in release af1" in done.stderr


def test_logs_follow_all_pods_or_those_of_a_component(world: World) -> None:
    world.set(pods=[thing("Pod", "worker")])
    assert world.run("logs").returncode == 0
    call = world.last_call()
    assert (call[2], call[4]) == ("logs", "app.kubernetes.io/instance=af1")
    assert "--follow" in call
    assert world.run("logs", "worker").returncode == 0
    assert world.last_call()[4].endswith(",app.kubernetes.io/component=worker")
    assert "no pods of triggerer" in world.run("logs", "triggerer").stderr


def test_without_a_release_each_says_what_makes_it(world: World) -> None:
    world.set([])
    for command in ("browse", "shell"):
        assert "cdk8s-airflow deploy makes it" in world.run(command).stderr


def test_without_kubectl_each_says_where_to_get_it(
    world: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(world.folder))
    names = ["--release", "af1", "--namespace", "airflow"]
    backfill = "backfill tutorial --from 2015-05-01 --to 2015-06-01"
    for line in ("browse", "browse flower", "logs", "shell", backfill):
        assert main([*line.split(), *names]) == 1
    for command in ("deploy", "diff", "status", "delete"):
        assert (
            main(
                [
                    command,
                    *names,
                ]
            )
            == 1
        )
    text = capfd.readouterr().err
    assert text.count("Get it from https://kubernetes.io/docs/tasks/tools") == 9


def test_minikube_is_asked_for_with_where_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "bash").symlink_to("/bin/bash")
    for command in ("start", "stop"):
        done = subprocess.run(
            ["/bin/bash", str(ROOT / "scripts" / "minikube.sh"), command],
            env={"PATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert "Get it from https://minikube.sigs.k8s.io/docs/start" in done.stderr
    fake = tmp_path / "minikube"
    fake.write_text('#!/bin/bash\necho "$@"\n')
    fake.chmod(0o755)
    done = subprocess.run(
        ["/bin/bash", str(ROOT / "scripts" / "minikube.sh"), "start"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "start --cpus 4 --memory 8g\n"


def bundle(folder: Path, *releases: tuple[str, str]) -> Path:
    folder.mkdir()
    for name, namespace in releases:
        each = thing("Service", "api-server", ports=[{"port": 8080}])
        each["metadata"]["labels"]["app.kubernetes.io/instance"] = name
        each["metadata"]["namespace"] = namespace
        (folder / f"{name}.k8s.yaml").write_text(yaml.safe_dump(each))
    return folder


def test_the_bundle_tells_release_and_namespace_where_make_does_not(
    world: World, tmp_path: Path
) -> None:
    one = bundle(tmp_path / "one", ("af1", "airflow"))
    assert world.run("shell", "--bundle", str(one)).returncode == 0
    assert world.last_call()[:2] == ["--namespace", "airflow"]
    two = bundle(tmp_path / "two", ("af1", "airflow"), ("af2", "data"))
    done = world.run("status", "--bundle", str(two))
    assert (
        "holds af1 in airflow, af2 in data: name one with --release and --namespace" in done.stderr
    )
    done = world.run("status", "--bundle", str(tmp_path / "none"))
    assert "run cdk8s-airflow synth first" in done.stderr


def test_diff_shows_what_deploy_would_change(world: World, tmp_path: Path) -> None:
    one = bundle(tmp_path / "one", ("af1", "airflow"))
    world.set([])
    done = world.run("diff", "--bundle", str(one))
    assert (done.returncode, done.stdout) == (0, "The cluster is as the bundle says.\n")
    assert [call for call in world.calls() if call[2] == "diff"] == [
        [
            *("--namespace", "airflow"),
            *("diff", "--server-side", "--force-conflicts", "--field-manager=cdk8s-airflow"),
            *("--filename", str(one)),
        ]
    ]
    live, merged = (thing("Deployment", "api-server", replicas=count) for count in (1, 2))
    live["metadata"]["generation"] = 7
    world.set([], differences=[[live, merged]])
    done = world.run("diff", "--bundle", str(one))
    assert (done.returncode, done.stdout) == (
        0,
        "~ Deployment af1-api-server in airflow\n    spec.replicas: 1 -> 2\n\n1 changed.\n",
    )
    assert world.run("diff", "--bundle", str(one), "--exit-code").returncode == 3
    world.set()
    done = world.run("diff", "--bundle", str(one))
    assert "- Deployment af1-scheduler in airflow" in done.stdout, "a deploy would delete it"
    world.set(refuse="diff", code=2)
    done = world.run("diff", "--bundle", str(one))
    assert done.returncode == 1
    assert "you may not" in done.stderr
