"""Several executors at once: workers for most tasks, a pod of its own for a few."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    KubernetesExecutor,
    LocalExecutor,
    WorkerGroup,
)

HERE = Path(__file__).resolve().parent
SEVERAL = AirflowProps(
    executors=[
        CeleryExecutor(workers=[WorkerGroup(concurrency=16, pod_launcher=True)]),
        KubernetesExecutor(alias="pod", node_selector={"pool": "large"}),
    ],
    dags=DagsFolder(str(HERE / "dags")),
)
# A DAG that names an executor cannot be parsed where there is no such executor.
SMALL = AirflowProps(
    executor=LocalExecutor(parallelism=4), dags=DagsFolder(str(HERE.parents[1] / "dags"))
)


def build(app: App) -> None:
    AirflowChart(app, "af1", namespace="airflow", props=SEVERAL)
    AirflowChart(app, "small", namespace="airflow", props=SMALL)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
