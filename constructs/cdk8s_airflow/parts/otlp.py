"""A server that takes metrics and traces by OTLP: its address, credentials and TLS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import quote

from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.credentials import credential_problem, without_credentials
from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.authority import Authority

Protocol: TypeAlias = Literal["http", "grpc"]
"""How OTLP is sent: protobuf by HTTP, or gRPC."""
Headers: TypeAlias = Mapping[str, str | SecretKey]
"""Name of a header -> its value."""
_HEADER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, kw_only=True)
class OtlpExporter(Props):
    """A server that a collector sends metrics and traces to, by OTLP."""

    endpoint: str
    """URL of the server: `https://otlp.example.com:4318`, to which HTTP appends `/v1/metrics` and
    `/v1/traces`; `http://` is not encrypted."""
    protocol: Protocol = "http"
    """`http` or `grpc`. Default: `http`."""
    headers: Headers | None = None
    """Headers of each request, literal or from a Secret: `{"api-key": SecretKey(...)}`. Default:
    none."""
    ca: Authority | None = None
    """CA certificates of the server, PEM. Default: those of the image."""
    client_certificate: str | None = None
    """Name of a `kubernetes.io/tls` Secret with the client certificate. Default: none."""
    metrics: bool = True
    """Send metrics there. Default: True."""
    traces: bool = True
    """Send traces there. Default: True."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        name = "OtlpExporter"
        yield from endpoint_problems(name, self.endpoint, self.protocol)
        yield from header_problems(name, self.headers or {})
        yield from tls_problems(name, self.endpoint, self.ca, self.client_certificate)
        if not (self.metrics or self.traces):
            yield "OtlpExporter(metrics=False, traces=False) is sent nothing: leave it out"


def endpoint_problems(owner: str, endpoint: str, protocol: Protocol) -> Iterator[str]:
    """The problems of the URL of a server.

    Args:
        owner: how messages name the props.
        endpoint: the URL.
        protocol: what is spoken.
    """
    shown = f"{owner}(endpoint={without_credentials(endpoint)!r})"
    url = split_url(endpoint)
    plain = not (url.query or url.fragment or "@" in url.netloc)
    if url.scheme not in _PORTS or not url.hostname or not plain:
        yield (
            f"{shown}: expected a URL such as 'https://otlp.example.com:4318', without user, "
            "password and query; credentials are headers= from a Secret"
        )
    elif url.path.rstrip("/").endswith(("/v1/metrics", "/v1/traces")):
        yield f"{shown}: leave out /v1/..., which is appended for metrics and traces"
    elif protocol == "grpc" and (url.path.strip("/") or url.port is None):
        yield f"{shown}: with protocol='grpc' expected a port and no path: 'https://host:4317'"


def header_problems(owner: str, headers: Headers) -> Iterator[str]:
    """The problems of headers: their names, and credentials in the open.

    Args:
        owner: how messages name the props.
        headers: name -> value.
    """
    for name, value in headers.items():
        if not _HEADER.fullmatch(name):
            yield (
                f"{owner}(headers={{{name!r}: ...}}): expected the name of a header: letters, "
                "digits and dashes"
            )
        elif isinstance(value, str) and (
            text := credential_problem(name.replace("-", "_"), value)
            or credential_problem("TOKEN", value) * (name.lower() == "authorization")
        ):
            yield f"{owner}(headers={{{name!r}: ...}}){text}"


def tls_problems(
    owner: str, endpoint: str, ca: Authority | None, client_certificate: str | None
) -> Iterator[str]:
    """The problems of TLS to a server.

    Args:
        owner: how messages name the props.
        endpoint: the URL.
        ca: its CA certificates.
        client_certificate: name of a Secret.
    """
    if client_certificate is not None:
        yield from object_name_problems(f"{owner}.client_certificate", client_certificate)
    for option, value in (("ca", ca), ("client_certificate", client_certificate)):
        if value is not None and not endpoint.startswith("https:"):
            yield (
                f"{owner}({option}=...) does nothing with "
                f"{without_credentials(endpoint)!r}: expected https://"
            )


def peer_of_endpoint(endpoint: str) -> Peer:
    """The server as a peer.

    Args:
        endpoint: its URL, which is checked.
    """
    url = split_url(endpoint)
    return Peer(host=url.hostname or "", port=url.port or _PORTS[url.scheme])


def header_variables(headers: Headers, prefix: str) -> Mapping[str, SecretKey]:
    """Environment variable -> where its value is, for each header from a Secret.

    Args:
        headers: name -> value.
        prefix: begins the variables.
    """
    return {
        variable(prefix, name): value
        for name, value in headers.items()
        if isinstance(value, SecretKey)
    }


def variable(prefix: str, header: str) -> str:
    """The environment variable of a header."""
    return f"{prefix}_{header.upper().replace('-', '_')}"


def header_list(headers: Headers, prefix: str) -> str:
    """`OTEL_EXPORTER_OTLP_HEADERS`; what is from a Secret is filled in by Kubernetes.

    Args:
        headers: name -> value.
        prefix: begins the variables of those from Secrets.
    """
    values = {
        name: quote(value, safe="") if isinstance(value, str) else f"$({variable(prefix, name)})"
        for name, value in headers.items()
    }
    return ",".join(f"{name}={value}" for name, value in values.items())
