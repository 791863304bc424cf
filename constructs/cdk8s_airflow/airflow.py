"""The construct of one release: checks and resolves the props, then builds the parts."""

from __future__ import annotations

from constructs import Construct

from cdk8s_airflow.checks.validation import validate_at_synth
from cdk8s_airflow.kubernetes.inherited import inherited
from cdk8s_airflow.part import Part
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.outputs import Outputs
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.release.sharing import check_sharing, shared_resources


class Airflow(Outputs):
    """One Airflow deployment, in a chart of yours.

    The components are attributes, so that their outputs can be used elsewhere:
    `airflow.api_server.service_name`, `airflow.worker_groups["gpu"].name`.
    """

    def __init__(
        self, scope: Construct, id: str, props: AirflowProps | None = None, *, release: str = ""
    ) -> None:
        """Adds a deployment to the tree.

        Args:
            scope: a chart, or a construct in one.
            id: id of the construct, and the name of the release unless `release` is given.
            props: all settings. Default: a complete release that needs nothing but a cluster.
            release: name of the release; begins the name of every object.

        Raises:
            ValueError: for all problems of the release at once, an invalid name included.
            TypeError: when props is not an `AirflowProps`.
        """
        props, release = props or AirflowProps(), release or id
        platform = resolve(props, release, inherited(scope).namespace)
        super().__init__(scope, id)
        validate_at_synth(scope)
        check_sharing(shared_resources(scope, props, release))
        self.platform = platform
        """The release as its parts see it: for components of your own."""
        for part in platform.all(Part):
            part.build(self, platform)
