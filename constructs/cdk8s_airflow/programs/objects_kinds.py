"""The kinds of objects that code may declare: where Airflow's API has them, how to compare them."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from airflow_api import Api, ConflictError, RefusedError, part

Form = dict[str, Any]
HIDDEN = "***"
"""What Airflow shows in the place of a credential."""
AT_ONCE = 200
"""Objects of one request."""
Refusals = dict[str, str]
"""Id -> why Airflow does not take it."""
DEFAULT_POOL = "default_pool"
"""Airflow's own: it is always there, and keeps its description."""
OWN_POOL = ("pools", DEFAULT_POOL)
HOME = ("Website", "can_read")
"""Each role may read the home page, once an API server has started."""
_FAB = "/auth/fab/v1"


@dataclass(frozen=True)
class Kind:
    """A kind of objects."""

    name: str
    key: str
    """The field that names an object."""
    path: str
    fields: tuple[str, ...]
    """What is compared; an answer of the API has more."""
    order: str = "id"
    bulk: bool = True
    """Whether one request changes many."""
    only_new: frozenset[str] = field(default_factory=frozenset)
    """Fields that are written once: they are the user's afterwards."""


KINDS = (
    Kind("pools", "name", "/api/v2/pools", ("slots", "description", "include_deferred")),
    Kind("variables", "key", "/api/v2/variables", ("value", "description")),
    Kind(
        "connections",
        "connection_id",
        "/api/v2/connections",
        ("conn_type", "description", "host", "login", "schema", "port", "password", "extra"),
    ),
    Kind("roles", "name", f"{_FAB}/roles", ("actions",), order="name", bulk=False),
    Kind(
        "users",
        "username",
        f"{_FAB}/users",
        ("email", "first_name", "last_name", "roles"),
        bulk=False,
        only_new=frozenset({"password"}),
    ),
)
"""In the order in which they are made; they are removed in the other."""


def rows(api: Api, kind: Kind) -> dict[str, Form]:
    """Id -> what Airflow has."""
    return {row[kind.key]: row for row in api.rows(kind.path, kind.name, kind.key, kind.order)}


def differences(kind: Kind, wanted: Form, found: Form) -> list[str]:
    """The fields that differ, as far as Airflow shows them."""
    fields = [name for name in kind.fields if kind.name != "pools" or _may_change(wanted, name)]
    return [
        name
        for name in fields
        if not _same(_comparable(kind, name, wanted), _comparable(kind, name, found, wanted))
    ]


def is_hidden(kind: Kind, found: Form) -> bool:
    """Whether a difference could be where Airflow does not show it."""
    return any(HIDDEN in json.dumps(found.get(name)) for name in kind.fields)


def _may_change(pool: Form, name: str) -> bool:
    return pool["name"] != DEFAULT_POOL or name != "description"


def _comparable(kind: Kind, name: str, form: Form, wanted: Form | None = None) -> Any:
    value = form.get(name)
    if name == "roles":
        return sorted({role["name"] for role in value or ()})
    if name == "actions":
        found = _pairs(form)
        return sorted(found if wanted is None else found - by_airflow(form, wanted))
    if name == "extra" or (kind.name == "variables" and name == "value"):
        try:
            return json.loads(value or "null") or None
        except ValueError:
            return value
    return value or None if not isinstance(value, bool) else value


def _same(wanted: Any, found: Any) -> bool:
    """Whether both are equal, or may be where Airflow hides the value."""
    if isinstance(found, str) and HIDDEN in found:
        return wanted is not None
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        return wanted.keys() == found.keys() and all(_same(wanted[k], found[k]) for k in wanted)
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(_same, wanted, found))
    return bool(wanted == found)


def _pairs(role: Form) -> set[tuple[str, str]]:
    return {(each["resource"]["name"], each["action"]["name"]) for each in role["actions"]}


