"""Options of airflow.cfg, from `config` or from the environment, in the words of Airflow 3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk8s_airflow.kubernetes.credentials import credential_problem, form_of
from cdk8s_airflow.migration.conversion import Target, truth
from cdk8s_airflow.migration.open_secrets import hides_login
from cdk8s_airflow.migration.own_options import OWN
from cdk8s_airflow.migration.report import Outcome, summed
from cdk8s_airflow.migration.rules import is_empty, plain, reference
from cdk8s_airflow.parts.config_check import airflow_options, check, variable

_REMOVED_SECTIONS = ("celery_kubernetes_executor", "local_kubernetes_executor")
_OLD_SECTIONS = {"kubernetes": "kubernetes_executor"}
_SECRETS = frozenset({("database", "sql_alchemy_conn"), ("core", "fernet_key")})


def put_option(
    target: Target, section: str, option: str, value: Any, *, variable: str = ""
) -> Outcome:
    """One option of Airflow.

    Args:
        target: the part of the new values it is for.
        section: its section in the old release.
        option: its name there.
        value: text, number or a reference.
        variable: the environment variable that sets it; empty: it is from `config`.
    """
    section, option = section.lower(), option.lower()
    section = _OLD_SECTIONS.get(section, section)
    new_section, new_option, note = _renamed(section, option)
    if rule := OWN.get((section, option)) or OWN.get((new_section, new_option)):
        return rule(target.conversion.root, value)
    removed = airflow_options()["removed"].get(section, {})
    if section in _REMOVED_SECTIONS or option in removed:
        reason = removed.get(option) or "it has no successor"
        return Outcome("dropped", "", f"Airflow 3 has removed [{section}] {option}: {reason}")
    made = _put(target, new_section, new_option, value, in_env=bool(variable))
    notes = "; ".join(filter(None, [note, made.note]))
    return Outcome(made.status, made.to, notes)


def _renamed(section: str, option: str) -> tuple[str, str, str]:
    """The name of an option in Airflow 3, and that it is another."""
    note = ""
    for _ in range(3):
        successor = airflow_options()["moved"].get(section, {}).get(option, ("", ""))[0]
        if not successor:
            break
        section, _, option = successor.rpartition(".")
        note = f"it is [{section}] {option} now"
    return section, option, note


def _put(target: Target, section: str, option: str, value: Any, *, in_env: bool) -> Outcome:
    version = str(target.conversion.out.get("airflowVersion", "3.3.2"))
    name = variable(section, option)
    if isinstance(value, Mapping) and "kind" in value:
        problems = check({}, [name], airflow_version=version)
        if problems:
            return Outcome("dropped", "", problems[0])
        return Outcome("carried", target.put("env", {name: value}))
    problems = check({section: {option: value}}, airflow_version=version)
    is_secret = any("is a secret" in each for each in problems)
    if is_secret or credential_problem(name, plain(value)) or hides_login(name, plain(value)):
        return _secret(target, name)
    if not problems and not form_of(plain(value)):
        if in_env:
            return Outcome("carried", target.put("env", {name: plain(value)}))
        target.conversion.root.put("config", {section: {option: value}})
        return Outcome("carried", f"config.{section}.{option}")
    if any("no such" in each for each in problems) and not check(
        {}, [name], airflow_version=version
    ):
        note = "no option of Airflow or a provider that is known here: as a variable, for a plugin"
        return Outcome("carried", target.put("env", {name: plain(value)}), note)
    return Outcome("dropped", "", problems[0].partition(": ")[2] if problems else "")


def _secret(target: Target, name: str) -> Outcome:
    made = target.conversion
    secret = made.name("environment")
    made.secret(secret, name, source="config")
    path = target.put("env", {name: reference(secret, name)})
    return Outcome("secret", path, f"create the Secret {secret} with the key {name}")


def put_config(target: Target, value: Any) -> Outcome:
    """The section `config` of the official chart; each option has an entry in the report too."""
    if is_empty(value):
        return Outcome("carried", "", "empty: nothing to set")
    outcomes = []
    for section, options in value.items():
        for option, each in (options or {}).items():
            made = _config_option(target, str(section), str(option), each)
            target.conversion.details[f"config.{section}.{option}"] = made
            outcomes.append((f"{section}.{option}", made))
    if not outcomes:
        return Outcome("carried", "", "empty: nothing to set")
    return summed(outcomes, "config")


def _config_option(target: Target, section: str, option: str, value: Any) -> Outcome:
    if value is None:
        return Outcome("carried", "", "null: Airflow's own default")
    if isinstance(value, str) and ".Values." in value:
        return Outcome("dropped", "", f"a template of the chart: {value}")
    if section == "scheduler" and option == "standalone_dag_processor" and truth(value):
        return Outcome("carried", "", "Airflow 3 always has one")
    return put_option(target, section, option, value)
