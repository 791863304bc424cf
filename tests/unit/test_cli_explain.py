"""`cdk8s-airflow explain`, and `help()`: what each prop means, at run time."""

from __future__ import annotations

import json
import pydoc
import re
import subprocess
import sys

import pytest

from cdk8s_airflow import AirflowProps, WorkerGroup
from cdk8s_airflow.cli import main
from cdk8s_airflow.cli.options import all_paths, option
from cdk8s_airflow.kubernetes.docstrings import field_docstrings


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["explain", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "path",
    ["executor.workers.concurrency", "executor.workers[0].concurrency", "WorkerGroup.concurrency"],
)
def test_an_option_is_explained_by_its_docstring(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = told(capsys, path)
    assert text.splitlines()[:2] == [f"{path.replace('[0]', '')}: integer", "default: 8"]
    assert field_docstrings(WorkerGroup)["concurrency"] in text


def test_the_spelling_of_python_does_as_well() -> None:
    assert option("airflow_version") == option("airflowVersion")
    assert option("executor.workers.startup_probe").text


def test_every_option_has_words() -> None:
    paths = list(all_paths())
    assert len(paths) > 500
    assert [path for path in paths if not option(path).text] == []


def test_without_an_option_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys)
    assert "  executor " in text
    assert len(text.splitlines()) > 60


def test_what_is_no_option_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "executor.worker"]) == 1
    error = capsys.readouterr().err
    assert error == "explain: executor has no option 'worker'; did you mean 'workers'?\n"
    assert main(["explain", "airflowVersion.major"]) == 1
    assert main(["explain", "WorkerGroup", "3"]) == 1
    assert "WorkerGroup: a value needs the path of an option" in capsys.readouterr().err
    assert main(["explain", "executor", "{"]) == 1
    assert "executor='{' is no YAML" in capsys.readouterr().err


@pytest.mark.usefixtures("values_in_process")
def test_a_value_is_shown_as_yaml_with_the_manifests_that_it_yields(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = told(capsys, "scheduler.replicas", "2")
    assert "\n  scheduler:\n    replicas: 2\n" in text
    assert "\n  ~ Deployment af1-scheduler in airflow\n      spec.replicas: 1 -> 2\n" in text
    assert "\n  + PodDisruptionBudget af1-scheduler in airflow\n" in text
    found = json.loads(told(capsys, "suspended", "--json"))
    assert found["types"] == ["boolean", "string"]
    assert found["values"] == ["tasks"]
    assert {"path": "spec.replicas", "before": 1, "after": 0} in [
        field for each in found["yields"] for field in each["fields"]
    ], "a switch is shown as it is not by default"


@pytest.mark.usefixtures("values_in_process")
def test_a_value_that_is_refused_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "scheduler.replicas", "-1"]) == 1
    assert "replicas" in capsys.readouterr().err


def test_help_tells_what_each_prop_means() -> None:
    text = pydoc.plain(pydoc.render_doc(AirflowProps))
    for name, words in field_docstrings(AirflowProps).items():
        assert f"    {name}: {words.splitlines()[0]}" in text
    assert WorkerGroup().__doc__ == WorkerGroup.__doc__


def test_nobody_pays_for_docs_who_does_not_ask() -> None:
    program = (
        "import cdk8s_airflow\n"
        "from cdk8s_airflow.kubernetes.docstrings import field_docstrings\n"
        "print(field_docstrings.cache_info().misses)\n"
        "assert 'Attributes:' in cdk8s_airflow.WorkerGroup.__doc__\n"
        "print(field_docstrings.cache_info().misses)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split() == ["0", "1"], done.stderr


@pytest.mark.usefixtures("values_in_process")
def test_a_long_difference_is_cut_unless_the_whole_is_wanted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cut = told(capsys, "executor", "{kind: KubernetesExecutor}")
    (left,) = re.findall(r"\.\.\. and (\d+) lines more: --whole shows them", cut)
    whole = told(capsys, "executor", "{kind: KubernetesExecutor}", "--whole")
    assert len(whole.splitlines()) == len(cut.splitlines()) - 1 + int(left)
