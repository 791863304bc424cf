"""Checks of hosts, paths and URLs that users give."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from cdk8s_airflow.kubernetes.credentials import without_credentials

_HOST = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
# What ingress-nginx takes for `pathType: Prefix`; other controllers take more.
_PATH = re.compile(r"(/[A-Za-z0-9_-]+)*/?")
_NO_URL = urlsplit("")


def host_problems(option: str, host: str) -> list[str]:
    """The problems of a host name; empty if it is valid.

    Args:
        option: name of the option in messages.
        host: the name.
    """
    if len(host) <= 253 and _HOST.fullmatch(host):
        return []
    return [
        f"{option}={host!r}: expected a host name such as 'data.example.com', in lower case, "
        "without scheme, port and path, which have options of their own"
    ]


def path_problems(option: str, path: str) -> list[str]:
    """The problems of a URL path; empty if it is valid.

    Args:
        option: name of the option in messages.
        path: the path; empty and `/` are the root.
    """
    if path and not path.startswith("/"):
        return [f"{option}={path!r}: a path begins with a slash: {'/' + path!r}"]
    if not _PATH.fullmatch(path):
        return [
            f"{option}={path!r}: expected a path such as '/airflow', of letters, digits, dashes "
            "and underscores between single slashes: proxies do not agree on other characters"
        ]
    return []


def split_url(url: str) -> SplitResult:
    """The parts of a URL; all are empty where its host or its port cannot be one."""
    try:
        parts = urlsplit(url)
        return _NO_URL if parts.port == 0 else parts
    except ValueError:
        return _NO_URL


def is_http_url(url: str) -> bool:
    """Whether it is the URL of a web server, without credentials."""
    parts = split_url(url)
    plain = "@" not in parts.netloc
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain


def url_problems(option: str, url: str) -> list[str]:
    """The problems of a URL; empty if it is valid.

    Args:
        option: name of the option in messages.
        url: scheme, host, perhaps port and path.
    """
    parts = split_url(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        return [
            f"{option}={without_credentials(url)!r}: expected scheme, host and path, such as "
            "'https://data.example.com/airflow', and a port from 1 to 65535 if any"
        ]
    if "@" in parts.netloc:
        return [f"{option}: expected no credentials"]
    problems = host_problems(f"{option}: its host", parts.hostname or "")
    return problems + path_problems(f"{option}: its path", parts.path)
