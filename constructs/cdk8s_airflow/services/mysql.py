"""MySQL or MariaDB as metadata database: one that exists already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.services.authority import (
    Authority,
    authority_file,
    certificate_files,
)
from cdk8s_airflow.services.database import DatabaseServer, ExternalDatabase
from cdk8s_airflow.services.timeouts import MYSQL
from cdk8s_airflow.services.tls import check_mysql
from cdk8s_airflow.services.urls import DATABASE, Url, check_server

PORT = 3306
# Airflow registers its types with mysqlclient, which the official image holds, and with no other.
_DRIVER = "mysql+mysqldb"
_FOR_MARIADB = PodParts(
    env=env_vars({"AIRFLOW__SCHEDULER__PARSING_CLEANUP_INTERVAL": str(365 * 24 * 3600)})
)


@dataclass(frozen=True, kw_only=True)
class ExternalMysql(ExternalDatabase):
    """A MySQL 8 server that exists already, or a MariaDB; as metadata database.

    The server needs `explicit_defaults_for_timestamp=1` (the default since MySQL 8.0 and MariaDB
    10.10), the database `character set utf8mb4`. An image of your own needs
    `apache-airflow-providers-mysql`, as the official one has it.
    """

    port: int = PORT
    """Port."""
    database: str = "airflow"
    """Database, which exists."""
    parameters: Mapping[str, str] | None = None
    """Parameters of mysqlclient beside `charset=utf8mb4`, for example `{"ssl_mode": "REQUIRED"}`;
    they win over ours, which give up a server that does not let in within 5 s."""
    ca: Authority | None = None
    """Certificates of the authorities that vouch for the server, PEM, from a Secret or ConfigMap:
    the server then needs one of theirs for `host` (`ssl_mode` is `VERIFY_IDENTITY` unless you say
    `VERIFY_CA`). Default: nobody is verified."""
    mariadb: bool = False
    """The server is a MariaDB. Airflow's scheduler deletes assets that no DAG names any more by a
    statement that MariaDB knows from 12.3 on, and ends on it each minute; so it leaves them there.
    DAGs that are gone are still found."""

    def __post_init__(self) -> None:
        """Checks the address, and who vouches for whom.

        Raises:
            ValueError: when it is none, or when nobody could be verified.
        """
        super().__post_init__()
        check_server("ExternalMysql", self.host, self.port)
        check_mysql(self.parameters or {}, self.ca, self.client_certificate)

    def url(self, release: str) -> Url:
        """How the release reaches it."""
        tls = {}
        if self.ca or self.client_certificate:
            tls["ssl_mode"] = "VERIFY_IDENTITY" if self.ca else "REQUIRED"
        if self.ca:
            tls["ssl_ca"] = authority_file(DATABASE)
        if self.client_certificate:
            tls["ssl_cert"], tls["ssl_key"] = certificate_files(DATABASE)
        parameters = {"charset": "utf8mb4", **MYSQL, **tls, **(self.parameters or {})}
        url = self.server(release).server_url(_DRIVER, DATABASE, parameters)
        return replace(url, for_scheduler=_FOR_MARIADB if self.mariadb else NOTHING)

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
            ca=self.ca,
            client_certificate=self.client_certificate,
        )
