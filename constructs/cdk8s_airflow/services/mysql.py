"""MySQL or MariaDB as metadata database: one that exists already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from constructs import Construct

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.platform import GeneratedSecret, Platform
from cdk8s_airflow.services.database import DatabaseServer
from cdk8s_airflow.services.urls import DATABASE, Url, check_server, server_url

PORT = 3306
# Airflow registers its types with mysqlclient, which the official image holds, and with no other.
_DRIVER = "mysql+mysqldb"
_ASYNC_DRIVER = "mysql+aiomysql"
_FOR_MARIADB = PodParts(
    env=env_vars({"AIRFLOW__SCHEDULER__PARSING_CLEANUP_INTERVAL": str(365 * 24 * 3600)})
)


@dataclass(frozen=True, kw_only=True)
class ExternalMysql(Props):
    """A MySQL 8 server that exists already, or a MariaDB; as metadata database.

    The server needs `explicit_defaults_for_timestamp=1` (the default since MySQL 8.0 and MariaDB
    10.10), the database `character set utf8mb4`. An image of your own needs
    `apache-airflow-providers-mysql`, as the official one has it.
    """

    host: str
    """Host name or address."""
    port: int = PORT
    """Port."""
    database: str = "airflow"
    """Database, which exists."""
    user: str | SecretKey = "airflow"
    """User with all rights on the database, literal or from a Secret."""
    password: SecretKey | None = None
    """Password, any characters; default: none."""
    parameters: Mapping[str, str] | None = None
    """Parameters of mysqlclient beside `charset=utf8mb4`, for example `{"ssl_mode": "REQUIRED"}`.
    Not for the few asynchronous connections of the API server, which have no TLS."""
    mariadb: bool = False
    """The server is a MariaDB. Airflow's scheduler deletes assets that no DAG names any more by a
    statement that MariaDB knows from 12.3 on, and ends on it each minute; so it leaves them there.
    DAGs that are gone are still found."""

    def __post_init__(self) -> None:
        """Checks the address.

        Raises:
            ValueError: when it is none.
        """
        super().__post_init__()
        check_server("ExternalMysql", self.host, self.port)

    def url(self, release: str) -> Url:
        """How the release reaches it."""
        url = self._url(_DRIVER, {"charset": "utf8mb4", **(self.parameters or {})})
        return replace(url, for_scheduler=_FOR_MARIADB if self.mariadb else NOTHING)

    def async_url(self, release: str) -> Url | None:
        """The same for aiomysql, which does not know the parameters of mysqlclient."""
        return self._url(_ASYNC_DRIVER, {"charset": "utf8mb4"})

    def server(self, release: str) -> DatabaseServer:
        """Where it is, by its parts."""
        return DatabaseServer(
            kind="mysql",
            host=self.host,
            port=self.port,
            database=self.database,
            user=self.user,
            password=self.password,
            parameters=self.parameters or {},
        )

    def generated(self, release: str) -> Sequence[GeneratedSecret]:
        """Nothing."""
        return []

    def build(self, scope: Construct, platform: Platform) -> Construct | None:
        """Nothing to build."""
        return None

    def _url(self, driver: str, parameters: Mapping[str, str]) -> Url:
        return server_url(
            driver,
            host=self.host,
            port=self.port,
            path=self.database,
            prefix=DATABASE,
            user=self.user,
            password=self.password,
            parameters=parameters,
        )
