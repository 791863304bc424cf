"""Encrypted backups in a bucket of MinIO, and each week one of them restored as a proof."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    Backup,
    DagsFolder,
    S3Backups,
    SecretKey,
    Verify,
)

DAGS = Path(__file__).resolve().parents[2] / "dags"
STORE = S3Backups(
    bucket="airflow-backups",
    prefix="team",
    region="us-east-1",
    endpoint="https://minio.example.com:9000",
    access_key=SecretKey(name="minio", key="access-key"),
    secret_key=SecretKey(name="minio", key="secret-key"),
)
PROPS = AirflowProps(
    dags=DagsFolder(str(DAGS)),
    ca_bundle=SecretKey(name="minio-ca", key="ca.crt"),
    backup=Backup(
        store=STORE,
        # The public key of examples in the documentation of age: take your own.
        encrypt_to="age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
        schedule="15 1 * * *",
        keep=30,
        verify=Verify(identity=SecretKey(name="backup-key", key="identity")),
    ),
)


def build(app: App) -> None:
    AirflowChart(app, "af1", namespace="airflow", props=PROPS)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
