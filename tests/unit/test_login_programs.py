"""What the pods of the API server import for a login, on stand-ins for FAB, ldap and authlib.

With the real ones they run in tests/integration.
"""

from __future__ import annotations

import importlib
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import pytest

import cdk8s_airflow

PROGRAMS = Path(cdk8s_airflow.__file__).parent / "programs"
MODULES = (
    "cdk8s_airflow_claims",
    "cdk8s_airflow_login",
    "cdk8s_airflow_ldap",
    "cdk8s_airflow_oidc",
)
Load = Callable[[str], Any]


class Role:
    """A role of FAB."""

    def __init__(self, name: str, *permissions: tuple[str, str]) -> None:
        self.name = name
        self.permissions = [permission(*each) for each in permissions]


def permission(action: str, resource: str) -> SimpleNamespace:
    return SimpleNamespace(
        action=SimpleNamespace(name=action), resource=SimpleNamespace(name=resource)
    )


class Manager:
    """FAB's security manager, as far as ours asks it."""

    def __init__(self, appbuilder: Any) -> None:
        self.roles = {name: Role(name) for name in ("Admin", "Op", "Viewer")}
        self.auth_view: Any = SimpleNamespace(endpoint="Auth")
        self.oauth_remotes: dict[str, Any] = {}
        self.auth_ldap_group_field = "memberOf"

    oauth_providers = property(lambda self: CONFIG["OAUTH_PROVIDERS"])
    auth_roles_mapping = property(lambda self: CONFIG["AUTH_ROLES_MAPPING"])

    def sync_roles(self) -> None:
        self.roles["synced"] = Role("synced")

    def find_role(self, name: str) -> Role | None:
        return self.roles.get(name)

    def add_role(self, name: str) -> Role:
        return self.roles.setdefault(name, Role(name))

    def create_permission(self, action: str, resource: str) -> SimpleNamespace:
        return permission(action, resource)

    def add_permission_to_role(self, role: Role, added: Any) -> None:
        if added not in role.permissions:
            role.permissions.append(added)

    def remove_permission_from_role(self, role: Role, removed: Any) -> None:
        role.permissions.remove(removed)

    def get_user_roles(self, user: Any) -> list[Role]:
        return list(user.roles)

    def auth_user_ldap(self, username: str, password: str, rotate: bool = True) -> Any:
        return SimpleNamespace(username=username, roles=[])

    def auth_user_oauth(self, userinfo: dict[str, Any], rotate: bool = True) -> Any:
        found = self._oauth_calculate_user_roles(userinfo)  # type: ignore[attr-defined]
        return SimpleNamespace(username=userinfo["username"], roles=found)

    def get_oauth_user_info(self, provider: str, resp: dict[str, Any]) -> dict[str, Any]:
        return {"username": f"{provider}_me"}

    @staticmethod
    def ldap_extract_list(attributes: Mapping[str, list[bytes]], field: str) -> list[str]:
        return [each.decode() for each in attributes.get(field, [])]

    def _search_ldap(self, ldap: Any, con: Any, username: str) -> Any:
        return f"uid={username}", {"memberOf": [b"cn=first"]}


class Session:
    """A session of requests."""

    mounted: ClassVar[list[Any]] = []
    methods: ClassVar[list[tuple[str, Any]]] = []

    def mount(self, prefix: str, adapter: Any) -> None:
        self.mounted.append(adapter)

    def register_client_auth_method(self, method: tuple[str, Any]) -> None:
        self.methods.append(method)


