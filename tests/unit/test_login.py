"""Ways to log in: who reads what of them, and what is refused; they run in tests/integration."""

from __future__ import annotations

import warnings
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AdminUser,
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    AuthManager,
    ConfigMapKey,
    DagsFolder,
    DatabaseUsers,
    ExecutionApiProps,
    Image,
    Ingress,
    Keycloak,
    Ldap,
    NetworkPolicies,
    OAuth,
    OAuthProvider,
    Oidc,
    Pool,
    SecretKey,
    Secrets,
    ServiceProps,
    SimpleAuth,
    WebserverConfig,
)
from cdk8s_airflow.checks.bundle import Bundle, env_literals
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
SECRET = SecretKey(name="login", key="secret")
CA = ConfigMapKey(name="corp", key="ca.crt")
URL = "https://data.example.com/airflow"
INGRESS = Ingress(host="data.example.com", web_path="/airflow", tls="data-tls")
FILE = "AIRFLOW__FAB__CONFIG_FILE"
JOBS = (Role.CREATE_ADMIN, Role.OBJECTS_ACCOUNT)
MANAGER = "AIRFLOW__CORE__AUTH_MANAGER"

DIRECTORY: dict[str, Any] = {
    "server": "ldaps://ldap.example.com",
    "search_base": "ou=people,dc=example,dc=com",
    "bind_user": "cn=airflow,dc=example,dc=com",
    "bind_password": SECRET,
    "roles": {"data-engineers": "Op"},
}
LDAP = Ldap(**DIRECTORY)
PROVIDER: dict[str, Any] = {
    "issuer": "https://login.example.com/realms/data",
    "client_id": "airflow",
    "client_secret": SECRET,
}
OIDC = Oidc(**PROVIDER, roles={"data-engineers": "Op"})
GITHUB = OAuthProvider(name="github", client_id="x", client_secret=SECRET)
SEVERAL = OAuth(
    providers=[
        Oidc(**PROVIDER, name="corp", ca=CA, roles={"data": "Op"}),
        Oidc(
            issuer="https://partner.example.org:8443",
            client_id="y",
            name="partner",
            username_prefix="partner_",
        ),
        GITHUB,
    ],
    roles={"readers": ["Viewer"]},
    default_role="Public",
)
KEYCLOAK = Keycloak(
    server_url="https://keycloak.example.com/auth",
    realm="data",
    client_id="airflow",
    client_secret=SECRET,
)
OWN_FILE = WebserverConfig(file=ConfigMapKey(name="mine", key="config.py"), env={"TOKEN": SECRET})
OWN = AuthManager("corp.auth.CorpAuthManager", env={"TOKEN": SECRET}, urls=["https://sso:8443/x"])
BY_FILE = [LDAP, OIDC, SEVERAL, DatabaseUsers(login_banner="Hello")]


def release(**props: Any) -> Platform:
    given = {"dags": DAGS, "ingress": INGRESS, **props}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return resolve(AirflowProps(**given), "af1")


def bundle_of(tmp_path: Path, *external: str, **props: Any) -> Bundle:
    def build(app: App) -> None:
        given = AirflowProps(**{"dags": DAGS, "ingress": INGRESS, **props})
        AirflowChart(app, "af1", namespace="airflow", props=given)

    certificate = ["Secret/data-tls"] if props.get("ingress", INGRESS) else []
    return synthesize(build, tmp_path, external=[*certificate, *external])


def env(platform: Platform, role: Role = Role.API_SERVER) -> dict[str, Any]:
    forms = map(wire_mapping, platform.parts(role).env)
    return {str(it["name"]): it.get("value") or it["valueFrom"] for it in forms}


def settings(login: Any, **props: Any) -> dict[str, Any]:
    """What webserver_config.py sets, with names in place of what it imports."""
    platform = release(auth=login, **props)
    text = login.programs(platform)["webserver_config.py"]
    module = next(line.split()[1] for line in text.splitlines() if line.startswith("import "))

    class Names:
        def __getattr__(self, name: str) -> Any:
            return (lambda key: f"secret {key}") if name == "secret" else name

    found: dict[str, Any] = {module: Names()}
    exec(compile(text.replace(f"import {module}\n", ""), "webserver_config.py", "exec"), found)
    return {name: value for name, value in found.items() if name.isupper()}


