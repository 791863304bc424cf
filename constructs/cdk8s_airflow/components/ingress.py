"""The Ingress: how users outside the cluster reach the UI, the REST API and Flower."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from constructs import Construct

from cdk8s_airflow.components import api_server, flower
from cdk8s_airflow.kubernetes.addresses import host_findings, path_findings, url_findings
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import check_object_name
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.platform import Platform, Role

# What Airflow answers below its own path, and so cannot be Flower's.
_TAKEN = ("api", "auth", "dags", "execution", "pluginsv2", "static", "ui")


@dataclass(frozen=True, kw_only=True)
class Ingress(Props):
    """UI, REST API and Flower below a host name, by the ingress controller of the cluster.

    Each endpoint is an Ingress object of its own, so that it may have its own host, certificate and
    annotations. The controller has to pass on the whole path, without a rewrite; from Flower's
    requests alone it may strip the path.
    """

    host: str
    """Host name of the UI and the REST API, for example `data.example.com`."""
    web_path: str = "/"
    """Path of the UI and the REST API, for example `/airflow`. Default: the root."""
    flower_path: str | None = None
    """Path of Flower, for example `/airflow/flower`; needs `flower=Flower()`. Default: Flower is
    reached from inside the cluster only."""
    flower_host: str | None = None
    """Host name of Flower. Default: `host`."""
    class_name: str | None = None
    """`ingressClassName`, for example `nginx`. Default: the cluster's default class."""
    tls: str | bool = False
    """The `kubernetes.io/tls` Secret with the certificate of `host`; True: the controller's own
    certificate. Default: no TLS here; where it ends before the controller, set
    `AirflowProps.base_url` to the `https://` URL."""
    flower_tls: str | bool | None = None
    """The same for `flower_host`. Default: as `tls` if the host is the same, else no TLS."""
    annotations: Mapping[str, str] | None = None
    """Annotations of both Ingress objects."""
    web_annotations: Mapping[str, str] | None = None
    """Annotations of the UI's Ingress alone; they win over `annotations`. One that asks for a
    certificate (`cert-manager.io/...`) belongs here when Flower has the same host."""
    flower_annotations: Mapping[str, str] | None = None
    """Annotations of Flower's Ingress alone; they win over `annotations`."""

    def __post_init__(self) -> None:
        """Checks hosts and paths.

        Raises:
            ValueError: with all findings at once.
        """
        super().__post_init__()
        findings = host_findings("Ingress.host", self.host)
        findings += path_findings("Ingress.web_path", self.web_path or " ")
        for option in ("tls", "flower_tls"):
            secret = getattr(self, option)
            if isinstance(secret, str):
                check_object_name(f"Ingress.{option}", secret)
        if self.flower_path is None:
            for option in ("flower_host", "flower_tls", "flower_annotations"):
                if getattr(self, option) is not None:
                    findings.append(
                        f"Ingress.{option} is set, but not flower_path: give it, for example "
                        "flower_path='/flower'"
                    )
        else:
            findings += path_findings("Ingress.flower_path", self.flower_path or " ")
            if self.flower_host is not None:
                findings += host_findings("Ingress.flower_host", self.flower_host)
            findings += self._clashes(self.flower_path)
        if findings:
            raise ValueError("\n".join(findings))

    @property
    def base_url(self) -> str:
        """Where users reach the UI, as far as this Ingress knows."""
        return f"{'https' if self.tls else 'http'}://{self.host}{self.web_path.rstrip('/')}"

    def _clashes(self, flower_path: str) -> list[str]:
        if (self.flower_host or self.host) != self.host:
            return []
        web, flower_words = self.web_path.rstrip("/"), flower_path.rstrip("/")
        if flower_words == web:
            return [
                f"Ingress.flower_path={flower_path!r} is web_path too: give Flower a path or a "
                "host of its own"
            ]
        below = flower_words.removeprefix(f"{web}/").split("/")[0]
        if flower_words.startswith(f"{web}/") and below in _TAKEN:
            return [
                f"Ingress.flower_path={flower_path!r} would hide a part of Airflow, which answers "
                f"below {web}/{below} itself: choose another, for example '{web}/flower'"
            ]
        return []


def base_url_findings(base_url: str | None, ingress: Ingress | None) -> list[str]:
    """What is wrong with the URL of the UI, and where it is not the Ingress's.

    Scheme and port may differ, as something before the controller may change them.
    """
    if base_url is None:
        return []
    findings = url_findings("base_url", base_url)
    if findings or ingress is None:
        return findings
    ours, theirs = urlsplit(base_url), urlsplit(ingress.base_url)
    if (ours.hostname, ours.path.rstrip("/")) != (theirs.hostname, theirs.path):
        findings.append(
            f"base_url={base_url!r} is not where ingress leads, {ingress.base_url!r}: leave it "
            "out, or give both the same host and path"
        )
    return findings


class IngressRules(Construct):
    """One Ingress object for each endpoint."""

    def __init__(self, scope: Construct, id: str, *, platform: Platform, props: Ingress) -> None:
        """Adds them to the tree."""
        super().__init__(scope, id)
        web = api_server.service_name(platform)
        _ingress(
            self,
            web,
            platform.labels(Role.API_SERVER.value),
            props,
            host=props.host,
            path=props.web_path,
            port=api_server.PORT_NAME,
            tls=props.tls,
            annotations=props.web_annotations,
        )
        if props.flower_path is not None:
            host = props.flower_host or props.host
            inherited = props.tls if host == props.host else False
            _ingress(
                self,
                flower.service_name(platform),
                platform.labels(Role.FLOWER.value),
                props,
                host=host,
                path=props.flower_path,
                port=flower.PORT_NAME,
                tls=inherited if props.flower_tls is None else props.flower_tls,
                annotations=props.flower_annotations,
            )


def _ingress(
    scope: Construct,
    name: str,
    labels: Labels,
    props: Ingress,
    *,
    host: str,
    path: str,
    port: str,
    tls: str | bool,
    annotations: Mapping[str, str] | None,
) -> None:
    backend = {"service": {"name": name, "port": {"name": port}}}
    rule = {"path": path.rstrip("/") or "/", "pathType": "Prefix", "backend": backend}
    certificate = {"hosts": [host], "secretName": tls if isinstance(tls, str) else None}
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
                "tls": [certificate] if tls else None,
                "rules": [{"host": host, "http": {"paths": [rule]}}],
            }
        },
    )
