"""Users of a directory log in with their password there; groups are roles, and teams have DAGs."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    DagsFolder,
    Ingress,
    Ldap,
    SecretKey,
)

DAGS = Path(__file__).resolve().parent / "dags"


def build(app: App) -> None:
    team = {"DAG Runs": ["can_read"], "Task Instances": ["can_read"], "Task Logs": ["can_read"]}
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        ingress=Ingress(host="data.example.com", tls="data-example-com"),
        auth=Ldap(
            server="ldaps://ldap.example.com",
            ca=ConfigMapKey(name="company-ca", key="ca.crt"),
            bind_user="cn=airflow,dc=example,dc=com",
            bind_password=SecretKey(name="directory", key="password"),
            search_base="ou=people,dc=example,dc=com",
            roles={
                "cn=admins,ou=groups,dc=example,dc=com": "Admin",
                "data-engineers": "Op",
                "sales": "sales",
                "finance": "finance",
            },
            custom_roles={"sales": team, "finance": team},
            login_banner="For employees of Example alone",
            session_max_minutes=600,
        ),
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
