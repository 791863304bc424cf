from __future__ import annotations

import shlex
import subprocess
import sys
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pytest
from platforms import platform_of

from cdk8s_airflow import ExternalPostgresql, ExternalRedis, SecretKey
from cdk8s_airflow.kubernetes.objects import wire
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.platform import Role
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql
from cdk8s_airflow.services.redis import EmbeddedRedis
from cdk8s_airflow.services.urls import Url

ODD = "p@ss:/w#rd%?&'\" $(x) {y} \\"
PASSWORD = SecretKey(name="db", key="password")


SILENCE = {
    "connect_timeout": "5",
    "keepalives": "1",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "2",
    "tcp_user_timeout": "20000",
}


def environment(url: Url, option: str = "OPTION") -> dict[str, Any]:
    form: Any = wire(url.parts(option).env)
    return {item["name"]: item.get("value", item.get("valueFrom")) for item in form}


def command_env(url: Url, **credentials: str) -> str:
    """What Airflow reads: the output of the option's command, run as Airflow runs it."""
    return printed(environment(url)["OPTION_CMD"], **credentials)


def printed(command: str, **env: str) -> str:
    """What a command of Airflow's options prints."""
    *python, program = shlex.split(command)[:3]
    assert (python, program) == (["python", "-IS"], "/opt/cdk8s-airflow/url.py")
    words = [sys.executable, "-IS", "-c", sources()["url.py"], *shlex.split(command)[3:]]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    return done.stdout


def read(text: str) -> dict[str, Any]:
    """A URL as a client takes it apart."""
    parts = urlsplit(text)
    return {
        "scheme": parts.scheme,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "place": (parts.hostname, parts.port, parts.path),
        "query": dict(parse_qsl(parts.query)),
    }


def test_a_password_of_any_characters_survives_in_a_url() -> None:
    url = ExternalPostgresql(host="db.example.com", user="air flow", password=PASSWORD).url("af1")
    assert read(command_env(url, DATABASE_PASSWORD=ODD)) == {
        "scheme": "postgresql+psycopg2",
        "user": "air flow",
        "password": ODD,
        "place": ("db.example.com", 5432, "/airflow"),
        "query": SILENCE,
    }


def test_the_command_prints_no_newline() -> None:
    url = EmbeddedRedis().url("af1")
    assert command_env(url, BROKER_PASSWORD="pw") == "redis://:pw@af1-redis-server:6379/0"


def test_a_missing_credential_is_named_and_nothing_is_printed() -> None:
    command = [sys.executable, "-IS", "-c", sources()["url.py"], "redis://:{BROKER_PASSWORD}@h"]
    done = subprocess.run(command, env={}, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stdout == ""
    assert "environment variable 'BROKER_PASSWORD' is not set" in done.stderr


def test_a_user_may_come_from_a_secret() -> None:
    user = SecretKey(name="db", key="user")
    url = ExternalPostgresql(host="db", user=user, password=PASSWORD).url("af1")
    assert environment(url)["DATABASE_USER"] == {"secretKeyRef": {"name": "db", "key": "user"}}
    found = read(command_env(url, DATABASE_USER="a@b", DATABASE_PASSWORD="c"))
    assert (found["user"], found["password"]) == ("a@b", "c")


def test_a_whole_url_from_a_secret_is_the_option_itself() -> None:
    url = Url(template=SecretKey(name="db", key="url"))
    assert environment(url) == {"OPTION": {"secretKeyRef": {"name": "db", "key": "url"}}}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("postgresql+psycopg2://u:p@h/d", f"?{urlencode(SILENCE)}"),
        ("postgresql://u:p@h/d?sslmode=require", f"&{urlencode(SILENCE)}"),
        (
            f"db+postgresql+psycopg2://u:p@h/d?{urlencode({**SILENCE, 'connect_timeout': '30'})}",
            "",
        ),
        ("mysql+mysqldb://u:p@h/d?charset=utf8mb4", "&connect_timeout=5"),
        ("redis://:p@h/1", ""),
        ("sqlite:////tmp/a.db", ""),
    ],
)
def test_a_url_of_sql_from_a_secret_gets_the_time_outs_that_it_does_not_have(
    said: str, read: str
) -> None:
    url = Url(template=SecretKey(name="db", key="url"), url_variable="WHOLE")
    env = environment(url)
    assert env["WHOLE"] == {"secretKeyRef": {"name": "db", "key": "url"}}
    assert printed(env["OPTION_CMD"], WHOLE=said) == said + read


def test_a_server_without_password_has_a_url_without_credentials() -> None:
    assert command_env(ExternalRedis(host="cache").url("af1")) == "redis://cache:6379/0"


def test_an_address_of_ipv6_is_bracketed() -> None:
    assert command_env(ExternalRedis(host="fd00::7").url("af1")) == "redis://[fd00::7]:6379/0"


def test_parameters_reach_the_url_and_win_over_ours() -> None:
    parameters = {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ssl/db ca.crt",
        "connect_timeout": "30",
    }
    external = ExternalPostgresql(host="db", password=PASSWORD, parameters=parameters)
    found = read(command_env(external.url("af1"), DATABASE_PASSWORD="x"))
    assert found["query"] == {**SILENCE, **parameters}


