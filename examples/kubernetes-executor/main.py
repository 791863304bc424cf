"""Each task in a pod of its own, in a namespace apart from Airflow."""

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    FinishedPods,
    GitDags,
    GitToken,
    KubernetesExecutor,
    SecretKey,
)

PROPS = AirflowProps(
    executor=KubernetesExecutor(
        namespaces=["tasks"],
        resources={"requests": {"cpu": "250m", "memory": "512Mi"}, "limits": {"memory": "2Gi"}},
        finished_pods=FinishedPods(hours=24),
    ),
    dags=GitDags(
        repository="https://git.example.com/team/dags.git",
        credentials=GitToken(token=SecretKey(name="git", key="token")),
    ),
    # Failed pods stay a day for a look at them; successful ones are deleted at once.
    config={"kubernetes_executor": {"delete_worker_pods_on_failure": False}},
)


def build(app: App) -> None:
    AirflowChart(app, "af1", namespace="airflow", props=PROPS)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
