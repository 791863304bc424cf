"""statsd_exporter: Airflow's metrics for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, PodProps, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.kubernetes.scraped import Scraped
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.metric_mapping import MetricMapping, bucket_problem
from cdk8s_airflow.parts.programs import importable, packaged
from cdk8s_airflow.parts.statsd_mapping import PREFIX, BucketKind, StatsdMapping, Unknown
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import SECTION_ROLES

PORT = 9125
METRICS_PORT = 9102
_IMAGE = Image(repository="prom/statsd-exporter", tag="v0.28.0")
_USER = 65534  # nobody, as in the image
_FOLDER, _FILE = "/etc/statsd-exporter", "mapping.yml"
_MODULE = "cdk8s_airflow_metrics"
_OTHER_TAGS = ("dogstatsd", "librato", "signalfx")
_NO_LEGACY_NAMES = (3, 2)
# `run_id` is `dag_run_id` too. Result and arguments of a callback are any text of users, and
# mostly hold characters for which Airflow does not send the metric at all.
_DISABLED_TAGS = "job_id,run_id,result,kwargs"


@dataclass(frozen=True, kw_only=True)
class StatsdExporter(Scraped, PodProps, Feature):
    """statsd_exporter, to which all Airflow processes and tasks send their metrics by UDP.

    Prometheus reads them on port 9102, path `/metrics`. Tags are labels (`dag_id`, `task_id`,
    `state`, `pool_name` ...); docs/metrics.md has the names. It counts in memory, so it is one pod,
    and counters start at zero when it is replaced. `image` needs version 0.24 or newer. Default:
    `prom/statsd-exporter:v0.28.0`. Default resources: 50m CPU, 64Mi, limit 256Mi.
    """

    ttl: int = 604_800
    """Seconds after which a series that nobody sends is dropped, such as that of a removed DAG.
    Default: 604800, a week; the counters of a monthly DAG start at zero each time."""
    gauge_ttl: int = 600
    """The same for gauges that Airflow sends at least once a minute, such as the triggers of a
    triggerer pod or the slots of a pool. Default: 600."""
    unknown: Unknown = "keep"
    """What happens to metrics that DAGs and plugins send under their own names: `keep` or `drop`.
    Default: `keep`."""
    extra_mappings: Sequence[MetricMapping] | None = None
    """Names and labels for your own metrics. A `match` that Airflow's mapping also has replaces it.
    Default: none."""
    buckets: Mapping[BucketKind, Sequence[float]] | None = None
    """Upper bounds of the histogram buckets, in seconds: of `task` (how long tasks and runs take),
    `delay` (how long they wait), `parse` (DAG files), `loop` (Airflow's own work) and `custom`
    (your own timers). Fewer buckets of `task` and `delay` are fewer series for each task. Default:
    see docs/metrics.md."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.gauge_ttl < 60:
            yield (
                f"StatsdExporter(gauge_ttl={self.gauge_ttl}): expected 60 or more seconds, as "
                "Airflow sends some gauges once a minute"
            )
        if self.ttl < self.gauge_ttl:
            yield f"StatsdExporter(ttl={self.ttl}): expected gauge_ttl={self.gauge_ttl} or more"
        for kind, bounds in (self.buckets or {}).items():
            if text := bucket_problem(bounds):
                yield f"StatsdExporter(buckets={{{kind!r}: {list(bounds)}}}): {text}"
        matches = [mapping.match for mapping in self.extra_mappings or ()]
        for match in sorted({match for match in matches if matches.count(match) > 1}):
            yield f"StatsdExporter(extra_mappings=...) has match={match!r} twice: leave one out"
        for text in dict.fromkeys(self._mapping.problems() if self.extra_mappings else ()):
            yield f"StatsdExporter(extra_mappings=...): {text}"

    @property
    def mapping(self) -> str:
        """The exporter's mapping file."""
        return self._mapping.text

    @property
    def _mapping(self) -> StatsdMapping:
        return StatsdMapping(
            ttl=self.ttl,
            gauge_ttl=self.gauge_ttl,
            unknown=self.unknown,
            buckets=self.buckets or {},
            extra=[mapping.entry for mapping in self.extra_mappings or ()],
        )

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The module that Airflow imports for names."""
        return packaged(f"{_MODULE}.py")

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """Where to send metrics, for all roles that do."""
        if role not in SECTION_ROLES["metrics"]:
            return NOTHING
        # A process asks for the address once. Task pods may be in other namespaces.
        name = platform.name(Role.STATSD.value)
        elsewhere = role is Role.TASK and platform.namespace
        options = {
            "statsd_on": "True",
            "statsd_host": f"{name}.{platform.namespace}.svc" if elsewhere else name,
            "statsd_port": str(PORT),
            "statsd_prefix": PREFIX,
            "statsd_influxdb_enabled": "True",
            "statsd_disabled_tags": _DISABLED_TAGS,
            "stat_name_handler": f"{_MODULE}.stat_name",
            **({"statsd_ipv6": "True"} if platform.ipv6 else {}),
            **({"legacy_names_on": "False"} if _has_modern_names(platform) else {}),
        }
        env = {f"AIRFLOW__METRICS__{name.upper()}": value for name, value in options.items()}
        peer = Peer(component=Role.STATSD.value, port=PORT, protocol="UDP")
        return PodParts(env=env_vars(env), peers=(peer,)) + importable(f"{_MODULE}.py")

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the exporter to the bundle."""
        StatsdExporterPod(scope, Role.STATSD.value, platform=platform, props=self)


class StatsdExporterPod(AirflowComponent):
    """`statsd_exporter` as a Deployment with one pod, and its Service.

    The Service has a cluster IP, which stays when the pod is replaced: Airflow's processes ask for
    the address once.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: StatsdExporter
    ) -> None:
        """Adds the Deployment, its Service, its ConfigMap and the ServiceMonitor."""
        super().__init__(scope, id, platform=platform, role=Role.STATSD, props=props)
        image = props.image or _IMAGE
        self.labels = replace(self.labels, version=image.version)
        ports = {"statsd": PORT, "metrics": METRICS_PORT}
        service = workloads.service(
            self, self.name, self.labels, ports=ports, udp_ports=("statsd",)
        )
        self.service_name = service.object_name
        """Name of its Service."""
        mapping = props.mapping
        workloads.config_map(self, "ConfigMap", self.name, self.labels, data={_FILE: mapping})
        container = Container(
            name="statsd-exporter",
            image=image,
            args=(
                f"--statsd.mapping-config={_FOLDER}/{_FILE}",
                f"--statsd.listen-udp=:{PORT}",
                "--statsd.listen-tcp=",
                f"--web.listen-address=:{METRICS_PORT}",
                *(f"--no-statsd.parse-{kind}-tags" for kind in _OTHER_TAGS),
            ),
            ports=ports,
            udp_ports=("statsd",),
            readiness=Probe(handler=http_get("/-/ready", "metrics"), period=5, failures=3),
            liveness=Probe(handler=http_get("/-/healthy", "metrics"), period=30, failures=4),
            resources=resources(cpu="50m", memory="64Mi", memory_limit="256Mi"),
            user=platform.fixed_id(_USER),
        )
        template = self.template(container, props=props, extra=_parts(self.name, mapping, props))
        workloads.deployment(self, self.name, self.labels, replicas=1, template=template)
        props.let_in(platform.network, Peer(component=Role.STATSD.value, port=METRICS_PORT))
        if props.service_monitor:
            props.service_monitor.build(self, self.name, self.labels, port="metrics")


def _parts(name: str, mapping: str, props: StatsdExporter) -> PodParts:
    return PodParts(
        volumes=({"name": "mapping", "configMap": {"name": name}},),
        mounts=({"name": "mapping", "mountPath": _FOLDER, "readOnly": True},),
        annotations=props.scrape_annotations(METRICS_PORT),
        checksum_inputs={"statsd-mapping": content_hash(mapping, length=16)},
    )


def _has_modern_names(platform: Platform) -> bool:
    major, minor, *_ = platform.airflow_version.split(".")
    return (int(major), int(minor)) >= _NO_LEGACY_NAMES
