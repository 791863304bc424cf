"""Creates the Secrets that are missing in the cluster, and never touches one that exists.

Usage: python bootstrap.py

`GENERATE` in the environment holds a JSON list of {"secret", "key", "kind"}, `LABELS` the labels of
what is made. The ServiceAccount may only create Secrets: it can neither read nor change one.
"""

import base64
import json
import os
import secrets
import ssl
import string
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")
ALPHABET = string.ascii_letters + string.digits
ATTEMPTS = 10


def generate(kind: str) -> str:
    """A new credential."""
    if kind == "fernet":
        return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    if kind == "key":
        return secrets.token_urlsafe(64)
    if kind == "password":
        return "".join(secrets.choice(ALPHABET) for _ in range(32))
    raise ValueError(f"unknown kind of credential: {kind!r}")


def manifest(wanted: dict[str, str], labels: dict[str, str]) -> dict[str, object]:
    """The Secret, with a credential made now."""
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": wanted["secret"], "labels": labels},
        "type": "Opaque",
        "stringData": {wanted["key"]: generate(wanted["kind"])},
    }


def create(secret: dict[str, object]) -> bool:
    """Asks the API server to create it; whether it is new.

    Raises:
        HTTPError: when the API server refuses it for another reason than that it exists.
        URLError: when the API server cannot be reached.
    """
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    host = f"[{host}]" if ":" in host else host
    namespace = (ACCOUNT / "namespace").read_text().strip()
    request = Request(
        f"https://{host}:{port}/api/v1/namespaces/{namespace}/secrets",
        data=json.dumps(secret).encode(),
        headers={
            "Authorization": f"Bearer {(ACCOUNT / 'token').read_text().strip()}",
            "Content-Type": "application/json",
        },
    )
    context = ssl.create_default_context(cafile=str(ACCOUNT / "ca.crt"))
    try:
        with urlopen(request, timeout=30, context=context):
            return True
    except HTTPError as error:
        if error.code == 409:
            return False
        raise


def ensure(wanted: dict[str, str], labels: dict[str, str]) -> str:
    """Creates one Secret unless it exists, with patience; what to log."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            new = create(manifest(wanted, labels))
            return f"Secret {wanted['secret']}: {'created' if new else 'exists, left as it is'}"
        except URLError as error:
            if attempt == ATTEMPTS or (isinstance(error, HTTPError) and error.code < 500):
                body = error.read().decode()[:500] if isinstance(error, HTTPError) else ""
                sys.exit(f"Secret {wanted['secret']} could not be created: {error} {body}")
            time.sleep(attempt)
    raise AssertionError("unreachable")


if __name__ == "__main__":
    for item in json.loads(os.environ["GENERATE"]):
        print(ensure(item, json.loads(os.environ["LABELS"])), flush=True)
