"""What all Airflow components share: from a process to its pod, workload and ServiceAccount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdk8s_plus_27 import k8s
from constructs import Construct

from cdk8s_airflow.components.keda import KedaAutoscaling
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.autoscaling import HpaAutoscaling
from cdk8s_airflow.kubernetes.objects import Piece
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts, check_uncovered
from cdk8s_airflow.kubernetes.peers import KUBERNETES_API, Peer
from cdk8s_airflow.kubernetes.pods import Container, PodProps, pod_template, resources
from cdk8s_airflow.kubernetes.props import Unsaid
from cdk8s_airflow.parts.peers import peers_of
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import AIRFLOW_GROUP, AIRFLOW_USER, Platform, Role
from cdk8s_airflow.services.server import own_servers

WAIT_SECONDS = "600"
"""How long a pod waits for what it needs before the kubelet starts the wait again."""


@dataclass(frozen=True, kw_only=True)
class ReplicatedProps(PodProps):
    """Props of components that may run more than once."""

    replicas: int = Unsaid(1)
    """Number of pods; from 2 on a PodDisruptionBudget lets one go at a time. Default: by `size`, 1
    for `small`."""
    update_strategy: k8s.DeploymentStrategy | k8s.StatefulSetUpdateStrategy | Piece | None = None
    """`strategy` of a Deployment, `updateStrategy` of a StatefulSet. Default: a Deployment starts a
    new pod before it stops an old one, so that there is never one fewer; a StatefulSet replaces one
    pod after another."""
    revision_history_limit: int = 3
    """`revisionHistoryLimit`: old revisions to which `kubectl rollout undo` can go back. Default
    3."""

    def __post_init__(self) -> None:
        """Checks the number, and whether it is one person's to say.

        Raises:
            ValueError: when it is negative, or when an autoscaler would overrule it.
        """
        super().__post_init__()
        check_replicas(self.owner, self.replicas)
        findings = []
        if self.revision_history_limit < 0:
            findings.append(
                f"{self.owner}(revision_history_limit={self.revision_history_limit}): expected 0 "
                "or more"
            )
        if self.scaled_by and not isinstance(self.replicas, Unsaid):
            findings.append(
                f"{self.owner}(replicas={self.replicas}) with autoscaling=: the autoscaler decides "
                "on the number; leave replicas out, and say min_replicas and max_replicas there"
            )
        if isinstance(self.scaled_by, HpaAutoscaling):
            findings += self.scaled_by.findings(self.owner, self.resources)
        if findings:
            raise ValueError("\n".join(findings))

    @property
    def owner(self) -> str:
        """What the user calls these props, for messages."""
        return type(self).__name__

    @property
    def scaled_by(self) -> HpaAutoscaling | KedaAutoscaling | None:
        """What decides on the number of pods in place of `replicas`."""
        return None

    @property
    def rollout(self) -> Mapping[str, Any]:
        """How a new template replaces an old one, for `workloads`."""
        return {"strategy": self.update_strategy, "history": self.revision_history_limit}

    @property
    def fixed_replicas(self) -> int | None:
        """The number of pods; None where an autoscaler decides."""
        return None if self.scaled_by else self.replicas

    @property
    def most_replicas(self) -> int:
        """The largest number of pods that there can be."""
        return self.scaled_by.max_replicas if self.scaled_by else self.replicas


@dataclass(frozen=True, kw_only=True)
class AutoscaledProps(ReplicatedProps):
    """Props of components whose load tells how many pods they need."""

    autoscaling: HpaAutoscaling | None = None
    """What decides on the number of pods, in place of `replicas`. Default: nothing."""

    @property
    def scaled_by(self) -> HpaAutoscaling | None:
        """The same."""
        return self.autoscaling


def check_replicas(owner: str, replicas: int) -> None:
    """Checks a number of replicas.

    Raises:
        ValueError: when it is negative.
    """
    if replicas < 0:
        raise ValueError(f"{owner}(replicas={replicas}): expected 0 or more; 0 stops the pods")


class AirflowComponent(Construct):
    """A construct with the objects of one Airflow process; its children are Kubernetes objects."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        role: Role,
        component: str | None = None,
        namespaces: Sequence[str] = (),
    ) -> None:
        """Adds the construct and its ServiceAccount to the tree.

        Args:
            scope: the release.
            id: its id in the tree.
            platform: the release as its components see it.
            role: what its pods do, and so what they may hold.
            component: name of the component; default: the role's.
            namespaces: where its pods run; default: in the release's own.
        """
        super().__init__(scope, id)
        component = component or role.value
        self._platform = platform
        self.role = role
        """What its pods do."""
        self.name = platform.name(component)
        """Name of its objects: `{release}-{component}`."""
        self.labels = platform.labels(component)
        """Labels of its objects and pods."""
        self._namespaces = tuple(namespaces) or (None,)
        for namespace in self._namespaces:
            workloads.service_account(self, self.name, self.labels, namespace=namespace)

    def template(
        self,
        container: Container,
        *,
        props: PodProps,
        wait: Container | None = None,
        extra: PodParts | None = None,
        api_token: bool = False,
        grace_seconds: int = 30,
        restart_policy: str | None = None,
        claimed: Sequence[str] = (),
        exposed: bool | None = None,
        everywhere: bool = False,
    ) -> Mapping[str, object]:
        """The pod template: the container and the parts of the role; and its NetworkPolicy.

        Args:
            container: the Airflow process.
            props: what the user says of these pods.
            wait: an init container that waits for what the process needs.
            extra: parts of this component alone.
            api_token: mount a token for the Kubernetes API.
            grace_seconds: `terminationGracePeriodSeconds`.
            restart_policy: `restartPolicy`; default: that of the kind.
            claimed: names of volumes that come from claims of the pod's own.
            exposed: something leads users to its ports; None: they are not for users.
            everywhere: tasks may have such pods in any namespace.
        """
        parts, said = self._platform.parts(self.role), props.over(self._platform.pods)
        if extra:
            parts += extra
        check_uncovered(parts.mounts, said.extra_volume_mounts or ())
        # Servers are ready once the Secrets are there that the release generates. A container that
        # asks for one before waits until the kubelet looks at its pod again, 10 to 15 s.
        servers = own_servers(self._platform, parts)
        program = run("wait_for_servers.py", WAIT_SECONDS, *servers, isolated=True)
        first = [self.wait("wait-for-servers", program)] if servers else []
        peers = [*parts.peers, *container.peers, *(wait.peers if wait else ()), *peers_of(said)]
        if api_token or parts.api_token:
            peers.append(KUBERNETES_API)
        for namespace in self._namespaces:
            self._platform.network.join(
                self,
                self.name,
                self.labels,
                role=self.role.value,
                peers=peers,
                ports=container.ports.values(),
                exposed=exposed,
                namespace=None if namespace == self._platform.namespace else namespace,
                everywhere=everywhere,
            )
        return pod_template(
            self.labels,
            container,
            parts=parts.without_volumes(claimed) if claimed else parts,
            props=said,
            service_account=self.name,
            user=self._platform.fixed(AIRFLOW_USER),
            group=self._platform.fixed(AIRFLOW_GROUP),
            fs_group=self._platform.fixed(AIRFLOW_GROUP),
            init_containers=[*first, *([wait] if wait else [])],
            api_token=api_token,
            grace_seconds=grace_seconds,
            restart_policy=restart_policy,
            replicated=isinstance(props, ReplicatedProps),
        )

    def wait(
        self,
        name: str,
        command: Sequence[str],
        *,
        role: Role | None = None,
        peers: Sequence[Peer] = (),
    ) -> Container:
        """An init container that runs one of the waiting programs.

        Args:
            name: of the container.
            command: see `run`.
            role: whose environment it gets; default: none, as it needs no credentials.
            peers: whom it asks, beside those of the role.
        """
        parts = self._platform.parts(role) if role else NOTHING
        return Container(
            name=name,
            image=self._platform.image,
            command=command,
            resources=resources(cpu="50m", memory="256Mi", memory_limit="512Mi"),
            env=parts.env,
            peers=(*parts.peers, *peers),
        )

    def wait_for_migrations(self) -> Container:
        """An init container that waits until the database has the schema of this image."""
        program = run("wait_for_database.py", WAIT_SECONDS, "--migrations")
        return self.wait("wait-for-migrations", program, role=Role.MIGRATIONS)
