"""Logins to the metadata database by tokens: who gets them, what is refused, how they are kept."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    AzureEntra,
    Backup,
    BackupVolume,
    CeleryExecutor,
    CloudSqlIam,
    DagsFolder,
    DatabaseCleanup,
    ExternalMysql,
    ExternalPostgresql,
    ExternalRabbitmq,
    KedaAutoscaling,
    KubernetesExecutor,
    LocalExecutor,
    PgBouncer,
    RdsIam,
    SecretKey,
    TokenCommand,
    TokenFunction,
    VolumeClaim,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, env_literals
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.roles import USES_DATABASE, Role
from cdk8s_airflow.services.tokens import Token
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import add_releases

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
RDS = "airflow.abc.eu-west-1.rds.amazonaws.com"
MOUNT = "/opt/airflow/config/cdk8s_airflow_token.py"
KEY = SecretKey(name="a", key="b")


def bundle_of(folder: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        given = AirflowProps(**{"dags": DAGS, **props})
        AirflowChart(app, "af1", namespace="airflow", props=given)

    newer = {"Pod.initContainers[].restartPolicy"} if props.get("backup") else ()
    return synthesize(build, folder, newer_fields=newer)


RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
ABSENT = {"execution-api", "restore", "rotate-fernet-key"}
LOGINS: dict[str, tuple[Token, str, dict[str, object], set[tuple[str, int]]]] = {
    "rds": (
        RdsIam(),
        RDS,
        {"kind": "rds", "region": None, "endpoint": None},
        {("169.254.170.23/32", 80), ("fd00:ec2::23/128", 80), ("169.254.169.254/32", 80),
         ("", 443)},
    ),
    "cloud sql": (
        CloudSqlIam(),
        "10.1.2.3",
        {"kind": "cloudsql"},
        {("169.254.169.254/32", 80), ("169.254.169.252/32", 988), ("", 443)},
    ),
    "azure": (
        AzureEntra(client_id="x"),
        "db.postgres.database.azure.com",
        {"kind": "azure", "client_id": "x",
         "scope": "https://ossrdbms-aad.database.windows.net/.default"},
        {("169.254.169.254/32", 80), ("", 443)},
    ),
    "command": (
        TokenCommand(command=["token", "$(X)"]),
        "db.example.com",
        {"kind": "command", "command": ["token", "$(X)"], "lifetime": 300},
        set(),
    ),
    "function": (
        TokenFunction(path="company.tokens.database", lifetime=60),
        "db.example.com",
        {"kind": "function", "path": "company.tokens.database", "lifetime": 60},
        set(),
    ),
}  # fmt: skip


def ways(bundle: Bundle, component: str) -> set[tuple[str, int]]:
    """Network or nothing, and port, that a component may connect to."""
    policy = bundle.one("NetworkPolicy", f"af1-{component}")
    return {
        (to.get("ipBlock", {}).get("cidr", ""), port["port"])
        for rule in policy["spec"]["egress"]
        for port in rule.get("ports", ())
        for to in rule.get("to") or [{}]
    }


@pytest.mark.parametrize("name", LOGINS)
def test_those_who_open_the_database_and_no_others_make_tokens(tmp_path: Path, name: str) -> None:
    token, host, settings, peers = LOGINS[name]
    bundle = bundle_of(
        tmp_path,
        database=ExternalPostgresql(host=host, user="me", token=token),
        database_cleanup=DatabaseCleanup(),
        backup=Backup(store=BackupVolume(claim=VolumeClaim(size="9Gi")), encrypt_to=RECIPIENT),
        pools={},
    )
    having = set()
    for pod in bundle.pods:
        env = [env_literals(each) for each in pod.containers]
        mounted = [
            MOUNT in [mount["mountPath"] for mount in each.get("volumeMounts", ())]
            for each in pod.containers
        ]
        if any("DATABASE_LOGIN" in each for each in env):
            having.add(pod.component)
            text = next(each["DATABASE_LOGIN"] for each in env if "DATABASE_LOGIN" in each)
            assert json.loads(str(text).replace("$$", "$")) == settings
            (volume,) = (v for v in pod.spec["volumes"] if v["name"] == "database-token")
            assert volume["emptyDir"] == {"medium": "Memory", "sizeLimit": "1Mi"}
            assert peers <= ways(bundle, pod.component)
        assert any(mounted) == any("DATABASE_LOGIN" in each for each in env)
    assert having == {
        *("api-server", "backup", "create-admin", "dag-processor", "database-cleanup"),
        *("migrations", "objects-account", "scheduler", "triggerer"),
    }
    assert having == {role.value for role in USES_DATABASE} - ABSENT
    link_local = {way for way in peers if way[0]}
    assert not link_local & ways(bundle, "worker"), "tasks have no way to identities by this"


def test_a_command_of_the_user_reaches_its_servers(tmp_path: Path) -> None:
    token = TokenCommand(command=["a"], servers=["sts.example.com:8443", "[fd00::1]:82"])
    props = AirflowProps(dags=DAGS, database=ExternalPostgresql(host="x", token=token))
    platform = resolve(props, "af1")
    for role in Role:
        found = {(peer.host, peer.port) for peer in platform.parts(role).peers}
        asked = {("sts.example.com", 8443), ("fd00::1", 82)}
        assert found & asked == (asked if role in USES_DATABASE else set())


@pytest.mark.parametrize("executor", [KubernetesExecutor(), LocalExecutor()])
def test_each_executor_logs_in_where_its_processes_do(tmp_path: Path, executor: Any) -> None:
    database = ExternalPostgresql(host=RDS, token=RdsIam())
    bundle = bundle_of(tmp_path, executor=executor, database=database)
    tasks = [pod for pod in bundle.pods if pod.component == "task"]
    assert len(tasks) == isinstance(executor, KubernetesExecutor)
    containers = [each for pod in tasks for each in pod.containers]
    assert not any("DATABASE_LOGIN" in env_literals(each) for each in containers)


def test_the_waits_and_the_process_of_a_pod_share_its_tokens(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, database=ExternalPostgresql(host=RDS, token=RdsIam()))
    (pod,) = (pod for pod in bundle.pods if pod.component == "triggerer")
    named = {each["name"]: each for each in pod.containers}
    for name in ("wait-for-migrations", "triggerer"):
        assert "DATABASE_LOGIN" in env_literals(named[name])
        folders = [mount["mountPath"] for mount in named[name]["volumeMounts"]]
        assert {"/opt/cdk8s-airflow-token", "/opt/cdk8s-airflow"} <= {*folders}
    assert "DATABASE_LOGIN" not in env_literals(named["log-groomer"])


def test_a_token_wants_tls_and_gets_it() -> None:
    """It goes to the server as it is, and is good for whoever reads it."""

    def url(server: ExternalPostgresql | ExternalMysql) -> str:
        return str(server.url("af1").template)

    token = CloudSqlIam()
    assert "sslmode=require" in url(ExternalPostgresql(host="x", token=token))
    assert "ssl_mode=REQUIRED" in url(ExternalMysql(host="x", token=token))
    assert "sslmode" not in url(ExternalPostgresql(host="x"))
    assert "ssl_mode" not in url(ExternalMysql(host="x"))
    assert "sslmode=verify-full" in url(ExternalPostgresql(host="x", token=token, ca=KEY))
    assert "ssl_mode=VERIFY_IDENTITY" in url(ExternalMysql(host="x", token=token, ca=KEY))


def test_mysql_s_library_may_send_a_token_as_it_is(tmp_path: Path) -> None:
    def told(database: Any) -> set[str]:
        parts = resolve(AirflowProps(dags=DAGS, database=database), "af1").parts
        return {v.name for role in USES_DATABASE for v in parts(role).env if "CLEARTEXT" in v.name}

    assert told(ExternalMysql(host="x", token=CloudSqlIam())) == {
        "LIBMYSQL_ENABLE_CLEARTEXT_PLUGIN"
    }
    assert told(ExternalMysql(host="x")) == set()
    assert told(ExternalPostgresql(host="x", token=CloudSqlIam())) == set()


REFUSED: list[tuple[Callable[[], object], str]] = [
    (
        lambda: ExternalPostgresql(host=RDS, token=RdsIam(), parameters={"sslmode": "prefer"}),
        r"ExternalPostgresql\(token=RdsIam\(...\)\) needs TLS.*'prefer' may do without: expected "
        r"one of \['require', 'verify-ca', 'verify-full'\]",
    ),
    (
        lambda: ExternalMysql(host=RDS, token=RdsIam(), parameters={"ssl_mode": "DISABLED"}),
        r"ExternalMysql\(token=RdsIam\(...\)\) needs TLS.*expected one of \['REQUIRED'",
    ),
    (
        lambda: ExternalPostgresql(host=RDS, token=RdsIam(), password=KEY),
        r"has password= and token=RdsIam\(...\): give the one by which the user logs in",
    ),
    (
        lambda: ExternalPostgresql(host="db.example.com", token=RdsIam()),
        r"'db.example.com' does not tell the region.*RdsIam\(region='eu-west-1', endpoint=",
    ),
    (
        lambda: ExternalPostgresql(host="db.example.com", token=RdsIam(region="eu-west-1")),
        r"'db.example.com' is no name by which RDS knows a server.*add endpoint=",
    ),
    (
        lambda: ExternalPostgresql(host=RDS, token=RdsIam(region="us-east-1")),
        r"RdsIam\(region='us-east-1'\)\): '.*' is in 'eu-west-1'.*leave region out",
    ),
    (
        lambda: ExternalPostgresql(
            host="x", user="af@p.iam.gserviceaccount.com", token=CloudSqlIam()
        ),
        r"Cloud SQL knows this account by the name 'af@p.iam': expected that",
    ),
    (
        lambda: ExternalMysql(host="x", user="af@p.iam", token=CloudSqlIam()),
        r"Cloud SQL knows this account by the name 'af': expected that",
    ),
    (lambda: AzureEntra(scope="ossrdbms"), r"AzureEntra\(scope='ossrdbms'\): expected a URL that"),
    (lambda: TokenCommand(command=[]), r"TokenCommand\(command=\[\]\): expected a program"),
    (
        lambda: TokenCommand(command=["a"], lifetime=-1, servers=["sts.example.com", "a:70000"]),
        r"servers=\['sts.example.com'\]\): expected 'host:port'[^$]*a:70000[^$]*lifetime=-1",
    ),
    (lambda: TokenFunction(path="tokens"), r"path='tokens'\): expected 'module.function'"),
]


@pytest.mark.parametrize(("make", "says"), REFUSED)
def test_what_cannot_log_in_is_refused(make: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


def test_names_of_rds_that_pods_alone_know_are_taken() -> None:
    """A host from a Secret, a tunnel with the real name, a name of China."""
    ExternalPostgresql(host=KEY, token=RdsIam())
    ExternalPostgresql(host="127.0.0.1", token=RdsIam(endpoint=RDS))
    ExternalPostgresql(host="a.b.cn-north-1.rds.amazonaws.com.cn", token=RdsIam())
    ExternalPostgresql(host="x", token=RdsIam(region="us-iso-east-1", endpoint="a.c2s.ic.gov"))


TOKEN = ExternalPostgresql(host=RDS, token=RdsIam())
COMBINED: list[tuple[dict[str, Any], str]] = [
    (
        {"database": TOKEN, "pgbouncer": PgBouncer()},
        r"PgBouncer\(\) logs in with the passwords of its users file.*token=RdsIam\(...\).*RDS Pro",
    ),
    (
        {"result_backend": TOKEN, "broker": ExternalRabbitmq(host="mq")},
        r"result_backend=ExternalPostgresql\(token=RdsIam\(...\)\): Celery opens.*or an External",
    ),
    (
        {
            "database": TOKEN,
            "executor": CeleryExecutor(workers=[WorkerGroup(autoscaling=KedaAutoscaling())]),
        },
        r"KEDA logs in by a password that stays.*KedaAutoscaling\(connection=SecretKey\(...\)\)",
    ),
]


@pytest.mark.parametrize(("props", "says"), COMBINED)
def test_who_needs_a_password_that_stays_is_told(
    tmp_path: Path, props: dict[str, Any], says: str
) -> None:
    with pytest.raises((ValueError, RuntimeError), match=says):
        bundle_of(tmp_path, **props)


def test_migrations_have_all_of_env_as_tokens_may_need_it() -> None:
    env = {"AZURE_CLIENT_ID": "x"}

    def told(database: ExternalPostgresql) -> bool:
        props = AirflowProps(dags=DAGS, database=database, env=env)
        (role,) = (role for role in USES_DATABASE if role.value == "migrations")
        return "AZURE_CLIENT_ID" in [v.name for v in resolve(props, "af1").parts(role).env]

    assert told(ExternalPostgresql(host="x", token=AzureEntra()))
    assert not told(ExternalPostgresql(host="x"))


def test_a_values_file_says_it_by_its_kind(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path / "out"))
    file = tmp_path / "values.yaml"
    file.write_text(
        f"release: af1\ndags: {{kind: DagsFolder, path: {DAGS.path}}}\n"
        f"database: {{kind: ExternalPostgresql, host: {RDS}, token: {{kind: RdsIam}}}}\n"
    )
    add_releases(app, [file], defaults=AirflowProps())
    app.synth()
    assert '"kind": "rds"' in (tmp_path / "out" / "af1.k8s.yaml").read_text()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The program that makes tokens, with a folder of its own."""
    module: Any = ModuleType("cdk8s_airflow_token")
    exec(sources()["cdk8s_airflow_token.py"], module.__dict__)
    module.FILE = str(tmp_path / "token.json")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield module
    for name in ("boto3", "google", "google.auth", "azure", "azure.identity", "company"):
        sys.modules.pop(name, None)


