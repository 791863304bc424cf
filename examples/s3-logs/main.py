"""Logs and XComs of tasks in a bucket of MinIO, with a private CA; JSON on standard output."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    Image,
    KubernetesExecutor,
    Logs,
    S3Logs,
    S3XComs,
    SecretKey,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"
REGION, MINIO = "us-east-1", "https://minio.example.com:9000"
ACCESS_KEY = SecretKey(name="minio", key="access-key")
SECRET_KEY = SecretKey(name="minio", key="secret-key")
STORE = S3Logs(
    bucket="airflow-logs",
    prefix="af1",
    region=REGION,
    endpoint=MINIO,
    access_key=ACCESS_KEY,
    secret_key=SECRET_KEY,
)
XCOMS = S3XComs(
    bucket="airflow-logs",
    prefix="xcom/af1",
    region=REGION,
    endpoint=MINIO,
    access_key=ACCESS_KEY,
    secret_key=SECRET_KEY,
    threshold=0,  # all of them
)
PROPS = AirflowProps(
    image=Image(repository="registry.example.com/data/airflow", tag="3.3.2"),  # it has s3fs
    executor=KubernetesExecutor(),
    dags=DagsFolder(str(DAGS)),
    ca_bundle=SecretKey(name="minio-ca", key="ca.crt"),
    xcom=XCOMS,
    logs=Logs(store=STORE, json=True, level={"*": "INFO", "scheduler": "WARNING"}, audit=True),
)


def build(app: App) -> None:
    AirflowChart(app, "af1", namespace="airflow", props=PROPS)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
