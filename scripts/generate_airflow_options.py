"""Writes what Airflow says about its configuration options into the package.

Usage: PYTHON generate_airflow_options.py [FILE]

PYTHON is an interpreter with Airflow. Installed providers are described anew; what the file says of
providers that are not installed stays as it is, so that a small environment can check its share.
All providers of PROVIDERS, without their many dependencies, come into an environment by
    pip install --no-deps $(PYTHON generate_airflow_options.py --providers)
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "constructs/cdk8s_airflow/parts/airflow_options.json"

PREFIX = "apache-airflow-providers-"

PROVIDERS = (
    "amazon apache-hive apache-kafka celery cncf-kubernetes common-ai common-io edge3 elasticsearch"
    " fab imap keycloak microsoft-azure odbc openlineage opensearch postgres snowflake standard"
    " yandex"
).split()
"""Those with options of their own: all of the official image and the usual additions to it."""

OLDEST = (3, 0)
"""What was added up to this version is in every version that the package supports."""

UNDESCRIBED = (
    (
        "celery",
        "broker_connection_retry_on_startup",
        "providers/celery/executors/default_celery.py",
    ),
    ("core", "dbapihook_resolve_target_fields", "providers/common/sql/hooks/sql.py"),
    ("debug", "sqlalchemy_stats", "utils/orm_event_handlers.py"),
    ("scheduler", "num_stuck_in_queued_retries", "jobs/scheduler_job_runner.py"),
    ("webserver", "log_request_clock_grace", "utils/log/file_task_handler.py"),
)
"""Options that Airflow reads and describes nowhere: section, option, where it is read."""

GONE = {
    "celery_kubernetes_executor.kubernetes_queue": "Airflow 3 has no CeleryKubernetesExecutor",
    "local_kubernetes_executor.kubernetes_queue": "Airflow 3 has no LocalKubernetesExecutor",
}
"""Options that providers describe for the executors of Airflow 2."""

UNTOLD = {
    "core.donot_pickle": "DAGs are never pickled: who runs tasks reads the DAG files, see dags=",
}
"""Options of Airflow 2 that are gone without a word in Airflow's own lists."""

_ENDPOINT = "set the environment variable OTEL_EXPORTER_OTLP_ENDPOINT instead"
_CONSOLE = "set the environment variable OTEL_{}_EXPORTER=console instead"
INSTEAD = {
    "metrics.otel_debugging_on": _CONSOLE.format("METRICS"),
    "metrics.otel_host": _ENDPOINT,
    "metrics.otel_interval_milliseconds": (
        "set the environment variable OTEL_METRIC_EXPORT_INTERVAL instead"
    ),
    "metrics.otel_port": _ENDPOINT,
    "metrics.otel_service": "set the environment variable OTEL_SERVICE_NAME instead",
    "metrics.otel_ssl_active": _ENDPOINT,
    "traces.otel_debug_traces_on": "leave it out: nothing reads it any more",
    "traces.otel_debugging_on": _CONSOLE.format("TRACES"),
    "traces.otel_host": _ENDPOINT,
    "traces.otel_port": _ENDPOINT,
    "traces.otel_service": "set the environment variable OTEL_SERVICE_NAME instead",
    "traces.otel_ssl_active": _ENDPOINT,
    "core.check_slas": "deadline alerts in the DAGs take the place of SLAs",
    "smtp.smtp_password": "give the SMTP account as the connection smtp_default",
    "smtp.smtp_user": "give the SMTP account as the connection smtp_default",
}
"""What to do in place of options that are deprecated or gone without a successor."""

Section = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Writes the file, or prints the providers."""
    if arguments == ["--providers"]:
        print(*(PREFIX + provider for provider in PROVIDERS))
        return
    path = Path(arguments[0]) if arguments else FILE
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(text(described(known)))


def described(known: Mapping[str, Any]) -> dict[str, Any]:
    """What the installed Airflow says, on top of what is known of providers it does not hold."""
    airflow = importlib.import_module("airflow")
    assert airflow.__file__ is not None
    root = Path(airflow.__file__).parent
    versions: dict[str, str] = {"airflow": airflow.__version__}
    descriptions: dict[str, tuple[str, Mapping[str, Any]]] = {
        name: ("airflow", section) for name, section in core_description().items()
    }
    for provider, version, its_sections in providers():
        versions[provider] = version
        for name, description in its_sections.items():
            if name in descriptions:
                raise SystemExit(f"{descriptions[name][0]} and {provider} both describe [{name}]")
            descriptions[name] = (provider, description)

    free = free_sections(root)
    sections: dict[str, Section] = {
        name: section
        for name, section in known.get("sections", {}).items()
        if section["from"] not in versions
    }
    deprecated: dict[str, list[str]] = {}
    for name, (source, description) in descriptions.items():
        sections[name] = compact(source, description["options"], name in free)
        for option, facts in description["options"].items():
            if facts.get("version_deprecated"):
                since = facts["version_deprecated"]
                deprecated[f"{name}.{option}"] = [since, INSTEAD[f"{name}.{option}"]]
    for name, option, where in UNDESCRIBED:
        file = root / where
        if file.exists() and f'"{option}"' not in file.read_text():
            raise SystemExit(f"{where} does not read {name}.{option} any more")
        section = sections.setdefault(name, {"from": "airflow", "other": []})
        section["other"] = sorted({*section["other"], option})

    for option in GONE:
        sections.pop(option.rsplit(".", 1)[0], None)
    moved, gone = changes(sections)
    return {
        "versions": {**known.get("versions", {}), **versions},
        "sections": sections,
        "deprecated": by_section(deprecated),
        "moved": by_section(moved),
        "removed": by_section({**gone, **GONE, **UNTOLD}),
        "values": enumerations(),
    }


def core_description() -> Mapping[str, Any]:
    """The configuration template that core and Task SDK share."""
    configuration = importlib.import_module("airflow.configuration")
    description: Mapping[str, Any] = configuration.retrieve_configuration_description(
        include_providers=False
    )
    return description


def providers() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Name, version and sections of each installed provider of PROVIDERS."""
    for entry in sorted(entry_points(group="apache_airflow_provider"), key=lambda e: e.value):
        assert entry.dist is not None
        name = re.sub(r"[-_.]+", "-", entry.dist.name).removeprefix(PREFIX)
        sections = entry.load()().get("config")
        if name in PROVIDERS:
            yield name, entry.dist.version, sections
        elif sections:
            raise SystemExit(f"provider {name} has options: add it to PROVIDERS")


