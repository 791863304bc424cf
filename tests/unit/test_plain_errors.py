"""Mistakes in props and values files are sentences: no traceback, no stack of JavaScript."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cdk8s import App

from cdk8s_airflow import AirflowProps, DagsFolder
from cdk8s_airflow.values import add_releases, plain_errors, read_values

MAIN = Path(__file__).resolve().parents[2] / "main.py"
VALUES = """\
env:
  DB_PASSWORD: hunter2
pods:
  tolerations:
    - kei: a
  extraVolumes:
    - name: a
      emptyDir: {sizeLimit: much}
scheduler:
  resources:
    limits:
      memory: 2GB
database:
  kind: ExternalPostgresq
  host: x
"""


def refusal(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "values.yaml").write_text(text)
    with pytest.raises(ValueError) as caught:
        read_values([tmp_path / "values.yaml"], defaults=AirflowProps())
    return [line.replace(f"{tmp_path}/", "") for line in str(caught.value).splitlines()]


def test_each_problem_has_its_line_and_the_words_of_the_file(tmp_path: Path) -> None:
    found = refusal(tmp_path, VALUES)
    assert [line.partition(" looks")[0].partition(": no such")[0] for line in found[:2]] == [
        "values.yaml:2: env.DB_PASSWORD",
        "values.yaml:5: pods.tolerations[0].kei",
    ]
    assert found[2].startswith("values.yaml:8: pods.extraVolumes[0].emptyDir.sizeLimit='much' is")
    assert found[3].startswith("values.yaml:12: scheduler.resources.limits.memory='2GB' is no")
    assert found[4].endswith("did you mean 'ExternalPostgresql'?")
    assert len(found) == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &a [*a]", "values.yaml:1: the anchor here is used inside of itself"),
        ("a: " + "[" * 200 + "]" * 200, "values.yaml:1: is nested more than 100 levels deep"),
        ("a: " + "x" * 1_000_001, "values.yaml:1: has more than 1 MB; split it"),
        ("\n".join(["a0: &a0 [1, 2]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]"
                                         for n in range(1, 12)]), "has more than 500000 values"),
    ],
    ids=["recursive", "deep", "large", "exploding"],
)  # fmt: skip
def test_a_file_that_would_take_long_is_refused(text: str, message: str, tmp_path: Path) -> None:
    (found,) = refusal(tmp_path, text)
    assert message in found


def test_all_paths_of_a_values_file_are_relative_to_it(tmp_path: Path) -> None:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "a.py").touch()
    (tmp_path / "packages.txt").write_text("pendulum\n")
    (tmp_path / "own.yaml").write_text("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}")
    (tmp_path / "values.yaml").write_text(
        "dags: {kind: DagsFolder, path: dags}\nplugins: {kind: PluginsFolder, path: dags}\n"
        "extraPackages: {file: packages.txt}\nextraManifests: [own.yaml]\n"
    )
    (release,) = read_values([tmp_path / "values.yaml"], defaults=AirflowProps())
    assert release.props.extra_manifests == (str(tmp_path / "own.yaml"),)
    add_releases(App(outdir="unused"), [tmp_path / "values.yaml"], defaults=AirflowProps())


def test_a_refusal_ends_the_program_with_its_text() -> None:
    with pytest.raises(SystemExit, match=r"^AirflowProps\(size=.*got str$"), plain_errors():
        AirflowProps(size="tiny")  # type: ignore[arg-type]


def test_an_error_of_the_program_keeps_its_traceback() -> None:
    with pytest.raises(ValueError, match="invalid literal"), plain_errors():
        int("x")


def test_problems_of_the_whole_tree_have_no_stack(tmp_path: Path) -> None:
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "af1-api-server"}}
    props = AirflowProps(dags=DagsFolder(str(MAIN.parent / "dags")), extra_manifests=[service])
    app = App(outdir=str(tmp_path))
    add_releases(app, defaults=props)
    with pytest.raises(SystemExit) as caught, plain_errors():
        app.synth()
    (line,) = str(caught.value).splitlines()
    assert line.startswith("2 objects are Service 'af1-api-server' in namespace 'airflow'")


@pytest.mark.slow
def test_the_app_of_the_repository_prints_sentences(tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text(VALUES)
    command = [sys.executable, "-O", str(MAIN), "--values", str(tmp_path / "values.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 5
    assert all(line.startswith(f"{tmp_path}/values.yaml:") for line in lines)
