"""An external MySQL or MariaDB as metadata database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.services.authority import (
    Authority,
    authority_file,
    certificate_files,
)
from cdk8s_airflow.services.database import DatabaseServer, ExternalDatabase
from cdk8s_airflow.services.timeouts import MYSQL
from cdk8s_airflow.services.tls import MYSQL_ENCRYPTS, mysql_problems
from cdk8s_airflow.services.tokens import token_problems
from cdk8s_airflow.services.urls import DATABASE, Url, address_problems

PORT = 3306
# Airflow registers its types with mysqlclient, which the official image holds, and with no other.
_DRIVER = "mysql+mysqldb"
_FOR_MARIADB = PodParts(
    env=env_vars({"AIRFLOW__SCHEDULER__PARSING_CLEANUP_INTERVAL": str(365 * 24 * 3600)})
)


@dataclass(frozen=True, kw_only=True)
class ExternalMysql(ExternalDatabase):
    """An external MySQL 8 or MariaDB server, as metadata database.

    The server needs `explicit_defaults_for_timestamp=1` (the default since MySQL 8.0 and MariaDB
    10.10), the database `character set utf8mb4`. An image of your own needs
    `apache-airflow-providers-mysql`, as the official one has it.
    """

    port: int | SecretKey = PORT
    """Port, literal or from a Secret; with one from a Secret what connects may reach any port, as
    nobody knows it before the pods do. Default: that of the protocol."""
    database: str | SecretKey = "airflow"
    """Name of an existing database, literal or from a Secret. Default: `airflow`."""
    parameters: Mapping[str, str] | None = None
    """Parameters of mysqlclient beside `charset=utf8mb4`, for example `{"ssl_mode": "REQUIRED"}`;
    they override the library's. Default: `connect_timeout=5`."""
    ca: Authority | None = None
    """CA certificates of the server, PEM, from a Secret or ConfigMap. The server's certificate has
    to be for `host`, as `ssl_mode` is then `VERIFY_IDENTITY` unless you set `VERIFY_CA`. Default:
    the server is not verified."""
    mariadb: bool = False
    """The server is a MariaDB. The scheduler then does not delete assets that no DAG uses any more,
    because MariaDB before 12.3 does not know the statement and the scheduler would crash; deleted
    DAGs are still noticed. Default: False."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from address_problems("ExternalMysql", self.host, self.port)
        yield from mysql_problems(self.parameters or {}, self.ca, self.client_certificate)
        mode = (self.parameters or {}).get("ssl_mode")
        yield from token_problems(self, self.token, mode=mode, encrypts=MYSQL_ENCRYPTS)

    def url(self, release: str) -> Url:
        """The URL by which the release connects."""
        tls = {}
        if self.ca or self.client_certificate or self.token:
            tls["ssl_mode"] = "VERIFY_IDENTITY" if self.ca else "REQUIRED"
        if self.ca:
            tls["ssl_ca"] = authority_file(DATABASE)
        if self.client_certificate:
            tls["ssl_cert"], tls["ssl_key"] = certificate_files(DATABASE)
        parameters = {"charset": "utf8mb4", **MYSQL, **tls, **(self.parameters or {})}
        url = self.server(release).server_url(_DRIVER, DATABASE, parameters)
        return replace(url, for_scheduler=_FOR_MARIADB if self.mariadb else NOTHING)

    def server(self, release: str) -> DatabaseServer:
        """Its host, port and credentials, for other clients."""
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
            token=self.token,
        )
