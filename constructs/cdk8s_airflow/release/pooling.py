"""The databases of a release together: what goes through PgBouncer, and what cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cdk8s_airflow.components.pgbouncer import PgBouncer
from cdk8s_airflow.executors.backends import Backends
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.services.authority import Authority
from cdk8s_airflow.services.login import Login
from cdk8s_airflow.services.pgbouncer import CLIENT_SIDE, Pooler
from cdk8s_airflow.services.pool_sizes import Load
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql, ExternalPostgresql
from cdk8s_airflow.services.tls import VERIFIES

_CERTIFICATE = "use ExternalPostgresql(client_certificate=...), which reaches PgBouncer too"
_INSTEAD: Mapping[str, str] = {
    "sslrootcert": (
        "use ExternalPostgresql(ca=...), which reaches PgBouncer too; beside 'system' give "
        "PgBouncer(server_ca=...), whose image has other authorities"
    ),
    "sslcert": _CERTIFICATE,
    "sslkey": _CERTIFICATE,
}
_SPARE = 10  # 3 for superusers, the migrations Job, a look by hand


def backends_of(props: AirflowProps) -> Backends:
    """What Celery talks to, if there is Celery; Flower is below the path that users are led to."""
    path, flower = props.way_in.flower_path if props.way_in else None, props.flower
    return Backends(
        broker=props.broker,
        result_backend=props.result_backend,
        database=props.database,
        flower=replace(flower, url_prefix=path) if flower and path else flower,
    )


def pooler_of(props: AirflowProps, release: str) -> Pooler | None:
    """PgBouncer, as its clients and its files know it; None: there is none."""
    if props.pgbouncer is None:
        return None
    logins = _logins(release, props.database, _results(props))
    return props.pgbouncer.pooler(release, logins, _load(props))


def pooling_findings(release: AirflowProps, sized: AirflowProps) -> list[str]:
    """Whether PgBouncer, if there is one, can stand before the databases.

    Args:
        release: the props as the user gave them.
        sized: the same with what the size says.
    """
    props, database = release.pgbouncer, release.database
    if props is None:
        return []
    if isinstance(database, SecretKey):
        return [
            f"pgbouncer=PgBouncer() needs to know the server, but database={database!r} is a whole "
            "URL that nobody reads before the pods do: give its parts, "
            "ExternalPostgresql(host=..., user=..., password=SecretKey(...)), or leave "
            "pgbouncer= out"
        ]
    logins = _logins("release", database, _results(release))
    if not logins:
        return [
            f"pgbouncer=PgBouncer() speaks the protocol of PostgreSQL, and database= is "
            f"{type(database).__name__}: leave pgbouncer= out; for MySQL there is ProxySQL"
        ]
    findings = []
    for option, login in zip(("database", "result_backend"), logins, strict=False):
        findings += _parameters_findings(option, login, props.server_ca)
    if len(logins) == 1:
        for option in ("results_pool_size", "results_password"):
            if getattr(props, option) is not None:
                findings.append(
                    f"PgBouncer({option}=...) is of no use, as Celery's results are not in "
                    "PostgreSQL: leave it out"
                )
    findings += _tls_findings(props, logins)
    return findings + _size_findings(props, database, logins, _load(sized))


def _load(props: AirflowProps) -> Load:
    """The most that there can be, where an autoscaler decides."""
    execution_api = props.execution_api.most_replicas if props.execution_api else 0
    bundles = 1
    if props.dag_processor.per_bundle and isinstance(props.dags, Sequence):
        bundles = len(props.dags)
    return Load(
        api_servers=props.api_server.most_replicas + execution_api,
        schedulers=props.scheduler.most_replicas,
        dag_processors=props.dag_processor.most_replicas * bundles,
        triggerers=props.triggerer.most_replicas,
        task_slots=_task_slots(props),
        engine_connections=_engine_connections(props.config or {}),
    )


def _task_slots(props: AirflowProps) -> int:
    """Tasks that may run at a time, by all executors."""
    executors = props.all_executors
    slots = sum(group.most_replicas * group.concurrency for group in executors.worker_groups)
    if executors.kubernetes or executors.local:
        said = str((props.config or {}).get("core", {}).get("parallelism", ""))
        own = executors.local.parallelism if executors.local else None
        slots += (int(said) if said.isdigit() else own or 32) * max(
            1, props.scheduler.most_replicas
        )
    return slots


def _results(props: AirflowProps) -> object:
    return backends_of(props).results if props.all_executors.celery else None


def _logins(release: str, database: object, results: object) -> Sequence[Login]:
    """The databases that are PostgreSQL: the metadata, and the results."""
    logins = []
    if isinstance(database, EmbeddedPostgresql | ExternalPostgresql):
        logins.append(database.login(release))
    if logins and isinstance(results, EmbeddedPostgresql | ExternalPostgresql):
        logins.append(results.result_login(release))
    return logins


def _engine_connections(config: Mapping[str, Mapping[str, object]]) -> int:
    """Connections that one Airflow process may open."""
    section = config.get("database", {})
    said = [section.get("sql_alchemy_pool_size", 5), section.get("sql_alchemy_max_overflow", 10)]
    numbers = [int(str(value)) if str(value).isdigit() else -1 for value in said]
    return 100 if numbers[0] < 1 or numbers[1] < 0 else sum(numbers)


def _parameters_findings(option: str, login: Login, server_ca: Authority | None) -> list[str]:
    """What is wrong with parameters of libpq that have to pass PgBouncer."""
    known = CLIENT_SIDE | {"sslmode"} | ({"sslrootcert"} if server_ca else set())
    return [
        f"{option}=ExternalPostgresql(parameters={{{name!r}: ...}}) cannot pass pgbouncer=: "
        + _INSTEAD.get(name, "leave it out, or set it for the user: ALTER ROLE ... SET ...")
        for name in sorted(login.parameters.keys() - known)
    ]


def _tls_findings(props: PgBouncer, logins: Sequence[Login]) -> list[str]:
    said = sorted({login.sslmode or "prefer" for login in logins})
    if props.server_tls is None and len(said) > 1:
        return [
            f"PgBouncer has one TLS mode for all servers, but the databases say {said}: give "
            "PgBouncer(server_tls=...)"
        ]
    mode = props.sslmode(logins)
    findings = []
    if mode in VERIFIES and props.authority(logins) is None:
        findings.append(
            f"PgBouncer with server_tls={mode!r} has nobody who vouches for the server: give "
            "ExternalPostgresql(ca=SecretKey(name=..., key=...)), which reaches all that connect, "
            "or PgBouncer(server_ca=...)"
        )
    if props.server_ca and mode not in VERIFIES:
        findings.append(
            f"PgBouncer(server_ca=...) vouches for nobody with server_tls={mode!r}: expected "
            "'verify-ca' or 'verify-full'"
        )
    if mode in VERIFIES and not props.server_ca and len({login.ca for login in logins}) > 1:
        findings.append(
            "PgBouncer has one file of authorities for all servers, but database= and "
            "result_backend= have not the same ca=: give PgBouncer(server_ca=...) with those of "
            "both"
        )
    if len({login.client_certificate for login in logins}) > 1:
        findings.append(
            "PgBouncer has one certificate for all servers, but database= and result_backend= have "
            "not the same client_certificate=: give both the same"
        )
    return findings


def _size_findings(
    props: PgBouncer, database: object, logins: Sequence[Login], load: Load
) -> list[str]:
    """Whether the release's own server takes what all pods may open."""
    if not isinstance(database, EmbeddedPostgresql):
        return []
    here = [login for login in logins if login.host == logins[0].host]
    sizes = props.sizes(load)[: len(here)]
    pods = props.replicas + 1
    total, free = pods * sum(sizes), database.max_connections - _SPARE
    if total <= free:
        return []
    return [
        f"pgbouncer: {pods} pods (one more during a rollout) x {' + '.join(map(str, sizes))} "
        f"connections are {total}, but EmbeddedPostgresql(max_connections="
        f"{database.max_connections}) leaves {free}, as {_SPARE} are for superusers and "
        "migrations: raise it, or give PgBouncer(pool_size=...) or fewer replicas"
    ]
