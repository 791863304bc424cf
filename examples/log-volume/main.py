"""The logs of all pods on one volume: task pods end, their logs stay."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    KubernetesExecutor,
    Logs,
    LogVolume,
    VolumeClaim,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"
VOLUME = LogVolume(claim=VolumeClaim(size="100Gi", storage_class="nfs"), sub_path="af1")
PROPS = AirflowProps(
    executor=KubernetesExecutor(),
    dags=DagsFolder(str(DAGS)),
    logs=Logs(store=VOLUME, retention_days=90, max_size="80Gi"),
)


def build(app: App) -> None:
    AirflowChart(app, "af1", namespace="airflow", props=PROPS)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
