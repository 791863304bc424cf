from __future__ import annotations

import shlex
import subprocess
import sys
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from cdk8s_airflow import ExternalPostgresql, ExternalRedis, SecretKey
from cdk8s_airflow.kubernetes.objects import wire
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql
from cdk8s_airflow.services.redis import EmbeddedRedis
from cdk8s_airflow.services.urls import Url

ODD = "p@ss:/w#rd%?&'\" $(x) {y} \\"
PASSWORD = SecretKey(name="db", key="password")


def environment(url: Url, option: str = "OPTION") -> dict[str, Any]:
    form: Any = wire(url.parts(option).env)
    return {item["name"]: item.get("value", item.get("valueFrom")) for item in form}


def filled(url: Url, **credentials: str) -> str:
    """What Airflow reads: the output of the option's command, run as Airflow runs it."""
    program, template = shlex.split(environment(url)["OPTION_CMD"])[-2:]
    assert program == "/opt/cdk8s-airflow/url.py"
    command = [sys.executable, "-IS", "-c", sources()["url.py"], template]
    done = subprocess.run(command, env=credentials, capture_output=True, text=True, check=True)
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
    assert read(filled(url, DATABASE_PASSWORD=ODD)) == {
        "scheme": "postgresql+psycopg2",
        "user": "air flow",
        "password": ODD,
        "place": ("db.example.com", 5432, "/airflow"),
        "query": {},
    }


def test_the_command_prints_no_newline() -> None:
    url = EmbeddedRedis().url("af1")
    assert filled(url, BROKER_PASSWORD="pw") == "redis://:pw@af1-redis-server:6379/0"


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
    found = read(filled(url, DATABASE_USER="a@b", DATABASE_PASSWORD="c"))
    assert (found["user"], found["password"]) == ("a@b", "c")


def test_a_whole_url_from_a_secret_is_the_option_itself() -> None:
    url = Url(template=SecretKey(name="db", key="url"))
    assert environment(url) == {"OPTION": {"secretKeyRef": {"name": "db", "key": "url"}}}


def test_a_server_without_password_has_a_url_without_credentials() -> None:
    assert filled(ExternalRedis(host="cache").url("af1")) == "redis://cache:6379/0"


def test_an_address_of_ipv6_is_bracketed() -> None:
    assert filled(ExternalRedis(host="fd00::7").url("af1")) == "redis://[fd00::7]:6379/0"


def test_parameters_reach_the_url_and_the_asynchronous_driver_gets_its_own() -> None:
    parameters = {"sslmode": "verify-full", "sslrootcert": "/etc/ssl/db ca.crt"}
    external = ExternalPostgresql(host="db", password=PASSWORD, parameters=parameters)
    found = read(filled(external.url("af1"), DATABASE_PASSWORD="x"))
    assert found["query"] == parameters
    asynchronous = external.async_url("af1")
    assert asynchronous is not None
    found = read(filled(asynchronous, DATABASE_PASSWORD="x"))
    assert (found["scheme"], found["query"]) == ("postgresql+asyncpg", {"ssl": "verify-full"})


def test_without_parameters_airflow_derives_the_asynchronous_url() -> None:
    assert ExternalPostgresql(host="db").async_url("af1") is None
    assert EmbeddedPostgresql().async_url("af1") is None


def test_redis_over_tls_demands_a_valid_certificate() -> None:
    external = ExternalRedis(
        host="cache", user="airflow", password=PASSWORD, tls=True, database=3, result_database=4
    )
    assert filled(external.url("af1"), BROKER_PASSWORD="x") == (
        "rediss://airflow:x@cache:6379/3?ssl_cert_reqs=required"
    )
    results = external.result_backend_url("af1")
    assert "/4?" in filled(results, RESULT_BACKEND_PASSWORD="x")


def test_a_postgresql_result_backend_has_credentials_of_its_own() -> None:
    url = ExternalPostgresql(host="db", password=PASSWORD).result_backend_url("af1")
    assert "RESULT_BACKEND_PASSWORD" in environment(url)
    assert filled(url, RESULT_BACKEND_PASSWORD="x") == (
        "db+postgresql+psycopg2://airflow:x@db:5432/airflow"
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
