"""Pods of single tasks: the template from which the Kubernetes executor makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdk8s import Yaml
from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.components.launching import Launching
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
class TaskPodProps(PodProps, Launching):
    """Props of the pods of single tasks; a task's `executor_config` may change its own pod.

    Default resources: 100m CPU, 384Mi, limit 1Gi, of which Airflow itself takes about 300 MiB. A
    task whose pod is deleted gets 30 s for its `on_kill` unless you say otherwise.
    """


def config_map_name(platform: Platform) -> str:
    """The ConfigMap of a release that holds the template."""
    return platform.name(Role.TASK.value)


def template_parts(platform: Platform) -> PodParts:
    """What lets a pod read the template, at `template_file`; a change of it needs no restart."""
    return PodParts(
        volumes=({"name": _VOLUME, "configMap": {"name": config_map_name(platform)}},),
        mounts=({"name": _VOLUME, "mountPath": _FOLDER, "readOnly": True},),
    )


def template_file() -> str:
    """Where the scheduler reads the template."""
    return f"{_FOLDER}/{FILE}"


class TaskPods(AirflowComponent):
    """The pod template in a ConfigMap, and what its pods need in each namespace where they run.

    The parts are those of a worker, but for what only a worker needs: no broker, no key, no
    database. The executor adds the task and its token, and a label for each of its coordinates.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: TaskPodProps | None = None,
        namespaces: Sequence[str] = (),
        everywhere: bool = False,
    ) -> None:
        """Adds it to the tree, after all that its pods may mount.

        Args:
            scope: the release.
            id: its id in the tree.
            platform: the release as its components see it.
            props: what the user says of these pods.
            namespaces: where they run; default: in the release's own.
            everywhere: tasks may choose any other namespace too.
        """
        super().__init__(scope, id, platform=platform, role=Role.TASK, namespaces=namespaces)
        self.namespaces = tuple(namespaces) or (platform.namespace,)
        """Where the pods run."""
        self.everywhere = everywhere
        """Whether tasks may choose any other namespace too."""
        props = props or TaskPodProps()
        container = Container(
            name="base",
            image=platform.image,
            resources=resources(cpu="100m", memory="384Mi", memory_limit="1Gi"),
        )
        template = self.template(
            container,
            props=props,
            extra=props.launching,
            restart_policy="Never",
            everywhere=everywhere,
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
                id=f"{namespace or ''}Launcher",
                account_namespace=namespace,
                namespace=namespace,
            )
            if namespace != platform.namespace:
                for item in made:
                    if item.object_name in wanted:
                        item.copy_to(self, f"{namespace}-{item.object_name}", namespace)
