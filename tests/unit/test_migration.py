"""`cdk8s-airflow migrate`: every key of the charts is known, and read as the charts read it."""

from __future__ import annotations

import copy
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml

from cdk8s_airflow.cli import main
from cdk8s_airflow.migration.community import tables as community
from cdk8s_airflow.migration.known import Known, chart
from cdk8s_airflow.migration.migrate import Migration, migrate
from cdk8s_airflow.migration.official import tables as official
from cdk8s_airflow.migration.official.worker_values import merged
from cdk8s_airflow.migration.official.workers import WRONG_TYPE
from cdk8s_airflow.migration.old_values import ValuesError

Family = Literal["official", "community"]
EVERYTHING: dict[Family, dict[str, Any]] = {
    "official": yaml.safe_load("""
        executor: CeleryExecutor,KubernetesExecutor
        airflowVersion: 3.2.2
        flower: {enabled: true}
        pgbouncer: {enabled: true}
        dags: {gitSync: {enabled: true}, persistence: {enabled: true}}
        logs: {persistence: {enabled: true}}
        kerberos: {enabled: true}
        databaseCleanup: {enabled: true}
        cleanup: {enabled: true}
        ingress:
          apiServer: {enabled: true, host: a.example}
          flower: {enabled: true, host: b.example}
    """),
    "community": yaml.safe_load("""
        airflow: {executor: CeleryKubernetesExecutor}
        flower: {enabled: true}
        ingress: {enabled: true}
        dags: {gitSync: {enabled: true, repo: "https://git.example/a.git"}}
        dbCleanup: {enabled: true}
    """),
}


def migrated(
    text: str, family: Family = "official", *, chart_version: str = "", release: str = "",
    namespace: str = "airflow",
) -> Migration:  # fmt: skip
    return migrate(
        text, family=family, chart_version=chart_version, release=release, namespace=namespace
    )


def statuses(made: Migration) -> dict[str, str]:
    return {each.key: each.outcome.status for each in made.report.findings}


