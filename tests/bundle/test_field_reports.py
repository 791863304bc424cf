"""What people who run Airflow on Kubernetes asked for in public, as values files.

Each was refused, forgotten or got wrong somewhere; here it is whole, from the file to the objects.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import AirflowProps
from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, env_literals
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import add_releases

FOLDER = Path(__file__).parent / "field_reports"
AIRFLOW = {"api-server", "dag-processor", "scheduler", "triggerer", "worker"}
"""Airflow's own processes with Celery."""
JOBS = {"create-admin", "migrations"}

Synth = Callable[..., Bundle]


@pytest.fixture
def synth(tmp_path: Path) -> Synth:
    def run(name: str, *external: str, tokens: tuple[str, ...] = ()) -> Bundle:
        def build(app: App) -> None:
            add_releases(app, [FOLDER / f"{name}.yaml"], defaults=AirflowProps())

        return synthesize(build, tmp_path, external=external, tokens=tokens)

    return run


def pods(bundle: Bundle) -> dict[str, Pod]:
    return {pod.component: pod for pod in bundle.pods}


def main(pod: Pod) -> Manifest:
    return pod.main_containers[0]


def users_of(bundle: Bundle, volume: str) -> set[str]:
    """The components that mount a volume of this name in their main container."""
    return {
        name
        for name, pod in pods(bundle).items()
        if any(mount["name"] == volume for mount in main(pod).get("volumeMounts") or [])
    }


def ports_out(bundle: Bundle, component: str) -> set[int]:
    """The ports of any address that a component's policy opens."""
    rules: list[dict[str, Any]] = bundle.one("NetworkPolicy", f"af1-{component}")["spec"]["egress"]
    return {
        port["port"]
        for rule in rules
        for port in rule.get("ports") or []
        if "to" not in rule or any("ipBlock" in peer for peer in rule["to"])
    }


def test_an_iam_role_is_that_of_all_airflow_pods(synth: Synth) -> None:
    bundle = synth("iam-role")
    having = {
        account["metadata"]["name"]
        for account in bundle.all("ServiceAccount")
        if "eks.amazonaws.com/role-arn" in (account["metadata"].get("annotations") or {})
    }
    servers = ("bootstrap", "postgresql")
    named = {
        p.spec["serviceAccountName"] for name, p in pods(bundle).items() if name not in servers
    }
    assert having == named


def test_whoever_writes_dags_knows_the_auth_manager_that_keeps_their_access_control(
    synth: Synth,
) -> None:
    found = pods(synth("access-control"))
    for name in ("dag-processor", "scheduler", "triggerer", "migrations"):
        manager = env_literals(main(found[name]))["AIRFLOW__CORE__AUTH_MANAGER"]
        assert manager.endswith("FabAuthManager"), name


def test_a_login_of_ones_own_is_that_of_the_api_server(synth: Synth) -> None:
    assert users_of(synth("own-login", "ConfigMap/login"), "login") == {"api-server"}


def test_another_auth_manager_reaches_who_reads_it(synth: Synth) -> None:
    found = pods(synth("keycloak"))
    env = env_literals(main(found["api-server"]))
    assert env["AIRFLOW__CORE__AUTH_MANAGER"].endswith("KeycloakAuthManager")
    assert env["AIRFLOW__KEYCLOAK_AUTH_MANAGER__SERVER_URL"] == "https://login.example.com"
    assert "create-admin" not in found


def test_two_hosts_have_a_certificate_each_and_links_lead_to_the_first(synth: Synth) -> None:
    bundle = synth("two-hosts", "Secret/inside", "Secret/outside")
    spec = bundle.one("Ingress", "af1-api-server")["spec"]
    hosts = ["airflow.corp.example.com", "airflow.example.com"]
    assert [rule["host"] for rule in spec["rules"]] == hosts
    assert [(tls["hosts"], tls["secretName"]) for tls in spec["tls"]] == [
        ([hosts[0]], "inside"),
        ([hosts[1]], "outside"),
    ]
    env = env_literals(main(pods(bundle)["api-server"]))
    assert env["AIRFLOW__API__BASE_URL"] == f"https://{hosts[0]}"


def test_a_token_brings_no_rights_of_ours(synth: Synth) -> None:
    bundle = synth("vault-token", tokens=("af1-worker",))
    found = pods(bundle)
    assert found["worker"].spec["automountServiceAccountToken"] is True
    assert found["scheduler"].spec["automountServiceAccountToken"] is False
    subjects = [each["subjects"] for each in bundle.all("RoleBinding")]
    assert "af1-worker" not in str(subjects)


