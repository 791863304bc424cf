"""Jobs end, keep the log of their last failure, and do not count a wait as one."""

from __future__ import annotations

import os
from typing import Any

import pytest
from bundle.everything import bundle_of

from cdk8s_airflow import AdminUser, DatabaseCleanup, JobProps
from cdk8s_airflow.checks.bundle import Bundle, Manifest
from cdk8s_airflow.kubernetes.jobs import TRY_AGAIN

DAY = 86400


def specs(bundle: Bundle) -> dict[str, Manifest]:
    """Component -> the spec of its Job, or that of its CronJob's Jobs."""
    found = {}
    for pod in bundle.pods:
        if pod.owner["kind"] == "Job":
            found[pod.component] = pod.owner["spec"]
        elif pod.owner["kind"] == "CronJob":
            found[pod.component] = pod.owner["spec"]["jobTemplate"]["spec"]
    return found


def test_each_job_ends() -> None:
    found = specs(bundle_of(database_cleanup=DatabaseCleanup()))
    assert {name: spec["activeDeadlineSeconds"] for name, spec in found.items()} == {
        # A Secret, an image or a database that is missing on Friday may come on Saturday, and then
        # nobody has to delete a Job; a large database is migrated in hours.
        "bootstrap": DAY,
        "migrations": DAY,
        "create-admin": DAY,  # which waits for the migrations, so no less than they
        # A run that hangs keeps off the next ones, which may be due each day.
        "database-cleanup": DAY / 2,
    }


def test_a_job_gives_up_after_few_failures_and_leaves_their_logs() -> None:
    bundle = bundle_of(database_cleanup=DatabaseCleanup())
    found = specs(bundle)
    assert {name: spec["backoffLimit"] for name, spec in found.items()} == {
        # Kubernetes' own default: with 10 s before the second try and twice as long before each
        # further one, a broken server has 10 minutes to come back.
        "bootstrap": 6,
        "migrations": 6,
        "create-admin": 6,
        "database-cleanup": 3,  # the next run deletes what this one has left
    }
    for name, spec in found.items():
        # `OnFailure` would delete the pod, and with it the log, when the tries are used up.
        assert spec["template"]["spec"]["restartPolicy"] == "Never", name
        # GitOps tools would create a Job anew that the cluster has deleted, and so run it again.
        assert "ttlSecondsAfterFinished" not in spec, name
    cron = bundle.one("CronJob", "af1-database-cleanup")["spec"]
    assert (cron["failedJobsHistoryLimit"], cron["successfulJobsHistoryLimit"]) == (1, 1)


def test_what_waits_in_vain_or_goes_with_its_node_is_no_failure() -> None:
    assert TRY_AGAIN == os.EX_TEMPFAIL  # with which the waiting programs end
    for name, spec in specs(bundle_of(database_cleanup=DatabaseCleanup())).items():
        assert spec["podFailurePolicy"]["rules"] == [
            {
                "action": "Ignore",
                "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}],
            },
            {"action": "Ignore", "onExitCodes": {"operator": "In", "values": [TRY_AGAIN]}},
        ], name


@pytest.mark.parametrize(
    ("component", "props"),
    [
        ("migrations", lambda **given: {"migrations": JobProps(**given)}),
        ("bootstrap", lambda **given: {"bootstrap": JobProps(**given)}),
        ("create-admin", lambda **given: {"admin": AdminUser(**given)}),
        ("database-cleanup", lambda **given: {"database_cleanup": DatabaseCleanup(**given)}),
    ],
)
def test_each_number_may_be_set(component: str, props: Any) -> None:
    given = props(active_deadline_seconds=7, backoff_limit=0, ttl_seconds_after_finished=0)
    spec = specs(bundle_of(**given))[component]
    assert (spec["activeDeadlineSeconds"], spec["backoffLimit"]) == (7, 0)
    assert spec["ttlSecondsAfterFinished"] == 0


def test_numbers_that_kubernetes_refuses_are_told_all_at_once() -> None:
    with pytest.raises(ValueError, match="expected 1 or more") as refused:
        JobProps(active_deadline_seconds=0, backoff_limit=-1, ttl_seconds_after_finished=-1)
    assert str(refused.value).splitlines() == [
        "JobProps.active_deadline_seconds=0: expected 1 or more",
        "JobProps.backoff_limit=-1: expected 0 or more",
        "JobProps.ttl_seconds_after_finished=-1: expected 0 or more",
    ]
