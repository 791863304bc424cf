"""What the package knows about metrics, against the source of the installed Airflow."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from integration.test_airflow_options import AIRFLOW, ROOT, environment

SCRIPT = ROOT / "scripts/generate_metrics.py"
METRICS = ROOT / "constructs/cdk8s_airflow/parts/airflow_metrics.json"
SENDS = "from airflow.observability.stats import Stats\nStats.{call}\n"
CHECK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import generate_metrics as script
import airflow
table = script.metrics(Path(airflow.__file__).parent)
print(*script.problems(table, script.sent(Path(sys.argv[2]))), sep="\\n")
"""


def test_the_metrics_in_the_package_are_those_of_the_installed_airflow(tmp_path: Path) -> None:
    assert AIRFLOW.exists(), "make .venv-airflow/ready installs Airflow"
    fresh = tmp_path / "metrics.json"
    subprocess.run([AIRFLOW, SCRIPT, fresh], check=True, env=environment(tmp_path), cwd=tmp_path)
    assert fresh.read_text() == METRICS.read_text(), "run scripts/generate_metrics.py"


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ("incr('ti.begin')", "a.py:2 sends 'ti.begin', which the table does not know"),
        ("gauge(f'pool.{x}_chairs', 1)", "sends 'pool.*_chairs', which the table does not know"),
        ("incr('pool.open_slots')", "sends 'pool.open_slots' as a counter, not as a gauge"),
        ("timing(name, 1)", "sends '(name)', which the table does not know"),
        ("incr('ti.start' if x else 'b')", "sends 'b', which the table does not know"),
        ("incr('ti.start')", ""),
        ("timer()", ""),
    ],
)
def test_a_call_that_the_table_does_not_know_is_found(
    tmp_path: Path, call: str, problem: str
) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a.py").write_text(SENDS.format(call=call))
    done = subprocess.run(
        [AIRFLOW, "-c", CHECK, SCRIPT.parent, tmp_path / "source"],
        check=True, env=environment(tmp_path), cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if "UNREGISTERED" not in line]
    assert len([line for line in lines if line]) == bool(problem), done.stdout
    assert problem in done.stdout
    assert "UNREGISTERED has 'deadline_alerts.callback_failed', which nobody sends" in done.stdout
