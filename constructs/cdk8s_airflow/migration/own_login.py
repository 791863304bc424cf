"""Options of Airflow that say who may log in: modules that Airflow 3 has elsewhere."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Target
from cdk8s_airflow.migration.report import Outcome, Status
from cdk8s_airflow.migration.rules import plain

_FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"
_SIMPLE = "SimpleAuthManager"
_OLD_BACKENDS = "airflow.api.auth.backend."
_NEW_BACKENDS = "airflow.providers.fab.auth_manager.api.auth.backend."
_BACKENDS = {
    f"{_OLD_BACKENDS}{old}": f"{_NEW_BACKENDS}{new}"
    for old, new in (
        *(("basic_auth", "basic_auth"), ("session", "session")),
        ("kerberos", "kerberos_auth"),
    )
}
"""Module of Airflow 2 -> that of the provider; `default` and `deny_all` are no more."""


def auth_manager(target: Target, value: Any) -> Outcome:
    """The auth manager."""
    text = plain(value)
    if text == _FAB or text.endswith(".FabAuthManager"):
        return Outcome("carried", "auth", "FAB is the default here")
    if text.endswith(_SIMPLE):
        target.put("auth", {"kind": "SimpleAuth"})
        target.put("admin", None)
        return Outcome("changed", "auth", "name its users: auth.users")
    target.put("auth", {"kind": "AuthManager", "path": text})
    target.put("admin", None)
    return Outcome("carried", "auth")


def auth_backends(target: Target, value: Any) -> Outcome:
    """How FAB's API knows users: modules that were Airflow's own in Airflow 2."""
    given = [each.strip() for each in plain(value).split(",") if each.strip()]
    found = [_BACKENDS.get(each, each) for each in given]
    kept = [each for each in found if not each.startswith(_OLD_BACKENDS)]
    note = "in Airflow 3 clients of the API show a token, of /auth/token"
    if not kept:
        return Outcome("changed" if given else "carried", "", note if given else "")
    target.put("config", {"fab": {"auth_backends": ",".join(kept)}})
    status: Status = "carried" if len(kept) == len(found) else "changed"
    return Outcome(status, "config.fab.auth_backends", note)
