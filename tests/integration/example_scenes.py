"""Each example: what its user brings, which DAGs run, and what is other than in its manifests."""

from __future__ import annotations

import re
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
    namespaces: Mapping[str, str] = field(default_factory=dict)
    """Release -> its namespace, where that is another."""
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
        for file in sorted((FOLDER / name).rglob("*.k8s.yaml"))
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


def logs_are_in_the_bucket(cluster: Cluster, airflow: AirflowClient) -> None:
    """The API server reads the logs of task pods that are gone, from the bucket."""
    (dag,) = TUTORIAL["af1"]
    runs = airflow.get(f"dags/{dag}/dagRuns?run_type=manual")["dag_runs"]
    (run,) = [run["dag_run_id"] for run in runs]
    place = f"s3://airflow-logs/af1/dag_id={dag}"

    def there() -> bool:  # a task pod sends its log after it has told that the task has ended
        return all(place in airflow.log(dag, run, task) for task in airflow.tasks(dag, run))

    airflow.wait(there, 60, "all logs in the bucket")
    path = f"dags/{dag}/dagRuns/{run}/taskInstances/print_date/xcomEntries/return_value"
    value = str(airflow.get(path)["value"])
    assert value.startswith("s3://cdk8s_airflow_xcom@airflow-logs/xcom/af1/"), value


def a_backup_is_in_the_bucket(cluster: Cluster, airflow: AirflowClient) -> None:
    """The command of the README takes one, and its log is as there."""
    (cron_job,) = (
        item
        for item in cluster.node.store.all("CronJob", "airflow")
        if item["metadata"]["name"] == "af1-backup"
    )
    template = cron_job["spec"]["jobTemplate"]
    metadata = {**template["metadata"], "name": "now", "namespace": "airflow"}
    kind = {"apiVersion": "batch/v1", "kind": "Job"}
    cluster.node.apply([{**kind, "metadata": metadata, "spec": template["spec"]}])
    cluster.node.wait_ready(300)
    log = cluster.node.pod("now").log("backup")
    assert re.search(r"DONE: airflow\.af1\.\S+\.tar\.gz\.age has \d+ bytes, from a dump of", log), (
        log
    )
    assert "1 backups are kept, from airflow.af1." in log


def metrics_are_scraped(cluster: Cluster, airflow: AirflowClient) -> None:
    """Those of Airflow and of the DAG, as the README shows them."""

    def scraped(component: str, port: int) -> str:
        (pod,) = cluster.node.controller(f"af1-{component}").pods
        with urllib.request.urlopen(f"http://{pod.ip}:{port}/metrics", timeout=10) as answer:
            text: str = answer.read().decode()
        return text

    def there() -> bool:
        text = scraped("statsd", 9102)
        return (
            'orders_loaded_total{country="de"} 3' in text
            and 'airflow_ti_finish_total{dag_id="orders",state="success",task_id="load"} 2' in text
            and 'pg_database_size_bytes{datname="airflow"' in scraped("postgresql-exporter", 9187)
            and 'redis_key_size{db="db0",key="default"} 0' in scraped("redis-exporter", 9121)
        )

    airflow.wait(there, 30, "the metrics of the run")


def alerts_have_their_metrics(cluster: Cluster, airflow: AirflowClient) -> None:
    """What the alerts ask of a release that is well is sent; the others count trouble."""
    (rule,) = [each for each in manifests("alerts") if each["kind"] == "PrometheusRule"]
    asked = {
        name
        for each in rule["spec"]["groups"][0]["rules"]
        for name in re.findall(r"\b((?:airflow|pg)_\w+)\{", each["expr"])
    }
    # Tasks that wait are counted each half minute: here none waits so long.
    trouble = ("processor_timeouts_total", "blocked_main_thread_total", "ti_queued")
    wanted = {name for name in asked if not name.endswith(trouble)}

    def there() -> bool:
        found = ""
        for component, port in (("statsd", 9102), ("postgresql-exporter", 9187)):
            (pod,) = cluster.node.controller(f"af1-{component}").pods
            with urllib.request.urlopen(f"http://{pod.ip}:{port}/metrics", timeout=10) as answer:
                found += answer.read().decode()
        return all(re.search(rf"^{name}[{{ ]", found, re.MULTILINE) for name in wanted)

    airflow.wait(there, 90, "the metrics of the alerts")


