"""PgBouncer in a release: which databases it pools, and its checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cdk8s_airflow.components.pgbouncer import PgBouncer
from cdk8s_airflow.executors.backends import Backends
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_number
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
_PARALLELISM = 32  # Airflow's own
_SPARE = 10  # 3 for superusers, the migrations Job, a look by hand


def backends_of(props: AirflowProps) -> Backends:
    """Celery's broker and result backend; Flower gets the path of the exposure."""
    path, flower = props.exposed_by.flower_path if props.exposed_by else None, props.flower
    return Backends(
        broker=props.broker,
        result_backend=props.result_backend,
        database=props.database,
        flower=replace(flower, url_prefix=path) if flower and path else flower,
    )


def pooler_of(props: AirflowProps, release: str) -> Pooler | None:
    """The settings of PgBouncer's files; None: there is no PgBouncer."""
    if props.pgbouncer is None:
        return None
    logins = _logins(release, props.database, _results(props))
    return props.pgbouncer.pooler(release, logins, load_of(props))


def pooling_problems(release: AirflowProps, sized: AirflowProps) -> list[str]:
    """The problems of PgBouncer in combination with the databases.

    Args:
        release: the props as the user gave them.
        sized: the props with the defaults of the size.
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
    problems = []
    if logins[0].token:
        problems.append(
            "pgbouncer=PgBouncer() logs in with the passwords of its users file, and database= has "
            f"token={type(logins[0].token).__name__}(...), whose tokens end before a reload brings "
            "new ones: leave pgbouncer= out, use RDS Proxy or the like, or a user with password="
        )
    if isinstance(database, ExternalPostgresql) and database.direct_host is not None:
        problems.append(
            f"pgbouncer=PgBouncer() with database=ExternalPostgresql(host={database.host!r}, "
            f"direct_host={database.direct_host!r}): there is a pool already at host; leave one of "
            "them out"
        )
    for option, login in zip(("database", "result_backend"), logins, strict=False):
        problems += _parameters_problems(option, login, props.server_ca)
    if len(logins) == 1:
        for option in ("results_pool_size", "results_password"):
            if getattr(props, option) is not None:
                problems.append(
                    f"PgBouncer({option}=...) is of no use, as Celery's results are not in "
                    "PostgreSQL: leave it out"
                )
    problems += _tls_problems(props, logins)
    return problems + _size_problems(props, database, logins, load_of(sized))


def load_of(props: AirflowProps) -> Load:
    """The number of clients, with as many pods as autoscalers may create."""
    execution_api = props.execution_api.max_replicas if props.execution_api else 0
    bundles = 1
    if props.dag_processor.per_bundle and isinstance(props.dags, Sequence):
        bundles = len(props.dags)
    return Load(
        api_servers=props.api_server.max_replicas + execution_api,
        schedulers=props.scheduler.max_replicas,
        dag_processors=props.dag_processor.max_replicas * bundles,
        triggerers=props.triggerer.max_replicas,
        task_slots=_task_slots(props),
        engine_connections=_engine_connections(props),
    )


def _task_slots(props: AirflowProps) -> int:
    """Tasks that may run at a time, over all executors."""
    executors = props.all_executors
    slots = sum(group.max_replicas * group.concurrency for group in executors.worker_groups)
    if executors.kubernetes or executors.local:
        own = executors.local.parallelism if executors.local else None
        parallelism = option_number(props, "core", "parallelism", own or _PARALLELISM)
        slots += (parallelism or _PARALLELISM) * max(1, props.scheduler.max_replicas)
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


def _engine_connections(props: AirflowProps) -> int:
    """Connections that one Airflow process may open; many, where that has no limit."""
    size = option_number(props, "database", "sql_alchemy_pool_size", 5)
    overflow = option_number(props, "database", "sql_alchemy_max_overflow", 10)
    return size + overflow if size and overflow is not None else 100


def _parameters_problems(option: str, login: Login, server_ca: Authority | None) -> list[str]:
    """The problems of libpq parameters that PgBouncer cannot pass on."""
    known = CLIENT_SIDE | {"sslmode"} | ({"sslrootcert"} if server_ca else set())
    return [
        f"{option}=ExternalPostgresql(parameters={{{name!r}: ...}}) cannot pass pgbouncer=: "
        + _INSTEAD.get(name, "leave it out, or set it for the user: ALTER ROLE ... SET ...")
        for name in sorted(login.parameters.keys() - known)
    ]


def _tls_problems(props: PgBouncer, logins: Sequence[Login]) -> list[str]:
    modes = sorted({login.sslmode or "prefer" for login in logins})
    if props.server_tls is None and len(modes) > 1:
        return [
            f"PgBouncer has one TLS mode for all servers, but the databases have {modes}: give "
            "PgBouncer(server_tls=...)"
        ]
    mode = props.sslmode(logins)
    problems = []
    if mode in VERIFIES and props.authority(logins) is None:
        problems.append(
            f"PgBouncer with server_tls={mode!r} has no CA certificate for the server: give "
            "ExternalPostgresql(ca=SecretKey(name=..., key=...)), which reaches all that connect, "
            "or PgBouncer(server_ca=...)"
        )
    if props.server_ca and mode not in VERIFIES:
        problems.append(
            f"PgBouncer(server_ca=...) has no effect with server_tls={mode!r}: expected "
            "'verify-ca' or 'verify-full'"
        )
    if mode in VERIFIES and not props.server_ca and len({login.ca for login in logins}) > 1:
        problems.append(
            "PgBouncer has one file of authorities for all servers, but database= and "
            "result_backend= have not the same ca=: give PgBouncer(server_ca=...) with those of "
            "both"
        )
    if len({login.client_certificate for login in logins}) > 1:
        problems.append(
            "PgBouncer has one certificate for all servers, but database= and result_backend= have "
            "not the same client_certificate=: give both the same"
        )
    return problems


def _size_problems(
    props: PgBouncer, database: object, logins: Sequence[Login], load: Load
) -> list[str]:
    """A problem, if all pods may open more connections than the embedded server allows."""
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
