"""The bundle under test: what main.py synthesizes, with a few more DAGs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml
from cdk8s import App

from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder

from .node.objects import Manifest

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
TUTORIAL = REPOSITORY / "docs" / "tutorial.md"
RELEASE, NAMESPACE = "af1", "airflow"


def synthesize(folder: Path, changed_dags: Mapping[str, str] | None = None) -> list[Manifest]:
    """Runs the app in a process of its own, as ``cdk8s synth`` does.

    Args:
        folder: An empty folder to work in.
        changed_dags: File name -> text, for DAGs that are to be other than in the folders.
    """
    copy_dags(folder / "dags")
    for name, text in (changed_dags or {}).items():
        (folder / "dags" / name).write_text(text)
    subprocess.run(
        [sys.executable, "-O", str(HERE / "app.py"), str(folder)],
        cwd=REPOSITORY,
        env={**os.environ, "CDK8S_OUTDIR": str(folder / "out"), "RELEASE": RELEASE,
             "NAMESPACE": NAMESPACE},
        check=True,
    )  # fmt: skip
    return _read(folder / "out")


def copy_dags(folder: Path) -> DagsFolder:
    """The DAGs of the default bundle, of the documents and for tests, in a new folder."""
    shutil.copytree(REPOSITORY / "dags", folder)
    shutil.copytree(HERE / "dags", folder, dirs_exist_ok=True)
    (folder / "greet.py").write_text(tutorial_dag())
    return DagsFolder(str(folder))


def tutorial_dag() -> str:
    """The DAG that docs/tutorial.md lets its reader write."""
    (dag, *_) = re.findall(
        r"^```python\n(.*?)^```$", TUTORIAL.read_text(), re.DOTALL | re.MULTILINE
    )
    return str(dag)


def synthesize_props(folder: Path, props: AirflowProps) -> list[Manifest]:
    """The bundle of other props, written to an empty folder."""
    app = App(outdir=str(folder))
    AirflowChart(app, RELEASE, namespace=NAMESPACE, props=props)
    app.synth()
    return _read(folder)


def _read(folder: Path) -> list[Manifest]:
    return [
        manifest
        for file in sorted(folder.glob("*.yaml"))
        for manifest in yaml.safe_load_all(file.read_text())
        if manifest is not None
    ]


def generated_secrets(manifests: Sequence[Manifest]) -> dict[str, str]:
    """Name -> key of the Secrets that the bootstrap Job makes, by its own environment."""
    for manifest in manifests:
        if manifest["kind"] == "Job" and "bootstrap" in manifest["metadata"]["name"]:
            (container,) = manifest["spec"]["template"]["spec"]["containers"]
            env = {entry["name"]: entry.get("value") for entry in container["env"]}
            return {item["secret"]: item["key"] for item in json.loads(env["GENERATE"])}
    raise AssertionError("the bundle has no bootstrap Job")


def workloads(manifests: Sequence[Manifest], *kinds: str) -> list[Manifest]:
    """The workloads of the bundle, of some kinds or all."""
    wanted = kinds or ("Deployment", "StatefulSet", "Job")
    return [manifest for manifest in manifests if manifest["kind"] in wanted]
