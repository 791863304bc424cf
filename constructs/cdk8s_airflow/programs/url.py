"""Prints a URL or a JSON text whose credentials come from the environment, quoted.

Usage: python -IS url.py 'redis://:{REDIS_PASSWORD}@host:6379/0'
       python -IS url.py --json '{"password": "{REDIS_PASSWORD}"}'
       python -IS url.py --whole NAME postgresql=connect_timeout=5 mysql=connect_timeout=5
       python -IS url.py --async AIRFLOW__DATABASE__SQL_ALCHEMY_CONN

`{NAME}` becomes the quoted value of the environment variable NAME, or of the file that NAME_FILE
names, so that a password may hold any
character; one of a host, port or database loses the newline that an editor has left at its end.
`--whole` takes all of the URL from NAME and adds the parameters of its kind of server where it does
not give them. `--async` makes of an option's URL that for Airflow's asynchronous engine.
`sslrootcert=system`, which psycopg2's own libpq looks for where no image has it, becomes the file
with the authorities of the image, or of `SSL_CERT_FILE`.
No newline is printed: Airflow takes the output of an `AIRFLOW__..._CMD` as it is.
"""

import json
import os
import re
import shlex
import sys
from urllib.parse import parse_qsl, quote, urlencode

AUTHORITIES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
)
DRIVERS = {"mysql": "aiomysql", "postgresql": "asyncpg"}
# asyncpg takes these in a `dsn`, which a URL of SQLAlchemy can carry, and no other way as text.
IN_DSN = frozenset(
    {
        *("application_name", "options", "sslcert", "sslcrl", "sslkey", "sslmode", "sslpassword"),
        *("ssl_max_protocol_version", "ssl_min_protocol_version", "sslrootcert"),
        "target_session_attrs",
    }
)
PLACES = ("HOST", "PORT", "NAME")
KEPT = {
    "mysql": frozenset({"charset", "connect_timeout", "unix_socket"}),
    "postgresql": frozenset({"host", "port"}),
}


def fill(template: str, as_json: bool = False) -> str:
    """The template with each `{NAME}` replaced."""

    def value(name: re.Match[str]) -> str:
        text = credential(name[1])
        kind = name[1].rpartition("_")[2]
        if kind in PLACES:
            text = text.strip()
        if kind == "PORT" and not text.isdigit():
            raise ValueError(f"{name[1]} is no port: expected a number from 1 to 65535")
        if kind == "HOST" and ":" in text:  # an address of IPv6
            return f"[{text.strip('[]')}]"
        return json.dumps(text)[1:-1] if as_json else quote(text, safe="")

    return re.sub(r"\{(\w+)\}", value, template)


def split_url(url: str) -> tuple[str, str, list[tuple[str, str]]]:
    """The kind of server, the URL without its parameters, and the parameters."""
    base, _, query = url.partition("?")
    kind = base.removeprefix("db+").partition(":")[0].partition("+")[0]
    return kind, base, parse_qsl(query, keep_blank_values=True)


def join_url(base: str, parameters: list[tuple[str, str]]) -> str:
    """The URL with these parameters."""
    return f"{base}?{urlencode(parameters, quote_via=quote)}" if parameters else base


def verified(url: str) -> str:
    """The URL with the file of the public authorities where it asks for those of the system."""
    kind, base, parameters = split_url(url)
    if kind != "postgresql" or ("sslrootcert", "system") not in parameters:
        return url
    files = [path for path in AUTHORITIES if os.path.isfile(path)]
    file = os.environ.get("SSL_CERT_FILE") or [*files, "system"][0]
    merged = {"sslmode": "verify-full", **dict(parameters), "sslrootcert": file}
    return join_url(base, list(merged.items()))


def whole(url: str, defaults: list[str]) -> str:
    """The URL with parameters of its kind of server, where it does not give them."""
    kind, base, parameters = split_url(url)
    default = dict(text.split("=", 1) for text in defaults).get(kind, "")
    present = {name for name, _ in parameters}
    added = [(name, value) for name, value in parse_qsl(default) if name not in present]
    return join_url(base, [*parameters, *added]) if added else url


def asynchronous(url: str) -> str:
    """The URL for the asynchronous driver, with what that takes of the parameters."""
    kind, base, parameters = split_url(url)
    if kind not in DRIVERS:
        return re.sub("^sqlite:", "sqlite+aiosqlite:", url)
    kept = [item for item in parameters if item[0] in KEPT[kind]]
    dsn = [item for item in parameters if item[0] in IN_DSN]
    if kind == "postgresql" and dsn:
        kept.append(("dsn", join_url("postgresql://", dsn)))
    return join_url(f"{kind}+{DRIVERS[kind]}:{base.partition(':')[2]}", kept)


def text(words: list[str]) -> str:
    """What is printed for the arguments."""
    if words[0] == "--json":
        return fill(words[1], as_json=True)
    if words[0] == "--whole":
        return verified(whole(credential(words[1]), words[2:]))
    if words[0] == "--async":
        return asynchronous(option(words[1]))
    return verified(fill(words[0]))


def option(name: str) -> str:
    """The value of an option of Airflow: its variable, or what its `_CMD` would print."""
    if name in os.environ:
        return os.environ[name]
    words = shlex.split(os.environ[f"{name}_CMD"])
    for number, word in enumerate(words):
        if word.endswith("url.py"):
            return text(words[number + 1 :])
    if words[0] == "cat":
        return contents(words[1])
    import subprocess  # slow, and for commands of the user alone

    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def credential(name: str) -> str:
    """The value of a variable, or of the file that NAME_FILE names.

    Raises:
        KeyError: when neither is set.
    """
    if f"{name}_FILE" in os.environ:
        return contents(os.environ[f"{name}_FILE"])
    return os.environ[name]


def contents(path: str) -> str:
    """The text of a file, as it is."""
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


if __name__ == "__main__":
    try:
        sys.stdout.write(text(sys.argv[1:]))
    except KeyError as error:
        sys.exit(f"url.py: environment variable {error} is not set")
    except (OSError, ValueError) as error:
        sys.exit(f"url.py: {error}")
