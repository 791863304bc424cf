"""Which of the user's variables the migrations get: those that they read.

The name of their Job follows from its content, so one variable too many would migrate the database
again. Whether code of the user runs there, which may read any variable, is for the release to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cdk8s_airflow.kubernetes.references import EnvValue

_OF_THE_PROCESS = re.compile(
    "_?AIRFLOW_(?!CONN_|VAR_)"  # Airflow itself; connections and variables are for DAGs
    "|PYTHON|LD_|MALLOC_|LANG|LC_|TZ$|TMPDIR$"  # Python and the C library
    "|SSL_|OPENSSL_|KRB5|PG|MYSQL|MARIADB|LIBMYSQL|SQLALCHEMY_"  # the clients of databases
)
"""How the variables begin that Airflow, Python and the clients of databases read themselves."""
_REFERENCE = re.compile(r"\$\(([-._a-zA-Z][-._a-zA-Z0-9]*)\)")


def read_by_migrations(env: Mapping[str, EnvValue]) -> dict[str, EnvValue]:
    """Those variables that `airflow db migrate` reads if it runs no code of the user.

    Args:
        env: what the user sets for all roles, without the options that migrations do not read.
    """
    found = {name for name in env if _OF_THE_PROCESS.match(name)}
    while more := {used for name in found for used in _references(env[name])} & env.keys() - found:
        found |= more
    return {name: value for name, value in env.items() if name in found}


def _references(value: EnvValue) -> set[str]:
    """The variables that Kubernetes fills in."""
    return set(_REFERENCE.findall(value)) if isinstance(value, str) else set()
