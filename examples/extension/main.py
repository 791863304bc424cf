"""A part of your own in the release: secrets from HashiCorp Vault, kept fresh beside the tasks."""

from pathlib import Path

from cdk8s import App
from vault_agent import VaultAgent, VaultSecret

from cdk8s_airflow import AirflowChart, AirflowProps, ConfigMapKey, DagsFolder

DAGS = Path(__file__).resolve().parent / "dags"


def build(app: App) -> None:
    vault = VaultAgent(
        address="https://vault.example.com:8200",
        role="airflow",
        ca=ConfigMapKey(name="company-ca", key="ca.crt"),
        variables={
            "crm_token": VaultSecret(path="secret/data/crm", key="token"),
            "crm_account": VaultSecret(path="secret/data/crm", key="account"),
        },
    )
    props = AirflowProps(dags=DagsFolder(str(DAGS)), extensions=[vault])
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
