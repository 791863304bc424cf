"""A browser without JavaScript: cookies, redirects and forms."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
_ACTION = re.compile(r'<form[^>]*action="([^"]*)"')
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Page:
    """What a server has answered at the end of all redirects."""

    url: str
    status: int
    text: str
    headers: Mapping[str, str]


class WebSession:
    """Keeps the cookies of each host, and remembers where it was sent."""

    def __init__(
        self, base: str, addresses: Mapping[str, str] | None = None, trusted: str = ""
    ) -> None:
        """Makes a session.

        Args:
            base: URL that relative ones are of.
            addresses: host -> address of its server, for names that nobody else knows.
            trusted: certificates of authorities, PEM.
        """
        self._base, self._addresses = base, addresses or {}
        self._tls = ssl.create_default_context(cadata=trusted) if trusted else None
        self.cookies: dict[str, SimpleCookie] = {}
        """Host -> its cookies."""
        self.visited: list[str] = []
        """All URLs, those of redirects included."""

    def get(self, url: str, *, follow: bool = True) -> Page:
        """A page."""
        return self._ask("GET", urljoin(f"{self._base}/", url), None, follow=follow)

    def submit(self, page: Page, **fields: str) -> Page:
        """Sends the form of a page, with its hidden fields and those that are given."""
        hidden = (dict(_ATTRIBUTE.findall(found)) for found in _HIDDEN.findall(page.text))
        values = {each["name"]: each.get("value", "") for each in hidden if "name" in each}
        action = _ACTION.search(page.text)
        url = urljoin(page.url, action[1] if action else "")
        return self._ask("POST", url, urlencode({**values, **fields}), follow=True)

    def _ask(self, method: str, url: str, body: str | None, *, follow: bool) -> Page:
        for _ in range(20):
            page = self._once(method, url, body)
            location = page.headers.get("location")
            if not follow or page.status not in _REDIRECTS or not location:
                return page
            url = urljoin(url, location)
            if page.status not in (307, 308):
                method, body = "GET", None
        raise AssertionError(f"redirected for ever: {self.visited[-20:]}")

    def _once(self, method: str, url: str, body: str | None) -> Page:
        self.visited.append(url)
        parts = urlsplit(url)
        host = parts.hostname or ""
        connection = self._connect(parts.scheme, host, parts.port)
        jar = self.cookies.setdefault(host, SimpleCookie())
        headers = {"Accept": "text/html,*/*"}
        path = parts.path or "/"
        sent = [f"{c.key}={c.value}" for c in jar.values() if path.startswith(c["path"] or "/")]
        if sent:
            headers["Cookie"] = "; ".join(sent)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = url
        try:
            target = path + (f"?{parts.query}" if parts.query else "")
            connection.request(method, target, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
            for line in response.headers.get_all("set-cookie", []):
                self._keep(jar, line)
        finally:
            connection.close()
        found = {name.lower(): value for name, value in response.headers.items()}
        return Page(url, response.status, text, found)

    def _connect(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        address = self._addresses.get(host, host)
        if scheme == "http":
            return http.client.HTTPConnection(address, port or 80, timeout=60)
        assert self._tls is not None
        connection = http.client.HTTPSConnection(host, port or 443, timeout=60, context=self._tls)
        plain = socket.create_connection((address, port or 443), timeout=60)
        connection.sock = self._tls.wrap_socket(plain, server_hostname=host)
        return connection

    @staticmethod
    def _keep(jar: SimpleCookie, line: str) -> None:
        """Takes a cookie, or drops it, as its line says."""
        new: SimpleCookie = SimpleCookie(line)
        for name, morsel in new.items():
            if morsel["max-age"] == "0" or "1970" in morsel["expires"] or not morsel.value:
                jar.pop(name, None)
            else:
                jar[name] = morsel.value
                jar[name].update({key: value for key, value in morsel.items() if value})
