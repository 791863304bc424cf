"""Ingress objects for UI, REST API and Flower."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components import api_server, flower
from cdk8s_airflow.exposure.certificate import Certificate
from cdk8s_airflow.exposure.paths import Paths
from cdk8s_airflow.kubernetes.labelled import AnnotationMap
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import check_object_name
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True, kw_only=True)
class Ingress(Paths):
    """Exposes UI, REST API and Flower below a host name, through the cluster's ingress controller.

    Each endpoint has its own Ingress object, so it may have its own host, certificate and
    annotations. The controller has to pass on the whole path without a rewrite; only for Flower it
    may strip the path.
    """

    class_name: str | None = None
    """`ingressClassName`, for example `nginx`. Default: the cluster's default class."""
    tls: str | bool | Certificate = False
    """Name of the `kubernetes.io/tls` Secret with the certificate of `host`; or a `Certificate`
    from cert-manager; or True for the controller's own certificate. If TLS ends before the
    controller, leave it and set `AirflowProps.base_url` to the `https://` URL. Default: no TLS."""
    flower_tls: str | bool | Certificate | None = None
    """The certificate of `flower_host`, like `tls`. Default: that of `tls` if the host is the same,
    else no TLS."""
    annotations: AnnotationMap | None = None
    """Annotations of both Ingress objects. Default: none."""
    web_annotations: AnnotationMap | None = None
    """Annotations of the UI's Ingress; they override `annotations`. Default: none."""
    flower_annotations: AnnotationMap | None = None
    """Annotations of Flower's Ingress; they override `annotations`. Default: none."""

    def _problems(self) -> list[str]:
        """The problems of hosts, paths and certificates."""
        for option in ("tls", "flower_tls"):
            secret = getattr(self, option)
            if isinstance(secret, str):
                check_object_name(f"Ingress.{option}", secret)
        problems = super()._problems()
        if self.flower_path is None:
            problems += self._unused("flower_tls", "flower_annotations")
        return problems

    @property
    def base_url(self) -> str:
        """URL of the UI, as far as the Ingress knows it."""
        return f"{'https' if self.tls else 'http'}://{self.host}{self.web_path.rstrip('/')}"

    def expose(self, scope: Construct, platform: Platform) -> None:
        """Adds an Ingress object for each endpoint."""
        IngressRules(scope, "ingress", platform=platform, props=self)


class IngressRules(Construct):
    """One Ingress object for each endpoint."""

    def __init__(self, scope: Construct, id: str, *, platform: Platform, props: Ingress) -> None:
        """Adds an Ingress object for each endpoint."""
        super().__init__(scope, id)
        web = api_server.service_name(platform)
        labels = platform.labels(Role.API_SERVER.value)
        web_secret = _secret(self, props.tls, labels, name=web, host=props.host)
        _ingress(
            self,
            web,
            labels,
            props,
            host=props.host,
            path=props.web_path,
            port=api_server.PORT_NAME,
            tls=web_secret,
            annotations=props.web_annotations,
        )
        if props.flower_path is not None:
            host = props.host_of_flower
            name, labels = flower.service_name(platform), platform.labels(Role.FLOWER.value)
            tls = web_secret if host == props.host else False
            if props.flower_tls is not None:
                tls = _secret(self, props.flower_tls, labels, name=name, host=host)
            _ingress(
                self,
                name,
                labels,
                props,
                host=host,
                path=props.flower_path,
                port=flower.PORT_NAME,
                tls=tls,
                annotations=props.flower_annotations,
            )


def _secret(
    scope: Construct, tls: str | bool | Certificate, labels: Labels, *, name: str, host: str
) -> str | bool:
    if isinstance(tls, Certificate):
        return tls.build(scope, labels, name=f"{name}-tls", host=host)
    return tls


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
