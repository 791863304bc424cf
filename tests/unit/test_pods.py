from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from cdk8s_plus_27 import k8s

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.objects import wire
from cdk8s_airflow.kubernetes.parts import CHECKSUM, NOTHING, PodParts, total
from cdk8s_airflow.kubernetes.pods import Container, PodProps, empty_dir, pod_template
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey, env_vars

LABELS = Labels(name="airflow", instance="af1", component="x", part_of="airflow", version="1")
IMAGE = Image(repository="apache/airflow", tag="3.3.2", pull_secrets=("registry",))
MAIN = Container(name="main", image=IMAGE, ports={"http": 80})


def template(
    parts: PodParts = NOTHING, props: PodProps | None = None, **more: Any
) -> dict[str, Any]:
    made = pod_template(
        LABELS,
        MAIN,
        parts=parts,
        props=props or PodProps(),
        service_account="af1-x",
        user=50000,
        group=0,
        fs_group=0,
        **more,
    )
    form: Any = wire(made)
    return dict(form)


def main_container(made: dict[str, Any]) -> dict[str, Any]:
    container: dict[str, Any] = made["spec"]["containers"][0]
    return container


def test_the_sum_of_parts_keeps_their_order_and_lets_the_later_win() -> None:
    first = PodParts(env=env_vars({"A": "1", "B": "1"}), annotations={"a": "1"})
    second = PodParts(env=env_vars({"A": "2", "C": "2"}), annotations={"a": "2", "b": "2"})
    both = total([first, NOTHING, second])
    assert [(var.name, var.value) for var in both.env] == [("A", "2"), ("B", "1"), ("C", "2")]
    assert both.annotations == {"a": "2", "b": "2"}


def test_a_volume_that_two_parts_bring_is_there_once() -> None:
    both = empty_dir("tmp", "/tmp", "1Gi") + empty_dir("tmp", "/tmp", "1Gi")
    assert (len(both.volumes), len(both.mounts)) == (1, 1)


def test_typed_structs_and_mappings_are_told_apart_by_their_names() -> None:
    typed = PodParts(mounts=(k8s.VolumeMount(name="a", mount_path="/x"),))
    plain = PodParts(mounts=({"name": "b", "mountPath": "/x"},))
    assert (typed + plain).mounts == plain.mounts


def test_a_piece_without_name_is_refused() -> None:
    with pytest.raises(ValueError, match="has no 'name': give it one"):
        NOTHING + PodParts(volumes=({"emptyDir": {}},))


def test_the_checksum_is_that_of_the_consumed_data() -> None:
    def checksum(**data: str) -> str:
        annotations = template(PodParts(checksum_inputs=data))["metadata"].get("annotations", {})
        return str(annotations.get(CHECKSUM))

    assert checksum() == "None"
    assert checksum(a="1") == checksum(a="1") != checksum(a="2")


def test_a_container_has_the_environment_and_mounts_of_the_parts_unless_it_says_its_own() -> None:
    volume = empty_dir("data", "/data", "1Gi")
    parts = PodParts(env=env_vars({"A": "1"}), mounts=volume.mounts)
    assert MAIN.wire(parts)["env"] == parts.env
    assert MAIN.wire(parts)["volumeMounts"] == parts.mounts
    own = replace(MAIN, env=env_vars({"B": "2"}), mounts=empty_dir("mine", "/mine", "1Gi").mounts)
    assert own.wire(parts) == own.wire()
    assert own.wire()["volumeMounts"] == ({"name": "mine", "mountPath": "/mine"},)
    assert replace(MAIN, env=(), mounts=()).wire(parts)["volumeMounts"] is None


def test_every_container_is_hardened_those_of_the_user_too() -> None:
    made = template(
        props=PodProps(
            extra_containers=[{"name": "side", "image": "busybox:1"}],
            extra_init_containers=[k8s.Container(name="init", image="busybox:1")],
        )
    )
    hardened = {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "readOnlyRootFilesystem": True,
    }
    containers = made["spec"]["containers"] + made["spec"]["initContainers"]
    assert [item["name"] for item in containers] == ["main", "side", "init"]
    assert [item["securityContext"] for item in containers] == [hardened] * 3


def test_what_the_user_says_of_a_containers_security_stands() -> None:
    said = {"runAsUser": 7, "readOnlyRootFilesystem": False}
    side = {"name": "side", "image": "i:1", "securityContext": said}
    made = template(props=PodProps(extra_containers=[side]))
    assert made["spec"]["containers"][1]["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        **said,
    }


def test_props_of_the_role_win_over_the_parts() -> None:
    made = template(PodParts(env=env_vars({"A": "part"})), PodProps(env={"A": "role"}))
    assert main_container(made)["env"] == [{"name": "A", "value": "role"}]


def test_labels_and_annotations_of_the_user_reach_the_pod() -> None:
    metadata = template(props=PodProps(labels={"team": "data"}, annotations={"a": "b"}))["metadata"]
    assert metadata["labels"] == {**LABELS.with_version, "team": "data"}
    assert metadata["annotations"] == {"a": "b"}


