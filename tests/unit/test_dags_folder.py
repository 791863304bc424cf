from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.synth import synthesize

DAG = "from airflow.sdk import dag\n"


def bundle_of(folder: Path, tmp_path: Path) -> Bundle:
    def build(app: App) -> None:
        props = AirflowProps(dags=DagsFolder(str(folder)))
        AirflowChart(app, "af1", namespace="airflow", props=props)

    return synthesize(build, tmp_path)


def volume(bundle: Bundle, component: str = "dag-processor") -> dict[str, Any]:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    (found,) = (item for item in pod.spec["volumes"] if item["name"] == "dags")
    return dict(found)


def paths(bundle: Bundle) -> dict[str, tuple[str, str]]:
    """Path in the volume -> ConfigMap and key."""
    found = {}
    for source in volume(bundle)["projected"]["sources"]:
        name = source["configMap"]["name"]
        config_map = bundle.one("ConfigMap", name)
        keys = {**config_map.get("data", {}), **config_map.get("binaryData", {})}
        items = source["configMap"].get("items") or [{"key": k, "path": k} for k in keys]
        found.update({item["path"]: (name, item["key"]) for item in items})
    return found


def test_files_of_sub_folders_keep_their_path_and_content(tmp_path: Path) -> None:
    folder = tmp_path / "dags"
    (folder / "team" / "sql").mkdir(parents=True)
    (folder / "a.py").write_text(DAG)
    (folder / "team" / "b.py").write_text("B")
    (folder / "team" / "sql" / "q.sql").write_text("select 1")
    (folder / "logo.bin").write_bytes(b"\xff\x00")
    bundle = bundle_of(folder, tmp_path)
    found = paths(bundle)
    assert set(found) == {"a.py", "team/b.py", "team/sql/q.sql", "logo.bin"}
    name, key = found["team/sql/q.sql"]
    assert bundle.one("ConfigMap", name)["data"][key] == "select 1"
    logo = bundle.one("ConfigMap", "af1-dags")["binaryData"]["logo.bin"]
    assert base64.b64decode(logo) == b"\xff\x00"


def test_paths_that_would_share_a_key_do_not(tmp_path: Path) -> None:
    folder = tmp_path / "dags"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "b.py").write_text("1")
    (folder / "a_b.py").write_text("2")
    found = paths(bundle_of(folder, tmp_path))
    assert len(set(found.values())) == 2


def test_hidden_and_compiled_files_stay_behind_but_airflowignore_travels(tmp_path: Path) -> None:
    folder = tmp_path / "dags"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("a.py", ".airflowignore", ".env", "__pycache__/a.pyc", "b.pyc", ".git/c.py"):
        (folder / name).write_text("x")
    assert set(DagsFolder(str(folder)).files) == {"a.py", ".airflowignore"}


def test_a_large_folder_travels_in_several_config_maps_of_one_volume(tmp_path: Path) -> None:
    folder = tmp_path / "dags"
    folder.mkdir()
    for number in range(5):
        (folder / f"d{number}.py").write_text("#" * 100_000)
    bundle = bundle_of(folder, tmp_path)
    found = paths(bundle)
    assert len(found) == 5
    assert {name for name, _ in found.values()} == {"af1-dags", "af1-dags-1", "af1-dags-2"}


def test_only_pods_that_parse_or_run_dags_see_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dags"
    folder.mkdir()
    (folder / "a.py").write_text(DAG)
    bundle = bundle_of(folder, tmp_path)
    holders = {
        pod.component
        for pod in bundle.pods
        if any(item["name"] == "dags" for item in pod.spec.get("volumes", []))
    }
    assert holders == {"dag-processor", "worker"}


@pytest.mark.parametrize("name", ["a.py", "new.py"])
def test_a_changed_or_new_dag_changes_its_config_map_and_no_pod(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "dags"
    folder.mkdir()
    (folder / "a.py").write_text(DAG)
    before = bundle_of(folder, tmp_path).manifests
    (folder / name).write_text(DAG + "# more\n")
    after = bundle_of(folder, tmp_path).manifests
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [(item["kind"], item["metadata"]["name"]) for item in changed] == [
        ("ConfigMap", "af1-dags")
    ]


def test_airflow_reads_the_folder_through_the_link_that_the_kubelet_swaps(tmp_path: Path) -> None:
    folder = tmp_path / "dags"
    folder.mkdir()
    (folder / "a.py").write_text(DAG)
    bundle = bundle_of(folder, tmp_path)
    container = bundle.container("StatefulSet", "af1-worker")
    env = {item["name"]: item.get("value") for item in container["env"]}
    (mount,) = (item for item in container["volumeMounts"] if item["name"] == "dags")
    assert env["AIRFLOW__CORE__DAGS_FOLDER"] == f"{mount['mountPath']}/..data"
    assert (
        env["AIRFLOW__CORE__DAGS_FOLDER"] in env["AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"]
    )
    assert mount["readOnly"] is True


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"DagsFolder\('.*nowhere'\): there is no such folder"):
        DagsFolder(str(tmp_path / "nowhere"))


def test_a_folder_without_dags_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(ValueError, match=r"no \*\.py file in it; put a DAG there"):
        DagsFolder(str(tmp_path))


def test_a_folder_that_is_too_large_is_refused_with_the_other_ways(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("#" * (1024 * 1024 + 1))
    with pytest.raises(
        ValueError,
        match=r"holds 1048577 bytes in 1 files, at most 1048576 \(1 MiB\) fit.* image.* Git",
    ):
        DagsFolder(str(tmp_path))
