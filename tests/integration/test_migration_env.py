"""Which variables of its environment `airflow db migrate` reads, by a real one that says so."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from cdk8s_airflow.parts.migration_env import read_by_migrations

ROOT = Path(__file__).parent.parent.parent
PYTHON = ROOT / ".venv-airflow/bin/python"
NO_MATTER = {
    *("BUILDING_AIRFLOW_DOCS", "DEV", "PYTEST_VERSION"),  # of Airflow's own developers
    *("FORCE_COLOR", "NO_COLOR"),  # of the log
    *("HOME", "PATH"),  # which nobody may set
}
"""What Airflow reads, and what changes nothing in the database."""

TRACED = """
import os, sys
get = os._Environ.__getitem__
def traced(environ, name):
    frame = sys._getframe(1)
    while frame and frame.f_code.co_filename.startswith((os.__file__, "<frozen")):
        frame = frame.f_back
    module = frame.f_code.co_filename if frame else ""
    if "/airflow/" in module and not name.startswith("AIRFLOW__"):
        with open(READ, "a") as file:
            file.write(f"{name}\\n")
    return get(environ, name)
os._Environ.__getitem__ = traced
from airflow.__main__ import main
sys.argv = ["airflow", "db", "migrate"]
main()
"""


def test_airflow_itself_reads_no_variable_that_migrations_do_not_get(tmp_path: Path) -> None:
    read = tmp_path / "read"
    program = f"READ = {str(read)!r}{TRACED}"
    auth_manager = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__CORE__AUTH_MANAGER": auth_manager,
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{tmp_path}/airflow.db",
    }
    done = subprocess.run(
        [PYTHON, "-c", program], env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    names = set(read.read_text().split())
    assert "AIRFLOW_HOME" in names, "nothing was traced"
    assert names - read_by_migrations(dict.fromkeys(names, "")).keys() <= NO_MATTER