def test_the_default_is_as_it_was() -> None:
    platform = release()
    assert FILE not in env(platform)
    assert DatabaseUsers().programs(platform) == {}
    assert env(platform, Role.CREATE_ADMIN)[MANAGER].endswith("FabAuthManager")


@pytest.mark.parametrize("login", BY_FILE, ids=lambda each: type(each).__name__)
def test_only_who_makes_fabs_pages_has_the_file(login: Any) -> None:
    platform = release(auth=login, execution_api=ExecutionApiProps())
    reads = {role for role in Role if FILE in env(platform, role)}
    # The Jobs that make accounts make them too.
    assert reads == {Role.API_SERVER, *JOBS}
    assert env(platform)[FILE] == "/opt/cdk8s-airflow/webserver_config.py"
    writers = (Role.SCHEDULER, Role.DAG_PROCESSOR, Role.TRIGGERER, Role.MIGRATIONS)
    assert all(env(platform, role)[MANAGER].endswith("FabAuthManager") for role in writers)


def test_the_file_is_in_a_config_map_of_the_api_server_alone(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, "Secret/login", auth=LDAP)
    named = [m["metadata"]["name"] for m in bundle.all("ConfigMap")]
    (name,) = (each for each in named if "webserver-config" in each)
    users = {pod.component for pod in bundle.pods if name in str(pod.volumes)}
    assert users == {"api-server"}
    data = bundle.one("ConfigMap", name)["data"]["webserver_config.py"]
    assert 'AUTH_LDAP_SERVER = "ldaps://ldap.example.com"\n' in data


def test_a_change_of_the_login_restarts_the_api_server_alone(tmp_path: Path) -> None:
    def pods(folder: str, login: Any) -> dict[str, str]:
        (tmp_path / folder).mkdir()
        bundle = bundle_of(tmp_path / folder, "Secret/login", auth=login)
        return {pod.component: str(pod.spec) + str(pod.metadata) for pod in bundle.pods}

    old, new = pods("old", LDAP), pods("new", replace(LDAP, default_role="Viewer"))
    assert {name for name in old if old[name] != new[name]} == {"api-server"}


@pytest.mark.parametrize(
    ("login", "variable"),
    [
        (LDAP, "LOGIN_LDAP_BIND_PASSWORD"),
        (OIDC, "LOGIN_OIDC_CLIENT_SECRET"),
        (KEYCLOAK, "AIRFLOW__KEYCLOAK_AUTH_MANAGER__CLIENT_SECRET"),
    ],
)
def test_secrets_come_from_the_environment_or_a_file(login: Any, variable: str) -> None:
    platform = release(auth=login)
    assert env(platform)[variable]["secretKeyRef"]["name"] == "login"
    holders = {role for role in Role if variable in env(platform, role)}
    assert holders <= {Role.API_SERVER, *JOBS}
    files = env(release(auth=login, secrets=Secrets(as_files=True)))
    assert variable not in files
    name = f"{variable}_CMD" if variable.startswith("AIRFLOW__") else f"{variable}_FILE"
    assert files[name].endswith("/opt/cdk8s-airflow-secrets/login/secret/value")


def test_ldap_is_told_as_fab_has_it() -> None:
    found = settings(replace(LDAP, ca=CA, search_filter="(objectClass=person)"))
    assert found == {
        "SECURITY_MANAGER_CLASS": "LdapLogin",
        "AUTH_TYPE": "AUTH_LDAP",
        "AUTH_LDAP_SERVER": "ldaps://ldap.example.com",
        "AUTH_LDAP_USE_TLS": False,
        # FAB makes no new TLS context without it, and the file below would not be read.
        "AUTH_LDAP_TLS_DEMAND": True,
        "AUTH_LDAP_TLS_CACERTFILE": "/opt/cdk8s-airflow-login/ca/ca.crt",
        "AUTH_LDAP_SEARCH": "ou=people,dc=example,dc=com",
        "AUTH_LDAP_SEARCH_FILTER": "(objectClass=person)",
        "AUTH_LDAP_BIND_USER": "cn=airflow,dc=example,dc=com",
        "AUTH_LDAP_BIND_PASSWORD": "secret LOGIN_LDAP_BIND_PASSWORD",
        "AUTH_LDAP_UID_FIELD": "uid",
        "AUTH_LDAP_FIRSTNAME_FIELD": "givenName",
        "AUTH_LDAP_LASTNAME_FIELD": "sn",
        "AUTH_LDAP_EMAIL_FIELD": "mail",
        "AUTH_LDAP_GROUP_FIELD": "memberOf",
        "AUTH_LDAP_USE_NESTED_GROUPS_FOR_ROLES": False,
        "AUTH_USER_REGISTRATION": True,
        "AUTH_USER_REGISTRATION_ROLE": None,
        "AUTH_ROLES_SYNC_AT_LOGIN": True,
        "AUTH_ROLES_MAPPING": {"data-engineers": ["Op"]},
    }


