"""Connections and variables: who holds them, how they are written, and what is refused."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import cdk8s
import pytest
from syrupy.assertion import SnapshotAssertion

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    Connection,
    DagsFolder,
    SchedulerProps,
    SecretKey,
)
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(cdk8s_airflow.__file__).parent / "programs" / "write_connections.py"
DAGS = DagsFolder(str(ROOT / "dags"))
PASSWORD = SecretKey(name="mysql", key="password")
MYSQL = Connection(conn_type="mysql", host="mysql.example.com", login="u", password=PASSWORD)
NASTY = "p@ss:/w#rd%?&'\" +\\$(HOME)$${HOME}`~{}[]|<>;!*,=^ \n\té"
USERS_CODE = {"dag-processor", "triggerer", "worker"}


def bundle_of(tmp_path: Path, external: set[str], **given: Any) -> Any:
    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **given))

    return synthesize(build, tmp_path, external=external)


def env_of(pod: Any) -> dict[str, Any]:
    return {e["name"]: e.get("value", e.get("valueFrom")) for e in pod.main_containers[0]["env"]}


def holders(bundle: Any, text: str) -> set[str]:
    return {pod.component for pod in bundle.pods if text in json.dumps(pod.containers)}


def test_only_the_roles_that_run_users_code_hold_them(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        {"Secret/mysql", "Secret/warehouse", "ConfigMap/site"},
        connections={
            "mysql_default": MYSQL,
            "warehouse": SecretKey(name="warehouse", key="uri"),
            "web": Connection(conn_type="http", host="web"),
        },
        variables={"a": "1", "region": ConfigMapKey(name="site", key="region")},
    )
    for text in (
        "AIRFLOW_CONN_WAREHOUSE",
        "AIRFLOW_CONN_WEB",
        "AIRFLOW_VAR_A",
        "AIRFLOW_VAR_REGION",
        "AIRFLOW__SECRETS__BACKEND",
        "write-connections",
        '"mysql"',
    ):
        assert holders(bundle, text) == USERS_CODE, text


def test_a_credential_reaches_the_init_container_only(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    bundle = bundle_of(tmp_path, {"Secret/mysql"}, connections={"mysql_default": MYSQL})
    spec = bundle.one("StatefulSet", "af1-worker")["spec"]["template"]["spec"]
    main, *_ = spec["containers"]
    assert '"mysql"' not in json.dumps(main)
    (init,) = [c for c in spec["initContainers"] if c["name"] == "write-connections"]
    (volume,) = [v for v in spec["volumes"] if v["name"] == "connections"]
    assert volume["emptyDir"]["medium"] == "Memory"
    (mount,) = [m for m in main["volumeMounts"] if m["name"] == "connections"]
    assert mount["readOnly"] is True
    assert [init] == snapshot


def test_without_credentials_among_the_parts_nothing_is_written_and_the_backend_stays_free(
    tmp_path: Path,
) -> None:
    bundle = bundle_of(
        tmp_path,
        {"Secret/uris"},
        config={"secrets": {"backend": "team.Vault"}},
        connections={
            "web": Connection(conn_type="http", host="web", port=8080, extra={"verify": False}),
            "whole": SecretKey(name="uris", key="whole"),
        },
    )
    text = json.dumps(bundle.manifests)
    assert "write-connections" not in text
    assert "write_connections.py" not in text
    worker = next(pod for pod in bundle.pods if pod.component == "worker")
    env = env_of(worker)
    assert json.loads(env["AIRFLOW_CONN_WEB"]) == {
        "conn_type": "http",
        "host": "web",
        "port": 8080,
        "extra": {"verify": False},
    }
    assert env["AIRFLOW_CONN_WHOLE"] == {"secretKeyRef": {"name": "uris", "key": "whole"}}
    assert env["AIRFLOW__SECRETS__BACKEND"] == "team.Vault"


def test_kubernetes_expands_nothing_in_literals(tmp_path: Path) -> None:
    variables = {"shell": "$(HOME) $$", "object": {"n": 1, "t": "$(X)"}, "n": 3, "yes": True}
    bundle = bundle_of(
        tmp_path,
        {"Secret/mysql"},
        variables=variables,
        connections={
            "web": Connection(conn_type="http", extra={"template": "$(HOME)"}),
            "db": Connection(conn_type="mysql", schema="$(HOME)", password=PASSWORD),
        },
    )
    worker = next(pod for pod in bundle.pods if pod.component == "worker")
    seen = {k: v.replace("$$", "$") for k, v in env_of(worker).items() if isinstance(v, str)}
    assert seen["AIRFLOW_VAR_SHELL"] == "$(HOME) $$"
    assert json.loads(seen["AIRFLOW_VAR_OBJECT"]) == {"n": 1, "t": "$(X)"}
    assert (seen["AIRFLOW_VAR_N"], seen["AIRFLOW_VAR_YES"]) == ("3", "true")
    assert '"$$(HOME)"' in json.dumps(env_of(worker)["AIRFLOW_CONN_WEB"]).replace("\\", "")
    (init,) = [c for c in worker.containers if c["name"] == "write-connections"]
    (content,) = [e["value"] for e in init["env"] if e["name"] == "CONNECTIONS"]
    assert "$$(HOME)" in content
    assert not re.search(r"(?<!\$)\$\(", content)


def test_another_connection_rolls_the_roles_that_hold_it_and_no_other(tmp_path: Path) -> None:
    def templates(host: str) -> dict[str, str]:
        connection = Connection(conn_type="mysql", host=host, password=PASSWORD)
        found = bundle_of(tmp_path, {"Secret/mysql"}, connections={"db": connection}).manifests
        return {
            m["metadata"]["name"]: json.dumps(m["spec"]["template"])
            for m in found
            if m["kind"] in ("Deployment", "StatefulSet")
        }

    one, two = templates("one"), templates("two")
    changed = {name for name in one if one[name] != two[name]}
    assert changed == {"af1-dag-processor", "af1-triggerer", "af1-worker"}


def written(tmp_path: Path, content: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-IS", str(PROGRAM), str(tmp_path / "connections.json")],
        env={"CONNECTIONS": json.dumps(content), **env},
        capture_output=True,
        text=True,
    )


def test_the_program_puts_any_character_where_it_belongs(tmp_path: Path) -> None:
    forms = {"db": {"password": None, "extra": {"keys": ["a", None]}}, "b": {"login": None}}
    paths = {"P": [["db", "password"], ["db", "extra", "keys", 1]], "L": [["b", "login"]]}
    done = written(tmp_path, {"connections": forms, "credentials": paths}, P=NASTY, L="me")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    file = tmp_path / "connections.json"
    assert json.loads(file.read_text()) == {
        "db": {"password": NASTY, "extra": {"keys": ["a", NASTY]}},
        "b": {"login": "me"},
    }
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600


def test_the_program_names_the_variable_that_is_missing(tmp_path: Path) -> None:
    content = {"connections": {"db": {}}, "credentials": {"P": [["db", "password"]]}}
    done = written(tmp_path, content)
    assert done.returncode == 1
    assert "environment variable 'P' is not set" in done.stderr


def test_one_key_used_twice_is_one_variable_and_names_never_meet(tmp_path: Path) -> None:
    other = SecretKey(name="mysql", key="other")
    bundle = bundle_of(
        tmp_path,
        {"Secret/mysql"},
        connections={
            "a.b": Connection(conn_type="x", password=PASSWORD),
            "a_b": Connection(conn_type="x", password=other, extra={"k": [PASSWORD]}),
        },
    )
    worker = next(pod for pod in bundle.pods if pod.component == "worker")
    (init,) = [c for c in worker.containers if c["name"] == "write-connections"]
    env = {e["name"]: e.get("value") or e["valueFrom"]["secretKeyRef"]["key"] for e in init["env"]}
    content = json.loads(env.pop("CONNECTIONS"))
    assert env == {"CONNECTION_A_B_PASSWORD": "password", "CONNECTION_A_B_PASSWORD_": "other"}
    assert content["credentials"] == {
        "CONNECTION_A_B_PASSWORD": [["a.b", "password"], ["a_b", "extra", "k", 0]],
        "CONNECTION_A_B_PASSWORD_": [["a_b", "password"]],
    }


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"conn_type": "MySQL"}, r"conn_type='MySQL'\): expected lower-case letters"),
        ({"conn_type": "x", "port": 0}, r"\.port=0: expected a port from 1 to 65535"),
        (
            {"conn_type": "x", "extra": {"a": {"api_key": "hunter2"}}},
            r"\.extra\.a\['api_key'\] looks like a credential.*SecretKey\(name=",
        ),
        ({"conn_type": "x", "host": "http://u:p@h"}, r"\.host looks like a credential"),
        ({"conn_type": "x", "extra": {"a": [b"x"]}}, r"\.extra\.a\.0: expected what JSON.*bytes"),
    ],
)
def test_a_connection_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Connection(**given)


def test_a_password_in_the_open_is_refused() -> None:
    with pytest.raises(TypeError, match="expected SecretKey or None"):
        Connection(conn_type="mysql", password="hunter2")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"connections": {"a b": MYSQL}}, r"connections\['a b'\]: expected letters, digits"),
        ({"variables": {"a/b": "1"}}, r"variables\['a/b'\]: expected letters, digits"),
        ({"connections": {"Db": MYSQL, "dB": MYSQL}}, r"connections has 'db' twice"),
        ({"variables": {"A": "", "a": ""}}, r"variables has 'a' twice: Airflow does not tell"),
        (
            {"connections": {"db": MYSQL}, "env": {"AIRFLOW_CONN_DB": PASSWORD}},
            r"connections\['db'\] is env\['AIRFLOW_CONN_DB'\] too: leave one of them out",
        ),
        (
            {"variables": {"v": ""}, "scheduler": SchedulerProps(env={"AIRFLOW_VAR_V": "x"})},
            r"variables\['v'\] is env\['AIRFLOW_VAR_V'\] too",
        ),
        ({"variables": {"api_token": "abc"}}, r"variables\['api_token'\] looks like a credential"),
        (
            {"connections": {"db": MYSQL}, "config": {"secrets": {"backend": "x.Y"}}},
            r"connections\['db'\] has credentials among its parts.*yours takes that place",
        ),
        (
            {"connections": {"db": MYSQL}, "config": {"workers": {"secrets_backend": "x.Y"}}},
            r"connections\['db'\] has credentials among its parts",
        ),
        (
            {"connections": {"db": MYSQL}, "env": {"AIRFLOW__SECRETS__BACKEND": "x.Y"}},
            r"connections\['db'\] has credentials among its parts",
        ),
    ],
)
def test_connections_and_variables_are_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        resolve(AirflowProps(dags=DAGS, **given), "af1")


def test_all_problems_come_at_once() -> None:
    with pytest.raises(ValueError, match=r"(?s)connections\['a b'\].*variables\['c d'\]"):
        resolve(AirflowProps(dags=DAGS, connections={"a b": MYSQL}, variables={"c d": ""}), "af1")
