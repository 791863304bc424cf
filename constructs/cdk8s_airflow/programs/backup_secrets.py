"""Puts Secrets of a backup into the cluster."""

import base64
import json
import os
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from backup_store import StoreError
from bootstrap import ACCOUNT


def put(name: str, values: Mapping[str, bytes]) -> str:
    """Sets the keys of a Secret, which is made if there is none; what was done.

    Raises:
        StoreError: when the API server refuses it.
    """
    data = {key: base64.b64encode(value).decode() for key, value in values.items()}
    try:
        _ask("PATCH", f"/{name}", "application/merge-patch+json", {"data": data})
        return "set"
    except HTTPError as error:
        if error.code != 404:
            raise StoreError(f"Secret {name}: {error} {error.read().decode()[:300]}") from error
    except URLError as error:
        raise StoreError(f"Secret {name}: {error}") from error
    labels = json.loads(os.environ["LABELS"])
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "labels": labels},
        "type": "Opaque",
        "data": data,
    }
    try:
        _ask("POST", "", "application/json", secret)
    except HTTPError as error:
        raise StoreError(f"Secret {name}: {error} {error.read().decode()[:300]}") from error
    except URLError as error:
        raise StoreError(f"Secret {name}: {error}") from error
    return "created"


def _ask(method: str, path: str, kind: str, body: Mapping[str, Any]) -> None:
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    host = f"[{host}]" if ":" in host else host
    namespace = (ACCOUNT / "namespace").read_text().strip()
    request = Request(
        f"https://{host}:{port}/api/v1/namespaces/{namespace}/secrets{path}",
        data=json.dumps(body).encode(),
        method=method,
        headers={
            "Authorization": f"Bearer {(ACCOUNT / 'token').read_text().strip()}",
            "Content-Type": kind,
        },
    )
    context = ssl.create_default_context(cafile=str(ACCOUNT / "ca.crt"))
    with urlopen(request, timeout=30, context=context):
        pass
