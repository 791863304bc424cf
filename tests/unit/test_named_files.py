"""Files of a pod in immutable ConfigMaps, named by their content."""

from __future__ import annotations

from typing import Any, cast

import pytest
from cdk8s import App, Chart

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.named_files import NamedFiles
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.parts import CHECKSUM, PodParts
from cdk8s_airflow.kubernetes.pods import Container, PodProps, pod_template

LABELS = Labels(name="x", instance="af1", component="files", part_of="x", version="1")
TEXTS = {"read.py": "import lib", "other.py": "", "lib.py": "pass"}
MAIN = Container(name="main", image=Image(repository="a", tag="1"))


def of_import(name: str, texts: Any) -> set[str]:
    return {name} | ({"lib.py"} if "import lib" in texts[name] else set())


def files(texts: dict[str, str] | None = None, **more: Any) -> NamedFiles:
    return NamedFiles(
        config_map="af1-files",
        labels=LABELS,
        folder="/x",
        texts=texts or TEXTS,
        needs=of_import,
        **more,
    )


def made(*pods: PodProps, named: NamedFiles | None = None) -> tuple[list[Any], list[Any]]:
    """The ConfigMaps and the pod templates."""
    chart = Chart(App(outdir="unused"), "c")
    parts = PodParts(
        volumes=({"name": "files", "configMap": {"name": "later"}},),
        mounts=({"name": "files", "mountPath": "/x"},),
        files={"files": named or files()},
    )
    templates = [
        pod_template(
            LABELS,
            MAIN,
            parts=parts,
            props=props,
            service_account="a",
            user=1,
            group=1,
            fs_group=1,
            scope=chart,
        )
        for props in pods
    ]
    objects = [item for item in chart.node.find_all() if isinstance(item, KubernetesObject)]
    return [cast("Any", item.to_json()) for item in objects], templates


READING: list[dict[str, Any]] = [
    {"env": {"READ_CMD": "python -IS /x/read.py"}},
    {"lifecycle": {"preStop": {"exec": {"command": ["python", "/x/read.py"]}}}},
    {"liveness_probe": {"exec": {"command": ["/x/read.py"]}}},
    {"extra_containers": [{"name": "side", "image": "a:1", "args": ["/x/read.py"]}]},
    {"extra_init_containers": [{"name": "init", "image": "a:1", "command": ["/x/read.py"]}]},
    {"extra_volume_mounts": [{"name": "files", "mountPath": "/etc/read.py", "subPath": "read.py"}]},
]


@pytest.mark.parametrize("props", READING)
def test_a_pod_has_the_files_that_it_names_and_what_these_need(props: dict[str, Any]) -> None:
    config_maps, (pod,) = made(PodProps(**props))
    assert [each["data"] for each in config_maps] == [{"lib.py": "pass"}, {"read.py": "import lib"}]
    names = []
    for each, stem in zip(config_maps, ("lib", "read"), strict=True):
        assert each["immutable"] is True, "a pod that ends later keeps what it started with"
        assert each["metadata"]["name"] == f"af1-files-{stem}-{content_hash(each['data'])}"
        assert each["metadata"]["labels"] == LABELS.all
        names.append({"configMap": {"name": each["metadata"]["name"]}})
    (volume,) = pod["spec"]["volumes"]
    assert volume == {"name": "files", "projected": {"sources": names}}
    assert pod["metadata"]["annotations"] is None, "the name tells the content"


@pytest.mark.parametrize(("changed", "other"), [("read.py", 1), ("lib.py", 1), ("other.py", 0)])
def test_only_a_file_that_the_pod_uses_changes_the_pod(changed: str, other: bool) -> None:
    _, (before,) = made(PodProps(**READING[0]))
    texts = {**TEXTS, changed: f"{TEXTS[changed]} # changed"}
    _, (after,) = made(PodProps(**READING[0]), named=files(texts))
    assert (before != after) is bool(other)


def test_pods_with_the_same_file_share_its_config_map() -> None:
    config_maps, (one, two, three) = made(
        *(PodProps(**READING[number]) for number in (0, 1)), PodProps(env={"A": "/x/other.py"})
    )
    assert [[*each["data"]] for each in config_maps] == [["lib.py"], ["read.py"], ["other.py"]]
    assert one["spec"]["volumes"] == two["spec"]["volumes"] != three["spec"]["volumes"]


def test_a_pod_that_names_no_file_has_no_volume() -> None:
    config_maps, (pod,) = made(PodProps())
    assert config_maps == []
    assert "volumes" not in pod["spec"]
    assert "volumeMounts" not in pod["spec"]["containers"][0]


def test_a_volume_of_a_name_that_stays_has_its_content_in_the_checksum() -> None:
    def checksum(texts: dict[str, str]) -> object:
        (config_map,), (pod,) = made(PodProps(**READING[0]), named=files(texts, immutable=False))
        assert config_map["metadata"]["name"] == "af1-files"
        assert "immutable" not in config_map
        assert pod["spec"]["volumes"] == [{"name": "files", "configMap": {"name": "af1-files"}}]
        return pod["metadata"]["annotations"][CHECKSUM]

    assert checksum(TEXTS) == checksum({**TEXTS, "other.py": "1"})
    assert checksum(TEXTS) != checksum({**TEXTS, "lib.py": "1"})
