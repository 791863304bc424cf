"""What cdk8s writes for each `YamlOutputType`: every object, or an error of the synth."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from cdk8s import App, YamlOutputType

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder, DagsInImage, Image
from cdk8s_airflow import KubernetesExecutor as Kubernetes

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PER_RESOURCE = [
    YamlOutputType.FILE_PER_RESOURCE,
    YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
]
IMAGE = Image(repository="registry.example.com/airflow", tag="3.3.2-1")
TASK_NAMESPACES = AirflowProps(
    dags=DagsInImage(), image=IMAGE, executor=Kubernetes(namespaces=["tasks-a", "tasks-b"])
)


def written(folder: Path) -> set[tuple[str, str, str]]:
    manifests = [
        manifest
        for file in folder.rglob("*.yaml")
        for manifest in yaml.safe_load_all(file.read_text())
    ]
    found = {
        (m["kind"], m["metadata"].get("namespace", ""), m["metadata"]["name"]) for m in manifests
    }
    assert len(found) == len(manifests)
    return found


@pytest.mark.parametrize("output", list(YamlOutputType))
def test_every_object_of_a_release_is_written(tmp_path: Path, output: YamlOutputType) -> None:
    for folder, kind in ((tmp_path / "a", None), (tmp_path / "b", output)):
        app = App(outdir=str(folder), yaml_output_type=kind)
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS))
        app.synth()
    assert written(tmp_path / "b") == written(tmp_path / "a")


@pytest.mark.parametrize("output", PER_RESOURCE)
def test_objects_of_one_file_are_told_and_not_lost(tmp_path: Path, output: YamlOutputType) -> None:
    app = App(outdir=str(tmp_path / "out"), yaml_output_type=output)
    AirflowChart(app, "af1", namespace="airflow", props=TASK_NAMESPACES)
    with pytest.raises(RuntimeError) as error:
        app.synth()
    words = (
        "NetworkPolicy 'af1-task' of the namespaces tasks-a, tasks-b: "
        f"YamlOutputType.{output.name} would write them to one file, and lose all but one; use "
        "FILE_PER_CHART, the default"
    )
    assert words in str(error.value)
    assert list((tmp_path / "out").iterdir()) == []


def fleet(folder: Path, output: YamlOutputType) -> App:
    app = App(outdir=str(folder), yaml_output_type=output)
    for name in ("blue", "green"):
        AirflowChart(app, name, namespace=name, props=AirflowProps(dags=DAGS), release="af1")
    return app


def test_one_release_in_two_namespaces_needs_a_folder_for_each(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="StatefulSet 'af1-redis' of the namespaces blue, green"):
        fleet(tmp_path / "files", YamlOutputType.FILE_PER_RESOURCE).synth()
    fleet(tmp_path / "charts", YamlOutputType.FILE_PER_CHART).synth()
    output = YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE
    fleet(tmp_path / "folders", output).synth()
    assert written(tmp_path / "folders") == written(tmp_path / "charts")
