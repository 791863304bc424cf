"""The alerts that a release can have: what it runs, sends and brings decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.statsd_exporter import StatsdExporter
from cdk8s_airflow.dags.git import GitDags
from cdk8s_airflow.kubernetes.labels import COMPONENT_LABEL
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.alert_rules import AIRFLOWS, AlertRule
from cdk8s_airflow.parts.alert_rules_servers import CERTIFICATES, CLUSTERS, DATABASES
from cdk8s_airflow.parts.alerts import Alerts
from cdk8s_airflow.parts.log_volume import LogVolume
from cdk8s_airflow.platform import Platform
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.suspend import suspension_of

_COMPONENT = "alerts"
_RULES = (*AIRFLOWS, *DATABASES, *CLUSTERS, *CERTIFICATES)
_TRIGGERER = ("triggerer_heartbeat", "triggerer_slots", "blocked_triggers")
_AT_WORK = ("scheduler_heartbeat", "dag_processor_heartbeat", "triggerer_heartbeat")
_STOPPED = (*_AT_WORK, "queued_tasks", "worker_queue", "missed_jobs")
"""What is true of a release that is stopped on purpose."""
_VOLUMES = {
    "postgresql": "database_volume",
    **dict.fromkeys(("redis", "rabbitmq"), "broker_volume"),
}
_MISSING = {
    "failed_jobs": "the release has no Job",
    "missed_jobs": "the release has no CronJob, such as database_cleanup=DatabaseCleanup()",
    "database_volume": "the release has no embedded PostgreSQL with a volume of its own",
    "broker_volume": "the release has no embedded broker with a volume of its own",
    "log_volume": "no volume is for logs: logs=Logs(store=LogVolume(...)), or persistence= of a "
    "WorkerGroup; folders of pods have no metric",
    "certificate": "the release has no certificate of cert-manager, tls=Certificate(...)",
}


@dataclass(frozen=True, kw_only=True)
class AlertRules(Part):
    """The PrometheusRule of a release, after all objects that its alerts are about."""

    alerts: Alerts
    """What the user says."""
    impossible: Mapping[str, str]
    """Field -> why this release cannot have the alert."""
    stopped: bool
    """Whether its processes do not run on purpose."""
    log_volume: LogVolume | None
    """The volume for the logs of all pods."""

    @classmethod
    def of(cls, props: AirflowProps, alerts: Alerts) -> AlertRules:
        """The part for a release."""
        store = props.logs.store
        return cls(
            alerts=alerts,
            impossible=dict(_impossible(props)),
            stopped=bool(suspension_of(props)),
            log_volume=store if isinstance(store, LogVolume) else None,
        )

    def validate(self, platform: Platform) -> Iterator[str]:
        """The alerts that the user asks for and that cannot work."""
        if not self.alerts.all:
            yield "alerts=Alerts(...) has no alert: switch one on, or leave alerts= out"
        yield from self._refused(self.impossible)

    def _refused(self, why: Mapping[str, str]) -> Iterator[str]:
        for name, text in why.items():
            if self.alerts.asks_for(name):
                yield f"alerts=Alerts({name}=...) would never fire: {text}; or leave it out"

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the PrometheusRule.

        Raises:
            ValueError: for alerts that the user asks for, on objects that the release lacks.
        """
        objects = self._objects(scope, platform)
        missing = {name: text for name, text in _MISSING.items() if not objects.get(name)}
        refuse(self._refused(missing))
        without = {*self.impossible, *missing, *(_STOPPED if self.stopped else ())}
        rules = [
            self._wire(rule, platform, objects.get(rule.field, ()))
            for rule in _RULES
            if rule.field in self.alerts.all and rule.field not in without
        ]
        name, labels = platform.name(_COMPONENT), platform.labels(_COMPONENT)
        KubernetesObject(
            Construct(scope, _COMPONENT),
            "PrometheusRule",
            api_version="monitoring.coreos.com/v1",
            kind="PrometheusRule",
            name=name,
            labels={**(self.alerts.labels or {}), **labels.all},
            body={"spec": {"groups": [{"name": name, "rules": rules}]}},
        )

    def _wire(
        self, rule: AlertRule, platform: Platform, objects: Sequence[str]
    ) -> dict[str, object]:
        namespace = {"namespace": platform.namespace} if platform.namespace else {}
        ours = {**namespace, "app_kubernetes_io_instance": platform.release}
        where = f" in {platform.namespace}" if platform.namespace else ""
        values = {
            "release": f"Airflow {platform.release}{where}",
            "own": _matchers(self.alerts.selector or ours).rstrip(","),
            "in": _matchers(namespace),
            "exported": _matchers({f"exported_{key}": value for key, value in namespace.items()}),
            "objects": "|".join(objects),
        }
        entry = rule.wire(self.alerts.all[rule.field], values)
        runbooks = (self.alerts.runbooks or "").rstrip("/")
        return {
            **entry,
            "labels": {
                **(self.alerts.alert_labels or {}),
                **namespace,
                "airflow_release": platform.release,
                **_mapping(entry["labels"]),
            },
            "annotations": {
                **_mapping(entry["annotations"]),
                "runbook": f"docs/runbooks/{rule.page}",
                **({"runbook_url": f"{runbooks}/{rule.page}"} if runbooks else {}),
            },
        }

    def _objects(self, scope: Construct, platform: Platform) -> Mapping[str, Sequence[str]]:
        """Field -> regular expressions of the names of objects that an alert is about."""
        found: dict[str, list[str]] = {}
        for item in scope.node.find_all():
            if not isinstance(item, KubernetesObject):
                continue
            for field, pattern in _watched(item):
                names = found.setdefault(field, [])
                names += [] if pattern in names else [pattern]
        if self.log_volume:
            found.setdefault("log_volume", []).append(self.log_volume.claim_in(platform))
        return found


