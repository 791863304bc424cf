"""What all stores for the logs of tasks outside of their pods have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import EnvValue, env_vars
from cdk8s_airflow.parts.connection import Connection
from cdk8s_airflow.parts.connections import READS_OR_WRITES_LOGS
from cdk8s_airflow.parts.object_stores import HTTPS
from cdk8s_airflow.platform import Platform, Role

CONNECTION = "cdk8s_airflow_logs"
"""Id of the connection to the store that a release makes."""


@dataclass(frozen=True, kw_only=True)
class RemoteLogs(Props):
    """A store for the logs of tasks and triggers outside of their pods.

    Airflow sends the log of a task when that ends, and of a trigger when it fires; the API server
    reads it there, and that of a running task from its pod. A store that does not answer fails no
    task. Task pods, workers, triggerer, DAG processor, scheduler and API server get options,
    connection and the way through the NetworkPolicy.
    """

    delete_local: bool = False
    """Delete the file in the pod once the store has it, `[logging] delete_local_logs`. Default:
    False; the groomer deletes it, and it is empty by then."""

    @property
    def connection(self) -> Connection | None:
        """The connection that the release makes; None: there is one already, or none is needed."""
        return None

    @property
    def log_connection(self) -> str:
        """Id of the connection to the store; empty: Airflow needs none."""
        return ""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The options, for the roles that read or write logs of tasks."""
        if role not in READS_OR_WRITES_LOGS:
            return NOTHING
        env: dict[str, EnvValue] = {
            "AIRFLOW__LOGGING__REMOTE_LOGGING": "True",
            **self._options,
        }
        if self.log_connection:
            env["AIRFLOW__LOGGING__REMOTE_LOG_CONN_ID"] = self.log_connection
        if self.delete_local:
            env["AIRFLOW__LOGGING__DELETE_LOCAL_LOGS"] = "True"
        return PodParts(env=env_vars(env), peers=self._peers)

    @property
    def _options(self) -> Mapping[str, EnvValue]:
        """Environment variable of an option -> its value."""
        return {}

    @property
    def _peers(self) -> tuple[Peer, ...]:
        """The servers, beside those of the connection."""
        return (HTTPS,)


@dataclass(frozen=True, kw_only=True)
class ConnectedLogs(RemoteLogs):
    """A store of `object_stores`, which Airflow reaches by a connection of its own."""

    own_id: ClassVar[str] = CONNECTION

    @property
    def log_connection(self) -> str:
        """Id of the connection to the store."""
        return self.store_connection

    @property
    def store_connection(self) -> str:
        """Id of the connection to the store."""
        raise NotImplementedError