def with_key(base: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    whole = copy.deepcopy(base)
    here = whole
    *above, last = key.split(".")
    for part in above:
        here = here.setdefault(part, {})
    here[last] = value
    return whole


def samples(known: Known) -> Iterator[Any]:
    """The default of a key, and something else of its type."""
    default = known.default
    if default != "<long>":
        yield default
    if isinstance(default, bool):
        yield not default
    elif isinstance(default, int):
        yield default + 7
    elif isinstance(default, str) and default not in ("<long>",):
        yield f"{default}0" if default[:1].isdigit() else "thing"


def test_all_keys_of_all_versions_are_in_the_tables() -> None:
    versions = {
        family: Counter(
            version for known in chart(family).keys.values() for version in known.versions
        )
        for family in ("official", "community")
    }
    assert versions == {
        "official": {"1.18": 894, "1.22": 1151, "main": 1031},
        "community": {"8.9": 452, "11.1": 521},
    }


def test_no_key_of_a_chart_falls_through() -> None:
    assert list(official.unknown_keys()) == []
    assert list(community.unknown_keys()) == []


@pytest.mark.slow
@pytest.mark.parametrize("family", ["official", "community"])
def test_every_key_is_answered_whatever_else_is_on(family: Family) -> None:
    """Each key alone, and beside all that can be on: it is told of, and none is called unknown."""
    problems = []
    for base in ({}, EVERYTHING[family]):
        for key, known in chart(family).keys.items():
            for value in samples(known):
                made = migrated(json.dumps(with_key(base, key, value)), family)
                found = [each for each in made.report.findings if each.key == key]
                if not found:
                    problems.append(f"{key}={value!r}: not in the report")
                problems += [
                    f"{key}={value!r}: {each.outcome.note}"
                    for each in found
                    if "no such key" in each.outcome.note
                    or (each.outcome.note == WRONG_TYPE and value == known.default)
                ]
    assert problems == []


AIRFLOW_2 = """
airflowVersion: 2.10.5
defaultAirflowTag: 2.10.5
defaultAirflowRepository: registry.example/airflow
images: {airflow: {repository: registry.example/airflow, tag: 2.10.5-1, pullPolicy: Always}}
webserver:
  replicas: 2
  resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {memory: 2Gi}}
  service: {type: LoadBalancer}
  defaultUser:
    enabled: true
    username: a
    password: "secret-of-a"
    email: a@example.org
    firstName: A
    lastName: B
    role: Admin
webserverSecretKeySecretName: web
ingress:
  web:
    enabled: true
    hosts: [{name: a.example}]
    ingressClassName: nginx
    annotations: {a: b}
    pathType: Prefix
"""
AIRFLOW_3 = """
executor: CeleryExecutor
airflowVersion: 3.2.2
images: {airflow: {repository: registry.example/airflow, tag: 3.2.2-1, pullPolicy: Always}}
dags:
  gitSync:
    enabled: true
    repo: "https://git.example/a.git"
    branch: main
    rev: HEAD
    wait: 60
    subPath: dags
    credentialsSecret: git
    depth: 1
  persistence: {enabled: true, size: 2Gi, accessMode: ReadWriteMany}
postgresql: {enabled: false}
data: {metadataSecretName: db}
redis: {enabled: true}
statsd: {enabled: true}
triggerer:
  enabled: true
  replicas: 2
  resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {memory: 2Gi}}
scheduler:
  replicas: 2
  resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {memory: 2Gi}}
dagProcessor:
  enabled: true
  resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {memory: 2Gi}}
config: {core: {parallelism: 8}}
env: [{name: A, value: b}]
extraEnv: "- {name: B, value: c}"
logs: {persistence: {enabled: true, size: 5Gi, storageClassName: nfs}}
fernetKeySecretName: fernet
apiSecretKeySecretName: api
migrateDatabaseJob: {useHelmHooks: false}
createUserJob: {useHelmHooks: false}
flower: {enabled: true}
workers: {replicas: 3}
"""
PER_POD = """
executor: CeleryExecutor
workers: {persistence: {enabled: true, size: 5Gi}}
webserverSecretKey: "a-key-in-the-open"
apiServer: {service: {type: ClusterIP}}
"""
MOST_SET = (
    *("dags.gitSync.enabled", "executor", "postgresql.enabled", "config", "dags.gitSync.branch"),
    *("dags.persistence.enabled", "dags.gitSync.repo", "dags.gitSync.subPath"),
    *("logs.persistence.enabled", "scheduler.resources", "images.airflow.repository"),
    *("images.airflow.tag", "redis.enabled", "triggerer.enabled", "env", "scheduler.replicas"),
    *("images.airflow.pullPolicy", "defaultAirflowTag", "statsd.enabled"),
    *("webserver.defaultUser.enabled", "workers.replicas", "data.metadataSecretName"),
    *("ingress.web.enabled", "webserver.resources", "airflowVersion", "logs.persistence.size"),
    *("triggerer.resources", "webserver.defaultUser.password", "webserver.defaultUser.username"),
    *("webserver.replicas", "extraEnv", "fernetKeySecretName", "ingress.web.hosts"),
    *("ingress.web.ingressClassName", "dags.gitSync.rev", "ingress.web.annotations"),
    *("migrateDatabaseJob.useHelmHooks", "dagProcessor.resources", "dags.gitSync.wait"),
    *("dags.persistence.size", "defaultAirflowRepository", "triggerer.replicas"),
    *("webserver.defaultUser.email", "webserver.defaultUser.firstName"),
    *("webserver.defaultUser.lastName", "webserver.defaultUser.role"),
    *("webserverSecretKeySecretName", "workers.persistence.enabled"),
    *("createUserJob.useHelmHooks", "dags.gitSync.credentialsSecret", "flower.enabled"),
    *("webserver.service.type", "webserverSecretKey", "workers.persistence.size"),
    *("apiSecretKeySecretName", "apiServer.service.type", "dagProcessor.enabled"),
    *("dags.gitSync.depth", "dags.persistence.accessMode"),
)
"""The most set keys of the official chart, of 54 public repositories."""


def test_of_the_sixty_most_set_keys_at_least_57_are_carried_over() -> None:
    found: dict[str, set[str]] = {}
    for text in (AIRFLOW_2, AIRFLOW_3, PER_POD):
        for key, status in statuses(migrated(text)).items():
            found.setdefault(key, set()).add(status)
    assert len(set(MOST_SET)) == 59
    carried = {key for key in MOST_SET if found[key] & {"carried", "secret"}}
    # An image with Airflow 2 cannot run here, so its tag is another.
    assert set(MOST_SET) - carried <= {"defaultAirflowTag"}


def test_the_values_of_celery_win_over_those_of_workers_and_maps_merge_but_for_some() -> None:
    base = {"resources": {"requests": {"cpu": 1}}, "extraVolumes": [1], "hpa": {"enabled": True}}
    over = {"resources": {"limits": {"cpu": 2}}, "extraVolumes": [], "hpa": {"maxReplicaCount": 3}}
    assert merged(base, over) == {
        "resources": {"limits": {"cpu": 2}},
        "extraVolumes": [1],
        "hpa": {"enabled": True, "maxReplicaCount": 3},
    }


def test_a_key_of_workers_that_a_better_one_hides_is_dead() -> None:
    made = migrated(
        "executor: CeleryExecutor\n"
        "workers:\n"
        "  replicas: 2\n"
        "  nodeSelector: {a: b}\n"
        "  celery: {replicas: 4, sets: [{name: x, queue: y}]}\n"
        "  kubernetes: {nodeSelector: {c: d}}\n"
    )
    assert statuses(made)["workers.replicas"] == "dead"
    assert statuses(made)["workers.nodeSelector"] == "carried"
    assert statuses(made)["workers.kubernetes.nodeSelector"] == "dead"
    groups = made.values["executor"]["workers"]
    assert [(each.get("name"), each["replicas"], each.get("queues")) for each in groups] == [
        (None, 4, None),
        ("x", 4, ["y"]),
    ]


def test_workers_are_for_task_pods_too_where_nothing_is_said_of_them() -> None:
    text = "executor: KubernetesExecutor\nworkers: {nodeSelector: {a: b}, replicas: 3}"
    made = migrated(text)
    assert made.values["executor"] == {"kind": "KubernetesExecutor", "nodeSelector": {"a": "b"}}
    assert statuses(made)["workers.replicas"] == "dead"


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("branch: main, ref: other", "main"),
        ("ref: other", "other"),
        ("branch: main, rev: v1.2", "v1.2"),
        ("branch: main, rev: HEAD", "main"),
    ],
)
def test_git_sync_takes_what_the_chart_gives_it(text: str, ref: str) -> None:
    made = migrated(f"dags: {{gitSync: {{enabled: true, {text}}}}}")
    assert made.values["dags"]["ref"] == ref


