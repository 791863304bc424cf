"""The users of an embedded RabbitMQ: one for each number of its password."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from cdk8s_airflow.kubernetes.key_numbers import FIRST
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.server import user_name

# RabbitMQ makes its default user in an empty volume alone, but reads definitions at each start.
_DEFINE = r"""quoted() { printf %s "$1" | sed 's/[\\"]/\\&/g'; }
cat >RUN/definitions.json <<END
DEFINITIONS
END
echo 'load_definitions = RUN/definitions.json' >>RUN/rabbitmq.conf
"""
_LAST = "exec rabbitmq-server"


def passwords(known: Mapping[int, SecretKey]) -> dict[str, SecretKey]:
    """The environment of `defined`, by number, so that another use of them restarts nothing.

    Args:
        known: number -> password.
    """
    if list(known) == [FIRST]:
        return {}
    return {f"PASSWORD_{number}": key for number, key in sorted(known.items())}


def defined(start: str, run: str, name: str, numbers: Sequence[int]) -> str:
    """The script that starts the server, with definitions of its users if there are more than one.

    A user whose password is no longer known gets none, and so cannot log in.

    Args:
        start: the script with the default user.
        run: the folder of its configuration.
        name: of the user with the first number, and of the virtual host.
        numbers: of the passwords that are known.
    """
    if list(numbers) == [FIRST]:
        return start
    users = []
    for number in range(FIRST, max(numbers) + 1):
        user = {"name": user_name(name, number), "tags": ""}
        if number in numbers:
            users.append({**user, "password": f'$(quoted "$PASSWORD_{number}")'})
        else:
            users.append({**user, "password_hash": ""})
    right = {"vhost": name, "configure": ".*", "write": ".*", "read": ".*"}
    definitions = {
        "vhosts": [{"name": name}],
        "users": users,
        "permissions": [{"user": user["name"], **right} for user in users],
    }
    text = json.dumps(definitions).replace('\\"', '"')
    define = _DEFINE.replace("RUN", run).replace("DEFINITIONS", text)
    return start.replace(_LAST, define + _LAST)