def metrics_and_traces_are_sent_on(cluster: Cluster, airflow: AirflowClient) -> None:
    """The vendor has a trace of the run, and the scrape is what the README shows."""
    (collector,) = cluster.node.controller("af1-otel-collector").pods
    (vendor,) = (pod for pod in cluster.node.pods() if pod.name.startswith("otlp"))

    def read(address: str) -> str:
        with urllib.request.urlopen(f"http://{address}", timeout=10) as answer:
            text: str = answer.read().decode()
            return text

    def there() -> bool:
        ends = [
            line
            for line in read(f"{collector.ip}:8889/metrics").splitlines()
            if line.startswith('airflow_ti_finish_total{dag_id="tutorial"')
            and 'state="success"' in line
            and 'task_id="sleep"' in line
        ]
        return bool(ends) and "dag_run.tutorial" in read(f"{vendor.ip}:9000/")

    airflow.wait(there, 90, "the metrics and the trace of the run")


def objects_are_as_declared(cluster: Cluster, airflow: AirflowClient) -> None:
    """The log is that of the README, and the UI lists what the code declares."""
    (pod,) = cluster.node.controller("af1-objects").pods
    assert "users: 2 created: ann, ben\nall is as declared" in pod.log("objects")
    ids = {row["connection_id"] for row in airflow.get("connections")["connections"]}
    assert {"warehouse", "weather"} < ids
    assert airflow.get("pools/default_pool")["slots"] == 64


def each_has_its_own(cluster: Cluster, airflow: AirflowClient) -> None:
    """A release knows its own DAG alone, and every key in Redis is of one release."""
    (dag,) = airflow.get("dags")["dags"]
    runs = airflow.get("dags/~/dagRuns")["dag_runs"]
    assert {run["dag_id"] for run in runs} == {dag["dag_id"]}
    (redis,) = [pod for pod in cluster.node.pods() if pod.name == "redis-0"]
    ask = f"redis-cli --no-auth-warning -a {needs.PASSWORD} -n"
    found = [redis.exec("sh", "-c", f"{ask} {number} --scan") for number in (0, 1)]
    assert [each.exit_code for each in found] == [0, 0], found
    keys = [key for each in found for key in each.output.split()]
    assert {"sales", "reports"} <= {key.partition(":")[0] for key in keys}, keys
    assert all(key.startswith(("sales:", "reports:")) for key in keys), keys


_SQL = """
import os, psycopg2
word = os.environ["DATABASE_PASSWORD"]
places = {{"servers-pgbouncer": 6432, "servers-postgresql-server": 5432}}
for place, database in {tried}:
    try:
        psycopg2.connect(
            host=place + ".airflow-servers.svc", port=places[place], user={user!r},
            dbname=database, password=word, connect_timeout=5,
        )
        print("open")
    except psycopg2.OperationalError as error:
        said = str(error)
        # A NetworkPolicy is silence, or here a refusal at once.
        stopped = "timeout" in said or "Connection refused" in said
        print("stopped" if stopped else "closed" if "FATAL" in said else said)
"""
_REDIS = """
import os, redis
client = redis.Redis(
    host="servers-redis-server.airflow-servers.svc", username={user!r},
    password=os.environ["BROKER_PASSWORD"],
)
others = {other!r}
for command in (
    ("LLEN", {user!r} + ":default"), ("LLEN", others + ":default"), ("GET", others + ":x"),
    ("PUBLISH", others + ":/0.celery.pidbox", "x"), ("SCAN", "0"), ("KEYS", "*"), ("ACL", "LIST"),
    ("CONFIG", "GET", "*"),
):
    try:
        client.execute_command(*command)
        print("open")
    except redis.exceptions.NoPermissionError:
        print("closed")
"""


