"""What is said once: of all pods that run Airflow, of all images, and of the probes of a role."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App
from cdk8s_plus_27 import k8s

from cdk8s_airflow import (
    AirflowChart,
    AirflowPods,
    AirflowProps,
    ApiServerProps,
    DagsFolder,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    FieldRef,
    Flower,
    GitSyncDags,
    Image,
    JobProps,
    Kerberos,
    KubernetesExecutor,
    Logs,
    Part,
    PgBouncer,
    PgBouncerExporter,
    Platform,
    PodDefaults,
    PodParts,
    PodProps,
    Registry,
    ResourceFieldRef,
    Role,
    SchedulerProps,
    SecretKey,
    VolumeClaim,
)
from cdk8s_airflow.checks.bundle import Bundle, Pod
from cdk8s_airflow.kubernetes.pods import from_registry
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
GIT_SYNC = GitSyncDags(
    repository="https://git.example.com/team/dags.git", volume=VolumeClaim(size="1Gi")
)
AIRFLOW = {"api-server", "create-admin", "dag-processor", "migrations", "scheduler", "triggerer"}


def bundle_of(tmp_path: Path, *external: str, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(**{"dags": DAGS, **props}))

    return synthesize(build, tmp_path, external=external)


def pod_of(bundle: Bundle, component: str) -> Pod:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    return pod


PLUGINS = AirflowPods(
    labels={"team": "data"},
    extra_volumes=[{"name": "extra", "configMap": {"name": "extra"}}],
    extra_volume_mounts=[{"name": "extra", "mountPath": "/srv/extra"}],
    env_from=[{"secretRef": {"name": "connections"}}, {"configMapRef": {"name": "variables"}}],
    image_pull_secrets=[{"name": "registry"}],
)
BROUGHT = ("ConfigMap/extra", "ConfigMap/variables", "Secret/connections", "Secret/registry")


@pytest.mark.parametrize("executor", [None, KubernetesExecutor()])
def test_what_all_airflow_pods_have_no_server_has(tmp_path: Path, executor: Any) -> None:
    given = {"executor": executor} if executor else {}
    bundle = bundle_of(
        tmp_path, *BROUGHT, airflow_pods=PLUGINS, dags=GIT_SYNC, pgbouncer=PgBouncer(), **given
    )
    tasks = {"task"} if executor else {"worker"}
    having = {
        pod.component
        for pod in bundle.pods
        if "/srv/extra" in {m["mountPath"] for m in pod.main_containers[0].get("volumeMounts", ())}
    }
    assert having == AIRFLOW | tasks
    for pod in bundle.pods:
        ours = pod.component in having
        main = pod.main_containers[0]
        assert (main.get("envFrom") == [*(PLUGINS.env_from or ())]) is ours, pod
        assert ({"name": "registry"} in pod.spec.get("imagePullSecrets", [])) is ours, pod
        assert ("team" in pod.labels) is ours, pod


def test_a_role_adds_to_it_and_overrides_it(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        "Secret/everyones",
        "Secret/connections",
        "Secret/ui",
        *(f"PriorityClass/{name}" for name in ("low", "lowest", "high")),
        env_from=[{"secretRef": {"name": "everyones"}}],
        airflow_pods=AirflowPods(
            priority_class_name="low", env_from=[{"secretRef": {"name": "connections"}}]
        ),
        pods=PodDefaults(priority_class_name="lowest", node_selector={"disk": "ssd"}),
        api_server=ApiServerProps(
            priority_class_name="high", env_from=[{"secretRef": {"name": "ui"}}]
        ),
    )
    api, scheduler, redis = (pod_of(bundle, name) for name in ("api-server", "scheduler", "redis"))
    names = [each["secretRef"]["name"] for each in api.main_containers[0]["envFrom"]]
    assert names == ["everyones", "connections", "ui"], "the role's come last, and win"
    classes = [pod.spec["priorityClassName"] for pod in (api, scheduler, redis)]
    assert classes == ["high", "low", "lowest"]
    assert all(pod.spec["nodeSelector"] == {"disk": "ssd"} for pod in (api, scheduler, redis))


SHIPPER = {
    "name": "shipper",
    "image": "registry2.example.com/shipper:1",
    "resources": {
        "requests": {"cpu": "1m", "memory": "1Mi", "ephemeral-storage": "1Mi"},
        "limits": {"memory": "8Mi"},
    },
}


def test_every_image_comes_from_the_registry(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        "Secret/pull",
        images=Registry(prefix="registry.example.com/mirror", pull_secret="pull"),
        dags=GIT_SYNC,
        executors=[KubernetesExecutor()],
        pgbouncer=PgBouncer(),
        scheduler=SchedulerProps(extra_init_containers=[SHIPPER]),
    )
    images = {container["image"] for pod in bundle.pods for container in pod.containers}
    assert all(image.startswith("registry.example.com/mirror/") for image in images), images
    assert "registry.example.com/mirror/apache/airflow:3.3.2" in images
    assert "registry.example.com/mirror/git-sync/git-sync:v4.7.1" in images
    assert "registry.example.com/mirror/shipper:1" in images
    for pod in bundle.pods:
        assert {"name": "pull"} in pod.spec["imagePullSecrets"], pod


class Agent(Part):
    """A part of a user's own with a sidecar."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        if role is not Role.TRIGGERER:
            return PodParts()
        return PodParts(sidecars=({**SHIPPER, "name": "agent", "image": "quay.io/team/agent:1"},))


