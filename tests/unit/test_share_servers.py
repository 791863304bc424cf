"""The program "share_servers.py", with stand-ins for the servers and the Kubernetes API.

What real servers make of it is in tests/integration/test_fleet_servers.py.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cdk8s_airflow

PROGRAMS = Path(cdk8s_airflow.__file__).parent / "programs"
PACKAGES = Path(__file__).parent / "fake_packages"
PATHS = os.pathsep.join([str(PACKAGES), str(PROGRAMS)])
HARNESS = """
import io, json, os, sys
from pathlib import Path
from urllib.error import HTTPError, URLError
import share_servers

share_servers.ACCOUNT = Path(os.environ["ACCOUNT"])
share_servers.ssl.create_default_context = lambda cafile: None
share_servers.PAUSE = 0.01

def answer(request, timeout, context):
    assert request.headers["Authorization"] == "Bearer token"
    assert request.full_url.startswith("https://[fd00::1]:443/api/v1/namespaces/")
    found = json.loads(os.environ["SECRETS"]).get(request.full_url.split("/namespaces/")[1], 404)
    if found == 0:
        raise URLError("no route to host")
    if isinstance(found, int):
        raise HTTPError(request.full_url, found, "refused", {}, None)
    return io.BytesIO(json.dumps({"data": found}).encode())

share_servers.urlopen = answer
share_servers.main(sys.argv[1], sys.argv[2])
"""
SALES = {
    "release": "sales",
    "namespace": "data",
    "database": {"name": "sales", "secret": ["sales-postgresql", "password"]},
    "redis": {"user": "sales", "prefix": "sales:", "secret": ["sales-redis", "password"]},
}
PLAIN = {"release": "plain", "namespace": "plain"}
WORD = {"password": "d29yZA=="}
BOTH = {"data/secrets/sales-postgresql": WORD, "data/secrets/sales-redis": WORD}


def share(
    folder: Path, releases: Sequence[Any], secrets: dict[str, Any], **env: str
) -> subprocess.CompletedProcess[str]:
    (folder / "releases.json").write_text(json.dumps(releases))
    (folder / "token").write_text("token\n")
    given = {
        **{"PATH": os.environ["PATH"], "PYTHONPATH": PATHS, "ACCOUNT": str(folder)},
        **{"KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "443"},
        **{"SECRETS": json.dumps(secrets), "EXISTS": ""},
        **{"POSTGRESQL_HOST": "db", "POSTGRESQL_PORT": "5432", "POSTGRESQL_USER": "airflow"},
        **{"POSTGRESQL_DATABASE": "airflow", "POSTGRESQL_PASSWORD": "secret"},
        **{"REDIS_HOST": "redis", "REDIS_PORT": "6379", "REDIS_PASSWORD": "hidden"},
        **{"POOLER_USER": "airflow_pooler", "POOLER_PASSWORD": "pooled"},
        **env,
    }
    return subprocess.run(
        [sys.executable, "-c", HARNESS, "0", str(folder / "releases.json")],
        env={name: value for name, value in given.items() if value or name == "EXISTS"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def calls(done: subprocess.CompletedProcess[str]) -> list[list[Any]]:
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]


def test_a_release_gets_a_database_a_lookup_and_a_user_of_redis(tmp_path: Path) -> None:
    done = share(tmp_path, [SALES], BOTH)
    assert done.returncode == 0, done.stderr
    assert "release sales: ready" in done.stdout.splitlines()
    said = calls(done)
    texts = [call[0] for call in said]
    for made in (
        'create role "airflow_pooler"',
        'create role "sales"',
        'create database "sales" owner "sales"',
        'grant connect on database "sales" to "airflow_pooler"',
        'grant execute on function pooler.login(text) to "airflow_pooler"',
    ):
        assert made in texts
    places = [call[1]["dbname"] for call in said if call[0] == "connect"]
    assert places == ["airflow", "sales"], "the function is in the database of the release"
    assert texts.count("close") == 2 and texts[-1] == "close redis"
    (rules,) = [call for call in said if call[:2] == ["ACL", "SETUSER"]]
    word = hashlib.sha256(b"word").hexdigest()
    assert rules[2:7] == ["sales", "reset", "on", f"#{word}", "~sales:*"]
    assert ["ACL", "SAVE"] in said


def test_no_statement_names_a_password(tmp_path: Path) -> None:
    done = share(tmp_path, [SALES], BOTH)
    logins = ("connect", "redis")
    said = json.dumps([call for call in calls(done) if call[0] not in logins])
    assert not [word for word in ("secret", "hidden", "pooled", '"word"', "'word'") if word in said]


def test_without_pgbouncer_or_redis_there_is_nothing_for_them(tmp_path: Path) -> None:
    release = {key: SALES[key] for key in ("release", "namespace", "database")}
    done = share(tmp_path, [release, PLAIN], BOTH, POOLER_USER="", REDIS_HOST="")
    assert done.returncode == 0, done.stderr
    assert "pooler" not in done.stdout and "redis" not in done.stdout
    assert "release plain: ready" in done.stdout


def test_what_is_missing_is_told_and_keeps_no_other_waiting(tmp_path: Path) -> None:
    other = {**SALES, "release": "late", "namespace": "late"}
    cases: list[tuple[dict[str, Any], str]] = [
        ({}, "Secret sales-postgresql of namespace late is not there yet"),
        ({"late/secrets/sales-postgresql": 403}, "namespace late may not be read yet"),
        ({"late/secrets/sales-postgresql": 500}, "namespace late HTTP Error 500"),
        ({"late/secrets/sales-postgresql": 0}, "no route to host"),
        ({"late/secrets/sales-postgresql": {"x": ""}}, "has no key 'password'"),
    ]
    for secrets, why in cases:
        done = share(tmp_path, [other, SALES], {**BOTH, **secrets})
        assert done.returncode == os.EX_TEMPFAIL, done.stderr
        assert "1 releases are not ready: Secret sales-postgresql of namespace late" in done.stderr
        assert why in done.stderr
        assert "release sales: ready" in done.stdout


def test_a_server_that_is_away_is_tried_again(tmp_path: Path) -> None:
    done = share(tmp_path, [SALES, PLAIN], BOTH, REFUSED="airflow")
    assert done.returncode == os.EX_TEMPFAIL
    assert "2 releases are not ready: PostgreSQL: password authentication failed" in done.stderr
    done = share(tmp_path, [SALES, PLAIN], BOTH, REDIS_AWAY="1")
    assert done.returncode == os.EX_TEMPFAIL
    assert "1 releases are not ready: Redis: connection refused" in done.stderr
