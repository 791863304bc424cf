"""What is wrong with props that are each right: what only all of a release together can know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cdk8s_airflow.components.celery_worker import WorkerGroup
from cdk8s_airflow.components.flower import Flower
from cdk8s_airflow.components.ingress import Ingress
from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.parts.keys import Secrets

OLDEST_AIRFLOW = (3, 1)


def flower_findings(flower: Flower | None, ingress: Ingress | None, secrets: Secrets) -> list[str]:
    """Whether Flower is where the Ingress leads, and guarded there."""
    findings = []
    path = ingress.flower_path if ingress else None
    if path is not None and flower is None:
        findings.append(
            f"ingress=Ingress(flower_path={path!r}) leads nowhere, as there is no Flower: add "
            "flower=Flower(), or leave the path out"
        )
    if path is not None and flower is not None:
        if not flower.guarded:
            findings.append(
                f"flower=Flower(username=None) with ingress=Ingress(flower_path={path!r}) "
                "would let everyone stop workers and tasks: give it a username, or leave the "
                "path out"
            )
        if flower.url_prefix and flower.url_prefix.rstrip("/") != path.rstrip("/"):
            findings.append(
                f"flower=Flower(url_prefix={flower.url_prefix!r}) is not where ingress leads, "
                f"{path!r}: leave it out, it follows from Ingress.flower_path"
            )
    if secrets.flower_password and (flower is None or flower.username is None):
        findings.append(
            "secrets=Secrets(flower_password=...) is of no use without a Flower that has a "
            "username: add flower=Flower(), or leave the password out"
        )
    return findings


def stock_image_findings(consumers: Sequence[PodProps]) -> list[str]:
    """Which of the pods that need DAGs in their image have the stock one."""
    stock = [
        f"WorkerGroup(name={props.name!r})"
        if isinstance(props, WorkerGroup)
        else type(props).__name__
        for props in consumers
        if props.image is None
    ]
    if not stock:
        return []
    return [
        f"dags=DagsInImage(), but these have the stock image, which holds no DAGs: "
        f"{', '.join(stock)}; give AirflowProps image=Image(...), or each of them its own"
    ]


def version_findings(version: str) -> list[str]:
    """Whether the version is one, and supported."""
    numbers = re.match(r"(\d+)\.(\d+)\.\d+", version)
    if not numbers:
        return [f"airflow_version={version!r}: expected a version such as '3.3.2'"]
    if (int(numbers[1]), int(numbers[2])) < OLDEST_AIRFLOW:
        return [
            f"airflow_version={version!r} is too old: expected 3.1 or newer; Airflow 2 and 3.0 "
            "have other processes and options"
        ]
    return []
