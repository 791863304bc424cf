"""The DAG processor: parses the DAG files."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.replicated import AutoscaledProps, ReplicatedComponent
from cdk8s_airflow.dags.git import GitBundles
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True, kw_only=True)
class DagProcessorProps(AutoscaledProps, Part):
    """Props of the DAG processor.

    Default resources: 100m CPU, 384Mi, limit 1Gi; 193 MiB were measured with two small files.
    Default `update_strategy`: `Recreate`, because an old pod would overwrite what a new one has
    written about the DAGs.
    """

    per_bundle: bool = False
    """One DAG processor for each DAG bundle, `{release}-dag-processor-{bundle}`, with these props:
    a slow or broken repository delays no other. Needs a list of `GitDags`. Default: one DAG
    processor for all."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the DAG processor to the bundle, or that of each DAG bundle."""
        git = platform.find(GitBundles)
        bundles = [each.bundle_name for each in git.repositories] if git else []
        for bundle in bundles if self.per_bundle else [""]:
            DagProcessor(
                scope, component_name(bundle), platform=platform, props=self, bundle=bundle
            )


def component_name(bundle: str) -> str:
    """Name of the component that parses a DAG bundle; `""` means all bundles."""
    role = Role.DAG_PROCESSOR.value
    return f"{role}-{bundle}" if bundle else role


class DagProcessor(ReplicatedComponent):
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
        """Adds the Deployment.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            props: the user's settings.
            bundle: the one DAG bundle that it parses. Default: all.
        """
        role, component = Role.DAG_PROCESSOR, component_name(bundle)
        super().__init__(scope, id, platform=platform, role=role, component=component, props=props)
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
            resources=resources(cpu="100m", memory="384Mi", memory_limit="1Gi", storage="512Mi"),
        )
        template = self.template(
            container, props=props, wait=self.wait_for_migrations(), grace_seconds=60
        )
        self.deployment(container, template, props, recreate=True)
