"""A pool that is there already before an external PostgreSQL: what holds sessions goes past it."""

from __future__ import annotations

from typing import Any

import pytest

from cdk8s_airflow import AirflowProps, DatabaseCleanup, ExternalPostgresql, GitDags, SecretKey
from cdk8s_airflow.parts.access import DatabaseAccess, unpooled
from cdk8s_airflow.platform import Role
from cdk8s_airflow.release.resolve import resolve

PASSWORD = SecretKey(name="database", key="password")
OPTION = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"
GIVEN: dict[str, Any] = {"host": "pool.example.com", "port": 6432, "password": PASSWORD}


def props(**database: Any) -> AirflowProps:
    return AirflowProps(
        dags=GitDags(repository="https://git.example.com/dags.git"),
        database=ExternalPostgresql(**{**GIVEN, **database}),
        database_cleanup=DatabaseCleanup(),
    )


def test_migrations_go_to_the_server_and_all_others_to_the_pool() -> None:
    platform = resolve(props(direct_host="db.example.com", direct_port=5433), "af1", "airflow")

    def url(found: Any) -> str:
        (value,) = [e.value for e in found.parts(Role.MIGRATIONS).env if e.name == OPTION]
        return str(value)

    assert "@pool.example.com:6432/airflow" in url(platform)
    direct = unpooled(platform)
    assert "@db.example.com:5433/airflow" in url(direct)
    assert {peer.host for peer in direct.parts(Role.MIGRATIONS).peers} == {"db.example.com"}
    access = platform.find(DatabaseAccess)
    assert access is not None and access.server is not None and access.server.pooled is not None
    assert (access.server.host, access.server.port) == ("db.example.com", 5433)
    assert (access.server.pooled.host, access.server.pooled.port) == ("pool.example.com", 6432)


def test_without_it_there_is_one_address() -> None:
    platform = resolve(props(), "af1", "airflow")
    assert unpooled(platform) is platform


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"direct_port": 5433}, r"direct_port=5433\) is of no use without direct_host, the server"),
        (
            {"direct_host": "https://db"},
            r"ExternalPostgresql\(direct_host=...\): expected a host name",
        ),
        (
            {"direct_host": "db", "direct_port": 0},
            r"ExternalPostgresql\(direct_port=0\): expected a port from 1 to 65535",
        ),
    ],
)
def test_an_address_that_is_none_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        props(**given)