@pytest.mark.parametrize(
    ("server", "start_tls", "tls"),
    [
        ("ldaps://ldap.example.com", None, (False, True)),
        ("ldap://ldap.example.com", None, (True, True)),
        ("ldap://ldap.example.com", False, (False, False)),
    ],
)
def test_passwords_are_in_clear_text_only_if_one_says_so(
    server: str, start_tls: bool | None, tls: tuple[bool, bool]
) -> None:
    found = settings(Ldap(**{**DIRECTORY, "server": server, "start_tls": start_tls}))
    assert (found["AUTH_LDAP_USE_TLS"], found["AUTH_LDAP_TLS_DEMAND"]) == tls
    # Without a file of the user's, those that the image and ca_bundle trust.
    assert found.get("AUTH_LDAP_TLS_CACERTFILE") == ("TRUSTED" if tls[1] else None)


def test_users_of_active_directory_bind_themselves() -> None:
    login = Ldap(
        server=["ldaps://dc1.example.com", "ldaps://dc2.example.com:3269"],
        search_base="dc=example,dc=com",
        username_format="%s@example.com",
        uid_field="sAMAccountName",
        nested_groups=True,
        group_search_base="ou=groups,dc=example,dc=com",
        default_role="Viewer",
        sync_roles=False,
        register=False,
    )
    found = settings(login)
    assert found["AUTH_LDAP_SERVER"] == "ldaps://dc1.example.com ldaps://dc2.example.com:3269"
    assert found["AUTH_LDAP_USERNAME_FORMAT"] == "%s@example.com"
    assert found["AUTH_LDAP_USE_NESTED_GROUPS_FOR_ROLES"] is True
    assert found["LDAP_GROUP_SEARCH"] == "ou=groups,dc=example,dc=com"
    assert found["LDAP_GROUP_SEARCH_FILTER"] == "(member=%s)"
    assert (found["AUTH_ROLES_SYNC_AT_LOGIN"], found["AUTH_USER_REGISTRATION"]) == (False, False)
    assert "AUTH_LDAP_BIND_USER" not in found
    assert "AUTH_LDAP_BIND_PASSWORD" not in found


def test_a_provider_is_told_with_where_users_come_back() -> None:
    (found,) = settings(OIDC)["OAUTH_PROVIDERS"]
    assert found == {
        "name": "oidc",
        "icon": "fa-sign-in",
        "token_key": "access_token",
        "remote_app": {
            "client_cls": "OidcClient",
            "client_id": "airflow",
            "client_secret": "secret LOGIN_OIDC_CLIENT_SECRET",
            "client_kwargs": {
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "default_timeout": 10,
            },
            "server_metadata_url": f"{PROVIDER['issuer']}/.well-known/openid-configuration",
            "issuer": PROVIDER["issuer"],
            "redirect_uri": f"{URL}/auth/oauth-authorized/oidc",
        },
        "username_claim": "preferred_username",
        "username_prefix": "",
        "groups_claim": "groups",
        "roles": {"data-engineers": ["Op"]},
    }


def test_a_client_without_secret_says_so() -> None:
    (found,) = settings(replace(OIDC, client_secret=None))["OAUTH_PROVIDERS"]
    assert "client_secret" not in found["remote_app"]
    assert found["remote_app"]["client_kwargs"]["token_endpoint_auth_method"] == "none"


def test_groups_of_one_provider_are_not_those_of_another() -> None:
    found = settings(SEVERAL)
    corp, partner, github = found["OAUTH_PROVIDERS"]
    assert (corp["roles"], partner["roles"]) == ({"data": ["Op"]}, {})
    assert found["AUTH_ROLES_MAPPING"] == {"readers": ["Viewer"]}
    assert found["AUTH_USER_REGISTRATION_ROLE"] == "Public"
    assert partner["username_prefix"] == "partner_"
    assert github["remote_app"]["access_token_url"].startswith("https://github.com/")
    assert "username_claim" not in github


