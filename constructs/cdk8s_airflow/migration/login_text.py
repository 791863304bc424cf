"""A webserver_config.py without the secrets that stood in it."""

from __future__ import annotations

import re

from cdk8s_airflow.kubernetes.credentials import credential_problem

_ASSIGNED = re.compile(r"(?<!\w)(\w{1,80})[\"']? ?[:=] ?([\"'])([^\"'\n]{0,500})\2")


def without_secrets(text: str) -> tuple[str, tuple[str, ...]]:
    """The text, in which each literal secret comes from the environment, and their names."""
    names: list[str] = []

    def replace(match: re.Match[str]) -> str:
        name, literal = match[1], match[3]
        if not credential_problem(name, literal):
            return match[0]
        variable = name.upper()
        while variable in names:
            variable += "_2"
        names.append(variable)
        quoted = f"{match[2]}{literal}{match[2]}"
        return match[0].replace(quoted, f'os.environ["{variable}"]')

    found = _ASSIGNED.sub(replace, text)
    if names and "import os\n" not in found:
        found = f"import os\n\n{found}"
    return found, tuple(names)


_SERVER = re.compile(r"\b(?:https?|ldaps?)://[\w.-]{1,253}(?::\d{1,5})?")
_ELSEWHERE = ("AUTH_LDAP", "AUTH_OAUTH", "AUTH_OID", "AUTH_REMOTE_USER", "SECURITY_MANAGER_CLASS")


def servers(text: str) -> list[str] | None:
    """The URLs of the servers that a file names; None: it may need some and names none."""
    found = list(dict.fromkeys(_SERVER.findall(text)))
    return None if not found and any(word in text for word in _ELSEWHERE) else found