@pytest.mark.parametrize(
    ("image", "props"),
    [
        ("shipper:1", {"scheduler": SchedulerProps(extra_containers=[SHIPPER])}),
        ("shipper:1", {"pods": PodDefaults(extra_init_containers=[SHIPPER])}),
        ("shipper:1", {"airflow_pods": AirflowPods(extra_containers=[SHIPPER])}),
        ("shipper:1", {"broker": EmbeddedRabbitmq(extra_containers=[SHIPPER])}),
        ("shipper:1", {"migrations": JobProps(extra_containers=[SHIPPER])}),
        ("team/agent:1", {"extensions": [Agent()]}),
        (
            "prometheuscommunity/pgbouncer-exporter:v0.12.1",
            {"pgbouncer": PgBouncer(exporter=PgBouncerExporter())},
        ),
        ("git-sync/git-sync:v4.7.1", {"dags": replace(GIT_SYNC, volume="shared")}),
        (
            "team/airflow:1",
            {"flower": Flower(image=Image(repository="quay.io/team/airflow", tag="1"))},
        ),
        (
            "team/airflow:1",
            {"executor": KubernetesExecutor(image=Image(repository="team/airflow", tag="1"))},
        ),
    ],
)
def test_images_of_sidecars_and_exporters_come_from_the_registry_too(
    tmp_path: Path, image: str, props: dict[str, Any]
) -> None:
    app = App(outdir=str(tmp_path))
    registry = Registry(prefix="registry.example.com/mirror", pull_secret="pull")
    props = {"dags": DAGS, "images": registry, **props}
    bundle = Bundle(AirflowChart(app, "af1", props=AirflowProps(**props)).to_json())
    images = {container["image"] for pod in bundle.pods for container in pod.containers}
    assert {each for each in images if not each.startswith("registry.example.com/mirror/")} == set()
    assert f"registry.example.com/mirror/{image}" in images


