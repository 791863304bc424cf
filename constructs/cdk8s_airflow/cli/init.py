"""`cdk8s-airflow init`: a project of one's own."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from string import Template

from cdk8s_airflow.cli.exits import CommandError

TEMPLATES = Path(__file__).with_name("templates")
FILES = {
    "cdk8s.yaml.txt": "cdk8s.yaml",
    "hello.py.txt": "dags/hello.py",
    "Dockerfile.txt": "docker/Dockerfile",
    "dag-requirements.txt.txt": "docker/requirements.txt",
    "requirements.txt.txt": "requirements.txt",
    "test_bundle.py.txt": "tests/test_bundle.py",
    "github.yaml.txt": ".github/workflows/airflow.yaml",
    "gitlab.yml.txt": ".gitlab-ci.yml",
    "gitignore.txt": ".gitignore",
    "README.md.txt": "README.md",
}
"""A template -> the file of the project that it becomes."""
APPS = {
    "main.py": "python -O main.py",
    "values.yaml": "python -O -m cdk8s_airflow.cli.values_app values.yaml",
}
"""What a project says its release in -> the app that reads it."""
KEPT = (".gitignore", "README.md")
"""What a new repository has, and keeps."""


def init(
    folder: Path = Path("."),
    /,
    *,
    python: bool = False,
    release: str = "af1",
    namespace: str = "airflow",
) -> None:
    """Write a project: a release, a DAG, tests, and files for the CI of GitHub and GitLab.

    Its manifests are written too, so that its tests pass at once. No file is overwritten.

    Args:
        folder: where to; it is made if it is missing. Default: this folder.
        python: say the release in main.py, in place of values.yaml.
        release: name of the release. Default: af1.
        namespace: its namespace. Default: airflow.
    """
    from cdk8s_airflow.cli.synth import synthesize
    from cdk8s_airflow.kubernetes.names import dns_label_problems, release_name_problems
    from cdk8s_airflow.props import AirflowProps

    names = [*release_name_problems(release), *dns_label_problems("namespace", namespace)]
    if names:
        raise CommandError("\n".join(names))
    source = "main.py" if python else "values.yaml"
    words = {
        "release": release,
        "namespace": namespace,
        "source": source,
        "app": APPS[source],
        "version": version("cdk8s-airflow"),
        "airflow": AirflowProps().airflow_version,
    }
    files = {
        name: Template(TEMPLATES.joinpath(template).read_text("utf-8")).substitute(words)
        for template, name in {f"{source}.txt": source, **FILES}.items()
    }
    if not python:
        files["values.schema.json"] = _schema()
    files = {
        name: files[name] for name in files if not (folder / name).exists() or name not in KEPT
    }
    there = [name for name in (*files, "dist") if (folder / name).exists()]
    if there:
        raise CommandError(
            f"{folder} has {', '.join(there)} already: name another folder, or move them away"
        )
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
        print(place)
    written = synthesize(
        Path("dist"), app=APPS[source], release=release, namespace=namespace, project=folder
    )
    for path in written:
        print(folder / path)
    print(f"\nNext: cd {folder}, read README.md, and change {source}.")


def _schema() -> str:
    from cdk8s_airflow.cli.schema import SCHEMA

    return SCHEMA.read_text("utf-8")
