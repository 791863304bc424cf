"""Writes what Airflow's providers say about connections into the package.

Usage: PYTHON generate_connection_types.py [FILE]

PYTHON is an interpreter with providers, which are not imported. Those that it has are described
anew; what the file says of others stays as it is, so that a small environment can check its share.
All of them, without their many dependencies, come into a folder for PYTHONPATH by
    pip install --no-deps --target FOLDER $(PYTHON generate_connection_types.py --providers)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "constructs/cdk8s_airflow/parts/connection_types.json"
PREFIX = "apache-airflow-providers-"
IN_IMAGE = (
    "amazon celery cncf-kubernetes common-compat common-io common-messaging common-sql docker"
    " elasticsearch fab ftp git google grpc hashicorp http microsoft-azure mysql odbc openlineage"
    " postgres redis sendgrid sftp slack smtp snowflake ssh standard"
).split()
"""The providers of the official image, by the extras of its Dockerfile."""
OTHERS = (
    "airbyte apache-cassandra apache-drill apache-druid apache-flink apache-hdfs apache-hive"
    " apache-impala apache-kafka apache-livy apache-pinot apache-spark asana atlassian-jira"
    " databricks datadog dbt-cloud discord exasol github imap influxdb jdbc jenkins"
    " microsoft-mssql microsoft-psrp microsoft-winrm mongo neo4j openai opensearch oracle pagerduty"
    " presto salesforce samba sqlite tableau telegram teradata trino vertica yandex zendesk"
).split()
"""Usual additions to it."""


def main(arguments: list[str]) -> None:
    """Writes the file, or prints what to install."""
    if "--providers" in arguments:
        print(*(f"{PREFIX}{name}" for name in (*IN_IMAGE, *OTHERS)))
        return
    path = Path(arguments[0]) if arguments else FILE
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(text(described(known)))


def described(known: Mapping[str, Any]) -> dict[str, Any]:
    """What the file says, with the installed providers described anew."""
    versions = dict(known.get("versions", {}))
    types = dict(known.get("types", {}))
    wanted = {*IN_IMAGE, *OTHERS}
    for dist in distributions():
        package = str(dist.name).replace("_", "-")
        name = package.removeprefix(PREFIX)
        if name == package or name not in wanted:
            continue
        wanted.remove(name)  # the first is the one that is imported
        versions[name] = dist.version
        types = {kind: facts for kind, facts in types.items() if facts["provider"] != name}
        types |= dict(_types(name, dist))
    # Airflow itself has these.
    for kind in ("generic", "email"):
        types.setdefault(kind, {"provider": "", "extra": [], "unused": []})
    return {"in_image": sorted(IN_IMAGE), "versions": versions, "types": types}


def _types(provider: str, dist: Distribution) -> Iterator[tuple[str, dict[str, Any]]]:
    files = [file for file in dist.files or () if file.name == "get_provider_info.py"]
    if not files:
        raise SystemExit(f"{provider} {dist.version} has no get_provider_info.py")
    names: dict[str, Any] = {}
    exec(Path(str(files[0].locate())).read_text("utf-8"), names)
    for facts in names["get_provider_info"]().get("connection-types", ()):
        hidden = (facts.get("ui-field-behaviour") or {}).get("hidden-fields") or ()
        yield (
            facts["connection-type"],
            {
                "provider": provider,
                "extra": sorted(facts.get("conn-fields") or ()),
                "unused": sorted({*hidden} - {"extra", "description"}),
            },
        )


def text(facts: Mapping[str, Any]) -> str:
    """The file, a line for each type."""
    types = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(facts["types"].items())]
    return (
        f'{{\n "in_image": {json.dumps(facts["in_image"])},\n'
        f' "versions": {json.dumps(dict(sorted(facts["versions"].items())))},\n'
        ' "types": {\n  ' + ",\n  ".join(types) + "\n }\n}\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
