"""What happened between applying a bundle and all of it being ready: where the time went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .pod import Pod
from .supervisor import Supervisor


def timeline(pods: Iterable[Pod], since: float) -> Iterator[str]:
    """One line for each pod, the first to be ready first: its containers, and when it was ready.

    What a container has used of the processors is in brackets, in seconds.

    Args:
        pods: The pods, all ready or at their end.
        since: When their objects were applied, a `time.monotonic()`; seconds count from there.
    """
    for end, line in sorted(_line(pod, since) for pod in pods):
        yield f"{end:5.1f} s  {line}"


def _line(pod: Pod, since: float) -> tuple[float, str]:
    supervisors = dict(pod.supervisors)
    main = [supervisors[c["name"]] for c in pod.manifest["spec"]["containers"]]
    done = pod.phase == "Succeeded"
    times = [s.ended if done else s.prober and s.prober.ready_at for s in main]
    end = max((time for time in times if time), default=since) - since
    told = [f"made {pod.made_at - since:.1f}", *(_told(s, since) for s in supervisors.values())]
    return end, f"{pod.name}: {', '.join(told)}, {'complete' if done else 'ready'} {end:.1f}"


def _told(supervisor: Supervisor, since: float) -> str:
    """A container: when it began, when it ended if it has, and whether it could not begin."""
    if supervisor.began is None:
        return f"{supervisor.name} never"
    text = f"{supervisor.name} {supervisor.began - since:.1f}"
    if supervisor.ended is not None:
        text += f"-{supervisor.ended - since:.1f}"
    if supervisor.container is not None:
        supervisor.container.measure()
        text += f" [{supervisor.container.cpu_seconds:.1f}]"
    return text + (" (after CreateContainerConfigError)" if supervisor.waited else "")
