"""What grows has an owner: old logs are deleted where they are written."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, env_literals

FOLDER = "/opt/airflow/logs"
"""Where Airflow writes logs unless `BASE_LOG_FOLDER` says another."""
UNLIMITED = "cdk8s-airflow/log-retention"
"""Annotation of pods whose logs the release leaves to others, by choice."""
GROOMER = "groom_logs.py"
WRITERS = (["celery", "worker"], ["triggerer"], ["dag-processor"])


def check_growth(bundle: Bundle) -> Iterator[str]:
    """Where a process that stays writes logs, a container deletes old ones, or all is said."""
    for pod, container in writers(bundle):
        folder = env_literals(container).get("AIRFLOW__LOGGING__BASE_LOG_FOLDER", FOLDER)
        volume = _volume(container, folder)
        here = f"{pod}: container {container['name']}: logs in {folder}"
        if (pod.metadata.get("annotations") or {}).get(UNLIMITED) == "unlimited":
            continue
        groomers = [each for each in pod.main_containers if _folder(each) == folder]
        if not groomers and _groomed_elsewhere(bundle, pod, folder, volume):
            continue
        if volume is None:
            yield f"{here} are on no volume"
        elif not groomers:
            yield f"{here} grow, and nothing deletes old ones"
        elif _volume(groomers[0], folder) != volume:
            yield f"{here} are in volume {volume}, which {groomers[0]['name']} cannot write to"


def writers(bundle: Bundle) -> Iterator[tuple[Pod, Manifest]]:
    """The containers that run for ever and write logs of tasks, triggers or DAG files."""
    for pod in bundle.pods:
        for container in pod.main_containers if pod.long_running else ():
            words = [*(container.get("command") or []), *(container.get("args") or [])]
            executor = env_literals(container).get("AIRFLOW__CORE__EXECUTOR", "")
            inside = words[:2] == ["airflow", "scheduler"] and "LocalExecutor" in executor
            called = words[1:] if words[:1] == ["airflow"] else []
            if inside or any(called[: len(writer)] == writer for writer in WRITERS):
                yield pod, container


def _groomed_elsewhere(bundle: Bundle, pod: Pod, folder: str, volume: str | None) -> bool:
    """Whether the folder is on a claim that another pod deletes from."""
    claim = _claim(pod, volume)
    return claim is not None and any(
        _folder(container) == folder and _claim(other, _volume(container, folder)) == claim
        for other in bundle.pods
        if other.namespace == pod.namespace
        for container in other.main_containers
    )


def _claim(pod: Pod, volume: str | None) -> str | None:
    """The claim behind a volume, and the place in it."""
    name, _, place = (volume or "").partition("/")
    for each in pod.volumes:
        if each["name"] == name and "persistentVolumeClaim" in each:
            return f"{each['persistentVolumeClaim']['claimName']}/{place}"
    return None


def _folder(container: Manifest) -> str | None:
    """The folder that a container grooms; None: it is no groomer."""
    words = [str(word) for word in container.get("command") or []]
    places = [index for index, word in enumerate(words) if word.endswith(f"/{GROOMER}")]
    return words[places[0] + 1] if places else None


def _volume(container: Manifest, folder: str) -> str | None:
    """The volume, and the place in it, that a container can write to at a folder."""
    for mount in container.get("volumeMounts") or []:
        if mount["mountPath"] == folder and not mount.get("readOnly"):
            return "/".join([mount["name"], *([mount["subPath"]] if "subPath" in mount else [])])
    return None
