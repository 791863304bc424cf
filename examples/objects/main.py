"""Connections, variables, pools, users and roles as code, in Airflow's own database."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    Connection,
    DagsFolder,
    Pool,
    ReconcileController,
    SecretKey,
    User,
)

DAGS = Path(__file__).resolve().parent / "dags"


def build(app: App) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(DAGS)),
        reconcile=ReconcileController(where="database", interval=60),
        connections={
            "warehouse": Connection(
                conn_type="postgres",
                host="warehouse.example.com",
                port=5432,
                login="loader",
                password=SecretKey(name="warehouse", key="password"),
                description="The warehouse of the sales team",
            ),
            "weather": SecretKey(name="weather", key="uri"),
        },
        variables={"limits": {"rows": 100_000, "seconds": 60}},
        pools={
            "warehouse": Pool(slots=4, description="What the warehouse can take"),
            "default_pool": Pool(slots=64),
        },
        roles={"analyst": {"DAGs": ["can_read"]}},
        users={
            "ann": User(
                email="ann@example.com", first_name="Ann", last_name="Archer", roles=["Op"]
            ),
            "ben": User(
                email="ben@example.com",
                first_name="Ben",
                last_name="Baker",
                roles=["Viewer", "analyst"],
                password=SecretKey(name="people", key="ben"),
            ),
        },
    )
    AirflowChart(app, "af1", namespace="airflow", props=props)


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