class Client:
    """A client of authlib."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.name, self.client_id = "corp", "airflow"
        self.answer: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.server_metadata: dict[str, Any] = {}
        self.asked: dict[str, Any] = {}

    def authorize_redirect(self, redirect_uri: str, **kwargs: Any) -> str:
        return redirect_uri

    def authorize_access_token(self, **kwargs: Any) -> dict[str, Any]:
        if "id_token" in self.answer:
            found = self.parse_id_token(self.answer, "nonce", claims_cls=None, leeway=120)
            return {**self.answer, "userinfo": found}
        return self.answer

    def parse_id_token(self, token: dict[str, Any], nonce: str, **kwargs: Any) -> Any:
        self.asked = {"nonce": nonce, **kwargs}
        return token["id_token"]

    def load_server_metadata(self) -> dict[str, Any]:
        if "_loaded_at" not in self.server_metadata:
            self.server_metadata.update({**self.metadata, "_loaded_at": 1})
        return self.server_metadata

    def _get_session(self) -> Session:
        return Session()

    def _get_oauth_client(self) -> Session:
        return Session()


class OAuthError(Exception):
    """A login that authlib refuses."""

    def __init__(self, description: str) -> None:
        super().__init__(description)


class LdapError(Exception):
    """No DN."""


def str2dn(dn: str) -> list[list[tuple[str, str, int]]]:
    if "," in dn and "=" not in dn.split(",")[-1]:
        raise LdapError(dn)
    parts = [part.strip().split("=") for part in dn.split(",")]
    return [[(name, value, 0)] for name, value in parts]


CONFIG: dict[str, Any] = {}
SHOWN: list[tuple[str, str]] = []
HOOKS: list[Callable[[], None]] = []
REQUEST = SimpleNamespace(endpoint="Auth.login", method="GET", view_args={})
VISITOR: dict[str, Any] = {}


def fakes() -> dict[str, dict[str, Any]]:
    """Module -> what it has."""
    app = SimpleNamespace(config=CONFIG, before_request=HOOKS.append)
    fab = "airflow.providers.fab.auth_manager.security_manager"
    return {
        "airflow": {}, "airflow.providers": {}, "airflow.providers.fab": {},
        "airflow.providers.fab.auth_manager": {}, fab: {},
        f"{fab}.override": {"FabAirflowSecurityManagerOverride": Manager},
        "flask": {
            "current_app": app, "request": REQUEST, "g": VISITOR,
            "flash": lambda text, kind: SHOWN.append((text, kind)),
        },
        "flask_appbuilder": {}, "flask_appbuilder.const": {"AUTH_LDAP": 2, "AUTH_OAUTH": 4},
        "certifi": {"where": lambda: "/certifi.pem"},
        "ldap": {
            "DECODING_ERROR": LdapError, "SCOPE_SUBTREE": 2, "OPT_TIMEOUT": 1,
            "OPT_NETWORK_TIMEOUT": 2, "set_option": lambda option, value: None,
        },
        "ldap.dn": {"str2dn": str2dn},
        "ldap.filter": {"escape_filter_chars": lambda text: text.replace("*", "\\2a")},
        "authlib": {}, "authlib.integrations": {},
        "authlib.integrations.base_client": {
            "OAuthError": OAuthError,
        },
        "authlib.integrations.flask_client": {},
        "authlib.integrations.flask_client.apps": {"FlaskOAuth2App": Client},
        "requests": {}, "requests.adapters": {"HTTPAdapter": object},
    }  # fmt: skip


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Imports a program as Airflow does, with stand-ins for what it imports."""
    for name, content in fakes().items():
        module = ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
        parent, _, child = name.rpartition(".")
        if parent:
            monkeypatch.setattr(sys.modules[parent], child, module, raising=False)
    monkeypatch.syspath_prepend(str(PROGRAMS))
    for name in MODULES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    CONFIG.clear()
    VISITOR.clear()
    HOOKS.clear()
    Session.mounted.clear()
    Session.methods.clear()
    SHOWN.clear()
    yield importlib.import_module
    for name in MODULES:
        sys.modules.pop(name, None)


