"""PgBouncer."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.official.processes import peers
from cdk8s_airflow.migration.pods import common, probe
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.resources import put_resources
from cdk8s_airflow.migration.rules import (
    always,
    below,
    carried,
    changed,
    dropped,
    is_empty,
    move,
    plain,
    same_as,
    text_map,
)
from cdk8s_airflow.migration.scaling import budget, replicas, rollout

VERIFIES = ("verify-ca", "verify-full")
_INI = "PgBouncer's file is the bundle's: pool sizes and TLS are options, else give a patch"


def start(made: Conversion) -> None:
    """Writes PgBouncer, if it is on."""
    if made.on("pgbouncer.enabled"):
        mode = plain(made.get("pgbouncer.sslmode"))
        if mode in VERIFIES and not made.get("pgbouncer.ssl.ca"):
            mode = "require"
        found = {"replicas": int(made.get("pgbouncer.replicas")), "serverTls": mode}
        made.root.put("pgbouncer", found)


def target(made: Conversion) -> Target:
    """Where its settings go."""
    data = made.out.get("pgbouncer")
    here = data if isinstance(data, dict) else {}
    return Target(made, here, "pgbouncer", "pgbouncer", "Deployment", "pgbouncer", "pgbouncer")


def _mode(target: Target, value: Any) -> Outcome:
    if target.data.get("serverTls") == plain(value):
        return Outcome("carried", "pgbouncer.serverTls")
    return Outcome("changed", "pgbouncer.serverTls", "require: there is no CA to verify by")


def _results(target: Target, value: Any) -> Outcome:
    result = target.conversion.out.get("resultBackend")
    if not result:
        return Outcome("changed", "", "Celery's results are in Redis, so there is no such pool")
    if result.get("kind") != "ExternalPostgresql":
        note = "a URL in a Secret is not pooled: give resultBackend as ExternalPostgresql"
        return Outcome("changed", "resultBackend", note)
    return Outcome("carried", target.put("resultsPoolSize", int(value)))


def _exporter(to: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        target.put("exporter.kind", "PgBouncerExporter")
        return Outcome("carried", target.put(f"exporter.{to}", value))

    return rule


def _exporter_resources(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    target.put("exporter.kind", "PgBouncerExporter")
    return put_resources("exporter.resources")(target, value)


def _certificate(part: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        made = target.conversion
        name = made.name("migrated-pgbouncer-ca")
        key = {"ca": "ca.crt", "cert": "tls.crt", "key": "tls.key"}[part]
        if part == "ca" and target.data.get("serverTls") not in VERIFIES:
            return Outcome("dead", "", "sslmode verifies no server")
        made.secret(name, key, source="pgbouncer.ssl")
        note = f"create the Secret {name} with the key {key}"
        if part == "ca":
            path = target.put("serverCa", {"kind": "SecretKey", "name": name, "key": key})
            return Outcome("secret", path, note)
        path = "database.clientCertificate"
        if (made.out.get("database") or {}).get("kind") == "ExternalPostgresql":
            made.root.put(path, name)
        return Outcome("secret", path, note)

    return rule


def _no_mount(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", "", "PgBouncer's file is the bundle's")
    return Outcome("dropped", "", _INI)


def _cluster_ip(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    return Outcome("carried", target.patch("Service", {"spec": {"clusterIP": value}}))


def _log(target: Target, value: Any) -> Outcome:
    if not value:
        return Outcome("carried", "", "not logged")
    return Outcome("dropped", "", _INI)


def _default(*values: Any) -> Rule:
    return same_as(*values, note="PgBouncer's file is the bundle's", other=dropped(_INI))


_OWN_HOOK = carried("PgBouncer lets its clients finish", "pgbouncer")
_SIDECAR: dict[str, Rule] = {
    "resources": _exporter_resources,
    "containerLifecycleHooks": dropped("give a patch of the container"),
    "extraVolumeMounts": dropped("give a patch of the container"),
    "securityContexts.container": carried("containers are hardened"),
    "sslmode": changed("the exporter asks by a socket in the pod, without password"),
    "statsSecretAnnotations": changed("the exporter has no password"),
    "statsSecretKey": changed("the exporter has no password"),
    "statsSecretName": changed("the exporter has no password"),
}


def _liveness(field: str) -> Rule:
    return lambda target, value: _exporter("livenessProbe")(target, {field: value})


for _field in ("initialDelaySeconds", "periodSeconds", "timeoutSeconds"):
    _SIDECAR[f"livenessProbe.{_field}"] = _liveness(_field)
    _SIDECAR[f"readinessProbe.{_field}"] = changed("without metrics, PgBouncer still has clients")
TABLE: Table = below(
    "pgbouncer",
    {
        **common(),
        **rollout(),
        **budget(),
        **probe("livenessProbe"),
        "enabled": lambda target, value: Outcome("carried", "pgbouncer" if truth(value) else ""),
        "replicas": replicas,
        "maxClientConn": move("maxClientConnections"),
        "metadataPoolSize": move("poolSize"),
        "resultBackendPoolSize": _results,
        "sslmode": _mode,
        "ssl.ca": _certificate("ca"),
        "ssl.cert": _certificate("cert"),
        "ssl.key": _certificate("key"),
        "ciphers": _default("normal"),
        "auth_type": _default("scram-sha-256"),
        "auth_file": _default("/etc/pgbouncer/users.txt"),
        "extraIni": dropped(_INI),
        "extraIniMetadata": dropped(_INI),
        "extraIniResultBackend": dropped(_INI),
        "configSecretName": dropped(_INI),
        "configSecretAnnotations": dropped(_INI),
        "certificatesSecretAnnotations": dropped("annotate the Secret that you create"),
        "mountConfigSecret": _no_mount,
        "logConnections": _log,
        "logDisconnections": _log,
        "verbose": _log,
        "uid": same_as(65534, note="a user without rights", other=changed("a user without rights")),
        "extraNetworkPolicies": peers,
        "service.extraAnnotations": text_map("service.annotations"),
        "service.clusterIp": _cluster_ip,
        "containerLifecycleHooks": _OWN_HOOK,
        "command": same_as(
            ["pgbouncer", "-u", "nobody", "/etc/pgbouncer/pgbouncer.ini"],
            note="the process is the same",
            other=dropped(_INI),
        ),
        "args": dropped(_INI),
        "metricsExporterSidecar.enabled": always("give pgbouncer.exporter"),
        **below("metricsExporterSidecar", _SIDECAR),
    },
)