def free_sections(root: Path) -> set[str]:
    """Sections that Airflow reads whole, so that any key in them means something."""
    call = re.compile(r'\.getsection\(\s*"([a-z_.]+)"')
    return {name for file in root.rglob("*.py") for name in call.findall(file.read_text())}


def compact(source: str, options: Mapping[str, Any], free: bool) -> Section:
    """What the package needs to know about a section."""
    kinds = {"boolean": "boolean", "integer": "number", "float": "number"}
    section: Section = {"from": source}
    found = {
        name: "boolean" if is_switch(name, facts) else kinds.get(facts["type"], "other")
        for name, facts in options.items()
    }
    for kind in ("boolean", "number", "other"):
        section[kind] = sorted(name for name in options if found[name] == kind)
    section["whole"] = sorted(n for n, facts in options.items() if facts["type"] == "integer")
    section["positive"] = sorted(
        name
        for name, facts in options.items()
        if kinds.get(facts["type"]) == "number" and not may_be_negative(facts)
    )
    section["sensitive"] = sorted(name for name in options if options[name].get("sensitive"))
    # A provider counts its own versions, which say nothing about Airflow's.
    section["since"] = {
        name: facts["version_added"]
        for name, facts in sorted(options.items())
        if source == "airflow" and number(facts.get("version_added") or "0.0") > OLDEST
    }
    section["free"] = free
    return {key: value for key, value in section.items() if value}


def is_switch(name: str, facts: Mapping[str, Any]) -> bool:
    """Whether an option that is described as text is a boolean by its default."""
    text = str(facts.get("default")).lower()
    return text in ("true", "false") and name != "expose_config"  # it takes `non-sensitive-only`


def may_be_negative(facts: Mapping[str, Any]) -> bool:
    """Whether a number below 0 means something, by its default and its description."""
    text = f"{facts.get('default')} {facts.get('description')}"
    return re.search(r"(?<![\w.])-\d|negative", text) is not None


def enumerations() -> dict[str, dict[str, list[str]]]:
    """Section -> option -> the values that Airflow accepts."""
    parser = importlib.import_module("airflow.configuration").AirflowConfigParser
    found = {
        f"{section}.{option}": [str(getattr(value, "value", value)) for value in values]
        for (section, option), values in parser.enums_options.items()
    }
    return by_section(dict(sorted(found.items())))


def number(version: str) -> tuple[int, ...]:
    """`3.1.8` as (3, 1, 8); `3.0.0` equals `3.0`."""
    parts = [int(part) for part in version.split(".")]
    while len(parts) > 2 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def names(section: Section) -> set[str]:
    """The options of a section."""
    return {name for kind in ("boolean", "number", "other") for name in section.get(kind, ())}


def changes(
    sections: Mapping[str, Section],
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Options with another name now (and since when, where Airflow says it), and those gone."""
    parser = importlib.import_module("airflow._shared.configuration.parser").AirflowConfigParser
    command = importlib.import_module("airflow.cli.commands.config_command")
    steps: dict[str, tuple[str, str]] = {}
    gone: dict[str, str] = {}
    for change in command.CONFIGS_CHANGES:
        old = ".".join(change.config)
        if change.renamed_to:
            steps[old] = (".".join(change.renamed_to), "")
        elif change.was_removed and change.remove_if_equals is None:
            gone[old] = INSTEAD.get(old, "")
    for new, (section, option, since) in parser.deprecated_options.items():
        steps[f"{section}.{option}"] = (".".join(new), since)

    moved: dict[str, list[str]] = {}
    for old, (new, since) in steps.items():
        while new in steps:
            new = steps[new][0]
        section, option = new.rsplit(".", 1)
        if option in names(sections.get(section, {})):
            moved[old] = [new, since]
        else:
            gone.setdefault(old, INSTEAD.get(old, ""))
    return moved, gone


def by_section(facts: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """`{"core.parallelism": x}` as `{"core": {"parallelism": x}}`."""
    nested: dict[str, dict[str, Any]] = {}
    for name, fact in facts.items():
        section, option = name.rsplit(".", 1)
        nested.setdefault(section, {})[option] = fact
    return nested


def text(facts: Mapping[str, Any]) -> str:
    """JSON with a line per section, for diffs that can be read."""
    blocks = []
    for key, entries in facts.items():
        lines = (
            f"    {json.dumps(name)}: {json.dumps(entry, sort_keys=True)}"
            for name, entry in sorted(entries.items())
        )
        blocks.append(f"  {json.dumps(key)}: {{\n" + ",\n".join(lines) + "\n  }")
    return "{\n" + ",\n".join(blocks) + "\n}\n"


if __name__ == "__main__":
    main(sys.argv[1:])