def test_a_volume_of_an_image_comes_from_the_registry_too() -> None:
    spec: dict[str, Any] = {
        "containers": [{"name": "a", "image": "a:1"}],
        "volumes": [
            {"name": "code", "image": {"reference": "quay.io/team/code:1", "pullPolicy": "Always"}},
            {"name": "tmp", "emptyDir": {}},
        ],
    }
    from_registry(spec, Registry(prefix="r.example.com"))
    assert spec["volumes"][0]["image"] == {
        "reference": "r.example.com/team/code:1",
        "pullPolicy": "Always",
    }


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("postgres:17.6", "r.example.com/m/postgres:17.6"),
        ("apache/airflow:3.3.2", "r.example.com/m/apache/airflow:3.3.2"),
        ("registry.k8s.io/a/b@sha256:0", "r.example.com/m/a/b@sha256:0"),
        ("localhost/a:1", "r.example.com/m/a:1"),
        ("host:5000/a:1", "r.example.com/m/a:1"),
        ("r.example.com/m/a:1", "r.example.com/m/a:1"),
    ],
)
def test_an_image_keeps_its_path_and_loses_its_host(image: str, expected: str) -> None:
    assert Registry(prefix="r.example.com/m").reference(image) == expected


@pytest.mark.parametrize("prefix", ["mirror", "https://r.example.com", "r.example.com/", ""])
def test_a_registry_begins_with_a_host(prefix: str) -> None:
    with pytest.raises(ValueError, match=r"expected a host, with a path if you like"):
        Registry(prefix=prefix)


def test_fields_of_probes_override_those_of_the_bundle(tmp_path: Path) -> None:
    before = bundle_of(tmp_path)
    after = bundle_of(
        tmp_path,
        api_server=ApiServerProps(
            startup_probe={"failureThreshold": 180}, liveness_probe={"timeoutSeconds": 30}
        ),
        scheduler=SchedulerProps(readiness_probe={"tcpSocket": {"port": 8974}}),
        broker=EmbeddedRedis(liveness_probe={"periodSeconds": 60}),
    )

    def probes(bundle: Bundle, component: str) -> dict[str, Any]:
        main = pod_of(bundle, component).main_containers[0]
        return {key: main[key] for key in main if key.endswith("Probe")}

    old, new = probes(before, "api-server"), probes(after, "api-server")
    assert new["startupProbe"] == {**old["startupProbe"], "failureThreshold": 180}
    assert new["livenessProbe"] == {**old["livenessProbe"], "timeoutSeconds": 30}
    assert new["readinessProbe"] == old["readinessProbe"]
    scheduler = probes(after, "scheduler")["readinessProbe"]
    assert scheduler["tcpSocket"] == {"port": 8974}
    assert not {"exec", "httpGet"} & scheduler.keys()
    assert probes(after, "redis")["livenessProbe"]["periodSeconds"] == 60


def test_fields_of_the_probes_of_sidecars(tmp_path: Path) -> None:
    slow: dict[str, Any] = {"liveness_probe": {"timeoutSeconds": 55}}
    bundle = bundle_of(
        tmp_path,
        "Secret/kerberos",
        logs=Logs(**slow, startup_probe={"failureThreshold": 99}),
        kerberos=Kerberos(
            principal="airflow",
            keytab=SecretKey(name="kerberos", key="keytab"),
            config="[libdefaults]",
            **slow,
        ),
        pgbouncer=PgBouncer(exporter=PgBouncerExporter(**slow)),
    )
    probed = {
        (pod.component, container["name"])
        for pod in bundle.pods
        for container in pod.containers
        if container.get("livenessProbe", {}).get("timeoutSeconds") == 55
    }
    groomed = {(name, "log-groomer") for name in ("dag-processor", "triggerer", "worker")}
    assert probed == {*groomed, ("worker", "kerberos"), ("pgbouncer", "exporter")}
    (groomer,) = (
        container
        for container in pod_of(bundle, "worker").containers
        if container["name"] == "log-groomer"
    )
    assert groomer["startupProbe"]["failureThreshold"] == 99
    assert groomer["livenessProbe"]["exec"] == groomer["readinessProbe"]["exec"]


OWN_USER = {"runAsUser": 1000, "runAsGroup": 1000, "fsGroup": 1000}