def no_release_reaches_another(cluster: Cluster, airflow: AirflowClient) -> None:
    """Neither its database, nor its queues, whichever way it goes and with its own password."""
    (dag,) = airflow.get("dags")["dags"]
    user = dag["dag_id"]
    (other,) = {"sales", "reports"} - {user}

    def tried(component: str, code: str) -> list[str]:
        pod = cluster.node.pods(f"{user}-{component}")[0]
        done = pod.exec("python", "-c", code)
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    databases = [user, other, "airflow", "postgres"]
    pooled = [("servers-pgbouncer", name) for name in databases]
    direct = [("servers-postgresql-server", user)]
    code = _SQL.format(tried=[*pooled, *direct], user=user)
    # Its own by the pool; another's never; nothing but Jobs may go to PostgreSQL itself.
    assert tried("scheduler", code) == ["open", "closed", "closed", "closed", "stopped"]
    found = tried("worker", _REDIS.format(user=user, other=other))
    assert found == ["open", *["closed"] * 7]
    asked = "import os; print('DATABASE_PASSWORD' in os.environ)"
    assert tried("worker", asked) == ["False"]
    sql = cluster.node.pods("servers-postgresql")[0]

    def rows(statement: str, database: str = "airflow") -> list[str]:
        done = sql.exec("psql", "-U", "airflow", "-d", database, "-At", "-c", statement)
        assert done.exit_code == 0, done.output
        return done.output.splitlines()

    assert rows("select rolname from pg_roles where rolsuper") == ["airflow"]
    allowed = "select has_database_privilege('{}', '{}', 'connect')"
    own = [rows(allowed.format(user, name)) for name in databases]
    assert own == [["t"], ["f"], ["f"], ["f"]]
    runs = "select distinct dag_id from dag_run"
    assert rows(runs, user) == [user]
    known = "select count(*) from pooler.login('{}') where word is not null"
    assert [rows(known.format(name), user) for name in (user, other, "airflow")] == [
        ["1"],
        ["0"],
        ["0"],
    ]


EXAMPLES = {
    "alerts": Example(runs=TUTORIAL, then=alerts_have_their_metrics),
    "autoscaling": Example(runs=HELLO),
    "backup": Example(
        runs=TUTORIAL,
        needs=needs.backup,
        then=a_backup_is_in_the_bucket,
    ),
    "connections": Example(runs={"af1": ["ad_hoc_query"]}, needs=needs.connections),
    "dags-in-image": Example(runs=HELLO, needs=needs.dags_in_image),
    "dags-volume": Example(runs=TUTORIAL, needs=needs.dags_volume),
    "executors": Example(
        runs={"af1": ["choose"], "small": ["tutorial"]},
        suite="two executors at once, and tasks that choose",
    ),
    # The image of Vault is not here: a stand-in for its agent does what the ConfigMap says.
    "extension": Example(runs={"af1": ["sync_crm"]}, needs=needs.extension),
    # There is no External Secrets here: its Secrets are those that it would make.
    "external-secrets": Example(
        runs={"af1": ["report"]}, needs=needs.external_secrets, admin="airflow-admin"
    ),
    "external-services": Example(
        runs=TUTORIAL, needs=needs.external_services, admin="airflow-admin"
    ),
    "fleet": Example(
        runs={"sales": ["sales"], "reports": ["reports"]},
        needs=needs.fleet,
        then=each_has_its_own,
        suite="two releases on one PostgreSQL and one Redis",
    ),
    "fleet-servers": Example(
        runs={"sales": ["sales"], "reports": ["reports"]},
        namespaces={"sales": "sales", "reports": "reports"},
        needs=needs.fleet_servers,
        then=no_release_reaches_another,
        suite="two releases on one PostgreSQL, one PgBouncer and one Redis, in three namespaces",
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
    "key-rotation": Example(runs=TUTORIAL, admin="af1-admin-password-2"),
    "kubernetes-executor": Example(
        runs={"af1": ["synced"]},
        needs=needs.kubernetes_executor,
        suite="task pods in a namespace apart that fetch their DAGs from git",
    ),
    "ldap": Example(
        runs={"af1": ["sales_report", "finance_report"]},
        needs=needs.ldap,
        admin="password-of-an-admin",  # of the directory
    ),
    "log-volume": Example(
        runs=TUTORIAL, then=logs_outlive_pods, suite="one volume for the logs of all pods"
    ),
    "metrics": Example(runs={"af1": ["orders"]}, then=metrics_are_scraped),
    "mysql": Example(runs=TUTORIAL, needs=needs.mysql, changes={"af1-scheduler": for_mariadb}),
    "objects": Example(runs={"af1": ["load"]}, needs=needs.objects, then=objects_are_as_declared),
    # The collector's image is not here: a stand-in does what the ConfigMap says.
    "opentelemetry": Example(
        runs=TUTORIAL, needs=needs.opentelemetry, then=metrics_and_traces_are_sent_on
    ),
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
    "s3-logs": Example(runs=TUTORIAL, needs=needs.s3_logs, then=logs_are_in_the_bucket),
    "values": Example(runs=HELLO, needs=needs.values, namespace="data", admin=None),
    "ways-out": Example(runs=TUTORIAL),
}
"""Folder of examples/ -> how it is started."""
