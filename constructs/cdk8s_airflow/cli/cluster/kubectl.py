"""Calls kubectl: the current context, one namespace, errors that a person can act on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdk8s_airflow.cli.exits import CommandError

Object = dict[str, Any]
"""A Kubernetes object as the API writes it."""

WORKLOADS = {
    "Deployment": "deployments.apps",
    "StatefulSet": "statefulsets.apps",
    "Job": "jobs.batch",
}
"""The kinds that run pods, and kubectl's name for them."""

RESOURCES = {
    **WORKLOADS,
    "Certificate": "certificates.cert-manager.io",
    "ConfigMap": "configmaps",
    "CronJob": "cronjobs.batch",
    "ExternalSecret": "externalsecrets.external-secrets.io",
    "HorizontalPodAutoscaler": "horizontalpodautoscalers.autoscaling",
    "HTTPRoute": "httproutes.gateway.networking.k8s.io",
    "Ingress": "ingresses.networking.k8s.io",
    "LimitRange": "limitranges",
    "NetworkPolicy": "networkpolicies.networking.k8s.io",
    "PodDisruptionBudget": "poddisruptionbudgets.policy",
    "PodMonitor": "podmonitors.monitoring.coreos.com",
    "PrometheusRule": "prometheusrules.monitoring.coreos.com",
    "ResourceQuota": "resourcequotas",
    "Role": "roles.rbac.authorization.k8s.io",
    "RoleBinding": "rolebindings.rbac.authorization.k8s.io",
    "ScaledObject": "scaledobjects.keda.sh",
    "Service": "services",
    "ServiceAccount": "serviceaccounts",
    "ServiceMonitor": "servicemonitors.monitoring.coreos.com",
    "TriggerAuthentication": "triggerauthentications.keda.sh",
}
"""The kinds that a bundle may hold, and may have held; others are found in the bundle at hand."""

SCALERS = ("horizontalpodautoscalers.autoscaling", "scaledobjects.keda.sh")
"""What would start pods again that a deploy stops."""

FIELD_MANAGER = "cdk8s-airflow"
MANAGED_BY = "app.kubernetes.io/managed-by"

KEPT = ("namespaces", "persistentvolumeclaims", "secrets")
"""What is never deleted."""


class KubectlError(CommandError):
    """kubectl, or the cluster behind it, refused or did not answer."""


