"""The configuration of an OpenTelemetry Collector, of components that its contrib image has.

Their names are those of 0.162, which is also the first whose histograms with bounds are right: see
https://github.com/open-telemetry/opentelemetry-collector-contrib, processor/transformprocessor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.parts.otlp import OtlpExporter, Protocol, variable
from cdk8s_airflow.services.authority import CERTIFICATE, KEY, authority_file, certificate_files

Section: TypeAlias = Mapping[str, object]

RECEIVER_PORTS: Mapping[Protocol, int] = {"http": 4318, "grpc": 4317}
METRICS_PORT = 8889
HEALTH_PORT = 13133
TLS_FOLDER = "/etc/otel-collector-tls"
"""Where the receiver's certificate is."""
BUCKETS_MS: Sequence[float] = (
    *(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000),
    *(900_000, 3_600_000, 10_800_000, 43_200_000, 86_400_000),
)
"""Upper bounds of the histograms for Prometheus, in milliseconds, as Airflow measures."""
INSTANCE = "airflow.instance"
"""Attribute with the `service.instance.id` that a process was given.

The SDK makes another one in each process that is forked, which sends once more what its parent has
not sent yet; Airflow's own metrics there have the one that was given.
"""
_FORKED = (
    f'resource.attributes["{INSTANCE}"] != nil and '
    f'resource.attributes["{INSTANCE}"] != resource.attributes["service.instance.id"]'
)
UNBOUNDED = ("job_id", "run_id", "dag_run_id", "result", "kwargs")
"""Attributes of metrics that are another for each run, or any text of users."""
_COUNTING = ("filter/forked", "attributes/bounded", "delta_to_cumulative")
_SECTIONS = ("receivers", "processors", "exporters", "extensions", "connectors", "service")
_KINDS = ("receivers", "processors", "exporters")


@dataclass(frozen=True, kw_only=True)
class CollectorConfig:
    """What the collector receives, does and sends."""

    protocol: Protocol
    """What Airflow speaks."""
    exporters: Sequence[OtlpExporter]
    """Where metrics and traces go."""
    prometheus: bool
    """Whether it has metrics for Prometheus."""
    tls: bool
    """Whether its receiver has a certificate."""
    ttl: int
    """Seconds after which a series that nobody sends is forgotten."""
    max_series: int
    """How many series it counts at most."""
    ipv6: bool = False
    """Whether pods may have IPv6 addresses alone."""
    extra: Section = field(default_factory=dict)
    """What is merged into it, the user's."""

    @property
    def text(self) -> str:
        """The file: JSON, which is YAML too."""
        return json.dumps(self.content, indent=2) + "\n"

    @property
    def content(self) -> Section:
        """The configuration."""
        return _merged(self._own(), self.extra)

    def problems(self) -> Iterator[str]:
        """Sections that there are not, and components of pipelines that nobody defines."""
        for name in self.extra:
            if name not in _SECTIONS:
                yield f"config has {name!r}: expected one of {', '.join(_SECTIONS)}"
        content = self.content
        service = _section(content, "service")
        pipelines = _section(service, "pipelines")
        for pipeline in pipelines:
            parts = cast("Mapping[str, Sequence[str] | None]", _section(pipelines, pipeline))
            if pipeline.partition("/")[0] not in ("metrics", "traces", "logs"):
                yield f"config has the pipeline {pipeline!r}: expected metrics, traces or logs"
            for kind in _KINDS:
                known = {**_section(content, kind), **_section(content, "connectors")}
                for name in parts.get(kind) or ():
                    if name not in known:
                        yield f"config: the pipeline {pipeline!r} names {name!r} of no {kind}"
        for name in cast("Sequence[str]", service.get("extensions") or ()):
            if name not in _section(content, "extensions"):
                yield f"config: service.extensions names {name!r} of no extensions"

    def _own(self) -> Section:
        exporters = {name: _otlp(name, each) for name, each in self._named()}
        processors: dict[str, object] = {
            "memory_limiter": {
                "check_interval": "1s",
                "limit_percentage": 80,
                "spike_limit_percentage": 20,
            },
            "batch": {},
        }
        pipelines: dict[str, object] = {}
        for signal in ("traces", "metrics"):
            takes = [name for name, each in self._named() if getattr(each, signal)]
            counts = signal == "metrics"
            if takes:
                steps = _COUNTING if counts else []
                pipelines[signal] = _pipeline(steps, takes)
        if self.prometheus:
            exporters["prometheus"] = {
                "endpoint": self._address(METRICS_PORT),
                "metric_expiration": f"{self.ttl}s",
                "without_scope_info": True,
            }
            steps = [*_COUNTING, "transform/histograms"]
            pipelines["metrics/prometheus"] = _pipeline(steps, ["prometheus"])
            processors["transform/histograms"] = _explicit()
        if "metrics" in pipelines or self.prometheus:
            processors["filter/forked"] = {"error_mode": "ignore", "metric_conditions": [_FORKED]}
            processors["attributes/bounded"] = {
                "actions": [{"key": key, "action": "delete"} for key in UNBOUNDED]
            }
            processors["delta_to_cumulative"] = {
                "max_stale": f"{self.ttl}s",
                "max_streams": self.max_series,
            }
        return {
            "receivers": {"otlp": {"protocols": {self.protocol: self._receiver()}}},
            "processors": processors,
            "exporters": exporters,
            "extensions": {"health_check": {"endpoint": self._address(HEALTH_PORT)}},
            "service": {"extensions": ["health_check"], "pipelines": pipelines},
        }

    def _named(self) -> Iterator[tuple[str, OtlpExporter]]:
        for number, each in enumerate(self.exporters):
            yield f"{'otlp_grpc' if each.protocol == 'grpc' else 'otlp_http'}/{number}", each

    def _receiver(self) -> Section:
        found: dict[str, object] = {"endpoint": self._address(RECEIVER_PORTS[self.protocol])}
        if self.tls:
            files = {"cert_file": CERTIFICATE, "key_file": KEY}
            # A renewed certificate is read again.
            found["tls"] = {
                **{name: f"{TLS_FOLDER}/{file}" for name, file in files.items()},
                "reload_interval": "1m",
            }
        return found

    def _address(self, port: int) -> str:
        return f"{'[::]' if self.ipv6 else '0.0.0.0'}:{port}"