def test_wait_wins_over_period_and_durations_are_seconds() -> None:
    made = migrated('dags: {gitSync: {enabled: true, wait: 40, period: "1m30s"}}')
    assert made.values["dags"]["period"] == 40
    assert statuses(made)["dags.gitSync.period"] == "dead"
    made = migrated('dags: {gitSync: {enabled: true, period: "1m30s"}}')
    assert made.values["dags"]["period"] == 90


def test_templates_are_resolved_and_those_that_nobody_can_resolve_are_told() -> None:
    made = migrated(
        "data: {metadataSecretName: '{{ .Release.Name }}-db'}\n"
        "fernetKeySecretName: '{{ include \"airflow.fullname\" . }}-fernet'\n"
        "airflowHome: /opt/airflow\n"
        "env: [{name: WHERE, value: '{{ .Values.airflowHome }}/x'}]\n"
        'config: {logging: {log_filename_template: \'a/{{ "{{" }} ti.dag_id {{ "}}" }}\'}}',
        release="prod",
    )
    assert made.values["database"]["name"] == "prod-db"
    assert made.values["secrets"]["fernetKey"]["name"] == "prod-fernet"
    assert made.values["env"]["WHERE"] == "/opt/airflow/x"
    template = made.values["config"]["logging"]["log_filename_template"]
    assert template == "a/{{ ti.dag_id }}"


def test_null_removes_a_default_of_the_chart() -> None:
    made = migrated("scheduler: {resources: null, replicas: null}\nredis: null\nstatsd: null")
    assert "metrics" not in made.values
    assert set(statuses(made).values()) == {"carried"}


def test_an_umbrella_keeps_its_key_in_the_report() -> None:
    made = migrated("airflow: {executor: LocalExecutor, scheduler: {replicas: 2}}\nother: {a: 1}")
    assert statuses(made) == {
        "airflow.executor": "carried",
        "airflow.scheduler.replicas": "carried",
        "other": "dropped",
    }
    made = migrated("airflow: {executor: CeleryExecutor}\nweb: {replicas: 2}", "community")
    assert statuses(made) == {"airflow.executor": "carried", "web.replicas": "carried"}


def test_keys_that_the_chart_does_not_have_are_dead() -> None:
    made = migrated("image: {tag: x}\nschedulr: {replicas: 2}\ndags: {path: /x}")
    assert set(statuses(made).values()) == {"dead"}


def test_the_webserver_is_read_for_airflow_2_alone() -> None:
    text = "webserver: {replicas: 3}\n"
    assert statuses(migrated(text))["webserver.replicas"] == "carried"
    assert statuses(migrated(text, chart_version="1.22"))["webserver.replicas"] == "dead"
    assert statuses(migrated(text, chart_version="1.16"))["webserver.replicas"] == "carried"
    made = migrated(f"{text}airflowVersion: 3.1.8")
    assert statuses(made)["webserver.replicas"] == "dead"
    assert made.values["airflowVersion"] == "3.1.8"


