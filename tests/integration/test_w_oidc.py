"""Logins at two real OpenID Connect providers, behind nginx and a path: in, out, and not in."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from integration.airflow_client import AirflowClient
from integration.browser import Browser
from integration.bundle import HERE, RELEASE, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.nginx import Nginx
from integration.oidc_server import OidcServer
from integration.servers import Authority
from integration.web_session import Page, WebSession

from cdk8s_airflow import (
    AirflowProps,
    DagsFolder,
    Ingress,
    LocalExecutor,
    OAuth,
    Oidc,
    SecretKey,
    Secrets,
    TriggererProps,
)

HOST, PATH = "data.example.com", "/airflow"
URL = f"https://{HOST}{PATH}"
ADDRESSES = {"login.example.com": "10.30.0.8", "partner.example.org": "10.30.0.9"}
SECRETS = {"corp": NASTY_PASSWORD + "c", "partner": NASTY_PASSWORD + "p"}
CLIENT = "airflow"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who signs the certificates of all servers."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def bundle(
    stage: Stage, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> RunningBundle:
    """A release below a path, whose users are those of two providers."""

    def prepare() -> Scene:
        common: dict[str, Any] = {
            "client_id": CLIENT,
            "scopes": ("openid", "profile", "email", "groups"),
        }
        props = AirflowProps(
            dags=DagsFolder(str(HERE / "access")),
            executor=LocalExecutor(),
            triggerer=TriggererProps(replicas=0),
            ingress=Ingress(host=HOST, web_path=PATH, tls="data-tls"),
            secrets=Secrets(as_files=True),
            ca_bundle=SecretKey(name="authorities", key="ca.crt"),
            auth=OAuth(
                providers=[
                    Oidc(
                        **common,
                        name="corp",
                        issuer="https://login.example.com",
                        client_secret=SecretKey(name="clients", key="corp"),
                        ca=SecretKey(name="authorities", key="ca.crt"),
                        roles={"data-engineers": "Op", "/admins": "Admin", "team-a": "team-a"},
                    ),
                    Oidc(
                        **common,
                        name="partner",
                        issuer="https://partner.example.org",
                        client_secret=SecretKey(name="clients", key="partner"),
                        username_prefix="partner_",
                        email_domains=["partner.example.org"],
                    ),
                ],
                roles={"readers": "Viewer"},
                custom_roles={"team-a": {}, "team-b": {}},
                session_max_minutes=480,
            ),
        )
        made = authority.issue(HOST)
        brought = [
            secret("data-tls", {name: made[name] for name in ("tls.crt", "tls.key")}),
            secret("clients", SECRETS),
            secret("authorities", {"ca.crt": authority.certificate}),
        ]
        manifests = synthesize_props(tmp_path_factory.mktemp("synth"), props)
        return Scene(manifests, brought, prefix=PATH)

    return stage.play("oidc", prepare)


@pytest.fixture(scope="module")
def nginx(bundle: RunningBundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """The controller of the bundle's Ingress."""
    ingresses = [manifest for manifest in bundle.manifests if manifest["kind"] == "Ingress"]
    nginx = Nginx(bundle.node, ingresses, tmp_path_factory.mktemp("nginx"))
    yield nginx
    nginx.close()


@pytest.fixture(scope="module")
def providers(
    bundle: RunningBundle, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, OidcServer]]:
    """Both providers, with their people."""
    found = {}
    for name, (host, address) in zip(("corp", "partner"), ADDRESSES.items(), strict=True):
        bundle.node.outside.add(host, address)
        uri = f"{URL}/auth/oauth-authorized/{name}"
        client = {"id": CLIENT, "secret": SECRETS[name], "redirect_uri": uri}
        folder = tmp_path_factory.mktemp(name)
        found[name] = OidcServer(folder, host, address, authority.issue(host), client)
    yield found
    for server in found.values():
        server.close()


@pytest.fixture
def corp(providers: dict[str, OidcServer]) -> OidcServer:
    """The company's provider, whose answers are as they should be."""
    server = providers["corp"]
    server.people = {
        "ada": person("ada", "data-engineers"),
        "bob": person("bob", "team-a"),
        "root": person("root", "admins"),
        "eve": person("eve", "guests"),
    }
    server.say()
    return server


@pytest.fixture
def partner(providers: dict[str, OidcServer]) -> OidcServer:
    """The partner's provider."""
    server = providers["partner"]
    server.people = {
        "ada": person("ada", "readers", "admins", domain="partner.example.org"),
        "pat": person("pat", "readers", domain="notpartner.example.org"),
        "pia": {**person("pia", "readers", domain="partner.example.org"), "email_verified": False},
    }
    server.say()
    return server