def prefix_of(number: int) -> str:
    """What begins the variables and volumes of an exporter."""
    return f"EXPORTER_{number}"


def _pipeline(steps: Sequence[str], exporters: Sequence[str]) -> Section:
    processors = ["memory_limiter", *steps, "batch"]
    return {"receivers": ["otlp"], "processors": processors, "exporters": list(exporters)}


def _explicit() -> Section:
    """Prometheus' own text knows no exponential histograms, as Airflow sends them."""
    bounds = ", ".join(f"{bound:.1f}" for bound in BUCKETS_MS)
    statement = (
        f'convert_exponential_histogram_to_histogram("midpoint", [{bounds}]) '
        "where metric.type == METRIC_DATA_TYPE_EXPONENTIAL_HISTOGRAM"
    )
    return {
        "error_mode": "ignore",
        "metric_statements": [{"statements": [statement]}],
    }


def _otlp(name: str, exporter: OtlpExporter) -> Section:
    prefix = prefix_of(int(name.rpartition("/")[2]))
    url = split_url(exporter.endpoint)
    found: dict[str, object] = {
        "endpoint": url.netloc if exporter.protocol == "grpc" else exporter.endpoint.rstrip("/")
    }
    if exporter.headers:
        found["headers"] = {
            header: _escaped(value)
            if isinstance(value, str)
            else f"${{env:{variable(prefix, header)}}}"
            for header, value in exporter.headers.items()
        }
    tls: dict[str, object] = {}
    if url.scheme == "http" and exporter.protocol == "grpc":
        tls["insecure"] = True
    if exporter.ca:
        tls["ca_file"] = authority_file(prefix)
    if exporter.client_certificate:
        tls["cert_file"], tls["key_file"] = certificate_files(prefix)
    if tls:
        found["tls"] = tls
    return found


def _escaped(text: str) -> str:
    """A text in which the collector expands nothing."""
    return text.replace("$", "$$")


def _section(content: Section, name: str) -> Section:
    found = content.get(name)
    return found if isinstance(found, Mapping) else {}


def _merged(own: Section, extra: Section) -> Section:
    merged = dict(own)
    for name, value in extra.items():
        mine = merged.get(name)
        both = isinstance(mine, Mapping) and isinstance(value, Mapping)
        merged[name] = _merged(cast("Section", mine), cast("Section", value)) if both else value
    return merged
