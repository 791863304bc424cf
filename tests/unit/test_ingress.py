from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App
from syrupy.assertion import SnapshotAssertion

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    DagsFolder,
    Flower,
    Ingress,
    SecretKey,
    Secrets,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))
HOST = "data.example.com"
PASSWORD = SecretKey(name="mine", key="it")


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    brought = {f"Secret/{name}" for name in ("data-tls", "flower-tls") if name in repr(props)}
    return synthesize(build, tmp_path, external=brought)


def env_of(bundle: Bundle, component: str) -> dict[str, Any]:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    env = pod.main_containers[0].get("env", [])
    return {item["name"]: item.get("value", item.get("valueFrom")) for item in env}


def rules(bundle: Bundle, name: str) -> tuple[str, str, str, str]:
    spec = bundle.one("Ingress", name)["spec"]
    (rule,) = spec["rules"]
    (path,) = rule["http"]["paths"]
    service = path["backend"]["service"]
    return rule["host"], path["path"], path["pathType"], service["name"]


def test_the_path_reaches_probes_links_and_what_workers_ask(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, ingress=Ingress(host=HOST, web_path="/airflow/", tls="data-tls"))
    container = bundle.container("Deployment", "af1-api-server")
    paths = {
        kind: container[kind]["httpGet"]["path"]
        for kind in ("startupProbe", "readinessProbe", "livenessProbe")
    }
    assert paths == {
        "startupProbe": "/airflow/execution/health",
        "readinessProbe": "/airflow/api/v2/version",
        "livenessProbe": "/airflow/api/v2/version",
    }
    worker = bundle.one("StatefulSet", "af1-worker")["spec"]["template"]["spec"]
    assert "http://af1-api-server:8080/airflow/api/v2/version" in str(worker["initContainers"])
    url = env_of(bundle, "worker")["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]
    assert url == "http://af1-api-server:8080/airflow/execution/"
    for component in ("api-server", "scheduler", "dag-processor", "triggerer", "worker"):
        assert env_of(bundle, component)["AIRFLOW__API__BASE_URL"] == f"https://{HOST}/airflow"
    assert "AIRFLOW__API__BASE_URL" not in env_of(bundle, "create-admin")
    assert rules(bundle, "af1-api-server") == (HOST, "/airflow", "Prefix", "af1-api-server")
    assert bundle.find("Ingress", "af1-flower") is None


def test_a_prefix_needs_no_ingress(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, base_url=f"https://{HOST}:8443/airflow/")
    assert bundle.all("Ingress") == []
    api_server = env_of(bundle, "api-server")
    assert api_server["AIRFLOW__API__BASE_URL"] == f"https://{HOST}:8443/airflow"
    assert api_server["FORWARDED_ALLOW_IPS"] == "*"
    url = env_of(bundle, "worker")["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]
    assert url == "http://af1-api-server:8080/airflow/execution/"


@pytest.mark.parametrize(
    ("props", "trusted"),
    [
        ({}, None),
        ({"ingress": Ingress(host=HOST)}, "*"),
        ({"api_server": ApiServerProps(trusted_proxies=["10.0.0.0/8", "::1"])}, "10.0.0.0/8,::1"),
        (
            {"base_url": f"http://{HOST}", "api_server": ApiServerProps(trusted_proxies=[])},
            None,
        ),
    ],
)
def test_headers_of_proxies_are_believed_only_where_there_is_one(
    tmp_path: Path, props: dict[str, Any], trusted: str | None
) -> None:
    bundle = bundle_of(tmp_path, **props)
    env = env_of(bundle, "api-server")
    args = bundle.container("Deployment", "af1-api-server")["args"]
    assert env.get("FORWARDED_ALLOW_IPS") == trusted
    assert env.get("AIRFLOW__FAB__ENABLE_PROXY_FIX") == ("True" if trusted else None)
    assert ("--proxy-headers" in args) is bool(trusted)


def test_each_endpoint_has_its_host_certificate_and_annotations(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    ingress = Ingress(
        host=HOST,
        flower_host="flower.example.com",
        flower_path="/",
        class_name="nginx",
        tls="data-tls",
        flower_tls="flower-tls",
        annotations={"a": "both", "b": "both"},
        web_annotations={"b": "web"},
        flower_annotations={"c": "flower"},
    )
    bundle = bundle_of(tmp_path, ingress=ingress, flower=Flower())
    assert rules(bundle, "af1-api-server") == (HOST, "/", "Prefix", "af1-api-server")
    assert rules(bundle, "af1-flower") == ("flower.example.com", "/", "Prefix", "af1-flower")
    web, flower = (bundle.one("Ingress", f"af1-{name}") for name in ("api-server", "flower"))
    assert web["metadata"]["annotations"] == {"a": "both", "b": "web"}
    assert flower["metadata"]["annotations"] == {"a": "both", "b": "both", "c": "flower"}
    assert web["spec"]["tls"] == [{"hosts": [HOST], "secretName": "data-tls"}]
    assert [web, flower] == snapshot


@pytest.mark.parametrize(
    ("props", "web", "flower"),
    [
        ({"tls": True}, [{"hosts": [HOST]}], [{"hosts": [HOST]}]),
        ({"tls": True, "flower_tls": False}, [{"hosts": [HOST]}], None),
        ({"tls": True, "flower_host": "f.example.com"}, [{"hosts": [HOST]}], None),
        ({"flower_tls": "flower-tls"}, None, [{"hosts": [HOST], "secretName": "flower-tls"}]),
    ],
)
def test_flower_has_the_certificate_of_its_host(
    tmp_path: Path, props: dict[str, Any], web: object, flower: object
) -> None:
    ingress = Ingress(host=HOST, flower_path="/flower", **props)
    bundle = bundle_of(tmp_path, ingress=ingress, flower=Flower())
    assert bundle.one("Ingress", "af1-api-server")["spec"].get("tls") == web
    assert bundle.one("Ingress", "af1-flower")["spec"].get("tls") == flower


@pytest.mark.parametrize(
    ("props", "message"),
    [
        (
            {"host": "https://data.example.com"},
            r"host='https://data.*without scheme, port and path",
        ),
        ({"host": "data.example.com:8080"}, r"expected a host name such as"),
        ({"host": ""}, r"Ingress\.host='': expected a host name"),
        ({"host": "*.example.com"}, r"Ingress\.host='\*\.example\.com': expected a host name"),
        ({"web_path": "airflow"}, r"web_path='airflow': a path begins with a slash: '/airflow'"),
        ({"web_path": ""}, r"Ingress\.web_path=' '"),
        ({"web_path": "/a//b"}, r"web_path='/a//b': .*between single slashes"),
        ({"web_path": "/a?b"}, r"web_path='/a\?b': expected a path such as '/airflow'"),
        ({"flower_path": "flower"}, r"flower_path='flower': a path begins with a slash"),
        ({"flower_path": "/"}, r"flower_path='/' is web_path too: give Flower a path or a host"),
        ({"flower_path": "/api"}, r"flower_path='/api' would hide .*choose another.*'/flower'"),
        (
            {"web_path": "/a", "flower_path": "/a/ui/x"},
            r"would hide a part of Airflow, which answers below /a/ui itself",
        ),
        ({"flower_host": "f.example.com"}, r"flower_host is set, but not flower_path: give it"),
        ({"flower_path": "/f", "flower_host": "F"}, r"Ingress\.flower_host='F': .*in lower case"),
        ({"tls": "Data TLS"}, r"Ingress\.tls='Data TLS' cannot be the name of an object"),
    ],
)
def test_an_ingress_that_leads_nowhere_is_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Ingress(**{"host": HOST, **props})


def test_the_problems_of_an_ingress_are_told_at_once() -> None:
    with pytest.raises(ValueError) as error:
        Ingress(host="http://x", web_path="a", flower_path="b")
    assert len(str(error.value).splitlines()) == 3


EXPOSED = Ingress(host=HOST, web_path="/airflow", flower_path="/airflow/flower")


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"ingress": EXPOSED}, r"flower_path='/airflow/flower'\) leads nowhere.*flower=Flower\(\)"),
        (
            {"ingress": EXPOSED, "flower": Flower(username=None)},
            r"would let everyone stop workers and tasks: give it a username",
        ),
        (
            {"ingress": EXPOSED, "flower": Flower(url_prefix="/flower")},
            r"url_prefix='/flower'\) is not where Ingress\(flower_path='/airflow/flower'\) leads",
        ),
        (
            {"secrets": Secrets(flower_password=PASSWORD)},
            r"flower_password=\.\.\.\) is of no use without a Flower",
        ),
        ({"base_url": "data.example.com"}, r"base_url='data\.example\.com': expected scheme, host"),
        ({"base_url": "ftp://x.example.com"}, r"expected scheme, host and path, such as 'https"),
        ({"base_url": "https://x.example.com/?a=b"}, r"expected scheme, host and path"),
        ({"base_url": "https://me:pw@x.example.com"}, r"base_url: expected no credentials"),
        ({"base_url": "https://x.example.com:0"}, r"a port from 1 to 65535"),
        ({"base_url": "https://x.example.com:99999"}, r"a port from 1 to 65535"),
        ({"base_url": "https://x_y/a"}, r"base_url: its host='x_y': expected a host name"),
        ({"base_url": "https://x.example.com/a b"}, r"base_url: its path='/a b': expected a path"),
        (
            {"ingress": EXPOSED, "flower": Flower(), "base_url": f"https://{HOST}/other"},
            r"is not where Ingress leads, 'http://data\.example\.com/airflow': leave it out",
        ),
        (
            {"ingress": Ingress(host=HOST), "base_url": "https://other.example.com"},
            r"base_url='https://other\.example\.com' is not where Ingress leads",
        ),
        ({"config": {"api": {"base_url": "https://x"}}}, r"use base_url= or ingress="),
        ({"config": {"fab": {"enable_proxy_fix": True}}}, r"ApiServerProps\(trusted_proxies="),
    ],
)
def test_options_that_disagree_are_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message) as error:
        resolve(AirflowProps(dags=DAGS, **props), "af1")
    assert "me:pw" not in str(error.value)


def test_something_before_the_controller_may_change_scheme_and_port(tmp_path: Path) -> None:
    url = f"https://{HOST}:8443/airflow"
    bundle = bundle_of(tmp_path, ingress=EXPOSED, flower=Flower(), base_url=url)
    assert env_of(bundle, "scheduler")["AIRFLOW__API__BASE_URL"] == url


@pytest.mark.parametrize("proxies", [["*", "10.0.0.1"], ["proxy"], ["10.0.0.1/8"]])
def test_a_trusted_proxy_is_an_address_or_a_network(proxies: list[str]) -> None:
    with pytest.raises(ValueError, match="expected an address or a network such as"):
        ApiServerProps(trusted_proxies=proxies)
