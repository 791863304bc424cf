"""Users, connections, variables and pools of the community's chart."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from cdk8s_airflow.kubernetes.credentials import credential_problem, name_problems
from cdk8s_airflow.migration.conversion import Conversion, Table, Target, truth
from cdk8s_airflow.migration.report import Outcome, Status
from cdk8s_airflow.migration.rules import (
    carried,
    config_map_reference,
    is_empty,
    plain,
    reference,
    switch,
)

_WHOLE = re.compile(r"\$\{(\w+)\}|\$(\w+)")
ADOPT = {"kind": "ReconcileJob", "adopt": True}
"""The old release made these objects in the database already."""
_NAME = re.compile(r"[^a-z0-9.-]+")


def _filled(made: Conversion, text: Any, templates: str) -> Any:
    """A text with `${NAME}`, as a reference where it is nothing else; None: it is mixed."""
    value = plain(text)
    if "$" not in value:
        return value
    known = made.get(f"airflow.{templates}") or {}
    found = _WHOLE.fullmatch(value)
    source = known.get(found[1] or found[2]) if found else None
    if source is None:
        return None if any(f"{name}" in value for name in known) else value
    refer = reference if source.get("kind") == "secret" else config_map_reference
    return refer(source["name"], source["key"])


def _key(*words: str) -> str:
    return _NAME.sub("-", "-".join(words).lower()).strip("-.")


def users(made: Conversion) -> list[Mapping[str, Any]]:
    """The users that the old values name."""
    if "users" not in (made.values.get("airflow") or {}):
        return []
    found: list[Mapping[str, Any]] = made.get("airflow.users") or []
    return found


def start(made: Conversion) -> None:
    """Writes the users; the first Admin is `admin`."""
    found = users(made)
    admins = [each for each in found if _roles(each) == ["Admin"]]
    if "auth" in made.out:
        return
    if not found:
        if "users" in (made.values.get("airflow") or {}):
            made.root.put("admin", None)
        return
    if not admins:
        made.root.put("admin", None)
    for each in found:
        if admins and each is admins[0]:
            _first(made, each)
        else:
            _further(made, each)


def _roles(user: Mapping[str, Any]) -> list[str]:
    role = user.get("role") or "Viewer"
    return [plain(each) for each in role] if isinstance(role, list) else [plain(role)]


def _password(made: Conversion, user: Mapping[str, Any]) -> Any:
    found = _filled(made, user.get("password") or "", "usersTemplates")
    if isinstance(found, Mapping):
        return dict(found)
    name, key = made.name("users"), _key(plain(user["username"]))
    made.secret(name, key, source="airflow.users")
    return reference(name, key)


def _first(made: Conversion, user: Mapping[str, Any]) -> None:
    names = {
        "username": "username",
        "email": "email",
        "firstName": "firstName",
        "lastName": "lastName",
    }
    for old, new in names.items():
        if user.get(old):
            made.root.put(
                f"admin.{new}", plain(_filled(made, user[old], "usersTemplates") or user[old])
            )
    made.root.put("secrets.adminPassword", _password(made, user))


def _further(made: Conversion, user: Mapping[str, Any]) -> None:
    form = {
        "email": plain(user.get("email")) or f"{user['username']}@example.com",
        "firstName": plain(user.get("firstName")) or plain(user["username"]),
        "lastName": plain(user.get("lastName")) or "-",
        "roles": _roles(user),
        "password": _password(made, user),
    }
    made.out.setdefault("users", {})[plain(user["username"])] = form
    made.root.put("reconcile", ADOPT)


def _users(target: Target, value: Any) -> Outcome:
    made = target.conversion
    if "auth" in made.out and value:
        return Outcome("changed", "auth", "with this login users come from elsewhere")
    if is_empty(value):
        return Outcome("carried", "admin", "null: no users")
    given = [_filled(made, each.get("password") or "", "usersTemplates") for each in value]
    if not all(isinstance(each, Mapping) for each in given):
        return Outcome(
            "secret", "admin, users", f"passwords: create the Secret {made.name('users')}"
        )
    return Outcome("carried", "admin, users")


def _connections(target: Target, value: Any) -> Outcome:
    made, status, notes = target.conversion, "carried", []
    for each in value or []:
        id = plain(each["id"])
        form: dict[str, Any] = {"kind": "Connection", "connType": plain(each["type"])}
        for field in ("host", "schema", "description", "login"):
            if each.get(field):
                found = _filled(made, each[field], "connectionsTemplates")
                if found is None or (field != "login" and isinstance(found, Mapping)):
                    notes.append(f"{id}: {field} has a template: give it by hand")
                else:
                    form[field], note = _from_secret(made, id, field, found)
                    notes += note
        if each.get("port"):
            form["port"] = int(each["port"])
        if each.get("password"):
            found = _filled(made, each["password"], "connectionsTemplates")
            if not isinstance(found, Mapping):
                status = "secret"
                key = _key(id, "password")
                made.secret(made.name("connections"), key, source="airflow.connections")
                notes.append(
                    f"{id}: create the Secret {made.name('connections')} with the key {key}"
                )
                found = reference(made.name("connections"), key)
            form["password"], note = _from_secret(made, id, "password", found)
            notes += note
        if each.get("extra"):
            extra, secret = _extra(made, id, each["extra"])
            form["extra"] = extra
            if secret:
                status = "secret"
                notes.append(
                    f"{id}: create the Secret {made.name('connections')} with the keys of extra"
                )
        made.out.setdefault("connections", {})[id] = form
    result: Any = "changed" if status == "carried" and notes else status
    return Outcome(result, "connections" if value else "", "; ".join(notes))


def _from_secret(made: Conversion, id: str, field: str, found: Any) -> tuple[Any, list[str]]:
    """A field that comes from a ConfigMap: here fields come from Secrets."""
    if not isinstance(found, Mapping) or found["kind"] == "SecretKey":
        return found, []
    secret, key = made.name("connections"), _key(id, field)
    made.secret(secret, key, source=f"ConfigMap {found['name']}")
    return reference(secret, key), [f"{id}: create the Secret {secret} with the key {key}"]


def _extra(made: Conversion, id: str, text: Any) -> tuple[Any, bool]:
    """The extra of a connection, with a reference for each secret."""
    try:
        read = json.loads(text) if isinstance(text, str) else text
    except ValueError:
        read = None
    if not isinstance(read, dict):
        made.secret(made.name("connections"), _key(id, "extra"), source="airflow.connections")
        return {"extra": reference(made.name("connections"), _key(id, "extra"))}, True
    secret = False
    for key, item in read.items():
        found = _filled(made, item, "connectionsTemplates") if isinstance(item, str) else item
        if isinstance(found, Mapping) and found is not item:
            read[key], _ = _from_secret(made, id, key, found)
        elif found is None or any(name_problems({key: item})):
            secret = True
            part = _key(id, key)
            made.secret(made.name("connections"), part, source="airflow.connections")
            read[key] = reference(made.name("connections"), part)
    return read, secret


def _variables(target: Target, value: Any) -> Outcome:
    made, notes = target.conversion, []
    status: Status = "carried"
    for each in value or []:
        name, text = plain(each["key"]), each.get("value")
        found = _filled(made, text, "variablesTemplates")
        if found is None or (isinstance(found, str) and credential_problem(name, found)):
            status = "secret"
            key = _key(name)
            made.secret(made.name("variables"), key, source="airflow.variables")
            notes.append(f"{name}: create the Secret {made.name('variables')} with the key {key}")
            found = reference(made.name("variables"), key)
        made.out.setdefault("variables", {})[name] = found
    return Outcome(status, "variables" if value else "", "; ".join(notes))


def _pools(target: Target, value: Any) -> Outcome:
    made, timed = target.conversion, []
    for each in value or []:
        if each.get("policies"):
            timed.append(plain(each["name"]))
        form: dict[str, Any] = {"slots": int(each["slots"])}
        if each.get("description"):
            form["description"] = plain(each["description"])
        if truth(each.get("include_deferred", each.get("includeDeferred"))):
            form["includeDeferred"] = True
        made.out.setdefault("pools", {})[plain(each["name"])] = form
        made.root.put("reconcile", ADOPT)
    if timed:
        note = f"{', '.join(timed)}: slots do not follow the clock; a DAG of yours may set them"
        return Outcome("changed", "pools", note)
    return Outcome("carried", "pools" if value else "")


_UPDATE = switch(
    "", "the code is enforced: what people change is changed back", on="carried", off="changed"
)
TABLE: Table = {
    "airflow.users": _users,
    "airflow.usersTemplates": carried(
        "references to Secrets and ConfigMaps", "secrets.adminPassword"
    ),
    "airflow.usersUpdate": _UPDATE,
    "airflow.connections": _connections,
    "airflow.connectionsTemplates": carried("references to Secrets and ConfigMaps", "connections"),
    "airflow.connectionsUpdate": _UPDATE,
    "airflow.variables": _variables,
    "airflow.variablesTemplates": carried("references to Secrets and ConfigMaps", "variables"),
    "airflow.variablesUpdate": _UPDATE,
    "airflow.pools": _pools,
    "airflow.poolsUpdate": _UPDATE,
}
