"""Which auth manager a release has, and who hears of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder
from cdk8s_airflow.checks.bundle import env_literals
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
OPTION = "AIRFLOW__CORE__AUTH_MANAGER"
FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
KEYCLOAK = "airflow.providers.keycloak.auth_manager.keycloak_auth_manager.KeycloakAuthManager"
WRITERS = {"api-server", "dag-processor", "migrations", "scheduler", "triggerer"}


def managers(tmp_path: Path, **props: Any) -> dict[str, str]:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    bundle = synthesize(build, tmp_path)
    found = {pod.component: env_literals(pod.main_containers[0]) for pod in bundle.pods}
    return {name: env[OPTION] for name, env in found.items() if OPTION in env}


def test_it_is_that_of_fab_for_all_who_ask_it(tmp_path: Path) -> None:
    assert managers(tmp_path) == dict.fromkeys({*WRITERS, "create-admin"}, FAB)


def test_without_an_admin_of_ours_it_may_be_another(tmp_path: Path) -> None:
    config = {
        "core": {"auth_manager": KEYCLOAK},
        "keycloak_auth_manager": {"client_id": "airflow", "realm": "data"},
    }
    found = managers(tmp_path, admin=None, config=config)
    assert set(found.values()) == {KEYCLOAK}
    assert WRITERS <= set(found)


@pytest.mark.parametrize(
    "given", [{"config": {"core": {"auth_manager": KEYCLOAK}}}, {"env": {OPTION: KEYCLOAK}}]
)
def test_with_an_admin_of_ours_it_may_not(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="with admin=None it may be another"):
        resolve(AirflowProps(dags=DAGS, **given), "af1")
    resolve(AirflowProps(dags=DAGS, admin=None, **given), "af1")
