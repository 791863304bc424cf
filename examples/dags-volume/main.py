"""DAGs on a shared volume that a process of yours fills."""

from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsVolume, VolumeClaim


def build(app: App) -> None:
    claim = VolumeClaim(size="5Gi", storage_class="nfs", access_mode="ReadWriteMany")
    props = AirflowProps(dags=DagsVolume(claim, sub_path="current/dags"))
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