def given(monkeypatch: pytest.MonkeyPatch, **settings: object) -> None:
    monkeypatch.setenv("DATABASE_LOGIN", json.dumps(settings))


def counting(folder: Path, monkeypatch: pytest.MonkeyPatch, lifetime: float = 60) -> None:
    (folder / "company.py").write_text(
        "made = 0\ndef token(host, port, user):\n    global made\n    made += 1\n"
        "    return f'{user}@{host}:{port}/{made}'\n"
    )
    given(monkeypatch, kind="function", path="company.token", lifetime=lifetime)


def test_a_token_is_kept_for_its_life_and_for_its_server(
    program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting(tmp_path, monkeypatch)
    assert program.password("DB", 1, "me") == "me@db:1/1"
    assert program.password("db", 1, "me") == "me@db:1/1", "kept"
    assert os.stat(program.FILE).st_mode & 0o777 == 0o600
    assert program.password("db", 2, "me") == "me@db:2/2", "another server"
    monkeypatch.setattr(program.time, "time", lambda real=time.time: real() + 61)
    assert program.password("db", 2, "me") == "me@db:2/3", "its life is over"


def test_a_token_that_was_refused_is_made_anew_unless_it_is_young(
    program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting(tmp_path, monkeypatch)
    program.forget()  # there is none
    assert program.password("db", 1, "me").endswith("/1")
    program.forget()
    assert program.password("db", 1, "me").endswith("/1"), "a server that is down makes no tokens"
    os.utime(program.FILE, (time.time() - 11,) * 2)
    program.forget()
    assert program.password("db", 1, "me").endswith("/2")


def test_a_pod_without_a_place_for_it_makes_a_token_each_time(
    program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting(tmp_path, monkeypatch)
    program.FILE = str(tmp_path / "nowhere" / "token.json")
    assert [program.password("db", 1, "me")[-1] for _ in range(2)] == ["1", "2"]


def test_a_file_that_was_written_half_is_no_token(
    program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting(tmp_path, monkeypatch)
    Path(program.FILE).write_text('{"who": [')
    assert program.password("db", 1, "me").endswith("/1")


def test_a_command_knows_the_server_and_prints_the_token(
    program: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["sh", "-c", "echo $TOKEN_USER@$TOKEN_HOST:$TOKEN_PORT"]
    given(monkeypatch, kind="command", command=words, lifetime=0)
    assert program.password("db", 1, "me") == "me@db:1"


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"kind": "command", "command": ["false"], "lifetime": 1}, "no token: CalledProcessError"),
        ({"kind": "command", "command": ["true"], "lifetime": 1}, "command gave an empty one"),
        ({"kind": "function", "path": "missing.f", "lifetime": 1}, "No module named 'missing'"),
        ({"kind": "rds", "endpoint": None, "region": None}, "No module named 'boto3'"),
    ],
)
def test_why_there_is_no_token_is_told_in_a_line(
    program: Any, monkeypatch: pytest.MonkeyPatch, settings: dict[str, object], says: str
) -> None:
    given(monkeypatch, **settings)
    with pytest.raises(program.TokenError, match=says):
        program.password(RDS, 5432, "me")


def left(program: Any) -> float:
    """Seconds for which the token is kept."""
    return float(json.loads(Path(program.FILE).read_text())["until"]) - time.time()


@pytest.mark.parametrize(
    ("settings", "signed"),
    [
        ({}, [RDS, 5432, "me", "eu-west-1"]),
        (
            {"endpoint": "a.b.us-east-1.rds.amazonaws.com"},
            ["a.b.us-east-1.rds.amazonaws.com", 5432, "me", "us-east-1"],
        ),
        ({"region": "eu-west-2"}, [RDS, 5432, "me", "eu-west-2"]),
    ],
)
def test_rds_signs_the_name_that_it_knows_in_its_region(
    program: Any,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, object],
    signed: list[object],
) -> None:
    boto3 = SimpleNamespace(
        client=lambda service, region_name: SimpleNamespace(
            generate_db_auth_token=lambda *words: json.dumps([service, region_name, *words])
        )
    )
    monkeypatch.setitem(sys.modules, "boto3", boto3)
    given(monkeypatch, kind="rds", **settings)
    assert json.loads(program.password(RDS, 5432, "me")) == ["rds", signed[-1], *signed]
    assert 500 < left(program) <= 540, "good for 15 minutes, or 10 by an identity that ends"