def test_a_secret_is_a_variable_or_a_file(
    load: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = load("cdk8s_airflow_login").secret
    monkeypatch.setenv("TOKEN", "a")
    assert secret("TOKEN") == "a"
    (tmp_path / "token").write_text("b")
    monkeypatch.setenv("TOKEN_FILE", str(tmp_path / "token"))
    assert secret("TOKEN") == "b"
    with pytest.raises(KeyError):
        secret("OTHER")


def test_custom_roles_have_what_the_code_says_and_keep_what_dags_give(load: Load) -> None:
    manager = load("cdk8s_airflow_login").Login(None)
    manager.roles["team"] = Role(
        "team", ("can_edit", "Pools"), ("can_read", "DAG:mine"), ("can_create", "DAG Run:mine")
    )
    CONFIG["CUSTOM_ROLES"] = {"team": {"DAGs": ["can_read"]}, "new": {}}
    for _ in range(2):
        manager.sync_roles()
        found = {(p.action.name, p.resource.name) for p in manager.roles["team"].permissions}
        assert found == {
            ("can_read", "DAGs"), ("can_read", "Website"),
            ("can_read", "DAG:mine"), ("can_create", "DAG Run:mine"),
        }  # fmt: skip
        assert len(manager.roles["team"].permissions) == 4
    assert [p.resource.name for p in manager.roles["new"].permissions] == ["Website"]
    assert "synced" in manager.roles


@pytest.mark.parametrize(
    ("names", "default", "wanted"),
    [
        (["Op", "Op", "Admin"], "Viewer", ["Op", "Admin"]),
        ([], "Viewer", ["Viewer"]),
        ([], None, []),
        (["gone"], "Viewer", []),
    ],
)
def test_the_default_role_is_for_those_without_another(
    load: Load, names: list[str], default: str | None, wanted: list[str]
) -> None:
    CONFIG["AUTH_USER_REGISTRATION_ROLE"] = default
    manager = load("cdk8s_airflow_login").Login(None)
    assert [role.name for role in manager.roles_of(names)] == wanted


@pytest.mark.parametrize(
    ("endpoint", "method", "arguments", "user", "shown"),
    [
        ("Auth.login", "GET", {}, None, True),
        ("Auth.login", "GET", {}, SimpleNamespace(is_authenticated=False), True),
        ("Auth.login", "GET", {}, SimpleNamespace(is_authenticated=True), False),
        ("Auth.login", "GET", {"provider": "corp"}, None, False),
        ("Auth.login", "POST", {}, None, False),
        ("Home.index", "GET", {}, None, False),
    ],
)
def test_the_banner_is_on_the_login_page_alone(
    load: Load, endpoint: str, method: str, arguments: dict[str, str], user: Any, shown: bool
) -> None:
    CONFIG["LOGIN_BANNER"] = "Hello"
    load("cdk8s_airflow_login").Login(None)
    (hook,) = HOOKS
    VISITOR["user"] = user
    vars(REQUEST).update(endpoint=endpoint, method=method, view_args=arguments)
    hook()
    assert SHOWN == ([("Hello", "info")] if shown else [])


def test_there_is_no_hook_without_a_banner(load: Load) -> None:
    load("cdk8s_airflow_login").Login(None)
    assert HOOKS == []


ENGINEERS = "cn=data-engineers,ou=groups,dc=example,dc=com"


@pytest.mark.parametrize(
    ("groups", "mapping", "wanted"),
    [
        ([ENGINEERS], {"data-engineers": ["Op"]}, ["Op"]),
        ([ENGINEERS.upper()], {"Data-Engineers": ["Op"]}, ["Op"]),
        ([ENGINEERS], {"CN=Data-Engineers, OU=groups,dc=example,DC=com": ["Op"]}, ["Op"]),
        ([ENGINEERS], {"cn=data-engineers,ou=others,dc=example,dc=com": ["Op"]}, []),
        ([ENGINEERS], {"data": ["Op"], "engineers": ["Op"]}, []),
        (["data-engineers"], {"data-engineers": ["Op", "Viewer"]}, ["Op", "Viewer"]),
        (["cn=a,broken"], {"cn=a,broken": ["Op"], "cn=b,broken": ["Op"]}, []),
        ([], {"data-engineers": ["Op"]}, []),
    ],
)
def test_groups_of_a_directory_are_known_by_name_or_dn(
    load: Load, groups: list[str], mapping: dict[str, list[str]], wanted: list[str]
) -> None:
    assert load("cdk8s_airflow_ldap").roles_of_groups(groups, mapping) == wanted


def test_nobody_comes_in_from_a_directory_without_password_or_role(load: Load) -> None:
    manager = load("cdk8s_airflow_ldap").LdapLogin(None)
    assert manager.auth_user_ldap("ada", "") is None
    assert manager.auth_user_ldap("ada", "right") is None


def test_groups_are_searched_where_users_do_not_name_them(load: Load) -> None:
    manager = load("cdk8s_airflow_ldap").LdapLogin(None)
    asked: list[Any] = []

    def search(*words: Any) -> list[tuple[str | None, object]]:
        asked.append(words)
        return [("cn=second", {}), (None, ["a referral"])]

    connection = SimpleNamespace(search_s=search)
    assert manager._search_ldap(None, connection, "ada*")[1] == {"memberOf": [b"cn=first"]}
    CONFIG.update(LDAP_GROUP_SEARCH="ou=groups", LDAP_GROUP_SEARCH_FILTER="(member=%s)")
    _, found = manager._search_ldap(None, connection, "ada*")
    assert found == {"memberOf": [b"cn=first", b"cn=second"]}
    assert asked == [("ou=groups", 2, "(member=uid=ada\\2a)", ["cn"])]


@pytest.mark.parametrize(
    ("claims", "path", "groups"),
    [
        ({"groups": ["a", "/b", "/c/d"]}, "groups", ["a", "b", "c/d"]),
        ({"groups": "a"}, "groups", ["a"]),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", ["a"]),
        ({"https://example.com/groups": ["a"]}, "https://example.com/groups", ["a"]),
        ({"groups": None}, "groups", []),
        ({"realm_access": "x"}, "realm_access.roles", []),
        ({}, "groups", []),
    ],
)
def test_groups_are_read_from_a_claim(
    load: Load, claims: dict[str, Any], path: str, groups: list[str]
) -> None:
    assert load("cdk8s_airflow_claims").groups_in(claims, path) == groups


EMAIL: dict[str, Any] = {"email": "ada@example.com", "email_verified": True}


@pytest.mark.parametrize(
    ("claims", "domains", "name", "right"),
    [
        (EMAIL, ["Example.com"], "sub", True),
        (EMAIL, ["other.org"], "sub", False),
        ({"email": "ada@notexample.com"}, ["example.com"], "sub", False),
        ({"email": "ada@example.com.evil.org"}, ["example.com"], "sub", False),
        ({}, ["example.com"], "sub", False),
        ({**EMAIL, "email_verified": False}, ["example.com"], "sub", False),
        ({**EMAIL, "email_verified": False}, [], "email", False),
        ({**EMAIL, "email_verified": False}, [], "sub", True),
        ({"email": "ada@example.com"}, [], "email", True),
    ],
)
def test_an_address_counts_if_it_is_verified_and_of_the_domain(
    load: Load, claims: dict[str, Any], domains: list[str], name: str, right: bool
) -> None:
    module = load("cdk8s_airflow_claims")
    provider = {"username_claim": name, "email_domains": domains}
    if right:
        module.check_email(claims, provider)
    else:
        reasons = "has not verified the address 'ada@|the address '.*' is of none of "
        with pytest.raises(module.RefusedError, match=reasons):
            module.check_email(claims, provider)


BACK = "https://data.example.com/airflow/auth/oauth-authorized/corp"


def client(load: Load, **metadata: Any) -> Any:
    module = load("cdk8s_airflow_oidc")
    made = module.OidcClient(None, "corp", redirect_uri=BACK, issuer="https://login", ca="/ca.crt")
    made.metadata = {"issuer": "https://login", **metadata}
    return made


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("http://data.example.com:8080/auth/oauth-authorized/corp", BACK),
        (None, BACK),
        ("https://other.example.com/airflow/auth/x", "https://other.example.com/airflow/auth/x"),
    ],
)
def test_users_come_back_to_the_url_of_the_ui(load: Load, asked: str | None, sent: str) -> None:
    assert client(load).authorize_redirect(asked) == sent