def test_an_image_with_another_user_has_its_ids(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        airflow_pods=AirflowPods(security_context=OWN_USER),
        scheduler=SchedulerProps(
            security_context=k8s.PodSecurityContext(run_as_user=2000, supplemental_groups=[7])
        ),
        broker=EmbeddedRedis(security_context={"runAsUser": 1001}),
        dags=GIT_SYNC,
    )
    contexts = {pod.component: pod.spec["securityContext"] for pod in bundle.pods}
    changed = {"worker", *AIRFLOW}
    for component, context in contexts.items():
        assert context["runAsNonRoot"] is True, "the rest stays"
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}
        if component in changed - {"scheduler"}:
            assert {key: context[key] for key in OWN_USER} == OWN_USER, component
    ids = ("runAsUser", "runAsGroup", "fsGroup")
    scheduler = [contexts["scheduler"][key] for key in (*ids, "supplementalGroups")]
    assert scheduler == [2000, 1000, 1000, [7]], "the role's fields win, one by one"
    assert [contexts["redis"][key] for key in ids] == [1001, 999, 999]
    assert [contexts["bootstrap"][key] for key in ids] == [50000, 0, 0]
    assert [contexts["git-sync"][key] for key in ids] == [65533, 0, 0]


def test_ids_of_one_s_own_win_over_those_that_the_cluster_assigns(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path, user_ids="assigned", scheduler=SchedulerProps(security_context=OWN_USER)
    )
    assert pod_of(bundle, "scheduler").spec["securityContext"]["runAsUser"] == 1000
    assert "runAsUser" not in pod_of(bundle, "triggerer").spec["securityContext"]


@pytest.mark.parametrize("kind", [PodProps, AirflowPods, SchedulerProps])
def test_root_is_refused_unless_it_is_meant(kind: Any) -> None:
    with pytest.raises(ValueError, match=r"has runAsUser: 0, and the kubelet starts no such"):
        kind(security_context={"runAsUser": 0})
    kind(security_context={"runAsUser": 0, "runAsNonRoot": False})


def test_a_probe_that_is_not_there_needs_a_handler(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"the container 'migrations' has no livenessProbe, so"):
        bundle_of(tmp_path, migrations=JobProps(liveness_probe={"periodSeconds": 5}))


def test_variables_take_fields_of_the_pod_and_of_its_container(tmp_path: Path) -> None:
    """The API server fills in version and divisor; so a second apply changes nothing."""
    bundle = bundle_of(
        tmp_path,
        env={
            "AIRFLOW__METRICS__STATSD_HOST": FieldRef(path="status.hostIP"),
            "MEMORY": ResourceFieldRef(resource="limits.memory", divisor="1Mi"),
        },
    )
    worker = pod_of(bundle, "worker").main_containers[0]
    env = {each["name"]: each.get("valueFrom") for each in worker["env"]}
    assert env["AIRFLOW__METRICS__STATSD_HOST"] == {
        "fieldRef": {"apiVersion": "v1", "fieldPath": "status.hostIP"}
    }
    assert env["MEMORY"] == {"resourceFieldRef": {"divisor": "1Mi", "resource": "limits.memory"}}


@pytest.mark.parametrize("path", ["metadata.name", "metadata.labels['team']", "status.podIPs"])
def test_the_downward_api_knows_a_field(path: str) -> None:
    assert FieldRef(path=path).path == path


@pytest.mark.parametrize("path", ["status.ip", "spec.containers", "metadata.labels[team]", ""])
def test_another_field_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"expected one of metadata.name, metadata.namespace"):
        FieldRef(path=path)


@pytest.mark.parametrize("resource", ["memory", "limits.gpu", "limit.cpu"])
def test_another_resource_is_refused(resource: str) -> None:
    with pytest.raises(ValueError, match=r"expected 'limits.cpu', 'requests.memory' or the like"):
        ResourceFieldRef(resource=resource)
