"""The umbrella: a release is checked and resolved, then each of its parts adds its objects."""

from __future__ import annotations

from constructs import Construct

from cdk8s_airflow.kubernetes.inherited import inherited
from cdk8s_airflow.kubernetes.uniqueness import check_unique_objects
from cdk8s_airflow.part import Part
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.outputs import Outputs
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.release.sharing import check_sharing, claim


class Airflow(Outputs):
    """All of one Airflow deployment, in a chart of yours.

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
            props: all settings; default: those that work on an empty cluster.
            release: name of the release; begins the name of every object.

        Raises:
            ValueError: with all that is wrong with the release, its name among them.
            TypeError: when props are no `AirflowProps`.
        """
        props, release = props or AirflowProps(), release or id
        platform = resolve(props, release, inherited(scope).namespace)
        super().__init__(scope, id)
        check_unique_objects(scope)
        check_sharing(claim(scope, props, release))
        self.platform = platform
        """The release as its parts see it: for components of your own."""
        for part in platform.all(Part):
            part.build(self, platform)
