"""Gateways, Services and certificates; the Ingress has a module of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    Certificate,
    DagsFolder,
    ExposedService,
    Flower,
    HttpRoute,
    Ingress,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, env_literals
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))
HOST = "data.example.com"


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path)


def spec(bundle: Bundle, kind: str, name: str) -> Manifest:
    found: Manifest = bundle.one(kind, name)["spec"]
    return found


def backend(name: str, port: int) -> object:
    return {"group": "", "kind": "Service", "name": name, "port": port, "weight": 1}


def test_a_route_leads_to_the_ui_and_not_to_the_execution_api(tmp_path: Path) -> None:
    route = HttpRoute(
        host=HOST,
        web_path="/airflow",
        flower_path="/airflow/flower",
        gateway="public",
        gateway_namespace="gateways",
        section_name="https",
        request_timeout="120s",
    )
    bundle = bundle_of(tmp_path, exposure=route, flower=Flower())
    web = spec(bundle, "HTTPRoute", "af1-api-server")
    assert web["hostnames"] == [HOST]
    assert web["parentRefs"] == [
        {
            "group": "gateway.networking.k8s.io",
            "kind": "Gateway",
            "name": "public",
            "namespace": "gateways",
            "sectionName": "https",
        }
    ]
    closed, opened = web["rules"]
    assert closed == {"matches": [{"path": {"type": "PathPrefix", "value": "/airflow/execution"}}]}
    assert opened["matches"] == [{"path": {"type": "PathPrefix", "value": "/airflow"}}]
    assert opened["backendRefs"] == [backend("af1-api-server", 8080)]
    assert opened["timeouts"] == {"request": "120s"}
    (rule,) = spec(bundle, "HTTPRoute", "af1-flower")["rules"]
    assert rule["backendRefs"] == [backend("af1-flower", 5555)]
    env = env_literals(bundle.container("Deployment", "af1-api-server"))
    assert env["AIRFLOW__API__BASE_URL"] == f"https://{HOST}/airflow"
    flower = env_literals(bundle.container("Deployment", "af1-flower"))
    assert flower["AIRFLOW__CELERY__FLOWER_URL_PREFIX"] == "/airflow/flower"


def test_a_route_at_the_root_closes_the_execution_api_there(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, exposure=HttpRoute(host=HOST, gateway="public", tls=False))
    closed, opened = spec(bundle, "HTTPRoute", "af1-api-server")["rules"]
    assert closed["matches"][0]["path"]["value"] == "/execution"
    assert "backendRefs" not in closed
    assert opened["matches"][0]["path"]["value"] == "/"
    env = env_literals(bundle.container("Deployment", "af1-api-server"))
    assert env["AIRFLOW__API__BASE_URL"] == f"http://{HOST}"


def test_an_exposed_service_stands_beside_the_one_of_the_release(tmp_path: Path) -> None:
    exposure = ExposedService(
        flower=True,
        port=443,
        source_ranges=["10.0.0.0/8", "fd00::/8"],
        load_balancer_class="example.com/internal",
        local_traffic=True,
        ip_families=["IPv4", "IPv6"],
        ip_family_policy="PreferDualStack",
        annotations={"example.com/certificate": "data"},
    )
    bundle = bundle_of(tmp_path, exposure=exposure, flower=Flower(), base_url=f"https://{HOST}")
    inside, outside = (
        bundle.one("Service", name)["spec"] for name in ("af1-api-server", "af1-api-server-exposed")
    )
    assert inside["type"] == "ClusterIP"
    assert outside["type"] == "LoadBalancer"
    assert outside["selector"] == inside["selector"]
    (port,) = outside["ports"]
    assert (port["port"], port["targetPort"]) == (443, "http")
    assert outside["externalTrafficPolicy"] == "Local"
    assert outside["ipFamilies"] == ["IPv4", "IPv6"]
    (port,) = spec(bundle, "Service", "af1-flower-exposed")["ports"]
    assert port["port"] == 5555


def test_node_ports_are_those_that_are_asked_for(tmp_path: Path) -> None:
    exposure = ExposedService(type="NodePort", node_port=30080, flower=True, flower_node_port=30555)
    bundle = bundle_of(tmp_path, exposure=exposure, flower=Flower())
    found = {
        service["metadata"]["name"]: service["spec"]["ports"][0].get("nodePort")
        for service in bundle.all("Service")
        if service["spec"]["type"] == "NodePort"
    }
    assert found == {"af1-api-server-exposed": 30080, "af1-flower-exposed": 30555}


def test_a_certificate_is_for_the_host_and_its_secret_for_the_ingress(tmp_path: Path) -> None:
    ingress = Ingress(
        host=HOST,
        web_path="/airflow",
        tls=Certificate(issuer="letsencrypt", duration="2160h", renew_before="360h"),
        flower_path="/",
        flower_host="flower.example.com",
        flower_tls=Certificate(issuer="company", issuer_kind="Issuer", secret_name="flower-tls"),
    )
    bundle = bundle_of(tmp_path, exposure=ingress, flower=Flower())
    web = spec(bundle, "Certificate", "af1-api-server-tls")
    assert web["dnsNames"] == [HOST]
    assert web["issuerRef"] == {
        "name": "letsencrypt",
        "kind": "ClusterIssuer",
        "group": "cert-manager.io",
    }
    (tls,) = spec(bundle, "Ingress", "af1-api-server")["tls"]
    assert tls == {"hosts": [HOST], "secretName": web["secretName"]}
    flower = spec(bundle, "Certificate", "af1-flower-tls")
    assert (flower["secretName"], flower["dnsNames"]) == ("flower-tls", ["flower.example.com"])


def test_one_host_has_one_certificate(tmp_path: Path) -> None:
    ingress = Ingress(host=HOST, tls=Certificate(issuer="letsencrypt"), flower_path="/flower")
    bundle = bundle_of(tmp_path, ingress=ingress, flower=Flower())
    assert len(bundle.all("Certificate")) == 1
    secrets = {str(item["spec"]["tls"][0]["secretName"]) for item in bundle.all("Ingress")}
    assert secrets == {"af1-api-server-tls"}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: HttpRoute(host="X", gateway="g"), r"HttpRoute.host='X': expected a host name"),
        (lambda: HttpRoute(host=HOST, gateway="A b"), r"HttpRoute.gateway='A b'"),
        (
            lambda: HttpRoute(host=HOST, gateway="g", flower_host="f.example.com"),
            r"HttpRoute.flower_host is set, but not flower_path",
        ),
        (
            lambda: HttpRoute(host=HOST, gateway="g", flower_path="/api"),
            r"HttpRoute.flower_path='/api' would hide a part of Airflow",
        ),
        (
            lambda: HttpRoute(host=HOST, gateway="g", request_timeout="2 minutes"),
            r"HttpRoute.request_timeout='2 minutes': expected hours, minutes, seconds",
        ),
        (lambda: ExposedService(port=0), r"ExposedService.port=0: expected a port"),
        (
            lambda: ExposedService(type="ClusterIP", node_port=30080),
            r"ExposedService.node_port does nothing with type='ClusterIP'",
        ),
        (
            lambda: ExposedService(type="NodePort", source_ranges=["10.0.0.0/8"]),
            r"source_ranges does nothing with type='NodePort': leave it out, or use "
            r"type='LoadBalancer'",
        ),
        (
            lambda: ExposedService(source_ranges=["10.0.0.1/8"]),
            r"source_ranges has '10.0.0.1/8': expected a network",
        ),
        (
            lambda: ExposedService(flower_node_port=30555),
            r"flower_node_port is set, but not flower=True",
        ),
        (
            lambda: ExposedService(ip_families=["IPv4", "IPv4"]),
            r"ip_families=\['IPv4', 'IPv4'\]: expected each once",
        ),
        (lambda: Certificate(issuer="A b"), r"Certificate.issuer='A b'"),
        (
            lambda: Certificate(issuer="a", duration="90d"),
            r"Certificate.duration='90d': expected hours, minutes and seconds",
        ),
        (
            lambda: AirflowProps(dags=DAGS, exposure=ExposedService(), ingress=Ingress(host=HOST)),
            r"exposure=ExposedService\(...\) and ingress=Ingress\(...\) are both set: give one",
        ),
        (
            lambda: AirflowProps(dags=DAGS, exposure=ExposedService(flower=True)),
            r"ExposedService\(flower=True\) leads nowhere, as there is no Flower",
        ),
        (
            lambda: AirflowProps(
                dags=DAGS, exposure=ExposedService(flower=True), flower=Flower(username=None)
            ),
            r"flower=Flower\(username=None\) with ExposedService\(flower=True\) would let everyone",
        ),
    ],
)
def test_what_cannot_work_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        found = make()
        resolve(found if isinstance(found, AirflowProps) else AirflowProps(), "af1")
