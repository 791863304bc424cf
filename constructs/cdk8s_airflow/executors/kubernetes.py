"""The Kubernetes executor: each task runs in its own pod."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import jsii
from constructs import Construct, IValidation

from cdk8s_airflow.components.api_server import ApiServerProps
from cdk8s_airflow.components.finished_pods import (
    FinishedPods,
    FinishedPodsCleaner,
    finished_pods_programs,
)
from cdk8s_airflow.components.scheduler import SchedulerProps
from cdk8s_airflow.components.task_pods import (
    TaskPodProps,
    TaskPods,
    template_file,
    template_parts,
)
from cdk8s_airflow.executors.backends import Backends
from cdk8s_airflow.executors.executor import Executor
from cdk8s_airflow.kubernetes.names import dns_label_problems
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.rbac import Rules, grant, rule
from cdk8s_airflow.kubernetes.references import EnvVar, FieldRef, env_var, env_vars
from cdk8s_airflow.kubernetes.storage import VolumeClaim
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role

_LAUNCH: Rules = (rule(["pods"], ["create", "delete", "get", "list", "patch", "watch"]),)
_READ_LOGS: Rules = (rule(["pods"], ["get", "list"]), rule(["pods/log"], ["get"]))
_SECTION = "AIRFLOW__KUBERNETES_EXECUTOR"
_DEFAULTS = {
    # Airflow's own default makes one pod in each turn of the scheduler's loop.
    f"{_SECTION}__WORKER_PODS_CREATION_BATCH_SIZE": "16",
    # A full quota makes tasks wait, as long as [scheduler] task_queued_timeout; not fail at once.
    f"{_SECTION}__TASK_PUBLISH_MAX_RETRIES": "-1",
}


@dataclass(frozen=True, kw_only=True)
class KubernetesExecutor(Executor, TaskPodProps):
    """Each task runs in its own pod, which the scheduler launches.

    There is no broker and no idle worker; a task starts some seconds later than on a worker. The
    other props are those of the pods. All else is set by options, for example how long finished
    pods stay: `config={"kubernetes_executor": {"delete_worker_pods": False}}`. The log of a task
    ends with its pod, unless logs are stored elsewhere.
    """

    namespaces: Sequence[str] = ()
    """Existing namespaces of the pods; a task runs in the first unless its `executor_config` names
    another. The bundle has a Role, a ServiceAccount and the ConfigMaps in each; you provide the
    Secrets that task pods read. Default: the release's own namespace."""
    cluster_wide: bool = False
    """Let the scheduler launch pods in any namespace, by a ClusterRole. Default: no; it has a Role
    in each of `namespaces`."""

    finished_pods: FinishedPods | None = None
    """A CronJob that deletes task pods some time after their end: the failed ones, which Airflow
    leaves, or all with `delete_worker_pods: False`. Default: none; delete them yourself."""

    path = "airflow.providers.cncf.kubernetes.executors.kubernetes_executor.KubernetesExecutor"

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for namespace in dict.fromkeys(self.namespaces):
            yield from dns_label_problems("KubernetesExecutor.namespaces", namespace)
            if list(self.namespaces).count(namespace) > 1:
                yield f"KubernetesExecutor.namespaces has {namespace!r} twice: name it once"

    @property
    def uses_other_namespaces(self) -> bool:
        """Whether pods may run outside the release's own namespace."""
        return bool(self.namespaces) or self.cluster_wide

    def clashes(self, dags: object) -> list[str]:
        """The problems in combination with this source of DAGs."""
        claim = getattr(dags, "claim", None) or getattr(dags, "volume", None)
        if not self.namespaces or not isinstance(claim, VolumeClaim):
            return []
        return [
            f"dags={type(dags).__name__}(...) makes a volume claim in the release's namespace, "
            f"where pods of KubernetesExecutor(namespaces={list(self.namespaces)!r}) cannot mount "
            "it: name a claim that exists in each namespace, or take the DAGs from git"
        ]

    def validate(self, platform: Platform) -> Iterator[str]:
        """Pods in other namespaces need to know the release's own."""
        if self.uses_other_namespaces and platform.namespace is None:
            option = "namespaces" if self.namespaces else "cluster_wide"
            yield (
                f"KubernetesExecutor({option}={getattr(self, option)!r}): pods in other "
                "namespaces have to know the release's own; give AirflowChart namespace="
            )

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """What the scheduler needs to launch pods, and the API server to read their logs."""
        if role not in (Role.SCHEDULER, Role.API_SERVER):
            return NOTHING
        parts = PodParts(env=(self._namespace,), api_token=True)
        if role is Role.API_SERVER:
            return parts
        env = {f"{_SECTION}__POD_TEMPLATE_FILE": template_file(), **_DEFAULTS}
        namespaces, all_namespaces = self.namespaces, self.cluster_wide
        if all_namespaces or len(namespaces) > 1:
            env[f"{_SECTION}__MULTI_NAMESPACE_MODE"] = "True"
            if not all_namespaces:
                env[f"{_SECTION}__MULTI_NAMESPACE_MODE_NAMESPACE_LIST"] = ",".join(namespaces)
        return parts + PodParts(env=env_vars(env)) + template_parts(platform)

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that deletes finished pods, if one does."""
        return finished_pods_programs() if self.finished_pods else {}

    def runner(self, backends: Backends) -> Part:
        """The part that adds the pod template and the Roles."""
        return LaunchedPods(executor=self)

    @property
    def _namespace(self) -> EnvVar:
        name = f"{_SECTION}__NAMESPACE"
        if self.namespaces:
            return env_var(name, self.namespaces[0])
        return FieldRef(path="metadata.namespace").env(name)


@dataclass(frozen=True, kw_only=True)
class LaunchedPods(Part):
    """The pod template, and the Roles of scheduler and API server."""

    executor: KubernetesExecutor
    """The user's settings for them."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the pod template, and the Roles of scheduler and API server."""
        executor, home = self.executor, platform.namespace
        pods = TaskPods(
            scope,
            "task",
            platform=platform,
            props=executor,
            namespaces=executor.namespaces,
            all_namespaces=executor.cluster_wide,
        )
        scheduler = platform.name(Role.SCHEDULER.value)
        for place in (None,) if executor.cluster_wide else pods.namespaces:
            # Two releases of one name in two namespaces are two in the cluster as well.
            prefix = f"{home}-" if executor.cluster_wide else ""
            grant(
                pods,
                f"{place or ''}Scheduler",
                f"{prefix}{scheduler}-tasks",
                pods.labels,
                rules=_LAUNCH,
                account=platform.account_name(Role.SCHEDULER, platform.find(SchedulerProps)),
                account_namespace=home,
                namespace=place,
                all_namespaces=executor.cluster_wide,
            )
        api_server = platform.name(Role.API_SERVER.value)
        grant(
            pods,
            "ApiServer",
            f"{api_server}-task-logs",
            pods.labels,
            rules=_READ_LOGS,
            account=platform.account_name(Role.API_SERVER, platform.find(ApiServerProps)),
            account_namespace=home,
            # Airflow looks for the log of a running task here alone.
            namespace=pods.namespaces[0],
        )
        pods.node.add_validation(_ExecutorValidation(pods))
        if executor.finished_pods:
            FinishedPodsCleaner(
                scope,
                Role.FINISHED_PODS.value,
                platform=platform,
                props=executor.finished_pods,
                namespaces=pods.namespaces,
                all_namespaces=executor.cluster_wide,
            )


@jsii.implements(IValidation)
class _ExecutorValidation:
    """Fails the synth when another release of the app has task pods in one of these namespaces.

    Airflow identifies the pods of a scheduler by its job id in the database, so the schedulers of
    two releases would adopt each other's pods and mix up their logs.
    """

    def __init__(self, pods: TaskPods) -> None:
        self._pods = pods

    def validate(self) -> list[str]:
        """One problem for each pair of releases and namespace."""
        return list(self._find())

    def _find(self) -> Iterator[str]:
        for other in self._pods.node.root.node.find_all():
            if not isinstance(other, TaskPods) or other.node.path <= self._pods.node.path:
                continue
            ours, theirs = set(self._pods.namespaces), set(other.namespaces)
            shared = (
                (ours if other.all_namespaces else set())
                | (theirs if self._pods.all_namespaces else set())
                | (ours & theirs)
            )
            for namespace in sorted(name or "" for name in shared):
                where = f"namespace {namespace!r}" if namespace else "no namespace"
                yield (
                    f"{self._pods.labels.instance!r} and {other.labels.instance!r} have task pods "
                    f"in {where}: Airflow's schedulers would take each other's; give each "
                    "KubernetesExecutor(namespaces=[...]) of its own, and none cluster_wide=True"
                )
