"""What `make deploy` says of the ways in, read from manifests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsInImage, Flower, Image
from cdk8s_airflow.cli.cluster.access import access
from cdk8s_airflow.cli.cluster.bundle import read_bundle
from cdk8s_airflow.props import Suspended

IMAGE = Image(repository="registry.example.com/airflow", tag="1")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def said(example: str) -> list[str]:
    return list(access(read_bundle(EXAMPLES / example), "data"))


def test_web_interface_flower_and_their_passwords_are_told_with_their_paths() -> None:
    web, flower, users, admin, guard = said("ingress")
    assert web == (
        "Web interface: kubectl port-forward -n data service/af1-api-server 8080:8080, then open "
        "http://localhost:8080/airflow/"
    )
    assert flower == (
        "Flower: kubectl port-forward -n data service/af1-flower 5555:5555, then open "
        "http://localhost:5555/airflow/flower/"
    )
    assert users == "Users find it at https://data.example.com/airflow"
    assert "Password of the admin: kubectl get secret -n data af1-admin-password" in admin
    assert "Password of Flower: kubectl get secret -n data af1-flower-password" in guard


def test_a_service_for_outside_is_not_what_is_forwarded() -> None:
    def service(name: str, port: int) -> dict[str, Any]:
        labels = {"app.kubernetes.io/component": "api-server"}
        metadata = {"name": name, "labels": labels}
        return {"kind": "Service", "metadata": metadata, "spec": {"ports": [{"port": port}]}}

    both = [service("af1-api-server-exposed", 80), service("af1-api-server", 8080)]
    (line,) = access(both, "data")
    assert "service/af1-api-server 8080:8080" in line


def suspended(how: Suspended) -> list[str]:
    props = AirflowProps(image=IMAGE, dags=DagsInImage(), flower=Flower(), suspended=how)
    app = App(outdir="unused")
    AirflowChart(app, "af1", namespace="data", props=props)
    return list(access(list(yaml.safe_load_all(str(app.synth_yaml()))), "data"))


def test_a_suspended_release_does_not_tell_how_to_open_what_does_not_run() -> None:
    assert suspended(True) == [
        "Web interface: stopped, the bundle gives it 0 replicas",
        "Flower: stopped, the bundle gives it 0 replicas",
    ]


def test_a_release_without_tasks_still_shows_its_web_interface() -> None:
    assert suspended("tasks") == suspended(False)
    assert [line.partition(":")[0] for line in suspended("tasks")] == [
        *("Web interface", "Flower", "Password of the admin", "Password of Flower")
    ]


def test_what_is_not_there_is_not_told() -> None:
    web, admin = said("quickstart")
    assert web.endswith("then open http://localhost:8080/")
    assert "'go-template={{index .data \"admin-password\" | base64decode}}'" in admin
