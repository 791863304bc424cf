"""Several hosts, none, and further paths of an Ingress and of an HTTPRoute."""

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
    ExtraPath,
    Flower,
    HttpRoute,
    Ingress,
    IngressHost,
    RouteHost,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, env_literals
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import add_releases

DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))
INSIDE, OUTSIDE = "airflow.corp.example.com", "airflow.example.com"
TWO = [
    IngressHost(name=INSIDE, tls="internal-cert"),
    IngressHost(name=OUTSIDE, tls="public-cert"),
]
BROUGHT = {"Secret/internal-cert", "Secret/public-cert", "Service/docs", "Service/redirect"}


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    named = {each for each in BROUGHT if repr(each.split("/")[1]) in repr(props)}
    return synthesize(build, tmp_path, external=named)


def spec(bundle: Bundle, kind: str, name: str) -> Manifest:
    found: Manifest = bundle.one(kind, name)["spec"]
    return found


def api_server(bundle: Bundle) -> dict[str, str]:
    return env_literals(bundle.container("Deployment", "af1-api-server"))


def leads_to_the_ui(rule: Manifest) -> bool:
    (path,) = rule["http"]["paths"]
    return bool(path["backend"]["service"] == {"name": "af1-api-server", "port": {"name": "http"}})


def _add(app: App, values: Path) -> None:
    add_releases(app, [values], defaults=AirflowProps(dags=DAGS))


def test_each_host_has_its_certificate_and_links_use_the_first(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, ingress=Ingress(class_name="nginx", hosts=TWO))
    found = spec(bundle, "Ingress", "af1-api-server")
    assert found["tls"] == [
        {"hosts": [INSIDE], "secretName": "internal-cert"},
        {"hosts": [OUTSIDE], "secretName": "public-cert"},
    ]
    assert [rule["host"] for rule in found["rules"]] == [INSIDE, OUTSIDE]
    assert all(leads_to_the_ui(rule) for rule in found["rules"])
    assert api_server(bundle)["AIRFLOW__API__BASE_URL"] == f"https://{INSIDE}"


def test_a_values_file_has_several_hosts(tmp_path: Path) -> None:
    values = tmp_path / "values.yaml"
    values.write_text(
        f"""
release: af1
dags: {{kind: GitDags, repository: "https://git.example.com/team/dags.git"}}
exposure:
  kind: Ingress
  className: nginx
  hosts:
    - {{name: {INSIDE}, tls: internal-cert}}
    - {{name: {OUTSIDE}, tls: public-cert}}
  extraPaths:
    - {{path: /docs, service: docs, port: http}}
"""
    )
    bundle = synthesize(
        lambda app: _add(app, values), tmp_path, external=BROUGHT - {"Service/redirect"}
    )
    found = spec(bundle, "Ingress", "af1-api-server")
    assert [rule["host"] for rule in found["rules"]] == [INSIDE, OUTSIDE]
    assert [entry["secretName"] for entry in found["tls"]] == ["internal-cert", "public-cert"]
    assert [len(rule["http"]["paths"]) for rule in found["rules"]] == [2, 2]


def test_a_second_ingress_of_the_user_s_own_stands_beside_ours(tmp_path: Path) -> None:
    backend = {"service": {"name": "af1-api-server", "port": {"name": "http"}}}
    paths = [{"path": "/", "pathType": "Prefix", "backend": backend}]
    own = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": "airflow-public"},
        "spec": {
            "ingressClassName": "public",
            "tls": [{"hosts": [OUTSIDE], "secretName": "public-cert"}],
            "rules": [{"host": OUTSIDE, "http": {"paths": paths}}],
        },
    }
    ours = Ingress(class_name="nginx", host=INSIDE, tls="internal-cert")
    bundle = bundle_of(tmp_path, exposure=ours, extra_manifests=[own])
    assert spec(bundle, "Ingress", "airflow-public") == own["spec"]
    assert spec(bundle, "Ingress", "af1-api-server")["rules"][0]["host"] == INSIDE


