"""Private certificate authorities that all Airflow processes and tasks trust."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey, env_vars
from cdk8s_airflow.parts.programs import Programs, run
from cdk8s_airflow.platform import RUNS_AIRFLOW, Platform, Role

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
class CaBundle:
    """A file of private authorities, as the optional feature that it is."""

    source: ConfigMapKey | SecretKey
    """The authorities, PEM."""

    @property
    def programs(self) -> Collection[str]:
        """The program that joins them with the public ones."""
        return [_PROGRAM]

    @property
    def trust(self) -> PodParts:
        """What a container needs to trust them, in a pod that has the joined file."""
        env = dict.fromkeys(_VARIABLES, f"{_JOINED}/{_FILE}")
        return PodParts(
            env=env_vars({**env, "GIT_CONFIG_GLOBAL": f"{_JOINED}/gitconfig"}),
            mounts=({"name": "ca-joined", "mountPath": _JOINED, "readOnly": True},),
        )

    def build(self, scope: Construct, platform: Platform, programs: Programs) -> TrustedAuthorities:
        """The contributor; there is no object to add."""
        return TrustedAuthorities(bundle=self, platform=platform, programs=programs)


@dataclass(frozen=True, kw_only=True)
class TrustedAuthorities:
    """Contributor: public and private authorities in one file, and the variables that name it."""

    bundle: CaBundle
    platform: Platform
    programs: Programs

    def parts(self, role: Role) -> PodParts:
        """The file, made by an init container, in all pods that run Airflow."""
        if role not in RUNS_AIRFLOW:
            return NOTHING
        private = {"name": "ca-private", "mountPath": _PRIVATE, "readOnly": True}
        joined = {"name": "ca-joined", "mountPath": _JOINED}
        container = Container(
            name="join-certificates",
            image=self.platform.image,
            command=run(_PROGRAM, f"{_PRIVATE}/{_FILE}", _JOINED),
            resources=resources(cpu="50m", memory="32Mi", memory_limit="64Mi"),
        )
        inside = PodParts(mounts=(*self.programs.parts(role).mounts, private, joined))
        return self.bundle.trust + PodParts(
            volumes=(
                self.bundle.source.volume("ca-private", _FILE),
                {"name": "ca-joined", "emptyDir": {"sizeLimit": "8Mi"}},
            ),
            init_containers=(container.wire(inside),),
        )
