"""Hosts, paths and URLs under which users reach something."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
# What ingress-nginx takes for `pathType: Prefix`; other controllers take more.
_PATH = re.compile(r"(/[A-Za-z0-9_-]+)*/?")


def host_findings(option: str, host: str) -> list[str]:
    """What is wrong with a host name of users; nothing when all is well.

    Args:
        option: what the user calls it, for the message.
        host: the name.
    """
    if len(host) <= 253 and _HOST.fullmatch(host):
        return []
    return [
        f"{option}={host!r}: expected a host name such as 'data.example.com', in lower case, "
        "without scheme, port and path, which have options of their own"
    ]


def path_findings(option: str, path: str) -> list[str]:
    """What is wrong with a path of users; nothing when all is well.

    Args:
        option: what the user calls it, for the message.
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


def url_findings(option: str, url: str) -> list[str]:
    """What is wrong with a URL of users; nothing when all is well.

    Args:
        option: what the user calls it, for the message.
        url: scheme, host, perhaps port and path.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        return [
            f"{option}={url!r}: expected scheme, host and path, such as "
            "'https://data.example.com/airflow'"
        ]
    try:
        port = parts.port
    except ValueError:
        port = 0
    if "@" in parts.netloc or port == 0:
        return [f"{option}: expected no credentials, and a port from 1 to 65535 if any"]
    findings = host_findings(f"{option}: its host", parts.hostname or "")
    return findings + path_findings(f"{option}: its path", parts.path)
