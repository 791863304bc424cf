"""Alerts on what servers, the cluster and cert-manager tell of a release."""

from __future__ import annotations

from collections.abc import Sequence

from cdk8s_airflow.parts.alert_rules import AlertRule


def _filling(what: str, consequence: str) -> tuple[str, str, str]:
    """Question, summary and description of a volume."""
    free, all_ = (f"kubelet_volume_stats_{each}_bytes" for each in ("available", "capacity"))
    labels = '{%(in)spersistentvolumeclaim=~"%(objects)s"}'
    return (
        f"max by (persistentvolumeclaim) ({free}{labels}) "
        f"/ max by (persistentvolumeclaim) ({all_}{labels}) < %(threshold)s",
        f"{what} {{{{ $labels.persistentvolumeclaim }}}} has only "
        "{{ $value | humanizePercentage }} free",
        consequence,
    )


DATABASES: Sequence[AlertRule] = (
    AlertRule(
        "database_connections", "AirflowDatabaseConnectionsHigh", "warning", "10m",
        "sum(pg_stat_database_numbackends{%(own)s}) "
        "/ max(pg_settings_max_connections{%(own)s}) > %(threshold)s",
        "{{ $value | humanizePercentage }} of the database's connections are open",
        "Beyond the limit PostgreSQL refuses everybody, and all of Airflow stops. Look who has "
        "them, and put PgBouncer before the database.",
        threshold=0.8,
    ),
    AlertRule(
        "pgbouncer_clients", "AirflowPgBouncerWaits", "warning", "10m",
        "sum by (database) (pgbouncer_pools_client_waiting_connections{%(own)s}) > %(threshold)s",
        "{{ $value }} clients wait for a connection of PgBouncer to {{ $labels.database }}",
        "The pool is too small for the load, or the database is slow. Airflow is slow everywhere.",
        threshold=0,
    ),
)  # fmt: skip
"""Alerts on what the exporters beside the database tell."""

CLUSTERS: Sequence[AlertRule] = (
    AlertRule(
        "failed_jobs", "AirflowJobFailed", "warning", "1m",
        'max by (job_name) (kube_job_failed{%(in)scondition="true",job_name=~"%(objects)s"}) > 0',
        "the Job {{ $labels.job_name }} has failed for good",
        "Kubernetes does not try it again. Its log says why; `make deploy` makes another one.",
    ),
    AlertRule(
        "missed_jobs", "AirflowCronJobLate", "warning", "10m",
        'max by (cronjob) (time() - kube_cronjob_next_schedule_time{%(in)scronjob=~"%(objects)s"}) '
        "> %(threshold)s "
        'unless max by (cronjob) (kube_cronjob_spec_suspend{%(in)scronjob=~"%(objects)s"}) == 1',
        "the CronJob {{ $labels.cronjob }} is {{ $value | humanizeDuration }} late",
        "What it does for the database has not been done. Look at its last Job and at its events.",
        threshold=3600,
    ),
    AlertRule(
        "database_volume", "AirflowDatabaseVolumeFull", "critical", "10m",
        *_filling(
            "the database's volume",
            "A database without space stops, and Airflow with it. Enlarge the claim, then clean "
            "the history (database_cleanup=).",
        ),
        threshold=0.15,
    ),
    AlertRule(
        "broker_volume", "AirflowBrokerVolumeFull", "warning", "10m",
        *_filling(
            "the broker's volume",
            "A broker without space takes no more tasks. Look at the queues, then enlarge the "
            "claim.",
        ),
        threshold=0.15,
    ),
    AlertRule(
        "log_volume", "AirflowLogVolumeFull", "warning", "10m",
        *_filling(
            "the logs' volume",
            "Tasks fail when they cannot write their log. Keep logs for less time "
            "(logs=Logs(retention_days=)), or enlarge the claim.",
        ),
        threshold=0.15,
    ),
)  # fmt: skip
"""Alerts on objects, which kube-state-metrics and the kubelet tell of."""

_EXPIRES = "certmanager_certificate_expiration_timestamp_seconds"
_RENEWAL = "certmanager_certificate_renewal_timestamp_seconds"
# cert-manager's own ServiceMonitor does not honour labels, so its namespace is another's.
_CERTIFICATE = (
    'min by (name) ({metric}{{%(exported)sname=~"%(objects)s"}} '
    'or {metric}{{%(in)sname=~"%(objects)s"}})'
)
CERTIFICATES: Sequence[AlertRule] = (
    AlertRule(
        "certificate", "AirflowCertificateEnds", "warning", "1h",
        f"{_CERTIFICATE.format(metric=_EXPIRES)} - time() < %(threshold)s * 86400 "
        f"and {_CERTIFICATE.format(metric=_RENEWAL)} < time()",
        "the certificate {{ $labels.name }} ends in {{ $value | humanizeDuration }}",
        "cert-manager should have renewed it and has not. When it ends, nobody comes in. "
        "`kubectl describe certificate` says why.",
        threshold=7,
    ),
)  # fmt: skip
"""Alerts on what cert-manager tells."""
