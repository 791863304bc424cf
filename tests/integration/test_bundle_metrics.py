"""What the DAG processor counts of git bundles, with the real Airflow and a real repository."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from integration.test_airflow_options import AIRFLOW, ROOT, environment

from cdk8s_airflow import AirflowProps, GitDags, StatsdExporter
from cdk8s_airflow.extension import resolve
from cdk8s_airflow.platform import Role

OPTION = "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"
PROGRAMS = ROOT / "constructs/cdk8s_airflow/programs"
REFRESHES = """
import shutil
import sys
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.observability.metrics import stats_utils
from airflow._shared.observability.metrics import stats

stats.initialize(factory=stats_utils.get_stats_factory(), export_legacy_names=False)
stats._get_backend().statsd._send = lambda text: print("sent", text)  # in place of UDP
bundle = DagBundlesManager().get_bundle("team")
bundle.initialize()
bundle.refresh()
print(type(bundle).__name__, bundle.get_current_version())
shutil.rmtree(sys.argv[1])
try:
    bundle.refresh()
except Exception as error:
    print("failed", type(error).__name__)
"""


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    command = ["git", *identity, *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def repository(folder: Path) -> str:
    """A repository with one commit, which is returned."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "a.py").write_text("a = 1\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=a")
    return git(folder, "rev-parse", "HEAD")


def test_a_real_bundle_counts_its_refreshes(tmp_path: Path) -> None:
    """By the option of the bundle's DAG processor, with a repository of this test in its place."""
    place = tmp_path / "team"
    commit = repository(place)
    dags = GitDags(repository="https://git.example.com/team.git", ref="main")
    platform = resolve(AirflowProps(dags=dags, metrics=StatsdExporter()), "af1")
    given = {each.name: each.value for each in platform.parts(Role.DAG_PROCESSOR).env}
    (bundle,) = json.loads((given[OPTION] or "").replace("$$", "$"))
    bundle["kwargs"] |= {"repo_url": str(place)}
    del bundle["kwargs"]["git_conn_id"]
    modules = tmp_path / "modules"
    modules.mkdir()
    for name in ("cdk8s_airflow_bundles.py", "cdk8s_airflow_metrics.py"):
        shutil.copy(PROGRAMS / name, modules)
    env = {
        **environment(tmp_path),
        **{name: value for name, value in given.items() if "__METRICS__" in name and value},
        "AIRFLOW__METRICS__STATSD_HOST": "127.0.0.1",
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": str(tmp_path / "bundles"),
        OPTION: json.dumps([bundle]),
        "PYTHONPATH": str(modules),
    }
    done = subprocess.run(
        [AIRFLOW, "-c", REFRESHES, place],
        env=env, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "CountedGitDagBundle" in done.stdout
    assert commit in done.stdout
    assert "failed " in done.stdout
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("sent airflow.dag_bundle")] == [
        *["sent airflow.dag_bundle.refreshed,bundle_name=team:1|c"]
        * 2,  # the first by initialize()
        "sent airflow.dag_bundle.refresh_failed,bundle_name=team:1|c",
    ]
