"""A release in which any pod, node or zone may go while tasks run on."""

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagProcessorProps,
    ExecutionApiProps,
    ExternalPostgresql,
    ExternalRedis,
    GitDags,
    PodDefaults,
    SchedulerProps,
    SecretKey,
)

ZONES = {"topologyKey": "topology.kubernetes.io/zone"}
NODES = {"topologyKey": "kubernetes.io/hostname"}


def build(app: App) -> None:
    """Adds the release to the app."""
    props = AirflowProps(
        size="medium",
        dags=[
            GitDags(repository="https://git.example.com/team/sales.git"),
            GitDags(repository="https://git.example.com/team/reports.git"),
        ],
        database=ExternalPostgresql(
            host="db.example.com", password=SecretKey(name="airflow-database", key="password")
        ),
        broker=ExternalRedis(
            host="redis.example.com", password=SecretKey(name="airflow-redis", key="password")
        ),
        execution_api=ExecutionApiProps(),
        scheduler=SchedulerProps(priority_class_name="data-high"),
        dag_processor=DagProcessorProps(per_bundle=True),
        pods=PodDefaults(priority_class_name="data", topology_spread=[ZONES, NODES]),
        extra_manifests=[_priority("data", 1000), _priority("data-high", 2000)],
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


def _priority(name: str, value: int) -> dict[str, object]:
    return {
        "apiVersion": "scheduling.k8s.io/v1",
        "kind": "PriorityClass",
        "metadata": {"name": name},
        "value": value,
        "description": "Pods of Airflow, before those of batch work",
    }


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