def test_labels_and_annotations_that_are_ours_are_refused() -> None:
    with pytest.raises(
        ValueError, match=r"PodProps\.labels\['app\.kubernetes\.io/instance'\]: .* own"
    ):
        PodProps(labels={"app.kubernetes.io/instance": "other"})
    with pytest.raises(
        ValueError, match=r"annotations\['cdk8s-airflow/checksum'\] is computed from"
    ):
        PodProps(annotations={CHECKSUM: "x"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "x"),
        ("api_token", "x"),
        ("MY_API_KEY", "x"),
        ("AIRFLOW_CONN_DB", "postgresql://user:pw@host/db"),
    ],
)
def test_a_credential_in_the_open_is_refused_without_telling_it(name: str, value: str) -> None:
    with pytest.raises(
        ValueError, match=rf"PodProps\.env\['{name}'\] looks like a crede"
    ) as refusal:
        PodProps(env={name: value})
    assert "pw" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN_LIFETIME", "3600"),
        ("PASSWORD", ""),
        ("AIRFLOW_CONN_DB", "postgresql://user@host/db"),
        ("DB_PASSWORD", SecretKey(name="s", key="k")),
    ],
)
def test_what_only_resembles_a_credential_passes(name: str, value: str | SecretKey) -> None:
    assert [item.name for item in PodProps(env={name: value}).own_parts.env] == [name]


@pytest.mark.parametrize(
    ("prop", "value", "path"),
    [
        ("node_selector", {"disk": "ssd"}, "nodeSelector"),
        ("tolerations", [{"key": "gpu", "operator": "Exists"}], "tolerations"),
        ("affinity", {"nodeAffinity": {}}, "affinity"),
        ("priority_class_name", "high", "priorityClassName"),
        ("extra_volumes", [{"name": "v", "emptyDir": {}}], "volumes"),
    ],
)
def test_a_prop_reaches_the_pod(prop: str, value: object, path: str) -> None:
    assert template(props=PodProps(**{prop: value}))["spec"][path] == value  # type: ignore[arg-type]


def test_a_typed_affinity_reaches_the_pod_in_wire_form() -> None:
    affinity = k8s.Affinity(
        pod_anti_affinity=k8s.PodAntiAffinity(
            required_during_scheduling_ignored_during_execution=[
                k8s.PodAffinityTerm(topology_key="kubernetes.io/hostname")
            ]
        )
    )
    assert template(props=PodProps(affinity=affinity))["spec"]["affinity"] == {
        "podAntiAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": [
                {"topologyKey": "kubernetes.io/hostname"}
            ]
        }
    }


def test_resources_of_the_user_replace_ours() -> None:
    wanted = {"requests": {"cpu": "2"}, "limits": {"memory": "1Gi"}}
    assert main_container(template(props=PodProps(resources=wanted)))["resources"] == wanted


def test_resources_are_written_as_the_cluster_gives_them_back() -> None:
    asked = {"requests": {"cpu": "0.5", "memory": "1024Mi"}, "limits": {"memory": 2147483648}}
    extra = {"name": "extra", "image": "x:1", "resources": asked}
    pod = template(props=PodProps(resources=asked, extra_containers=[extra]))
    for container in pod["spec"]["containers"]:
        assert container["resources"] == {
            "requests": {"cpu": "500m", "memory": "1Gi"},
            "limits": {"memory": "2147483648"},
        }


def test_resources_that_are_no_quantities_are_refused() -> None:
    asked = {"requests": {"cpu": "2 cores"}, "limits": {"memory": "much", "cpu": "1"}}
    with pytest.raises(ValueError, match=r"resources\.requests\.cpu='2 cores' is no quantity"):
        PodProps(resources=asked)


def test_an_empty_list_that_takes_away_is_not_written() -> None:
    props = PodProps(tolerations=[], host_aliases=[], node_selector={}, env_from=[])
    assert template(props=props) == template()


def test_a_pod_has_no_token_and_no_service_links() -> None:
    spec = template()["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False
    assert spec["imagePullSecrets"] == [{"name": "registry"}]


def test_references_become_environment_variables() -> None:
    env = env_vars(
        {"A": "x", "B": SecretKey(name="s", key="k"), "C": ConfigMapKey(name="c", key="k")}
    )
    made = main_container(template(PodParts(env=env)))
    assert made["env"] == [
        {"name": "A", "value": "x"},
        {"name": "B", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}},
        {"name": "C", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}},
    ]


def test_a_name_that_no_variable_can_have_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"PodProps\.env\['1A'\] is not the name of an environment"
    ):
        PodProps(env={"1A": ""})


def test_a_secret_reference_without_key_is_refused() -> None:
    with pytest.raises(ValueError, match=r"SecretKey\(name='s'\)\.key='' is not a key: "):
        SecretKey(name="s", key="")
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'key'"):
        SecretKey(name="s")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"repository": "apache/airflow"}, "has neither tag nor digest: give tag='3.3.2' or"),
        (
            {"repository": "apache/airflow:3", "tag": "3"},
            "expected a name such as 'apache/air",
        ),
        ({"repository": "apache/airflow", "tag": "latest"}, r"tag='latest': expected a fixed tag"),
        ({"repository": "apache/airflow", "tag": "a b"}, "expected a fixed tag"),
        ({"repository": "apache/airflow", "digest": "abc"}, r"expected 'sha256:' \+ 64 hex digits"),
    ],
)
def test_a_malformed_image_is_refused(parts: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Image(**parts)  # type: ignore[arg-type]


def test_a_digest_wins_over_the_tag() -> None:
    digest = "sha256:" + "0" * 64
    image = Image(repository="registry.example.com:5000/airflow", tag="3.3.2", digest=digest)
    assert image.reference == f"registry.example.com:5000/airflow@{digest}"
    assert image.version == "3.3.2"