def test_all_logs_are_on_one_claim_with_one_groomer(synth: Synth) -> None:
    found = pods(synth("shared-logs", "PersistentVolumeClaim/airflow-logs"))
    holders = {name for name, pod in found.items() if "airflow-logs" in str(pod.volumes)}
    assert holders == AIRFLOW - {"worker"} | {"task"}
    containers = [c["name"] for pod in found.values() for c in pod.containers]
    assert containers.count("log-groomer") == 1


def test_whole_secrets_are_the_environment_of_all_airflow_pods(synth: Synth) -> None:
    found = pods(synth("env-from", "ConfigMap/variables", "Secret/connections"))
    assert {name for name, pod in found.items() if main(pod).get("envFrom")} == AIRFLOW | JOBS


@pytest.mark.parametrize("name", ["object-store-logs", "object-store-logs-whole"])
def test_who_reads_or_writes_logs_has_the_connection_and_the_way_or_is_told(
    synth: Synth, name: str
) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        bundle = synth(name, "Secret/store")
    roles = ("api-server", "dag-processor", "scheduler", "triggerer")
    for role in (*roles, "task"):
        pod = pods(bundle)[role]
        assert "'name': 'store'" in str(pod.containers), role
    told = [str(each.message) for each in caught if "no way out to it" in str(each.message)]
    if name == "object-store-logs":
        assert not told
        assert all(9000 in ports_out(bundle, role) for role in roles)
    else:
        assert all(role in told[0] for role in roles)


def test_plugins_of_a_claim_are_in_all_airflow_pods(synth: Synth) -> None:
    bundle = synth("plugins-claim", "PersistentVolumeClaim/plugins")
    assert users_of(bundle, "mine") == AIRFLOW | JOBS


def test_a_logging_configuration_is_where_it_is_named(synth: Synth) -> None:
    bundle = synth("log-config", "ConfigMap/log")
    option = "AIRFLOW__LOGGING__LOGGING_CONFIG_CLASS"
    told = {name for name, pod in pods(bundle).items() if option in env_literals(main(pod))}
    assert AIRFLOW <= told <= users_of(bundle, "mine")


def test_jobs_stay_out_of_a_mesh(synth: Synth) -> None:
    label = "sidecar.istio.io/inject"
    found = pods(synth("mesh"))
    assert {name for name, pod in found.items() if label in pod.labels} == JOBS | {"bootstrap"}


def test_a_redis_of_the_cloud_replaces_that_of_the_release(synth: Synth) -> None:
    bundle = synth("cloud-redis", "Secret/redis")
    assert "redis" not in pods(bundle)
    assert 6379 in ports_out(bundle, "worker")


def test_a_probe_takes_fields_and_keeps_the_others(synth: Synth) -> None:
    container = main(pods(synth("slow-cluster"))["api-server"])
    startup, liveness = container["startupProbe"], container["livenessProbe"]
    assert (startup["failureThreshold"], liveness["timeoutSeconds"]) == (180, 30)
    assert "httpGet" in startup
    assert "httpGet" in liveness


def test_the_logs_of_a_local_executor_are_on_a_volume(synth: Synth) -> None:
    (claim,) = pods(synth("local-logs"))["scheduler"].claim_templates
    assert claim["spec"]["resources"]["requests"]["storage"] == "10Gi"


def test_git_sync_logs_in_as_a_github_app(synth: Synth) -> None:
    containers = pods(synth("github-app", "Secret/app"))["dag-processor"].containers
    (sync,) = [each for each in containers if each["name"] == "git-sync"]
    assert "--github-app-application-id=12345" in sync["args"]
    (flag,) = [each for each in sync["args"] if each.startswith("--github-app-private-key-file=")]
    folder = flag.partition("=")[2].rpartition("/")[0]
    assert folder in [mount["mountPath"] for mount in sync["volumeMounts"]]


def test_every_image_is_from_the_registry(synth: Synth) -> None:
    bundle = synth("registry", "Secret/registry")
    images = {each["image"] for pod in bundle.pods for each in pod.containers}
    assert {image.split("/")[0] for image in images} == {"registry.example.com"}
    assert all(pod.spec["imagePullSecrets"] == [{"name": "registry"}] for pod in bundle.pods)


