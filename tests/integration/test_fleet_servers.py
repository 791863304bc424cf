"""What the Job of a fleet's servers makes: real PostgreSQL, PgBouncer and Redis, without Airflow.

See the example fleet-servers in test_t_examples.py for all of it with Airflow, in its namespaces.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
import yaml

from cdk8s_airflow import AirflowProps, Fleet, FleetRelease, FleetServers, GitDags

from .node.network import program

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-airflow" / "bin" / "python"
PROGRAMS = ROOT / "constructs" / "cdk8s_airflow" / "programs"
USER = 65534  # nobody: initdb wants one with a name
PATIENCE = 120
SHARE = """
import json, os, sys
import share_servers

def read(namespace, name, key):
    known = json.loads(os.environ["SECRETS"])
    if f"{namespace}/{name}" not in known:
        raise share_servers.NotYetError(f"no {name}")
    return known[f"{namespace}/{name}"]

share_servers.read_secret = read
share_servers.main(sys.argv[1], sys.argv[2])
"""
CLIENT = """
import json, sys
import psycopg2, redis

def sql(port, user, database, word, statement):
    try:
        connection = psycopg2.connect(
            host="127.0.0.1", port=port, user=user, dbname=database, password=word,
            connect_timeout=10,
        )
    except psycopg2.Error as error:
        return f"refused: {error}"
    try:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement)
        return str(cursor.fetchall()) if cursor.description else "done"
    except psycopg2.Error as error:
        return f"refused: {error}"
    finally:
        connection.close()

def keys(port, user, word, commands):
    found = []
    for command in commands:
        client = redis.Redis(port=port, username=user, password=word)
        try:
            client.execute_command(*command)
            found.append("open")
        except redis.exceptions.NoPermissionError:
            found.append("closed")
        except redis.exceptions.RedisError as error:
            found.append("unknown" if "invalid username" in str(error) else repr(error))
        client.close()
    return found

for line in sys.stdin:
    what, *words = json.loads(line)
    print(json.dumps({"sql": sql, "keys": keys}[what](*words)), flush=True)
"""
WORDS = {
    "sales/sales-postgresql": "p@ss'sales\\",
    "sales/sales-redis": 'r"sales %',
    "reports/reports-postgresql": "reports's",
    "reports/reports-redis": "reports",
}
CELERY = [
    *(["LPUSH", "{own}default", "x"], ["LLEN", "{own}default"], ["DEL", "{own}default"]),
    *(["PUBLISH", "{own}/0.celery.pidbox", "x"], ["PUBLISH", "{own}celery-task-meta-1", "x"]),
    *(["EVAL", "return redis.call('get', KEYS[1])", "1", "{own}a"], ["SCRIPT", "LOAD", "return 1"]),
]
OTHERS = [
    *(["LPUSH", "{other}default", "x"], ["LLEN", "{other}default"], ["DEL", "{other}default"]),
    *(["PUBLISH", "{other}/0.celery.pidbox", "x"], ["SUBSCRIBE", "{other}celery-task-meta-1"]),
    *(["PSUBSCRIBE", "*"], ["PSUBSCRIBE", "{other}/0.celeryev/*"], ["SCAN", "0"], ["KEYS", "*"]),
    *(["RANDOMKEY"], ["FLUSHALL"], ["FLUSHDB"], ["SWAPDB", "0", "1"], ["ACL", "LIST"]),
    *(["CONFIG", "GET", "*"], ["PUBSUB", "CHANNELS"], ["SCRIPT", "FLUSH"], ["DBSIZE"]),
    *(["CLIENT", "LIST"], ["CLIENT", "KILL", "TYPE", "normal"], ["FUNCTION", "LIST"]),
    ["EVAL", "return redis.call('get', KEYS[1])", "1", "{other}a"],
]


def as_user(*command: str) -> list[str]:
    """A command as a user who is not root: PostgreSQL and PgBouncer want it so."""
    ids = (f"--reuid={USER}", f"--regid={USER}", "--clear-groups")
    return [program("setpriv"), *ids, *command]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on port {port}")


@dataclass
class Servers:
    """The servers, and the Job's program."""

    folder: Path
    sql: int
    pool: int
    redis: int
    plan: list[Mapping[str, Any]]
    client: subprocess.Popen[str]

    def share(self, words: Mapping[str, str], seconds: float = PATIENCE, **more: str) -> Any:
        """Runs the program."""
        file = self.folder / "releases.json"
        file.write_text(json.dumps(self.plan))
        env = {
            **os.environ,
            "PYTHONPATH": str(PROGRAMS),
            "SECRETS": json.dumps(words),
            **{"POSTGRESQL_HOST": "127.0.0.1", "POSTGRESQL_PORT": str(self.sql)},
            **{"POSTGRESQL_DATABASE": "airflow", "POSTGRESQL_USER": "airflow"},
            **{"POSTGRESQL_PASSWORD": "airflow's", "POOLER_PASSWORD": "pooler's"},
            **{"POOLER_USER": "airflow_pooler", "REDIS_HOST": "127.0.0.1"},
            **{"REDIS_PORT": str(self.redis), "REDIS_PASSWORD": "redis's"},
            **more,
        }
        command = [str(PYTHON), "-c", SHARE, str(seconds), str(file)]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE)

    def ask(
        self, port: int, user: str, database: str, statement: str = "select 1", word: str = ""
    ) -> str:
        """What PostgreSQL or PgBouncer answers to a user, by default with its own password.

        After a login that PostgreSQL refused, PgBouncer refuses its user's next ones unasked for
        `server_login_retry` seconds; that is no answer.
        """
        word = word or WORDS.get(f"{user}/{user}-postgresql", "airflow's")
        end = time.monotonic() + PATIENCE
        while "server_login_retry" in (
            said := str(self._client("sql", port, user, database, word, statement))
        ):
            assert time.monotonic() < end, said
            time.sleep(0.2)
        return said

    def tries(
        self, user: str, commands: Sequence[list[str]], other: str, word: str = ""
    ) -> list[str]:
        """What Redis answers to a user."""
        filled = json.dumps(commands).replace("{own}", f"{user}:").replace("{other}", f"{other}:")
        word = word or WORDS[f"{user}/{user}-redis"]
        found: list[str] = self._client("keys", self.redis, user, word, json.loads(filled))
        return found

    def _client(self, *words: Any) -> Any:
        assert self.client.stdin and self.client.stdout
        self.client.stdin.write(json.dumps(words) + "\n")
        self.client.stdin.flush()
        return json.loads(self.client.stdout.readline())


