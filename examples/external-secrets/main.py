"""Nothing in Git and nothing generated: keys by External Secrets, connections from Vault itself."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    DagsFolder,
    ExternalPostgresql,
    ExternalRedis,
    SecretKey,
    Secrets,
    ServiceAccount,
    Vault,
    VaultKubernetes,
)

DAGS = Path(__file__).resolve().parent / "dags"
AUTHORITY = ConfigMapKey(name="company-ca", key="ca.crt")
VAULT = "https://vault.example.com:8200"


def external_secret(name: str, path: str) -> dict[str, object]:
    """A Secret with all entries of one in Vault, which External Secrets keeps up to date."""
    # What the API server would fill in: tools that compare see no difference then.
    strategies = {
        "conversionStrategy": "Default",
        "decodingStrategy": "None",
        "metadataPolicy": "None",
    }
    return {
        "apiVersion": "external-secrets.io/v1",
        "kind": "ExternalSecret",
        "metadata": {"name": name},
        "spec": {
            "refreshInterval": "1h",
            "secretStoreRef": {"kind": "ClusterSecretStore", "name": "vault"},
            "target": {"name": name, "creationPolicy": "Owner", "deletionPolicy": "Retain"},
            "dataFrom": [{"extract": {"key": path, **strategies}}],
        },
    }


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        database=ExternalPostgresql(
            host="db.example.com", password=SecretKey(name="airflow-database", key="password")
        ),
        broker=ExternalRedis(
            host="redis.example.com", password=SecretKey(name="airflow-redis", key="password")
        ),
        secrets=Secrets(
            fernet_key=SecretKey(name="airflow-keys", key="fernet-key"),
            api_secret_key=SecretKey(name="airflow-keys", key="api-secret-key"),
            jwt_secret=SecretKey(name="airflow-keys", key="jwt-secret"),
            admin_password=SecretKey(name="airflow-admin", key="password"),
        ),
        secrets_backend=Vault(url=VAULT, auth=VaultKubernetes(role="airflow"), ca=AUTHORITY),
        service_account=ServiceAccount(name="airflow", create=True),
        extra_manifests=[
            external_secret(f"airflow-{name}", f"airflow/{name}")
            for name in ("database", "redis", "keys", "admin")
        ],
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