def test_the_login_opens_what_it_needs_for_the_api_server_alone(tmp_path: Path) -> None:
    def ports(bundle: Bundle, name: str) -> set[int]:
        rules = bundle.one("NetworkPolicy", f"af1-{name}")["spec"]["egress"]
        return {port["port"] for rule in rules for port in rule["ports"]}

    cases: list[tuple[Any, set[int], tuple[str, ...]]] = [
        (LDAP, {636}, ()),
        (Ldap(**{**DIRECTORY, "server": "ldap://ldap.example.com"}), {389}, ()),
        (OIDC, {443}, ()),
        (SEVERAL, {443, 8443}, ("ConfigMap/corp",)),
        (OWN_FILE, {443, 636}, ("ConfigMap/mine",)),
        (OWN, {8443}, ()),
    ]
    for number, (login, wanted, external) in enumerate(cases):
        (tmp_path / str(number)).mkdir()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bundle = bundle_of(tmp_path / str(number), "Secret/login", *external, auth=login)
        assert ports(bundle, "api-server") & {389, 636, 443, 8443} == wanted, login
        assert not ports(bundle, "dag-processor") & wanted


def test_a_host_of_the_login_may_be_a_network() -> None:
    policies = NetworkPolicies(hosts={"ldap.example.com": ["10.1.2.0/24"]})
    release(auth=LDAP, network_policies=policies)


def test_an_authority_of_its_own_is_a_file_of_the_api_server(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, "Secret/login", "ConfigMap/corp", auth=SEVERAL)
    users = {pod.component for pod in bundle.pods if "'corp'" in str(pod.volumes)}
    assert users == {"api-server"}
    (first, *_) = settings(SEVERAL)["OAUTH_PROVIDERS"]
    assert first["remote_app"]["ca"] == "/opt/cdk8s-airflow-login/ca-corp/ca.crt"


def test_where_users_are_elsewhere_there_is_no_admin_of_the_default(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, "Secret/login", auth=OIDC)
    assert "create-admin" not in {pod.component for pod in bundle.pods}
    assert "admin-password" not in str(bundle.manifests)


@pytest.mark.parametrize("login", [LDAP, OIDC, SEVERAL, KEYCLOAK], ids=lambda e: type(e).__name__)
def test_an_admin_with_a_password_nobody_asks_for_is_refused(login: Any) -> None:
    with pytest.raises(ValueError, match=f"with auth={type(login).__name__}.* leave it out"):
        release(auth=login, admin=AdminUser(username="me"))


def test_a_manager_of_ones_own_may_have_an_admin() -> None:
    admin = AdminUser(username="me")
    platform = release(auth=AuthManager("corp.FabAuthManager"), admin=admin)
    assert env(platform, Role.CREATE_ADMIN)[MANAGER] == "corp.FabAuthManager"
    assert platform.find(AdminUser) is admin
    assert release(auth=OWN).find(AdminUser) is None


def test_sessions_and_roles_of_database_users() -> None:
    login = DatabaseUsers(
        session_minutes=60,
        session_max_minutes=480,
        custom_roles={"auditors": {"Audit Logs": ["can_read", "menu_access"]}},
        login_banner='"Be" nice',
    )
    found = settings(login)
    assert found == {
        "SECURITY_MANAGER_CLASS": "Login",
        "LOGIN_BANNER": '"Be" nice',
        "CUSTOM_ROLES": {"auditors": {"Audit Logs": ["can_read", "menu_access"]}},
    }
    assert env(release(auth=login))["AIRFLOW__FAB__SESSION_LIFETIME_MINUTES"] == "60"
    assert env(release(auth=login))["AIRFLOW__FAB__SESSION_MAX_LIFETIME_MINUTES"] == "480"
    assert FILE not in env(release(auth=DatabaseUsers(session_minutes=60)))


@pytest.mark.parametrize(
    ("version", "repository", "ends"),
    [
        ("3.1.8", "apache/airflow", False),
        ("3.2.2", "apache/airflow", False),
        ("3.3.1", "apache/airflow", False),
        ("3.3.2", "apache/airflow", True),
        ("3.10.0", "apache/airflow", True),
        ("3.2.2", "registry.example.com/airflow", True),  # it may have a newer provider
    ],
)
def test_a_limit_of_sessions_that_the_image_would_not_keep_is_refused(
    version: str, repository: str, ends: bool
) -> None:
    """An older FAB provider does not read the option, and nobody would notice."""
    login = Oidc(**PROVIDER, default_role="Viewer", session_max_minutes=480)
    image = Image(repository=repository, tag=version)
    for auth in (DatabaseUsers(session_max_minutes=480), login):
        expected: AbstractContextManager[object] = nullcontext()
        if not ends:
            words = rf"{type(auth).__name__}\(session_max_minutes=480\): {repository}:{version} has"
            expected = pytest.raises(ValueError, match=words)
        with expected:
            release(auth=auth, airflow_version=version, image=image)