def manifests(folder: Path) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    """The servers of a fleet of two, by kind and the beginning of the name."""
    Fleet(
        releases=[FleetRelease(name="sales"), FleetRelease(name="reports")],
        defaults=AirflowProps(dags=GitDags(repository="https://git.example.com/dags.git")),
        servers=FleetServers(),
    ).synth(folder, only=["servers"])
    text = (folder / "servers" / "servers.k8s.yaml").read_text()
    return {(each["kind"], each["metadata"]["name"]): each for each in yaml.safe_load_all(text)}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """The servers, with the settings of the manifests as far as they are not of the pods."""
    subprocess.run([program("ip"), "link", "set", "lo", "up"], check=True)
    made = manifests(tmp_path_factory.mktemp("synth"))
    folder = tmp_path_factory.mktemp("servers")
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)
    sql, pool, redis = free_port(), free_port(), free_port()
    data, files = folder / "data", folder / "pgbouncer"
    for each in (data, files, folder / "redis"):
        each.mkdir()
        os.chown(each, USER, USER)
    (plan,) = [m for (kind, name), m in made.items()
               if kind == "ConfigMap" and name.startswith("servers-releases-")]  # fmt: skip
    (folder / "word").write_text("airflow's")
    bin = next(Path("/usr/lib/postgresql").glob("*/bin"))
    initdb = (str(bin / "initdb"), "-D", str(data), "-U", "airflow", "--auth=scram-sha-256",
              f"--pwfile={folder}/word", "-E", "UTF8", "--no-sync")  # fmt: skip
    subprocess.run(as_user(*initdb), check=True, capture_output=True)
    for name, text in made["ConfigMap", "servers-pgbouncer"]["data"].items():
        text = text.replace("/run/pgbouncer/files", str(files))
        text = text.replace("/run/pgbouncer/sockets", str(files)).replace("= 6432", f"= {pool}")
        text = text.replace("'servers-postgresql-server' port='5432'", f"'127.0.0.1' port='{sql}'")
        text = text.replace("max_prepared_statements", ";")  # Debian's may be older than 1.21
        (files / name).write_text(text.replace("{airflow.client}", "pooler's"))
    (start,) = made["StatefulSet", "servers-redis"]["spec"]["template"]["spec"]["containers"]
    script = start["command"][2].replace("/data", str(folder / "redis"))
    script = script.replace("<<END\n", f"<<END\nport {redis}\n")
    commands = [
        as_user(str(bin / "postgres"), "-D", str(data), "-p", str(sql), "-c", "fsync=off",
                "-c", f"unix_socket_directories={folder / 'redis'}"),
        as_user("sh", "-c", script),
    ]  # fmt: skip
    env = {**os.environ, "REDIS_PASSWORD": "redis's"}
    with (folder / "log").open("w") as log:
        running: list[subprocess.Popen[Any]] = [
            subprocess.Popen(each, stdout=log, stderr=log, env=env) for each in commands
        ]
        try:
            wait_for(sql)
            wait_for(redis)
            client = subprocess.Popen(
                [str(PYTHON), "-c", CLIENT], stdin=PIPE, stdout=PIPE, stderr=log, text=True
            )
            running.append(client)
            releases = json.loads(plan["data"]["releases.json"])
            found = Servers(folder, sql, pool, redis, releases, client)
            while "starting up" in (said := found.ask(sql, "airflow", "postgres")):
                time.sleep(0.2)
            assert found.ask(sql, "airflow", "postgres", "select 1") == "[(1,)]", said
            create = as_user("createdb", "-h", "127.0.0.1", "-p", str(sql), "-U", "airflow",
                             "airflow")  # fmt: skip
            subprocess.run(create, check=True, env={**env, "PGPASSWORD": "airflow's"})
            bouncer = as_user("pgbouncer", str(files / "pgbouncer.ini"))
            running.append(subprocess.Popen(bouncer, stdout=log, stderr=log))
            wait_for(pool)
            yield found
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(60)


