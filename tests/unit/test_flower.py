from __future__ import annotations

import importlib.util
import socket
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from cdk8s import App
from syrupy.assertion import SnapshotAssertion

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    Flower,
    Ingress,
    SecretKey,
    Secrets,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))
CONFIG = Path(cdk8s_airflow.__file__).parent / "programs/celery_flower/flowerconfig.py"


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    external = {"Secret/mine"} if "name='mine'" in repr(props) else set()
    return synthesize(build, tmp_path, external=external)


def env_of(bundle: Bundle) -> dict[str, Any]:
    env = bundle.container("Deployment", "af1-flower")["env"]
    return {item["name"]: item.get("value", item.get("valueFrom")) for item in env}


def test_there_is_no_flower_unless_it_is_asked_for(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path)
    assert not [m for m in bundle.manifests if "flower" in m["metadata"]["name"]]
    assert "flower-password" not in str(bundle.manifests)


def test_flower_holds_the_broker_and_its_own_password_alone(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    bundle = bundle_of(tmp_path, flower=Flower())
    held = {
        value["secretKeyRef"]["name"]
        for value in env_of(bundle).values()
        if isinstance(value, dict)
    }
    assert held == {"af1-redis", "af1-flower-password"}
    words = bundle.container("Deployment", "af1-flower")["args"]
    assert words == ["airflow", "celery", "flower", "--flower-conf", "/opt/flower/flowerconfig.py"]
    (pod,) = (pod for pod in bundle.pods if pod.component == "flower")
    assert pod.spec["enableServiceLinks"] is False
    objects = [m for m in bundle.manifests if m["metadata"]["name"] == "af1-flower"]
    kinds = ["ConfigMap", "Deployment", "NetworkPolicy", "Service", "ServiceAccount"]
    assert sorted(m["kind"] for m in objects) == kinds
    assert [m for m in objects if m["kind"] in ("Deployment", "Service")] == snapshot


def test_the_bootstrap_makes_the_password_that_nobody_brings(tmp_path: Path) -> None:
    def generated(**props: Any) -> str:
        (pod,) = (p for p in bundle_of(tmp_path, **props).pods if p.component == "bootstrap")
        return str(pod.main_containers[0]["env"])

    mine = Secrets(flower_password=SecretKey(name="mine", key="it"))
    assert "af1-flower-password" in generated(flower=Flower())
    assert "flower-password" not in generated(flower=Flower(username=None))
    assert "flower-password" not in generated(flower=Flower(), secrets=mine)


@pytest.mark.parametrize(
    ("props", "prefix"),
    [
        ({"flower": Flower()}, ""),
        ({"flower": Flower(url_prefix="/flower/")}, "/flower"),
        (
            {
                "flower": Flower(),
                "ingress": Ingress(host="x.example.com", flower_path="/airflow/flower"),
            },
            "/airflow/flower",
        ),
        (
            {
                "flower": Flower(username=None, url_prefix="/f"),
                "ingress": Ingress(host="x.example.com"),
            },
            "/f",
        ),
    ],
)
def test_probes_ask_where_flower_answers(
    tmp_path: Path, props: dict[str, Any], prefix: str
) -> None:
    bundle = bundle_of(tmp_path, **props)
    container = bundle.container("Deployment", "af1-flower")
    for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
        wanted = {"path": f"{prefix}/healthcheck", "port": "flower"}
        assert container[kind]["httpGet"] == wanted
    assert env_of(bundle).get("AIRFLOW__CELERY__FLOWER_URL_PREFIX", "") == prefix


def test_a_login_of_another_kind_may_be_exposed(tmp_path: Path) -> None:
    flower = Flower(username=None, env={"FLOWER_AUTH": ".*@example[.]com"})
    ingress = Ingress(host="x.example.com", flower_path="/flower")
    env = env_of(bundle_of(tmp_path, flower=flower, ingress=ingress))
    assert "FLOWER_PASSWORD" not in env and "FLOWER_USERNAME" not in env


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"username": "a:b"}, r"Flower\.username='a:b': expected ASCII characters without a colon"),
        ({"username": ""}, r"Flower\.username='': expected"),
        ({"username": "é"}, r"Flower\.username='é': expected ASCII"),
        ({"url_prefix": "flower"}, r"Flower\.url_prefix='flower': a path begins with a slash"),
        ({"max_tasks": 0}, r"Flower\.max_tasks=0: expected 1 or more"),
        ({"env": {"FLOWER_PORT": "1"}}, r"env\['FLOWER_PORT'\] is set by the library: Service"),
        ({"env": {"FLOWER_BASIC_AUTH": "a:b"}}, r"use Flower\(username=\.\.\.\) and Secrets"),
    ],
)
def test_what_flower_would_misread_is_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Flower(**props)


