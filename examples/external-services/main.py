"""Airflow on a managed database and broker, with keys that the platform team brings."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    DagsFolder,
    ExternalPostgresql,
    ExternalRedis,
    Image,
    SecretKey,
    Secrets,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        image=Image(
            repository="registry.example.com/data/airflow",
            tag="3.3.2-17",
            pull_secrets=("registry",),
        ),
        dags=DagsFolder(str(DAGS)),
        database=ExternalPostgresql(
            host="db.example.com",
            user=SecretKey(name="airflow-database", key="username"),
            password=SecretKey(name="airflow-database", key="password"),
            ca=ConfigMapKey(name="company-ca", key="ca.crt"),
        ),
        broker=ExternalRedis(
            host="redis.example.com",
            tls=True,
            password=SecretKey(name="airflow-redis", key="password"),
        ),
        secrets=Secrets(
            fernet_key=SecretKey(name="airflow-keys", key="fernet"),
            api_secret_key=SecretKey(name="airflow-keys", key="api"),
            jwt_secret=SecretKey(name="airflow-keys", key="jwt"),
            admin_password=SecretKey(name="airflow-admin", key="password"),
        ),
        env={"TEAM": "data"},
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