def test_the_fernet_key_that_the_chart_generated_is_kept() -> None:
    made = migrated("executor: LocalExecutor", release="prod")
    assert made.values["secrets"]["fernetKey"] == {
        "kind": "SecretKey",
        "name": "prod-fernet-key",
        "key": "fernet-key",
    }
    assert any("`helm install` puts a new one" in step for step in made.report.steps)


def test_secrets_are_told_with_the_command_that_makes_them() -> None:
    made = migrated(
        "postgresql: {enabled: false}\n"
        "data: {metadataConnection: {host: db.example.org, user: a, pass: hush-hush, db: b}}\n"
        "redis: {password: pass-of-redis}\n"
        "extraSecrets: {mine: {stringData: 'token: abcdefgh'}}\n"
        "env: [{name: API_TOKEN, value: abcdefghijk}]",
        namespace="data",
    )
    found = {key for key, status in statuses(made).items() if status == "secret"}
    assert found == {"data.metadataConnection.pass", "redis.password", "extraSecrets", "env"}
    text = made.report.text
    assert "kubectl create secret generic airflow-database --namespace data" in text
    assert "--from-literal='password=<value>'" in text
    for secret in ("hush-hush", "pass-of-redis", "abcdefgh"):
        assert secret not in text + yaml.safe_dump(made.values)


def test_secrets_in_a_webserver_config_come_from_the_environment() -> None:
    made = migrated(
        "apiServer:\n"
        "  apiServerConfig: |\n"
        "    AUTH_LDAP_SERVER = 'ldaps://ldap.example.org'\n"
        "    AUTH_LDAP_BIND_PASSWORD = 'bind-me-77'\n"
    )
    text = made.values["extraManifests"][0]["data"]["webserver_config.py"]
    assert "bind-me-77" not in text
    assert 'AUTH_LDAP_BIND_PASSWORD = os.environ["AUTH_LDAP_BIND_PASSWORD"]' in text
    assert text.startswith("import os\n")
    assert made.values["auth"]["env"]["AUTH_LDAP_BIND_PASSWORD"]["name"] == "airflow-login"
    assert statuses(made)["apiServer.apiServerConfig"] == "secret"


def test_a_credential_in_a_piece_of_the_users_does_not_get_into_the_files() -> None:
    made = migrated(
        "scheduler:\n"
        "  extraContainers:\n"
        "  - {name: x, image: 'a:1', env: [{name: DB_PASSWORD, value: hush-9}]}\n"
    )
    container = made.values["scheduler"]["extraContainers"][0]
    reference = container["env"][0]["valueFrom"]["secretKeyRef"]
    assert reference == {"name": "airflow-environment", "key": "DB_PASSWORD"}
    assert statuses(made)["scheduler.extraContainers"] == "secret"


def test_keys_and_options_in_the_environment_go_where_they_belong() -> None:
    made = migrated(
        "env:\n"
        "- {name: AIRFLOW__CORE__FERNET_KEY, value: a-key-in-the-open}\n"
        "- {name: AIRFLOW__SMTP__SMTP_PASSWORD, value: mail-pass-1}\n"
        "- {name: AIRFLOW__CORE__DAG_CONCURRENCY, value: 7}\n"
        "- {name: AIRFLOW_CONN_LAKE, value: 'http://me:lake-pass-2@lake.example.org'}\n"
        "dags: {gitSync: {enabled: true, repo: 'https://me:tok-123@git.example.org/a.git'}}"
    )
    # The chart has a Secret airflow-fernet-key of its own, with another key.
    assert made.values["secrets"]["fernetKey"]["name"] == "airflow-migrated-fernet-key"
    assert made.values["env"] == {
        "AIRFLOW__CORE__MAX_ACTIVE_TASKS_PER_DAG": "7",
        "AIRFLOW_CONN_LAKE": {
            "kind": "SecretKey",
            "name": "airflow-environment",
            "key": "AIRFLOW_CONN_LAKE",
        },
    }
    assert made.values["dags"]["repository"] == "https://git.example.org/a.git"
    assert made.values["dags"]["credentials"]["username"] == "me"
    for secret in ("a-key-in-the-open", "mail-pass-1", "lake-pass-2", "tok-123"):
        assert secret not in made.report.text + yaml.safe_dump(made.values)


