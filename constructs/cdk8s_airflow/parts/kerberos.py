"""Kerberos tickets for user code, created from a keytab and renewed by a sidecar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from constructs import Construct

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, empty_dir_volume, resources, resources_or
from cdk8s_airflow.kubernetes.probe_props import ProbeProps
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.references import ConfigMapKey, EnvVar, SecretKey, env_vars
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.kubernetes.workloads import config_map
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.parts.runtime import COMMAND_ENV
from cdk8s_airflow.platform import Platform, Role

_COMPONENT = "kerberos"
_PROGRAM = "renew_ticket.py"
_FILE = "krb5.conf"
_CONFIG = "/opt/cdk8s-airflow-kerberos/config"
_KEYTAB = "/opt/cdk8s-airflow-kerberos/keytab"
_TICKET = "/opt/cdk8s-airflow-kerberos/ticket"
_CACHE = f"{_TICKET}/ccache"
_PRINCIPAL = re.compile(r"[^@\s$-][^@\s$]*(@[^@\s$]+)?")
_KDC = re.compile(r"\bkdc\s*=\s*([\w.-]+)(?::(\d+))?")
_PORT = 88
_PROTOCOLS: Sequence[Literal["TCP", "UDP"]] = ("TCP", "UDP")

KerberosRole = Literal["worker", "triggerer", "dag-processor"]


@dataclass(frozen=True, kw_only=True)
class Kerberos(ProbeProps, Feature):
    """A Kerberos ticket in the pods that run user code.

    An init container creates the ticket from a keytab and a sidecar renews it; only these two mount
    the keytab. Airflow and its tasks find the ticket by `KRB5CCNAME`. The image needs `kinit`,
    which the official one has.
    """

    principal: str
    """`[kerberos] principal`, for example `airflow@EXAMPLE.COM`; `_HOST` in it is replaced by the
    host name of the pod."""
    keytab: SecretKey
    """The keytab of the principal."""
    config: ConfigMapKey | str
    """krb5.conf: its text, or a key of a ConfigMap."""
    reinit_frequency: int = 3600
    """Seconds between two tickets, `[kerberos] reinit_frequency`; less than the lifetime of a
    ticket. Default: 3600, Airflow's own."""
    forwardable: bool = True
    """Request a forwardable ticket, `[kerberos] forwardable`. Default: True, Airflow's own."""
    include_ip: bool = False
    """Bind the ticket to the pod's address, `[kerberos] include_ip`; traffic that leaves the
    cluster usually has the address of a node. Default: False."""
    roles: Sequence[KerberosRole] = ("worker",)
    """Roles that get a ticket: `worker` for tasks, `triggerer` for triggers, `dag-processor` for
    DAG files. Default: `worker`."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits of both containers. Default: 20m CPU, 192Mi, limit 384Mi."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not _PRINCIPAL.fullmatch(self.principal):
            yield (
                f"Kerberos(principal={self.principal!r}): expected a name such as "
                "'airflow@EXAMPLE.COM' or 'airflow/_HOST@EXAMPLE.COM'"
            )
        if isinstance(self.config, str) and "[" not in self.config:
            yield (
                f"Kerberos(config={self.config[:40]!r}) is not the text of a krb5.conf, which has "
                "sections such as [libdefaults]: give its text, or ConfigMapKey(name=..., key=...)"
            )
        if self.reinit_frequency < 1:
            yield (
                f"Kerberos(reinit_frequency={self.reinit_frequency}): expected 1 or more seconds"
            )
        if not self.roles:
            yield "Kerberos(roles=()) gives nobody a ticket: name a role, or leave kerberos out"

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that creates and renews the ticket."""
        return packaged(_PROGRAM)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The ticket, read-only, and the containers that create and renew it."""
        who = Role.WORKER if role is Role.TASK else role
        if who.value not in self.roles:
            return NOTHING
        once = self._renewer(platform, "kerberos-init", ("--one-time",))
        # A ticket that is still good shows that the last renewal was in time.
        good = command("klist", "-s", _CACHE)
        lasting = self.with_probes(
            self._renewer(
                platform,
                _COMPONENT,
                readiness=Probe(handler=good, period=30, timeout=10, failures=2),
                liveness=Probe(handler=good, period=60, timeout=10, failures=5),
            )
        )
        return PodParts(
            env=(
                *self._location,
                *env_vars({"AIRFLOW__CORE__SECURITY": "kerberos"}),
            ),
            volumes=(
                self._source(platform).volume("kerberos-config", _FILE),
                self.keytab.volume("kerberos-keytab", "keytab", mode=0o440),
                empty_dir_volume("kerberos-ticket", "4Mi", memory=True),
            ),
            mounts=(_mount("config", _CONFIG), _mount("ticket", _TICKET)),
            init_containers=(once,),
            # The pod of a single task ends with it, so its ticket has to last as long.
            sidecars=() if role is Role.TASK else (lasting,),
            checksum_inputs=self._checksum_inputs,
            peers=self._servers,
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds a ConfigMap with krb5.conf, if `config` is its text."""
        if isinstance(self.config, str):
            name, labels = self._source(platform).name, platform.labels(_COMPONENT)
            config_map(
                Construct(scope, _COMPONENT), "ConfigMap", name, labels, data={_FILE: self.config}
            )

    def _source(self, platform: Platform) -> ConfigMapKey:
        if isinstance(self.config, ConfigMapKey):
            return self.config
        return ConfigMapKey(name=platform.name(_COMPONENT), key=_FILE)

    @property
    def _checksum_inputs(self) -> Mapping[str, str]:
        if isinstance(self.config, ConfigMapKey):
            return {}
        return {_COMPONENT: content_hash(self.config, length=16)}

    @property
    def _servers(self) -> tuple[Peer, ...]:
        """The KDCs in krb5.conf; where it leaves them to DNS, any address on Kerberos' port."""
        text = self.config if isinstance(self.config, str) else ""
        named = _KDC.findall(text) or [("", "")]
        return tuple(
            Peer(host=host, port=int(port or _PORT), protocol=protocol)
            for host, port in named
            for protocol in _PROTOCOLS
        )

    @property
    def _location(self) -> tuple[EnvVar, ...]:
        return env_vars({"KRB5_CONFIG": f"{_CONFIG}/{_FILE}", "KRB5CCNAME": f"FILE:{_CACHE}"})

    def _renewer(
        self,
        platform: Platform,
        name: str,
        arguments: Sequence[str] = (),
        *,
        readiness: Probe | None = None,
        liveness: Probe | None = None,
    ) -> Manifest:
        options = {
            "AIRFLOW__KERBEROS__PRINCIPAL": self.principal,
            "AIRFLOW__KERBEROS__KEYTAB": f"{_KEYTAB}/keytab",
            "AIRFLOW__KERBEROS__CCACHE": _CACHE,
            "AIRFLOW__KERBEROS__REINIT_FREQUENCY": str(self.reinit_frequency),
            "AIRFLOW__KERBEROS__FORWARDABLE": str(self.forwardable),
            "AIRFLOW__KERBEROS__INCLUDE_IP": str(self.include_ip),
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": "/tmp/logs",
        }
        container = Container(
            name=name,
            image=platform.image,
            command=run(_PROGRAM, *arguments),
            env=(*self._location, *env_vars({**COMMAND_ENV, **options})),
            mounts=(
                *PROGRAM_MOUNTS,
                {"name": "tmp", "mountPath": "/tmp"},
                _mount("config", _CONFIG),
                _mount("keytab", _KEYTAB),
                {"name": "kerberos-ticket", "mountPath": _TICKET},
            ),
            resources=resources_or(
                self.resources, resources(cpu="20m", memory="192Mi", memory_limit="384Mi")
            ),
            readiness=readiness,
            liveness=liveness,
        )
        return container.wire()


def _mount(name: str, path: str) -> Manifest:
    return {"name": f"kerberos-{name}", "mountPath": path, "readOnly": True}