def test_a_name_alone_is_a_host_too(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, ingress=Ingress(hosts=[INSIDE, TWO[1]], tls="internal-cert"))
    assert spec(bundle, "Ingress", "af1-api-server")["tls"] == [
        {"hosts": [INSIDE], "secretName": "internal-cert"},
        {"hosts": [OUTSIDE], "secretName": "public-cert"},
    ]
    route = HttpRoute(gateway="public", hosts=[INSIDE, OUTSIDE])
    found = spec(bundle_of(tmp_path, exposure=route), "HTTPRoute", "af1-api-server")
    assert found["hostnames"] == [INSIDE, OUTSIDE]
    assert [parent["name"] for parent in found["parentRefs"]] == ["public"]


@pytest.mark.parametrize("url", [f"https://{INSIDE}", f"https://{OUTSIDE}"])
def test_base_url_says_which_host_links_use(tmp_path: Path, url: str) -> None:
    bundle = bundle_of(tmp_path, ingress=Ingress(hosts=TWO), base_url=url)
    assert api_server(bundle)["AIRFLOW__API__BASE_URL"] == url


def test_one_certificate_is_for_all_hosts_that_have_no_own(tmp_path: Path) -> None:
    ingress = Ingress(
        hosts=[
            IngressHost(name="a.example.com"),
            IngressHost(name="b.example.com"),
            IngressHost(name="c.example.com", tls=Certificate(issuer="company")),
            IngressHost(name="d.example.com", tls=False),
        ],
        tls=Certificate(issuer="letsencrypt"),
    )
    bundle = bundle_of(tmp_path, ingress=ingress)
    shared = spec(bundle, "Certificate", "af1-api-server-tls")
    assert shared["dnsNames"] == ["a.example.com", "b.example.com"]
    # The name holds the host, so that a host that goes or comes renews no other certificate.
    own = spec(bundle, "Certificate", "af1-api-server-tls-c.example.com")
    assert (own["dnsNames"], own["issuerRef"]["name"]) == (["c.example.com"], "company")
    found = spec(bundle, "Ingress", "af1-api-server")
    assert found["tls"] == [
        {"hosts": ["a.example.com", "b.example.com"], "secretName": "af1-api-server-tls"},
        {"hosts": ["c.example.com"], "secretName": "af1-api-server-tls-c.example.com"},
    ]
    assert [rule["host"][0] for rule in found["rules"]] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("flower", "hosts", "secrets"),
    [
        ({}, [INSIDE, OUTSIDE], ["internal-cert", "public-cert"]),
        ({"flower_host": OUTSIDE}, [OUTSIDE], ["public-cert"]),
        ({"flower_tls": True}, [INSIDE, OUTSIDE], [None]),
        ({"flower_host": "flower.example.com"}, ["flower.example.com"], []),
    ],
)
def test_flower_is_on_the_same_hosts_or_on_its_own(
    tmp_path: Path, flower: dict[str, Any], hosts: list[str], secrets: list[str]
) -> None:
    ingress = Ingress(hosts=TWO, flower_path="/flower", **flower)
    bundle = bundle_of(tmp_path, ingress=ingress, flower=Flower())
    found = spec(bundle, "Ingress", "af1-flower")
    assert [rule["host"] for rule in found["rules"]] == hosts
    assert [entry.get("secretName") for entry in found.get("tls", [])] == secrets


def test_an_ingress_without_a_host_takes_any(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, ingress=Ingress(class_name="alb", tls=True))
    found = spec(bundle, "Ingress", "af1-api-server")
    (rule,) = found["rules"]
    assert "host" not in rule and leads_to_the_ui(rule)
    assert found["tls"] == [{}]
    env = api_server(bundle)
    # Nobody knows the name, so Airflow's default stands; a controller is there all the same.
    assert "AIRFLOW__API__BASE_URL" not in env
    assert env["FORWARDED_ALLOW_IPS"] == "*"
    # Who comes from a controller comes through the policy.
    policy = spec(bundle, "NetworkPolicy", "af1-api-server")
    assert {"ports": [{"port": 8080, "protocol": "TCP"}]} in policy["ingress"]


