"""The components of a release as attributes, for other code of the app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from constructs import Construct

from cdk8s_airflow.components.api_server import ApiServer
from cdk8s_airflow.components.celery_worker import DEFAULT_GROUP, CeleryWorkers
from cdk8s_airflow.components.dag_processor import DagProcessor
from cdk8s_airflow.components.execution_api import ExecutionApi
from cdk8s_airflow.components.flower import FlowerServer
from cdk8s_airflow.components.pgbouncer_server import PgBouncerServer
from cdk8s_airflow.components.scheduler import Scheduler
from cdk8s_airflow.components.triggerer import Triggerer
from cdk8s_airflow.roles import Role

_C = TypeVar("_C")


class Outputs(Construct):
    """A construct whose children are the components of a release."""

    @property
    def api_server(self) -> ApiServer:
        """The API server."""
        return self._only(ApiServer)

    @property
    def execution_api(self) -> ExecutionApi | None:
        """The separate servers of the execution API, if there are any."""
        return self._optional(ExecutionApi)

    @property
    def scheduler(self) -> Scheduler:
        """The scheduler."""
        return self._only(Scheduler)

    @property
    def dag_processors(self) -> Mapping[str, DagProcessor]:
        """Name of the DAG bundle -> its DAG processor; `""` if one parses all bundles."""
        return self._by_name(DagProcessor, Role.DAG_PROCESSOR)

    @property
    def dag_processor(self) -> DagProcessor:
        """The DAG processor; the first one, if each bundle has its own."""
        return next(iter(self.dag_processors.values()))

    @property
    def triggerer(self) -> Triggerer:
        """The triggerer."""
        return self._only(Triggerer)

    @property
    def worker_groups(self) -> Mapping[str, CeleryWorkers]:
        """Name of the group -> its workers."""
        groups = self._by_name(CeleryWorkers, Role.WORKER)
        return {name or DEFAULT_GROUP: workers for name, workers in groups.items()}

    @property
    def flower(self) -> FlowerServer | None:
        """Flower, if it is enabled."""
        return self._optional(FlowerServer)

    @property
    def pgbouncer(self) -> PgBouncerServer | None:
        """PgBouncer, if it is enabled."""
        return self._optional(PgBouncerServer)

    def _only(self, kind: type[_C]) -> _C:
        return next(iter(self._children(kind).values()))

    def _optional(self, kind: type[_C]) -> _C | None:
        return next(iter(self._children(kind).values()), None)

    def _by_name(self, kind: type[_C], role: Role) -> Mapping[str, _C]:
        return {
            id.removeprefix(role.value).removeprefix("-"): child
            for id, child in self._children(kind).items()
        }

    def _children(self, kind: type[_C]) -> Mapping[str, _C]:
        return {child.node.id: child for child in self.node.children if isinstance(child, kind)}
