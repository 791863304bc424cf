"""The URLs of database, broker and result backend, and the roles that get them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.database_token import TOKEN_PROGRAM, token_parts
from cdk8s_airflow.parts.programs import importable, packaged
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import USES_DATABASE, WORKS_UNASKED, reaching
from cdk8s_airflow.services.celery_clients import ALWAYS, POOL
from cdk8s_airflow.services.database import DatabaseServer
from cdk8s_airflow.services.pgbouncer import Pooler
from cdk8s_airflow.services.postgresql import ExternalPostgresql
from cdk8s_airflow.services.tokens import Token
from cdk8s_airflow.services.urls import URL_PROGRAM, Url

_OPTION = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
_MODULE = "cdk8s_airflow_database"
OUTAGE_SECONDS = 100
"""Seconds without the database after which scheduler, DAG processor and triggerer exit; their
liveness probes wait longer. The API servers answer 500 meanwhile, and tasks try again."""
_EXITS_WITHOUT_DATABASE = USES_DATABASE & WORKS_UNASKED


@dataclass(frozen=True, kw_only=True)
class DatabaseAccess(Part):
    """The metadata database, for the roles that use it; tasks do not."""

    url: Url
    """`[database] sql_alchemy_conn`."""
    server: DatabaseServer | None = None
    """Host, port and credentials of the database, for clients other than Airflow. Default: not
    known, only a URL in a Secret."""
    direct: Url | None = None
    """The URL without PgBouncer, for Jobs that hold a session lock. Default: `url`."""

    @property
    def token(self) -> Token | None:
        """How its password is made, if it has none that stays."""
        return self.server.token if self.server else None

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that makes tokens, if there are any."""
        return packaged(TOKEN_PROGRAM) if self.token else {}

    def unpooled(self, platform: Platform) -> Platform:
        """A copy of the platform whose pods connect to the server directly, for session locks."""
        if self.direct is None:
            return platform
        direct = replace(self, url=self.direct, direct=None)
        parts = [direct if part is self else part for part in platform.contributors]
        return replace(platform, contributors=parts)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The URLs, their credentials, and connection settings that a URL cannot hold."""
        if role not in USES_DATABASE:
            return NOTHING
        parts = self.url.parts(_OPTION) + _connections()
        if role in _EXITS_WITHOUT_DATABASE:
            parts += PodParts(env=env_vars({"RECONNECT_SECONDS": str(OUTAGE_SECONDS)}))
        if role is Role.SCHEDULER:
            parts += self.url.for_scheduler
        if self.server and self.token:
            parts += token_parts(self.token, self.server.kind)
        return kept_secret(parts, platform)


def unpooled(platform: Platform) -> Platform:
    """The platform with direct connections to the database: for locks, and for long sessions."""
    access = platform.find(DatabaseAccess)
    return access.unpooled(platform) if access else platform


def _connections() -> PodParts:
    """The module with connection settings that a URL cannot hold, and the options that name it."""
    env = {
        f"{_OPTION}_ASYNC_CMD": f"{URL_PROGRAM} --async {_OPTION}",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONNECT_ARGS_ASYNC": f"{_MODULE}.asynchronous",
    }
    return PodParts(env=env_vars(env)) + importable(f"{_MODULE}.py")


class Database(Protocol):
    """A database whose host, port and credentials are known."""

    def url(self, release: str) -> Url:
        """The URL by which the release connects."""
        ...

    def server(self, release: str) -> DatabaseServer:
        """Its host, port and credentials."""
        ...


def database_access(
    database: Database | SecretKey, release: str, pooler: Pooler | None = None
) -> DatabaseAccess:
    """Access to a database, or to one whose URL is in a Secret.

    Args:
        database: the database.
        release: name of the release.
        pooler: PgBouncer in front of it, if there is one.
    """
    if isinstance(database, SecretKey):
        return DatabaseAccess(url=Url(template=database, url_variable="DATABASE_WHOLE_URL"))
    url, server = database.url(release), database.server(release)
    if pooler is None:
        direct = database.direct_url(release) if isinstance(database, ExternalPostgresql) else None
        return DatabaseAccess(url=url, server=server, direct=direct)
    return DatabaseAccess(url=pooler.url, server=replace(server, pooled=pooler.server), direct=url)


@dataclass(frozen=True, kw_only=True)
class CeleryAccess(Part):
    """Celery's broker and its result backend."""

    broker: Url
    """`[celery] broker_url`."""
    result_backend: Url
    """`[celery] result_backend`."""

    @property
    def settings(self) -> Mapping[str, object]:
        """Settings of Celery for both servers, for `[celery] extra_celery_config`."""
        return {**ALWAYS, **self.result_backend.celery, **self.broker.celery}

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The URLs, for the roles that send and run tasks."""
        parts = NOTHING
        if role in reaching("broker"):
            parts += self.broker.parts("AIRFLOW__CELERY__BROKER_URL")
        if role in reaching("result backend"):
            parts += self.result_backend.parts("AIRFLOW__CELERY__RESULT_BACKEND")
            if self.result_backend.backend:
                parts += importable(_file(self.result_backend.backend))
        if role is Role.WORKER:
            parts += importable(_file(POOL))
        return kept_secret(parts, platform)


def _file(name: str) -> str:
    """The file of a class that Celery names as `module:Class`."""
    return f"{name.partition(':')[0]}.py"