def test_base_url_names_what_an_ingress_without_a_host_does_not(tmp_path: Path) -> None:
    url = f"https://{OUTSIDE}/airflow"
    bundle = bundle_of(tmp_path, ingress=Ingress(web_path="/airflow"), base_url=url)
    assert api_server(bundle)["AIRFLOW__API__BASE_URL"] == url
    (rule,) = spec(bundle, "Ingress", "af1-api-server")["rules"]
    assert rule["http"]["paths"][0]["path"] == "/airflow"


def test_a_route_has_all_hosts_and_the_listeners_of_each(tmp_path: Path) -> None:
    route = HttpRoute(
        gateway="internal",
        gateway_namespace="gateways",
        hosts=[
            RouteHost(name=INSIDE, section_name="corp"),
            RouteHost(name="b.corp.example.com", section_name="corp"),
            RouteHost(name=OUTSIDE, gateway="public"),
        ],
    )
    bundle = bundle_of(tmp_path, exposure=route)
    found = spec(bundle, "HTTPRoute", "af1-api-server")
    assert found["hostnames"] == [INSIDE, "b.corp.example.com", OUTSIDE]
    parents = [(p["name"], p.get("namespace"), p.get("sectionName")) for p in found["parentRefs"]]
    assert parents == [("internal", "gateways", "corp"), ("public", None, None)]
    assert api_server(bundle)["AIRFLOW__API__BASE_URL"] == f"https://{INSIDE}"


def test_a_route_without_a_host_takes_those_of_its_listeners(tmp_path: Path) -> None:
    url = f"https://{OUTSIDE}"
    bundle = bundle_of(tmp_path, exposure=HttpRoute(gateway="public"), base_url=url)
    found = spec(bundle, "HTTPRoute", "af1-api-server")
    assert "hostnames" not in found
    assert api_server(bundle)["AIRFLOW__API__BASE_URL"] == url


def test_further_paths_lead_to_other_services_on_every_host(tmp_path: Path) -> None:
    extra = [
        ExtraPath(
            path="/*", service="redirect", port="use-annotation", path_type="ImplementationSpecific"
        ),
        ExtraPath(path="/docs/", service="docs", port=80),
    ]
    bundle = bundle_of(tmp_path, ingress=Ingress(hosts=TWO, extra_paths=extra))
    for rule in spec(bundle, "Ingress", "af1-api-server")["rules"]:
        redirect, docs, own = rule["http"]["paths"]
        assert (redirect["path"], redirect["pathType"]) == ("/*", "ImplementationSpecific")
        assert redirect["backend"]["service"]["port"] == {"name": "use-annotation"}
        assert (docs["path"], docs["pathType"]) == ("/docs", "Prefix")
        assert docs["backend"]["service"] == {"name": "docs", "port": {"number": 80}}
        assert own["backend"]["service"]["name"] == "af1-api-server"


def test_further_paths_of_a_route_are_rules_of_it(tmp_path: Path) -> None:
    extra = [ExtraPath(path="/docs", service="docs", port=80, path_type="Exact")]
    route = HttpRoute(host=OUTSIDE, gateway="public", extra_paths=extra)
    _, docs, own = spec(bundle_of(tmp_path, exposure=route), "HTTPRoute", "af1-api-server")["rules"]
    assert docs["matches"] == [{"path": {"type": "Exact", "value": "/docs"}}]
    assert docs["backendRefs"][0]["name"] == "docs"
    assert own["backendRefs"][0]["name"] == "af1-api-server"


