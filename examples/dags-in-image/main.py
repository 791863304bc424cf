"""DAGs and their packages in the image; one group of workers with an image of its own."""

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsInImage,
    Image,
    WorkerGroup,
)

IMAGE = Image(
    repository="registry.example.com/data/airflow",
    tag="3.3.2-5f0c1d9a2b7e",
    pull_secrets=("registry",),
)
GPU = Image(
    repository="registry.example.com/data/airflow-gpu",
    digest="sha256:1f3e8c5d7b9a2046e8f0c1d3b5a79862041f3e8c5d7b9a2046e8f0c1d3b5a798",
    pull_secrets=("registry",),
)


def build(app: App) -> None:
    props = AirflowProps(
        image=IMAGE,
        dags=DagsInImage(),
        executor=CeleryExecutor(
            workers=[
                WorkerGroup(),
                WorkerGroup(name="gpu", queues=["gpu"], replicas=1, image=GPU),
            ]
        ),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
