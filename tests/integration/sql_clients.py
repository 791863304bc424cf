"""What Airflow's own engines, synchronous and asynchronous, and the programs make of a database."""

from __future__ import annotations

import ast
import os
from collections.abc import Sequence
from dataclasses import dataclass

from .node.pod import Pod

GIVEN_UP = [1, 10, 5, 2, 20_000]
"""SO_KEEPALIVE, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_USER_TIMEOUT of every client."""

_CHANGED = """
import os, sys
sys.path.insert(0, "/opt/cdk8s-airflow")
from url import option
name = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
old, new, *command = sys.argv[1:]
url = option(name)
assert old in url, "nothing to replace"
os.environ[name] = url.replace(old, new, 1)
os.environ.pop("RECONNECT_SECONDS", None)  # what is refused is told at once
os.execvp(command[0], command)
"""
_ENGINES = """
import asyncio, os, socket, time
from airflow import settings
from sqlalchemy import text

TLS = {
    "mysql": "select variable_value from information_schema.session_status "
             "where variable_name = 'Ssl_version'",
    "postgresql": "select coalesce(client_dn, version, 'none') from pg_stat_ssl "
                  "where pid = pg_backend_pid()",
}[settings.engine.dialect.name]
OPTIONS = ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT")

def options(descriptor):
    with socket.socket(fileno=os.dup(descriptor)) as opened:
        values = [opened.getsockopt(socket.IPPROTO_TCP, getattr(socket, it)) for it in OPTIONS]
        return [opened.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), *values]

def synchronous():
    with settings.engine.connect() as connection:
        driver = connection.connection.driver_connection
        return connection.execute(text(TLS)).scalar(), options(driver.fileno())

async def both():
    async with settings.async_engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        opened = getattr(driver, "_transport", None) or driver._writer
        found = (await connection.execute(text(TLS))).scalar()
        return found, options(opened.get_extra_info("socket").fileno())

for name, call in (("synchronous", synchronous), ("asynchronous", lambda: asyncio.run(both()))):
    start = time.monotonic()
    try:
        found = call()
    except Exception as error:
        reasons = []
        while error:
            reasons.append(f"{type(error).__name__}: {error}")
            error = error.__cause__
        found = " <- ".join(reasons), []
    print("ENGINE", (name, *found, time.monotonic() - start))
"""
_WAITS = """
import asyncio, threading, time
from airflow import settings
from sqlalchemy import text

WAIT = text("select pg_sleep(100)")

def synchronous():
    with settings.engine.connect() as connection:
        connection.execute(WAIT)

async def both():
    async with settings.async_engine.connect() as connection:
        await connection.execute(WAIT)

def measure(name, call):
    start = time.monotonic()
    try:
        found = call()
    except Exception as error:
        found = f"{type(error).__name__}: {error}"
    print("ENGINE", (name, str(found), [], time.monotonic() - start), flush=True)

items = (("synchronous", synchronous), ("asynchronous", lambda: asyncio.run(both())))
threads = [threading.Thread(target=measure, args=item) for item in items]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()  # when the main thread ends, asyncio can resolve no names any more
"""
# A server whose queue is full drops what else asks it, as a dead address does.
_SILENT = """
import os, socket, sys
server = socket.socket()
server.bind(("127.0.0.1", 15999))
server.listen(0)
clients = []
for _ in range(3):
    clients.append(socket.socket())
    clients[-1].setblocking(False)
    clients[-1].connect_ex(("127.0.0.1", 15999))
for each in (server, *clients):
    os.set_inheritable(each.fileno(), True)
os.execvp(sys.argv[1], sys.argv[1:])
"""


@dataclass(frozen=True)
class Answer:
    """What one of Airflow's engines found."""

    tls: str
    """What the server says of TLS, or the error."""
    options: list[int]
    """Of the socket."""
    seconds: float


def engines(pod: Pod, old: str = "", new: str = "", *, silent: bool = False) -> dict[str, Answer]:
    """What both engines find: ``synchronous`` and ``asynchronous``.

    Args:
        pod: one that uses the database.
        old: what of the URL is replaced for a moment.
        new: what it becomes.
        silent: there is a server on port 15999 that does not answer.
    """
    before = ("python", "-c", _SILENT) if silent else ()
    return _answers(pod.exec(*before, *_changed(old, new), "python", "-c", _ENGINES).output)


def waits(pod: Pod) -> dict[str, Answer]:
    """How long both engines wait for the end of a query of 100 s, of a server that may be lost."""
    return _answers(pod.exec("python", "-c", _WAITS, timeout=150).output)


def _answers(output: str) -> dict[str, Answer]:
    lines = [line for line in output.splitlines() if line.startswith("ENGINE ")]
    assert len(lines) == 2, output
    found = [ast.literal_eval(line.removeprefix("ENGINE ")) for line in lines]
    return {name: Answer(str(tls), options, seconds) for name, tls, options, seconds in found}


def program(pod: Pod, words: Sequence[str], old: str, new: str) -> str:
    """What one of the programs says when it fails, as it has to."""
    file, *arguments = words
    done = pod.exec(*_changed(old, new), "python", f"/opt/cdk8s-airflow/{file}", *arguments)
    assert done.exit_code in (1, os.EX_TEMPFAIL), done.output
    return done.output


def _changed(old: str, new: str) -> tuple[str, ...]:
    return ("python", "-c", _CHANGED, old, new)
