"""Airflow with its own PostgreSQL and Redis, and two groups of workers."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, CeleryExecutor, DagsFolder, WorkerGroup

DAGS = Path(__file__).resolve().parent / "dags"


def build(app: App) -> None:
    workers = [
        WorkerGroup(replicas=3, concurrency=16),
        WorkerGroup(name="gpu", queues=["gpu"], replicas=1),
    ]
    props = AirflowProps(
        executor=CeleryExecutor(workers=workers),
        dags=DagsFolder(str(DAGS)),
        config={"core": {"parallelism": 64}},
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
