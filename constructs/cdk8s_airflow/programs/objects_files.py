"""What the code declares, with the values of mounted Secrets and ConfigMaps in it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from objects_kinds import Form


def declared(path: str) -> tuple[dict[str, dict[str, Form]], list[str]]:
    """Kind -> id -> form as the API takes it; and the credentials in them.

    Args:
        path: of a JSON file `{"objects": {kind: {id: {...}}}, "values": [[path, file, secret]]}`:
            the text of each file, below `values` beside it, goes to its path, for example
            `["connections", "mysql_default", "password"]`.

    Raises:
        ValueError: for the text of a connection that Airflow does not understand.
    """
    content = json.loads(Path(path).read_text("utf-8"))
    objects, hidden = content["objects"], []
    for steps, file, secret in content["values"]:
        text = (Path(path).parent / "values" / file).read_text("utf-8")
        if secret:
            hidden.append(text)
        *parents, last = steps
        place: Any = objects
        for step in parents:
            place = place[step]
        place[last] = text
    for id, found in objects.get("connections", {}).items():
        form = _parsed(id, found) if isinstance(found, str) else found
        if form.get("extra") is not None and not isinstance(form["extra"], str):
            form["extra"] = json.dumps(form["extra"], sort_keys=True)
        if isinstance(found, str):
            hidden += _credentials(form)
        objects["connections"][id] = form
    return objects, hidden


def _parsed(id: str, text: str) -> Form:
    """A connection by a URI or JSON, as Airflow reads it from its environment."""
    from airflow.sdk import Connection

    try:
        text = text.strip()
        read = Connection.from_json if text.startswith("{") else Connection.from_uri
        found = read(text, conn_id=id)
    except Exception as error:
        # The text of the error may be the URI.
        raise ValueError(
            f"connections[{id!r}]: its Secret is no connection by URI or JSON "
            f"({type(error).__name__})"
        ) from None
    names = ("conn_type", "description", "host", "login", "schema", "port", "password", "extra")
    return {"connection_id": id, **{name: getattr(found, name) for name in names}}


def _credentials(form: Form) -> Iterator[str]:
    if form["password"]:
        yield form["password"]