def test_a_file_of_ones_own_is_mounted_where_fab_reads_it(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, "Secret/login", "ConfigMap/mine", auth=OWN_FILE)
    (pod,) = (pod for pod in bundle.pods if pod.component == "api-server")
    (container,) = pod.main_containers
    path = env_literals(container)[FILE]
    (mount,) = (m for m in container["volumeMounts"] if path.startswith(m["mountPath"] + "/"))
    (volume,) = (v for v in pod.spec["volumes"] if v["name"] == mount["name"])
    assert volume["configMap"] == {
        "name": "mine",
        "items": [{"key": "config.py", "path": "webserver_config.py"}],
    }
    assert "TOKEN" in str(container["env"])
    assert {p.component for p in bundle.pods if "TOKEN" in str(p.spec)} == {"api-server"}


def test_keycloak_reaches_who_imports_it_and_its_secret_the_api_server() -> None:
    platform = release(auth=replace(KEYCLOAK, federated_client_ids=["ci", "etl"]))
    importers = {role for role in Role if "KeycloakAuthManager" in str(env(platform, role))}
    assert importers == {
        *(Role.API_SERVER, Role.SCHEDULER, Role.DAG_PROCESSOR, Role.TRIGGERER),
        *(Role.MIGRATIONS, Role.DATABASE_CLEANUP, Role.RESTORE, *JOBS),
    }
    section = "AIRFLOW__KEYCLOAK_AUTH_MANAGER__"
    found = {k.removeprefix(section): v for k, v in env(platform).items() if section in k}
    assert found.pop("CLIENT_SECRET")["secretKeyRef"]["key"] == "secret"
    assert found == {
        "SERVER_URL": "https://keycloak.example.com/auth",
        "REALM": "data",
        "CLIENT_ID": "airflow",
        "JWT_FEDERATED_CLIENT_IDS": "ci,etl",
    }


def test_an_image_without_keycloaks_provider_is_a_warning() -> None:
    props = AirflowProps(dags=DAGS, ingress=INGRESS, auth=KEYCLOAK)
    with pytest.warns(UserWarning, match="apache-airflow-providers-keycloak"):
        resolve(props, "af1")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        packages = ["apache-airflow-providers-keycloak==0.11.2"]
        resolve(replace(props, extra_packages=packages), "af1")


def test_a_class_that_no_image_is_seen_to_have_is_a_warning() -> None:
    props = AirflowProps(dags=DAGS, ingress=INGRESS, auth=OWN)
    with pytest.warns(UserWarning, match=r"auth_manager is 'corp\.auth\.CorpAuthManager'"):
        resolve(props, "af1")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        resolve(replace(props, extra_packages=["corp-auth"]), "af1")


