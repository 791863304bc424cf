"""Imports all DAGs of a folder, as the DAG processor does, and fails when one cannot be.

Usage: check_dags.py FOLDER, in an environment with Airflow and the packages of the DAGs. It needs
no database and no configuration, and leaves nothing behind.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def check(folder: Path) -> int:
    """Tells the DAGs and what is wrong with them; returns the exit code."""
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:  # Airflow 3.1
        from airflow.models.dagbag import DagBag

    sys.path.append(str(folder))  # DAGs import the modules beside them
    bag = DagBag(str(folder))
    for dag_id in sorted(bag.dags):
        print(f"DAG {dag_id}: {len(bag.dags[dag_id].tasks)} tasks")
    for path, error in sorted(bag.import_errors.items()):
        print(f"\n{path} cannot be imported:\n{error}", file=sys.stderr)
    if not bag.dags and not bag.import_errors:
        print(f"there is no DAG in {folder}", file=sys.stderr)
    print(f"{len(bag.dags)} DAGs, {len(bag.import_errors)} files that cannot be imported")
    return int(bool(bag.import_errors) or not bag.dags)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(
            AIRFLOW_HOME=home,
            AIRFLOW_CONFIG=os.devnull,
            AIRFLOW__CORE__LOAD_EXAMPLES="False",
            AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="sqlite:////" + home.lstrip("/") + "/airflow.db",
            AIRFLOW__LOGGING__LOGGING_LEVEL="WARNING",
            AIRFLOW__LOGGING__BASE_LOG_FOLDER=f"{home}/logs",
        )
        sys.dont_write_bytecode = True
        sys.exit(check(Path(sys.argv[1]).resolve()))
