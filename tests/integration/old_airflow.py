"""An older Airflow, real and from PyPI, that makes a database for the new one to take over."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
USER, PASSWORD = "eve", "eves-pass:word/@%"
CONNECTION, LOGIN = "lake", "lake-pass:word/@%"
DAG_ID = "kept"
DAG = """
import datetime

try:
    from airflow.sdk import dag, task
except ImportError:
    from airflow.decorators import dag, task


@dag(schedule=None, start_date=datetime.datetime(2026, 1, 1), catchup=False)
def kept():
    @task
    def one():
        return 1

    @task
    def two(value):
        print("two after", value)

    two(one())


kept()
"""
"""A DAG that Airflow 2.11 and 3 can run."""


_PORT = 8080
_COMMANDS = """
import json, sys
from airflow.cli import cli_parser
for command in json.loads(sys.argv[1]):
    args = cli_parser.get_parser().parse_args(command)
    args.func(args)
"""
_LAKE = ("--conn-host", "lake.example.org", "--conn-password", LOGIN)


def _user(name: str, password: str) -> Sequence[str]:
    """The command that makes an Admin."""
    person = ("--firstname", name, "--lastname", "Adams", "--email", f"{name}@example.org")
    command = ("users", "create", "--username", name, "--password", password)
    return (*command, "--role", "Admin", *person)


@dataclass(frozen=True)
class OldAirflow:
    """The command `airflow` of an older version, with a database of its own."""

    version: str
    url: str
    fernet_key: str
    home: Path

    def run(self, *arguments: str) -> str:
        """Runs a command of it; what it printed."""
        return self.run_all([arguments])

    def run_all(self, commands: Sequence[Sequence[str]]) -> str:
        """Runs commands in one process, as each start of Airflow takes long."""
        python = Path(self.program).with_name("python")
        done = subprocess.run(
            [python, "-c", _COMMANDS, json.dumps(commands)],
            cwd=self.home,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=900,
        )
        assert done.returncode == 0, f"{commands}: {done.stderr[-3000:]}"
        return done.stdout

    @property
    def program(self) -> str:
        """The path of its command."""
        venv = REPOSITORY / "build" / f"airflow-{self.version}"
        assert (venv / "ready").exists(), "start these tests by `make integration-migration`"
        return str(venv / "bin" / "airflow")

    @property
    def env(self) -> dict[str, str]:
        """Its environment: like the chart's, as far as it matters."""
        return {
            "PATH": f"{Path(self.program).parent}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "AIRFLOW_HOME": str(self.home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(self.home / "dags"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__PARALLELISM": "2",
            "AIRFLOW__CORE__FERNET_KEY": self.fernet_key,
            "AIRFLOW__CORE__AUTH_MANAGER": (
                "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
            ),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{_PORT}/execution/",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": self.url,
            "AIRFLOW__API_AUTH__JWT_SECRET": "of-the-old-release-and-long-enough",
        }

    @contextmanager
    def running(self, *processes: str) -> Iterator[None]:
        """Starts processes of it, and ends them; they write to files in its home."""
        started = []
        for name in processes:
            with (self.home / f"{name}.out").open("wb") as out:
                started.append(
                    subprocess.Popen(
                        [self.program, name], cwd=self.home, env=self.env, stdout=out, stderr=out
                    )
                )
        try:
            yield
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(60)

    def states(self) -> list[str]:
        """The states of all runs in the database."""
        url = self.url.replace("+psycopg2", "")
        command = ["psql", "--tuples-only", "--no-align", "-c", "select state from dag_run", url]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    def fill(self) -> None:
        """Makes the schema, two users, a connection, a variable and a run with two tasks."""
        (self.home / "dags").mkdir()
        (self.home / "dags" / f"{DAG_ID}.py").write_text(DAG)
        self.run_all(
            [
                ("db", "migrate"),
                _user("admin", "admin"),  # as the chart does
                _user(USER, PASSWORD),
                ("connections", "add", CONNECTION, "--conn-type", "http", *_LAKE),
                ("variables", "set", "stage", "old"),
                ("dags", "reserialize"),
                ("dags", "trigger", DAG_ID),
            ]
        )
        with ExitStack() as processes:
            if not self.version.startswith("2"):  # tasks report to it, so it is there first
                processes.enter_context(self.running("api-server"))
                self._wait(_answers, "api-server")
            processes.enter_context(self.running("scheduler"))
            self._wait(lambda: self.states() == ["success"], "scheduler")

    def _wait(self, condition: Callable[[], bool], process: str) -> None:
        """Waits with the patience that a busy machine needs."""
        deadline = time.monotonic() + 600
        while not condition():
            told = (self.home / f"{process}.out").read_text()
            assert time.monotonic() < deadline, told[-3000:]
            time.sleep(1)


def _answers() -> bool:
    """Whether the API server of the old Airflow takes connections."""
    with closing(socket.socket()) as connection:
        return connection.connect_ex(("127.0.0.1", _PORT)) == 0
