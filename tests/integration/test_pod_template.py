"""The template of task pods, as Airflow's own Kubernetes executor reads it and makes pods of it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    Connection,
    DagsFolder,
    GitDags,
    GitSyncDags,
    GitToken,
    Image,
    KubernetesExecutor,
    SecretKey,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, env_literals
from cdk8s_airflow.testing.synth import check, synthesize

ROOT = Path(__file__).parents[2]
AIRFLOW = ROOT / ".venv-airflow/bin/python"
DIGEST = Image(repository="team/airflow", digest="sha256:" + "0123456789abcdef" * 4)
REPOSITORY = "https://git.example.com/team/dags.git"
TOKEN = SecretKey(name="team", key="token")
RESOURCES = {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "2Gi"}}
OPTIONS = "AIRFLOW__KUBERNETES_EXECUTOR__"

PROGRAM = """
import json, sys
from kubernetes.client import models as k8s
from airflow.providers.cncf.kubernetes.kube_config import KubeConfig
from airflow.providers.cncf.kubernetes.pod_generator import PodGenerator

config = KubeConfig()
override = None
if sys.argv[1] == "override":
    override = k8s.V1Pod(
        metadata=k8s.V1ObjectMeta(namespace="more", labels={"team": "data"}),
        spec=k8s.V1PodSpec(containers=[k8s.V1Container(
            name="base",
            image="team/special:1",
            env=[k8s.V1EnvVar(name="TASK", value="own")],
            resources=k8s.V1ResourceRequirements(
                requests={"cpu": "2", "memory": "3Gi", "ephemeral-storage": "1Gi"},
                limits={"memory": "4Gi"},
            ),
        )]),
    )
pod = PodGenerator.construct_pod(
    dag_id="a dag",
    task_id="a_task",
    run_id="manual__2026-01-01T00:00:00+00:00",
    try_number=1,
    map_index=2,
    pod_id="a-dag-a-task-1",
    kube_image=config.kube_image,
    date=None,
    args=["python", "-m", "airflow.sdk.execution_time.execute_workload", "--json-string", "{}"],
    pod_override_object=override,
    base_worker_pod=PodGenerator.deserialize_model_file(config.pod_template_file),
    namespace=config.executor_namespace,
    scheduler_job_id="1",
    with_mutation_hook=True,
)
print(json.dumps({
    "pod": PodGenerator.serialize_pod(pod),
    "several": config.multi_namespace_mode_namespace_list,
    "everywhere": config.multi_namespace_mode,
    "batch": config.worker_pods_creation_batch_size,
}))
"""


def airflow_makes(bundle: Bundle, tmp_path: Path, how: str = "plain") -> dict[str, Any]:
    """What the executor makes of the template, with the options of the bundle's scheduler."""
    literals = env_literals(bundle.container("Deployment", "af1-scheduler"))
    template = bundle.one("ConfigMap", "af1-task")["data"]["pod_template.yaml"]
    file = tmp_path / "pod_template.yaml"
    file.write_text(template)
    outside = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")}
    options = {name: value for name, value in literals.items() if name.startswith(OPTIONS)}
    env = {
        **outside,
        f"{OPTIONS}NAMESPACE": "airflow",
        **options,
        f"{OPTIONS}POD_TEMPLATE_FILE": str(file),
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW_CONFIG": os.devnull,
    }
    done = subprocess.run(
        [AIRFLOW, "-c", PROGRAM, how], env=env, cwd=tmp_path, check=True, capture_output=True
    )
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made


def sound(bundle: Bundle, pod: Manifest, external: set[str]) -> Pod:
    """The pod, after all checks of bundles on it and what it refers to."""
    manifests = [*bundle.manifests, {"apiVersion": "v1", "kind": "Pod", **pod}]
    whole = Bundle(manifests, {}, frozenset(external))
    check(whole)
    return next(each for each in whole.pods if each.owner is manifests[-1])


CASES: dict[str, tuple[AirflowProps, set[str]]] = {
    "folder": (
        AirflowProps(dags=DagsFolder(str(ROOT / "dags")), executor=KubernetesExecutor()),
        set(),
    ),
    "git": (
        AirflowProps(
            dags=GitDags(repository=REPOSITORY, credentials=GitToken(token=TOKEN)),
            executor=KubernetesExecutor(image=DIGEST, pod_launcher=True, job_launcher=True),
            connections={"web": Connection(conn_type="http", host="h", password=TOKEN)},
        ),
        {"Secret/team"},
    ),
    "git-sync": (
        AirflowProps(
            dags=GitSyncDags(repository=REPOSITORY),
            extra_packages=["pandas"],
            executor=KubernetesExecutor(
                resources=RESOURCES,
                extra_volumes=[{"name": "cache", "emptyDir": {"sizeLimit": "1Gi"}}],
                extra_volume_mounts=[{"name": "cache", "mountPath": "/cache"}],
                tolerations=[{"key": "dedicated", "operator": "Exists"}],
            ),
        ),
        set(),
    ),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Bundle, set[str]]:
    props, external = CASES[request.param]

    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)

    return synthesize(build, tmp_path, external=external), external


def test_a_task_pod_is_the_template_with_the_task_in_it(
    case: tuple[Bundle, set[str]], tmp_path: Path
) -> None:
    bundle, external = case
    made = airflow_makes(bundle, tmp_path)
    pod = sound(bundle, made["pod"], external)
    (template,) = (each for each in bundle.pods if each.component == "task")
    (base,) = pod.main_containers
    assert base["name"] == "base"
    assert base["args"][2] == "airflow.sdk.execution_time.execute_workload"
    assert "command" not in base, "the image's entrypoint runs the task"
    assert base["image"] == template.main_containers[0]["image"]
    assert base["env"][:-1] == template.main_containers[0]["env"]
    assert base["env"][-1] == {"name": "AIRFLOW_IS_K8S_EXECUTOR_POD", "value": "True"}
    for field in (
        *("automountServiceAccountToken", "enableServiceLinks", "initContainers", "restartPolicy"),
        *("securityContext", "serviceAccountName", "tolerations", "volumes"),
    ):
        assert pod.spec.get(field) == template.spec.get(field), field
    assert template.labels.items() <= pod.labels.items()
    assert {"airflow-worker", "dag_id", "run_id", "task_id", "try_number"} <= pod.labels.keys()
    assert pod.metadata["namespace"] == "airflow"
    assert not made["everywhere"]
    assert made["batch"] == 16


def test_a_task_may_change_its_own_pod(tmp_path: Path) -> None:
    props = AirflowProps(
        dags=DagsFolder(str(ROOT / "dags")),
        executor=KubernetesExecutor(namespaces=["tasks", "more"]),
    )

    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)

    bundle = synthesize(build, tmp_path)
    made = airflow_makes(bundle, tmp_path, "override")
    pod = sound(bundle, made["pod"], set())
    (base,) = pod.main_containers
    assert made["several"] == ["tasks", "more"]
    assert (pod.namespace, pod.labels["team"]) == ("more", "data")
    assert base["image"] == "team/special:1"
    assert base["resources"]["limits"] == {"memory": "4Gi"}
    names = [entry["name"] for entry in base["env"]]
    assert {"TASK", "AIRFLOW__CORE__EXECUTION_API_SERVER_URL"} <= set(names)
    assert base["securityContext"]["readOnlyRootFilesystem"] is True
