"""What is said of all pods reaches each of them, and a role's own word wins."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App
from cdk8s_plus_27 import k8s

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRabbitmq,
    Flower,
    GitSyncDags,
    PodDefaults,
    PodProps,
    SchedulerProps,
    ServiceAccount,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.kubernetes.objects import wire
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
RESOURCES = {
    "requests": {"cpu": "1m", "memory": "1Mi", "ephemeral-storage": "1Mi"},
    "limits": {"memory": "1Mi"},
}
PROBE = {"exec": {"command": ["true"]}}
PROBES = {"livenessProbe": PROBE, "readinessProbe": PROBE}
NATIVE = "Pod.initContainers[].restartPolicy"


def bundle_of(tmp_path: Path, *external: str, newer: tuple[str, ...] = (), **props: Any) -> Bundle:
    def build(app: App) -> None:
        given = AirflowProps(**{"dags": DAGS, **props})
        AirflowChart(app, "af1", namespace="airflow", props=given)

    return synthesize(build, tmp_path, external=external, newer_fields=newer)


def side(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "image": "busybox:1.37", "resources": RESOURCES, **PROBES, **more}


def volume(name: str, size: str) -> dict[str, Any]:
    return {"name": name, "emptyDir": {"sizeLimit": size}}


def toleration(key: str) -> dict[str, Any]:
    return {"key": key, "operator": "Exists"}


PRECEDENCE: dict[str, tuple[Any, Any, Any]] = {
    "labels": ({"a": "1", "b": "1"}, {"b": "2"}, {"a": "1", "b": "2"}),
    "annotations": ({"a": "1", "b": "1"}, {"b": "2"}, {"a": "1", "b": "2"}),
    "node_selector": ({"a": "1", "b": "1"}, {"b": "2"}, {"a": "1", "b": "2"}),
    "tolerations": ([toleration("a")], [toleration("b")], [toleration("b")]),
    "affinity": (
        k8s.Affinity(node_affinity=k8s.NodeAffinity(), pod_affinity=k8s.PodAffinity()),
        {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": []}},
        {
            "nodeAffinity": {},
            "podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": []},
        },
    ),
    "service_account": (
        ServiceAccount(annotations={"a": "1", "b": "1"}, token=True),
        ServiceAccount(annotations={"b": "2"}),
        ServiceAccount(annotations={"a": "1", "b": "2"}, token=True),
    ),
    "topology_spread": ([{"topologyKey": "a"}], [{"topologyKey": "b"}], [{"topologyKey": "b"}]),
    "priority_class_name": ("low", "high", "high"),
    "runtime_class_name": ("a", "b", "b"),
    "scheduler_name": ("a", "b", "b"),
    "host_aliases": (
        [{"ip": "1.1.1.1", "hostnames": ["a"]}, {"ip": "2.2.2.2", "hostnames": ["a"]}],
        [{"ip": "2.2.2.2", "hostnames": ["b"]}],
        [{"ip": "1.1.1.1", "hostnames": ["a"]}, {"ip": "2.2.2.2", "hostnames": ["b"]}],
    ),
    "dns_policy": ("Default", "ClusterFirst", "ClusterFirst"),
    "dns_config": ({"searches": ["a"]}, {"nameservers": ["1.1.1.1"]}, {"nameservers": ["1.1.1.1"]}),
    "extra_init_containers": ([side("a"), side("b")], [side("b", tty=True)], None),
    "extra_containers": ([side("a"), side("b")], [side("b", tty=True)], None),
    "extra_volumes": (
        [volume("a", "1Mi"), volume("b", "1Mi")],
        [volume("b", "2Mi")],
        [volume("a", "1Mi"), volume("b", "2Mi")],
    ),
    "image_pull_secrets": (
        [{"name": "a"}, {"name": "b"}],
        [{"name": "b"}, {"name": "c"}],
        [{"name": "a"}, {"name": "b"}, {"name": "c"}],
    ),
    "extra_volume_mounts": (
        [{"name": "a", "mountPath": "/x"}, {"name": "a", "mountPath": "/y"}],
        [{"name": "b", "mountPath": "/y"}],
        [{"name": "a", "mountPath": "/x"}, {"name": "b", "mountPath": "/y"}],
    ),
}
"""Field -> what the release says, what the role says, what holds (None: the first, the second)."""


def test_every_field_has_its_precedence() -> None:
    assert set(PRECEDENCE) == {field.name for field in fields(PodDefaults)}


@pytest.mark.parametrize("name", PRECEDENCE)
def test_the_role_wins_over_the_release(name: str) -> None:
    release, role, both = PRECEDENCE[name]
    both = [release[0], role[0]] if both is None else both
    made = PodProps(**{name: role}).with_defaults(PodDefaults(**{name: release}))
    made_value = getattr(made, name)
    assert made_value == both or wire(made_value) == wire(both)


@pytest.mark.parametrize("name", PRECEDENCE)
def test_what_only_one_says_holds(name: str) -> None:
    release, role, _ = PRECEDENCE[name]
    assert getattr(PodProps().with_defaults(PodDefaults(**{name: release})), name) == release
    assert getattr(PodProps(**{name: role}).with_defaults(PodDefaults()), name) == role


def test_an_empty_list_takes_away_what_the_release_says() -> None:
    release = PodDefaults(tolerations=[toleration("a")])
    assert PodProps(tolerations=[]).with_defaults(release).tolerations == []


def test_what_is_of_the_role_alone_is_kept() -> None:
    props = SchedulerProps(replicas=3, env={"A": "b"}, termination_grace_seconds=9)
    made = props.with_defaults(PodDefaults(priority_class_name="high"))
    assert (made.env, made.termination_grace_seconds) == ({"A": "b"}, 9)


EVERYWHERE = PodDefaults(
    node_selector={"pool": "airflow"},
    tolerations=[toleration("dedicated")],
    priority_class_name="high",
    runtime_class_name="gvisor",
    scheduler_name="volcano",
    host_aliases=[{"ip": "10.0.0.1", "hostnames": ["db"]}],
    dns_config={"options": [{"name": "ndots", "value": "2"}]},
    labels={"team": "data"},
    annotations={"example.com/owner": "data"},
    extra_containers=[side("proxy")],
    extra_init_containers=[side("prepare")],
    extra_volumes=[volume("cache", "1Mi")],
    extra_volume_mounts=[{"name": "cache", "mountPath": "/cache"}],
)
SPEC = {
    "nodeSelector": {"pool": "airflow"},
    "tolerations": [toleration("dedicated")],
    "priorityClassName": "high",
    "runtimeClassName": "gvisor",
    "schedulerName": "volcano",
    "hostAliases": [{"ip": "10.0.0.1", "hostnames": ["db"]}],
    "dnsConfig": {"options": [{"name": "ndots", "value": "2"}]},
}
COMPONENTS = {
    *("api-server", "scheduler", "dag-processor", "triggerer", "worker", "flower", "git-sync"),
    *("postgresql", "rabbitmq", "migrations", "create-admin", "bootstrap"),
}


def test_what_is_said_of_all_pods_reaches_every_kind_of_pod(tmp_path: Path) -> None:
    prepare = {k: v for k, v in side("prepare").items() if not k.endswith("Probe")}
    bundle = bundle_of(
        tmp_path,
        *("PriorityClass/high", "RuntimeClass/gvisor", "PersistentVolumeClaim/dags"),
        newer=(NATIVE,),
        dags=GitSyncDags(repository="https://git.example.com/dags.git", volume="dags"),
        broker=EmbeddedRabbitmq(),
        flower=Flower(),
        pods=PodDefaults(
            **{
                **{f.name: getattr(EVERYWHERE, f.name) for f in fields(PodDefaults)},
                "extra_init_containers": [prepare],
            }
        ),
    )
    assert {pod.component for pod in bundle.pods} == COMPONENTS
    for pod in bundle.pods:
        assert {key: pod.spec.get(key) for key in SPEC} == SPEC, pod
        assert pod.metadata["labels"]["team"] == "data"
        assert pod.metadata["annotations"]["example.com/owner"] == "data"
        main = pod.spec["containers"][0]
        assert {"name": "cache", "mountPath": "/cache"} in main["volumeMounts"], pod
        assert volume("cache", "1Mi") in pod.spec["volumes"]
        inits = [item["name"] for item in pod.spec["initContainers"]]
        beside = [item["name"] for item in pod.spec["containers"]]
        assert "prepare" in inits
        if pod.owner["kind"] == "Job":
            assert inits[0] == "proxy", "a sidecar must not keep a Job from ending"
            assert pod.spec["initContainers"][0]["restartPolicy"] == "Always"
            assert "proxy" not in beside
        else:
            assert "proxy" in beside


def test_native_sidecars_start_before_what_waits(tmp_path: Path) -> None:
    proxy = side("proxy", restartPolicy="Always")
    scheduler = SchedulerProps(extra_init_containers=[proxy])
    bundle = bundle_of(tmp_path, newer=(NATIVE,), scheduler=scheduler)
    inits = bundle.one("Deployment", "af1-scheduler")["spec"]["template"]["spec"]["initContainers"]
    assert [item["name"] for item in inits] == [
        *("proxy", "wait-for-servers", "wait-for-migrations"),
    ]


def test_pods_of_one_component_and_release_prefer_to_be_apart(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path)
    spread = {pod.component for pod in bundle.pods if pod.spec.get("affinity")}
    assert spread == {"api-server", "scheduler", "dag-processor", "triggerer", "worker"}
    worker = bundle.one("StatefulSet", "af1-worker")["spec"]
    terms = worker["template"]["spec"]["affinity"]["podAntiAffinity"]
    assert list(terms) == ["preferredDuringSchedulingIgnoredDuringExecution"]
    (node, zone) = terms["preferredDuringSchedulingIgnoredDuringExecution"]
    assert node["podAffinityTerm"] == {
        "labelSelector": {"matchLabels": worker["selector"]["matchLabels"]},
        "topologyKey": "kubernetes.io/hostname",
    }
    assert zone["podAffinityTerm"]["topologyKey"] == "topology.kubernetes.io/zone"
    assert node["weight"] > zone["weight"]


def test_spread_constraints_are_completed_and_replace_the_anti_affinity(tmp_path: Path) -> None:
    said = k8s.TopologySpreadConstraint(
        max_skew=2, topology_key="rack", when_unsatisfiable="DoNotSchedule"
    )
    zones: list[Any] = [{"topologyKey": "topology.kubernetes.io/zone"}, said]
    bundle = bundle_of(tmp_path, pods=PodDefaults(topology_spread=zones))
    for pod in bundle.pods:
        own = {"matchLabels": {k: pod.labels[f"app.kubernetes.io/{k.split('/')[1]}"] for k in (
            "app.kubernetes.io/component", "app.kubernetes.io/instance", "app.kubernetes.io/name"
        )}}  # fmt: skip
        assert "affinity" not in pod.spec
        assert pod.spec["topologySpreadConstraints"] == [
            {
                "labelSelector": own,
                "maxSkew": 1,
                "topologyKey": "topology.kubernetes.io/zone",
                "whenUnsatisfiable": "ScheduleAnyway",
            },
            {
                "labelSelector": own,
                "maxSkew": 2,
                "topologyKey": "rack",
                "whenUnsatisfiable": "DoNotSchedule",
            },
        ]


def test_node_affinity_of_the_user_stands_beside_the_anti_affinity(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        scheduler=SchedulerProps(affinity={"nodeAffinity": {}}),
        pods=PodDefaults(affinity={"podAntiAffinity": {}}),
    )
    spec = bundle.one("Deployment", "af1-scheduler")["spec"]["template"]["spec"]
    assert spec["affinity"] == {"nodeAffinity": {}, "podAntiAffinity": {}}


def test_an_embedded_server_has_a_place_and_hooks_of_its_own(tmp_path: Path) -> None:
    hook = {"preStop": {"exec": {"command": ["sync"]}}}
    server = EmbeddedPostgresql(
        node_selector={"disk": "ssd"}, lifecycle=hook, termination_grace_seconds=300
    )
    bundle = bundle_of(tmp_path, database=server, pods=PodDefaults(node_selector={"a": "b"}))
    pod = bundle.one("StatefulSet", "af1-postgresql")["spec"]["template"]["spec"]
    assert pod["nodeSelector"] == {"a": "b", "disk": "ssd"}
    assert pod["terminationGracePeriodSeconds"] == 300
    assert pod["containers"][0]["lifecycle"] == hook


def test_whole_config_maps_become_environment(tmp_path: Path) -> None:
    scheduler = SchedulerProps(env_from=[{"configMapRef": {"name": "site"}}])
    bundle = bundle_of(tmp_path, "ConfigMap/site", scheduler=scheduler)
    assert bundle.container("Deployment", "af1-scheduler")["envFrom"] == [
        {"configMapRef": {"name": "site"}}
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: PodDefaults(dns_policy="None"),
            r"PodDefaults\(dns_policy='None'\) leaves the pods without name servers: give dns_conf",
        ),
        (
            lambda: PodDefaults(topology_spread=[{"maxSkew": 1}]),
            r"PodDefaults\.topology_spread has {'maxSkew': 1}: expected a topologyKey",
        ),
        (
            lambda: PodDefaults(labels={"app.kubernetes.io/name": "x"}),
            r"PodDefaults\.labels\['app\.kubernetes\.io/name'\]: labels of app",
        ),
        (
            lambda: SchedulerProps(termination_grace_seconds=0),
            r"SchedulerProps\.termination_grace_seconds=0: expected 1 or more seconds",
        ),
        (
            lambda: GitSyncDags(repository="https://x/y.git", pod=PodDefaults()),
            r"GitSyncDags\(pod=\.\.\.\) has no pod without volume=",
        ),
    ],
)
def test_what_would_mean_nothing_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
