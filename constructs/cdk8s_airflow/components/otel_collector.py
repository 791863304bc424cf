"""An OpenTelemetry Collector of the release: it takes what Airflow sends, and sends it on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, PodProps, pod_template, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.kubernetes.scraped import Scraped
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount, service_account
from cdk8s_airflow.parts.otel_config import (
    HEALTH_PORT,
    METRICS_PORT,
    RECEIVER_PORTS,
    TLS_FOLDER,
    CollectorConfig,
    prefix_of,
)
from cdk8s_airflow.parts.otlp import OtlpExporter, Protocol, header_variables, peer_of_endpoint
from cdk8s_airflow.platform import Platform
from cdk8s_airflow.services.authority import (
    CERTIFICATE,
    KEY,
    Authority,
    authority_parts,
    certificate_parts,
)

COMPONENT = "otel-collector"
_IMAGE = Image(repository="otel/opentelemetry-collector-contrib", tag="0.162.0")
_USER = 10001  # of the image
_FOLDER, _FILE = "/etc/otel-collector", "config.yaml"


@dataclass(frozen=True, kw_only=True)
class OtelCollector(Scraped, PodProps):
    """An OpenTelemetry Collector for one release, in one pod.

    It sums up what the short-lived processes of tasks send, leaves out what is another for each run
    (`run_id` and the like), and sends on. `image` needs the components of the contrib image, 0.162
    or newer. Default: `otel/opentelemetry-collector-contrib:0.162.0`. Default resources: 100m CPU,
    128Mi, limit 512Mi.
    """

    exporters: Sequence[OtlpExporter] | None = None
    """Servers that it sends metrics and traces to. Default: none."""
    prometheus: bool = False
    """Metrics for Prometheus, on port 8889, path `/metrics`. Default: False."""
    ttl: int = 86_400
    """Seconds after which a series that nobody sends is forgotten; a counter then begins anew.
    Default: 86400, a day."""
    max_series: int = 100_000
    """How many series it counts; further ones are dropped. Default: 100000."""
    tls: str | None = None
    """Name of a `kubernetes.io/tls` Secret with a certificate for `{release}-otel-collector` and,
    in a release with a namespace, for `{release}-otel-collector.{namespace}.svc`, which is then the
    name that Airflow calls. Airflow then sends by TLS alone. Default: no TLS in the cluster."""
    ca: Authority | None = None
    """CA certificates by which Airflow verifies `tls`. Default: those of `ca_bundle`."""
    config: Mapping[str, object] | None = None
    """What is merged into the collector's configuration, in its own words: further exporters,
    processors, pipelines. Lists take the place of ours. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not (self.exporters or self.prometheus or self.config):
            yield (
                "OtelCollector() would send nothing anywhere: give exporters=[OtlpExporter(...)] "
                "or prometheus=True"
            )
        if not self.prometheus:
            for option in ("service_monitor", "scraped_from"):
                if getattr(self, option) is not None:
                    yield f"OtelCollector({option}=...) does nothing without prometheus=True"
        if self.tls is not None:
            yield from object_name_problems("OtelCollector.tls", self.tls)
        elif self.ca is not None:
            yield "OtelCollector(ca=...) does nothing without TLS: add tls='<Secret>'"
        if self.ttl < 300:
            yield (
                f"OtelCollector(ttl={self.ttl}): expected 300 or more seconds, as Airflow sends "
                "once a minute"
            )
        if self.max_series < 1:
            yield f"OtelCollector(max_series={self.max_series}): expected 1 or more"
        yield from (f"OtelCollector: {text}" for text in self.configured("http").problems())

    def configured(self, protocol: Protocol, *, ipv6: bool = False) -> CollectorConfig:
        """The configuration.

        Args:
            protocol: what Airflow speaks.
            ipv6: whether pods may have IPv6 addresses alone.
        """
        return CollectorConfig(
            protocol=protocol,
            exporters=self.exporters or (),
            prometheus=self.prometheus,
            tls=self.tls is not None,
            ttl=self.ttl,
            max_series=self.max_series,
            ipv6=ipv6,
            extra=self.config or {},
        )

    def takes(self, signal: str) -> bool:
        """Whether it sends `metrics` or `traces` on to anywhere, as far as is known."""
        if self.config or (signal == "metrics" and self.prometheus):
            return True
        return any(getattr(exporter, signal) for exporter in self.exporters or ())