def test_simple_users_have_the_passwords_of_a_secret(tmp_path: Path) -> None:
    login = SimpleAuth(users={"ann": "admin", "bob": "viewer"}, passwords=SECRET)
    bundle = bundle_of(tmp_path, "Secret/login", auth=login, ingress=None)
    (pod,) = (pod for pod in bundle.pods if pod.component == "api-server")
    (container,) = pod.main_containers
    found = env_literals(container)
    assert found["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] == "ann:admin,bob:viewer"
    file = found["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]
    (copies,) = (c for c in pod.spec["initContainers"] if c["name"] == "copy-passwords")
    assert copies["command"][:3] == ["install", "-m", "u=rw"]
    assert copies["command"][-1] == file
    # Airflow opens it to write, which a mounted Secret would refuse.
    (mount,) = (m for m in container["volumeMounts"] if file.startswith(m["mountPath"] + "/"))
    assert "readOnly" not in mount


def test_without_users_there_is_one_admin_or_no_login() -> None:
    found = env(release(auth=SimpleAuth(), ingress=None))
    assert found["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS"] == "admin:admin"
    found = env(release(auth=SimpleAuth(all_admins=True), ingress=None))
    assert found["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS"] == "True"
    assert "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS" not in found


BALANCER = ApiServerProps(service=ServiceProps(type="LoadBalancer"))


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"auth": SimpleAuth()}, r"exposure=Ingress\(\.\.\.\) would let others in"),
        ({"auth": SimpleAuth(), "ingress": None, "base_url": URL}, "base_url=.* would let others"),
        (
            {"auth": SimpleAuth(), "ingress": None, "api_server": BALANCER},
            "service type LoadBalancer would let others in",
        ),
        (
            {"auth": SimpleAuth(), "ingress": None, "api_server": ApiServerProps(replicas=2)},
            "each pod of the API server would make up passwords",
        ),
        (
            {"auth": SimpleAuth(), "ingress": None, "size": "medium"},
            "each pod of the API server would make up passwords",
        ),
        ({"auth": OIDC, "ingress": None}, "sends users to another server.*give exposure="),
        ({"auth": KEYCLOAK, "ingress": None}, "sends users to another server.*give exposure="),
        (
            {
                "auth": DatabaseUsers(custom_roles={"team": {}}),
                "roles": {"team": {"Pools": ["can_read"]}},
            },
            r"roles\['team'\] and auth=DatabaseUsers\(custom_roles=.* are one role",
        ),
        (
            {"auth": KEYCLOAK, "pools": {"a": Pool(slots=1)}},
            r"that of FAB, and with auth=Keycloak\(\.\.\.\) there is none",
        ),
        (
            {"auth": LDAP, "secrets": Secrets(admin_password=SECRET)},
            "admin_password=.* is of no use with auth=Ldap.*, which makes no admin",
        ),
        ({"auth": Oidc(**PROVIDER)}, "gives no role to anybody"),
        ({"auth": Ldap(**{**DIRECTORY, "roles": None})}, "gives no role to anybody"),
        (
            {"auth": LDAP, "config": {"core": {"auth_manager": "corp.Auth"}}, "admin": None},
            r"config\['core'\]\['auth_manager'\] is set by auth=Ldap.*auth= alone",
        ),
        (
            {"auth": LDAP, "config": {"fab": {"config_file": "/x.py"}}},
            r"config\['fab'\]\['config_file'\] is set by auth=Ldap",
        ),
        (
            {"auth": KEYCLOAK, "env": {"AIRFLOW__KEYCLOAK_AUTH_MANAGER__REALM": "x"}},
            "is set by auth=Keycloak.*use realm= of auth=Keycloak",
        ),
        (
            {
                "auth": DatabaseUsers(session_minutes=5),
                "config": {"fab": {"session_lifetime_minutes": 6}},
            },
            "use session_minutes= of auth=DatabaseUsers",
        ),
        (
            {"auth": SimpleAuth(), "ingress": None, "env": {MANAGER: "corp.Auth"}},
            r"env\['AIRFLOW__CORE__AUTH_MANAGER'\] is set by auth=SimpleAuth",
        ),
    ],
)
def test_what_does_not_fit_the_release_is_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        release(**props)


def test_a_url_for_a_forwarded_port_is_enough() -> None:
    (found,) = settings(OIDC, ingress=None, base_url="http://localhost:8080")["OAUTH_PROVIDERS"]
    uri = "http://localhost:8080/auth/oauth-authorized/oidc"
    assert found["remote_app"]["redirect_uri"] == uri
    release(auth=SimpleAuth(), ingress=None, base_url="http://localhost:8080")