@pytest.mark.parametrize(("good_for", "kept"), [(3600, 540), (300, 240), (30, -30)])
def test_tokens_of_google_and_azure_are_not_used_in_their_last_minute(
    program: Any, monkeypatch: pytest.MonkeyPatch, good_for: int, kept: int
) -> None:
    ends = datetime.now(timezone.utc) + timedelta(seconds=good_for)
    asked: list[object] = []
    google = SimpleNamespace(
        token="ya29", expiry=ends.replace(tzinfo=None), refresh=lambda request: None
    )

    def default(scopes: list[str]) -> tuple[object, str]:
        asked.append(scopes)
        return google, "project"

    def get_token(made: object, scope: str) -> object:
        asked.append(scope)
        return made

    def credential(**words: str) -> object:
        asked.append(words)
        made = SimpleNamespace(token="eyJ", expires_on=int(ends.timestamp()))
        return SimpleNamespace(get_token=partial(get_token, made))

    requests = SimpleNamespace(Request=object)
    for name, module in {
        "google.auth": SimpleNamespace(default=default),
        "google.auth.transport.requests": requests,
        "azure.identity": SimpleNamespace(DefaultAzureCredential=credential),
    }.items():
        monkeypatch.setitem(sys.modules, name, module)
    given(monkeypatch, kind="cloudsql")
    assert program.password("db", 1, "me") == "ya29"
    assert abs(left(program) - kept) < 5
    given(monkeypatch, kind="azure", client_id="x", scope="https://s/.default")
    assert program.password("db", 1, "me") == "eyJ"
    assert abs(left(program) - kept) < 5
    assert asked == [
        ["https://www.googleapis.com/auth/sqlservice.login"],
        {"managed_identity_client_id": "x", "workload_identity_client_id": "x"},
        "https://s/.default",
    ]
