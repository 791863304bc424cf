"""Each example: what its user brings, which DAGs run, and what is other than in its manifests."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import yaml
from integration import example_needs as needs
from integration.airflow_client import AirflowClient
from integration.assigned_ids import admitted
from integration.example_cluster import Cluster
from integration.example_needs import FOLDER
from integration.node.objects import Manifest

TUTORIAL = {"af1": ["tutorial"]}
HELLO = {"af1": ["hello"]}


@dataclass(frozen=True, kw_only=True)
class Example:
    """How an example is started."""

    runs: Mapping[str, Sequence[str]]
    """Release -> its DAGs that are run to their end."""
    needs: Callable[[Cluster], list[Manifest]] = lambda cluster: []
    """What is there beside the bundle: hosts, and the objects that its README asks for."""
    namespace: str = "airflow"
    prefix: str = ""
    """The path below which UI and API answer."""
    admin: str | None = ""
    """The Secret with the admin's password, if not the generated; None: there is no admin."""
    admit: Callable[[Manifest], Manifest] = lambda manifest: manifest
    """What the cluster makes of each object that it takes."""
    changes: Mapping[str, Callable[[Manifest], None]] = field(default_factory=dict)
    """Workload -> what is other than in the manifest, where this machine cannot do as it says."""
    then: Callable[[Cluster, AirflowClient], None] = lambda cluster, airflow: None
    """What holds when the DAGs of a release have run."""
    suite: str = ""
    """What of its wiring no other integration test has: it is started with all of them then."""


def manifests(name: str) -> list[Manifest]:
    """The committed manifests of an example."""
    return [
        manifest
        for file in sorted((FOLDER / name).glob("*.k8s.yaml"))
        for manifest in yaml.safe_load_all(file.read_text())
        if manifest is not None
    ]


def for_mariadb(scheduler: Manifest) -> None:
    """What `mariadb=True` adds, as the example's README says: Debian has no MySQL server."""
    for container in scheduler["spec"]["template"]["spec"]["containers"]:
        container["env"].append(
            {"name": "AIRFLOW__SCHEDULER__PARSING_CLEANUP_INTERVAL", "value": "31536000"}
        )


def logs_outlive_pods(cluster: Cluster, airflow: AirflowClient) -> None:
    """The API server reads the logs of task pods that are gone, from the one volume."""

    def gone() -> bool:
        labels = [pod.manifest["metadata"]["labels"] for pod in cluster.node.pods()]
        return "task" not in {each["app.kubernetes.io/component"] for each in labels}

    airflow.wait(gone, 120, "the end of the task pods")
    (dag,) = TUTORIAL["af1"]
    runs = airflow.get(f"dags/{dag}/dagRuns?run_type=manual")["dag_runs"]
    (run,) = [run["dag_run_id"] for run in runs]
    for task in airflow.tasks(dag, run):
        log = airflow.log(dag, run, task)
        assert "Could not read served logs" not in log, task
        assert "/opt/airflow/logs/" in log, "the source that Airflow names"


def metrics_are_scraped(cluster: Cluster, airflow: AirflowClient) -> None:
    """Those of Airflow and of the DAG, as the README shows them."""
    (pod,) = cluster.node.controller("af1-statsd").pods

    def there() -> bool:
        with urllib.request.urlopen(f"http://{pod.ip}:9102/metrics", timeout=10) as answer:
            text = answer.read().decode()
        return (
            'orders_loaded_total{country="de"} 3' in text
            and 'airflow_ti_finish_total{dag_id="orders",state="success",task_id="load"} 2' in text
        )

    airflow.wait(there, 30, "the metrics of the run")


EXAMPLES = {
    "autoscaling": Example(runs=HELLO),
    "connections": Example(runs={"af1": ["ad_hoc_query"]}, needs=needs.connections),
    "dags-in-image": Example(runs=HELLO, needs=needs.dags_in_image),
    "dags-volume": Example(runs=TUTORIAL, needs=needs.dags_volume),
    "executors": Example(
        runs={"af1": ["choose"], "small": ["tutorial"]},
        suite="two executors at once, and tasks that choose",
    ),
    # The image of Vault is not here: a stand-in for its agent does what the ConfigMap says.
    "extension": Example(runs={"af1": ["sync_crm"]}, needs=needs.extension),
    "external-services": Example(
        runs=TUTORIAL, needs=needs.external_services, admin="airflow-admin"
    ),
    "gateway": Example(runs=TUTORIAL, prefix="/airflow"),
    "git-dags": Example(runs={"af1": ["branch", "tagged"]}, needs=needs.git_dags),
    "git-sync": Example(runs={"af1": ["synced"], "af2": ["synced"]}, needs=needs.git_sync),
    "high-availability": Example(
        runs={"af1": ["sales", "reports"]},
        needs=needs.high_availability,
        suite="two of each process, a DAG processor for each repository",
    ),
    "ingress": Example(runs=TUTORIAL, prefix="/airflow"),
    "kubernetes-executor": Example(
        runs={"af1": ["synced"]},
        needs=needs.kubernetes_executor,
        suite="task pods in a namespace apart that fetch their DAGs from git",
    ),
    "log-volume": Example(
        runs=TUTORIAL, then=logs_outlive_pods, suite="one volume for the logs of all pods"
    ),
    "metrics": Example(runs={"af1": ["orders"]}, then=metrics_are_scraped),
    "mysql": Example(runs=TUTORIAL, needs=needs.mysql, changes={"af1-scheduler": for_mariadb}),
    "pgbouncer": Example(runs=TUTORIAL, needs=needs.pgbouncer),
    "production": Example(
        runs={"af1": ["sales", "reports"]},
        needs=needs.production,
        prefix="/airflow",
        admit=admitted,
    ),
    "quickstart": Example(runs=HELLO),
    "rabbitmq": Example(runs=TUTORIAL),
    "redis-sentinel": Example(runs=TUTORIAL, needs=needs.redis_sentinel),
    "reload": Example(runs=TUTORIAL, needs=needs.reload),
    "values": Example(runs=HELLO, needs=needs.values, namespace="data", admin=None),
    "ways-out": Example(runs=TUTORIAL),
}
"""Folder of examples/ -> how it is started."""
