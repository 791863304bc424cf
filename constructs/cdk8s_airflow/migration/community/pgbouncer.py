"""PgBouncer of the community's chart."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.community.pods import pods
from cdk8s_airflow.migration.community.servers import image
from cdk8s_airflow.migration.conversion import Table, Target, truth
from cdk8s_airflow.migration.pods import probe
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    dropped,
    is_empty,
    move,
    plain,
    reference,
    same_as,
)
from cdk8s_airflow.migration.scaling import budget

VERIFIES = ("verify-ca", "verify-full")
_SSL = "PgBouncer's file is the bundle's"


def _mode(target: Target, value: Any) -> Outcome:
    if plain(value) in VERIFIES and not target.old("serverSSL.caFile.existingSecret"):
        return Outcome("changed", target.put("serverTls", "require"), "there is no CA to verify by")
    return Outcome("carried", target.put("serverTls", plain(value)))


def _ca(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if plain(target.old("serverSSL.mode")) not in VERIFIES:
        return Outcome("dead", "", "serverSSL.mode verifies no server")
    key = plain(target.old("serverSSL.caFile.existingSecretKey"))
    return Outcome("carried", target.put("serverCa", reference(value, key)))


def _certificate(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    note = "a kubernetes.io/tls Secret: keys tls.crt and tls.key"
    return Outcome("changed", "database.clientCertificate", note)


_CLIENT = changed(
    "Airflow connects to PgBouncer by TLS if pgbouncer.tls names a certificate", "pgbouncer.tls"
)


PGBOUNCER: Table = below(
    "pgbouncer",
    {
        **pods(),
        **image("pgbouncer.image"),
        **probe("livenessProbe"),
        **probe("startupProbe"),
        **budget(official=False),
        "enabled": lambda target, value: Outcome("carried", "pgbouncer" if truth(value) else ""),
        "image.uid": changed("it runs as a user without rights"),
        "image.gid": changed("it runs as a user without rights"),
        "poolSize": move("poolSize"),
        "maxClientConnections": move("maxClientConnections"),
        "authType": same_as(
            "md5", "scram-sha-256", note="scram-sha-256", other=changed("scram-sha-256")
        ),
        "logConnections": same_as(0, note="not logged", other=dropped(_SSL)),
        "logDisconnections": same_as(0, note="not logged", other=dropped(_SSL)),
        "statsUsers": dropped("pgbouncer.exporter reads statistics without a password"),
        "terminationGracePeriodSeconds": move("terminationGraceSeconds"),
        "serverSSL.mode": _mode,
        "serverSSL.ciphers": same_as("normal", note="normal", other=dropped(_SSL)),
        "serverSSL.caFile.existingSecret": _ca,
        "serverSSL.caFile.existingSecretKey": carried("", "pgbouncer.serverCa"),
        "serverSSL.certFile.existingSecret": _certificate,
        "serverSSL.certFile.existingSecretKey": _certificate,
        "serverSSL.keyFile.existingSecret": _certificate,
        "serverSSL.keyFile.existingSecretKey": _certificate,
        "clientSSL.mode": same_as(
            "prefer", "disable", "allow", note="no TLS in the cluster", other=_CLIENT
        ),
        "clientSSL.ciphers": same_as("normal", note="normal", other=dropped(_SSL)),
        **{
            f"clientSSL.{file}.{key}": _CLIENT
            for file in ("caFile", "certFile", "keyFile")
            for key in ("existingSecret", "existingSecretKey")
        },
    },
)
