"""The password of the metadata database, where it is a token that is made to connect.

DATABASE_LOGIN says how, as JSON: `kind`, one of KINDS, and what that needs. All processes of a pod
share a token, in FILE, until it has to be made anew: a probe would else take a second for each.
"""

import json
import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timezone
from importlib import import_module
from typing import Any

VARIABLE = "DATABASE_LOGIN"
FILE = "/opt/cdk8s-airflow-token/token.json"
KEPT = 540.0
"""Seconds for which a cloud's token is kept. One of RDS is good for 15 minutes, or at least for 10
with an identity that boto3 does not yet renew."""
MARGIN = 60.0
"""Seconds before its end in which a token is not used any more."""
YOUNG = 10.0
"""Seconds for which a token is used even if a connection failed."""
COMMAND_SECONDS = 30.0
"""Seconds that a command may take."""


class TokenError(Exception):
    """Why there is no token, in one line."""


Made = tuple[str, float]
"""A token, and when it has to be made anew: seconds as `time.time()` has them."""


def password(host: str, port: int, user: str) -> str:
    """The token for a user of a server.

    Raises:
        TokenError: when it cannot be made.
    """
    host = host.lower()
    who = [host, port, user, os.environ[VARIABLE]]
    with suppress(OSError, ValueError, KeyError):
        with open(FILE, encoding="utf-8") as file:
            found = json.load(file)
        if found["who"] == who and time.time() < found["until"]:
            return str(found["token"])
    settings = json.loads(os.environ[VARIABLE])
    try:
        token, until = KINDS[settings["kind"]](settings, host, port, user)
    except Exception as error:
        reason = (str(error).strip().splitlines() or [""])[0]
        raise TokenError(f"no token: {type(error).__name__}: {reason}") from error
    if not token:
        raise TokenError(f"no token: {settings['kind']} gave an empty one")
    _keep({"who": who, "token": token, "until": until})
    return token


def forget() -> None:
    """The next token is a new one, as a server may have refused this one.

    One that is young stays: a server that is down would have tokens made all the time.
    """
    with suppress(OSError):
        if time.time() - os.stat(FILE).st_mtime > YOUNG:
            os.unlink(FILE)


def _keep(content: dict[str, object]) -> None:
    written = f"{FILE}.{os.getpid()}"
    with suppress(OSError):  # a pod without the folder makes a token each time
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(content, file)
        os.replace(written, FILE)


def rds(settings: dict[str, Any], host: str, port: int, user: str) -> Made:
    """A token of RDS, signed by boto3: nobody is asked but for the identity of the pod."""
    name = settings.get("endpoint") or host
    region = settings.get("region") or name.split(".rds.")[0].rpartition(".")[2]
    client = import_module("boto3").client("rds", region_name=region)
    made = client.generate_db_auth_token(name, port, user, region)
    return str(made), time.time() + KEPT


def cloudsql(settings: dict[str, Any], host: str, port: int, user: str) -> Made:
    """An access token of Google for Cloud SQL."""
    auth, transport = import_module("google.auth"), import_module("google.auth.transport.requests")
    identity, _ = auth.default(scopes=["https://www.googleapis.com/auth/sqlservice.login"])
    identity.refresh(transport.Request())
    until = time.time() + KEPT
    if identity.expiry:  # in UTC, without saying so
        until = min(until, identity.expiry.replace(tzinfo=timezone.utc).timestamp() - MARGIN)
    return str(identity.token), until


def azure(settings: dict[str, Any], host: str, port: int, user: str) -> Made:
    """An access token of Microsoft Entra for Azure Database."""
    client = settings.get("client_id")
    known = {"managed_identity_client_id": client, "workload_identity_client_id": client}
    identity = import_module("azure.identity").DefaultAzureCredential(**(known if client else {}))
    made = identity.get_token(settings["scope"])
    return str(made.token), min(time.time() + KEPT, made.expires_on - MARGIN)


def command(settings: dict[str, Any], host: str, port: int, user: str) -> Made:
    """What a command prints."""
    server = {"TOKEN_HOST": host, "TOKEN_PORT": str(port), "TOKEN_USER": user}
    done = subprocess.run(
        settings["command"],
        env={**os.environ, **server},
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        timeout=COMMAND_SECONDS,
    )
    return done.stdout.rstrip(), time.time() + settings["lifetime"]


def function(settings: dict[str, Any], host: str, port: int, user: str) -> Made:
    """What a function returns."""
    module, _, name = settings["path"].rpartition(".")
    made = getattr(import_module(module), name)(host=host, port=port, user=user)
    return str(made), time.time() + settings["lifetime"]


KINDS: dict[str, Callable[[dict[str, Any], str, int, str], Made]] = {
    "rds": rds,
    "cloudsql": cloudsql,
    "azure": azure,
    "command": command,
    "function": function,
}