def person(name: str, *groups: str, domain: str = "example.com") -> dict[str, Any]:
    return {
        "preferred_username": name, "given_name": name.title(), "family_name": "Example",
        "email": f"{name}@{domain}", "email_verified": True, "groups": groups,
    }  # fmt: skip


class Visitor(WebSession):
    """A user outside the cluster."""

    def __init__(self, nginx: Nginx, authority: Authority) -> None:
        names = {**ADDRESSES, HOST: nginx.address}
        super().__init__(URL, names, authority.certificate)

    def log_in(self, server: OidcServer, provider: str, name: str) -> Page:
        """The whole dance; the page at its end."""
        return server.log_in(self, self.get(f"{URL}/auth/login/{provider}"), name)

    @property
    def is_in(self) -> bool:
        """Whether the API lets the user in."""
        return self.get(f"{URL}/api/v2/dags").status == 200


@pytest.fixture
def visitor(nginx: Nginx, authority: Authority) -> Visitor:
    """A user without cookies."""
    return Visitor(nginx, authority)


def roles(nginx: Nginx, authority: Authority, corp: OidcServer, name: str) -> set[str]:
    """The roles of a user, as an admin sees them; nobody: none."""
    admin = Visitor(nginx, authority)
    admin.log_in(corp, "corp", "root")
    page = admin.get(f"{URL}/auth/fab/v1/users/{name}")
    return {role["name"] for role in json.loads(page.text).get("roles", ())}


def test_a_browser_goes_in_and_out(
    nginx: Nginx, corp: OidcServer, providers: dict[str, OidcServer], tmp_path: Path
) -> None:
    browser = Browser(HOST, nginx.address, tmp_path, ADDRESSES)
    try:
        browser.open(URL)
        browser.wait_for("document.querySelector('#btn-signin-corp') !== null")
        browser.evaluate("document.querySelector('#btn-signin-corp').click()")
        browser.wait_for("document.querySelector('input[name=login]') !== null")
        browser.evaluate(
            "document.querySelector('input[name=login]').value = 'ada';"
            "document.querySelector('input[name=password]').value = 'any';"
            "document.querySelector('form').submit()"
        )
        browser.wait_for("document.querySelector('input[value=consent]') !== null")
        browser.evaluate("document.querySelector('form').submit()")
        browser.wait_for(
            f"location.href.startsWith('{URL}') && !location.pathname.includes('auth')"
        )
        browser.open(f"{URL}/dags")
        browser.wait_for("document.body.innerText.includes('team_a_dag')")
        browser.open(f"{URL}/auth/logout")
        browser.wait_for("document.querySelector('#btn-signin-corp') !== null")
        browser.open(f"{URL}/dags")
        browser.wait_for("document.querySelector('#btn-signin-corp') !== null")
    finally:
        browser.close()


def test_users_come_back_to_the_url_of_the_ui_and_nothing_leaves_the_path(
    visitor: Visitor, corp: OidcServer
) -> None:
    visitor.log_in(corp, "corp", "ada")
    assert visitor.is_in
    ours = [url for url in visitor.visited if urlsplit(url).hostname == HOST]
    assert all(url.startswith(URL) for url in ours), ours
    asked = next(url for url in visitor.visited if "/auth?" in url)
    assert "redirect_uri=https%3A%2F%2Fdata.example.com%2Fairflow%2Fauth%2Foauth-autho" in asked
    assert "code_challenge_method=S256" in asked
    visitor.get(f"{URL}/auth/logout")
    assert not visitor.is_in


def test_roles_follow_the_groups_at_each_login(
    nginx: Nginx, authority: Authority, corp: OidcServer
) -> None:
    def log_in() -> bool:
        user = Visitor(nginx, authority)
        user.log_in(corp, "corp", "bob")
        return user.is_in

    assert log_in()
    assert roles(nginx, authority, corp, "bob") == {"team-a"}
    corp.people["bob"]["groups"] = ["data-engineers", "other"]
    corp.say()
    assert roles(nginx, authority, corp, "bob") == {"team-a"}
    assert log_in()
    assert roles(nginx, authority, corp, "bob") == {"Op"}
    corp.people["bob"]["groups"] = []
    corp.say()
    assert not log_in()
    assert roles(nginx, authority, corp, "bob") == set()


def test_who_is_in_none_of_the_groups_stays_out(visitor: Visitor, corp: OidcServer) -> None:
    page = visitor.log_in(corp, "corp", "eve")
    assert "/auth/login" in page.url
    assert "Invalid login" in page.text
    assert not visitor.is_in


