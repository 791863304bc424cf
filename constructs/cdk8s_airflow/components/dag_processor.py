"""The DAG processor: parses the DAG files, apart from the scheduler."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent, AutoscaledProps
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True, kw_only=True)
class DagProcessorProps(AutoscaledProps):
    """Props of the DAG processor.

    Default resources: 100m CPU, 384Mi, limit 1Gi; 193 MiB were measured with two small files.
    """

    per_bundle: bool = False
    """A DAG processor of its own for each DAG bundle, `{release}-dag-processor-{bundle}`, with
    these props: one repository that is slow or broken holds up no other. Needs a list of `GitDags`.
    Default: one parses all."""


class DagProcessor(AirflowComponent):
    """`airflow dag-processor` as a Deployment.

    It has no port: its probes read its own heartbeat in the database.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: DagProcessorProps | None = None,
        bundle: str = "",
    ) -> None:
        """Adds it to the tree.

        Args:
            scope: the release.
            id: its id in the tree.
            platform: the release as its components see it.
            props: what the user says of it.
            bundle: the one DAG bundle that it parses; default: all.
        """
        role = Role.DAG_PROCESSOR
        component = f"{role.value}-{bundle}" if bundle else role.value
        super().__init__(scope, id, platform=platform, role=role, component=component)
        props = props or DagProcessorProps()
        beat = command(*run("job_probe.py", "DagProcessorJob", "60"))
        container = Container(
            name="dag-processor",
            image=platform.image,
            args=(
                *("airflow", "dag-processor"),
                *(("--bundle-name", bundle) if bundle else ()),
            ),
            startup=Probe(handler=beat, period=2, timeout=20, failures=150),
            readiness=Probe(handler=beat, period=30, timeout=20, failures=3),
            liveness=Probe(handler=beat, period=30, timeout=20, failures=5),
            resources=resources(cpu="100m", memory="384Mi", memory_limit="1Gi"),
        )
        template = self.template(
            container, props=props, wait=self.wait_for_migrations(), grace_seconds=60
        )
        workloads.deployment(
            self,
            self.name,
            self.labels,
            replicas=props.fixed_replicas,
            template=template,
            **props.rollout,
        )
        workloads.pod_disruption_budget(self, self.name, self.labels, replicas=props.most_replicas)
        if props.autoscaling:
            props.autoscaling.build(
                self, self.name, self.labels, kind="Deployment", container=container.name
            )
