"""Any pod may go: split API servers, DAG processors apart, updates that take none away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App
from cdk8s_plus_27 import k8s

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    DagProcessorProps,
    DagsFolder,
    ExecutionApiProps,
    GitDags,
    KubernetesExecutor,
    LocalExecutor,
    SchedulerProps,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.release.sizes import with_size_defaults
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
REPOSITORIES = [GitDags(repository=f"https://git.example.com/team/{name}.git") for name in "ab"]
EXECUTION = "AIRFLOW__CORE__EXECUTION_API_SERVER_URL"


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        given = AirflowProps(**{"dags": DAGS, **props})
        AirflowChart(app, "af1", namespace="airflow", props=given)

    return synthesize(build, tmp_path)


def probed(bundle: Bundle, name: str) -> set[str]:
    container = bundle.container("Deployment", name)
    kinds = ("startupProbe", "readinessProbe", "livenessProbe")
    return {container[kind]["httpGet"]["path"] for kind in kinds}


def test_users_and_tasks_have_servers_of_their_own(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        execution_api=ExecutionApiProps(replicas=3),
        base_url="https://data.example.com/airflow",
    )
    core = bundle.container("Deployment", "af1-api-server")
    tasks = bundle.container("Deployment", "af1-execution-api")
    assert core["args"][4:6] == ["--apps", "core"]
    assert tasks["args"][4:6] == ["--apps", "execution"]
    assert probed(bundle, "af1-api-server") == {"/airflow/api/v2/version"}
    assert probed(bundle, "af1-execution-api") == {"/airflow/execution/health"}
    assert bundle.one("Deployment", "af1-execution-api")["spec"]["replicas"] == 3
    assert bundle.one("PodDisruptionBudget", "af1-execution-api")
    (worker,) = (pod for pod in bundle.pods if pod.component == "worker")
    env = {entry["name"]: entry.get("value") for entry in worker.spec["containers"][0]["env"]}
    assert env[EXECUTION] == "http://af1-execution-api:8080/airflow/execution/"


def test_pods_of_tasks_report_to_the_execution_api_too(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, execution_api=ExecutionApiProps(), executor=KubernetesExecutor())
    texts = [text for item in bundle.all("ConfigMap") for text in (item.get("data") or {}).values()]
    assert any("http://af1-execution-api" in text for text in texts)
    assert not any("http://af1-api-server" in text and EXECUTION in text for text in texts)


def test_one_server_answers_all_by_default(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path)
    assert "--apps" not in bundle.container("Deployment", "af1-api-server")["args"]
    assert bundle.find("Deployment", "af1-execution-api") is None


def test_each_repository_has_a_dag_processor(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path, dags=REPOSITORIES, dag_processor=DagProcessorProps(per_bundle=True, replicas=2)
    )
    made = [pod for pod in bundle.pods if pod.component.startswith("dag-processor")]
    assert {pod.component: pod.spec["containers"][0]["args"] for pod in made} == {
        f"dag-processor-{name}": ["airflow", "dag-processor", "--bundle-name", name]
        for name in "ab"
    }
    lists = {
        entry["value"]
        for pod in made
        for entry in pod.spec["containers"][0]["env"]
        if entry["name"] == "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"
    }
    assert len(lists) == 1, "each knows all bundles, else it would take the others' away"
    assert bundle.find("PodDisruptionBudget", "af1-dag-processor-a")


def test_a_dag_processor_for_each_of_one_bundle_is_refused() -> None:
    with pytest.raises(ValueError, match=r"DagProcessorProps\(per_bundle=True\): dags= is one bu"):
        resolve(AirflowProps(dags=DAGS, dag_processor=DagProcessorProps(per_bundle=True)), "af1")


def test_an_update_takes_no_scheduler_and_no_api_server_away(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, execution_api=ExecutionApiProps())
    for name in ("af1-scheduler", "af1-api-server", "af1-execution-api"):
        assert bundle.one("Deployment", name)["spec"]["strategy"] == {
            "type": "RollingUpdate",
            "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0},
        }


@pytest.mark.parametrize("per_bundle", [False, True])
def test_an_old_dag_processor_ends_before_a_new_one_starts(
    tmp_path: Path, per_bundle: bool
) -> None:
    """The old one would write back the bundle, the version and the text of DAGs of before."""
    dags = [GitDags(repository=f"https://git.example.com/{name}.git") for name in "ab"]
    props = DagProcessorProps(per_bundle=per_bundle, replicas=2)
    bundle = bundle_of(tmp_path, dags=dags, dag_processor=props)
    strategies = [
        manifest["spec"]["strategy"]
        for manifest in bundle.all("Deployment")
        if "dag-processor" in manifest["metadata"]["name"]
    ]
    assert strategies == [{"type": "Recreate"}] * (2 if per_bundle else 1)


def test_the_user_may_want_another_strategy_and_history(tmp_path: Path) -> None:
    surge = k8s.DeploymentStrategy(
        type="RollingUpdate",
        rolling_update=k8s.RollingUpdateDeployment(max_surge=k8s.IntOrString.from_string("50%")),
    )
    groups = [WorkerGroup(update_strategy={"type": "OnDelete"}, revision_history_limit=1)]
    bundle = bundle_of(
        tmp_path,
        api_server=ApiServerProps(update_strategy=surge, revision_history_limit=9),
        dag_processor=DagProcessorProps(update_strategy=surge),
        executor=CeleryExecutor(workers=groups),
    )
    api_server = bundle.one("Deployment", "af1-api-server")["spec"]
    worker = bundle.one("StatefulSet", "af1-worker")["spec"]
    assert api_server["strategy"]["rollingUpdate"] == {"maxSurge": "50%"}
    assert api_server["revisionHistoryLimit"] == 9
    dag_processor = bundle.one("Deployment", "af1-dag-processor")["spec"]
    assert dag_processor["strategy"] == api_server["strategy"]
    assert (worker["updateStrategy"], worker["revisionHistoryLimit"]) == ({"type": "OnDelete"}, 1)


def test_a_negative_history_is_refused() -> None:
    with pytest.raises(ValueError, match=r"SchedulerProps\(revision_history_limit=-1\): exp"):
        SchedulerProps(revision_history_limit=-1)


def test_a_size_leaves_a_scheduler_that_runs_tasks_alone(tmp_path: Path) -> None:
    executor = LocalExecutor(parallelism=5)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    bundles = [
        bundle_of(tmp_path / folder, executor=executor, size=size)
        for folder, size in (("a", "small"), ("b", "large"))
    ]
    small, large = (bundle.one("StatefulSet", "af1-scheduler")["spec"] for bundle in bundles)
    assert small["replicas"] == large["replicas"]
    container = [spec["template"]["spec"]["containers"][0] for spec in (small, large)]
    assert container[0]["resources"] == container[1]["resources"]
    env = {entry["name"]: entry.get("value") for entry in container[1]["env"]}
    assert env["AIRFLOW__CORE__PARALLELISM"] == "5"


def test_a_size_reaches_celery_beside_other_executors() -> None:
    props = AirflowProps(
        dags=DAGS, size="large", executors=[CeleryExecutor(), KubernetesExecutor()]
    )
    (celery, _) = with_size_defaults(props).all_executors.all
    assert isinstance(celery, CeleryExecutor)
    assert celery.workers[0].replicas == 10
