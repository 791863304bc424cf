"""postgres_exporter: metrics of the metadata database's PostgreSQL, embedded or external."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from constructs import Construct

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.references import EnvValue, SecretKey, env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.parts.secret_files import kept_secret
from cdk8s_airflow.parts.server_exporter import ExporterPod, ExporterProgram
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role
from cdk8s_airflow.roles import MIGRATES
from cdk8s_airflow.services.authority import (
    authority_file,
    authority_parts,
    certificate_files,
    certificate_parts,
)
from cdk8s_airflow.services.exporters import (
    POSTGRESQL,
    USER,
    PostgresqlExporter,
    exporter_password,
)
from cdk8s_airflow.services.login import Login
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql, ExternalPostgresql
from cdk8s_airflow.services.timeouts import CONNECT_SECONDS
from cdk8s_airflow.services.tls import LIBPQ_ENCRYPTS
from cdk8s_airflow.services.urls import DATABASE, peer_of

PORT = 9187
"""Port of the metrics."""
_PROGRAM = ExporterProgram(
    image=Image(repository="prometheuscommunity/postgres-exporter", tag="v0.17.1"),
    args=(f"--web.listen-address=:{PORT}",),
    port=PORT,
    health="/",
    user=65534,
)
_ROLE_PROGRAM = "monitoring_role.py"
_WAIT_SECONDS = "540"
"""The Job itself may wait for ten minutes."""


@dataclass(frozen=True, kw_only=True)
class DatabaseExporter(Part):
    """The exporter of the metadata database, if that is a PostgreSQL.

    An init container of the migrations Job makes its role in the embedded one.
    """

    server: EmbeddedPostgresql | ExternalPostgresql
    """The metadata database."""
    props: PostgresqlExporter
    """The user's settings."""

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that makes the role."""
        return packaged(_ROLE_PROGRAM) if self._embedded else {}

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The password of the role."""
        if self.props.password or not self._embedded:
            return []
        secret = exporter_password(platform.release, POSTGRESQL, self.props)
        return [GeneratedSecret(secret=secret, kind="password")]

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The init container that makes the role, in the Jobs that migrate."""
        if role not in MIGRATES or not self._embedded:
            return NOTHING
        login = self.server.login(platform.release)
        place = (str(login.host), str(login.port), str(login.database), str(login.user))
        container = Container(
            name="monitoring-role",
            image=platform.image,
            command=run(_ROLE_PROGRAM, _WAIT_SECONDS, *place, USER),
            resources=resources(cpu="50m", memory="128Mi", memory_limit="256Mi"),
        )
        env: dict[str, EnvValue] = {
            "EXPORTER_PASSWORD": exporter_password(platform.release, POSTGRESQL, self.props),
        }
        if login.password:
            env["DATABASE_PASSWORD"] = login.password
        own = kept_secret(PodParts(env=env_vars(env)), platform)
        parts = own + PodParts(mounts=tuple(PROGRAM_MOUNTS))
        return PodParts(
            init_containers=(wire_mapping(container.wire(parts)),),
            volumes=own.volumes,
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the exporter to the bundle."""
        ExporterPod(
            scope,
            POSTGRESQL,
            platform=platform,
            props=self.props,
            program=_PROGRAM,
            parts=self._access(platform.release),
        )

    @property
    def _embedded(self) -> bool:
        return isinstance(self.server, EmbeddedPostgresql)

    def _access(self, release: str) -> PodParts:
        """The environment by which the exporter connects, which quotes user and password itself."""
        login, props = self.server.login(release), self.props
        user: str | SecretKey = login.user
        password, certificate = login.password, login.client_certificate
        if self._embedded:
            user, password = USER, exporter_password(release, POSTGRESQL, props)
        elif props.user is not None:  # the certificate is for Airflow's user
            user, password, certificate = props.user, props.password, None
        env: dict[str, EnvValue] = {}
        places = {"HOST": login.host, "PORT": login.port, "NAME": login.database}
        at = {}
        for part, value in places.items():
            if isinstance(value, SecretKey):
                env[f"DATABASE_{part}"] = value
            at[part] = f"$(DATABASE_{part})" if isinstance(value, SecretKey) else _quoted(value)
        query = urlencode(
            _parameters(login, certificate, self._embedded), quote_via=quote, safe="/"
        )
        env["DATA_SOURCE_URI"] = f"{at['HOST']}:{at['PORT']}/{at['NAME']}?{query}"
        env["DATA_SOURCE_USER"] = user
        if password:
            env["DATA_SOURCE_PASS"] = password
        return (
            PodParts(env=env_vars(env), peers=(peer_of(login.host, login.port),))
            + authority_parts(DATABASE, login.ca)
            + certificate_parts(DATABASE, certificate)
        )


def _parameters(login: Login, certificate: str | None, embedded: bool) -> Mapping[str, str]:
    """Parameters for the exporter's driver, which knows fewer than libpq.

    It has no `prefer`, and takes the authorities of its image where no file is named.
    """
    mode = "disable" if embedded else login.sslmode
    found = {
        "sslmode": mode if mode in LIBPQ_ENCRYPTS | {"disable"} else "require",
        "connect_timeout": str(CONNECT_SECONDS),
    }
    if login.ca:
        found["sslrootcert"] = authority_file(DATABASE)
    if certificate:
        found["sslcert"], found["sslkey"] = certificate_files(DATABASE)
    return found


def _quoted(value: str | int) -> str:
    text = str(value)
    return f"[{text}]" if ":" in text else quote(text, safe="")
