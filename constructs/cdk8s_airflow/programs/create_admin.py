"""Creates the first admin through Airflow's own command; one that exists keeps its password.

Usage: python create_admin.py VERSION_URL SECONDS USERNAME EMAIL FIRST_NAME LAST_NAME
           [--reset-password]

With `--reset-password` one that exists gets the password.

Waits for the API server, since both would write the permissions of a new database at once. What
takes long is to import Airflow, so that is done before. The password comes from ADMIN_PASSWORD, or
the file that ADMIN_PASSWORD_FILE names, and goes to the command's standard input, so that it is in
no process list.
"""

import os
import sys
import time
from contextlib import suppress
from importlib import import_module

from url import credential
from wait_for_api_server import wait

IMPORTED = (
    "airflow.providers.fab.auth_manager.cli_commands.user_command",
    "airflow.providers.fab.auth_manager.cli_commands.utils",
    "airflow.providers.fab.www.app",
)
"""What the command imports when it runs."""


def command(username: str, email: str, first_name: str, last_name: str) -> list[str]:
    """The command line of `airflow users create`."""
    return [
        *("airflow", "users", "create", "--role", "Admin", "--username", username),
        *("--email", email, "--firstname", first_name, "--lastname", last_name),
    ]


def answer(password: str) -> None:
    """Gives the password, and again for confirmation, on standard input."""
    read_end, write_end = os.pipe()
    os.write(write_end, f"{password}\n{password}\n".encode())
    os.close(write_end)
    os.dup2(read_end, sys.stdin.fileno())


if __name__ == "__main__":
    url, seconds, *names = sys.argv[1:]
    reset = names[4:] == ["--reset-password"]
    main = import_module("airflow.__main__").main
    for module in IMPORTED:
        with suppress(ImportError):
            import_module(module)
    wait(url, time.monotonic() + float(seconds))
    answer(credential("ADMIN_PASSWORD"))
    sys.argv = command(*names[:4])
    main()
    if reset:
        answer(credential("ADMIN_PASSWORD"))
        sys.argv = ["airflow", "users", "reset-password", "--username", names[0]]
        main()