@dataclass(frozen=True)
class Kubectl:
    """Calls kubectl in one namespace of the current context."""

    namespace: str

    def run(
        self,
        *args: str,
        stdin: str | None = None,
        timeout: float = 300,
        show: bool = False,
        fine: Collection[int] = (0,),
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Runs one command and returns what it printed.

        Args:
            args: what follows `kubectl --namespace NAMESPACE`.
            stdin: text for its standard input.
            timeout: seconds until it counts as failed.
            show: whether its output also goes to the terminal; its warnings always do.
            fine: exit codes that are no failure.
            environment: variables beside those of this process.

        Raises:
            KubectlError: when it fails, with the reason it gave.
        """
        command = ["kubectl", "--namespace", self.namespace, *args]
        try:
            done = subprocess.run(
                command,
                input=stdin,
                capture_output=True,
                text=True,
                timeout=timeout,
                env={**os.environ, **(environment or {})},
            )
        except FileNotFoundError:
            raise KubectlError("kubectl is not installed, or not on PATH") from None
        except subprocess.TimeoutExpired:
            raise KubectlError(f"no answer in {timeout:g} s: {' '.join(command)}") from None
        if show:
            print(done.stdout, end="", flush=True)
        if done.returncode not in fine:
            raise KubectlError(done.stderr.strip() or f"{' '.join(command)}: {done.returncode}")
        if done.stderr.strip():
            print(done.stderr.strip(), flush=True)
        return done.stdout

    def get(self, kinds: Iterable[str], selector: str = "") -> list[Object]:
        """The objects of these kinds that carry the labels of `selector`.

        Raises:
            KubectlError: when the cluster does not tell.
        """
        select = ["--selector", selector] if selector else []
        text = self.run("get", ",".join(kinds), *select, "--output", "json")
        items: list[Object] = json.loads(text)["items"]
        return items

    def known(self, resources: Iterable[str]) -> list[str]:
        """Those of the resources that the cluster has, sorted: not each has every custom kind.

        Raises:
            KubectlError: when the cluster does not tell.
        """
        text = self.run("api-resources", "--verbs=list", "--no-headers")
        served = set()
        for line in text.splitlines():
            plural, *_, api, _, kind = line.split()
            group = api.rpartition("/")[0]
            served |= {f"{plural}.{group}".rstrip("."), (kind, group)}
        return sorted(
            name for name in set(resources) if name in served or _kind_and_group(name) in served
        )

    def delete(self, objects: Sequence[Object]) -> None:
        """Deletes objects, those that are gone already excepted.

        Raises:
            KubectlError: when the cluster refuses.
        """
        if objects:
            targets = [f"{resource(thing)}/{thing['metadata']['name']}" for thing in objects]
            self.run("delete", "--ignore-not-found", *targets, show=True)

    def become(self, *args: str) -> None:
        """Goes on as kubectl, with the terminal: for what ends when a person ends it."""
        sys.stdout.flush()
        os.execvp("kubectl", ["kubectl", "--namespace", self.namespace, *args])

    def check(self) -> None:
        """Checks that a cluster answers, within about 10 seconds.

        Raises:
            KubectlError: when none does, saying what was asked and what to do.
        """
        if shutil.which("kubectl") is None:
            raise KubectlError(
                "kubectl is not installed, or not on PATH: it is what talks to the cluster. "
                "Get it from https://kubernetes.io/docs/tasks/tools"
            )
        try:
            self.run("get", "--raw", "/version", "--request-timeout=8s", timeout=10)
        except KubectlError as error:
            context = self._context()
            raise KubectlError(
                f"no cluster answers (kubectl context: {context}): {str(error).splitlines()[-1]}\n"
                "Choose one that does: kubectl config get-contexts, kubectl config use-context NAME"
            ) from None

    def _context(self) -> str:
        try:
            return self.run("config", "current-context", timeout=10).strip()
        except KubectlError:
            return "none"


def identity(thing: Object) -> tuple[str, str]:
    """Kind and name of an object."""
    return thing["kind"], thing["metadata"]["name"]


def contains(objects: Sequence[Object], thing: Object) -> bool:
    """Whether one of the objects has its kind and name."""
    return identity(thing) in {identity(each) for each in objects}


def instance(release: str) -> str:
    """Selects all that belongs to a release, its volume claims included."""
    return f"app.kubernetes.io/instance={release}"


def ours(release: str) -> str:
    """Selects the objects of its bundle and their pods; volume claims lack the second label."""
    return f"{instance(release)},{MANAGED_BY}={FIELD_MANAGER}"


def resource(thing: Object) -> str:
    """How kubectl calls the kind of an object, whatever else the cluster serves."""
    kind = thing["kind"]
    if kind in ("Namespace", "PersistentVolumeClaim", "Secret"):
        return f"{kind.lower()}s"
    group, _, version = thing["apiVersion"].rpartition("/")
    return RESOURCES.get(kind, f"{kind}.{version}.{group}")


def _kind_and_group(name: str) -> tuple[str, str]:
    """Of a resource that is spelled `Kind.version.group`; the version may be any that is served."""
    kind, _, rest = name.partition(".")
    return kind, rest.partition(".")[2]


def names(objects: Sequence[Object]) -> list[str]:
    """`Kind/name` of each, for a person."""
    return ["/".join(identity(thing)) for thing in objects]


def seconds(text: str) -> float:
    """`600s`, `10m`, `1h` or plain seconds.

    Raises:
        CommandError: when it is none of these.
    """
    match = re.fullmatch(r"(\d+)([smh]?)", text)
    if not match:
        raise CommandError(f"{text!r} is not a time: expected for example 600s or 10m")
    return int(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[match[2]]
