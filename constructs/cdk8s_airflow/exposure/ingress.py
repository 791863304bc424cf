"""Ingress objects for UI, REST API and Flower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from constructs import Construct

from cdk8s_airflow.components import api_server, flower
from cdk8s_airflow.exposure.certificate import Certificate
from cdk8s_airflow.exposure.hosts import ExtraPath, IngressHost
from cdk8s_airflow.exposure.paths import Paths
from cdk8s_airflow.kubernetes.labelled import AnnotationMap
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Manifest
from cdk8s_airflow.platform import Platform, Role

Tls: TypeAlias = str | bool | Certificate
"""A certificate as users give it."""
Secrets: TypeAlias = Mapping[str, str | bool]
"""Host -> name of its Secret; True: the controller's own certificate, False: no TLS."""


@dataclass(frozen=True, kw_only=True)
class Ingress(Paths):
    """Exposes UI, REST API and Flower, through the cluster's ingress controller.

    Each endpoint has its own Ingress object, so it may have its own hosts, certificates and
    annotations. The controller has to pass on the whole path without a rewrite; only for Flower it
    may strip the path.
    """

    hosts: Sequence[IngressHost | str] | None = None
    """Several host names instead of `host`, each with its certificate, or only a name, with that of
    `tls`. Links use the first, or the one in `AirflowProps.base_url`. Default: none."""
    class_name: str | None = None
    """`ingressClassName`, for example `nginx`. Default: the cluster's default class."""
    tls: str | bool | Certificate = False
    """Name of the `kubernetes.io/tls` Secret with the hosts' certificate; or a `Certificate` from
    cert-manager; or True for the controller's own certificate. If TLS ends before the controller,
    leave it out and set `AirflowProps.base_url` to the `https://` URL. Default: no TLS."""
    flower_tls: str | bool | Certificate | None = None
    """The certificate of Flower's hosts, like `tls`. Default: that of the UI if the host is the
    same, otherwise no TLS."""
    annotations: AnnotationMap | None = None
    """Annotations of both Ingress objects. Default: none."""
    web_annotations: AnnotationMap | None = None
    """Annotations of the UI's Ingress; they override `annotations`. Default: none."""
    flower_annotations: AnnotationMap | None = None
    """Annotations of Flower's Ingress; they override `annotations`. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for option in ("tls", "flower_tls"):
            secret = getattr(self, option)
            if isinstance(secret, str):
                yield from object_name_problems(f"Ingress.{option}", secret)
        if self.flower_path is None:
            yield from self._unused("flower_tls", "flower_annotations")
        yield from self._certificate_problems()

    def _certificate_problems(self) -> list[str]:
        web = self._tls_of_hosts()
        unnamed: list[tuple[str, Tls | None]] = [("tls", self.tls)] if not web else []
        unnamed += [("flower_tls", self.flower_tls)] if not self.hosts_of_flower else []
        for option, tls in unnamed:
            if isinstance(tls, Certificate):
                return [
                    f"Ingress.{option}=Certificate(...) needs a name to certify: give host= or "
                    "hosts=, or the name of a Secret"
                ]
        names = [
            tls.secret_name
            for tls in (*dict.fromkeys(web.values()), self.flower_tls)
            if isinstance(tls, Certificate) and tls.secret_name
        ]
        return [
            f"Ingress: two certificates are for the Secret {name!r}: give each a secret_name of "
            "its own, or one to all hosts by tls="
            for name in dict.fromkeys(names)
            if names.count(name) > 1
        ]

    @property
    def _several(self) -> Sequence[IngressHost] | None:
        if self.hosts is None:
            return None
        return [IngressHost(name=it) if isinstance(it, str) else it for it in self.hosts]

    def _tls_of_hosts(self) -> Mapping[str, Tls]:
        """Host name -> its certificate."""
        own = {each.name: each.tls for each in self._several or ()}
        return {
            name: self.tls if (tls := own.get(name)) is None else tls for name in self.host_names
        }

    @property
    def urls(self) -> Sequence[str]:
        """All URLs of the UI, as far as the Ingress knows them; links use the first."""
        return [
            f"{'https' if tls else 'http'}://{name}{self.ui_path}"
            for name, tls in self._tls_of_hosts().items()
        ]

    def secrets(self, scope: Construct, platform: Platform) -> tuple[Secrets, Secrets]:
        """Adds the certificates, and says which Secret each host of UI and of Flower has.

        Args:
            scope: the construct that owns the certificates.
            platform: the release.
        """
        web, labels = self._tls_of_hosts(), platform.labels(Role.API_SERVER.value)
        name = api_server.service_name(platform)
        ui = _secrets(scope, web or {"": self.tls}, labels, name, everyones=self.tls)
        hosts = self.hosts_of_flower or ("",)
        if self.flower_tls is None:
            return ui, {host: ui.get(host, False) for host in hosts}
        given = dict.fromkeys(hosts, self.flower_tls)
        name, labels = flower.service_name(platform), platform.labels(Role.FLOWER.value)
        return ui, _secrets(scope, given, labels, name, everyones=self.flower_tls)

    def expose(self, scope: Construct, platform: Platform) -> None:
        """Adds an Ingress object for each endpoint."""
        IngressRules(scope, "ingress", platform=platform, props=self)


class IngressRules(Construct):
    """One Ingress object for each endpoint."""

    def __init__(self, scope: Construct, id: str, *, platform: Platform, props: Ingress) -> None:
        """Adds an Ingress object for each endpoint."""
        super().__init__(scope, id)
        web, of_flower = props.secrets(self, platform)
        _ingress(
            self,
            api_server.service_name(platform),
            platform.labels(Role.API_SERVER.value),
            props,
            secrets=web,
            path=props.web_path,
            port=api_server.PORT_NAME,
            annotations=props.web_annotations,
            extra=props.extra_paths or (),
        )
        if props.flower_path is not None:
            _ingress(
                self,
                flower.service_name(platform),
                platform.labels(Role.FLOWER.value),
                props,
                secrets=of_flower,
                path=props.flower_path,
                port=flower.PORT_NAME,
                annotations=props.flower_annotations,
            )


def _secrets(
    scope: Construct, given: Mapping[str, Tls], labels: Labels, name: str, *, everyones: Tls
) -> Secrets:
    """Host -> its Secret; hosts that share a certificate of cert-manager share its object."""
    found: dict[str, str | bool] = {}
    for host, tls in given.items():
        if not isinstance(tls, Certificate):
            found[host] = tls
        elif host not in found:
            hosts = [each for each, other in given.items() if other == tls]
            own = f"{name}-tls" if tls == everyones else f"{name}-tls-{hosts[0]}"
            found |= dict.fromkeys(hosts, tls.build(scope, labels, name=own, hosts=hosts))
    return {host: found[host] for host in given}


def _ingress(
    scope: Construct,
    name: str,
    labels: Labels,
    props: Ingress,
    *,
    secrets: Secrets,
    path: str,
    port: str,
    annotations: Mapping[str, str] | None,
    extra: Sequence[ExtraPath] = (),
) -> None:
    paths = [_path(each.path, each.path_type, each.service, each.port) for each in extra] + [
        _path(path, "Prefix", name, port)
    ]
    hosts: dict[str | bool, list[str]] = {}
    for host, secret in secrets.items():
        if secret:
            hosts.setdefault(secret, []).append(host)
    tls = [
        {
            "hosts": [host for host in names if host] or None,
            "secretName": secret if isinstance(secret, str) else None,
        }
        for secret, names in hosts.items()
    ]
    KubernetesObject(
        scope,
        labels.component,
        api_version="networking.k8s.io/v1",
        kind="Ingress",
        name=name,
        labels=labels.all,
        annotations={**(props.annotations or {}), **(annotations or {})},
        body={
            "spec": {
                "ingressClassName": props.class_name,
                "tls": tls or None,
                "rules": [{"host": host or None, "http": {"paths": paths}} for host in secrets],
            }
        },
    )


def _path(path: str, kind: str, service: str, port: int | str) -> Manifest:
    # A path of the controller's own kind is its to read; all others end without a slash.
    text = path if kind == "ImplementationSpecific" else path.rstrip("/") or "/"
    number = "number" if isinstance(port, int) else "name"
    return {
        "path": text,
        "pathType": kind,
        "backend": {"service": {"name": service, "port": {number: port}}},
    }
