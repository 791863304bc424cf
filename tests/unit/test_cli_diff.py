"""`cdk8s-airflow diff` between folders and git revisions: fields, and which pods roll and why."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from cdk8s_airflow.cli import difference_text, main
from cdk8s_airflow.cli.differences import CHECKSUM, Difference, differences

DIST = Path(__file__).resolve().parents[2] / "dist"


def workload(kind: str = "StatefulSet", **spec: Any) -> dict[str, Any]:
    container = {
        "name": "worker",
        "image": "apache/airflow:3.3.1",
        "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
        "args": ["celery", "worker"],
    }
    template = {
        "metadata": {"annotations": {CHECKSUM: "a"}},
        "spec": {
            "containers": [container],
            "volumes": [{"name": "config", "configMap": {"name": "af1-config"}}],
        },
    }
    return {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": "af1-worker", "namespace": "airflow"},
        "spec": {"replicas": 2, "template": template, **spec},
    }


def config(text: str) -> dict[str, Any]:
    metadata = {"name": "af1-config", "namespace": "airflow"}
    data = {"airflow.cfg": text}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data}


def one(before: dict[str, Any], after: dict[str, Any]) -> Difference:
    (found,) = differences([before], [after])
    return found


def test_a_change_in_a_list_is_told_by_the_name_of_its_item() -> None:
    after = workload()
    (container,) = after["spec"]["template"]["spec"]["containers"]
    container |= {"image": "apache/airflow:3.3.2", "args": ["celery", "worker", "-q"]}
    container["env"] = [{"name": "B", "value": "3"}, {"name": "C", "value": "4"}]
    found = one(workload(), after)
    place = "spec.template.spec.containers[worker]"
    assert list(difference_text.lines([found], none="")) == [
        "~ StatefulSet af1-worker in airflow",
        f"    {place}.image: apache/airflow:3.3.1 -> apache/airflow:3.3.2",
        f'    {place}.env[A]: - {{"name": "A", "value": "1"}}',
        f"    {place}.env[B].value: 2 -> 3",
        f'    {place}.env[C]: + {{"name": "C", "value": "4"}}',
        f'    {place}.args: ["celery", "worker"] -> ["celery", "worker", "-q"]',
        "",
        "1 changed.",
        "rolls: 2 pods of StatefulSet af1-worker: containers[worker].image; "
        "containers[worker].env[A]; containers[worker].env[B].value and 2 more",
    ]


def test_replicas_alone_roll_nothing() -> None:
    assert one(workload(), workload(replicas=3)).rolls == ()


def test_a_checksum_is_explained_by_the_data_that_the_pods_read() -> None:
    after = workload()
    after["spec"]["template"]["metadata"]["annotations"][CHECKSUM] = "b"
    both = differences([workload(), config("a = 1\nb = 1\n")], [after, config("a = 1\nb = 2\n")])
    (worker,) = (each for each in both if each.kind == "StatefulSet")
    assert worker.rolls == ("ConfigMap af1-config, which it reads",)
    text = "\n".join(difference_text.lines(both, none=""))
    assert "data.airflow.cfg:\n" in text
    assert "      -b = 1\n          +b = 2".replace("          ", "      ") in text
    assert one(workload(), after).rolls == ("data that its processes read when they start",)


def test_what_the_cluster_writes_is_no_difference() -> None:
    live = workload() | {"status": {"replicas": 2}}
    live["metadata"] |= {"generation": 3, "resourceVersion": "9", "uid": "u", "managedFields": []}
    assert differences([live], [workload() | {"status": {}}])[0].fields[0].path == (
        "metadata.generation"
    ), "unless it is all that differs: then the cluster counts each apply"
    del live["metadata"]["generation"]
    assert differences([live], [workload()]) == []


def test_a_field_that_cannot_change_is_told() -> None:
    found = one(workload(serviceName="a"), workload(serviceName="b"))
    assert found.refused == ("serviceName",)
    assert "    spec.serviceName cannot be changed: delete the StatefulSet first" in list(
        difference_text.lines([found], none="")
    )


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "status": {"phase": "Pending"}}, ()),
        ({"metadata": {"name": "data", "creationTimestamp": None}}, ()),
        ({"spec": {"resources": {"requests": {"storage": "1Gi"}}, "volumeMode": "Filesystem"}}, ()),
        ({"spec": {"resources": {"requests": {"storage": "2Gi"}}}}, ("volumeClaimTemplates",)),
        ({"metadata": {"name": "other"}}, ("volumeClaimTemplates",)),
    ],
)
def test_a_claim_template_that_says_what_a_cluster_fills_in_is_not_refused(
    more: dict[str, Any], refused: tuple[str, ...]
) -> None:
    """A release of an earlier version has templates without the defaults: its upgrade goes on."""
    claim = {"metadata": {"name": "data"}, "spec": {"resources": {"requests": {"storage": "1Gi"}}}}
    before, after = (workload(volumeClaimTemplates=[each]) for each in (claim, claim | more))
    assert one(before, after).refused == refused
    assert one(after, before).refused == refused


def test_a_secret_is_not_shown() -> None:
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {"k": "old"}}
    other = copy.deepcopy(secret) | {"data": {"k": "new"}}
    text = "\n".join(difference_text.lines(differences([secret], [other]), none=""))
    assert "data.k: (hidden) -> (hidden, another)" in text
    assert "old" not in text


def test_what_comes_and_goes_is_told_with_its_pods(tmp_path: Path) -> None:
    found = differences([workload(), config("")], [workload("Deployment")])
    assert list(difference_text.lines(found, none="")) == [
        "- ConfigMap af1-config in airflow",
        "+ Deployment af1-worker in airflow",
        "- StatefulSet af1-worker in airflow",
        "",
        "1 added, 2 removed.",
        "starts: 2 pods of Deployment af1-worker",
        "stops: 2 pods of StatefulSet af1-worker",
    ]


def write(folder: Path, *objects: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "af1.k8s.yaml").write_text(yaml.safe_dump_all(objects))
    return folder


def test_a_folder_and_a_git_revision_give_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    write(Path("old"), workload())
    write(Path("dist"), workload())
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "dist"], ["commit", "-qm", "a"], ["tag", "v1"]):
        subprocess.run([*git, *words], check=True)
    assert main(["diff", "v1"]) == 0
    assert capsys.readouterr().out == "The bundle is as in v1.\n"
    write(Path("dist"), workload(replicas=3))
    told = []
    for against in ("old", "v1"):
        assert main(["diff", against, "--json", "--exit-code"]) == 3
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]
    assert told[0][0]["fields"] == [{"path": "spec.replicas", "before": 2, "after": 3}]
    for against, reason in (("v2", "neither cluster, nor a folder"), ("--output=x", "Unknown")):
        assert main(["diff", against]) == (2 if against.startswith("-") else 1)
        assert reason in capsys.readouterr().err


def test_the_default_bundle_does_not_differ_from_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["diff", str(DIST), "--bundle", str(DIST), "--exit-code"]) == 0
    assert capsys.readouterr().out == f"The bundle is as in {DIST}.\n"


def test_colour_is_for_terminals_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [one(workload(), workload(replicas=3))]
    assert "\x1b" not in "".join(difference_text.lines(found, none=""))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b[33m~ StatefulSet" in "".join(difference_text.lines(found, none=""))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in "".join(difference_text.lines(found, none=""))


def test_an_option_is_no_revision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--", "--upload-pack=x"]) == 1
    assert "expected cluster, a folder, or a git revision" in capsys.readouterr().err
