"""Workers and triggerers by the work there is, api-servers by load; none where there is nothing."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    ClaimTemplate,
    DagsFolder,
    HpaAutoscaling,
    KedaAutoscaling,
    TriggererProps,
    WorkerGroup,
)

DAGS = Path(__file__).resolve().parents[1] / "quickstart" / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        executor=CeleryExecutor(
            workers=[
                WorkerGroup(
                    concurrency=16,
                    autoscaling=KedaAutoscaling(min_replicas=1, max_replicas=20),
                    persistence=ClaimTemplate(size="5Gi"),
                ),
                WorkerGroup(
                    name="gpu",
                    queues=["gpu"],
                    concurrency=1,
                    autoscaling=KedaAutoscaling(max_replicas=4, cooldown_period=600),
                    termination_grace_seconds=6 * 3600,
                    node_selector={"accelerator": "gpu"},
                ),
            ]
        ),
        # As many as all workers together have, or some of them would wait for ever.
        config={"core": {"parallelism": 324, "default_pool_task_slot_count": 324}},
        triggerer=TriggererProps(autoscaling=KedaAutoscaling(min_replicas=1, max_replicas=3)),
        api_server=ApiServerProps(autoscaling=HpaAutoscaling(min_replicas=2, max_replicas=6)),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
