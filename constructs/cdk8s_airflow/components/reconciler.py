"""The Job or the controller that makes objects in Airflow what the code says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from constructs import Construct

from cdk8s_airflow.components import api_server
from cdk8s_airflow.components.base import WAIT_SECONDS, AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, PodProps, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import (
    EnvValue,
    FieldRef,
    env_vars,
    literal,
)
from cdk8s_airflow.parts.connection import Where
from cdk8s_airflow.parts.declaration import FILE, Declaration
from cdk8s_airflow.parts.declared import ACCOUNT
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.parts.runtime import COMMAND_ENV
from cdk8s_airflow.platform import Platform, Role

PROGRAM = "reconcile_objects.py"
ACCOUNT_PROGRAM = "create_account.py"
_FOLDER = "/opt/cdk8s-airflow-objects"
_VOLUME = "objects"
_JOB_PATIENCE = "3600"
"""Seconds that the pod of a Job waits for the API server. Longer than others: of two Jobs the later
one is that whose pod is younger, and another pod of the earlier one would be younger still."""
_JOB_UID = "metadata.labels['batch.kubernetes.io/controller-uid']"

Drift: TypeAlias = Literal["enforce", "report"]
"""`enforce`: what people change in objects of the code is changed back. `report`: it is logged."""


@dataclass(frozen=True, kw_only=True)
class _Reconcile(Props):
    """Settings of the Job and of the controller."""

    drift: Drift = "enforce"
    """What is done about changes that people made in objects of the code: `enforce` changes them
    back, `report` only logs them. A change of the code is made in both cases. Airflow shows no
    credentials, so a change of these is not seen; `enforce` writes them again. Default:
    `enforce`."""
    where: Where = "environment"
    """Where connections and variables are that do not say it themselves: in the `environment` of
    the pods that run users' code, or in Airflow's `database`. Default: `environment`."""
    adopt: bool = False
    """Take over objects that people have made and the code declares too; then they are removed with
    the code as well. Default: False, they are left as they are, and it is an error."""
    test_connections: bool = False
    """Have the API server test each connection that was written, with the result in the log. Sets
    `[core] test_connection` of the API server, and opens the network from it. Default: False."""
    removed_users: Literal["delete", "disable"] = "delete"
    """What becomes of users that leave the code: `disable` takes their roles and their password and
    keeps them, for the audit log. Default: `delete`."""


@dataclass(frozen=True, kw_only=True)
class ReconcileJob(_Reconcile, JobProps):
    """A Job for each change of what is declared.

    It takes up a changed Secret when it runs again: delete it, and apply the bundle. Default
    resources: 50m CPU, 96Mi, limit 256Mi.
    """


@dataclass(frozen=True, kw_only=True)
class ReconcileController(_Reconcile, PodProps):
    """A Deployment of one pod that compares again and again, and takes up changed Secrets.

    Default resources: 50m CPU, 96Mi, limit 256Mi.
    """

    interval: int = 60
    """Seconds between two comparisons. Default: 60."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.interval < 5:
            yield f"ReconcileController(interval={self.interval}): expected 5 or more seconds"


Reconcile: TypeAlias = ReconcileJob | ReconcileController


class ObjectsAccount(AirflowComponent):
    """The Job that creates the account of the REST API, with the rights that are needed."""

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, allowed: Sequence[str]
    ) -> None:
        """Adds the Job.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            allowed: what the account may change, in the words of Airflow's permissions.
        """
        super().__init__(scope, id, platform=platform, role=Role.OBJECTS_ACCOUNT)
        url = api_server.url(platform, api_server.VERSION_PATH)
        container = Container(
            name=Role.OBJECTS_ACCOUNT.value,
            image=platform.image,
            command=run(ACCOUNT_PROGRAM, url, WAIT_SECONDS, ACCOUNT, *allowed),
            peers=[_api_server(platform)],
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi", storage="256Mi"),
        )
        props = JobProps()
        template = self.template(
            container, props=props, wait=self.wait_for_migrations(), restart_policy="Never"
        )
        workloads.job(self, self.name, self.labels, spec=props.spec(template))


class Reconciler(AirflowComponent):
    """The pod that compares what is declared with what Airflow has."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: Reconcile,
        declaration: Declaration,
    ) -> None:
        """Adds the Job or the Deployment, and the ConfigMap with the declaration.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            props: the user's settings.
            declaration: what is declared.
        """
        super().__init__(scope, id, platform=platform, role=Role.OBJECTS, props=props)
        lasts = isinstance(props, ReconcileController)
        text = declaration.text
        name = f"{self.name}-{content_hash(text)}"
        workloads.config_map(self, "declared", name, self.labels, data={FILE: text}, immutable=True)
        options = {
            "release": platform.release,
            "username": ACCOUNT,
            "drift": props.drift,
            "adopt": props.adopt,
            "test": props.test_connections,
            "removed_users": props.removed_users,
            "interval": props.interval if isinstance(props, ReconcileController) else 0,
        }
        env: dict[str, EnvValue] = {
            **COMMAND_ENV,
            "AIRFLOW_HOME": "/tmp",
            "PYTHONDONTWRITEBYTECODE": "1",
            "AIRFLOW__LOGGING__BASE_LOG_FOLDER": "/tmp/logs",
            "OBJECTS": f"{_FOLDER}/{FILE}",
            "OPTIONS": literal(json.dumps(options)),
            **({} if lasts else {"JOB_UID": FieldRef(path=_JOB_UID)}),
        }
        projected = {"sources": declaration.sources(name), "defaultMode": 0o440}
        extra = PodParts(
            env=env_vars(env),
            volumes=({"name": _VOLUME, "projected": projected},),
            mounts=({"name": _VOLUME, "mountPath": _FOLDER, "readOnly": True},),
        )
        container = self._container(platform, lasts)
        template = self.template(
            container, props=props, extra=extra, restart_policy=None if lasts else "Never"
        )
        if isinstance(props, ReconcileController):
            workloads.deployment(
                self, self.name, self.labels, replicas=1, template=template, recreate=True
            )
        else:
            workloads.job(self, self.name, self.labels, spec=props.spec(template))

    @staticmethod
    def _container(platform: Platform, lasts: bool) -> Container:
        patience = WAIT_SECONDS if lasts else _JOB_PATIENCE
        alive, good = (command(*run(PROGRAM, *w)) for w in (["--check"], ["--check", "--good"]))
        return Container(
            name=Role.OBJECTS.value,
            image=platform.image,
            command=run(PROGRAM, api_server.url(platform, ""), patience),
            peers=[_api_server(platform)],
            startup=Probe(handler=alive, period=5, timeout=20, failures=720) if lasts else None,
            readiness=Probe(handler=good, period=30, timeout=20, failures=1) if lasts else None,
            liveness=Probe(handler=alive, period=60, timeout=20, failures=3) if lasts else None,
            resources=resources(cpu="50m", memory="96Mi", memory_limit="256Mi"),
        )


def _api_server(platform: Platform) -> Peer:
    return Peer(host=api_server.service_name(platform), port=api_server.port_of(platform))
