"""Private certificate authorities that all Airflow processes and tasks trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir_volume, resources
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey, env_vars
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import GOES_OUT

_PROGRAM = "join_certificates.py"
_PRIVATE = "/opt/cdk8s-airflow-ca/private"
_JOINED = "/opt/cdk8s-airflow-ca/joined"
_FILE = "ca-bundle.crt"
_VARIABLES = (
    "SSL_CERT_FILE",  # OpenSSL: Python's ssl, httpx, aiohttp, psycopg
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "PIP_CERT",
    "AWS_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
)


@dataclass(frozen=True, kw_only=True)
class CaBundle(Feature):
    """One file with public and private CA certificates, and the variables that name it."""

    source: ConfigMapKey | SecretKey
    """The private CA certificates, PEM."""

    @property
    def file(self) -> str:
        """The path of the joined file."""
        return f"{_JOINED}/{_FILE}"

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that writes the joined file."""
        return packaged(_PROGRAM)

    def helper_parts(self, platform: Platform) -> PodParts:
        """The variables and the mount for a container in a pod that has the joined file."""
        env = dict.fromkeys(_VARIABLES, f"{_JOINED}/{_FILE}")
        return PodParts(
            env=env_vars({**env, "GIT_CONFIG_GLOBAL": f"{_JOINED}/gitconfig"}),
            mounts=({"name": "ca-joined", "mountPath": _JOINED, "readOnly": True},),
        )

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The init container that writes the file, in all pods that connect to servers outside."""
        if role not in GOES_OUT:
            return NOTHING
        private = {"name": "ca-private", "mountPath": _PRIVATE, "readOnly": True}
        joined = {"name": "ca-joined", "mountPath": _JOINED}
        container = Container(
            name="join-certificates",
            image=platform.image,
            command=run(_PROGRAM, f"{_PRIVATE}/{_FILE}", _JOINED),
            mounts=(*PROGRAM_MOUNTS, private, joined),
            resources=resources(cpu="50m", memory="32Mi", memory_limit="64Mi"),
        )
        return self.helper_parts(platform) + PodParts(
            volumes=(
                self.source.volume("ca-private", _FILE),
                # The public ones are 300 KiB.
                empty_dir_volume("ca-joined", "8Mi"),
            ),
            init_containers=(container.wire(),),
        )
