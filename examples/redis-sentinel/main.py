"""Airflow on a Redis that Sentinel keeps available."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, RedisSentinel, SecretKey

DAGS = Path(__file__).resolve().parents[2] / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        broker=RedisSentinel(
            hosts=[f"redis-node-{number}.redis-headless.redis" for number in range(3)],
            master_name="mymaster",
            password=SecretKey(name="airflow-redis", key="password"),
            sentinel_password=SecretKey(name="airflow-redis", key="sentinel-password"),
        ),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
