"""`cdk8s-airflow synth`: values files, or the app of a project, to a folder of manifests."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import yaml
from cyclopts import Parameter

from cdk8s_airflow.cli.exits import CommandError
from cdk8s_airflow.fleet.output import INDEX, ONLY, update_fleet

SETTINGS = Path("cdk8s.yaml")
APPS = (Path("main.py"), Path("values.yaml"))
"""What is synthesized without `VALUES` and without cdk8s.yaml."""
OUTPUT = Path("dist")
MANIFESTS = (".yaml", ".yml", ".json")


def synth(
    values: tuple[Path, ...] = (),
    /,
    *,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    release: str = "",
    namespace: str = "",
    only: tuple[str, ...] = (),
) -> None:
    """Write the manifests of values files, or of the project in this folder.

    Without values files it runs the `app` of cdk8s.yaml, else main.py, else reads values.yaml.
    After an error the output folder is as it was.

    Args:
        values: values files; several are merged, the later wins.
        output: the folder to write, which holds nothing but manifests. Default: `output` of
            cdk8s.yaml, else dist.
        release: name of the release, for a values file of one release, and for an app that reads
            the variable RELEASE.
        namespace: its namespace, likewise; the variable is NAMESPACE.
        only: a release of a fleet, and others stay as they are; may be repeated.
    """
    settings = _settings()
    folder = output or Path(settings.get("output") or OUTPUT)
    app = settings.get("app")
    for path in synthesize(folder, values, app, release, namespace, only=only):
        print(path)


def synthesize(
    folder: Path,
    values: Sequence[Path] = (),
    app: str | None = None,
    release: str = "",
    namespace: str = "",
    project: Path = Path("."),
    only: Sequence[str] = (),
) -> list[Path]:
    """Replaces the manifests of a folder, as a whole or not at all.

    Args:
        folder: it and all that it holds is replaced; relative to the project, as values files are.
        values: values files. Default: the app.
        app: a command line that writes to the folder CDK8S_OUTDIR. Default: main.py or values.yaml
            of the working folder.
        release: name of the release; empty: what the app or the values say.
        namespace: its namespace; empty: what the app or the values say.
        project: the working folder of the app. Default: that of this process.
        only: releases of a fleet; folders of others stay as they are. Default: all.

    Returns:
        The files, sorted, relative to the project; of a fleet those that have changed.

    Raises:
        CommandError: without an app, and when it fails; the folder is then as it was.
    """
    target = project / folder
    _refuse_foreign(target, values)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".synth.", dir=target.parent) as place:
        fresh = Path(place) / "out"
        fresh.mkdir()
        if not values and app is None:
            found = next((path for path in APPS if (project / path).is_file()), None)
            if found is None:
                raise CommandError(
                    "no app: expected VALUES, or cdk8s.yaml, main.py or values.yaml in "
                    f"{Path.cwd()}; `cdk8s-airflow init` writes them"
                )
            values = [found] if found.suffix == ".yaml" else []
        command = (
            [sys.executable, "-O", "-m", "cdk8s_airflow.cli.values_app", *map(str, values)]
            if values
            else shlex.split(app or f"python -O {APPS[0]}")
        )
        environment = {**os.environ, "CDK8S_OUTDIR": str(fresh.resolve())}
        for name, value in (("RELEASE", release), ("NAMESPACE", namespace)):
            if value:
                environment[name] = value
            elif values:
                environment.pop(name, None)
        if only:
            environment[ONLY] = ",".join(only)
        if command[0] in ("python", "python3"):
            command[0] = sys.executable
        try:
            code = subprocess.run(command, env=environment, cwd=project).returncode
        except OSError as error:
            raise CommandError(f"{shlex.join(command)}: {error}; {folder} is as it was") from None
        files = sorted(path.name for path in fresh.iterdir())
        if code or not files:
            why = "" if code else " (the app wrote nothing)"
            raise CommandError(f"failed, {folder} is as it was{why}")
        if INDEX in files:
            changed = update_fleet(target, fresh, whole=not environment.get(ONLY))
            return [path.relative_to(project) for path in changed]
        if only:
            raise CommandError(
                f"--only {' '.join(only)}: the app is no fleet, {folder} is as it was; a fleet is "
                "Fleet(...).synth(), or a values file with fleet:"
            )
        if target.is_dir():
            shutil.rmtree(target)
        fresh.rename(target)
    return [folder / name for name in files]


def _refuse_foreign(folder: Path, values: Sequence[Path]) -> None:
    """Refuses a folder that holds more than manifests: it would be deleted."""
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"--output {folder} is no folder")
    place = folder.resolve()
    own = [path for path in (Path.cwd(), *map(Path.resolve, values)) if place in path.parents]
    held = ["this project"] if place == Path.cwd() else [str(path) for path in own]
    if not held and folder.is_dir():
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        held = [str(path) for path in found if path.suffix not in MANIFESTS]
    if held:
        raise CommandError(
            f"--output {folder} holds {', '.join(held[:3])}, and would be replaced as a whole: "
            "name a folder of manifests, or a new one"
        )


def _settings() -> dict[str, str]:
    if not SETTINGS.is_file():
        return {}
    try:
        found = yaml.safe_load(SETTINGS.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise CommandError(f"{SETTINGS}: {error}") from None
    if not isinstance(found, dict):
        raise CommandError(f"{SETTINGS}: expected a mapping with the key app")
    return {name: str(found[name]) for name in ("app", "output") if name in found}
