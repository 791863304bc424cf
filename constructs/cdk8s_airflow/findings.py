"""What is wrong with props that are each right: what only all of a release together can know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cdk8s_airflow.components.celery_worker import WorkerGroup
from cdk8s_airflow.components.flower import Flower
from cdk8s_airflow.dags.image import DagsInImage
from cdk8s_airflow.exposure.paths import Exposure
from cdk8s_airflow.parts.keys import Secrets

if TYPE_CHECKING:
    from cdk8s_airflow.props import AirflowProps

OLDEST_AIRFLOW = (3, 1)


def flower_findings(
    flower: Flower | None, exposure: Exposure | None, secrets: Secrets
) -> list[str]:
    """Whether Flower is where users are led, and guarded there."""
    findings = []
    if exposure is not None and exposure.shows_flower:
        path, kind = exposure.flower_path, type(exposure).__name__
        shown = f"{kind}(flower=True)" if path is None else f"{kind}(flower_path={path!r})"
        if flower is None:
            findings.append(
                f"{shown} leads nowhere, as there is no Flower: add flower=Flower(), or leave it "
                "out"
            )
        elif not flower.guarded:
            findings.append(
                f"flower=Flower(username=None) with {shown} would let everyone stop workers and "
                "tasks: give it a username, or do not show it"
            )
        prefix = flower.url_prefix.rstrip("/") if flower else ""
        if prefix and path is not None and prefix != path.rstrip("/"):
            findings.append(
                f"flower=Flower(url_prefix={prefix!r}) is not where {shown} leads: leave it out, "
                "it follows from flower_path"
            )
    if secrets.flower_password and (flower is None or flower.username is None):
        findings.append(
            "secrets=Secrets(flower_password=...) is of no use without a Flower that has a "
            "username: add flower=Flower(), or leave the password out"
        )
    return findings


def executor_findings(props: AirflowProps) -> list[str]:
    """Whether the executors go together, and with what is asked for beside them."""
    usual = type(props)
    given = {
        "broker": props.broker is not usual.broker,
        "result_backend": props.result_backend is not None,
        "flower": props.flower is not None,
    }
    both = props.executors is not None and props.executor is not usual.executor
    findings = ["executor and executors are both given: give one of them"] if both else []
    return findings + props.together.findings(
        backends=props.backends,
        given=[option for option, is_given in given.items() if is_given],
        config=props.config or {},
        dags=props.dags,
    )


def stock_image_findings(props: AirflowProps) -> list[str]:
    """Which of the pods that need DAGs in their image have the stock one."""
    if not isinstance(props.dags, DagsInImage) or props.image is not None:
        return []
    stock = [
        f"WorkerGroup(name={pods.name!r})" if isinstance(pods, WorkerGroup) else type(pods).__name__
        for pods in (*props.together.task_pods(props.scheduler), props.dag_processor)
        if pods.image is None
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