def test_a_release_whose_secret_is_missing_keeps_no_other_waiting(servers: Servers) -> None:
    """It is tried again until the time is over; the Job then takes that for no failure."""
    words = {name: word for name, word in WORDS.items() if name.startswith("sales/")}
    done = servers.share(words, seconds=2)
    assert done.returncode == os.EX_TEMPFAIL, done
    assert done.stdout.splitlines()[0] == "release sales: ready"
    assert "1 releases are not ready: no reports-postgresql" in done.stderr
    assert servers.ask(servers.pool, "sales", "sales") == "[(1,)]"
    assert "refused" in servers.ask(servers.pool, "reports", "reports")


def test_each_release_has_a_database_by_the_pool_and_behind_it(servers: Servers) -> None:
    for _ in range(2):  # the second time all is there
        done = servers.share(WORDS)
        assert done.returncode == 0, done
    for user in ("sales", "reports"):
        create = "create table if not exists owner as select current_user::text as name"
        for port in (servers.pool, servers.sql):
            assert servers.ask(port, user, user, create) == "done"
            assert servers.ask(port, user, user, "select name from owner") == f"[('{user}',)]"


def test_no_release_reaches_the_database_of_another_or_of_the_servers(servers: Servers) -> None:
    for user, other in (("sales", "reports"), ("reports", "sales")):
        for port in (servers.pool, servers.sql):
            for database in (other, "airflow", "postgres", "template1"):
                said = servers.ask(port, user, database)
                assert said.startswith("refused"), (port, user, database, said)
            assert servers.ask(port, other, other, word=WORDS[f"{user}/{user}-postgresql"]) != (
                "[(1,)]"
            )
        rights = "select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls " \
                 f"from pg_roles where rolname = '{user}'"  # fmt: skip
        assert servers.ask(servers.sql, user, user, rights) == str([(False,) * 5])


def test_pgbouncer_learns_the_password_of_a_database_s_own_user_alone(servers: Servers) -> None:
    lookup = "select word is null from pooler.login('{}')"

    def pooler(database: str, statement: str) -> str:
        return servers.ask(servers.sql, "airflow_pooler", database, statement, "pooler's")

    assert pooler("sales", lookup.format("sales")) == "[(False,)]"
    for name in ("reports", "airflow", "airflow_pooler", "nobody"):
        assert pooler("sales", lookup.format(name)) == "[(True,)]"
    assert "permission denied" in pooler("sales", "select * from owner")
    assert "permission denied" in pooler("sales", "create table public.x (x int)")
    assert "permission denied" in servers.ask(servers.sql, "sales", "sales", lookup.format("sales"))
    assert servers.ask(servers.pool, "airflow", "airflow").startswith("refused")
    assert servers.ask(servers.pool, "airflow_pooler", "sales", word="pooler's") != "[(1,)]"


def test_a_release_has_the_keys_and_channels_of_its_prefix_alone(servers: Servers) -> None:
    for user, other in (("sales", "reports"), ("reports", "sales")):
        assert servers.tries(user, CELERY, other) == ["open"] * len(CELERY)
        assert servers.tries(user, OTHERS, other) == ["closed"] * len(OTHERS)
        assert servers.tries(user, [["PING"]], other, word="redis's") == ["unknown"]
    for ours in (["SUBSCRIBE", "sales:a"], ["PSUBSCRIBE", "sales:/0.celeryev/*"]):
        assert servers.tries("sales", [ours], "reports") == ["open"]


def test_a_new_password_of_a_secret_is_taken_up(servers: Servers) -> None:
    new = {**WORDS, "reports/reports-postgresql": "new", "reports/reports-redis": "newer"}
    assert servers.share(new).returncode == 0
    for port in (servers.pool, servers.sql):
        assert servers.ask(port, "reports", "reports", word="new") == "[(1,)]"
        assert servers.ask(port, "reports", "reports").startswith("refused")
    assert servers.tries("reports", [["PING"]], "sales", word="newer") == ["open"]
    assert servers.share(WORDS).returncode == 0
    assert servers.ask(servers.pool, "reports", "reports") == "[(1,)]"


def test_a_release_that_leaves_the_table_leaves_its_database(servers: Servers) -> None:
    whole = servers.plan
    servers.plan = whole[:1]
    try:
        assert servers.share(WORDS).returncode == 0
    finally:
        servers.plan = whole
    assert servers.ask(servers.sql, "reports", "reports", "select name from owner") == (
        "[('reports',)]"
    )


def test_users_of_redis_are_kept_in_a_file_with_hashes_alone(servers: Servers) -> None:
    text = (servers.folder / "redis" / "users.acl").read_text()
    assert [line.split()[1] for line in sorted(text.splitlines())] == [
        "default",
        "reports",
        "sales",
    ]
    assert not [word for word in (*WORDS.values(), "redis's") if word in text and word != "reports"]
    assert ">" not in text