def _watched(item: KubernetesObject) -> Iterator[tuple[str, str]]:
    name = item.object_name
    if item.object_kind == "Job":
        yield "failed_jobs", f"{name}(-[0-9a-f]+)?"
    elif item.object_kind == "CronJob":
        yield "failed_jobs", f"{name}-[0-9]+"
        yield "missed_jobs", name
    elif item.object_kind == "Certificate":
        yield "certificate", name
    elif item.object_kind == "StatefulSet":
        spec = _mapping(_mapping(item.to_json())["spec"])
        claims = spec.get("volumeClaimTemplates") or []
        component = item.object_labels.get(COMPONENT_LABEL, "")
        for claim in claims if isinstance(claims, list) else ():
            template = _mapping(_mapping(claim)["metadata"])["name"]
            field = "log_volume" if template == "logs" else _VOLUMES.get(component)
            if field:
                yield field, f"{template}-{name}-[0-9]+"


def _impossible(props: AirflowProps) -> Iterator[tuple[str, str]]:
    if not isinstance(props.metrics, StatsdExporter):
        for rule in AIRFLOWS:
            yield rule.field, "nobody sends this metric: set metrics=StatsdExporter(...)"
    scaler = props.triggerer.autoscaling
    least = {
        "scheduler": props.scheduler.replicas,
        "dag_processor": props.dag_processor.replicas,
        "triggerer": scaler.min_replicas if scaler else props.triggerer.replicas,
    }
    for role in (role for role, replicas in least.items() if replicas == 0):
        for name in _TRIGGERER if role == "triggerer" else (f"{role}_heartbeat",):
            yield name, f"{role}= may have no pod, by replicas or autoscaling"
    if props.all_executors.celery is None:
        yield "worker_queue", "queues are Celery's, and executor= is another"
    dags = props.dags
    if not isinstance(dags, GitDags) and not (isinstance(dags, Sequence) and dags):
        yield "bundle_refresh", "only GitDags are refreshed by Airflow from elsewhere"
    if props.pgbouncer is None or props.pgbouncer.exporter is None:
        yield "pgbouncer_clients", "set pgbouncer=PgBouncer(exporter=PgBouncerExporter())"
    if not getattr(props.database, "exporter", None):
        yield (
            "database_connections",
            "nobody asks the database: set exporter=PostgresqlExporter() of the PostgreSQL in "
            "database=",
        )


def _matchers(labels: Mapping[str, str]) -> str:
    texts = {k: v.replace("\\", "\\\\").replace('"', '\\"') for k, v in labels.items()}
    return "".join(f'{name}="{text}",' for name, text in texts.items())


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