def test_an_id_token_is_checked_in_full(load: Load) -> None:
    made = client(load)
    made.answer = {"id_token": {"sub": "1"}}
    assert made.authorize_access_token()["userinfo"] == {"sub": "1"}
    assert made.asked == {
        "nonce": "nonce",
        "claims_options": {
            "iss": {"essential": True, "value": "https://login"},
            "aud": {"essential": True, "value": "airflow"},
            "exp": {"essential": True},
        },
        # authlib's own two minutes would let in a token that ended.
        "leeway": 10,
    }


def test_an_answer_without_id_token_is_none(load: Load) -> None:
    made = client(load)
    made.answer = {"access_token": "a"}
    with pytest.raises(OAuthError, match="'corp' has sent no ID token"):
        made.authorize_access_token()


def test_the_provider_is_the_one_that_was_meant_and_signs_its_tokens(load: Load) -> None:
    metadata = client(load, id_token_signing_alg_values_supported=["RS256", "none"])
    for _ in range(2):
        found = metadata.load_server_metadata()
        assert found["id_token_signing_alg_values_supported"] == ["RS256"]
    other = client(load, issuer="https://login/")
    for _ in range(2):
        with pytest.raises(
            Exception, match="'corp' calls itself 'https://login/', but issuer='https"
        ):
            other.load_server_metadata()