def configuration(monkeypatch: pytest.MonkeyPatch, **env: str) -> tuple[ModuleType, Any]:
    """What Flower reads from its configuration file, and Flower as the file leaves it."""

    class Application:
        def find_handler(self, request: Any, **options: object) -> str:
            return str(request.path)

    application, util = ModuleType("flower.app"), ModuleType("tornado.httputil")
    application.Flower = Application  # type: ignore[attr-defined]
    util.HTTPServerRequest = object  # type: ignore[attr-defined]
    redis = ModuleType("kombu.transport.redis")
    redis.Channel = SimpleNamespace()  # type: ignore[attr-defined]
    above = [ModuleType(name) for name in ("flower", "tornado", "kombu", "kombu.transport")]
    for module in (*above, application, util, redis):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    for name in ("AIRFLOW__CELERY__FLOWER_URL_PREFIX", "FLOWER_PASSWORD", "FLOWER_USERNAME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.spec_from_file_location("flowerconfig", CONFIG)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, Application()


def test_the_password_may_be_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "password").write_text("it, and more")
    path = str(tmp_path / "password")
    module, _ = configuration(monkeypatch, FLOWER_USERNAME="admin", FLOWER_PASSWORD_FILE=path)
    assert module.basic_auth == ["admin:it, and more"]


def test_a_password_is_one_password_whatever_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    password = "a,b:c d'\"$(HOME)\\%"
    module, _ = configuration(monkeypatch, FLOWER_USERNAME="admin", FLOWER_PASSWORD=password)
    assert module.basic_auth == [f"admin:{password}"]
    assert not hasattr(configuration(monkeypatch)[0], "basic_auth")


def test_flower_hears_of_a_redis_that_dies_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    module, _ = configuration(monkeypatch)
    keepalive = {socket.TCP_KEEPIDLE: 5, socket.TCP_KEEPINTVL: 5, socket.TCP_KEEPCNT: 2}
    assert module.Channel.socket_keepalive_options == keepalive


@pytest.mark.parametrize("password", ["", "é", "line\n"])
def test_flower_does_not_start_with_a_password_that_lets_nobody_in(
    monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    with pytest.raises(SystemExit, match="printable ASCII"):
        configuration(monkeypatch, FLOWER_USERNAME="admin", FLOWER_PASSWORD=password)


@pytest.mark.parametrize(
    ("prefix", "path", "handled"),
    [
        ("", "/workers", "/workers"),
        ("/a/flower", "/a/flower/workers", "/a/flower/workers"),
        ("/a/flower", "/a/flower", "/a/flower/"),
        ("/a/flower", "/workers", "/a/flower/workers"),
        ("/a/flower", "/", "/a/flower/"),
        ("/a/flower", "/a/flowers", "/a/flower/a/flowers"),
    ],
)
def test_flower_answers_with_and_without_its_prefix(
    monkeypatch: pytest.MonkeyPatch, prefix: str, path: str, handled: str
) -> None:
    env = {"AIRFLOW__CELERY__FLOWER_URL_PREFIX": prefix}
    _, flower = configuration(monkeypatch, **env)
    assert flower.find_handler(SimpleNamespace(path=path)) == handled