def paths(*given: ExtraPath) -> Any:
    return lambda: Ingress(host=OUTSIDE, flower_path="/flower", extra_paths=given)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Ingress(host=OUTSIDE, hosts=TWO), r"host=.* and hosts= are both set: give hosts="),
        (lambda: Ingress(hosts=[]), r"Ingress.hosts=\[\] has no host: leave it out"),
        (
            lambda: Ingress(hosts=[*TWO, TWO[0]]),
            f"Ingress.hosts has '{INSIDE}' twice: give it once",
        ),
        (
            lambda: Ingress(hosts=[IngressHost(name="http://a")]),
            r"Ingress.hosts: name='http://a': expected a host name",
        ),
        (lambda: IngressHost(name="a", tls="A b"), r"IngressHost.tls='A b' cannot be the name"),
        (
            lambda: Ingress(tls=Certificate(issuer="a")),
            r"Ingress.tls=Certificate\(...\) needs a name to certify: give host= or hosts=",
        ),
        (
            lambda: Ingress(flower_path="/flower", flower_tls=Certificate(issuer="a")),
            r"Ingress.flower_tls=Certificate\(...\) needs a name to certify",
        ),
        (
            lambda: Ingress(
                hosts=[
                    IngressHost(name="a", tls=Certificate(issuer="a", secret_name="one")),
                    IngressHost(name="b", tls=Certificate(issuer="b", secret_name="one")),
                ]
            ),
            r"two certificates are for the Secret 'one'",
        ),
        (
            lambda: AirflowProps(dags=DAGS, ingress=Ingress(web_path="/airflow")),
            r"Ingress\(web_path='/airflow'\) has no host.*give base_url=, for example 'https://",
        ),
        (
            lambda: AirflowProps(
                dags=DAGS,
                ingress=Ingress(web_path="/airflow"),
                base_url=f"https://{OUTSIDE}/other",
            ),
            r"is not where Ingress leads, the path '/airflow': leave it out",
        ),
        (
            lambda: AirflowProps(
                dags=DAGS, ingress=Ingress(hosts=TWO), base_url="https://c.example.com"
            ),
            rf"is not where Ingress leads, 'https://{INSIDE}' or 'https://{OUTSIDE}'",
        ),
        (
            lambda: HttpRoute(gateway="g", host=OUTSIDE, hosts=[RouteHost(name="a")]),
            r"HttpRoute.host=.* and hosts= are both set",
        ),
        (lambda: RouteHost(name="a", gateway="A b"), r"RouteHost.gateway='A b'"),
        (
            lambda: RouteHost(name="a", gateway_namespace="other"),
            r"gateway_namespace='other'\) without a gateway",
        ),
        (
            lambda: HttpRoute(
                gateway="g", extra_paths=[ExtraPath(path="/a", service="a", port="http")]
            ),
            r"HttpRoute.extra_paths: '/a': an HTTPRoute knows Prefix and Exact, and the numbers",
        ),
        (lambda: ExtraPath(path="a", service="a", port=80), r"path='a': a path begins with a"),
        (lambda: ExtraPath(path="/a*", service="a", port=80), r"path='/a\*': expected a path such"),
        (lambda: ExtraPath(path="/a", service="A", port=80), r"ExtraPath.service='A'"),
        (lambda: ExtraPath(path="/a", service="a", port=0), r"port=0: expected a port from 1"),
        (lambda: ExtraPath(path="/a", service="a", port="a" * 16), r"at most 15 fit"),
        (paths(ExtraPath(path="/", service="a", port=80)), r"'/' is the path of the UI or of Flow"),
        (paths(ExtraPath(path="/flower/", service="a", port=80)), r"'/flower/' is the path of the"),
        (
            paths(*[ExtraPath(path="/a", service=name, port=80) for name in "ab"]),
            r"extra_paths: '/a' is there twice",
        ),
    ],
)
def test_what_cannot_work_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        found = make()
        resolve(found, "af1")
