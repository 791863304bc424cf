"""Exporters of the servers of a release."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.postgresql_exporter import DatabaseExporter
from cdk8s_airflow.parts.redis_exporter import BrokerExporter
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql, ExternalPostgresql
from cdk8s_airflow.services.redis import EmbeddedRedis, ExternalRedis


def exporters(props: AirflowProps) -> Iterator[Part]:
    """The exporters of the metadata database and of the broker, where there are any.

    Args:
        props: checked.
    """
    database, broker, executors = props.database, props.broker, props.all_executors
    if isinstance(database, EmbeddedPostgresql | ExternalPostgresql) and database.exporter:
        yield DatabaseExporter(server=database, props=database.exporter)
    if not executors.celery or not isinstance(broker, EmbeddedRedis | ExternalRedis):
        return
    if broker.exporter:
        queues = dict.fromkeys(q for group in executors.worker_groups for q in group.queues)
        yield BrokerExporter(server=broker, props=broker.exporter, queues=tuple(queues))


def exporter_problems(props: AirflowProps) -> Iterator[str]:
    """A problem, if the result backend has an exporter, which nothing would run."""
    results = props.result_backend
    if isinstance(results, ExternalPostgresql | ExternalRedis) and results.exporter:
        kind = type(results).__name__
        yield (
            f"result_backend={kind}(exporter=...): an exporter is for the servers of database= and "
            "broker=; leave it out, and run one of your own for this server"
        )
