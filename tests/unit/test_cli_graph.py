"""`cdk8s-airflow graph`: the arrows are what policies allow and what pods hold; completion."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from cdk8s_airflow.cli import COMMANDS, main
from cdk8s_airflow.cli.flows import picture_of

DIST = Path(__file__).resolve().parents[2] / "dist"


def pods(name: str, **spec: Any) -> dict[str, Any]:
    labels = {"app.kubernetes.io/instance": "af1", "app.kubernetes.io/component": name}
    template = {"metadata": {"labels": labels}, "spec": {"containers": [], **spec}}
    metadata = {"name": name, "namespace": "airflow", "labels": labels}
    return {"kind": "Deployment", "metadata": metadata, "spec": {"template": template}}


def policy(name: str, **rules: Any) -> dict[str, Any]:
    selector = {"matchLabels": {"app.kubernetes.io/component": name}}
    metadata = {"name": name, "namespace": "airflow"}
    types = [side.capitalize() for side in rules]
    spec = {"podSelector": selector, "policyTypes": types, **rules}
    return {"kind": "NetworkPolicy", "metadata": metadata, "spec": spec}


def peer(name: str) -> dict[str, Any]:
    return {"podSelector": {"matchLabels": {"app.kubernetes.io/component": name}}}


def arrows(objects: list[dict[str, Any]], show: str = "flows") -> set[tuple[str, str, str]]:
    picture = picture_of(objects, show=show)
    return {(edge.start.rpartition("/")[2], edge.end.rpartition("/")[2], edge.label)
            for edge in picture.edges}  # fmt: skip


OUT = policy("a", egress=[{"to": [peer("b")], "ports": [{"port": 80}]}])
DNS = policy("a", egress=[{"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53}]}])


def into(start: str, port: int) -> dict[str, Any]:
    return policy("b", ingress=[{"from": [peer(start)], "ports": [{"port": port}]}])


@pytest.mark.parametrize(
    ("more", "drawn"),
    [
        ([], True),
        ([into("a", 80)], True),
        ([into("a", 81)], False),
        ([into("c", 80)], False),
        ([policy("b", ingress=[])], False),
    ],
    ids=["no policy", "let in", "another port", "another peer", "nobody"],
)
def test_an_arrow_needs_both_sides(more: list[dict[str, Any]], drawn: bool) -> None:
    found = arrows([pods("a"), pods("b"), OUT, DNS, *more])
    assert found == ({("a", "b", "80")} if drawn else set())


def test_who_is_outside_is_named() -> None:
    rules = [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 443}]}]
    inward = [{"from": [{"namespaceSelector": {}}], "ports": [{"port": 8080}]}]
    assert arrows([pods("a"), policy("a", egress=rules, ingress=inward)]) == {
        ("a", "outside:any address", "443"),
        ("outside:other namespaces", "a", "8080"),
    }


def test_every_way_to_hold_a_secret_is_seen() -> None:
    environment = [{"name": "P", "valueFrom": {"secretKeyRef": {"name": "env", "key": "p"}}}]
    containers = [{"env": environment, "envFrom": [{"secretRef": {"name": "whole"}}]}]
    items = [{"key": "k", "path": "k"}]
    volumes = [
        {"name": "v", "secret": {"secretName": "files", "items": items}},
        {"name": "w", "projected": {"sources": [{"secret": {"name": "projected"}}]}},
    ]
    held = arrows([pods("a", containers=containers, volumes=volumes)], "secrets")
    assert held == {
        ("a", "secret:env", "p"),
        ("a", "secret:whole", "all keys"),
        ("a", "secret:files", "k"),
        ("a", "secret:projected", "all keys"),
    }


def test_the_default_bundle_keeps_the_database_from_its_workers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["graph", str(DIST), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    named = {each["id"]: each["name"].partition(" ")[0] for each in found["nodes"]}
    arrows = {(named[e["start"]], named[e["end"]], e["kind"]) for e in found["edges"]}
    assert ("af1-scheduler", "af1-postgresql", "flow") in arrows
    assert ("af1-worker", "af1-api-server", "flow") in arrows
    assert ("af1-worker", "af1-postgresql", "flow") not in arrows
    assert {end for start, end, kind in arrows if (start, kind) == ("af1-worker", "secret")}
    assert ("af1-worker", "af1-fernet-key", "secret") not in arrows
    components = {
        each["metadata"]["name"]
        for each in yaml.safe_load_all((DIST / "af1.k8s.yaml").read_text())
        if each["kind"] in ("Deployment", "StatefulSet", "Job", "CronJob")
    }
    assert components <= set(named.values())


def test_mermaid_names_every_node_before_its_arrows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["graph", str(DIST)]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == "flowchart LR"
    nodes = {line.split("[")[0].split("(")[0].strip() for line in lines if "-->" not in line}
    for line in lines:
        if "-->" in line or "-.->" in line:
            start, *_, end = line.split()
            assert {start, end} <= nodes


def test_graphviz_draws_and_is_asked_for_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    out = tmp_path / "af1.svg"
    assert main(["graph", str(DIST), "-o", str(out)]) == 1
    assert "svg needs Graphviz: install it" in capsys.readouterr().err
    dot = tmp_path / "dot"
    dot.write_text('#!/bin/sh\necho "$1"\nexec /bin/cat\n')
    dot.chmod(0o755)
    assert main(["graph", str(DIST), "-o", str(out)]) == 0
    drawn = out.read_text().splitlines()
    assert drawn[:2] == ["-Tsvg", "digraph bundle {"]
    assert drawn[-1] == "}"
    assert main(["graph", str(DIST), "--format", "png"]) == 1
    assert main(["graph", str(DIST), "-o", "x.gif"]) == 1
    assert "expected an end such as .mmd" in capsys.readouterr().err
    assert main(["graph", str(DIST), "--release", "other"]) == 1
    assert "holds no pods of other" in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_every_command(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    text = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in text] == []
    if shell == "bash":
        (tmp_path / "script").write_text(text)
        subprocess.run(["bash", "-n", str(tmp_path / "script")], check=True)
