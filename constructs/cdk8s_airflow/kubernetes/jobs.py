"""Jobs that end, and leave the log of their last failure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.pods import PodProps

TRY_AGAIN = 75
"""Exit code of a program that has waited in vain, `os.EX_TEMPFAIL`: no failure of the Job."""
_UNCOUNTED: tuple[Mapping[str, object], ...] = (
    {
        "action": "Ignore",
        "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}],
    },
    {"action": "Ignore", "onExitCodes": {"operator": "In", "values": [TRY_AGAIN]}},
)


@dataclass(frozen=True, kw_only=True)
class JobProps(PodProps):
    """Settings of a Job and of its pods.

    Each try is a pod of its own (`restartPolicy: Never`), and failed pods stay with their logs
    until the Job is deleted. Two kinds are no tries, and end at the deadline alone: a pod that
    waited in vain for the database or the API server, and one that went with its node.
    """

    active_deadline_seconds: int | None = None
    """`activeDeadlineSeconds`: the Job fails after this time, waits included, and its running pod
    is deleted. Default: 86400, a day, in which a missing Secret, image or database may come, and a
    big database be migrated; 43200 for the database cleanup, 3600 for that of task pods."""
    backoff_limit: int | None = None
    """`backoffLimit`: tries after the first one that failed, with 10 s before the second, and twice
    as long before each further one. Default: 6; 3 for the database cleanup, 1 for that of task
    pods."""
    ttl_seconds_after_finished: int | None = None
    """`ttlSecondsAfterFinished`: when the cluster deletes a finished Job with its logs. Default:
    never, as GitOps tools would create it again from the bundle and so run it again."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        least = {
            "active_deadline_seconds": 1,
            "backoff_limit": 0,
            "ttl_seconds_after_finished": 0,
        }
        for option, lowest in least.items():
            if (value := getattr(self, option)) is not None and value < lowest:
                yield f"{type(self).__name__}.{option}={value}: expected {lowest} or more"

    def spec(self, template: Manifest, *, deadline: int = 86400, retries: int = 6) -> Manifest:
        """The spec of a Job.

        Args:
            template: of its pods, with `restartPolicy: Never`.
            deadline: `activeDeadlineSeconds` unless the user sets it.
            retries: `backoffLimit` unless the user sets it.
        """
        return {
            "activeDeadlineSeconds": self.active_deadline_seconds or deadline,
            "backoffLimit": retries if self.backoff_limit is None else self.backoff_limit,
            "podFailurePolicy": {"rules": list(_UNCOUNTED)},
            "ttlSecondsAfterFinished": self.ttl_seconds_after_finished,
            "template": template,
        }
