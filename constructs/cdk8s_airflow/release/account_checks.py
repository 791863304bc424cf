"""Checks of the ServiceAccounts of a release."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount, merged_accounts
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.option_checks import roles_with_env


def account_problems(props: AirflowProps) -> Iterator[str]:
    """The problems of accounts that two places speak of."""
    both = props.service_account, props.airflow_pods.service_account
    if None not in both:
        yield (
            "service_account and airflow_pods=AirflowPods(service_account=...) are both the "
            "account of all Airflow pods: give one of them"
        )
        return
    everyones = merged_accounts(*both, props.pods.service_account)
    jobs = [job for job in (props.migrations, props.admin, props.database_cleanup) if job]
    found = [
        problem
        for role in (*roles_with_env(props), *jobs)
        if role.service_account
        for problem in _problems(type(role).__name__, role.service_account, everyones)
    ]
    yield from dict.fromkeys(found)


def _problems(owner: str, own: ServiceAccount, everyones: ServiceAccount) -> Iterator[str]:
    lost = [name for name in ("annotations", "labels") if getattr(own, name)]
    if lost and everyones.name and own.name is None and own.create is None:
        yield (
            f"{owner}(service_account=ServiceAccount({lost[0]}=...)): all Airflow pods have the "
            f"account {everyones.name!r}, so these {' and '.join(lost)} would be nobody's, or "
            "everybody's: give them with that account, or this role an account of its own, "
            "create=True"
        )
