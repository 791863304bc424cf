"""Creates the account by which the reconciler uses the REST API, through Airflow's own commands.

Usage: python create_account.py VERSION_URL SECONDS NAME RESOURCE ...

NAME is that of the user and of its role, which may read, create, change and delete these resources,
of those that OTHERS names it may no more. Waits for the API server like create_admin.py. The
password comes from OBJECTS_PASSWORD, or the file that OBJECTS_PASSWORD_FILE names, and is set again
if the user exists, so that one run takes up a new password.
"""

import sys
import time
from contextlib import suppress
from importlib import import_module

from create_admin import IMPORTED, answer
from url import credential
from wait_for_api_server import wait

ACTIONS = ("can_read", "can_create", "can_edit", "can_delete")
OTHERS = ("Users", "Roles")


def commands(name: str, resources: list[str]) -> list[list[str]]:
    """The command lines; those that ask for a password are about users."""
    user = ["--username", name]
    others = [resource for resource in OTHERS if resource not in resources]
    lines = [
        ["roles", "create", name],
        ["roles", "add-perms", name, "--resource", *resources, "--action", *ACTIONS],
    ]
    if others:
        lines.append(["roles", "del-perms", name, "--resource", *others, "--action", *ACTIONS])
    return [
        *lines,
        [
            *("users", "create", "--role", name, *user, "--email", f"{name}@example.invalid"),
            *("--firstname", "Objects", "--lastname", "as code"),
        ],
        ["users", "reset-password", *user],
    ]


if __name__ == "__main__":
    url, seconds, name, *resources = sys.argv[1:]
    main = import_module("airflow.__main__").main
    for module in IMPORTED:
        with suppress(ImportError):
            import_module(module)
    wait(url, time.monotonic() + float(seconds))
    for words in commands(name, resources):
        if words[0] == "users":
            answer(credential("OBJECTS_PASSWORD"))
        sys.argv = ["airflow", *words]
        main()
