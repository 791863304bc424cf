"""What to do where no prop exists."""

from pathlib import Path

from cdk8s import ApiObject, App, JsonPatch

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    KubernetesObject,
    Patch,
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
    # 2. A patch of any field of any object, by kind, name or component, in values files too.
    last_words = {"name": "scheduler", "terminationMessagePolicy": "FallbackToLogsOnError"}
    patch = Patch(
        kind="Deployment",
        component="scheduler",
        merge={"spec": {"template": {"spec": {"containers": [last_words]}}}},
        ops=[{"op": "replace", "path": "/spec/revisionHistoryLimit", "value": 10}],
    )
    props = AirflowProps(
        executor=CeleryExecutor(workers=[workers]), dags=DagsFolder(str(DAGS)), patches=[patch]
    )
    chart = AirflowChart(app, "af1", namespace="airflow", props=props)

    # 3. The same in Python, for a component at hand.
    api_server = ApiObject.of(chart.airflow.api_server)
    api_server.add_json_patch(JsonPatch.add("/spec/minReadySeconds", 10))

    # 4. An object of your own, beside ours.
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
