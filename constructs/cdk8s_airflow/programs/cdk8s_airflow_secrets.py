"""Several secrets backends as the one that Airflow takes: the first that knows a thing wins."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from airflow.secrets import BaseSecretsBackend


class InOrder(BaseSecretsBackend):  # type: ignore[misc]
    """Asks each backend until one answers."""

    def __init__(self, backends: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Makes the backends: the path of each class, and what it is given."""
        super().__init__()
        self._backends = [_class(path)(**arguments) for path, arguments in backends]

    def _set_connection_class(self, connection: Any) -> None:
        for backend in self._backends:
            backend._set_connection_class(connection)

    def get_connection(self, *place: Any, **named: Any) -> Any:
        """A connection, as Airflow has it."""
        return self._first("get_connection", *place, **named)

    def get_conn_value(self, *place: Any, **named: Any) -> Any:
        """A connection, as text."""
        return self._first("get_conn_value", *place, **named)

    def get_variable(self, *place: Any, **named: Any) -> Any:
        """A variable."""
        return self._first("get_variable", *place, **named)

    def get_config(self, *place: Any, **named: Any) -> Any:
        """The value of an option."""
        return self._first("get_config", *place, **named)

    def _first(self, method: str, *place: Any, **named: Any) -> Any:
        for backend in self._backends:
            found = getattr(backend, method)(*place, **named)
            if found is not None:
                return found
        return None


def _class(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)
