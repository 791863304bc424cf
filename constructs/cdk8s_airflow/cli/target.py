"""Which release a command is about: options that the commands of a cluster share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from cdk8s_airflow.cli.cluster.release import Cluster
    from cdk8s_airflow.cli.cluster.running import Running


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Target:
    """A release in the cluster of the current kubectl context."""

    bundle: Annotated[
        Path, Parameter(help="the folder of manifests that `synth` wrote", show_default=True)
    ] = Path("dist")
    release: Annotated[str, Parameter(help="its name. Default: what the bundle holds")] = ""
    namespace: Annotated[str, Parameter(help="its namespace. Default: as in the bundle")] = ""

    def cluster(self, timeout: str = "600s") -> Cluster:
        """The release to deploy, look at, or delete, in a cluster that answers.

        Raises:
            CommandError: without a cluster, or when the bundle holds several releases.
        """
        from cdk8s_airflow.cli.cluster.bundle import release_of
        from cdk8s_airflow.cli.cluster.kubectl import Kubectl, seconds
        from cdk8s_airflow.cli.cluster.release import Cluster

        patience = seconds(timeout)
        release, namespace = release_of(self.bundle, self.release, self.namespace)
        found = Cluster(kubectl=Kubectl(namespace), release=release, timeout=patience)
        found.kubectl.check()
        return found

    def running(self) -> Running:
        """The release to use, in a cluster that answers.

        Raises:
            CommandError: without a cluster, or when the bundle holds several releases.
        """
        from cdk8s_airflow.cli.cluster.running import Running

        cluster = self.cluster()
        return Running(kubectl=cluster.kubectl, release=cluster.release)


TARGET = Target()
"""What is in dist/."""
