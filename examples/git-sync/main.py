"""DAGs by git-sync: one writer of a volume that all pods read."""

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    GitSyncDags,
    GitToken,
    SecretKey,
    VolumeClaim,
)

DAGS = GitSyncDags(
    repository="https://git.example.com/team/dags.git",
    ref="main",
    subdirectory="dags",
    credentials=GitToken(token=SecretKey(name="git", key="token")),
)
SHARED = GitSyncDags(
    repository="https://git.example.com/team/dags.git",
    credentials=GitToken(token=SecretKey(name="git", key="token")),
    volume=VolumeClaim(size="1Gi", storage_class="nfs"),
)


def build(app: App) -> None:
    AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS))
    AirflowChart(app, "af2", namespace="airflow", props=AirflowProps(dags=SHARED))


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
