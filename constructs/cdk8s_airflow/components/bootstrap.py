"""The bootstrap Job: generates missing credentials in the cluster, once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.rbac import grant, rule
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.part import Part, generated_by
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role


@dataclass(frozen=True)
class BootstrapJob(Part):
    """Adds the Job that generates the credentials which the user does not bring."""

    props: JobProps
    """The user's settings for the pods."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the Job, if there is a credential to generate."""
        generated = generated_by(platform)
        if generated:
            Bootstrap(
                scope,
                Role.BOOTSTRAP.value,
                platform=platform,
                generated=generated,
                props=self.props,
            )


class Bootstrap(AirflowComponent):
    """A Job that creates each missing Secret, and a Role that allows it to create Secrets only.

    A Secret that exists is never read, changed or deleted; it is not part of the bundle, so that
    deleting the bundle keeps the key that decrypts the database. For the same reason it carries no
    `app.kubernetes.io/instance` label, by which tools prune what belongs to a bundle.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        generated: Sequence[GeneratedSecret],
        props: JobProps | None = None,
    ) -> None:
        """Adds the Job, its Role and its RoleBinding.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            generated: the credentials to generate.
            props: the user's settings for the pods.
        """
        super().__init__(scope, id, platform=platform, role=Role.BOOTSTRAP, props=props)
        props = props or JobProps()
        grant(
            self,
            "",
            self.name,
            self.labels,
            rules=[rule(["secrets"], ["create"])],
            account=self.service_account,
            account_namespace=platform.namespace,
        )
        wanted = [
            {"secret": item.secret.name, "key": item.secret.key, "kind": item.kind}
            for item in generated
        ]
        labels = {
            "app.kubernetes.io/part-of": "airflow",
            "app.kubernetes.io/managed-by": self.name,
        }
        env = {"GENERATE": json.dumps(wanted), "LABELS": json.dumps(labels)}
        container = Container(
            name="bootstrap",
            image=platform.image,
            command=run("bootstrap.py", isolated=True),
            resources=resources(cpu="50m", memory="64Mi", memory_limit="256Mi"),
        )
        template = self.template(
            container,
            props=props,
            extra=PodParts(env=env_vars(env)),
            api_token=True,
            restart_policy="Never",
        )
        workloads.job(self, self.name, self.labels, spec=props.spec(template))
