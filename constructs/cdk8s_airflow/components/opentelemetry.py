"""OpenTelemetry: Airflow's metrics and traces, by OTLP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from constructs import Construct

from cdk8s_airflow.components.otel_collector import COMPONENT, OtelCollectorPod
from cdk8s_airflow.components.otel_collector import OtelCollector as OtelCollector
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import EnvValue, FieldRef, env_vars, literal
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.ca_bundle import CaBundle
from cdk8s_airflow.parts.config import AirflowConfig
from cdk8s_airflow.parts.otel_config import INSTANCE, RECEIVER_PORTS
from cdk8s_airflow.parts.otlp import (
    Headers,
    Protocol,
    endpoint_problems,
    header_list,
    header_problems,
    header_variables,
    peer_of_endpoint,
    tls_problems,
)
from cdk8s_airflow.parts.otlp import OtlpExporter as OtlpExporter
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import LONG_RUNNING, SECTION_ROLES
from cdk8s_airflow.services.authority import (
    Authority,
    authority_file,
    authority_parts,
    certificate_files,
    certificate_parts,
)

_PREFIX = "OTEL"
_OLDEST = (3, 2)
_EXPORTERS: Mapping[Protocol, str] = {"http": "otlp_proto_http", "grpc": "otlp_proto_grpc"}
_PROTOCOLS: Mapping[Protocol, str] = {"http": "http/protobuf", "grpc": "grpc"}
# Airflow 3.3 sends it beside `dagrun.first_task_scheduling_delay`, whatever its options say: a name
# of its own for each DAG.
_NAMED_BY_DAG = r"^dagrun\..+\.first_task_scheduling_delay$"


@dataclass(frozen=True, kw_only=True)
class OpenTelemetry(Props, Feature):
    """Metrics and traces of all Airflow processes and tasks, by OTLP.

    To a server of yours (`endpoint`) or by a collector of the release (`collector`). It needs
    Airflow 3.2, which reads OpenTelemetry's own environment variables; those that are not set here
    (`OTEL_BSP_...`) may be set by `env`. A server that is away fails no task: what is not sent
    within `timeout` is lost, and each task ends so much later.
    """

    endpoint: str | None = None
    """URL of a server: `https://otlp.example.com:4318`. Default: that of `collector`."""
    collector: OtelCollector | None = None
    """A collector of the release, which Airflow sends to. Default: none."""
    protocol: Protocol = "http"
    """`http` or `grpc`. Default: `http`, which passes proxies. `grpc` is a warning: Airflow forks
    processes for tasks, and gRPC may crash one (SIGSEGV) while its server is away."""
    headers: Headers | None = None
    """Headers of each request to `endpoint`, literal or from a Secret; a value in a Secret is
    percent-encoded where it has a comma, a space or a percent sign. Default: none."""
    ca: Authority | None = None
    """CA certificates of `endpoint`, PEM. Default: those of the image and of `ca_bundle`."""
    client_certificate: str | None = None
    """Name of a `kubernetes.io/tls` Secret with the client certificate for `endpoint`. Default:
    none."""
    metrics: bool = True
    """Send metrics. Default: True."""
    traces: bool = True
    """Send traces: a span for each run of a DAG and each task. Default: True."""
    sampling: float = 1.0
    """Share of the runs of DAGs that are traced, from 0 to 1. Default: 1, all."""
    interval: int = 60
    """Seconds between two exports of metrics of a process. Default: 60."""
    timeout: int = 5
    """Seconds until a server that does not answer is given up. Default: 5."""
    temporality: Literal["cumulative", "delta"] | None = None
    """What a counter says: `cumulative`, its sum since the process began, or `delta`, what came
    since the last export. Of tasks, whose processes end, only deltas add up; not all servers take
    them. Default: `delta` with `collector`, which adds them up; else `cumulative`."""
    service_name: str = "airflow"
    """`service.name` of all that is sent. Default: `airflow`."""
    resource_attributes: Mapping[str, str] | None = None
    """Further attributes of all that is sent, such as `deployment.environment.name`. Default: none
    beside `service.namespace`, `service.instance.id` and `airflow.component`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        name = "OpenTelemetry"
        if (self.endpoint is None) == (self.collector is None):
            yield (
                f"{name}: expected either endpoint='https://...', a server of yours, or "
                "collector=OtelCollector(...), one of the release"
            )
        if self.endpoint is not None:
            yield from endpoint_problems(name, self.endpoint, self.protocol)
            yield from header_problems(name, self.headers or {})
            yield from tls_problems(name, self.endpoint, self.ca, self.client_certificate)
        elif self.collector is not None:
            for option in ("headers", "ca", "client_certificate"):
                if getattr(self, option) is not None:
                    yield (
                        f"{name}({option}=...) is for endpoint=: give it to OtlpExporter({option}="
                        "...) of the collector, or OtelCollector(ca=...) for its own TLS"
                    )
            for signal in ("metrics", "traces"):
                if getattr(self, signal) and not self.collector.takes(signal):
                    yield (
                        f"{name}: {signal} would end in the collector, which sends them nowhere: "
                        f"give it exporters=[OtlpExporter(...)], or {signal}=False here"
                    )
        own = {"service.instance.id", INSTANCE} & set(self.resource_attributes or {})
        for attribute in sorted(own):
            yield (
                f"{name}(resource_attributes={{{attribute!r}: ...}}) is set for each process, so "
                "that the series of tasks are one: leave it out"
            )
        if not (self.metrics or self.traces):
            yield f"{name}(metrics=False, traces=False) sends nothing: leave metrics= out"
        if not 0 <= self.sampling <= 1:
            yield f"{name}(sampling={self.sampling}): expected a share from 0 to 1"
        for option in ("interval", "timeout"):
            if getattr(self, option) < 1:
                yield f"{name}({option}={getattr(self, option)}): expected 1 or more seconds"

    def validate(self, platform: Platform) -> Iterable[str]:
        """An older Airflow, and a collector whose certificate nobody could verify."""
        major, minor, *_ = platform.airflow_version.split(".")
        if (int(major), int(minor)) < _OLDEST:
            yield (
                f"metrics=OpenTelemetry(...) needs Airflow 3.2, and airflow_version is "
                f"{platform.airflow_version!r}: take a newer one, or metrics=StatsdExporter()"
            )
        collector = self.collector
        if collector and collector.tls and not collector.ca and not platform.find(CaBundle):
            yield (
                f"OtelCollector(tls={collector.tls!r}): Airflow has no CA certificate for it and "
                "would send nothing: give ca=SecretKey(...) or ConfigMapKey(...), or ca_bundle="
            )

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """Where to send, for all roles that do."""
        if role not in SECTION_ROLES["metrics"]:
            return NOTHING
        env: dict[str, EnvValue] = {**self._switches(), **self._resource(role, platform)}
        config = platform.find(AirflowConfig)
        options = config.config.get("metrics", {}) if config else {}
        if self.metrics and "metrics_allow_list" not in options:
            env["AIRFLOW__METRICS__METRICS_BLOCK_LIST"] = _NAMED_BY_DAG
        endpoint = self.endpoint or _address(platform, self.protocol, self.collector)
        env |= {
            "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint.rstrip("/"),
            "OTEL_EXPORTER_OTLP_PROTOCOL": _PROTOCOLS[self.protocol],
            "OTEL_EXPORTER_OTLP_TIMEOUT": str(self.timeout),
        }
        if self.headers:
            env |= header_variables(self.headers, f"{_PREFIX}_HEADER")
            env["OTEL_EXPORTER_OTLP_HEADERS"] = header_list(self.headers, f"{_PREFIX}_HEADER")
        ca = self.collector.ca if self.collector else self.ca
        if ca:
            env["OTEL_EXPORTER_OTLP_CERTIFICATE"] = authority_file(_PREFIX)
        elif endpoint.startswith("https:") and (bundle := platform.find(CaBundle)):
            # gRPC has authorities of its own, and reads no SSL_CERT_FILE.
            env["OTEL_EXPORTER_OTLP_CERTIFICATE"] = bundle.file
        if self.client_certificate:
            certificate, key = certificate_files(_PREFIX)
            env["OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"] = certificate
            env["OTEL_EXPORTER_OTLP_CLIENT_KEY"] = key
        own = Peer(component=COMPONENT, port=RECEIVER_PORTS[self.protocol])
        peer = peer_of_endpoint(self.endpoint) if self.endpoint else own
        return (
            PodParts(env=env_vars(env), peers=(peer,))
            + authority_parts(_PREFIX, ca)
            + certificate_parts(_PREFIX, self.client_certificate)
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the collector to the bundle."""
        if self.collector:
            OtelCollectorPod(scope, platform=platform, props=self.collector, protocol=self.protocol)

    def _switches(self) -> Mapping[str, str]:
        env: dict[str, str] = {}
        if self.metrics:
            env |= {
                "AIRFLOW__METRICS__OTEL_ON": "True",
                "AIRFLOW__METRICS__LEGACY_NAMES_ON": "False",
                "OTEL_METRIC_EXPORT_INTERVAL": str(1000 * self.interval),
                "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE": self.temporality
                or ("delta" if self.collector else "cumulative"),
            }
        if self.traces:
            env |= {
                "AIRFLOW__TRACES__OTEL_ON": "True",
                # Without it Airflow sends traces by gRPC, whatever the protocol.
                "OTEL_TRACES_EXPORTER": _EXPORTERS[self.protocol],
                "AIRFLOW__TRACES__TASK_RUNNER_FLUSH_TIMEOUT_MILLISECONDS": str(1000 * self.timeout),
            }
        if self.traces and self.sampling < 1:
            env["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio"
            env["OTEL_TRACES_SAMPLER_ARG"] = str(self.sampling)
        return env

    def _resource(self, role: Role, platform: Platform) -> Mapping[str, EnvValue]:
        """Names for what sends.

        The SDK makes an id for each process that has none, and so each task would be a series. So
        all processes of a lasting pod have the pod's name, and all pods of tasks one.
        """
        attributes = {
            **({"service.namespace": platform.namespace} if platform.namespace else {}),
            "airflow.component": "worker" if role is Role.TASK else role.value,
            **(self.resource_attributes or {}),
        }
        texts = [f"{name}={quote(value, safe='')}" for name, value in attributes.items()]
        found: dict[str, EnvValue] = {"OTEL_SERVICE_NAME": literal(self.service_name)}
        instance = role.value
        if role in LONG_RUNNING:
            found["OTEL_POD"] = FieldRef(path="metadata.name")
            instance = "$(OTEL_POD)"
        own = (f"service.instance.id={instance}", f"{INSTANCE}={instance}")
        found["OTEL_RESOURCE_ATTRIBUTES"] = ",".join((*own, *texts))
        return found


def _address(platform: Platform, protocol: Protocol, collector: OtelCollector | None) -> str:
    """The URL of the collector; a name that ends in `.svc` is for no proxy."""
    scheme = "https" if collector and collector.tls else "http"
    name = platform.name(COMPONENT)
    host = f"{name}.{platform.namespace}.svc" if platform.namespace else name
    return f"{scheme}://{host}:{RECEIVER_PORTS[protocol]}"