def test_waits_have_the_settings_that_bring_the_database_token(synth: Synth) -> None:
    containers = pods(synth("database-token", "ConfigMap/local"))["scheduler"].init_containers
    (wait,) = [each for each in containers if each["name"] == "wait-for-migrations"]
    assert "mine" in [mount["name"] for mount in wait["volumeMounts"]]


def test_a_label_is_on_everything(synth: Synth) -> None:
    bundle = synth("labels")
    labels = [each["metadata"]["labels"] for each in bundle.manifests]
    assert {each["cost-center"] for each in (*labels, *(pod.labels for pod in bundle.pods))} == {
        "42"
    }


def test_a_second_ingress_stands_beside_ours(synth: Synth) -> None:
    bundle = synth("second-ingress", "Secret/inside", "Secret/outside")
    names = {each["metadata"]["name"] for each in bundle.all("Ingress")}
    assert names == {"af1-api-server", "public"}


def test_git_sync_and_pip_go_through_the_proxy_and_our_services_do_not(synth: Synth) -> None:
    worker = pods(synth("proxy"))["worker"]
    through = {"git-sync", "install-packages", "worker"}
    found = {each["name"]: env_literals(each) for each in worker.containers}
    assert through <= set(found)
    for name in through:
        assert found[name]["HTTPS_PROXY"] == "http://proxy.example.com:8080"
        assert "af1-api-server" in found[name]["NO_PROXY"].split(",")


def test_pip_reads_its_own_variables(synth: Synth) -> None:
    containers = pods(synth("package-index"))["worker"].init_containers
    (install,) = [each for each in containers if each["name"] == "install-packages"]
    assert env_literals(install)["PIP_INDEX_URL"] == "https://pypi.corp.example.com/simple"


REFUSED = {
    "account": ["serviceAccountName: no such key; serviceAccount: {name: ...} is the place of it"],
    "token": ["no such key; serviceAccount: {token: true} is the place of it"],
    "name": ["is too long", "use a release name of at most 32 characters"],
    "keda": ["KEDA takes no files", "give KedaAutoscaling(connection=SecretKey(...))"],
    "plugins": ["api-server, scheduler, triggerer", "give plugins=PluginsInDags('plugins')"],
    "backend": ["PYTHONPATH names", "api-server, scheduler, triggerer"],
    "options": [
        "config['webserver']['rbac']: no such option",
        "set config['dag_processor']['refresh_interval'] instead",
        "give the SMTP account as the connection smtp_default",
    ],
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_says_what_to_write_instead(name: str, tmp_path: Path) -> None:
    file = FOLDER / f"refused-{name}.yaml"
    with pytest.raises(ValueError, match=rf"{file.name}:\d+: ") as error:
        add_releases(App(outdir=str(tmp_path)), [file], defaults=AirflowProps())
    for words in REFUSED[name]:
        assert words in str(error.value)
    assert "hunter2" not in str(error.value)


def test_every_file_is_read_here() -> None:
    text = Path(__file__).read_text()
    for file in FOLDER.iterdir():
        name = file.stem.removeprefix("refused-")
        assert f'"{name}"' in text, file.name


def test_a_statsd_exporter_is_all_that_metrics_need(synth: Synth) -> None:
    """Deployment, Service, mapping, policy, ServiceMonitor; and the address in all who send."""
    bundle = synth("statsd-exporter")
    deployment = bundle.one("Deployment", "af1-statsd")
    assert deployment["spec"]["replicas"] == 1
    ports = bundle.one("Service", "af1-statsd")["spec"]["ports"]
    assert [(port["port"], port["protocol"]) for port in ports] == [(9125, "UDP"), (9102, "TCP")]
    assert "airflow_ti_finish_total" in bundle.one("ConfigMap", "af1-statsd")["data"]["mapping.yml"]
    monitor = bundle.one("ServiceMonitor", "af1-statsd")
    assert monitor["metadata"]["labels"]["release"] == "prometheus"
    assert monitor["spec"]["endpoints"] == [{"port": "metrics", "interval": "15s"}]
    _, rule = bundle.one("NetworkPolicy", "af1-statsd")["spec"]["ingress"]
    monitoring = {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}
    assert rule["from"] == [{"namespaceSelector": monitoring}]
    host = "AIRFLOW__METRICS__STATSD_HOST"
    found = {name: env_literals(main(pod)).get(host) for name, pod in pods(bundle).items()}
    assert {name for name, value in found.items() if value == "af1-statsd"} == AIRFLOW
