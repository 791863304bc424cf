"""HTTPRoutes of the Gateway API for UI, REST API and Flower."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components import api_server, flower
from cdk8s_airflow.exposure.hosts import ExtraPath, RouteHost
from cdk8s_airflow.exposure.paths import Paths
from cdk8s_airflow.kubernetes.labelled import AnnotationMap
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import dns_label_problems, object_name_problems
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Manifest
from cdk8s_airflow.platform import Platform, Role

# https://gateway-api.sigs.k8s.io/geps/gep-2257/
_DURATION = re.compile(r"(\d{1,5}(h|m|s|ms)){1,4}")


@dataclass(frozen=True, kw_only=True)
class HttpRoute(Paths):
    """Exposes UI, REST API and Flower, through a Gateway of your cluster.

    Each endpoint has its own HTTPRoute; the execution API, which only tasks need, is not exposed.
    The Gateway, its listeners and its certificates are not part of the bundle; it has to allow
    routes from the release's namespace (`allowedRoutes`). See
    https://gateway-api.sigs.k8s.io/api-types/httproute/
    """

    gateway: str
    """Name of the Gateway, `parentRefs[].name`."""
    hosts: Sequence[RouteHost | str] | None = None
    """Several host names in place of `host`, each with its listener, or by name alone. Links use
    the first, or the one in `AirflowProps.base_url`. Default: none."""
    gateway_namespace: str | None = None
    """Its namespace. Default: the release's."""
    section_name: str | None = None
    """`parentRefs[].sectionName`: the listener to use. Default: all listeners that match the
    host."""
    tls: bool = True
    """Whether the listener terminates TLS, so that the UI's links begin with `https://`. Default:
    True."""
    request_timeout: str | None = None
    """`timeouts.request`: how long the Gateway waits for a response, for example `120s`. Default:
    the Gateway's."""
    annotations: AnnotationMap | None = None
    """Annotations of the HTTPRoutes. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from object_name_problems("HttpRoute.gateway", self.gateway)
        if self.gateway_namespace is not None:
            yield from dns_label_problems("HttpRoute.gateway_namespace", self.gateway_namespace)
        if self.section_name is not None:
            yield from object_name_problems("HttpRoute.section_name", self.section_name)
        timeout = self.request_timeout
        if timeout is not None and not _DURATION.fullmatch(timeout):
            yield (
                f"HttpRoute.request_timeout={timeout!r}: expected hours, minutes, seconds and "
                "milliseconds, for example '120s' or '1m30s'"
            )
        for each in self.extra_paths or ():
            if each.path_type == "ImplementationSpecific" or isinstance(each.port, str):
                yield (
                    f"HttpRoute.extra_paths: {each.path!r}: an HTTPRoute knows Prefix and Exact, "
                    "and the numbers of ports"
                )

    @property
    def _several(self) -> Sequence[RouteHost] | None:
        if self.hosts is None:
            return None
        return [RouteHost(name=it) if isinstance(it, str) else it for it in self.hosts]

    @property
    def urls(self) -> Sequence[str]:
        """All URLs of the UI; links use the first."""
        scheme = "https" if self.tls else "http"
        return [f"{scheme}://{name}{self.ui_path}" for name in self.host_names]

    @property
    def parents(self) -> Sequence[Manifest]:
        """`parentRefs`: the Gateways and listeners of all hosts, each once."""
        own = (self.gateway, self.gateway_namespace, self.section_name)
        found = [
            (host.gateway, host.gateway_namespace, host.section_name)
            if host.gateway
            else (*own[:2], host.section_name or self.section_name)
            for host in self._several or ()
        ]
        return [
            {
                "group": "gateway.networking.k8s.io",
                "kind": "Gateway",
                "name": name,
                "namespace": namespace,
                "sectionName": section,
            }
            for name, namespace, section in dict.fromkeys(found or [own])
        ]

    def expose(self, scope: Construct, platform: Platform) -> None:
        """Adds an HTTPRoute for each endpoint."""
        HttpRoutes(scope, "http-routes", platform=platform, props=self)


class HttpRoutes(Construct):
    """One HTTPRoute for each endpoint."""

    def __init__(self, scope: Construct, id: str, *, platform: Platform, props: HttpRoute) -> None:
        """Adds an HTTPRoute for each endpoint."""
        super().__init__(scope, id)
        self._props = props
        self._route(
            api_server.service_name(platform),
            platform.labels(Role.API_SERVER.value),
            hosts=props.host_names,
            path=props.web_path,
            port=api_server.port_of(platform),
            closed=f"{props.ui_path}{api_server.EXECUTION_PATH.rstrip('/')}",
            extra=props.extra_paths or (),
        )
        if props.flower_path is not None:
            self._route(
                flower.service_name(platform),
                platform.labels(Role.FLOWER.value),
                hosts=props.hosts_of_flower,
                path=props.flower_path,
                port=flower.port_of(platform),
            )

    def _route(
        self,
        name: str,
        labels: Labels,
        *,
        hosts: Sequence[str],
        path: str,
        port: int,
        closed: str = "",
        extra: Sequence[ExtraPath] = (),
    ) -> None:
        props = self._props
        # A rule without backends answers with an error.
        shut = [{"matches": [_path_match(closed)]}] if closed else []
        timeouts = {"request": props.request_timeout} if props.request_timeout else None
        further = [
            {
                "matches": [_path_match(each.path.rstrip("/") or "/", kind=each.path_type)],
                "backendRefs": [_backend(each.service, each.port)],
            }
            for each in extra
        ]
        KubernetesObject(
            self,
            labels.component,
            api_version="gateway.networking.k8s.io/v1",
            kind="HTTPRoute",
            name=name,
            labels=labels.all,
            annotations=props.annotations,
            body={
                "spec": {
                    "parentRefs": props.parents,
                    "hostnames": list(hosts) or None,
                    "rules": [
                        *shut,
                        *further,
                        {
                            "matches": [_path_match(path.rstrip("/") or "/")],
                            "backendRefs": [_backend(name, port)],
                            "timeouts": timeouts,
                        },
                    ],
                }
            },
        )


def _backend(name: str, port: int | str) -> Manifest:
    # Written out as the API server gives it back: rules belong to one field manager as a whole.
    return {"group": "", "kind": "Service", "name": name, "port": port, "weight": 1}


def _path_match(path: str, *, kind: str = "Prefix") -> Manifest:
    return {"path": {"type": "Exact" if kind == "Exact" else "PathPrefix", "value": path}}
