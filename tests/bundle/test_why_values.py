"""Why each number and word is what it is that otherwise only a committed manifest holds.

A row is a decision: who changes a value finds here what it was for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from bundle.everything import RELEASES, bundle, makers, pods

import cdk8s_airflow
from cdk8s_airflow.checks.bundle import env_literals
from cdk8s_airflow.components.base import WAIT_SECONDS
from cdk8s_airflow.parts.config import DEFAULTS
from cdk8s_airflow.parts.config_owned import OWNED

START = "looked at often, as it costs little and others wait for it; five minutes in all"
COSTS = "5 s in all at least, and each look costs a processor, so it looks seldom"
TRAFFIC = "half a minute until a pod that does not answer gets no traffic"
PATIENCE = "a minute and a half: a busy process is not killed, a hanging one is"
BEAT = "a beat is old after 60 s, and a database that is away for a minute or two kills nobody"
FULL = "a server that replays its log for minutes is not killed in the middle of it"

PROBES: Mapping[tuple[str, str], tuple[int, int, int, str]] = {
    # Container, probe -> periodSeconds, timeoutSeconds, failureThreshold, why.
    ("api-server", "startup"): (2, 20, 150, f"{START}; the first answer takes 4 to 5 s"),
    ("api-server", "readiness"): (10, 5, 3, TRAFFIC),
    ("api-server", "liveness"): (15, 10, 6, PATIENCE),
    ("execution-api", "startup"): (2, 20, 150, f"{START}; the first answer takes 4 to 5 s"),
    ("execution-api", "readiness"): (10, 5, 3, TRAFFIC),
    ("execution-api", "liveness"): (15, 10, 6, PATIENCE),
    ("scheduler", "startup"): (2, 10, 150, START),
    ("scheduler", "readiness"): (10, 10, 3, "half a minute: a rollout waits for a beat"),
    ("scheduler", "liveness"): (30, 20, 5, BEAT),
    ("worker", "startup"): (10, 30, 30, f"five minutes; {COSTS}"),
    ("worker", "readiness"): (60, 30, 3, f"nobody sends it traffic; {COSTS}"),
    ("worker", "liveness"): (60, 30, 5, "five minutes: the broker may be away, tasks go on"),
    ("triggerer", "startup"): (2, 20, 150, START),
    ("triggerer", "readiness"): (30, 20, 3, BEAT),
    ("triggerer", "liveness"): (30, 20, 5, BEAT),
    ("dag-processor", "startup"): (2, 20, 150, START),
    ("dag-processor", "readiness"): (30, 20, 3, BEAT),
    ("dag-processor", "liveness"): (30, 20, 5, BEAT),
    ("flower", "startup"): (2, 10, 150, START),
    ("flower", "readiness"): (10, 5, 3, TRAFFIC),
    ("flower", "liveness"): (15, 10, 6, PATIENCE),
    ("postgresql", "startup"): (1, 5, 300, f"all pods wait for it; {FULL}"),
    ("postgresql", "readiness"): (10, 5, 3, TRAFFIC),
    ("postgresql", "liveness"): (15, 10, 6, f"{PATIENCE}; nothing is worse than a killed server"),
    ("redis", "startup"): (1, 5, 300, f"all pods wait for it; {FULL}"),
    ("redis", "readiness"): (10, 5, 3, TRAFFIC),
    ("redis", "liveness"): (15, 10, 6, PATIENCE),
    ("rabbitmq", "startup"): (2, 10, 150, f"an Erlang VM starts in 5 to 10 s; {FULL}"),
    ("rabbitmq", "readiness"): (10, 10, 3, TRAFFIC),
    ("rabbitmq", "liveness"): (15, 10, 6, PATIENCE),
    ("pgbouncer", "startup"): (2, 5, 30, "it starts in a second; a minute is plenty"),
    ("pgbouncer", "readiness"): (10, 5, 3, TRAFFIC),
    ("pgbouncer", "liveness"): (15, 5, 4, "a minute; another pod or a restart serves at once"),
    ("watch-files", "startup"): (5, 10, 720, "an hour, in which the server may come; then no more"),
    ("watch-files", "liveness"): (60, 10, 3, "it only copies Secrets that change seldom"),
    ("exporter", "liveness"): (30, 5, 4, "metrics may miss for two minutes"),
    ("log-groomer", "startup"): (5, 20, 24, "its first round may take two minutes"),
    ("log-groomer", "readiness"): (300, 20, 3, "it works every 15 minutes"),
    ("log-groomer", "liveness"): (300, 20, 3, "it works every 15 minutes"),
    ("kerberos", "readiness"): (30, 10, 2, "no task starts a minute after the ticket has ended"),
    ("kerberos", "liveness"): (60, 10, 5, "a KDC may be away for five minutes"),
    ("objects", "startup"): (5, 20, 720, "an hour, in which the API server may migrate first"),
    ("objects", "readiness"): (30, 20, 1, "a problem of the last pass is shown at once"),
    ("objects", "liveness"): (60, 20, 3, "it works every minute, and waits for the API server"),
    ("postgresql-exporter", "readiness"): (15, 5, 3, "as often as metrics are read"),
    ("postgresql-exporter", "liveness"): (30, 5, 4, "metrics may miss for two minutes"),
    ("redis-exporter", "readiness"): (15, 5, 3, "as often as metrics are read"),
    ("redis-exporter", "liveness"): (30, 5, 4, "metrics may miss for two minutes"),
    ("otel-collector", "readiness"): (5, 5, 3, "it starts in a second, and an answer is cheap"),
    ("otel-collector", "liveness"): (30, 5, 4, "metrics may miss for two minutes"),
    ("statsd-exporter", "readiness"): (5, 5, 3, "it starts in a second, and an answer is cheap"),
    ("statsd-exporter", "liveness"): (30, 5, 4, "metrics may miss for two minutes"),
    ("git-sync", "readiness"): (5, 5, 3, "true from the first sync on, so that it costs nothing"),
    ("git-sync", "liveness"): (15, 5, 4, "it only has to listen; a minute"),
}

PGBOUNCER_SIDECARS = ("exporter", "watch-files")

TASKS = "running tasks may end; longer ones are killed and retried"
PATIENT = "uvicorn waits up to 120 s for requests in flight (`-t`), and then it ends"
DATABASE = "it hands its tasks back, or marks its job as ended, in the database"
SHORT = "nothing is lost with it"
GRACE: Mapping[str, tuple[int, str]] = {
    # Component -> terminationGracePeriodSeconds, why.
    "api-server": (150, PATIENT),
    "execution-api": (150, PATIENT),
    "scheduler": (60, DATABASE),
    "scheduler (local)": (600, TASKS),
    "worker": (600, TASKS),
    "triggerer": (60, DATABASE),
    "dag-processor": (60, DATABASE),
    "pgbouncer": (120, "transactions end after it has left its Service"),
    "postgresql": (120, "its hook takes 20 s, and a checkpoint the rest"),
    "releases": (30, "what it makes is whole or made again"),
    "redis": (60, "it writes the append-only file to its disk"),
    "rabbitmq": (120, "it writes its queues to its disk"),
    **dict.fromkeys(
        ("task", "flower", "git-sync", "statsd", "bootstrap", "migrations", "create-admin"),
        (30, SHORT),
    ),
    **dict.fromkeys(("postgresql-exporter", "redis-exporter", "otel-collector"), (30, SHORT)),
    "database-cleanup": (30, SHORT),
    **dict.fromkeys(("backup", "backup-verify", "restore"), (30, "what is half is aborted")),
    "objects-account": (30, SHORT),
    "finished-pods": (30, SHORT),
    "objects": (30, SHORT),
    "rotate-fernet-key": (30, SHORT),
}

MEASURED = "measured on an idle release, with room above it; no CPU limit, which throttles a start"
RESOURCES: Mapping[str, tuple[str, str, str, str]] = {
    # Container -> requested CPU, memory, memory limit, why.
    "api-server": ("200m", "512Mi", "1Gi", "310 MiB with FAB and a warm execution API"),
    "execution-api": ("200m", "384Mi", "1Gi", "228 MiB"),
    "scheduler": ("100m", "384Mi", "1Gi", "250 MiB under load"),
    "scheduler (local)": (
        "200m",
        "1344Mi",
        "2688Mi",
        "384Mi, 60Mi for each of 16 tasks; twice that",
    ),
    "worker": ("200m", "1Gi", "2Gi", "256Mi and 96Mi for each of 8 tasks; twice that"),
    "base": ("100m", "384Mi", "1Gi", "Airflow takes 300 MiB of it"),
    "triggerer": ("100m", "384Mi", "768Mi", "253 MiB; triggers are small"),
    "dag-processor": ("100m", "384Mi", "1Gi", "166 MiB, and what DAG files import"),
    "flower": ("50m", "256Mi", "512Mi", MEASURED),
    **dict.fromkeys(
        ("migrations", "create-admin", "database-cleanup", "objects-account", "rotate-fernet-key"),
        ("100m", "256Mi", "1Gi", "one command of Airflow at a time"),
    ),
    **dict.fromkeys(
        ("backup", "backup-verify", "restore"),
        ("100m", "256Mi", "1Gi", "SQLAlchemy, and parts of an upload of up to 160 MiB"),
    ),
    "database-client": (
        "100m",
        "64Mi",
        "512Mi",
        "pg_dump streams the rows of all tables",
    ),
    "scratch-database": ("100m", "256Mi", "1Gi", "as the release's own PostgreSQL"),
    **dict.fromkeys(
        ("wait-for-servers", "wait-for-migrations", "wait-for-api-server", "wait-for-database"),
        ("50m", "256Mi", "512Mi", "it may become a command of Airflow that only asks"),
    ),
    "bootstrap": ("50m", "64Mi", "256Mi", "Python's own modules"),
    "finished-pods": ("50m", "64Mi", "256Mi", "Python's own modules; a page of 500 pods"),
    "objects": ("50m", "96Mi", "256Mi", "Python's own modules; Airflow's SDK for URIs"),
    "install-packages": ("200m", "256Mi", "1Gi", "pip builds what has no wheel"),
    "join-certificates": ("50m", "32Mi", "64Mi", "Python's own modules"),
    "write-connections": ("50m", "32Mi", "64Mi", "Python's own modules"),
    "kerberos": ("20m", "192Mi", "384Mi", "it imports Airflow's settings"),
    "kerberos-init": ("20m", "192Mi", "384Mi", "it imports Airflow's settings"),
    "copy-passwords": ("10m", "16Mi", "32Mi", "a copy of a small file"),
    "log-groomer": ("10m", "24Mi", "64Mi", "10 MiB, with 100,000 files too"),
    "git-sync": ("20m", "64Mi", "256Mi", "repositories of up to 100 MiB"),
    "git-sync-init": ("20m", "64Mi", "256Mi", "repositories of up to 100 MiB"),
    "wait-for-dags": ("10m", "16Mi", "64Mi", "a shell that sleeps"),
    "releases": ("50m", "128Mi", "256Mi", "a client of PostgreSQL and Redis, without Airflow"),
    "result-database": ("50m", "128Mi", "256Mi", "a client of PostgreSQL, without Airflow"),
    "database-roles": ("50m", "128Mi", "256Mi", "a client of PostgreSQL, without Airflow"),
    "write-token-keys": ("50m", "32Mi", "64Mi", "Python's own modules"),
    "postgresql": ("100m", "256Mi", "1Gi", "54 MiB, and what 200 connections take"),
    "redis": ("50m", "64Mi", "512Mi", "8 MiB; a queued task takes 2 KiB"),
    "rabbitmq": ("100m", "256Mi", "1Gi", "publishers are blocked at 512Mi"),
    "pgbouncer": ("50m", "32Mi", "128Mi", "2 KiB for each client"),
    "watch-files": ("10m", "48Mi", "128Mi", "Python's own modules"),
    "write-files": ("10m", "48Mi", "128Mi", "Python's own modules"),
    "exporter": ("10m", "32Mi", "64Mi", "a program in Go"),
    "statsd-exporter": ("50m", "64Mi", "256Mi", "a program in Go, with a series for each label"),
    "otel-collector": ("100m", "128Mi", "512Mi", "a program in Go that counts 100000 series"),
    "postgresql-exporter": ("20m", "32Mi", "128Mi", "a program in Go, with series for tables"),
    "redis-exporter": ("20m", "32Mi", "128Mi", "a program in Go, with series for commands"),
    "monitoring-role": ("50m", "128Mi", "256Mi", "a client of PostgreSQL, without Airflow"),
}

RETRIES = "an execution API that is away for 108 s fails no task"
OPTIONS: Mapping[tuple[str, str], tuple[object, str]] = {
    # Default of the library -> value, why.
    ("workers", "execution_api_retries"): (28, f"27 waits of 4 s at least: {RETRIES}"),
    ("workers", "execution_api_retry_wait_min"): (4, RETRIES),
    ("workers", "execution_api_retry_wait_max"): (8, RETRIES),
    ("scheduler", "task_instance_heartbeat_timeout"): (180, "108 s, a wait, a minute of grace"),
    ("celery", "task_publish_max_retries"): (600, "a try a second, as long as a task is queued"),
    ("celery_broker_transport_options", "visibility_timeout"): (86400, "named, so no warning"),
    ("core", "load_examples"): (False, "images of others may load them"),
    ("logging", "colored_console_log"): (False, "collectors read escape sequences as text"),
}

SERVERS = "a server lost with its node is silent; 5 s are two lost packets, or a busy answer"
BROKER = "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS"
ENVIRONMENT: Mapping[str, tuple[str, str]] = {
    # Variable with a number or a truth value -> value, why.
    **{
        f"AIRFLOW__{section}__{option}".upper(): (str(value), reason)
        for (section, option), (value, reason) in OPTIONS.items()
    },
    f"{BROKER}__HEALTH_CHECK_INTERVAL": ("5", SERVERS),
    f"{BROKER}__SOCKET_CONNECT_TIMEOUT": ("5", SERVERS),
    f"{BROKER}__SOCKET_TIMEOUT": ("5", SERVERS),
    f"{BROKER}__SOCKET_KEEPALIVE": ("True", SERVERS),
    f"{BROKER}__READ_TIMEOUT": ("5", SERVERS),
    f"{BROKER}__WRITE_TIMEOUT": ("5", SERVERS),
    f"{BROKER}__CONFIRM_PUBLISH": ("True", "what only a socket has taken is not sent"),
    "AIRFLOW__CORE__PARALLELISM": ("16", "tasks that the scheduler's own memory is sized for"),
    "AIRFLOW__KERBEROS__FORWARDABLE": ("True", "Airflow's own"),
    "AIRFLOW__KERBEROS__INCLUDE_IP": (
        "False",
        "traffic leaves the cluster by the address of a node",
    ),
    "AIRFLOW__KERBEROS__REINIT_FREQUENCY": ("3600", "Airflow's own; tickets last for hours"),
    "AIRFLOW__KUBERNETES_EXECUTOR__TASK_PUBLISH_MAX_RETRIES": ("-1", "a full quota is no failure"),
    "AIRFLOW__KUBERNETES_EXECUTOR__WORKER_PODS_CREATION_BATCH_SIZE": (
        "16",
        "one pod a loop is Airflow's own, and slow",
    ),
    "AIRFLOW__API_AUTH__JWT_KID": ("2", "the number of the key, that of the release `rotation`"),
    "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": ("True", "the probes ask it"),
    "AIRFLOW__METRICS__OTEL_ON": ("True", "metrics= says so"),
    "AIRFLOW__TRACES__OTEL_ON": ("True", "metrics= says so"),
    "AIRFLOW__TRACES__TASK_RUNNER_FLUSH_TIMEOUT_MILLISECONDS": (
        "5000",
        "a task waits no longer for a server that is away",
    ),
    "OTEL_EXPORTER_OTLP_TIMEOUT": ("5", "the same, of metrics; a near server needs milliseconds"),
    "OTEL_METRIC_EXPORT_INTERVAL": ("60000", "the SDK's own, which backends expect"),
    "AIRFLOW__METRICS__STATSD_ON": ("True", "metrics= says so"),
    "AIRFLOW__METRICS__STATSD_PORT": ("9125", "that of the exporter's Service"),
    "AIRFLOW__METRICS__STATSD_INFLUXDB_ENABLED": ("True", "tags become labels"),
    "AIRFLOW__METRICS__LEGACY_NAMES_ON": ("False", "each metric would come twice"),
    "POSTGRESQL_PORT": ("5432", "the server's own"),
    "REDIS_PORT": ("6379", "the server's own"),
    "CONNECTION_CHECK_MAX_COUNT": ("0", "waits do it; the entrypoint would import Airflow"),
    "CONSUMER_TIMEOUT_MS": ("31536000000", "a year: a longer task would be delivered again"),
    "DUMB_INIT_SETSID": ("0", "SIGTERM is for the process, not for its running tasks"),
    "FLOWER_MAX_TASKS": ("10000", "what Flower keeps in its memory"),
    "GIT_TERMINAL_PROMPT": ("0", "nobody is there to answer"),
    "PYTHONDONTWRITEBYTECODE": ("1", "it is for nobody, and fills a small /tmp"),
    "PIP_USER": ("0", "the image says 1, which ends up outside of the volume"),
    "RECONNECT_SECONDS": ("100", "a process waits for its database as long as a task may"),
}

BEATS = "older beats mean a process that hangs, with Airflow's own beat of 5 s"
STALLS = "and five minutes with nothing done: more than twice an outage and what comes after it"
NUMBERS: Mapping[str, tuple[list[str], str]] = {
    # Container, or its probes -> numbers on the command line, why.
    "api-server": (["8080"], "the port of the Service"),
    "execution-api": (["8080"], "the port of the Service"),
    "create-admin": (["600"], "the wait for the API server"),
    "objects-account": (["600"], "the wait for the API server"),
    "objects": (["600"], "the wait for the API server, which may migrate before"),
    "migrations": (["600"], "the wait for the database"),
    "releases": (["600"], "the wait for the Secrets of releases"),
    "wait-for-servers": (["600"], "ten minutes"),
    "wait-for-migrations": (["600"], "ten minutes"),
    "wait-for-database": (["600"], "ten minutes"),
    "wait-for-api-server": (["600"], "ten minutes"),
    "database-cleanup": (["90"], "days of history"),
    "finished-pods": (["72"], "hours, over a weekend"),
    "database-roles": (["540", "5432"], "the wait for the database, and its port"),
    "monitoring-role": (["540", "5432"], "the wait for the database, and its port"),
    "dag-processor probe": (["60"], BEATS),
    "triggerer probe": (["60"], BEATS),
    "worker": (["8"], "tasks at once, for which its memory is sized"),
    "worker probe": (["10"], "seconds for an answer, less than the probe's own 30"),
    "worker liveness": (["10", "300"], STALLS),
    "scheduler liveness": (["8", "300"], STALLS),
    "log-groomer": (["15", "8589934592", "900"], "days, 8Gi, a round each quarter of an hour"),
    "log-groomer probe": (["15", "8589934592", "900"], "the same, to know when a round is late"),
}

PORTS: Mapping[tuple[str, str], tuple[int, str]] = {
    # Container, name of the port -> number, why.
    ("api-server", "http"): (8080, "Airflow's own"),
    ("execution-api", "http"): (8080, "that of the API server, whose clients it has"),
    ("scheduler", "health"): (8974, "Airflow's own"),
    ("scheduler", "worker-logs"): (8793, "where Airflow looks for logs of tasks"),
    ("worker", "worker-logs"): (8793, "where Airflow looks for logs of tasks"),
    ("triggerer", "trigger-logs"): (8794, "where Airflow looks for logs of triggers"),
    ("flower", "flower"): (5555, "Flower's own"),
    ("postgresql", "postgresql"): (5432, "PostgreSQL's own"),
    ("redis", "redis"): (6379, "that of Redis"),
    ("rabbitmq", "amqp"): (5672, "that of AMQP"),
    ("pgbouncer", "pgbouncer"): (6432, "PgBouncer's own"),
    ("exporter", "metrics"): (9127, "the exporter's own"),
    ("otel-collector", "otlp-http"): (4318, "OpenTelemetry's own"),
    ("otel-collector", "metrics"): (8889, "the usual one of the collector's exporter"),
    ("otel-collector", "health"): (13133, "the collector's own"),
    ("postgresql-exporter", "metrics"): (9187, "the exporter's own"),
    ("redis-exporter", "metrics"): (9121, "the exporter's own"),
    ("statsd-exporter", "statsd"): (9125, "the exporter's own"),
    ("statsd-exporter", "metrics"): (9102, "the exporter's own"),
    ("git-sync", "git-sync"): (1234, "that of git-sync's own examples"),
}

MODES: Mapping[str, tuple[int, str]] = {
    # Volume -> defaultMode, why. All others are ConfigMaps, which everybody may read.
    "pgbouncer-source": (0o440, "passwords, for the process's group and no one else"),
    "passwords-brought": (0o440, "clear text"),
    "kerberos-keytab": (0o440, "a keytab is a password"),
    "secrets": (0o440, "all generated keys and passwords"),
    "identity": (0o440, "the private key of backups"),
    "objects": (0o440, "credentials of connections, and first passwords"),
}

PGBOUNCER: Mapping[str, tuple[str, str]] = {
    # Option of PgBouncer -> value, why.
    "listen_addr": ("*", "both families, as the pod has them"),
    "listen_port": ("6432", "that of the Service"),
    "unix_socket_dir": ("/run/pgbouncer/sockets", "the exporter's way in, without a password"),
    "auth_type": ("hba", "each user may open its own database alone"),
    "auth_hba_file": ("/run/pgbouncer/files/hba.conf", "in memory"),
    "auth_file": ("/run/pgbouncer/files/users.txt", "in memory, as it holds passwords"),
    "pool_mode": ("transaction", "idle sessions of Airflow hold no connection to the server"),
    "max_client_conn": ("200", "more than all processes together open"),
    "max_prepared_statements": ("200", "asyncpg uses statements in other transactions"),
    "server_login_retry": ("2", "a server or a password that is right again is noticed soon"),
    "server_connect_timeout": ("5", SERVERS),
    "tcp_keepidle": ("10", "20 s of silence in all, as all other clients"),
    "tcp_keepintvl": ("5", "20 s of silence in all, as all other clients"),
    "tcp_keepcnt": ("2", "20 s of silence in all, as all other clients"),
    "tcp_user_timeout": ("20000", "20 s of silence in all, as all other clients"),
    "server_tls_sslmode": ("prefer", "libpq's own"),
    "stats_users": ("exporter", "it reads statistics and may change nothing"),
    "ignore_startup_parameters": ("extra_float_digits", "the exporter's driver sends it"),
    "log_connections": ("0", "probes would fill the log"),
    "log_disconnections": ("0", "probes would fill the log"),
}

REDIS = bundle("default").container("StatefulSet", "af1-redis")
POSTGRESQL = bundle("default").container("StatefulSet", "af1-postgresql")
RABBITMQ = bundle("rabbitmq").container("StatefulSet", "af1-rabbitmq")


MAKERS: Mapping[str, str] = {
    # Module that makes containers -> one of them.
    **{
        name: name.replace("_", "-")
        for name in (
            *("api_server", "bootstrap", "create_admin", "dag_processor", "database_cleanup"),
            *("backup", "backup_verify"),
            *("execution_api", "flower", "migrations", "postgresql", "rabbitmq", "redis"),
            *(
                "finished_pods",
                "result_database",
                "scheduler",
                "triggerer",
                "log_groomer",
                "kerberos",
            ),
        )
    },
    "reconciler": "objects",
    "backup_pods": "database-client",
    "backup_restore": "restore",
    "base": "wait-for-servers",
    "ca_bundle": "join-certificates",
    "celery_worker": "worker",
    "chart": "releases",  # of a fleet's servers
    "connections": "write-connections",
    "database_roles": "database-roles",
    "fernet_rotation": "rotate-fernet-key",
    "git_sync": "wait-for-dags",
    "git_sync_process": "git-sync",
    "known_tokens": "write-token-keys",
    "packages": "install-packages",
    "pgbouncer_server": "pgbouncer",
    "otel_collector": "otel-collector",
    "postgresql_exporter": "monitoring-role",
    "server_exporter": "redis-exporter",
    "simple": "copy-passwords",
    "statsd_exporter": "statsd-exporter",
    "task_pods": "base",
}


def test_the_releases_have_a_container_of_each_module_that_makes_some() -> None:
    """A new one needs a release in `bundle.everything`, and rows in the tables here."""
    assert makers() == MAKERS.keys()
    found = {container["name"] for _, pod in pods() for container in pod.containers}
    assert found >= set(MAKERS.values())


def probes() -> Iterator[tuple[tuple[str, str], tuple[int, int, int]]]:
    """Each probe of each container of each release."""
    numbers = ("periodSeconds", "timeoutSeconds", "failureThreshold")
    for _, pod in pods():
        for container in pod.containers:
            for name in ("startup", "readiness", "liveness"):
                if found := container.get(f"{name}Probe"):
                    period, timeout, failures = (found[number] for number in numbers)
                    yield (container["name"], name), (period, timeout, failures)


def test_no_probe_is_missing_in_the_table_and_each_is_as_it_says() -> None:
    found = set(probes())
    assert {key for key, _ in found} == PROBES.keys()
    for key, numbers in found:
        assert numbers == PROBES[key][:3], (key, PROBES[key][3])


@pytest.mark.parametrize("container", sorted({name for name, _ in PROBES}))
def test_a_process_loses_its_traffic_before_its_life_and_has_minutes_to_start(
    container: str,
) -> None:
    spans = {}
    for probe in ("startup", "readiness", "liveness"):
        if row := PROBES.get((container, probe)):
            spans[probe] = row[0] * row[2]
    if container in PGBOUNCER_SIDECARS:  # see test_every_pod.py
        assert spans.pop("readiness", None) is None
    else:
        assert spans["readiness"] <= spans["liveness"]
    assert spans["liveness"] >= 60
    assert spans.get("startup", 60) >= 60


def test_each_pod_has_the_time_to_end_that_the_table_says() -> None:
    found = {}
    for name, pod in pods():
        key = name if name in GRACE else pod.component
        seconds = pod.spec["terminationGracePeriodSeconds"]
        assert seconds == GRACE[key][0], (name, GRACE[key][1])
        found[key] = seconds
    assert found.keys() == GRACE.keys()


def test_each_container_has_the_processor_and_the_memory_that_the_table_says() -> None:
    seen = set()
    for release, pod in pods():
        for each in pod.containers:
            local = f"{each['name']} (local)"
            key = local if release == local and local in RESOURCES else each["name"]
            wanted, limits = each["resources"]["requests"], each["resources"]["limits"]
            found = (wanted["cpu"], wanted["memory"], limits["memory"])
            assert found == RESOURCES[key][:3], (key, RESOURCES[key][3])
            assert "cpu" not in limits, key
            seen.add(key)
    assert seen == RESOURCES.keys()


def test_each_wait_of_a_pod_ends_after_ten_minutes() -> None:
    """It is started anew then, with Secrets as they are at that time."""
    assert WAIT_SECONDS == "600"
    waits = re.compile(r"/(wait_for_\w+|migrate|create_\w+)\.py")
    seen = set()
    for name, pod in pods():
        for container in pod.containers:
            words = [*(container.get("command") or []), *(container.get("args") or [])]
            if program := [match for word in words if (match := waits.search(str(word)))]:
                assert "600" in words, (name, container["name"])
                seen.add(program[0][1])
    programs = {"wait_for_api_server", "wait_for_database", "wait_for_servers"}
    assert seen == {*programs, "migrate", "create_account", "create_admin"}


def test_the_defaults_of_the_library_are_those_of_the_table() -> None:
    found = {(s, option): v for s, options in DEFAULTS.items() for option, v in options.items()}
    assert found == {key: value for key, (value, _) in OPTIONS.items()}


def test_each_number_in_the_environment_is_in_the_table() -> None:
    found: dict[str, set[str]] = {}
    for _, pod in pods():
        for container in pod.containers:
            for name, value in env_literals(container).items():
                if re.fullmatch(r"-?[0-9.]+|True|False", value):
                    found.setdefault(name, set()).add(value)
    del found["ERL_EPMD_ADDRESS"]  # an address
    assert found == {name: {value} for name, (value, _) in ENVIRONMENT.items()}


def test_each_number_on_a_command_line_is_in_the_table() -> None:
    found = {}
    for _, pod in pods():
        for each in pod.containers:
            command = [*(each.get("command") or []), *(each.get("args") or [])]
            kinds = {"startup": "probe", "readiness": "probe", "liveness": "liveness"}
            asked = {
                f"{each['name']} {kind}": each[f"{probe}Probe"].get("exec", {}).get("command", [])
                for probe, kind in kinds.items()
                if f"{probe}Probe" in each
            }
            if asked.get(f"{each['name']} probe") == asked.get(f"{each['name']} liveness"):
                asked.pop(f"{each['name']} liveness", None)
            for name, words in ((each["name"], command), *asked.items()):
                if numbers := [word for word in words if re.fullmatch(r"[0-9]+", str(word))]:
                    found[name] = numbers
    assert found == {name: numbers for name, (numbers, _) in NUMBERS.items()}


def test_clients_give_up_a_silent_server_within_twenty_seconds_and_try_again() -> None:
    """Without these the kernel does, after a quarter of an hour."""
    default, rabbitmq = (
        env_literals(bundle(release).container("Deployment", "af1-scheduler"))
        for release in ("default", "rabbitmq")
    )
    url = default["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"].strip("'")
    assert dict(parse_qsl(url.partition("?")[2])) == {
        "connect_timeout": "5",  # a healthy server needs milliseconds, two lost packets 4 s
        "keepalives": "1",
        "keepalives_idle": "10",  # 10 s of silence, and then two probes: 20 s in all
        "keepalives_interval": "5",
        "keepalives_count": "2",
        "tcp_user_timeout": "20000",  # the same for what was sent and is not confirmed
    }
    common = {
        "worker_pool": "celery_pool:TaskPool",  # a lost broker ends no running task
        # As long as Airflow waits for an answer of Celery, a second, and longer.
        "task_publish_retry_policy": {
            "max_retries": 30,
            "interval_start": 0,
            "interval_step": 0.2,
            "interval_max": 1,
        },
    }
    assert json.loads(default["AIRFLOW__CELERY__EXTRA_CELERY_CONFIG"]) == {
        **common,
        "redis_socket_connect_timeout": 5,
        "redis_socket_timeout": 5,
        "redis_socket_keepalive": True,
        "redis_backend_health_check_interval": 5,
        "result_backend_always_retry": True,  # a worker keeps what it cannot store at once
    }
    assert json.loads(rabbitmq["AIRFLOW__CELERY__EXTRA_CELERY_CONFIG"]) == {
        **common,
        "broker_heartbeat": 10,  # two missing ones are 20 s
        "control_queue_durable": True,  # RabbitMQ 4.3 refuses queues that are neither
        "event_queue_exclusive": True,
    }


def test_each_port_is_in_the_table() -> None:
    found = {
        (container["name"], port["name"]): port["containerPort"]
        for _, pod in pods()
        for container in pod.containers
        for port in container.get("ports") or []
    }
    assert found == {key: number for key, (number, _) in PORTS.items()}


def test_each_file_mode_is_in_the_table() -> None:
    found = {}
    for _, pod in pods():
        for volume in pod.volumes:
            for kind in ("secret", "configMap", "projected"):
                source = volume.get(kind, {})
                if kind in volume and (kind == "secret" or "defaultMode" in source):
                    found[volume["name"]] = source.get("defaultMode")
    assert found == {name: mode for name, (mode, _) in MODES.items()}


def test_each_setting_of_pgbouncer_is_in_the_table() -> None:
    files = bundle("features").one("ConfigMap", "af1-pgbouncer")["data"]
    lines = [line for line in files["pgbouncer.ini"].splitlines() if " = " in line]
    assert dict(line.split(" = ") for line in lines) == {
        option: value for option, (value, _) in PGBOUNCER.items()
    }
    assert files["hba.conf"].splitlines() == [
        "local pgbouncer exporter trust",  # by the socket, in a volume of this pod
        "local airflow airflow scram-sha-256",
        "host airflow airflow 0.0.0.0/0 scram-sha-256",  # `all` is unknown before 1.20
        "host airflow airflow ::/0 scram-sha-256",
    ]


@pytest.mark.parametrize(
    ("release", "seconds", "reason"),
    [
        ("git", 60, "a fetch of each repository in each pod; Airflow's own 300 s are long"),
        ("git-sync", 30, "git-sync has fetched already; reading a folder costs nothing"),
        ("default", 30, "the kubelet has fetched already; reading a folder costs nothing"),
    ],
)
def test_new_dags_are_seen_within(release: str, seconds: int, reason: str) -> None:
    processor = env_literals(bundle(release).container("Deployment", "af1-dag-processor"))
    (found,) = json.loads(processor["AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"])
    assert found["kwargs"]["refresh_interval"] == seconds, reason


def test_the_queue_of_redis_survives_a_restart() -> None:
    """Each write is in the append-only file a second later; snapshots would lose minutes of tasks,
    and stop all writes when the disk is full."""
    (script,) = REDIS["command"][2:]
    settings = script.partition("<<END\n")[2].splitlines()
    assert settings[1:-1] == ["dir /data", "appendonly yes", 'save ""']
    assert settings[0].startswith("requirepass "), "or any pod of the cluster reads the queue"


def test_postgresql_asks_each_client_from_the_network_for_a_password_that_it_does_not_send() -> (
    None
):
    """`md5` can be replayed and `trust` asks nobody; the image's own default depends on its age."""
    env = env_literals(POSTGRESQL)
    assert env["POSTGRES_INITDB_ARGS"] == "--encoding=UTF8 --auth-host=scram-sha-256"
    assert "POSTGRES_HOST_AUTH_METHOD" not in env, "it would append a line that wins"
    # 9 processes of `large` open up to 15 each.
    assert POSTGRESQL["args"] == ["postgres", "-c", "max_connections=200"]
    # A folder below the mount, as the root of a volume may hold lost+found.
    assert env["PGDATA"] == "/var/lib/postgresql/data/pgdata"