def by_airflow(found: Form, wanted: Form) -> set[tuple[str, str]]:
    """Permissions that Airflow adds: by the `access_control` of single DAGs, and at each start."""
    prefixes = ("DAG:", "DAG Run:")
    added = {pair for pair in _pairs(found) if pair[0].startswith(prefixes) or pair == HOME}
    return added - _pairs(wanted)


def permissions(pairs: set[tuple[str, str]]) -> list[Form]:
    """Pairs of resource and action as the API has them."""
    return [{"action": {"name": a}, "resource": {"name": r}} for r, a in sorted(pairs)]


def write(
    api: Api,
    kind: Kind,
    create: dict[str, Form],
    update: dict[str, Form],
    found: dict[str, Form],
    alive: Callable[[], None],
) -> Refusals:
    """Makes and changes objects; those that Airflow does not take.

    Args:
        api: the REST API.
        kind: of the objects.
        create: id -> form of new ones.
        update: id -> fields of those that are there.
        found: id -> what is there.
        alive: called before each request.
    """
    if kind.bulk:
        mask = {"update_mask": ["slots", "include_deferred"]}
        own = {id: form for id, form in update.items() if (kind.name, id) == OWN_POOL}
        others = {id: form for id, form in update.items() if id not in own}
        return (
            _bulk(api, kind, {"action": "create"}, create, alive)
            | _bulk(api, kind, {"action": "update"}, others, alive)
            | _bulk(api, kind, {"action": "update", **mask}, own, alive)
        )
    refused: Refusals = {}
    for id, form in create.items():
        _one(api, ("POST", kind.path, form), id, refused, alive)
    for id, form in update.items():
        changed = _patched(kind, form, found[id])
        _one(api, ("PATCH", f"{kind.path}/{part(id)}", changed), id, refused, alive)
    return refused


def _patched(kind: Kind, form: Form, found: Form) -> Form:
    if kind.name == "roles":
        return form | {"actions": permissions(_pairs(form) | by_airflow(found, form))}
    return form


def remove(api: Api, kind: Kind, ids: list[str], alive: Callable[[], None]) -> Refusals:
    """Deletes objects; those that Airflow does not delete."""
    if kind.bulk:
        action = {"action": "delete", "action_on_non_existence": "skip"}
        return _bulk(api, kind, action, {id: id for id in ids}, alive)
    refused: Refusals = {}
    for id in ids:
        with suppress(ConflictError):  # it is gone
            _one(api, ("DELETE", f"{kind.path}/{part(id)}", None), id, refused, alive)
    return refused


def _one(
    api: Api,
    request: tuple[str, str, object],
    id: str,
    refused: Refusals,
    alive: Callable[[], None],
) -> None:
    alive()
    try:
        api.send(*request)
    except RefusedError as error:
        refused[id] = str(error)


def _bulk(
    api: Api,
    kind: Kind,
    action: Form,
    entities: Mapping[str, object],
    alive: Callable[[], None],
) -> Refusals:
    """Few requests for many objects; if Airflow refuses some, one for each of these.

    Raises:
        ConflictError: when one is there already, or no more.
    """
    ids, refused = list(entities), Refusals()
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        alive()
        try:
            _at_once(api, kind, action | {"entities": [entities[id] for id in some]})
        except RefusedError as error:
            if len(some) == 1:
                refused[some[0]] = re.sub(r"actions\.0\.\w+\.entities\.0\.", "", str(error))
                continue
            for id in some:
                refused |= _bulk(api, kind, action, {id: entities[id]}, alive)
    return refused


def _at_once(api: Api, kind: Kind, action: Form) -> None:
    answer = api.send("PATCH", kind.path, {"actions": [action]})
    for each in (answer.get(action["action"]) or {}).get("errors") or ():
        text = f"{kind.name}: {each.get('error')}"
        if each.get("status_code") in (404, 409):
            raise ConflictError(text)
        raise RefusedError(text)
