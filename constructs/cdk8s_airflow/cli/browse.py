"""`cdk8s-airflow browse`: the web interfaces on this machine."""

from __future__ import annotations

from typing import Literal

from cdk8s_airflow.cli.target import TARGET, Target


def browse(what: Literal["web", "flower"] = "web", /, *, target: Target = TARGET) -> None:
    """Forward the web interface, or Flower, to this machine; print its URL.

    It prints how to read the password first.

    Args:
        what: web (port 8080) or flower (port 5555). Default: web.
        target: the release.
    """
    running = target.running()
    running.flower() if what == "flower" else running.web()
