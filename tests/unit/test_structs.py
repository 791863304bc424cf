"""Structs of cdk8s-plus are types of props, and only who gives them pays for their import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cdk8s_plus_27 import k8s

from cdk8s_airflow import PodDefaults, SchedulerProps
from cdk8s_airflow.kubernetes import structs
from cdk8s_airflow.kubernetes.structs import is_struct, struct_name
from cdk8s_airflow.kubernetes.structs import k8s as stand_in
from cdk8s_airflow.kubernetes.wire import wire

PROGRAM = """
import sys
from cdk8s import App
from cdk8s_airflow import AirflowChart, AirflowProps, SchedulerProps

scheduler = SchedulerProps(
    env={"TEAM": "data"}, tolerations=[{"key": "spot", "operator": "Exists"}]
)
app = App(outdir=sys.argv[1])
AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(scheduler=scheduler))
app.synth()
print(sorted(name for name in sys.modules if name == "cdk8s_plus_27"))
"""


def test_no_module_imports_the_structs_itself() -> None:
    package = Path(structs.__file__).parents[1]
    modules = {path.stem for path in package.rglob("*.py") if "cdk8s_plus" in path.read_text()}
    assert modules == {"structs", "wire"}, "import k8s from cdk8s_airflow.kubernetes.structs"


def run(program: str, *args: str) -> str:
    command = [sys.executable, "-c", program, *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.slow
def test_a_release_without_structs_imports_none(tmp_path: Path) -> None:
    assert run(PROGRAM, str(tmp_path)) == "[]"
    assert "key: spot" in (tmp_path / "af1.k8s.yaml").read_text()


def test_a_struct_and_its_wire_form_are_the_same() -> None:
    given = k8s.Toleration(key="spot", operator="Exists")
    assert PodDefaults(tolerations=[given]).tolerations == [given]
    assert wire(given) == {"key": "spot", "operator": "Exists"}
    assert wire(k8s.IntOrString.from_number(8080)) == 8080


def test_another_struct_is_refused() -> None:
    expected = r"SchedulerProps\(liveness_probe=...\): expected Probe or Mapping\[str, object\] or "
    with pytest.raises(TypeError, match=expected + "None, got Toleration"):
        SchedulerProps(liveness_probe=k8s.Toleration(key="spot"))  # type: ignore[arg-type]


def test_a_stand_in_has_the_instances_of_its_struct_and_of_classes_below() -> None:
    class Ours(k8s.Toleration):
        """A struct of the user's."""

    class Toleration:
        """A class of that name elsewhere."""

    assert isinstance(Ours(key="spot"), stand_in.Toleration)
    assert not isinstance(k8s.Probe(), stand_in.Toleration)
    assert not isinstance(Toleration(), stand_in.Toleration)
    assert struct_name(stand_in.Toleration) == struct_name(k8s.Toleration) == "Toleration"
    assert struct_name(Toleration) is None
    assert is_struct(k8s.Probe(), "Toleration", "Probe")
    assert not hasattr(stand_in, "__wrapped__")
