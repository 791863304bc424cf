"""The section `airflow` of the community's chart, and what is for the whole release."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.airflow_image import DEFAULT, OLDEST, numbers, put_image, version
from cdk8s_airflow.migration.community.jobs import SYNC_PODS
from cdk8s_airflow.migration.community.objects_of_release import (
    MONITOR,
    RULES,
    manifests,
    monitor,
    settings,
    settings_secret,
)
from cdk8s_airflow.migration.community.pods import pip, pods
from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target
from cdk8s_airflow.migration.environment import put_env, put_variable
from cdk8s_airflow.migration.options import put_option
from cdk8s_airflow.migration.pods import ACCOUNT, container_security, extras, pod_security
from cdk8s_airflow.migration.report import Outcome, summed
from cdk8s_airflow.migration.rules import (
    always,
    below,
    carried,
    changed,
    dropped,
    is_empty,
    move,
    plain,
    reference,
    same_as,
    text_map,
)
from cdk8s_airflow.parts.config_check import PREFIX, named_option

_PUBLIC_FERNET = "7T512UXSSmBOkpWimFHIVb8jK6lfmSAvx4mO6Arehnc="
_KEYS = {"fernetKey": "fernet-key", "apiSecretKey": "api-secret-key", "jwtSecret": "jwt-secret"}


def start(made: Conversion) -> None:
    """Writes image, version, keys and the account of all pods."""
    tag = plain(made.get("airflow.image.tag"))
    version(made, tag)
    put_image(
        made,
        plain(made.get("airflow.image.repository")),
        tag if made.given("airflow.image.tag") else "",
        plain(made.get("airflow.image.pullPolicy")),
        "",
    )
    if secret := made.get("airflow.jwtSecretName"):
        key = plain(made.get("airflow.jwtSecretKey")) or "jwt-secret"
        made.root.put("secrets.jwtSecret", reference(secret, key))
    extra = {each.get("name") for each in made.get("airflow.extraEnv") or []}
    extra |= set(made.get("airflow.config") or {})
    if not made.given("airflow.fernetKey") and "AIRFLOW__CORE__FERNET_KEY" not in extra:
        _fernet(made, "the chart's public default")


def _fernet(made: Conversion, source: str) -> None:
    name = made.name("migrated-fernet-key")
    made.secret(name, "fernet-key", source=f"airflow.fernetKey ({source})")
    made.root.put("secrets.fernetKey", reference(name, "fernet-key"))
    made.step(
        f"Put the old Fernet key into the Secret `{name}`: it decrypts the connections in the "
        "database. One that stood in values is known to others; rotate it, docs/secrets.md."
    )


def _config(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried", "", "empty: nothing to set")
    made, outcomes = target.conversion, []
    for name, each in value.items():
        outcome = _option(target.conversion.root, str(name), each)
        made.details[f"airflow.config.{name}"] = outcome
        outcomes.append((str(name), outcome))
    return summed(outcomes, "config")


def _option(root: Target, name: str, value: Any) -> Outcome:
    if value is None:
        return Outcome("carried", "", "null: Airflow's own default")
    own = (
        put_variable(root, {"name": name, "value": value}) if not name.startswith(PREFIX) else None
    )
    if own:
        return own
    if any(
        name.endswith(each)
        for each in ("FERNET_KEY", "SECRET_KEY", "JWT_SECRET", "SQL_ALCHEMY_CONN")
    ):
        return put_variable(root, {"name": name, "value": value})
    section, option = named_option(name)
    return put_option(root, section, option, value)


def _key(option: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        if is_empty(value):
            return Outcome("carried", "", "from a Secret, or generated")
        if made.has_secret(option):
            return Outcome("dead", "", f"the environment has the key, secrets.{option}")
        key = _KEYS[option]
        name = made.name(f"migrated-{key}")
        made.secret(name, key, source=f"airflow.{option}")
        path = target.put(f"secrets.{option}", reference(name, key))
        return Outcome("secret", path, f"create the Secret {name} with the key {key}")

    return rule


def _tag(target: Target, value: Any) -> Outcome:
    found = numbers(value)
    if found and found < (*OLDEST, 0):
        note = f"Airflow {DEFAULT}: the oldest here is 3.1, so the image has to be a new one"
        return Outcome("changed", "image.tag", note)
    return Outcome("carried", "image.tag")


def _pull(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    return Outcome("carried", target.put("pods.imagePullSecrets", [{"name": value}]))


def _ids(field: str, own: int) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if value == own or is_empty(value):
            return Outcome("carried", "", f"pods have {own}")
        return Outcome("carried", target.put("airflowPods.securityContext", {field: int(value)}))

    return rule


def _in(place: str, rule: Rule) -> Rule:
    def wrapped(target: Target, value: Any) -> Outcome:
        made = target.conversion
        data = made.out.setdefault(place, {})
        return rule(Target(made, data, place), value)

    return wrapped


def _string_template(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    return Outcome("dropped", "executor", "the settings of KubernetesExecutor make the template")


def _protected(target: Target, value: Any) -> Outcome:
    return Outcome("carried", "extraPackages", "constraints protect all of Airflow's own packages")


_WAIT = carried("the bundle's own containers have measured requests")
TASK_PODS: Table = {**pods(), "stringOverride": _string_template}
"""Settings of task pods; suffix -> rule."""


TABLE: Table = {
    "airflow.config": _config,
    "airflow.extraEnv": put_env,
    "airflow.fernetKey": _key("fernetKey"),
    "airflow.webserverSecretKey": _key("apiSecretKey"),
    "airflow.apiSecretKey": _key("apiSecretKey"),
    "airflow.jwtSecret": _key("jwtSecret"),
    "airflow.jwtSecretName": carried("", "secrets.jwtSecret"),
    "airflow.jwtSecretKey": carried("", "secrets.jwtSecret"),
    "airflow.jwtSecretAnnotations": dropped("annotate the Secret that you create"),
    "airflow.image.repository": carried("", "image.repository"),
    "airflow.image.tag": _tag,
    "airflow.image.pullPolicy": carried("", "image.pullPolicy"),
    "airflow.image.pullSecret": _pull,
    "airflow.image.uid": _ids("runAsUser", 50000),
    "airflow.image.gid": _ids("runAsGroup", 0),
    "airflow.legacyCommands": same_as(
        False, note="off", other=changed("Airflow 1 has other commands")
    ),
    "airflow.clusterDomain": same_as(
        "cluster.local", note="names end at svc", other=carried("names end at svc")
    ),
    "airflow.extraPipPackages": pip,
    "airflow.protectedPipPackages": _protected,
    **{f"airflow.{key}": _in("airflowPods", rule) for key, rule in extras().items()},
    "airflow.podAnnotations": _in("airflowPods", text_map("annotations")),
    "airflow.defaultAffinity": _in("pods", pods()["affinity"]),
    "airflow.defaultNodeSelector": _in("pods", text_map("nodeSelector")),
    "airflow.defaultTolerations": _in("pods", move("tolerations")),
    "airflow.defaultTopologySpreadConstraints": _in("pods", pods()["topologySpreadConstraints"]),
    "airflow.defaultSecurityContext": _in("airflowPods", pod_security),
    "airflow.defaultContainerSecurityContext": container_security,
    **{
        f"airflow.initContainers.{name}.resources": _WAIT
        for name in ("checkDb", "installPipPackages", "waitForDbMigrations")
    },
    **{f"airflow.sync.{key}": SYNC_PODS for key in pods()},
    "airflow.localSettings.stringOverride": settings,
    "airflow.localSettings.existingSecret": settings_secret,
    "rbac.create": always("each component has the Roles it needs"),
    "rbac.events": carried("the scheduler sees the events of its pods"),
    "rbac.secrets": same_as(
        False, note="off", other=dropped("give a Role of yours: serviceAccount.token")
    ),
    "extraManifests": manifests,
    "serviceMonitor.enabled": monitor,
    "serviceMonitor.interval": MONITOR,
    "serviceMonitor.path": MONITOR,
    "serviceMonitor.selector": MONITOR,
    "prometheusRule.enabled": same_as(False, note="off", other=RULES),
    "prometheusRule.additionalLabels": RULES,
    "prometheusRule.groups": RULES,
    "airflow.executor": carried("", "executor"),
    "airflow.executors": carried("", "executors"),
}
ROOT_ACCOUNT: Table = below("serviceAccount", ACCOUNT)