def test_rabbitmq_blocks_publishers_before_its_memory_ends_and_waits_for_long_tasks() -> None:
    (script,) = RABBITMQ["command"][2:]
    env = env_literals(RABBITMQ)
    # Half of the limit: the VM may take twice as much while it collects.
    assert "vm_memory_high_watermark.absolute = 512MiB" in script
    # A task that runs longer would be delivered again; half an hour is RabbitMQ's own.
    assert env["CONSUMER_TIMEOUT_MS"] == str(365 * 24 * 3600 * 1000)
    # The VM sizes a table by it, which may be a billion.
    assert "ulimit -n 65536" in script
    # Only its own pod talks Erlang with it.
    assert env["ERL_EPMD_ADDRESS"] == "127.0.0.1"
    assert "{127,0,0,1}" in env["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"]
    # The name of the node is in the paths of its data, so it may not follow the pod's.
    assert env["RABBITMQ_NODENAME"] == "rabbit@localhost"


def test_the_first_user_may_do_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else could give rights to others."""
    monkeypatch.syspath_prepend(str(Path(cdk8s_airflow.__file__).parent / "programs"))
    words = import_module("create_admin").command("admin", "a@example.com", "A", "B")
    assert words[words.index("--role") + 1] == "Admin"
    (job,) = [pod for name, pod in pods() if name == "create-admin"]
    assert job.main_containers[0]["command"][-4:] == [
        *("admin", "admin@example.com", "Airflow", "Admin"),
    ]


def test_pods_start_at_once_and_old_revisions_are_few() -> None:
    for release in RELEASES:
        for manifest in bundle(release).manifests:
            spec = manifest.get("spec") or {}
            if manifest["kind"] in ("Deployment", "StatefulSet"):
                # Enough for `rollout undo`, and not ten ReplicaSets for each Deployment.
                assert spec["revisionHistoryLimit"] == 3, manifest["metadata"]
            if manifest["kind"] == "StatefulSet":
                # Workers do not wait for each other.
                assert spec["podManagementPolicy"] == "Parallel", manifest["metadata"]


def test_a_rollout_runs_as_many_pods_as_the_process_allows() -> None:
    found = {}
    for name, pod in pods():
        spec = pod.owner.get("spec") or {}
        if pod.owner["kind"] == "Deployment":
            found[name.partition(" ")[0]] = spec["strategy"]
    once = {"type": "Recreate"}
    # Two writers break each other's checkouts; two DAG processors parse all files twice; an old
    # reconciler would undo what a new one does.
    assert {name for name, strategy in found.items() if strategy == once} == {
        "dag-processor",
        "git-sync",
        "objects",
    }


def test_the_library_owns_what_its_objects_hold_too() -> None:
    """A value of the user's would contradict a Service, a probe, a Role or a Secret."""
    assert {f"{section}.{option}" for section, option in OWNED} == set(
        """
        api.base_url api.host api.port api.secret_key api.ssl_cert api.ssl_key
        api_auth.jwt_secret
        celery.broker_url celery.flower_basic_auth celery.flower_host celery.flower_port
        celery.flower_url_prefix celery.result_backend celery.worker_autoscale
        celery.worker_concurrency celery.worker_enable_remote_control
        core.auth_manager core.dags_folder core.execution_api_server_url core.executor
        core.fernet_key core.hostname_callable core.security
        core.simple_auth_manager_all_admins core.simple_auth_manager_passwords_file
        core.simple_auth_manager_users
        dag_processor.dag_bundle_config_list dag_processor.dag_bundle_storage_path
        database.sql_alchemy_conn database.sql_alchemy_conn_async
        fab.enable_proxy_fix
        kerberos.ccache kerberos.forwardable kerberos.include_ip kerberos.keytab
        kerberos.kinit_path kerberos.principal kerberos.reinit_frequency
        kubernetes_executor.multi_namespace_mode
        kubernetes_executor.multi_namespace_mode_namespace_list
        kubernetes_executor.namespace kubernetes_executor.pod_template_file
        kubernetes_executor.worker_container_repository kubernetes_executor.worker_container_tag
        logging.base_log_folder logging.trigger_log_server_port logging.worker_log_server_port
        scheduler.enable_health_check scheduler.scheduler_health_check_server_host
        scheduler.scheduler_health_check_server_port
        triggerer.capacity
        """.split()
    )