SPOILED: dict[str, dict[str, Any]] = {
    "for another audience": {"change": {"aud": "other"}},
    # authlib alone lets these two in, as `azp` is this client.
    "for another audience, by this client": {"change": {"aud": "other", "azp": CLIENT}},
    "for several others": {"change": {"aud": ["other", "third"], "azp": CLIENT}},
    "by another client": {"change": {"aud": [CLIENT, "other"], "azp": "other"}},
    "without audience": {"change": {"aud": None}},
    # authlib alone lets it in for two minutes more.
    "expired a minute ago": {"change": {"exp": -60}},
    "without an end": {"change": {"exp": None}},
    "from the future": {"change": {"iat": 600}},
    "of another issuer": {"change": {"iss": "https://other.example.com"}},
    "of another login": {"change": {"nonce": "other"}},
    "of another user than userinfo": {"change": {"sub": "root"}},
    "signed by another key": {"how": "other-key"},
    "unsigned": {"how": "unsigned"},
    "not there": {"how": "none"},
}


@pytest.mark.parametrize("case", SPOILED)
def test_an_id_token_that_is_not_right_lets_nobody_in(
    visitor: Visitor, corp: OidcServer, case: str
) -> None:
    spoiled = {**SPOILED[case]}
    if change := spoiled.get("change"):
        now = int(time.time())
        spoiled["change"] = {
            name: now + value if isinstance(value, int) else value for name, value in change.items()
        }
    corp.say(**spoiled)
    page = visitor.log_in(corp, "corp", "ada")
    assert "/auth/login" in page.url
    assert not visitor.is_in
    corp.say()
    visitor.log_in(corp, "corp", "ada")
    assert visitor.is_in


def test_an_audience_beside_others_is_right(visitor: Visitor, corp: OidcServer) -> None:
    corp.say(change={"aud": ["other", CLIENT], "azp": CLIENT})
    visitor.log_in(corp, "corp", "ada")
    assert visitor.is_in


def test_a_code_of_somebody_else_is_of_no_use(
    visitor: Visitor, nginx: Nginx, authority: Authority, corp: OidcServer
) -> None:
    visitor.log_in(corp, "corp", "ada")
    back = next(url for url in visitor.visited if url.startswith(f"{URL}/auth/oauth-authorized/"))
    other = Visitor(nginx, authority)
    other.get(f"{URL}/auth/login/")
    assert "/auth/login" in other.get(back).url
    assert not other.is_in


def test_providers_do_not_share_users_and_groups(
    visitor: Visitor, nginx: Nginx, authority: Authority, corp: OidcServer, partner: OidcServer
) -> None:
    Visitor(nginx, authority).log_in(corp, "corp", "ada")
    visitor.log_in(partner, "partner", "ada")
    assert visitor.is_in
    # `admins` is a group of the other provider; `readers` is one of any.
    assert roles(nginx, authority, corp, "partner_ada") == {"Viewer"}
    assert roles(nginx, authority, corp, "ada") == {"Op"}


@pytest.mark.parametrize("name", ["pat", "pia"])
def test_an_address_of_another_domain_or_not_verified_lets_nobody_in(
    visitor: Visitor, partner: OidcServer, name: str
) -> None:
    visitor.log_in(partner, "partner", name)
    assert not visitor.is_in


def test_machines_get_tokens_by_an_account_with_a_password(
    bundle: RunningBundle, providers: dict[str, OidcServer]
) -> None:
    pods = [pod for pod in bundle.node.pods() if pod.name.startswith(f"{RELEASE}-api-server")]
    names = ("--username", "ci", "--email", "ci@example.com", "--firstname", "C", "--lastname", "I")
    made = (
        pods[0]
        .container()
        .exec(
            [
                "airflow",
                "users",
                "create",
                "--role",
                "Viewer",
                *names,
                "--password",
                "ci's password",
            ],
            timeout=120,
        )
    )
    assert made.exit_code == 0, made.output
    service = bundle.node.store.get("Service", "airflow", bundle.name("api-server"))
    assert service is not None
    address = str(service["spec"]["clusterIP"])
    client = AirflowClient(address, 8080, "ci", "ci's password", PATH)
    client.log_in()
    assert client.get("dags")["total_entries"] == 3
    for name, password in (("ci", "other"), ("ada", ""), ("ada", "any")):
        body = {"username": name, "password": password}
        status, _ = AirflowClient(address, 8080, "", "", PATH).request("POST", "/auth/token", body)
        assert status in (400, 401)


def test_no_secret_is_in_a_log_or_an_environment(bundle: RunningBundle) -> None:
    pods = [pod for pod in bundle.node.pods() if pod.name.startswith(f"{RELEASE}-api-server")]
    environment = pods[0].container().spec.env.values()
    logs = [pod.log(name) for pod in bundle.node.pods() for name in pod.supervisors]
    for value in SECRETS.values():
        assert value not in environment
        assert not [text for text in logs if value in text]
    listed = subprocess.run(["ps", "axww"], capture_output=True, text=True, check=True).stdout
    assert not [value for value in SECRETS.values() if value in listed]
