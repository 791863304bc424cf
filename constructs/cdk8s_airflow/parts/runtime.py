"""What every Airflow process needs: writable folders and environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import empty_dir
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import ROLES, RUNS_AIRFLOW, RUNS_TASKS, WRITES_LINKS

_TMP, _TMP_OF_TASKS, _TMP_OF_HELPERS = "1Gi", "10Gi", "64Mi"
"""Sizes of `/tmp`: for 50 MiB of byte code and what a request or a DAG file writes; for what tasks
put there; for pods without Airflow."""
_LOGS = "256Mi"
"""Size of the folder of logs in pods that log to their standard output."""
LOGS = "logs"
"""Name of the volume at `LOGS_FOLDER`."""
LOGS_FOLDER = "/opt/airflow/logs"
SETTINGS_FOLDER = "/opt/airflow/config"
"""Airflow's folder for modules that options name, such as `airflow_local_settings`."""
WORKER_LOG_PORT, TRIGGER_LOG_PORT = 8793, 8794
FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager"

COMMAND_ENV: Mapping[str, str] = {
    # The root is read-only: without a file here each command would try to write airflow.cfg.
    "AIRFLOW_CONFIG": "/dev/null",
    # The image's entrypoint would run `airflow db check` before every command.
    "CONNECTION_CHECK_MAX_COUNT": "0",
    # dumb-init would send SIGTERM to the running tasks too.
    "DUMB_INIT_SETSID": "0",
    "PYTHONPYCACHEPREFIX": "/tmp/pycache",
    # A uid without passwd entry has no user name otherwise.
    "USER": "default",
    "AIRFLOW__LOGGING__BASE_LOG_FOLDER": LOGS_FOLDER,
}
"""Environment that every Airflow command needs in a container of the image."""
_TASK_LOGS = (
    Peer(component=Role.WORKER.value, port=WORKER_LOG_PORT),
    Peer(component=Role.SCHEDULER.value, port=WORKER_LOG_PORT),
    Peer(component=Role.TRIGGERER.value, port=TRIGGER_LOG_PORT),
)


@dataclass(frozen=True, kw_only=True)
class Runtime(Part):
    """Writable folders, and environment that the library sets itself."""

    execution_api_url: str
    """`[core] execution_api_server_url`, which tasks report to."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """Environment and writable folders of a role."""
        if role not in RUNS_AIRFLOW:
            return empty_dir("tmp", "/tmp", _TMP_OF_HELPERS)
        duties, env = ROLES[role], dict(COMMAND_ENV)
        peers: tuple[Peer, ...] = ()
        if "auth manager" in duties.runs:
            env["AIRFLOW__CORE__AUTH_MANAGER"] = FAB
        if role is Role.SCHEDULER:
            env["AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK"] = "True"
        if "task logs" in duties.reaches:
            peers = _TASK_LOGS
        if role in RUNS_TASKS:
            execution_api = {"AIRFLOW__CORE__EXECUTION_API_SERVER_URL": self.execution_api_url}
            env, peers = {**env, **execution_api}, peers_in(execution_api)
        if platform.base_url and role in WRITES_LINKS:
            env["AIRFLOW__API__BASE_URL"] = platform.base_url
        if platform.assigned_ids:
            env["HOME"] = "/tmp"  # of a user whom the image does not know
        tmp = _TMP_OF_TASKS if role in RUNS_TASKS else _TMP
        folders = empty_dir("tmp", "/tmp", tmp) + empty_dir(LOGS, LOGS_FOLDER, _LOGS)
        return PodParts(env=env_vars(env), peers=peers) + folders