class OtelCollectorPod(Construct):
    """`otelcol-contrib` as a Deployment with one pod, its Service and its ConfigMap."""

    def __init__(
        self, scope: Construct, *, platform: Platform, props: OtelCollector, protocol: Protocol
    ) -> None:
        """Adds the objects.

        Args:
            scope: the release.
            platform: the release as its components see it.
            props: the user's settings.
            protocol: what Airflow speaks.
        """
        super().__init__(scope, COMPONENT)
        name, image = platform.name(COMPONENT), props.image or _IMAGE
        labels = platform.labels(COMPONENT, image)
        config = props.configured(protocol, ipv6=platform.ipv6).text
        workloads.config_map(self, "ConfigMap", name, labels, data={_FILE: config})
        ports = {f"otlp-{protocol}": RECEIVER_PORTS[protocol]}
        if props.prometheus:
            ports["metrics"] = METRICS_PORT
        alive = http_get("/", "health")
        container = Container(
            name=COMPONENT,
            image=image,
            args=(f"--config={_FOLDER}/{_FILE}",),
            ports={**ports, "health": HEALTH_PORT},
            readiness=Probe(handler=alive, period=5, failures=3),
            liveness=Probe(handler=alive, period=30, failures=4),
            resources=resources(cpu="100m", memory="128Mi", memory_limit="512Mi"),
        )
        account = props.service_account or ServiceAccount()
        parts = _parts(name, config, props)
        user = platform.fixed_id(_USER)
        template = pod_template(
            labels,
            container,
            parts=parts + account.pod_parts,
            props=props.with_defaults(platform.pods),
            service_account=service_account(self, name, labels, account=account),
            api_token=bool(account.token),
            user=user,
            group=user,
            fs_group=user,
            registry=platform.registry,
        )
        platform.network.add_policy(
            self,
            name,
            labels,
            peers=(*parts.peers, *account.peers),
            ports=ports.values(),
        )
        service = workloads.service(self, name, labels, ports=ports)
        self.service_name = service.object_name
        """Name of its Service."""
        workloads.deployment(self, name, labels, replicas=1, template=template)
        if props.prometheus:
            props.let_in(platform.network, Peer(component=COMPONENT, port=METRICS_PORT))
            if props.service_monitor:
                props.service_monitor.build(self, name, labels, port="metrics")


def _parts(name: str, config: str, props: OtelCollector) -> PodParts:
    parts = PodParts(
        volumes=({"name": "config", "configMap": {"name": name}},),
        mounts=({"name": "config", "mountPath": _FOLDER, "readOnly": True},),
        annotations=props.scrape_annotations(METRICS_PORT) if props.prometheus else {},
        checksum_inputs={"otel-config": content_hash(config, length=16)},
    )
    if props.tls:
        items = [{"key": key, "path": key} for key in (CERTIFICATE, KEY)]
        source = {"secretName": props.tls, "items": items, "defaultMode": 0o440}
        parts += PodParts(
            volumes=({"name": "tls", "secret": source},),
            mounts=({"name": "tls", "mountPath": TLS_FOLDER, "readOnly": True},),
        )
    for number, exporter in enumerate(props.exporters or ()):
        prefix = prefix_of(number)
        parts += PodParts(
            env=env_vars(header_variables(exporter.headers or {}, prefix)),
            peers=(peer_of_endpoint(exporter.endpoint),),
        )
        parts += authority_parts(prefix, exporter.ca)
        parts += certificate_parts(prefix, exporter.client_certificate)
    return parts
