"""How KEDA reaches the metadata database by its parts, and what it cannot reach so."""

from __future__ import annotations

from cdk8s_airflow.services.database import DatabaseServer
from cdk8s_airflow.services.tls import MYSQL_ENCRYPTS

_FILES = ("sslcert", "sslkey", "sslrootcert")
_CONNECTION = "give KedaAutoscaling(connection=SecretKey(...)) with one that KEDA reads"


def keda_address(
    owner: str, database: DatabaseServer | None, namespace: str | None, *, user_as: str
) -> dict[str, str]:
    """Metadata of a trigger: where the database is. KEDA takes no time-outs there.

    Args:
        owner: the option and the workload that it is of, for messages.
        database: where the work is written; None: not known by its parts.
        namespace: the release's, if it is known.
        user_as: how the trigger spells the user.

    Raises:
        ValueError: when KEDA could not reach the database.
    """
    if database is None:
        raise ValueError(
            f"{owner}: database= is not known by its parts, only as a URL that Airflow reads; give "
            f"the parts, or {_CONNECTION}"
        )
    host = database.seen_from_elsewhere(namespace)
    if host is None:
        raise ValueError(
            f"{owner}: KEDA has a namespace of its own, from where it does not find the database "
            f"at {database.host!r}; give AirflowChart a namespace=, or {_CONNECTION}"
        )
    if said := _beyond_keda(database):
        through = "give it through_pgbouncer=True, or " if database.pooled else ""
        raise ValueError(
            f"{owner}: KEDA takes no files, and of MySQL no TLS, by the parts of a database, so it "
            f"cannot reach one with {said}; {through}{_CONNECTION}"
        )
    address = {"host": host, "port": str(database.port), "dbName": database.database}
    if isinstance(database.user, str):
        address[user_as] = database.user
    if database.kind == "postgresql":
        public = database.parameters.get("sslrootcert") == "system"
        usual = "verify-full" if public else "prefer"
        address["sslmode"] = database.parameters.get("sslmode", usual)
    return address


def _beyond_keda(database: DatabaseServer) -> str:
    """What the database demands of its clients that KEDA cannot do."""
    said = {"ca": database.ca, "client_certificate": database.client_certificate}
    demands = [f"{name}=" for name, value in said.items() if value]
    for name, value in sorted(database.parameters.items()):
        if database.kind == "mysql":
            beyond = name == "ssl_ca" or (name == "ssl_mode" and value in MYSQL_ENCRYPTS)
        else:
            beyond = name in _FILES and value != "system"
        if beyond:
            demands.append(f"parameters={{{name!r}: {value!r}}}")
    return " and ".join(demands)
