"""Creates the first admin through Airflow's own command; one that exists keeps its password.

Usage: python create_admin.py USERNAME EMAIL FIRST_NAME LAST_NAME

The password comes from ADMIN_PASSWORD and goes to the command's standard input, so that it is in
no process list.
"""

import os
import subprocess
import sys


def command(username: str, email: str, first_name: str, last_name: str) -> list[str]:
    """The command line of `airflow users create`."""
    return [
        *("airflow", "users", "create", "--role", "Admin", "--username", username),
        *("--email", email, "--firstname", first_name, "--lastname", last_name),
    ]


if __name__ == "__main__":
    password = os.environ["ADMIN_PASSWORD"]
    answers = f"{password}\n{password}\n"
    done = subprocess.run(command(*sys.argv[1:5]), input=answers, text=True, check=False)
    sys.exit(done.returncode)
