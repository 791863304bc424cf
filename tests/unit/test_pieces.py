"""Pieces of manifests in props are checked against Kubernetes's types, and named by their path."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import generate_kubernetes_schema
import pytest
from cdk8s import App
from cdk8s_plus_27 import k8s

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, JobProps, NetworkPolicies
from cdk8s_airflow.components.replicated import ReplicatedProps
from cdk8s_airflow.kubernetes.image_reference import is_reference
from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.kubernetes.problems import PropsError
from cdk8s_airflow.kubernetes.schema import type_of_struct

SIDE = {"name": "side", "image": "busybox:1.37"}
BLOCK = {"ipBlock": {"cidr": "10.0.0.0/8"}}


def side(**fields: object) -> dict[str, Any]:
    return {"extra_containers": [{**SIDE, **fields}]}


BAD: list[tuple[dict[str, Any], str]] = [
    # Unknown and misspelt fields.
    ({"resources": {"request": {"cpu": 1}}}, "resources.request: no such field .* 'requests'"),
    (side(imagePullPolice="Always"), "did you mean 'imagePullPolicy'"),
    (side(volumemounts=[]), "did you mean 'volumeMounts'"),
    ({"tolerations": [{"keys": "a"}]}, "tolerations.0..keys: no such field .* 'key'"),
    ({"affinity": {"nodeaffinity": {}}}, "affinity.nodeaffinity: .* 'nodeAffinity'"),
    ({"lifecycle": {"prestop": {}}}, "'preStop'"),
    ({"extra_volumes": [{"name": "a", "emptydir": {}}]}, "'emptyDir'"),
    ({"host_aliases": [{"ip": "1.1.1.1", "hostname": ["a"]}]}, "'hostnames'"),
    ({"dns_config": {"nameServers": ["1.1.1.1"]}}, "'nameservers'"),
    ({"env_from": [{"secretref": {"name": "a"}}]}, "'secretRef'"),
    # Values of enumerations.
    (side(imagePullPolicy="IfNotPresnt"), "imagePullPolicy='IfNotPresnt' .* 'IfNotPresent'"),
    ({"tolerations": [{"operator": "Equals", "key": "a"}]}, "operator='Equals' .* 'Equal'"),
    ({"tolerations": [{"operator": "Exists", "effect": "NoExec"}]}, "effect='NoExec'"),
    ({"topology_spread": [{"topologyKey": "zone", "whenUnsatisfiable": "Maybe"}]},
     "whenUnsatisfiable='Maybe' .* one of DoNotSchedule, ScheduleAnyway"),
    (side(ports=[{"containerPort": 1, "protocol": "tcp"}]), "protocol='tcp' .* 'TCP'"),
    (side(restartPolicy="Sometimes"), "restartPolicy='Sometimes': expected Always"),
    # What is missing.
    ({"extra_containers": [{"image": "a:1"}]}, r"extra_containers\[0\]: name missing, which"),
    ({"extra_containers": [{"name": "a"}]}, "container 'a' has no image; give it one"),
    ({"extra_volume_mounts": [{"name": "a"}]}, "mountPath missing"),
    (side(env=[{"value": "1"}]), r"env\[0\]: name missing"),
    ({"env_from": [{"prefix": "A_"}]}, r"env_from\[0\]: expected one of secretRef, configMapRef"),
    ({"extra_volumes": [{"name": "a"}]}, "volume 'a' says not what it is: expected one source"),
    # Types.
    ({"tolerations": [{"key": True}]}, "got True; YAML reads yes, no, on, off"),
    (side(args=[8080]), r"args\[0\]: expected text, got a number; quote it"),
    (side(command="sh"), "command: expected a list, got text"),
    (side(ports=[{"containerPort": "80"}]), "containerPort: expected a whole number, got text"),
    (side(env={"A": "1"}), "env: expected a list, got a mapping"),
    # Quantities.
    ({"resources": {"limits": {"memory": "2GB"}}}, "limits.memory='2GB' is no quantity"),
    ({"resources": {"limits": {"cpu": "-1"}}}, "limits.cpu='-1' is no quantity"),
    ({"resources": {"limits": {"memory": "512m"}}}, "did you mean '512Mi'"),
    ({"resources": {"limits": {"memory": 512}}}, "less than one MiB.*'512Mi'"),
    ({"resources": {"limits": {"cpu": "2Gi"}}}, "2147483648 cores: did you mean '2m'"),
    ({"resources": {"requests": {"cpu": 2}, "limits": {"cpu": "500m"}}},
     "requests.cpu=2 is above limits.cpu='500m': lower"),
    ({"resources": {"requests": {"nvidia.com/gpu": 1}}}, "has no 'nvidia.com/gpu', which is never"),
    ({"resources": {"requests": {"nvidia.com/gpu": 1}, "limits": {"nvidia.com/gpu": 2}}},
     "expected the same, as it is never"),
    ({"resources": {"limits": {"nvidia.com/gpu": "500m"}}}, "is counted in whole ones"),
    ({"resources": {"limits": {"mem": "1Gi"}}}, "no such resource; did you mean 'memory'"),
    ({"resources": {"limits": {"gpu": 1}}}, "has a domain, as 'nvidia.com/gpu'"),
    ({"extra_volumes": [{"name": "a", "emptyDir": {"sizeLimit": "much"}}]}, "sizeLimit='much'"),
    # Numbers, addresses, ports.
    (side(ports=[{"containerPort": 70000}]), "containerPort=70000: expected a port from 1"),
    (side(readinessProbe={"tcpSocket": {"port": 0}}), "port=0: expected a port from 1 to 65535"),
    (side(readinessProbe={"periodSeconds": -1}), "periodSeconds=-1: expected 0 or more"),
    (side(livenessProbe={"httpGet": {"port": "8080"}}), "expected the name of a port"),
    (side(livenessProbe={"httpGet": {"port": 1}, "exec": {}}), "exec and httpGet exclude each"),
    ({"host_aliases": [{"ip": "1.2.3", "hostnames": ["a"]}]}, "ip='1.2.3': expected an IP addre"),
    ({"host_aliases": [{"ip": "1.2.3.4", "hostnames": ["A b"]}]}, "'A b' is no host name"),
    ({"host_aliases": [{"ip": "1.2.3.4"}]}, "hostnames is empty: name one"),
    ({"dns_config": {"nameservers": ["dns.example.com"]}}, "expected an IP address"),
    ({"dns_config": {"nameservers": ["1.1.1.1"] * 4}}, "has 4 servers: expected at most 3"),
    ({"topology_spread": [{"topologyKey": "a", "maxSkew": 0}]}, "maxSkew=0: expected a number"),
    # What is there twice.
    ({"extra_containers": [SIDE, SIDE]}, r"\[1\].name='side' is that of item 0 too: expected a"),
    ({"extra_containers": [SIDE], "extra_init_containers": [SIDE]}, "'side' is an extra contai"),
    ({"extra_volumes": [{"name": "a", "emptyDir": {}}] * 2}, r"\[1\].name='a' is that of item 0"),
    ({"extra_volume_mounts": [{"name": "a", "mountPath": "/x"}] * 2}, "mountPath='/x' is that of"),
    (side(env=[{"name": "A", "value": "1"}] * 2), "name='A' is that of item 0 too"),
    (side(ports=[{"name": "a", "containerPort": 1}, {"name": "a", "containerPort": 2}]),
     "the name 'a' is there twice; give"),
    # Paths, names, labels.
    ({"extra_volume_mounts": [{"name": "a", "mountPath": "data"}]}, "expected an absolute path"),
    ({"extra_volume_mounts": [{"name": "a", "mountPath": "/a", "subPath": "../b"}]},
     "expected a path inside the volume"),
    (side(workingDir="app"), "workingDir='app': expected an absolute path"),
    (side(name="Side_car"), "name='Side_car': expected lower-case"),
    (side(image="Busybox:1"), "image='Busybox:1' is no image: expected"),
    (side(image="busybox:1:2"), "is no image: expected for"),
    (side(env=[{"name": "1A", "value": "x"}]), "'1A' is not the name of an environment variable"),
    ({"extra_volumes": [{"name": "My", "emptyDir": {}}]}, "name='My': expected lower-case"),
    ({"extra_volumes": [{"name": "a", "emptyDir": {}, "secret": {"secretName": "b"}}]},
     "volume 'a' has emptyDir and secret: expected one"),
    ({"labels": {"team": "data team"}}, "labels.team='data team' is no value of a label"),
    ({"labels": {"team name": "a"}}, "'team name' is no name for it"),
    ({"labels": {"team": "x" * 64}}, "is no value of a label: expected at most 63"),
    ({"annotations": {"a b": "x"}}, "'a b' is no name for it"),
    ({"node_selector": {"disk": "-ssd"}}, "node_selector.disk='-ssd' is no value"),
    # What contradicts itself.
    ({"tolerations": [{"operator": "Exists", "key": "a", "value": "b"}]}, "Exists takes no value"),
    ({"tolerations": [{"value": "b"}]}, "without key it needs operator: Exists"),
    ({"tolerations": [{"key": "a", "operator": "Exists", "tolerationSeconds": 5}]},
     "is for effect: NoExecute alone"),
    (side(env=[{"name": "A", "value": "1", "valueFrom": {"fieldRef": {"fieldPath": "x"}}}]),
     "'A' has value and valueFrom; give one"),
    ({"affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
        {"weight": 101, "preference": {}}]}}}, "weight=101: expected a number from 1 to 100"),
    ({"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
        "nodeSelectorTerms": [{"matchExpressions": [{"key": "a", "operator": "In"}]}]}}}},
     "operator In needs values; name one"),
    ({"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
        "nodeSelectorTerms": [{"matchExpressions": [
            {"key": "a", "operator": "Exists", "values": ["b"]}]}]}}}}, "Exists takes no values"),
    ({"lifecycle": {"preStop": {}}}, "preStop: expected one of exec, httpGet"),
    ({"resources": k8s.ResourceRequirements(limits={"cpu": k8s.Quantity.from_string("much")})},
     "limits.cpu='much' is no quantity"),
]  # fmt: skip

GOOD: list[dict[str, Any]] = [
    {"resources": {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"memory": "2Gi"}}},
    {"resources": {"requests": {"cpu": 0.5}, "limits": {"cpu": 1, "memory": 2147483648}}},
    {"resources": {"limits": {"nvidia.com/gpu": 1}}},
    {"resources": {"requests": {"nvidia.com/gpu": 1}, "limits": {"nvidia.com/gpu": "1"}}},
    {"resources": {"limits": {"hugepages-2Mi": "64Mi", "memory": "64Mi"}}},
    {"resources": {"requests": {"ephemeral-storage": "1G"}}},
    {"resources": {"claims": [{"name": "gpu"}]}},
    {"resources": {"limits": {"memory": "1e9"}}},
    {"resources": {}},
    side(imagePullPolicy="Always"),
    side(image="registry.example.com:5000/team/side@sha256:" + "a" * 64),
    side(image="busybox"),
    side(image="localhost/side:dev"),
    side(image="a/b__c/d--e.f:V1.0_x-y"),
    side(args=["--port", "8080"], command=["sh", "-c"], workingDir="/app"),
    side(ports=[{"name": "http", "containerPort": 80}, {"name": "dns", "containerPort": 53}]),
    side(ports=[{"containerPort": 53, "protocol": p} for p in ("TCP", "UDP")]),
    side(env=[{"name": "A", "value": ""}, {"name": "B.c-d", "value": "1"}]),
    side(env=[{"name": "A", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}]),
    side(readinessProbe={"httpGet": {"path": "/", "port": "http"}, "periodSeconds": 5}),
    side(livenessProbe={"exec": {"command": ["true"]}, "initialDelaySeconds": 0}),
    side(startupProbe={"grpc": {"port": 1}}),
    side(securityContext={"runAsUser": 0, "capabilities": {"drop": ["ALL"]}}),
    side(resizePolicy=[{"resourceName": "cpu", "restartPolicy": "NotRequired"}]),
    side(envFrom=[{"prefix": "A_", "configMapRef": {"name": "a", "optional": True}}]),
    {"extra_init_containers": [{**SIDE, "restartPolicy": "Always"}]},
    {"extra_init_containers": [{**SIDE, "name": "first"}], "extra_containers": [SIDE]},
    {"tolerations": [{"operator": "Exists"}]},
    {"tolerations": [{"key": "a", "value": "b", "effect": "NoSchedule"}]},
    {"tolerations": [{"key": "a", "operator": "Exists", "effect": ""}]},
    {"tolerations": [{"key": "e.com/a", "effect": "NoExecute", "value": "b",
                      "tolerationSeconds": 60}]},
    {"tolerations": [k8s.Toleration(key="a", operator="Exists")]},
    {"tolerations": []},
    {"affinity": {"podAntiAffinity": {}}},
    {"affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
        "nodeSelectorTerms": [{"matchExpressions": [
            {"key": "a", "operator": "In", "values": ["b"]},
            {"key": "e.com/c", "operator": "Exists"},
            {"key": "d", "operator": "Gt", "values": ["5"]}]}]}}}},
    {"affinity": k8s.Affinity(pod_affinity=k8s.PodAffinity())},
    {"topology_spread": [{"topologyKey": "topology.kubernetes.io/zone"}]},
    {"topology_spread": [{"topologyKey": "zone", "minDomains": 2, "maxSkew": 1,
                          "whenUnsatisfiable": "DoNotSchedule", "matchLabelKeys": ["a"]}]},
    {"node_selector": {"kubernetes.io/arch": "arm64", "empty": ""}},
    {"labels": {"team": "data", "e.com/cost_center.x": "A-1"}},
    {"annotations": {"e.com/text": "Any text: {json}", "plain": ""}},
    {"host_aliases": [{"ip": "10.0.0.7", "hostnames": ["kdc.example.com"]}]},
    {"host_aliases": [{"ip": "fd00::7", "hostnames": ["a"]}]},
    {"dns_config": {"options": [{"name": "ndots", "value": "2"}]}},
    {"dns_config": {"nameservers": ["10.0.0.10", "fd00::a"], "searches": ["a.b"]}},
    {"env_from": [{"secretRef": {"name": "a"}}, {"configMapRef": {"name": "a"}}]},
    {"env_from": []},
    {"lifecycle": {"preStop": {"sleep": {"seconds": 5}}}},
    {"lifecycle": {"preStop": {"exec": {"command": ["true"]}}, "stopSignal": "SIGTERM"}},
    {"extra_volumes": [{"name": "a", "emptyDir": {}}, {"name": "b", "emptyDir": {
        "medium": "Memory", "sizeLimit": "1Gi"}}]},
    {"extra_volumes": [{"name": "a", "secret": {"secretName": "b", "defaultMode": 0o400}}]},
    {"extra_volumes": [{"name": "a", "projected": {"sources": [{"configMap": {"name": "a"}}]}}]},
    {"extra_volumes": [{"name": "a", "image": {"reference": "a:1"}}]},
    {"extra_volumes": [{"name": "a", "csi": {"driver": "secrets-store.csi.k8s.io"}}]},
    {"extra_volumes": [{"name": "a", "hostPath": {"path": "/dev/shm", "type": "Directory"}}]},
    {"extra_volumes": [{"name": "a", "ephemeral": {"volumeClaimTemplate": {"spec": {
        "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}}}]},
    {"extra_volume_mounts": [{"name": "a", "mountPath": "/data", "subPath": "b/c"}]},
    {"extra_volume_mounts": [{"name": "a", "mountPath": "/data", "readOnly": True},
                             {"name": "a", "mountPath": "/data/x"}]},
    {"extra_volume_mounts": [k8s.VolumeMount(name="a", mount_path="/a")]},
    {"labels": {}, "annotations": {}, "node_selector": {}},
]  # fmt: skip


@pytest.mark.parametrize(("props", "message"), BAD, ids=lambda it: str(it)[:60])
def test_what_kubernetes_would_refuse_is_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        PodProps(**props)


@pytest.mark.parametrize("props", GOOD, ids=lambda it: str(it)[:60])
def test_what_kubernetes_takes_passes(props: dict[str, Any]) -> None:
    PodProps(**props)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ([{}], "{} would allow everyone; name peers in 'to', or say it openly"),
        ([{"to": []}], "would allow everyone"),
        ([{"too": [BLOCK]}], r"extra_egress.worker\[0\].too: no such field .* did you mean 'to'"),
        ([{"to": [{}]}], "expected podSelector, namespaceSelector or ipBlock"),
        ([{"to": [{**BLOCK, "podSelector": {}}]}], "ipBlock and podSelector exclude each other"),
        ([{"to": [{"ipBlock": {"cidr": "10.0.0.1/8"}}]}], "without bits behind its prefix"),
        ([{"to": [{"ipBlock": {"cidr": "10.0.0.1"}}]}], "expected a network such as"),
        ([{"to": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["11.0.0.0/9"]}}]}],
         "'11.0.0.0/9' is not inside of '10.0.0.0/8'"),
        ([{"to": [BLOCK], "ports": [{"port": 99999}]}], "port=99999: expected a port"),
        ([{"to": [BLOCK], "ports": [{"port": 20, "endPort": 10}]}], "endPort=10 is below port=20"),
        ([{"to": [BLOCK], "ports": [{"port": 1, "protocol": "http"}]}], "protocol='http' is no"),
        ([{"to": [{"namespaceSelector": {"matchLabels": {"a": "b c"}}}]}], "is no value of a lab"),
    ],
)  # fmt: skip
def test_rules_of_policies_say_whom_they_allow(rules: list[Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        NetworkPolicies(extra_egress={"worker": rules})


@pytest.mark.parametrize(
    "rule",
    [
        {"ports": [{"port": 443}]},
        {"to": [BLOCK]},
        {"to": [{"namespaceSelector": {}}], "ports": [{"port": 1, "endPort": 9}]},
        {"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}]},
        {"to": [{"podSelector": {"matchLabels": {"a": "b"}}}], "ports": [{"port": "https"}]},
    ],
)
def test_open_rules_of_policies_pass(rule: dict[str, Any]) -> None:
    NetworkPolicies(extra_egress={"worker": [rule]})


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        ({"type": "Recreates"}, "type='Recreates' is no value .* 'Recreate'"),
        ({"type": "Recreate", "rollingUpdate": {"maxSurge": 1}}, "type Recreate takes none"),
        ({"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}}, "are both 0, so no pod"),
        ({"rollingUpdate": {"maxSurge": "many"}}, "expected a number of pods, or a share"),
        ({"rollingupdate": {}}, "did you mean 'rollingUpdate'"),
    ],
)
def test_a_strategy_can_replace_pods(strategy: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ReplicatedProps(update_strategy=strategy)
    ReplicatedProps(update_strategy={"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}})
    ReplicatedProps(update_strategy={"type": "OnDelete"})


def test_all_problems_are_told_each_with_its_path() -> None:
    with pytest.raises(PropsError) as caught:
        PodProps(resources={"limits": {"cpu": "x"}}, tolerations=[{"kei": "a"}])
    assert str(caught.value).splitlines() == [
        "PodProps.tolerations[0].kei: no such field in Kubernetes's Toleration; did you mean "
        "'key'?",
        "PodProps.resources.limits.cpu='x' is no quantity: expected '2', '500m', '512Mi' or the "
        "like",
    ]
    assert [problem.path for problem in caught.value.problems] == [
        ("tolerations", 0, "kei"),
        ("resources", "limits", "cpu"),
    ]


def test_an_error_shows_no_text_that_could_be_secret() -> None:
    with pytest.raises(ValueError) as caught:
        PodProps(**side(env=[{"name": "A", "value": ["hunter2"]}], args="hunter2", stdin="hunter2"))
    assert "hunter2" not in str(caught.value)


def test_a_mount_has_a_volume(tmp_path: Path) -> None:
    def chart(**props: Any) -> None:
        app = App(outdir=str(tmp_path))
        folder = Path(__file__).resolve().parents[2] / "dags"
        AirflowChart(app, "af1", props=AirflowProps(dags=DagsFolder(str(folder)), **props))

    mount = {"name": "data", "mountPath": "/data"}
    with pytest.raises(
        ValueError, match=r"'data' at '/data' is no volume of this pod; .* tmp; add it"
    ):
        chart(bootstrap=JobProps(extra_volume_mounts=[mount]))
    with pytest.raises(ValueError, match="'data' at '/data' is no volume of this pod"):
        chart(migrations=JobProps(**side(volumeMounts=[mount])))
    chart(
        migrations=JobProps(
            extra_volume_mounts=[mount], extra_volumes=[{"name": "data", "emptyDir": {}}]
        )
    )


def test_the_types_are_those_of_the_validator() -> None:
    assert generate_kubernetes_schema.FILE.read_text() == generate_kubernetes_schema.text()


def test_every_enumeration_is_of_a_field_that_exists() -> None:
    text = generate_kubernetes_schema.FILE.read_text()
    values = {"=" + "|".join(each.split()) for each in generate_kubernetes_schema.ENUMS.values()}
    assert {each for each in values if each not in text} == set()


def test_a_struct_without_a_type_of_kubernetes_is_told() -> None:
    assert type_of_struct("PodDnsConfig") == "core.v1.PodDNSConfig"
    assert type_of_struct("HorizontalPodAutoscalerBehaviorV2").startswith("autoscaling.v2.")
    with pytest.raises(LookupError, match="Kubernetes has no type Nothing"):
        type_of_struct("Nothing")


def test_the_types_are_not_read_by_a_release_without_pieces() -> None:
    code = (
        "from cdk8s_airflow import AirflowProps; AirflowProps(); "
        "from cdk8s_airflow.kubernetes.schema import _types; print(_types.cache_info().currsize)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "0\n"


@pytest.mark.parametrize("text", ["a:1", "a.b:5000/c", "[::1]:5000/a:1", "a/b@sha256:" + "0" * 64])
def test_images_by_their_grammar(text: str) -> None:
    assert is_reference(text)


@pytest.mark.parametrize(
    "text", ["", "A:1", "a b", "a:", "a@sha256:0", "http://a/b", "a//b", "/a", "a/", "a:1/b:2:3"]
)
def test_what_is_no_image(text: str) -> None:
    assert not is_reference(text)
