"""A client of Airflow's REST API: patient with servers that restart, silent about credentials."""

import json
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

PAUSE, PAGE = 2.0, 100
"""Seconds between two tries; rows of a page, the most that Airflow gives by default."""
ANSWER = 60.0
"""Seconds for an answer."""
_LATER = (401, 403, 429)
"""Codes that another request may not get: the account, its rights and its password come from
another Job."""
SHORT = 3
"""Letters of a credential that is no secret: it would be found in every word."""
_hidden: set[str] = set()


class RefusedError(Exception):
    """The API refuses a request, and would refuse it again."""


class ConflictError(Exception):
    """An object was made or deleted by someone else meanwhile."""


class AwayError(Exception):
    """The API has not answered, or not let us in, for as long as we wait."""


def hide(values: Iterable[str]) -> None:
    """Takes care that no line of the log has one of these."""
    _hidden.clear()
    _hidden.update(value for value in values if len(value) > SHORT)


def say(text: str) -> None:
    """Prints a line, without credentials."""
    for value in sorted(_hidden, key=len, reverse=True):
        text = text.replace(value, "***")
    print(text, flush=True)


stop = threading.Event()
"""Set when the process has to end, as soon as nothing is half done."""


def pause(seconds: float) -> None:
    """Sleeps, unless the process has to end.

    Raises:
        SystemExit: then; a Job does not count it as a try.
    """
    if stop.wait(seconds):
        sys.exit(os.EX_TEMPFAIL)


class Api:
    """Logs in with a name and a password, and again when the token has expired."""

    def __init__(self, url: str, username: str, password: str, patience: float) -> None:
        """A client of the API server at this URL, which may be away for `patience` seconds."""
        self._url, self._login = url.rstrip("/"), {"username": username, "password": password}
        self._token, self._patience, self._said = "", patience, 0.0

    def rows(
        self, path: str, name: str, key: str, order: str = "id", **filters: str
    ) -> Iterator[dict[str, Any]]:
        """All objects of a kind, however many pages they take."""
        seen: set[str] = set()
        offset = 0
        while True:
            query = urlencode({"limit": PAGE, "offset": offset, "order_by": order, **filters})
            answer = self.send("GET", f"{path}?{query}")
            for row in answer[name]:
                if row[key] not in seen:
                    seen.add(row[key])
                    yield row
            offset += len(answer[name])
            if not answer[name] or offset >= answer["total_entries"]:
                return

    def send(
        self, method: str, path: str, body: object = None, patience: float | None = None
    ) -> Any:
        """One request, again while the server is away; its answer.

        Args:
            method: of HTTP.
            path: with the query.
            body: of the request.
            patience: seconds to try again. Default: those of the client.

        Raises:
            RefusedError: for an answer that would be the same again.
            ConflictError: for an object that is there already, or no more.
            AwayError: when our patience ends.
        """
        deadline = time.monotonic() + (self._patience if patience is None else patience)
        while True:
            try:
                return self._try(method, path, body)
            except HTTPError as error:
                reason = _reason(error)
                if error.code in (404, 409):
                    raise ConflictError(f"{method} {path}: {reason}") from None
                if error.code == 401:
                    self._token = ""
                elif error.code < 500 and error.code not in _LATER:
                    raise RefusedError(f"{method} {path}: HTTP {error.code}: {reason}") from None
                problem = f"HTTP {error.code}: {reason}"
            except (OSError, ValueError) as error:
                problem = str(error)
            if time.monotonic() > deadline:
                raise AwayError(f"{method} {self._url}{path}: {problem}")
            if time.monotonic() - self._said > 10:
                self._said = time.monotonic()
                say(f"waiting for the API server: {problem}")
            pause(PAUSE)

    def _try(self, method: str, path: str, body: object) -> Any:
        if not self._token:
            self._token = self._ask("POST", "/auth/token", self._login)["access_token"]
        return self._ask(method, path, body)

    def _ask(self, method: str, path: str, body: object) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = Request(self._url + path, data=data, headers=headers, method=method)
        with urlopen(request, timeout=ANSWER) as response:
            text = response.read()
            return json.loads(text) if text else {}


def part(name: str) -> str:
    """A name as one part of a path."""
    return quote(name, safe="")


def _reason(error: HTTPError) -> str:
    """What the server says of an error, without the values that it refuses."""
    try:
        detail = json.loads(error.read())["detail"]
    except (ValueError, KeyError, TypeError, OSError):
        return str(error.reason)
    if isinstance(detail, list):
        found = [f"{'.'.join(map(str, item['loc'][1:]))}: {item['msg']}" for item in detail]
        return "; ".join(dict.fromkeys(found))
    return str(detail.get("reason", error.reason) if isinstance(detail, dict) else detail)
