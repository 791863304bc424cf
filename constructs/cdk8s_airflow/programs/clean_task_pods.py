"""Deletes finished task pods of a release, so long after their end.

Usage: python -IS clean_task_pods.py HOURS

NAMESPACES in the environment is a JSON list of where they run: names, null for that of this pod, or
"" for all; SELECTOR has the labels of the release's task pods. What runs or waits stays. It ends
with 1 if the API server refuses something.
"""

import json
import os
import ssl
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")
PAGE = 500
FINISHED = ("Succeeded", "Failed")


def ask(method: str, path: str, body: object = None) -> dict[str, Any]:
    """The answer of the API server.

    Raises:
        HTTPError: when it refuses.
        URLError: when it cannot be reached.
    """
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    host = f"[{host}]" if ":" in host else host
    request = Request(
        f"https://{host}:{port}/api/v1/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {(ACCOUNT / 'token').read_text().strip()}",
            "Content-Type": "application/json",
        },
    )
    context = ssl.create_default_context(cafile=str(ACCOUNT / "ca.crt"))
    with urlopen(request, timeout=30, context=context) as answer:
        found = json.load(answer)
        assert isinstance(found, dict)
        return found


def pods(namespace: str, selector: str) -> Iterator[dict[str, Any]]:
    """The pods of a namespace, or of all if it is empty, page by page."""
    where = f"namespaces/{namespace}/pods" if namespace else "pods"
    query = {"labelSelector": selector, "limit": str(PAGE)}
    while True:
        page = ask("GET", f"{where}?{urlencode(query)}")
        yield from page["items"]
        more = page.get("metadata", {}).get("continue")
        if not more:
            return
        query["continue"] = more


def ended(pod: dict[str, Any]) -> datetime | None:
    """When a pod has ended; None: it has not."""
    status = pod.get("status", {})
    if status.get("phase") not in FINISHED:
        return None
    containers = status.get("containerStatuses") or []
    times = [each.get("state", {}).get("terminated", {}).get("finishedAt") for each in containers]
    # An evicted pod has no containers any more.
    times += [each.get("lastTransitionTime") for each in status.get("conditions") or []]
    known = [time for time in times if time] or [pod["metadata"]["creationTimestamp"]]
    return max(datetime.fromisoformat(time.replace("Z", "+00:00")) for time in known)


def clean(namespaces: list[str], selector: str, hours: float, now: datetime) -> list[str]:
    """Deletes the old ones; what could not be done."""
    problems = []
    for namespace in namespaces:
        try:
            found = list(pods(namespace, selector))
        except URLError as error:
            problems.append(f"the pods of {namespace or 'all namespaces'}: {reason(error)}")
            continue
        for pod in found:
            name, where = pod["metadata"]["name"], pod["metadata"]["namespace"]
            time = ended(pod)
            if time is None or now - time < timedelta(hours=hours):
                continue
            same = {"preconditions": {"uid": pod["metadata"]["uid"]}}
            try:
                ask("DELETE", f"namespaces/{where}/pods/{name}", same)
                print(f"deleted {where}/{name}, which ended at {time:%Y-%m-%d %H:%M}", flush=True)
            except URLError as error:
                if getattr(error, "code", 0) not in (404, 409):  # gone, or another one by now
                    problems.append(f"{where}/{name}: {reason(error)}")
    return problems


def reason(error: URLError) -> str:
    """Why the API server did not do it."""
    body = error.read().decode(errors="replace")[:300] if isinstance(error, HTTPError) else ""
    return f"{error} {body}".strip()


if __name__ == "__main__":
    own = (ACCOUNT / "namespace").read_text().strip()
    wanted = [own if name is None else name for name in json.loads(os.environ["NAMESPACES"])]
    now = datetime.now(timezone.utc)
    if refused := clean(wanted, os.environ["SELECTOR"], float(sys.argv[1]), now):
        sys.exit("\n".join(refused))