def test_the_servers_of_the_bundle_are_given_up_as_soon() -> None:
    embedded = EmbeddedPostgresql()
    found = read(command_env(embedded.url("af1"), DATABASE_PASSWORD="x"))
    results = read(command_env(embedded.result_backend_url("af1"), RESULT_BACKEND_PASSWORD="x"))
    assert found["query"] == results["query"] == SILENCE


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (EmbeddedPostgresql().url("af1"), {}),
        (
            ExternalPostgresql(
                host="db",
                password=PASSWORD,
                ca=SecretKey(name="ca", key="it"),
                client_certificate="client",
                parameters={"application_name": "a&b", "options": "-csearch_path=x"},
            ).url("af1"),
            {
                "sslmode": "verify-full",
                "sslrootcert": "/etc/cdk8s-airflow/database-authority/ca.crt",
                "sslcert": "/etc/cdk8s-airflow/database-certificate/tls.crt",
                "sslkey": "/etc/cdk8s-airflow/database-certificate/tls.key",
                "application_name": "a&b",
                "options": "-csearch_path=x",
            },
        ),
    ],
)
def test_the_asynchronous_url_holds_what_asyncpg_takes_of_the_parameters_in_a_dsn(
    url: Url, expected: dict[str, str]
) -> None:
    """What asyncpg makes of it is tested with asyncpg, in tests/integration."""
    (command,) = (
        item.value for item in DatabaseAccess(url=url).parts(Role.API_SERVER, platform_of()).env
        if item.name == "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC_CMD"
    )  # fmt: skip
    sync = environment(url)["OPTION_CMD"]
    env = {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD": sync, "DATABASE_PASSWORD": ODD}
    found = read(printed(str(command), **env))
    assert found["scheme"] == "postgresql+asyncpg"
    assert found["password"] == ODD
    assert found["query"].keys() == ({"dsn"} if expected else set())
    if expected:
        dsn = urlsplit(found["query"]["dsn"])
        assert (dsn.scheme, dsn.netloc, dsn.path) == ("postgresql", "", "")
        assert dict(parse_qsl(dsn.query)) == expected


def test_the_authorities_of_the_system_are_a_file_of_the_image_or_that_of_ca_bundle() -> None:
    database = ExternalPostgresql(host="db", parameters={"sslrootcert": "system"})
    command = environment(database.url("af1"))["OPTION_CMD"]
    found = read(printed(command, SSL_CERT_FILE="/opt/joined.crt"))["query"]
    assert (found["sslmode"], found["sslrootcert"]) == ("verify-full", "/opt/joined.crt")
    found = read(printed(command))["query"]
    assert found["sslrootcert"] == "/etc/ssl/certs/ca-certificates.crt"


def test_redis_over_tls_demands_a_valid_certificate() -> None:
    external = ExternalRedis(
        host="cache", user="airflow", password=PASSWORD, tls=True, database=3, result_database=4
    )
    assert command_env(external.url("af1"), BROKER_PASSWORD="x") == (
        "rediss://airflow:x@cache:6379/3?ssl_cert_reqs=required"
    )
    results = external.result_backend_url("af1")
    assert "/4?" in command_env(results, RESULT_BACKEND_PASSWORD="x")


def test_a_postgresql_result_backend_has_credentials_of_its_own() -> None:
    url = ExternalPostgresql(host="db", password=PASSWORD).result_backend_url("af1")
    assert "RESULT_BACKEND_PASSWORD" in environment(url)
    assert command_env(url, RESULT_BACKEND_PASSWORD="x") == (
        f"db+postgresql+psycopg2://airflow:x@db:5432/airflow?{urlencode(SILENCE)}"
    )


@pytest.mark.parametrize("host", ["", "redis://cache", "cache:6379", "user@cache", "a b"])
def test_a_host_that_is_more_than_a_host_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match=r"expected a host name or an address, without scheme"):
        ExternalRedis(host=host)


@pytest.mark.parametrize("port", [0, 65536, -1])
def test_a_port_out_of_range_is_refused(port: int) -> None:
    with pytest.raises(ValueError, match=r"ExternalPostgresql\(port=-?\d+\): expected a port from"):
        ExternalPostgresql(host="db", port=port)


def test_a_negative_database_number_is_refused() -> None:
    with pytest.raises(ValueError, match=r"ExternalRedis\(result_database=-1\): expected 0 or"):
        ExternalRedis(host="cache", result_database=-1)


@pytest.mark.parametrize("size", ["10 Gi", "", "-1Gi", "10GB", "0"])
def test_a_malformed_size_is_refused(size: str) -> None:
    with pytest.raises(ValueError, match=r"storage='.*': expected a quantity such as '10Gi'"):
        EmbeddedPostgresql(storage=size)
    with pytest.raises(ValueError, match=r"EmbeddedRedis\.storage="):
        EmbeddedRedis(storage=size)


def test_too_few_connections_are_refused() -> None:
    with pytest.raises(ValueError, match=r"max_connections=5\): expected 20 or more"):
        EmbeddedPostgresql(max_connections=5)