def test_special_characters_of_a_client_secret_are_encoded(load: Load) -> None:
    client(load)._get_oauth_client()
    ((name, method),) = Session.methods
    assert name == "client_secret_basic"
    pair = SimpleNamespace(client_id="a b", client_secret="c:d%/é")
    _, headers, _ = method(pair, "POST", "https://login/token", {}, "")
    assert b64decode(headers["Authorization"].removeprefix("Basic ")) == b"a+b:c%3Ad%25%2F%C3%A9"


def test_an_authority_of_its_own_wins_over_the_environment(load: Load) -> None:
    made = client(load)
    made._get_session()
    made._get_oauth_client()
    assert [adapter._file for adapter in Session.mounted] == ["/ca.crt", "/ca.crt"]


def login(load: Load, userinfo: dict[str, Any], **provider: Any) -> Any:
    """A manager with one provider, whose userinfo endpoint says this."""
    module = load("cdk8s_airflow_oidc")
    CONFIG["AUTH_ROLES_MAPPING"] = {"readers": ["Viewer"]}
    defaults = {"username_claim": "preferred_username", "groups_claim": "groups"}
    given = {"name": "corp", **defaults, "username_prefix": "c_", "roles": {"/data": ["Op"]}}
    CONFIG["OAUTH_PROVIDERS"] = [{**given, **provider}, {"name": "github"}]
    manager = module.OidcLogin(None)
    manager.oauth_remotes["corp"] = SimpleNamespace(
        userinfo=lambda token: userinfo,
        load_server_metadata=lambda: {"userinfo_endpoint": "https://login/me"},
    )
    return manager


def test_a_user_is_what_the_id_token_says_and_userinfo_adds(load: Load) -> None:
    manager = login(load, {"sub": "1", "preferred_username": "eve", "groups": ["data", "readers"]})
    token = {"sub": "1", "preferred_username": "ada", "given_name": "Ada", "email": "a@b.c"}
    found = manager.get_oauth_user_info("corp", {"userinfo": token})
    assert {name: found[name] for name in found if name != "provider"} == {
        "username": "c_ada", "first_name": "Ada", "last_name": "", "email": "a@b.c",
        "role_keys": ["data", "readers"],
    }  # fmt: skip
    user = manager.auth_user_oauth(found)
    assert [role.name for role in user.roles] == ["Op", "Viewer"]
    assert manager.auth_user_oauth({**found, "role_keys": ["other"]}) is None


@pytest.mark.parametrize(
    ("token", "userinfo", "reason"),
    [
        ({"sub": "1", "preferred_username": "ada"}, {"sub": "2"}, "of another user"),
        ({"sub": "1", "groups": []}, {"sub": "1"}, "no claim 'preferred_username'"),
    ],
)
def test_a_user_who_cannot_be_told_stays_out(
    load: Load, token: dict[str, Any], userinfo: dict[str, Any], reason: str
) -> None:
    manager = login(load, userinfo)
    with pytest.raises(Exception, match=reason):
        manager.get_oauth_user_info("corp", {"userinfo": token})


def test_a_provider_without_openid_connect_is_read_by_fab_and_tells_no_groups(load: Load) -> None:
    manager = login(load, {})
    found = manager.get_oauth_user_info("github", {})
    assert found["username"] == "github_me"
    assert manager.auth_user_oauth(found) is None
    CONFIG["AUTH_USER_REGISTRATION_ROLE"] = "Viewer"
    assert [role.name for role in manager.auth_user_oauth(found).roles] == ["Viewer"]
