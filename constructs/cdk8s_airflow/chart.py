"""A chart for one release, which becomes one manifest file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from constructs import Construct

from cdk8s_airflow.airflow import Airflow
from cdk8s_airflow.kubernetes.names import dns_label_problems, release_name_problems
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.kubernetes.whole_chart import WholeChart
from cdk8s_airflow.props import AirflowProps


class AirflowChart(WholeChart):
    """One Airflow deployment in a chart of its own, which is written to `<id>.k8s.yaml`."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        namespace: str | None = None,
        props: AirflowProps | None = None,
        release: str = "",
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Adds a chart to the app.

        Args:
            scope: the app.
            id: name of the chart and its file, and of the release unless `release` is given.
            namespace: namespace of all objects. Default: none, so that `kubectl -n` decides.
            props: all settings. Default: a complete release that needs nothing but a cluster.
            release: name of the release, where one name is used in several namespaces.
            labels: of all objects and pods, as `AirflowProps.labels`, and of what you add to the
                chart.

        Raises:
            ValueError: for a malformed name, or an id that the app has already.
        """
        problems = list(release_name_problems(release or id))
        if namespace is not None:
            problems += dns_label_problems("namespace", namespace)
        refuse(problems)
        try:
            super().__init__(scope, id, namespace=namespace, labels=labels)
        except RuntimeError as error:
            if scope.node.try_find_child(id) is None:
                raise
            raise ValueError(
                f"release={id!r} exists twice: give each AirflowChart of an app its own id; the "
                "same release in another namespace takes release="
            ) from error
        if labels:
            props = props or AirflowProps()
            props = replace(props, labels={**labels, **(props.labels or {})})
        self.airflow = Airflow(self, "airflow", props, release=release or id)
        """The deployment."""
