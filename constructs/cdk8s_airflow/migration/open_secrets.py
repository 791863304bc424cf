"""The last look at the new values: no credential is in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cdk8s_airflow.kubernetes.credentials import credential_problem, form_of, form_problems
from cdk8s_airflow.migration.conversion import Conversion
from cdk8s_airflow.migration.report import Outcome

REMOVED = "REMOVED-A-CREDENTIAL"
"""What stands where a credential was that has no other place."""


_LOGIN = re.compile(r"[\w.%+~-]{1,64}:[^@/\s]{1,256}@[\w.-]")
_ADDRESSES = ("ADDRESS", "ENDPOINT", "HOST", "HOSTS", "SERVER", "SERVERS", "URI", "URL")


def hides_login(name: str, value: str) -> bool:
    """Whether an address, such as `HOST`, has a user and a password before it."""
    return name.upper().endswith(_ADDRESSES) and bool(_LOGIN.match(value))


def marked(key: str, value: Any, outcome: Outcome) -> Outcome:
    """The outcome of a key, which is `secret` where a piece of its value is a credential."""
    if outcome.status in ("secret", "dead", "dropped") or not any(form_problems({key: value})):
        return outcome
    note = "a credential stood in it: see the Secrets"
    return Outcome("secret", outcome.to, "; ".join(filter(None, [outcome.note, note])))


def without(made: Conversion, value: Any) -> Any:
    """A piece of the new values in which credentials are references."""
    if isinstance(value, Mapping):
        return _mapping(made, value)
    if isinstance(value, list):
        return [without(made, each) for each in value]
    if isinstance(value, str) and form_of(value):
        made.step(f"Search the new files for `{REMOVED}`: a credential stood there.")
        return REMOVED
    return value


def _mapping(made: Conversion, value: Mapping[str, Any]) -> dict[str, Any]:
    name, text = value.get("name"), value.get("value")
    if isinstance(name, str) and isinstance(text, str) and credential_problem(name, text):
        secret = made.name("environment")
        made.secret(secret, name, source=name)
        return {"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": name}}}
    found = {}
    for key, item in value.items():
        if key == "data" and value.get("kind") == "ConfigMap" and isinstance(item, Mapping):
            item = _data(made, str(value["metadata"]["name"]), item)
        found[key] = without(made, item)
    return found


def _data(made: Conversion, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a ConfigMap without those that are secrets by their names."""
    kept = {}
    for key, item in data.items():
        if isinstance(item, str) and credential_problem(str(key), item):
            made.secret(f"{name}-secret", str(key), source=f"ConfigMap {name}")
            made.step(f"The ConfigMap `{name}` had the secret `{key}`: read it from its Secret.")
        else:
            kept[key] = item
    return kept
