"""Checks of combinations of props, which only a whole release allows."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Sequence

from cdk8s_airflow.components.celery_worker import WorkerGroup
from cdk8s_airflow.components.flower import Flower
from cdk8s_airflow.dags.git import repeated_names
from cdk8s_airflow.dags.image import DagsInImage
from cdk8s_airflow.exposure.paths import Exposure, base_url_problems
from cdk8s_airflow.kubernetes.names import object_name, release_name_problems
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.parts import config as airflow_config
from cdk8s_airflow.parts.ip_families import family_problems
from cdk8s_airflow.parts.keys import Secrets
from cdk8s_airflow.parts.packages import package_problems
from cdk8s_airflow.platform import Role
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.account_checks import account_problems
from cdk8s_airflow.release.auth_checks import (
    login_problems,
    missing_provider,
    without_auth_manager,
)
from cdk8s_airflow.release.capacity_checks import capacity_warnings, connection_problems
from cdk8s_airflow.release.exporters import exporter_problems
from cdk8s_airflow.release.git_checks import unmounted_key
from cdk8s_airflow.release.log_checks import (
    log_problems,
    unknown_log_connection,
)
from cdk8s_airflow.release.metrics_checks import (
    empty_dashboards,
    grpc_beside_forks,
    metrics_problems,
)
from cdk8s_airflow.release.module_checks import unseen_modules
from cdk8s_airflow.release.network_checks import unknown_servers
from cdk8s_airflow.release.object_checks import object_problems, object_warnings
from cdk8s_airflow.release.option_checks import option_problems, roles_with_env
from cdk8s_airflow.release.path_checks import plugin_problems
from cdk8s_airflow.release.pooling import backends_of, pooling_problems
from cdk8s_airflow.release.queue_checks import queue_warnings
from cdk8s_airflow.release.secrets_checks import hidden_backends
from cdk8s_airflow.release.services import service_problems
from cdk8s_airflow.release.sizes import with_size_defaults
from cdk8s_airflow.release.suspend import restore_problems
from cdk8s_airflow.release.xcom_checks import xcom_problems, xcom_warnings
from cdk8s_airflow.services.rabbitmq import EmbeddedRabbitmq

OLDEST_AIRFLOW = (3, 1)
_OURS = ("cdk8s_airflow", "jsii")


def check(props: AirflowProps, release: str) -> None:
    """Checks combinations of props, and warns of probable mistakes.

    Raises:
        TypeError: when props is not an `AirflowProps`.
        ValueError: with all problems at once.
    """
    if not isinstance(props, AirflowProps):
        raise TypeError(
            f"props is a {type(props).__name__}: expected AirflowProps(...), which names and "
            "checks every setting"
        )
    refuse(release_name_problems(release))
    groups = [group.component for group in props.all_executors.worker_groups]
    object_name(release, max([Role.DAG_PROCESSOR.value, *groups], key=len))
    refuse(release_problems(props))
    for find in (
        *(queue_warnings, capacity_warnings, unknown_servers, unmounted_key),
        *(unknown_log_connection, unseen_modules, object_warnings, missing_provider),
        *(empty_dashboards, grpc_beside_forks),
        xcom_warnings,
    ):
        for text in find(props):
            _warn(text)


def release_problems(props: AirflowProps) -> list[str]:
    """The problems of a release; its options are checked if there are no others."""
    env_names = _env_names(props)
    problems = [
        *version_problems(props.airflow_version),
        *executor_problems(props),
        *exposure_problems(props),
        *base_url_problems(props.base_url, props.exposed_by),
        *flower_problems(props.flower, props.exposed_by, props.secrets),
        *_dag_problems(props),
        *stock_image_problems(props),
        *plugin_problems(props),
        *log_problems(props),
        *xcom_problems(props),
        *service_problems(props),
        *restore_problems(props),
        *account_problems(props),
        *login_problems(props),
        *exporter_problems(props),
        *family_problems(props.ip_families, isinstance(props.broker, EmbeddedRabbitmq)),
    ]
    problems += [] if problems else pooling_problems(props, with_size_defaults(props))
    problems += package_problems(props.extra_packages, env_names)
    if problems:
        return problems
    return [
        *airflow_config.check(
            *without_auth_manager(props, env_names), airflow_version=props.airflow_version
        ),
        *option_problems(props),
        *metrics_problems(props),
        *connection_problems(props),
        *object_problems(props, env_names),
        *hidden_backends(props, env_names),
    ]


def _env_names(props: AirflowProps) -> list[str]:
    roles = roles_with_env(props)
    return sorted({*(props.env or {}), *(name for role in roles for name in role.env or {})})


def _dag_problems(props: AirflowProps) -> list[str]:
    if isinstance(props.dags, Sequence):
        return list(repeated_names(props.dags))
    if props.dag_processor.per_bundle:
        return [
            "dag_processor=DagProcessorProps(per_bundle=True): dags= is one bundle, whose DAG "
            "processor is the only one; give dags= a list of GitDags, or leave per_bundle out"
        ]
    return []


def flower_problems(
    flower: Flower | None, exposure: Exposure | None, secrets: Secrets
) -> list[str]:
    """The problems of Flower in combination with the exposure and its password."""
    problems = []
    if exposure is not None and exposure.exposes_flower:
        path, kind = exposure.flower_path, type(exposure).__name__
        shown = f"{kind}(flower=True)" if path is None else f"{kind}(flower_path={path!r})"
        if flower is None:
            problems.append(
                f"{shown} leads nowhere, as there is no Flower: add flower=Flower(), or leave it "
                "out"
            )
        elif not flower.requires_login:
            problems.append(
                f"flower=Flower(username=None) with {shown} would let everyone stop workers and "
                "tasks: give it a username, or do not show it"
            )
        prefix = flower.url_prefix.rstrip("/") if flower else ""
        if prefix and path is not None and prefix != path.rstrip("/"):
            problems.append(
                f"flower=Flower(url_prefix={prefix!r}) is not where {shown} leads: leave it out, "
                "it follows from flower_path"
            )
    if secrets.flower_password and (flower is None or flower.username is None):
        problems.append(
            "secrets=Secrets(flower_password=...) is of no use without a Flower that has a "
            "username: add flower=Flower(), or leave the password out"
        )
    return problems


def executor_problems(props: AirflowProps) -> list[str]:
    """The problems of the executors, and of other props in combination with them."""
    default = type(props)
    celery_options = {
        "broker": props.broker is not default.broker,
        "result_backend": props.result_backend is not None,
        "flower": props.flower is not None,
    }
    both = props.executors is not None and props.executor is not default.executor
    problems = ["executor and executors are both given: give one of them"] if both else []
    return problems + props.all_executors.problems(
        backends=backends_of(props),
        celery_options=[option for option, is_set in celery_options.items() if is_set],
        config=props.config or {},
        dags=props.dags,
    )


def exposure_problems(props: AirflowProps) -> list[str]:
    """A problem, if both `exposure` and `ingress` are set."""
    if not (props.exposure and props.ingress):
        return []
    return [
        f"exposure={type(props.exposure).__name__}(...) and ingress=Ingress(...) are both set: "
        "give one; ingress=X is short for exposure=X"
    ]


def stock_image_problems(props: AirflowProps) -> list[str]:
    """A problem, if pods that need DAGs in their image have the stock image."""
    if not isinstance(props.dags, DagsInImage) or props.image is not None:
        return []
    stock = [
        f"WorkerGroup(name={pods.name!r})" if isinstance(pods, WorkerGroup) else type(pods).__name__
        for pods in (*props.all_executors.task_pods(props.scheduler), props.dag_processor)
        if pods.image is None
    ]
    if not stock:
        return []
    return [
        f"dags=DagsInImage(), but these have the stock image, which holds no DAGs: "
        f"{', '.join(stock)}; give AirflowProps image=Image(...), or each of them its own"
    ]


def _warn(text: str) -> None:
    """Warns at the line of the user's code."""
    level, frame = 1, sys._getframe()
    while frame.f_back and str(frame.f_globals.get("__name__")).startswith(_OURS):
        level, frame = level + 1, frame.f_back
    warnings.warn(text, stacklevel=level)


def version_problems(version: str) -> list[str]:
    """A problem, if the version is invalid or not supported."""
    numbers = re.match(r"(\d+)\.(\d+)\.\d+", version)
    if not numbers:
        return [f"airflow_version={version!r}: expected a version such as '3.3.2'"]
    if (int(numbers[1]), int(numbers[2])) < OLDEST_AIRFLOW:
        return [
            f"airflow_version={version!r} is too old: expected 3.1 or newer; Airflow 2 and 3.0 "
            "have other processes and options"
        ]
    return []