def test_an_option_of_the_default_login_stays_the_users() -> None:
    config = {"fab": {"session_lifetime_minutes": 6, "config_file": "/opt/airflow/mine.py"}}
    assert env(release(config=config))[FILE] == "/opt/airflow/mine.py"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"server": "ldap.example.com"}, r"expected a URL such as 'ldaps://ldap\.example\.com'"),
        ({"server": "ldaps://ldap.example.com/dc=x"}, "where to search belongs into search_base"),
        ({"server": []}, r"server=\[\]"),
        ({"server": ["ldaps://a", "ldap://b"]}, "either ldaps:// or ldap:// for all"),
        ({"start_tls": True}, "TLS from the start"),
        ({"server": "ldap://a", "start_tls": False, "ca": CA}, "of no use with start_tls=False"),
        ({"search_base": "example.com"}, "expected a DN"),
        ({"bind_password": None}, "belong together"),
        ({"bind_user": None, "bind_password": None}, "either bind_user and bind_password"),
        ({"username_format": "uid=%s,dc=x"}, "either bind_user and bind_password"),
        (
            {"bind_user": None, "bind_password": None, "username_format": "uid,dc=x"},
            "expected one %s, in place of the name",
        ),
        ({"uid_field": "uid)"}, r"uid_field='uid\)'"),
        ({"search_filter": "objectClass=person"}, "expected a filter in brackets"),
        ({"group_search_filter": "(member=x)"}, "in place of the user's DN"),
        ({"roles": {"x": "admin"}}, r"Ldap\.roles\['x'\]='admin': Airflow calls this role 'Admin'"),
        ({"roles": {"": "Op"}}, "a group without a name"),
        ({"roles": {"x": []}}, "expected a role or several"),
        ({"default_role": "viewer"}, "Airflow calls this role 'Viewer'"),
        ({"default_role": ""}, "expected the name of a role"),
        ({"session_minutes": 0}, "expected 1 or more minutes"),
        ({"login_banner": " "}, "for none leave it out"),
        ({"custom_roles": {"Op": {}}}, "Airflow makes this role itself"),
        ({"custom_roles": {"x": {"DAG": ["can_read"]}}}, "did you mean 'DAGs'"),
        ({"custom_roles": {"x": {"DAGs": ["read"]}}}, "no action 'read'"),
        ({"custom_roles": {"x" * 65: {}}}, "1 to 64 characters"),
    ],
)
def test_a_directory_that_cannot_be_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Ldap(**{**DIRECTORY, **change})


def test_all_problems_are_one_error() -> None:
    with pytest.raises(ValueError, match="search_base") as error:
        Ldap(**{**DIRECTORY, "search_base": "x", "uid_field": "", "default_role": "op"})
    assert len(str(error.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"issuer": "http://login.example.com"}, "by https"),
        ({"issuer": "login.example.com"}, "expected a URL"),
        ({"issuer": "https://a.example.com/.well-known/openid-configuration"}, "leave this part"),
        ({"name": "Corp Login"}, "lower-case letters"),
        ({"client_id": " "}, "the id that the provider has"),
        ({"scopes": ["profile"]}, "sends no ID token"),
        ({"username_claim": ""}, "name of a claim"),
        ({"email_domains": ["@example.com"]}, "is no domain"),
    ],
)
def test_a_provider_that_cannot_be_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Oidc(**{**PROVIDER, **change})


@pytest.mark.parametrize(
    ("providers", "message"),
    [
        ([], "expected a provider"),
        ([Oidc(**PROVIDER), Oidc(**PROVIDER)], "has 'oidc' 2 times"),
        (
            [Oidc(**PROVIDER), Oidc(**PROVIDER, name="other")],
            "oidc and other have username_prefix='', so a user of one could log in as",
        ),
        ([Oidc(**PROVIDER, default_role="Op")], r"give it to OAuth\(default_role=\.\.\.\)"),
        ([Oidc(**PROVIDER, login_banner="Hi")], r"give it to OAuth\(login_banner=\.\.\.\)"),
    ],
)
def test_providers_that_do_not_fit_are_refused(providers: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        OAuth(providers=providers, default_role="Viewer")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: replace(GITHUB, name="openshift"), "needs authorize_url="),
        (lambda: replace(GITHUB, api_base_url="https://x"), "a slash at its end"),
        (lambda: replace(GITHUB, authorize_url="http://x"), "by https"),
        (lambda: replace(KEYCLOAK, server_url="keycloak"), "expected scheme, host and path"),
        (lambda: replace(KEYCLOAK, server_url="https://k/realms/x"), "the realm as realm="),
        (lambda: replace(KEYCLOAK, realm=""), r"realm=''"),
        (lambda: SimpleAuth(users={"a:b": "admin"}), "a name without spaces"),
        (lambda: SimpleAuth(users={}), "nobody could log in"),
        (lambda: SimpleAuth(all_admins=True, passwords=SECRET), "asks nobody for a name"),
        (lambda: AuthManager("Corp"), "the dotted name of a class"),
        (lambda: AuthManager("corp.Auth", urls=["sso"]), "expected scheme and host"),
        (lambda: replace(OWN_FILE, urls=["sso"]), "expected scheme and host"),
        (lambda: replace(OWN_FILE, env={"PATH": "x"}), "is set by the image"),
    ],
)
def test_other_logins_that_cannot_be_are_refused(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
