"""What to do where no prop exists."""

from pathlib import Path

from cdk8s import ApiObject, App, JsonPatch

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    KubernetesObject,
    WorkerGroup,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"
CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "50Gi"}}}
SCRATCH = {"name": "scratch", "ephemeral": {"volumeClaimTemplate": {"spec": CLAIM}}}


def build(app: App) -> None:
    # 1. Extra pieces, in the spelling of the Kubernetes documentation.
    workers = WorkerGroup(
        extra_volumes=[SCRATCH],
        extra_volume_mounts=[{"name": "scratch", "mountPath": "/scratch"}],
        node_selector={"disk": "ssd"},
    )
    props = AirflowProps(executor=CeleryExecutor(workers=[workers]), dags=DagsFolder(str(DAGS)))
    chart = AirflowChart(app, "af1", namespace="airflow", props=props)

    # 2. A patch of any field of any object, verbatim.
    api_server = ApiObject.of(chart.airflow.api_server)
    api_server.add_json_patch(JsonPatch.add("/spec/minReadySeconds", 10))

    # 3. An object of your own, beside ours.
    KubernetesObject(
        chart,
        "quota",
        api_version="v1",
        kind="ResourceQuota",
        name="airflow",
        labels=chart.airflow.platform.labels("quota").all,
        body={"spec": {"hard": {"pods": "50"}}},
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
