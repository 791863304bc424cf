"""What is for the whole release: labels, placement, names, policies, limits, extra objects."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.environment import put_env, put_env_from
from cdk8s_airflow.migration.official.objects import (
    classes,
    config_maps,
    limits,
    quotas,
    secrets,
    settings,
)
from cdk8s_airflow.migration.options import put_config
from cdk8s_airflow.migration.placement import placement
from cdk8s_airflow.migration.pods import container_security, pod_security
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.resources import put_volumes
from cdk8s_airflow.migration.rules import (
    always,
    carried,
    changed,
    dead,
    dropped,
    is_empty,
    move,
    plain,
    reference,
    same_as,
    switch,
    text_map,
)

_NUMBER = "Services, probes and NetworkPolicies hold the port of the process"


def _in_pods(rule: Rule, place: str = "pods") -> Rule:
    def wrapped(target: Target, value: Any) -> Outcome:
        made = target.conversion
        data = made.out.setdefault(place, {})
        return rule(Target(made, data, place, "", "", "", ""), value)

    return wrapped


def _text_list(name: str) -> Rule:
    """`extraEnv` and its like: YAML in a text."""
    return put_env if name == "env" else put_env_from


def _secret_list(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    found = {
        each["envName"]: reference(each["secretName"], each.get("secretKey") or "value")
        for each in value
    }
    return Outcome("carried", target.put("env", found))


def _ids(field: str) -> Rule:
    own = 50000 if field == "runAsUser" else 0

    def rule(target: Target, value: Any) -> Outcome:
        if value == own or value is None:
            return Outcome("carried", "", f"pods have {own}")
        found = {field: int(value), **({"fsGroup": int(value)} if field == "runAsGroup" else {})}
        return Outcome("carried", target.put("airflowPods.securityContext", found))

    return rule


def _namespaces(target: Target, value: Any) -> Outcome:
    if not truth(value):
        return Outcome("carried", "", "tasks run in the release's namespace")
    if "Kubernetes" not in plain(target.conversion.get("executor")):
        return Outcome("dead", "", "no executor is Kubernetes")
    target.conversion.task_pods["clusterWide"] = True
    return Outcome("carried", "executor.clusterWide")


def _policies(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", "networkPolicies", "each component has one, with its real peers")
    return Outcome("carried", target.put("networkPolicies", None), "null: any pod may connect")


def _standard(target: Target, value: Any) -> Outcome:
    return Outcome("carried", "release", "all names begin with the release")


def _fullname(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if not target.conversion.on("useStandardNaming"):
        return Outcome("dead", "", "the chart reads it with useStandardNaming alone")
    return Outcome("carried", "release")


def _home(target: Target, value: Any) -> Outcome:
    if plain(value).rstrip("/") in ("", "/opt/airflow"):
        return Outcome("carried", "", "/opt/airflow")
    return Outcome(
        "changed", "", "the home of Airflow is /opt/airflow: move files there in your image"
    )


def _ports(name: str, own: int, section: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value) or int(value) == own:
            return Outcome("carried", "", f"the port is {own}")
        made = target.conversion
        here = made.out.get(section)
        if name in (
            "workerLogs",
            "triggererLogs",
            "statsdIngest",
            "statsdScrape",
            "pgbouncerScrape",
        ):
            return Outcome("changed", "", f"{_NUMBER}, {own}")
        if section == "apiServer" or isinstance(here, dict):
            path = made.root.put(f"{section}.service.port", int(value))
            return Outcome("carried", path, "of the Service; pods keep their own")
        return Outcome("dead", "", f"the release has no {section}")

    return rule


def _template(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    note = "the settings of KubernetesExecutor make the template; extraContainers and volumes too"
    return Outcome("dropped", "executor", note)


def _launch(jobs: bool) -> Rule:
    field = "jobLauncher" if jobs else "podLauncher"

    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        if not truth(value):
            return Outcome("carried", "", "tasks may launch nothing unless told otherwise")
        for each in (*made.groups, *([made.task_pods] if made.task_pods_used else [])):
            each[field] = True
        if made.local_used:
            made.local[field] = True
        return Outcome("carried", f"executor.{field}")

    return rule


def start(made: Conversion) -> None:
    """Writes what the chart does by default and the library only if it is told to."""
    if not made.on("networkPolicies.enabled") and made.given("networkPolicies.enabled"):
        made.root.put("networkPolicies", None)


TABLE: Table = {
    **{key: _in_pods(rule) for key, rule in placement().items() if key != "priorityClassName"},
    "airflowPodAnnotations": _in_pods(text_map("annotations"), "airflowPods"),
    "airflowConfigAnnotations": changed(
        "there is no ConfigMap with airflow.cfg: pods have variables"
    ),
    "labels": text_map("labels"),
    "env": _text_list("env"),
    "extraEnv": _text_list("env"),
    "extraEnvFrom": _text_list("envFrom"),
    "secret": _secret_list,
    "config": put_config,
    "extraConfigMaps": config_maps,
    "extraSecrets": secrets,
    "volumes": _in_pods(put_volumes("extraVolumes"), "airflowPods"),
    "volumeMounts": _in_pods(move("extraVolumeMounts"), "airflowPods"),
    "securityContext": _in_pods(pod_security, "airflowPods"),
    "securityContexts.pod": _in_pods(pod_security, "airflowPods"),
    "securityContexts.containers": container_security,
    "securityContexts.container": dead("a slip of the schema: the chart reads containers"),
    "containerLifecycleHooks": dropped("give each role its lifecycle: scheduler.lifecycle ..."),
    "airflowLocalSettings": settings,
    "airflowHome": _home,
    "uid": _ids("runAsUser"),
    "gid": _ids("runAsGroup"),
    "enableServiceLinks": switch(
        "pods have no service links: ask DNS", "pods have none", on="changed", off="carried"
    ),
    "revisionHistoryLimit": lambda target, value: _history(target, value),
    "networkPolicies.enabled": _policies,
    "rbac.create": always("each component has the Roles it needs"),
    "rbac.createSCCRoleBinding": lambda target, value: _openshift(target, value),
    "multiNamespaceMode": _namespaces,
    "allowPodLaunching": _launch(False),
    "allowJobLaunching": _launch(True),
    "podTemplate": _template,
    "quotas": quotas,
    "limits": limits,
    "priorityClasses": classes,
    "useStandardNaming": _standard,
    "fullnameOverride": _fullname,
    "nameOverride": _fullname,
    "executor": carried("", "executor"),
    "ports.airflowUI": _ports("airflowUI", 8080, "apiServer"),
    "ports.apiServer": _ports("apiServer", 8080, "apiServer"),
    "ports.flowerUI": _ports("flowerUI", 5555, "flower"),
    "ports.redisDB": _ports("redisDB", 6379, "broker"),
    "ports.pgbouncer": _ports("pgbouncer", 6543, "pgbouncer"),
    "ports.pgbouncerScrape": _ports("pgbouncerScrape", 9127, "pgbouncer"),
    "ports.statsdIngest": _ports("statsdIngest", 9125, "metrics"),
    "ports.statsdScrape": _ports("statsdScrape", 9102, "metrics"),
    "ports.workerLogs": _ports("workerLogs", 8793, "workers"),
    "ports.triggererLogs": _ports("triggererLogs", 8794, "triggerer"),
    "ports.otelCollectorOtlpGrpc": same_as(
        4317, note="OTLP", other=changed("there is no collector")
    ),
    "ports.otelCollectorOtlpHttp": same_as(
        4318, note="OTLP", other=changed("there is no collector")
    ),
}


def _history(target: Target, value: Any) -> Outcome:
    made = target.conversion
    if value is None:
        return Outcome("carried")
    for section in ("apiServer", "scheduler", "dagProcessor", "triggerer"):
        made.out.setdefault(section, {}).setdefault("revisionHistoryLimit", int(value))
    for group in made.groups:
        group.setdefault("revisionHistoryLimit", int(value))
    return Outcome("carried", "scheduler.revisionHistoryLimit", "and of the other roles")


def _openshift(target: Target, value: Any) -> Outcome:
    if not truth(value):
        return Outcome("carried")
    note = "assigned: pods pass restricted-v2 without a binding, docs/openshift.md"
    return Outcome("changed", target.put("userIds", "assigned"), note)