def test_the_clean_up_of_pods_is_that_of_the_executor() -> None:
    made = migrated("executor: KubernetesExecutor\ncleanup: {enabled: true, schedule: '5 * * * *'}")
    assert made.values["executor"]["finishedPods"] == {"schedule": "5 * * * *"}
    assert set(statuses(made).values()) == {"carried"}
    made = migrated("executor: CeleryExecutor\ncleanup: {enabled: true, schedule: '5 * * * *'}")
    assert statuses(made) == {
        "cleanup.enabled": "dropped",
        "cleanup.schedule": "dropped",
        "executor": "carried",
    }


def test_what_has_another_default_is_told_where_the_values_say_nothing() -> None:
    made = migrated("executor: CeleryExecutor")
    keys = {each.key for each in made.report.differences}
    assert {"workers.replicas", "config.celery.worker_concurrency"} <= keys
    made = migrated("executor: CeleryExecutor\nworkers: {replicas: 1}")
    assert "workers.replicas" not in {each.key for each in made.report.differences}


def test_adoption_keeps_volumes_keys_and_the_name_of_the_service() -> None:
    text = (
        "dags: {persistence: {enabled: true}}\n"
        "logs: {persistence: {enabled: true, size: 9Gi}}\n"
        "executor: CeleryExecutor\n"
    )
    made = migrate(f"{text}airflowVersion: 3.1.8", family="official", release="old", adopt=True)
    assert made.values["dags"]["claim"] == "old-dags"
    assert made.values["logs"]["store"]["claim"] == "old-logs"
    assert {key: each["name"] for key, each in made.values["secrets"].items()} == {
        "fernetKey": "old-fernet-key",
        "apiSecretKey": "old-api-secret-key",
        "jwtSecret": "old-jwt-secret",
    }
    steps = " ".join(made.report.steps)
    # `helm uninstall` reads what to keep from its manifests, not from the objects.
    assert (
        "not by `helm uninstall`, which deletes claims and Secrets too, such as old-dags" in steps
    )
    assert "old-logs, old-api-secret-key, old-jwt-secret: `kubectl delete deployment" in steps
    command = next(step for step in made.report.steps if step.startswith("Take the old"))
    assert command.endswith("rolebinding --namespace airflow --selector release=old`.")
    assert not {"secret", "persistentvolumeclaim", "pvc"} & set(command.split()[-5].split(","))
    assert "extraManifests" not in made.values
    made = migrate(f"{text}airflowVersion: 2.10.5", family="official", release="old", adopt=True)
    assert set(made.values["secrets"]) == {"fernetKey"}
    (service,) = made.values["extraManifests"]
    assert (service["kind"], service["metadata"]["name"]) == ("Service", "old-webserver")


@pytest.mark.parametrize("text", ["- a", "a: [", "just text"])
def test_a_file_without_values_is_refused(text: str) -> None:
    with pytest.raises(ValuesError, match=r"expected the values of a chart|not YAML"):
        migrated(text)


def command(*arguments: str, folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as there, redirect_stdout(out), redirect_stderr(err):
        there.chdir(folder)
        there.setattr(sys, "stdin", io.StringIO(given))
        code = main(["migrate", *arguments])
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


@pytest.mark.slow
def test_the_command_writes_files_and_a_report_for_machines(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text("executor: LocalExecutor\nscheduler: {replicas: 2}\n")
    done = command("old.yaml", "--from", "official", "--report-json", "r.json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (
        done.stdout.splitlines()[0] == "2 keys: 2 carried, 0 changed, 0 dropped, 0 dead, 0 secret"
    )
    assert json.loads((tmp_path / "r.json").read_text()) == [
        {"key": "executor", "status": "carried", "to": "executor", "note": ""},
        {"key": "scheduler.replicas", "status": "carried", "to": "scheduler.replicas", "note": ""},
    ]
    made = yaml.safe_load((tmp_path / "migrated" / "values.yaml").read_text())
    assert made["scheduler"]["replicas"] == 2
    app = subprocess.run(
        [sys.executable, "main.py"], cwd=tmp_path / "migrated", capture_output=True, text=True
    )
    assert app.returncode == 0, app.stderr
    assert (tmp_path / "migrated" / "dist" / "airflow.k8s.yaml").exists()
    again = command("old.yaml", "--from", "official", folder=tmp_path)
    assert again.returncode == 1
    assert "give --force, or another --output" in again.stderr


@pytest.mark.slow
def test_the_command_says_what_it_cannot_use(tmp_path: Path) -> None:
    assert command("none.yaml", "--from", "official", folder=tmp_path).returncode == 1
    assert command("-", "--from", "nobody", folder=tmp_path, given="a: 1").returncode == 2
    done = command("-", "--from", "official", "--report-json", "-", folder=tmp_path, given="a: 1")
    assert [each["status"] for each in json.loads(done.stdout)] == ["dead"]
