"""Task pods: the template from which the Kubernetes executor creates them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk8s import Yaml
from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.components.pod_launcher import PodLauncher
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.consumption import config_maps_of
from cdk8s_airflow.kubernetes.objects import KubernetesObject, wire_mapping
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, PodProps, resources
from cdk8s_airflow.platform import Platform, Role

FILE = "pod_template.yaml"
_FOLDER = "/opt/airflow/pod_templates"
_VOLUME = "pod-template"


@dataclass(frozen=True, kw_only=True)
class TaskPodProps(PodProps, PodLauncher):
    """Props of task pods; a task's `executor_config` may change its own pod.

    Default resources: 100m CPU, 384Mi, limit 1Gi, of which Airflow itself takes about 300 MiB. A
    task whose pod is deleted gets 30 s for its `on_kill` unless you say otherwise.
    """


def config_map_name(platform: Platform) -> str:
    """Name of the ConfigMap that holds the template."""
    return platform.name(Role.TASK.value)


def template_parts(platform: Platform) -> PodParts:
    """The volume with the template, at `template_file`; a new template needs no restart."""
    return PodParts(
        volumes=({"name": _VOLUME, "configMap": {"name": config_map_name(platform)}},),
        mounts=({"name": _VOLUME, "mountPath": _FOLDER, "readOnly": True},),
    )


def template_file() -> str:
    """Where the scheduler reads the template."""
    return f"{_FOLDER}/{FILE}"


class TaskPods(AirflowComponent):
    """A ConfigMap with the pod template, and what task pods need in each of their namespaces.

    Task pods get what a worker gets, except broker, keys and database. The executor adds the task,
    its token, and labels that identify the task.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: TaskPodProps | None = None,
        namespaces: Sequence[str] = (),
        all_namespaces: bool = False,
    ) -> None:
        """Adds the ConfigMap and the Roles; it comes after all objects that task pods may mount.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            props: the user's settings for the pods.
            namespaces: where the pods run. Default: in the release's own.
            all_namespaces: tasks may choose any other namespace too.
        """
        super().__init__(
            scope, id, platform=platform, role=Role.TASK, namespaces=namespaces, props=props
        )
        self.namespaces = tuple(namespaces) or (platform.namespace,)
        """Where the pods run."""
        self.all_namespaces = all_namespaces
        """Whether tasks may choose any other namespace too."""
        props = props or TaskPodProps()
        container = Container(
            name="base",
            image=platform.image,
            resources=resources(cpu="100m", memory="384Mi", memory_limit="1Gi", storage="512Mi"),
        )
        template = self.template(
            container,
            props=props,
            extra=props.launcher_parts,
            restart_policy="Never",
            all_namespaces=all_namespaces,
        )
        pod = wire_mapping({"apiVersion": "v1", "kind": "Pod", **template})
        name = config_map_name(platform)
        text = Yaml.stringify(pod)
        workloads.config_map(self, "ConfigMap", name, self.labels, data={FILE: text})
        wanted = config_maps_of(pod["spec"])
        made = [
            item
            for item in scope.node.find_all()
            if isinstance(item, KubernetesObject) and item.object_kind == "ConfigMap"
        ]
        for namespace in self.namespaces:
            props.grant(
                self,
                self.name,
                self.labels,
                account=self.service_account,
                id=f"{namespace or ''}Launcher",
                account_namespace=namespace,
                namespace=namespace,
            )
            if namespace != platform.namespace:
                for item in made:
                    if item.object_name in wanted:
                        item.copy_to(self, f"{namespace}-{item.object_name}", namespace)
