"""What `cdk8s-airflow migrate` writes, for samples of ours: it synthesizes, and nothing is lost."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from cdk8s import App

from cdk8s_airflow import AirflowProps
from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod
from cdk8s_airflow.migration.migrate import Migration, migrate
from cdk8s_airflow.migration.writing import write
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import add_releases

FOLDER = Path(__file__).parent / "migration"
SAMPLES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
IN_THE_OPEN = (
    *("letters-and-9", "hush-hush-1", "an-api-key-in-the-open-000000000000000000", "blossom-77"),
    *("first-pass-55", "an-old-session-key-0000", "pw-of-af-1", "eves-password"),
    *("bm90LWEtcmVhbC1rZXktYnV0LWl0LWxvb2tzLWxpa2Ux", "session-key-in-the-open"),
    *("bm90LWEtcmVhbC1rZXktYnV0LWl0LWxvb2tzLWxpa2Uy", "chief-pass-3", "lake-pass-88"),
    "redis-pass-44",
    *("redis-open-31", "slack-open-32", "ZmVybmV0LWtleS1vZi10aGUtcmRzLXJlbGVhc2UtMzM="),
    *("flask-open-34", "rds-open-35", "elasticache-open-36", "ses-open-37", "sentry-open-38"),
    *("ghp_open39", "chief-open-40", "okta-open-41", "werk-open-43", "flower-open-44"),
    *("d2Vyay1mZXJuZXQta2V5LW9wZW4tdGhpcnR5Mi1vcGVuNDI=", "elastic-open-45", "admin-open-46"),
    *("oracle-open-47", "ldap-open-48", "redis-open-49"),
)
"""All secrets that stand in the samples."""


NOT_CARRIED: dict[str, dict[str, list[str]]] = {
    "community-8.9-celery-gitsync-ldap": {"dead": ["workers.replicas"]},
    "community-celery": {},
    "community-fork-11.1-airflow3": {},
    "community-onprem-ldap": {
        "dropped": [
            "scheduler.livenessProbe.taskCreationCheck.enabled",
            "scheduler.livenessProbe.taskCreationCheck.thresholdSeconds",
        ],
        "dead": [
            "dags.persistence.accessMode",
            "flower.oauthDomains",
            "pgbouncer.terminationPeriod",
            "workers.replicas",
        ],
    },
    "official-1.18-celery-gitsync-ingress": {
        "dead": [
            "triggerer.persistence.size",
            "workers.persistence.enabled",
            "workers.persistence.size",
            "workers.persistence.storageClassName",
        ]
    },
    "official-1.18-external-everything": {
        "dead": ["images.gitSync.repository", "images.redis.repository", "workers.replicas"]
    },
    "official-1.22-celery-keda-pgbouncer-workersets": {
        "dropped": ["pgbouncer.extraIni"],
        "dead": ["dags.persistence.accessMode", "triggerer.replicas"],
    },
    "official-1.22-kubernetes-executor-s3logs": {
        "dead": [
            "createUserJob.applyCustomEnv",
            "createUserJob.useHelmHooks",
            "webserverSecretKeySecretName",
        ]
    },
    "official-airflow-2": {"dropped": ["config.smtp.smtp_user"], "dead": ["serviceAccount"]},
    "official-aws-irsa": {
        "dropped": [
            "airflow.config.core.enable_xcom_pickling",
            "airflow.config.smtp.smtp_password",
            "airflow.config.smtp.smtp_user",
            "airflow.config.webserver.default_ui_timezone",
            "airflow.config.webserver.reload_on_plugin_change",
            "external-secrets",
        ],
        "dead": ["airflow.workers.podTemplateAnnotations", "airflow.workers.replicas"],
    },
    "official-azure-kubernetes": {
        "dropped": [
            "pgbouncer.logConnections",
            "pgbouncer.verbose",
            "podTemplate",
            "scheduler.command",
        ],
        "dead": ["workers.volumeClaimTemplates"],
    },
    "official-gke-keda": {
        "dropped": [
            "cleanup.enabled",
            "cleanup.schedule",
            "config.celery_kubernetes_executor.kubernetes_queue",
            "config.webserver.warn_deployment_exposure",
        ],
        "dead": ["workers.replicas"],
    },
    "official-umbrella": {"dropped": ["monitoring"], "dead": ["airflow.serviceAccount"]},
    "official-worker-sets": {"dead": ["workers.resources"]},
}
"""Of each sample, what has no counterpart, and what the old chart did not read either."""


@dataclass(frozen=True)
class Moved:
    """A sample that was migrated: what was made, its files, and the bundle they yield."""

    made: Migration
    folder: Path
    bundle: Bundle

    def pod(self, component: str) -> Pod:
        return next(pod for pod in self.bundle.pods if pod.component == component)

    def spec(self, kind: str, name: str) -> dict[str, Any]:
        spec: dict[str, Any] = self.bundle.one(kind, name)["spec"]
        return spec


def family(sample: str) -> Literal["official", "community"]:
    return "community" if sample.startswith("community") else "official"


def external(made: Migration) -> list[str]:
    """What the report says that the user brings, and what the values name."""
    found = {f"Secret/{each.name}" for each in made.report.secrets}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            kind = value.get("kind")
            if kind in ("SecretKey", "ConfigMapKey"):
                found.add(f"{kind.removesuffix('Key')}/{value['name']}")
            for key, item in value.items():
                if key == "imagePullSecrets":
                    found.update(f"Secret/{each['name']}" for each in item)
                if key in ("claim", "volume") and isinstance(item, str):
                    found.add(f"PersistentVolumeClaim/{item}")
                if key == "persistentVolumeClaim":
                    found.add(f"PersistentVolumeClaim/{item['claimName']}")
                if key == "runtimeClassName":
                    found.add(f"RuntimeClass/{item}")
                if key == "secret" and "secretName" in item:
                    found.add(f"Secret/{item['secretName']}")
                if key in ("secretRef", "configMapRef", "configMap") and "name" in item:
                    found.add(f"{'Secret' if key == 'secretRef' else 'ConfigMap'}/{item['name']}")
                if key == "serviceAccount" and item.get("name") and not item.get("create"):
                    found.add(f"ServiceAccount/{item['name']}")
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(made.values)
    exposure = made.values.get("exposure", {})
    if not any(key.startswith("cert-manager.io/") for key in exposure.get("webAnnotations", {})):
        hosts = [each for each in exposure.get("hosts", []) if isinstance(each, dict)]
        tls = [*(each.get("tls") for each in hosts), exposure.get("tls"), exposure.get("flowerTls")]
        found |= {f"Secret/{each}" for each in tls if isinstance(each, str)}
    own = {
        f"{each['kind']}/{each['metadata']['name']}"
        for each in made.values.get("extraManifests", [])
    }
    return sorted(found - own)


Move = Callable[[str], Moved]


@pytest.fixture
def move(tmp_path: Path) -> Move:
    def run(sample: str) -> Moved:
        made = migrate((FOLDER / f"{sample}.yaml").read_text(), family=family(sample))
        folder = tmp_path / sample
        write(made, folder)

        def build(app: App) -> None:
            add_releases(app, [folder / "values.yaml"], defaults=AirflowProps())

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            bundle = synthesize(build, tmp_path, external=external(made))
        return Moved(made, folder, bundle)

    return run


def main(pod: Pod) -> Manifest:
    return pod.main_containers[0]


def env(pod: Pod) -> dict[str, Any]:
    return {each["name"]: each.get("value", each.get("valueFrom")) for each in main(pod)["env"]}


def option(pod: Pod, name: str) -> str:
    """The value of an option of the process."""
    args = main(pod)["args"]
    return str(args[args.index(name) + 1])


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_migrated_sample_passes_all_checks_and_holds_no_secret(move: Move, sample: str) -> None:
    moved = move(sample)
    assert moved.bundle.all("Deployment")
    written = {path.name: path.read_text() for path in moved.folder.iterdir()}
    assert set(written) == {"main.py", "values.yaml", "migration-report.md"}
    for secret in IN_THE_OPEN:
        assert not [name for name, text in written.items() if secret in text]


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_setting_of_a_sample_is_lost(sample: str) -> None:
    """Each key that a sample sets is in the report, and what is not carried over is known here."""
    text = (FOLDER / f"{sample}.yaml").read_text()
    made = migrate(text, family=family(sample))
    found = {each.key: each.outcome.status for each in made.report.findings}
    lost = {
        status: [key for key, each in found.items() if each == status]
        for status in ("dropped", "dead")
        if status in found.values()
    }
    assert lost == NOT_CARRIED[sample]
    tops = set(yaml.safe_load(text))
    assert {key.partition(".")[0] for key in found} == tops


@pytest.mark.parametrize(
    ("sample", "service"),
    [
        ("official-airflow-2", "webserver"),
        ("official-1.18-celery-gitsync-ingress", ""),
        ("community-8.9-celery-gitsync-ldap", "web"),
        ("community-fork-11.1-airflow3", ""),
    ],
)
def test_an_adopted_release_passes_all_checks_and_answers_by_its_old_name(
    tmp_path: Path, sample: str, service: str
) -> None:
    text = (FOLDER / f"{sample}.yaml").read_text()
    made = migrate(text, family=family(sample), release="old", adopt=True)
    write(made, tmp_path / "old")

    def build(app: App) -> None:
        add_releases(app, [tmp_path / "old" / "values.yaml"], defaults=AirflowProps())

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        bundle = synthesize(build, tmp_path, external=external(made))
    selector = bundle.one("Service", "old-api-server")["spec"]["selector"]
    names = {each["metadata"]["name"] for each in bundle.all("Service")}
    assert names & {"old-webserver", "old-web"} == ({f"old-{service}"} if service else set())
    if service:
        assert bundle.one("Service", f"old-{service}")["spec"]["selector"] == selector
    claims = {each["metadata"]["name"] for each in bundle.all("PersistentVolumeClaim")}
    assert not claims & {"old-dags", "old-logs"}, "they are the old release's"


def test_workers_have_the_values_of_their_group_and_the_rest_of_all(move: Move) -> None:
    moved = move("official-worker-sets")
    default, large = (
        moved.spec("StatefulSet", "lab-worker"),
        moved.spec("StatefulSet", "lab-worker-large"),
    )
    pod, other = moved.pod("worker"), moved.pod("worker-large")
    assert main(pod)["resources"]["requests"] == {"cpu": "300m", "memory": "1Gi", **_ephemeral(pod)}
    assert main(pod)["resources"]["limits"]["memory"] == "2Gi"
    assert [each.spec["terminationGracePeriodSeconds"] for each in (pod, other)] == [1200, 1200]
    assert pod.spec["tolerations"] == [{"key": "batch", "operator": "Exists"}]
    assert other.spec["nodeSelector"] == {"size": "xl"}
    claim = default["volumeClaimTemplates"][0]["spec"]["resources"]["requests"]["storage"]
    assert (claim, large["replicas"], default.get("replicas")) == ("12Gi", 1, None)
    scaled = moved.spec("ScaledObject", "lab-worker")
    assert (scaled["minReplicaCount"], scaled["maxReplicaCount"], scaled["cooldownPeriod"]) == (
        2,
        7,
        90,
    )
    assert option(pod, "--concurrency") == "10"
    assert option(other, "--queues") == "large,huge"


def _ephemeral(pod: Pod) -> dict[str, str]:
    requests = main(pod)["resources"]["requests"]
    return {key: item for key, item in requests.items() if key == "ephemeral-storage"}


def test_servers_keys_and_login_come_from_secrets(move: Move) -> None:
    moved = move("official-worker-sets")
    keys = env(moved.pod("scheduler"))["AIRFLOW__CORE__FERNET_KEY"]["secretKeyRef"]
    assert keys == {"name": "lab-fernet", "key": "fernet-key"}
    api = env(moved.pod("api-server"))
    assert api["AIRFLOW__API__SECRET_KEY"]["secretKeyRef"]["name"] == "lab-migrated-api-secret-key"
    assert api["AIRFLOW__API_AUTH__JWT_SECRET"]["secretKeyRef"]["name"] == "lab-jwt"
    assert api["MAIL_PASSWORD"]["secretKeyRef"] == {
        "name": "lab-environment",
        "key": "MAIL_PASSWORD",
    }
    assert api["WEATHER_TOKEN"]["secretKeyRef"] == {"name": "weather", "key": "token"}
    assert api["STAGE"] == "lab"
    assert api["AIRFLOW__LOGGING__LOGGING_LEVEL"] == "WARNING"
    assert env(moved.pod("scheduler"))["AIRFLOW__CORE__PARALLELISM"] == "96"
    text = moved.bundle.files["lab.k8s.yaml"].decode() if moved.bundle.files else ""
    assert "db.example.org" in text and "lab-database" in text
    assert main(moved.pod("api-server"))["image"] == "registry.example.org/lab/airflow:3.2.2-4"
    assert moved.pod("api-server").spec["imagePullSecrets"] == [{"name": "lab-pull"}]
    volume = moved.spec("StatefulSet", "lab-redis")["volumeClaimTemplates"][0]["spec"]
    assert volume["resources"]["requests"]["storage"] == "3Gi"
    assert volume["storageClassName"] == "fast"


def test_git_sync_and_ingress_say_what_they_said(move: Move) -> None:
    moved = move("official-worker-sets")
    sync = next(
        each for each in moved.pod("dag-processor").containers if each["name"] == "git-sync"
    )
    given = {each["name"]: each.get("value") for each in sync["env"]} | dict(
        each.lstrip("-").split("=", 1) for each in sync.get("args", []) if "=" in each
    )
    assert given["repo"] == "https://git.example.org/lab/dags.git"
    assert (given["ref"], given["depth"], given["period"]) == ("trunk", "3", "20s")
    bundles = env(moved.pod("dag-processor"))["AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"]
    assert "/flows" in bundles
    assert {"name": "lab-git", "key": "GITSYNC_PASSWORD"} in [
        {"name": item["secret"]["secretName"], "key": each["key"]}
        if "secret" in item
        else {"name": source["secret"]["name"], "key": each["key"]}
        for item in moved.pod("dag-processor").spec["volumes"]
        for source in item.get("projected", {}).get("sources", [item] if "secret" in item else [])
        for each in source.get("secret", {}).get("items", [])
    ]
    ingress = moved.spec("Ingress", "lab-api-server")
    assert ingress["ingressClassName"] == "nginx"
    assert ingress["tls"] == [{"hosts": ["lab.example.org"], "secretName": "lab-tls"}]
    flower = moved.spec("Ingress", "lab-flower")["rules"][0]
    assert (flower["host"], flower["http"]["paths"][0]["path"]) == ("lab.example.org", "/flower")
    scaler = moved.spec("HorizontalPodAutoscaler", "lab-api-server")
    assert (scaler["minReplicas"], scaler["maxReplicas"]) == (2, 5)


def test_an_umbrella_with_nulls_and_templates(move: Move) -> None:
    moved = move("official-umbrella")
    assert env(moved.pod("scheduler"))["NAMESPACE"] == "airflow"
    url = env(moved.pod("scheduler"))["DATABASE_WHOLE_URL"]["secretKeyRef"]
    assert url == {"name": "airflow-metadata", "key": "connection"}
    assert moved.bundle.one("ConfigMap", "airflow-settings")["data"] == {"LEVEL": "high"}
    assert moved.spec("StatefulSet", "airflow-triggerer")["replicas"] == 0
    claims = {
        each["metadata"]["name"]: each["spec"]["resources"]["requests"]["storage"]
        for each in moved.bundle.all("PersistentVolumeClaim")
    }
    assert claims == {"airflow-dags": "5Gi", "airflow-logs": "9Gi"}
    tasks = moved.pod("task")
    assert tasks.spec["nodeSelector"] == {"pool": "tasks"}
    assert main(tasks)["resources"]["limits"]["memory"] == "1Gi"
    accounts = moved.bundle.all("ServiceAccount")
    assert any(
        "eks.amazonaws.com/role-arn" in (each["metadata"].get("annotations") or {})
        for each in accounts
    )
    assert moved.made.values["airflowVersion"] == "3.1.8"


def test_what_airflow_2_called_otherwise_arrives_under_its_new_name(move: Move) -> None:
    moved = move("official-airflow-2")
    api = moved.pod("api-server")
    assert moved.spec("Deployment", "airflow-api-server")["replicas"] == 2
    assert main(api)["resources"]["limits"]["memory"] == "2Gi"
    assert main(api)["livenessProbe"]["initialDelaySeconds"] == 40
    assert main(api)["livenessProbe"]["timeoutSeconds"] == 11
    assert env(moved.pod("scheduler"))["AIRFLOW__CORE__MAX_ACTIVE_TASKS_PER_DAG"] == "12"
    assert env(moved.pod("dag-processor"))["AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL"] == "45"
    assert env(api)["AIRFLOW__API__BASE_URL"] == "https://af.example.org/af"
    assert env(moved.pod("scheduler"))["LAKE_KEY"]["secretKeyRef"] == {"name": "lake", "key": "key"}
    assert main(api)["image"] == "apache/airflow:3.3.2-python3.11"
    assert moved.pod("scheduler").spec["serviceAccountName"] == "af-runner"
    assert {"name": "cache", "mountPath": "/cache"} in main(moved.pod("scheduler"))["volumeMounts"]
    assert {"secretRef": {"name": "more-env"}} in main(api)["envFrom"]
    admin = moved.pod("create-admin")
    assert "eve@example.org" in str(admin.spec)


def test_the_community_chart_arrives_too(move: Move) -> None:
    moved = move("community-celery")
    assert moved.spec("StatefulSet", "airflow-worker")["replicas"] == 3
    worker = moved.pod("worker")
    assert worker.spec["terminationGracePeriodSeconds"] == 700
    assert option(worker, "--concurrency") == "6"
    assert env(worker)["SIZE"] == "9"
    assert env(worker)["COLOUR"] == "blue"
    assert moved.pod("scheduler").spec["nodeSelector"] == {"pool": "core"}
    assert (
        moved.bundle.one("Deployment", "airflow-scheduler")["spec"]["template"]["metadata"][
            "labels"
        ]["tier"]
        == "core"
    )
    assert option(moved.pod("triggerer"), "--capacity") == "250"
    assert moved.made.values["connections"]["lake"]["password"] == {
        "kind": "SecretKey",
        "name": "airflow-connections",
        "key": "lake-password",
    }
    assert moved.made.values["pools"] == {"lake": {"slots": 3, "description": "few"}}
    assert moved.made.values["users"]["viewer"]["password"]["name"] == "viewers"
    account = moved.bundle.one("ServiceAccount", "af")["metadata"]["annotations"]
    assert account == {"iam.gke.io/gcp-service-account": "a@b.iam.gserviceaccount.com"}
    assert moved.made.values["database"]["kind"] == "ExternalMysql"
    assert moved.made.values["broker"]["port"] == 6380
