"""Kerberos, Elasticsearch and OpenSearch."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    dropped,
    is_empty,
    plain,
    reference,
)


def start(made: Conversion) -> None:
    """Writes the store of logs and Kerberos."""
    for section, kind in (("elasticsearch", "ElasticsearchLogs"), ("opensearch", "OpensearchLogs")):
        if made.on(f"{section}.enabled"):
            _store(made, section, kind)
    if made.on("kerberos.enabled"):
        made.root.put(
            "kerberos",
            {
                "principal": plain(made.get("kerberos.principal")),
                "keytab": reference(made.name("kerberos"), "airflow.keytab"),
                "config": {"kind": "ConfigMapKey", "name": made.name("krb5"), "key": "krb5.conf"},
            },
        )
        made.step(
            f"Create the Secret `{made.name('kerberos')}` with the key `airflow.keytab`, and, "
            "unless kerberos.config is in your values, "
            f"the ConfigMap `{made.name('krb5')}` with the key "
            "`krb5.conf`."
        )


def _store(made: Conversion, section: str, kind: str) -> None:
    store: dict[str, Any] = {"kind": kind}
    secret = made.get(f"{section}.secretName")
    connection = f"{section}.connection"
    scheme = plain(made.get(f"{connection}.scheme")) or "http"
    port = int(made.get(f"{connection}.port") or 9200)
    host = plain(made.get(f"{connection}.host"))
    if kind == "OpensearchLogs":
        name = secret or made.name(f"migrated-{section}")
        store["host"] = host or f"{section}.example.com"
        store |= {
            "port": port,
            "user": reference(name, "user"),
            "password": reference(name, "password"),
        }
        made.secret(name, "user", "password", source=section)
        if secret:
            made.step(f"Name the host of OpenSearch: logs.store.host; `{secret}` has it in a URL.")
    elif secret:
        store["host"] = reference(secret, "connection")
    elif made.get(f"{connection}.user"):
        name = made.name(f"migrated-{section}")
        made.secret(name, "connection", source=connection)
        store["host"] = reference(name, "connection")
    else:
        store["host"] = f"{scheme}://{host}:{port}"
    made.out.setdefault("logs", {})["store"] = store


def _part(section: str, part: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        made = target.conversion
        if made.get(f"{section}.secretName"):
            return Outcome("dead", "", f"{section}.secretName names the whole URL")
        if part in ("pass", "user") or made.get(f"{section}.connection.user"):
            name = made.name(f"migrated-{section}")
            return Outcome(
                "secret" if part == "pass" else "carried", "logs.store", f"in the Secret {name}"
            )
        return Outcome("carried", "logs.store.host")

    return rule


def _search(section: str) -> dict[str, Rule]:
    return {
        "enabled": lambda target, value: Outcome("carried", "logs.store" if truth(value) else ""),
        "secretName": carried("key connection", "logs.store"),
        "secretAnnotations": dropped("annotate the Secret that you create"),
        **{
            f"connection.{part}": _part(section, part)
            for part in ("host", "pass", "port", "scheme", "user")
        },
    }


def _krb5(target: Target, value: Any) -> Outcome:
    made = target.conversion
    text = str(value)
    if text.startswith("<text"):
        return Outcome("changed", "kerberos.config", "the chart's example: give your krb5.conf")
    return Outcome("carried", made.root.put("kerberos.config", text) if _plain(made, text) else "")


def _plain(made: Conversion, text: str) -> bool:
    made.out["kerberos"].pop("config", None)
    return bool(text)


def _keytab(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    made = target.conversion
    made.secret(made.name("kerberos"), "airflow.keytab", source="kerberos.keytabBase64Content")
    return Outcome("secret", "kerberos.keytab", f"create the Secret {made.name('kerberos')}")


def _frequency(target: Target, value: Any) -> Outcome:
    return Outcome("carried", target.conversion.root.put("kerberos.reinitFrequency", int(value)))


_PATH = changed("tasks find the ticket by KRB5CCNAME; the paths are the bundle's")
TABLE: Table = {
    **below("elasticsearch", _search("elasticsearch")),
    **below("opensearch", _search("opensearch")),
    "kerberos.enabled": lambda target, value: Outcome(
        "carried", "kerberos" if truth(value) else ""
    ),
    "kerberos.principal": carried("", "kerberos.principal"),
    "kerberos.config": _krb5,
    "kerberos.keytabBase64Content": _keytab,
    "kerberos.reinitFrequency": _frequency,
    "kerberos.ccacheFileName": _PATH,
    "kerberos.ccacheMountPath": _PATH,
    "kerberos.configPath": _PATH,
    "kerberos.keytabPath": _PATH,
}
