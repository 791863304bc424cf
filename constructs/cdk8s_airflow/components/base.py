"""The base of all Airflow components: pod template, ServiceAccount, NetworkPolicy and waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from constructs import Construct

from cdk8s_airflow.components.pod_launcher import PodLauncher
from cdk8s_airflow.dags.files import PLUGINS_OPTION
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts, check_mount_paths
from cdk8s_airflow.kubernetes.peers import KUBERNETES_API, Peer
from cdk8s_airflow.kubernetes.pods import Container, PodProps, pod_template, resources
from cdk8s_airflow.kubernetes.service_accounts import service_account
from cdk8s_airflow.kubernetes.service_props import ServiceProps, is_published
from cdk8s_airflow.parts.peers import peers_of
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.parts.proxies import with_own_hosts
from cdk8s_airflow.parts.secret_files import only_named
from cdk8s_airflow.platform import AIRFLOW_GROUP, AIRFLOW_USER, Platform, Role
from cdk8s_airflow.services.server import own_servers

_MODULES = (PLUGINS_OPTION, "PYTHONPATH")
WAIT_SECONDS = "600"
"""Seconds that an init container waits before it fails and is started anew, with Secrets as they
are then."""


class AirflowComponent(Construct):
    """A construct with the objects of one Airflow process; its children are Kubernetes objects."""

    replicated = False
    """Whether it may have several pods, which then prefer different nodes."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        role: Role,
        component: str | None = None,
        namespaces: Sequence[str] = (),
        props: PodProps | None = None,
    ) -> None:
        """Adds the construct and its ServiceAccount to the tree.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            role: what its pods do, which decides what they get.
            component: name of the component. Default: the role's.
            namespaces: where its pods run. Default: in the release's own.
            props: the user's settings, for the ServiceAccount.
        """
        super().__init__(scope, id)
        component = component or role.value
        self._platform = platform
        self.role = role
        """The role of its pods."""
        self.name = platform.name(component)
        """Name of its objects: `{release}-{component}`."""
        self.labels = platform.labels(component)
        """Labels of its objects and pods."""
        self._namespaces = tuple(namespaces) or (None,)
        self._account = platform.service_account(role, props)
        self.service_account = self._account.name or self.name
        """Name of the ServiceAccount of its pods."""
        everyones = platform.shared_service_account
        shared = everyones is not None and everyones.name == self._account.name
        for namespace in self._namespaces:
            if not (shared and namespace in (None, platform.namespace)):
                service_account(
                    self, self.name, self.labels, namespace=namespace, account=self._account
                )

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
        claim_volumes: Sequence[str] = (),
        exposed: bool | None = None,
        service: ServiceProps | None = None,
        all_namespaces: bool = False,
    ) -> Mapping[str, object]:
        """Builds the pod template from container and parts, and adds a NetworkPolicy.

        Args:
            container: the Airflow process.
            props: the user's settings for the pods.
            wait: an init container that waits for what the process needs.
            extra: parts of this component alone.
            api_token: mount a token for the Kubernetes API.
            grace_seconds: `terminationGracePeriodSeconds`.
            restart_policy: `restartPolicy`. Default: that of the kind.
            claim_volumes: names of volumes that come from claims of the pod's own.
            exposed: whether users reach its ports from outside; None: the ports are not for users.
            service: the user's settings of its Service, whose port leads to its first.
            all_namespaces: tasks may have such pods in any namespace.
        """
        parts = self._platform.parts(self.role)
        pod_props = self._platform.pod_props(self.role, props)
        if pod_props.env:
            pod_props = replace(pod_props, env=with_own_hosts(pod_props.env, self._platform))
        parts += self._account.pod_parts
        if extra:
            parts += extra
        check_mount_paths(parts.mounts, pod_props.extra_volume_mounts or ())
        # Servers are ready once the Secrets are there that the release generates. A container that
        # asks for one before waits until the kubelet looks at its pod again, 10 to 15 s.
        servers = own_servers(self._platform, parts)
        program = run("wait_for_servers.py", WAIT_SECONDS, *servers, isolated=True)
        first = [self.wait("wait-for-servers", program)] if servers else []
        peers = [
            *parts.peers,
            *container.peers,
            *(wait.peers if wait else ()),
            *peers_of(pod_props),
        ]
        api_token = api_token or bool(self._account.token)
        if api_token or parts.api_token:
            peers.append(KUBERNETES_API)
        service_ports = {}
        if service and service.port:
            service_ports[service.port] = next(iter(container.ports.values()))
        for namespace in self._namespaces:
            self._platform.network.add_policy(
                self,
                self.name,
                self.labels,
                role=self.role.value,
                peers=peers,
                ports=container.ports.values(),
                service_ports=service_ports,
                exposed=True if is_published(service) else exposed,
                namespace=None if namespace == self._platform.namespace else namespace,
                all_namespaces=all_namespaces,
            )
        template = pod_template(
            self.labels,
            container,
            parts=parts.without_volumes(claim_volumes) if claim_volumes else parts,
            props=pod_props,
            service_account=self.service_account,
            user=self._platform.fixed_id(AIRFLOW_USER),
            group=self._platform.fixed_id(AIRFLOW_GROUP),
            fs_group=self._platform.fixed_id(AIRFLOW_GROUP),
            init_containers=[*first, *([wait] if wait else [])],
            api_token=api_token,
            grace_seconds=grace_seconds,
            restart_policy=restart_policy,
            replicated=self.replicated,
            registry=self._platform.registry,
            scope=self,
        )
        return only_named(template) if self._platform.secrets_as_files else template

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
            command: the command line, from `run`.
            role: whose environment it gets. Default: none, as it needs no credentials.
            peers: servers that it connects to, beside those of the role.
        """
        parts = self._platform.parts(role) if role else NOTHING
        if role:  # settings of the user's own may be where the process finds its modules
            found = self._platform.parts(self.role).env
            parts += PodParts(env=tuple(each for each in found if each.name in _MODULES))
        return Container(
            name=name,
            image=self._platform.image,
            command=command,
            resources=resources(cpu="50m", memory="256Mi", memory_limit="512Mi", storage="256Mi"),
            env=parts.env,
            peers=(*parts.peers, *peers),
        )

    def grant(self, launcher: PodLauncher) -> None:
        """Adds the Role by which the pods may launch others, if the user wants it."""
        launcher.grant(
            self,
            self.name,
            self.labels,
            account=self.service_account,
            account_namespace=self._platform.namespace,
        )

    def wait_for_database(self) -> Container:
        """An init container that waits until the database answers, whatever its schema."""
        program = run("wait_for_database.py", WAIT_SECONDS)
        return self.wait("wait-for-database", program, role=self.role)

    def wait_for_migrations(self) -> Container:
        """An init container that waits until the database has the schema of this image."""
        program = run("wait_for_database.py", WAIT_SECONDS, "--migrations")
        return self.wait("wait-for-migrations", program, role=Role.MIGRATIONS)
