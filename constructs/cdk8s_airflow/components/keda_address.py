"""The address of the metadata database in a KEDA trigger, and what KEDA does not support there."""

from __future__ import annotations

from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.database import DatabaseServer
from cdk8s_airflow.services.tls import MYSQL_ENCRYPTS

_FILES = ("sslcert", "sslkey", "sslrootcert")
_CONNECTION = "give KedaAutoscaling(connection=SecretKey(...)) with one that KEDA reads"


def keda_address(
    owner: str, database: DatabaseServer | None, namespace: str | None, *, user_key: str
) -> dict[str, str]:
    """The address of the database as trigger metadata; KEDA takes no time-outs there.

    Args:
        owner: option and workload in messages.
        database: the metadata database; None: only its URL in a Secret is known.
        namespace: the release's, if it is known.
        user_key: the trigger's key for the user.

    Raises:
        ValueError: when KEDA cannot reach the database.
    """
    if database is None:
        raise ValueError(
            f"{owner}: database= is not known by its parts, only as a URL that Airflow reads; give "
            f"the parts, or {_CONNECTION}"
        )
    if database.token:
        raise ValueError(
            f"{owner}: KEDA logs in by a password that stays, and database= has token="
            f"{type(database.token).__name__}(...): give KedaAutoscaling(connection=SecretKey(...))"
            " of a user with a password, who needs to read the tables alone"
        )
    host = database.host_in_other_namespaces(namespace)
    if host is None and isinstance(database.host, str):
        raise ValueError(
            f"{owner}: KEDA has a namespace of its own, from where it does not find the database "
            f"at {database.host!r}; give AirflowChart a namespace=, or {_CONNECTION}"
        )
    if unsupported := _unsupported_by_keda(database):
        through = "give it through_pgbouncer=True, or " if database.pooled else ""
        raise ValueError(
            f"{owner}: KEDA takes no files, and of MySQL no TLS, by the parts of a database, so it "
            f"cannot reach one with {unsupported}; {through}{_CONNECTION}"
        )
    values = _values(database, user_key)
    address = {
        name: str(value) for name, value in values.items() if not isinstance(value, SecretKey)
    }
    if host:
        address["host"] = host
    if database.kind == "postgresql":
        public = database.parameters.get("sslrootcert") == "system"
        default_mode = "verify-full" if public else "prefer"
        address["sslmode"] = database.parameters.get("sslmode", default_mode)
    return address


def keda_secrets(database: DatabaseServer, *, user_key: str) -> dict[str, SecretKey]:
    """The parts of the database that are in Secrets, by KEDA's names of them.

    Args:
        database: the metadata database.
        user_key: the trigger's key for the user.
    """
    values = {**_values(database, user_key), "password": database.password}
    return {name: value for name, value in values.items() if isinstance(value, SecretKey)}


def _values(database: DatabaseServer, user_key: str) -> dict[str, object]:
    return {
        "host": database.host,
        "port": database.port,
        "dbName": database.database,
        user_key: database.user,
    }


def _unsupported_by_keda(database: DatabaseServer) -> str:
    """The settings of the database that KEDA does not support, for a message."""
    files = {"ca": database.ca, "client_certificate": database.client_certificate}
    demands = [f"{name}=" for name, value in files.items() if value]
    for name, value in sorted(database.parameters.items()):
        if database.kind == "mysql":
            unsupported = name == "ssl_ca" or (name == "ssl_mode" and value in MYSQL_ENCRYPTS)
        else:
            unsupported = name in _FILES and value != "system"
        if unsupported:
            demands.append(f"parameters={{{name!r}: {value!r}}}")
    return " and ".join(demands)
