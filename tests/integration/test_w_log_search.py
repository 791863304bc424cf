"""Task logs in Elasticsearch: Airflow writes and searches them with the options of the bundle.

A stand-in speaks the one call that Airflow's reader makes, a search. What a collector of a cluster
does is done here: it takes the lines of JSON from the standard output of the task's pod.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from integration.bundle import REPOSITORY, synthesize_props
from integration.node.objects import Manifest

from cdk8s_airflow import AirflowProps, DagsFolder, ElasticsearchLogs, KubernetesExecutor, Logs

PYTHON = REPOSITORY / ".venv-airflow/bin/python"
PACKAGES = REPOSITORY / "build/log-stores"
TASK = """
from types import SimpleNamespace
ti = SimpleNamespace(dag_id="sales", task_id="load", run_id="r1", map_index=-1, try_number=1,
                     id="0", logical_date=None, state="success", hostname="", queue="default")
"""
UPLOAD = f"""{TASK}
import pathlib
from airflow.configuration import conf
from airflow.sdk.log import load_remote_log_handler
file = pathlib.Path(conf.get("logging", "base_log_folder"), "load.log")
file.parent.mkdir(parents=True, exist_ok=True)
file.write_text('{{"event": "one", "level": "info"}}\\n{{"event": "two", "level": "error"}}\\n')
load_remote_log_handler().upload(file, ti)
"""
READ = f"""{TASK}
import json
from airflow.utils.log.log_reader import TaskLogReader
messages, metadata = TaskLogReader().log_handler.read(ti, 1, {{}})
print("READ", json.dumps([message.model_dump(mode="json") for message in messages]))
"""


class Elasticsearch:
    """Keeps documents, and finds those that a query of Airflow asks for."""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.paths: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                server.paths.append(self.path.partition("?")[0])
                payload = json.dumps(server.found(json.loads(self.rfile.read(length)))).encode()
                self.send_response(200)
                self.send_header("Content-Type", self.headers.get("Accept", "application/json"))
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def found(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to a search by `log_id` or the identity of a task, after an offset."""
        query: dict[str, Any] = request["query"]["bool"]
        wanted = json.dumps(query["must"])
        (offset,) = (part["range"]["offset"]["gt"] for part in query["filter"])
        hits: list[dict[str, Any]] = [
            {"_index": "logs", "_id": str(number), "_source": document}
            for number, document in enumerate(self.documents)
            if str(document["log_id"]) in wanted and document["offset"] > offset
        ]
        hits.sort(key=lambda hit: hit["_source"]["offset"])
        return {"hits": {"total": {"value": len(hits)}, "hits": hits}}

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def elasticsearch() -> Iterator[Elasticsearch]:
    server = Elasticsearch()
    yield server
    server.close()


def environment(manifests: list[Manifest], component: str) -> dict[str, str]:
    """The options of a component about logs, as its pods have them."""
    for manifest in manifests:
        template = manifest.get("spec", {}).get("template", {})
        labels = template.get("metadata", {}).get("labels", {})
        if labels.get("app.kubernetes.io/component") == component:
            entries = template["spec"]["containers"][0]["env"]
            names = ("AIRFLOW__LOGGING__", "AIRFLOW__ELASTICSEARCH__")
            return {
                entry["name"]: entry["value"]
                for entry in entries
                if entry["name"].startswith(names) and "value" in entry
            }
    raise AssertionError(component)


def run(program: str, folder: Path, env: dict[str, str]) -> str:
    """What a program of Airflow prints."""
    own = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "AIRFLOW_HOME": str(folder),
        "PYTHONPATH": str(PACKAGES),
        **env,
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
    }
    done = subprocess.run(
        [str(PYTHON), "-c", program], env=own, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_log_is_found_that_a_collector_has_brought(
    elasticsearch: Elasticsearch, tmp_path: Path
) -> None:
    dags = DagsFolder(str(REPOSITORY / "dags"))
    store = ElasticsearchLogs(host=elasticsearch.url, index="airflow-*")
    props = AirflowProps(dags=dags, executor=KubernetesExecutor(), logs=Logs(store=store))
    manifests = synthesize_props(tmp_path / "synth", props)
    env = environment(manifests, "api-server")
    assert env == environment(manifests, "scheduler")
    printed = run(UPLOAD, tmp_path, env)
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines] == ["one", "two"]
    elasticsearch.documents += [{**line, "host": "af1-task"} for line in lines]
    (text,) = (line for line in run(READ, tmp_path, env).splitlines() if line.startswith("READ"))
    messages = json.loads(text.removeprefix("READ "))
    found = [message["event"] for message in messages]
    assert found[-2:] == ["one", "two"]
    assert "af1-task" in found
    assert elasticsearch.paths == ["/airflow-*/_search"]
