"""Secrets backends: who asks them, by what, what reaches them, and what is refused."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    AwsParameterStore,
    AwsSecretsManager,
    AzureKeyVault,
    ConfigMapKey,
    Connection,
    DagsFolder,
    ExecutionApiProps,
    Flower,
    GcpSecretManager,
    KubernetesExecutor,
    PluginsInDags,
    SecretKey,
    Secrets,
    TriggererProps,
    Vault,
    VaultAppRole,
    VaultKubernetes,
    VaultToken,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest
from cdk8s_airflow.parts.cloud_secrets import AnySecretsBackend
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.platform import Platform
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.roles import RUNS_AIRFLOW, Role
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import add_releases

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
ASK = {
    *(Role.API_SERVER, Role.DAG_PROCESSOR, Role.EXECUTION_API, Role.SCHEDULER, Role.TASK),
    *(Role.TRIGGERER, Role.WORKER),
}
KEY, OTHER = SecretKey(name="vault", key="id"), SecretKey(name="vault", key="other")
URL = "https://vault.example.com:8200"
KUBERNETES = VaultKubernetes(role="airflow")
VAULT = Vault(url=URL, auth=KUBERNETES)
CONNECTION = {"db": Connection(conn_type="mysql", host="db", password=KEY)}


def platform_of(backend: AnySecretsBackend, **props: Any) -> Platform:
    return resolve(AirflowProps(dags=DAGS, secrets_backend=backend, **props), "af1")


def env(platform: Platform, role: Role) -> dict[str, str]:
    return {each.name: each.value or "<secret>" for each in platform.parts(role).env}


def arguments(platform: Platform, role: Role, **credentials: str) -> Any:
    """What Airflow gives the class, as it reads it in a pod with these credentials."""
    found = env(platform, role)
    option = "AIRFLOW__SECRETS__BACKEND_KWARGS"
    assert (option in found) != (f"{option}_CMD" in found), "Airflow would take the first"
    if option in found:
        return json.loads(found[option].replace("$$", "$"))
    words = shlex.split(found[f"{option}_CMD"])[3:]
    code = [sys.executable, "-IS", "-c", sources()["url.py"], *words]
    done = subprocess.run(code, env=credentials, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


GIVEN: dict[str, tuple[AnySecretsBackend, dict[str, object], dict[str, str]]] = {
    "a token of vault": (
        Vault(url=URL, auth=VaultToken(token=KEY)),
        {"url": URL, "auth_type": "token", "token_path": "/opt/cdk8s-airflow-vault/token"},
        {},
    ),
    "kubernetes": (
        Vault(
            url=URL,
            auth=VaultKubernetes(role="airflow", mount_point="cluster-1"),
            mount_point="kv",
            kv_engine_version=1,
            connections_path=["team/connections", "connections"],
            variables_path=None,
            config_path="c",
            namespace="data",
            ca=ConfigMapKey(name="ca", key="it"),
        ),
        {
            **{"url": URL, "auth_type": "kubernetes", "kubernetes_role": "airflow"},
            **{"kubernetes_jwt_path": "/opt/cdk8s-airflow-vault/token", "mount_point": "kv"},
            **{"auth_mount_point": "cluster-1", "kv_engine_version": 1, "variables_path": None},
            **{"connections_path": ["team/connections", "connections"], "config_path": "c"},
            **{"namespace": "data", "verify": "/opt/cdk8s-airflow-vault-authority/ca.crt"},
        },
        {},
    ),
    "app role": (
        Vault(url=URL, auth=VaultAppRole(role_id=OTHER, secret_id=KEY, mount_point="a")),
        {
            **{"url": URL, "auth_type": "approle", "auth_mount_point": "a"},
            **{"role_id": "r", "secret_id": 's"\\{x}'},
        },
        {"SECRETS_BACKEND_ROLE_ID": "r", "SECRETS_BACKEND_SECRET_ID": 's"\\{x}'},
    ),
    "secrets manager": (
        AwsSecretsManager(
            connections_prefix="a",
            connections_lookup_pattern="^data_[a-z]{3}$",
            config_prefix=None,
            sep="-",
            region_name="eu-west-1",
            role_arn="arn:aws:iam::111122223333:role/secrets",
            aws_access_key_id=KEY,
            aws_secret_access_key=OTHER,
            extra_conn_words={"user": ["who"]},
        ),
        {
            **{"connections_prefix": "a", "connections_lookup_pattern": "^data_[a-z]{3}$"},
            **{"config_prefix": None, "sep": "-", "region_name": "eu-west-1"},
            "role_arn": "arn:aws:iam::111122223333:role/secrets",
            **{"aws_access_key_id": "k", "aws_secret_access_key": "s"},
            "extra_conn_words": {"user": ["who"]},
        },
        {"SECRETS_BACKEND_AWS_ACCESS_KEY_ID": "k", "SECRETS_BACKEND_AWS_SECRET_ACCESS_KEY": "s"},
    ),
    "parameter store": (
        AwsParameterStore(variables_lookup_pattern="x{3}", endpoint_url="http://ssm.vpc:81"),
        {"variables_lookup_pattern": "x{3}", "endpoint_url": "http://ssm.vpc:81"},
        {},
    ),
    "secret manager": (
        GcpSecretManager(project_id="data", key=KEY, impersonation_chain=["a@p", "b@p"]),
        {
            **{"project_id": "data", "gcp_key_path": "/opt/cdk8s-airflow-google/key.json"},
            "impersonation_chain": ["a@p", "b@p"],
        },
        {},
    ),
    "key vault": (
        AzureKeyVault(
            vault_url="https://team.vault.azure.net",
            tenant_id="t",
            client_id="c",
            client_secret=KEY,
            sep="_",
        ),
        {
            **{"vault_url": "https://team.vault.azure.net", "sep": "_"},
            **{"tenant_id": "t", "client_id": "c", "client_secret": "s"},
        },
        {"SECRETS_BACKEND_CLIENT_SECRET": "s"},
    ),
}


@pytest.mark.parametrize("name", GIVEN)
def test_the_class_gets_what_the_props_say_and_no_secret_is_in_the_manifests(name: str) -> None:
    backend, expected, credentials = GIVEN[name]
    platform = platform_of(backend)
    for role in Role:
        found = env(platform, role)
        assert ("AIRFLOW__SECRETS__BACKEND" in found) == (role in ASK)
        if role in ASK:
            assert found["AIRFLOW__SECRETS__BACKEND"] == backend.backend
            assert arguments(platform, role, **credentials) == expected
        secrets = {key for key in found if key in credentials}
        assert secrets == (set(credentials) if role in ASK else set())


def test_who_migrates_or_serves_flower_has_no_backend() -> None:
    assert RUNS_AIRFLOW - ASK == {
        *(Role.CREATE_ADMIN, Role.DATABASE_CLEANUP, Role.FLOWER, Role.MIGRATIONS),
        *(Role.OBJECTS_ACCOUNT, Role.ROTATE_FERNET_KEY),
        *(Role.BACKUP, Role.BACKUP_VERIFY, Role.RESTORE),
    }


WAYS: dict[str, tuple[AnySecretsBackend, set[tuple[str, int | None]]]] = {
    "vault": (VAULT, {("vault.example.com", 8200)}),
    "vault on the usual port": (
        Vault(url="https://vault.example.com", auth=KUBERNETES),
        {("vault.example.com", 443)},
    ),
    "aws": (AwsSecretsManager(), {("", 443)}),
    "an endpoint, with an identity": (
        AwsParameterStore(endpoint_url="https://ssm.vpc:8443"),
        {("", 443), ("ssm.vpc", 8443)},
    ),
    "an endpoint, with keys": (
        AwsParameterStore(
            endpoint_url="https://ssm.vpc:8443", aws_access_key_id=KEY, aws_secret_access_key=KEY
        ),
        {("ssm.vpc", 8443)},
    ),
    "google": (
        GcpSecretManager(),
        {("", 443), ("169.254.169.254", 80), ("169.254.169.252", 988)},
    ),
    "google, with a key": (GcpSecretManager(key=KEY), {("", 443)}),
    "azure": (
        AzureKeyVault(vault_url="https://team.vault.azure.net"),
        {("team.vault.azure.net", 443), ("", 443), ("169.254.169.254", 80)},
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_those_who_ask_reach_the_store_and_the_others_do_not(name: str) -> None:
    backend, expected = WAYS[name]
    props = AirflowProps(dags=DAGS, secrets_backend=backend, network_policies=None)
    platform, without = resolve(props, "af1"), resolve(AirflowProps(dags=DAGS), "af1")
    for role in Role:
        known = {(peer.host, peer.port) for peer in without.parts(role).peers}
        found = {(peer.host, peer.port) for peer in platform.parts(role).peers}
        assert found - known == ((expected if role in ASK else set()) - known)


def volume(platform: Platform, role: Role, name: str) -> Any:
    found: list[Any] = [v for v in platform.parts(role).volumes if v["name"] == name]  # type: ignore[index]
    return found[0] if found else None


def test_vault_gets_a_token_of_the_account_that_is_good_for_it_alone() -> None:
    platform = platform_of(VAULT)
    for role in Role:
        token = volume(platform, role, "vault-token")
        assert bool(token) == (role in ASK)
        assert not platform.parts(role).api_token or role is Role.BOOTSTRAP
        if token:
            (source,) = token["projected"]["sources"]
            assert source["serviceAccountToken"] == {
                "audience": "vault",
                "expirationSeconds": 3600,
                "path": "token",
            }


def test_a_token_of_vault_is_a_file_that_follows_its_secret() -> None:
    token = volume(
        platform_of(Vault(url=URL, auth=VaultToken(token=KEY))), Role.WORKER, "vault-token"
    )
    assert token["secret"]["secretName"] == "vault"
    assert token["secret"]["defaultMode"] == 0o440
    assert token["secret"]["items"] == [{"key": "id", "path": "token"}]


def test_a_credential_is_in_a_file_where_all_are() -> None:
    backend = Vault(url=URL, auth=VaultAppRole(role_id="r", secret_id=KEY))
    platform = platform_of(backend, secrets=Secrets(as_files=True))
    found = env(platform, Role.WORKER)
    assert "SECRETS_BACKEND_SECRET_ID" not in found
    assert found["SECRETS_BACKEND_SECRET_ID_FILE"] == "/opt/cdk8s-airflow-secrets/vault/id/value"


def test_the_file_of_connections_is_asked_first() -> None:
    """Airflow has one backend, and connections with credentials among their parts need one."""
    backend = Vault(url=URL, auth=VaultAppRole(role_id="r", secret_id=KEY))
    platform = platform_of(backend, connections=CONNECTION)
    of_vault = {"url": URL, "auth_type": "approle", "role_id": "r", "secret_id": "s"}
    for role in ASK:
        found = env(platform, role)
        given = arguments(platform, role, SECRETS_BACKEND_SECRET_ID="s")
        module = "/opt/cdk8s-airflow-backends/cdk8s_airflow_secrets.py"
        mounted = [mount["mountPath"] for mount in platform.parts(role).mounts]  # type: ignore[index]
        if role in {Role.API_SERVER, Role.EXECUTION_API, Role.SCHEDULER}:
            assert (found["AIRFLOW__SECRETS__BACKEND"], given) == (backend.backend, of_vault)
            assert module not in mounted
            assert "PYTHONPATH" not in found
            continue
        # Airflow loads its backend while it is imported, before its own folders are on the path.
        assert found["PYTHONPATH"] == "/opt/cdk8s-airflow-backends"
        assert found["AIRFLOW__SECRETS__BACKEND"] == "cdk8s_airflow_secrets.InOrder"
        (first, kept), second = given["backends"]
        assert first == "airflow.secrets.local_filesystem.LocalFilesystemBackend"
        assert list(kept) == ["connections_file_path"]
        assert second == [backend.backend, of_vault]
        assert module in mounted


def test_python_finds_that_class_beside_packages_and_modules_of_the_dags() -> None:
    def path(**props: Any) -> str:
        return env(platform_of(VAULT, connections=CONNECTION, **props), Role.WORKER)["PYTHONPATH"]

    plugins = PluginsInDags(python_path=True)
    own = "/opt/cdk8s-airflow-backends"
    assert path(plugins=plugins) == f"/opt/airflow/dags/..data:{own}"
    assert path(extra_packages=["cowsay"]) == f"/opt/cdk8s-airflow-packages:{own}"
    both = path(extra_packages=["cowsay"], plugins=plugins)
    assert both == f"/opt/cdk8s-airflow-packages:/opt/airflow/dags/..data:{own}"


@pytest.mark.parametrize(
    "props",
    [
        {"env": {"PYTHONPATH": "/mine"}},
        {"triggerer": TriggererProps(env={"PYTHONPATH": "/mine"})},
    ],
)
def test_a_path_of_the_user_s_that_hides_that_class_is_refused(props: dict[str, Any]) -> None:
    says = r"PYTHONPATH, which would hide .* connections\['db'\] are both asked: .* keep 'db' in"
    with pytest.raises(ValueError, match=says):
        platform_of(VAULT, connections=CONNECTION, **props)
    assert env(platform_of(VAULT, **props), Role.TRIGGERER)


def test_without_a_backend_the_file_is_asked_alone() -> None:
    platform = resolve(AirflowProps(dags=DAGS, connections=CONNECTION), "af1")
    found = env(platform, Role.WORKER)
    assert found["AIRFLOW__SECRETS__BACKEND"].endswith("LocalFilesystemBackend")


def test_the_first_backend_that_knows_a_thing_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    class Base:
        pass

    class Store(Base):
        connection: object = None

        def __init__(self, **known: str) -> None:
            self.known = known

        def _set_connection_class(self, connection: object) -> None:
            self.connection = connection

        def get_variable(self, key: str, team_name: str | None = None) -> str | None:
            return self.known.get(key)

        get_connection = get_conn_value = get_config = get_variable

    for name, content in {"airflow.secrets": Base, "stores": Store}.items():
        module: Any = ModuleType(name)
        module.BaseSecretsBackend = module.Store = content
        monkeypatch.setitem(sys.modules, name, module)
    program: dict[str, Any] = {"__name__": "program"}
    exec(sources()["cdk8s_airflow_secrets.py"], program)
    chain = program["InOrder"](
        [["stores.Store", {"a": "1"}], ["stores.Store", {"a": "2", "b": "3"}]]
    )
    for method in ("get_variable", "get_connection", "get_conn_value", "get_config"):
        assert [getattr(chain, method)(key) for key in ("a", "b", "c")] == ["1", "3", None]
        assert getattr(chain, method)("b", team_name="data") == "3"
    chain._set_connection_class(dict)
    assert [backend.connection for backend in chain._backends] == [dict, dict]


REFUSED: list[tuple[Callable[[], object], str]] = [
    (
        lambda: Vault(url="vault.example.com:8200", auth=KUBERNETES),
        r"Vault\(url='vault.example.com:8200'\): expected the server.*'https://vault",
    ),
    (lambda: Vault(url="https://a:b@vault", auth=KUBERNETES), "looks like a credential"),
    (
        lambda: Vault(url="http://vault:8200", auth=KUBERNETES, ca=KEY),
        r"Vault\(ca=...\) does nothing with 'http://vault:8200': expected https://",
    ),
    (
        lambda: Vault(url=URL, auth=KUBERNETES, connections_path="a b", variables_path=["$x"]),
        r"connections_path='a b'\): expected what the store takes[^$]*variables_path='\$x'",
    ),
    (
        lambda: Vault(
            url=URL, auth=KUBERNETES, connections_path=None, variables_path=[], config_path=None
        ),
        r"Vault is asked for nothing, as connections_path, variables_path, config_path are None",
    ),
    (
        lambda: AwsSecretsManager(region_name="Ireland", role_arn="secrets", aws_access_key_id=KEY),
        r"region_name='Ireland'\)[^$]*role_arn='secrets'\)[^$]*go together: give both",
    ),
    (
        lambda: AwsParameterStore(connections_lookup_pattern="(", endpoint_url="ssm.vpc"),
        r"pattern='\('\) is no regular expression[^$]*endpoint_url='ssm.vpc'\): expected a URL",
    ),
    (
        lambda: GcpSecretManager(connections_prefix="airflow/connections", sep="."),
        r"connections_prefix='airflow/connections'\): expected what the store takes[^$]*sep='.'",
    ),
    (
        lambda: AzureKeyVault(vault_url="team", client_id="c"),
        r"tenant_id and client_secret are missing|vault_url='team'\): expected a URL",
    ),
    (
        lambda: AzureKeyVault(vault_url="https://a.vault.azure.net", tenant_id="t", client_id="c"),
        r"tenant_id, client_id, client_secret together, and client_secret is missing: give all",
    ),
    (
        lambda: AzureKeyVault(
            vault_url="https://a.vault.azure.net", managed_identity_client_id="c"
        ),
        r"managed_identity_client_id and workload_identity_tenant_id go together",
    ),
]


@pytest.mark.parametrize(("make", "says"), REFUSED)
def test_what_no_store_takes_is_refused(make: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.parametrize(
    ("props", "names"),
    [
        ({"config": {"secrets": {"backend": "x.Y"}}}, r"config\['secrets'\]\['backend'\]"),
        ({"config": {"workers": {"secrets_backend": "x.Y"}}}, r"config\['workers'\]\['secrets_b"),
        ({"env": {"AIRFLOW__SECRETS__BACKEND_KWARGS": "{}"}}, r"env\['AIRFLOW__SECRETS__BACKEND_K"),
    ],
)
def test_two_backends_are_one_too_many(props: dict[str, Any], names: str) -> None:
    with pytest.raises(ValueError, match=rf"secrets_backend=Vault\(...\) and {names}.*give one"):
        platform_of(VAULT, **props)


def test_a_connection_to_the_store_of_logs_may_be_in_the_backend(
    recwarn: pytest.WarningsRecorder,
) -> None:
    logs: dict[str, Any] = {
        "remote_logging": True,
        "remote_log_conn_id": "logs",
        "remote_base_log_folder": "s3://x",
    }
    platform_of(VAULT, config={"logging": logs})
    assert not [warning for warning in recwarn if "remote_log_conn_id" in str(warning.message)]
    resolve(AirflowProps(dags=DAGS, config={"logging": logs}), "af1")
    assert [warning for warning in recwarn if "remote_log_conn_id" in str(warning.message)]


@pytest.mark.parametrize("connections", [None, CONNECTION], ids=["alone", "with connections"])
def test_a_whole_bundle_is_good(tmp_path: Path, connections: Any) -> None:
    """Every reference, mount and flow of it, task pods and separate servers included."""

    def build(app: App) -> None:
        props = AirflowProps(
            dags=DAGS,
            executor=KubernetesExecutor(),
            execution_api=ExecutionApiProps(),
            connections=connections,
            secrets_backend=Vault(
                url=URL, auth=KUBERNETES, ca=ConfigMapKey(name="authority", key="ca.crt")
            ),
        )
        AirflowChart(app, "af1", namespace="airflow", props=props)

    external = ["ConfigMap/authority", *(["Secret/vault"] if connections else [])]
    bundle = synthesize(build, tmp_path, external=external)
    having = {p.component for p in bundle.pods if any(map(has_token, p.volumes))}
    assert having == {role.value for role in ASK - {Role.WORKER}}


def has_token(volume: Manifest) -> bool:
    return bool(volume["name"] == "vault-token")


def test_a_values_file_names_backend_and_login_by_their_kinds(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path / "out"))
    file = tmp_path / "values.yaml"
    file.write_text(
        f"release: af1\ndags: {{kind: DagsFolder, path: {DAGS.path}}}\nsecretsBackend:\n"
        f"  kind: Vault\n  url: {URL}\n  auth: {{kind: VaultKubernetes, role: airflow}}\n"
    )
    add_releases(app, [file], defaults=AirflowProps())
    app.synth()
    assert '"kubernetes_role": "airflow"' in (tmp_path / "out" / "af1.k8s.yaml").read_text()


def test_flower_has_no_way_to_the_store(tmp_path: Path) -> None:
    def build(app: App) -> None:
        props = AirflowProps(dags=DAGS, flower=Flower(), secrets_backend=VAULT)
        AirflowChart(app, "af1", namespace="airflow", props=props)

    bundle: Bundle = synthesize(build, tmp_path)
    for component in ("flower", "postgresql", "redis"):
        assert "8200" not in str(bundle.one("NetworkPolicy", f"af1-{component}"))
    assert "8200" in str(bundle.one("NetworkPolicy", "af1-api-server"))
