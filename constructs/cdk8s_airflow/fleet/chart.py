"""The chart of the servers that a fleet makes for its releases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cdk8s import App
from constructs import Construct

from cdk8s_airflow.checks.validation import validate_at_synth
from cdk8s_airflow.components.base import WAIT_SECONDS, AirflowComponent
from cdk8s_airflow.components.bootstrap import BootstrapJob
from cdk8s_airflow.components.pgbouncer_server import PgBouncerPods
from cdk8s_airflow.fleet.own_servers import FleetServers
from cdk8s_airflow.fleet.places import RELEASES
from cdk8s_airflow.fleet.pooler import SharedPooler, shared_pooler
from cdk8s_airflow.fleet.share import Share
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.named_files import NamedFiles
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.references import EnvValue, SecretKey, env_vars
from cdk8s_airflow.kubernetes.whole_chart import WholeChart
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.programs import Programs, packaged, run
from cdk8s_airflow.parts.runtime import Runtime
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.resolve import base_platform
from cdk8s_airflow.release.sizes import with_size_defaults
from cdk8s_airflow.services.login import Login
from cdk8s_airflow.services.redis import EmbeddedRedis
from cdk8s_airflow.services.redis_start import start_script_with_users

_PROGRAM = "share_servers.py"
_FOLDER, _FILE = "/etc/fleet", "releases.json"


class ServersChart(WholeChart):
    """The servers of a fleet, which become one manifest file."""

    def __init__(
        self, app: App, servers: FleetServers, defaults: AirflowProps, shares: Sequence[Share]
    ) -> None:
        """Adds the servers to the app.

        Args:
            app: the app.
            servers: the user's settings for them.
            defaults: those of the fleet, whose image, registry and network the servers have too.
            shares: what each release has of the servers.
        """
        super().__init__(app, servers.name, namespace=servers.namespace)
        validate_at_synth(self)
        policies = defaults.network_policies
        if policies:
            policies = replace(policies, extra_ingress=None, extra_egress=None, ingress_from=None)
        props = replace(defaults, network_policies=policies, exposure=None, ingress=None)
        base = base_platform(with_size_defaults(props), servers.name, servers.namespace)
        platform = replace(base, contributors=_parts(servers, defaults, shares))
        scope = Construct(self, "servers")
        for part in platform.all(Part):
            part.build(scope, platform)
        for share in shares:
            for component, client in share.clients(pooled=servers.pgbouncer is not None):
                service = servers.service(component)
                peer = Peer(host=service, port=servers.place.ports[component])
                platform.network.allowed.append((peer, client))


@dataclass(frozen=True)
class _RedisWithUsers(EmbeddedRedis):
    """A Redis whose users are made while it runs."""

    @property
    def start_script(self) -> str:
        """Starts it with the users of its last run."""
        return start_script_with_users()


def _parts(
    servers: FleetServers, defaults: AirflowProps, shares: Sequence[Share]
) -> Sequence[Part]:
    sql = replace(servers.postgresql, max_connections=servers.max_connections(shares))
    pooler = _pooler(servers, sql.login(servers.name), shares)
    redis = _RedisWithUsers(**vars(servers.redis)) if any(s.redis for s in shares) else None
    found = [
        servers.create_namespace,
        Runtime(execution_api_url=""),
        Programs(),
        sql,
        redis,
        PgBouncerPods(props=servers.pgbouncer, pooler=pooler)
        if servers.pgbouncer and pooler
        else None,
        BootstrapJob(defaults.bootstrap),
        ReleasesJob(
            sql=sql.login(servers.name), redis=redis, pooler=pooler, shares=shares,
            props=defaults.bootstrap,
        ),
    ]  # fmt: skip
    return [part for part in found if part is not None]


def _pooler(servers: FleetServers, login: Login, shares: Sequence[Share]) -> SharedPooler | None:
    if servers.pgbouncer is None:
        return None
    with_database = [(each, each.database) for each in shares if each.database]
    return shared_pooler(
        servers.name,
        servers.pgbouncer,
        login,
        [(str(sql.database), servers.pool_size(each.load)) for each, sql in with_database],
        sum(each.load.clients(results=False) for each, _ in with_database),
    )


@dataclass(frozen=True, kw_only=True)
class ReleasesJob(Part):
    """The Job that makes what the releases have on the servers."""

    sql: Login
    """PostgreSQL, and its superuser."""
    redis: EmbeddedRedis | None
    """Redis, if a release uses it."""
    pooler: SharedPooler | None
    """PgBouncer, if there is one."""
    shares: Sequence[Share]
    """What each release has."""
    props: JobProps
    """The user's settings for the pods."""

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that the Job runs."""
        return packaged(_PROGRAM)

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the Job."""
        Releases(scope, RELEASES, platform=platform, job=self)

    @property
    def plan(self) -> str:
        """What the releases have, as the program reads it."""
        return json.dumps([each.plan for each in self.shares], indent=1) + "\n"

    def environment(self, release: str) -> Iterator[tuple[str, EnvValue]]:
        """The servers to which the program connects, and its logins.

        Args:
            release: name of the servers.
        """
        for part in ("host", "port", "database", "user", "password"):
            value = getattr(self.sql, part)
            yield f"POSTGRESQL_{part.upper()}", str(value) if isinstance(value, int) else value
        if self.pooler:
            user, _, password = self.pooler.pools[0].users[0]
            yield "POOLER_USER", user
            yield "POOLER_PASSWORD", password
        if self.redis:
            host, port = self.redis.address(release)
            yield "REDIS_HOST", host
            yield "REDIS_PORT", str(port)
            yield "REDIS_PASSWORD", SecretKey(name=f"{release}-redis", key="password")


class Releases(AirflowComponent):
    """A Job that makes databases, users and their rights; it deletes none.

    It may read the passwords that releases let it read, one Secret each, and nothing else.
    """

    def __init__(self, scope: Construct, id: str, *, platform: Platform, job: ReleasesJob) -> None:
        """Adds the Job, and the list of the releases.

        Args:
            scope: the servers.
            id: its construct id.
            platform: the servers as a release.
            job: what it makes.
        """
        super().__init__(
            scope, id, platform=platform, role=Role.BOOTSTRAP, component=RELEASES, props=job.props
        )
        files = NamedFiles(
            config_map=self.name,
            labels=self.labels,
            folder=_FOLDER,
            texts={_FILE: job.plan},
            needs=lambda name, texts: {name},
        )
        peers = [Peer(host=str(job.sql.host), port=int(str(job.sql.port)))]
        if job.redis:
            host, port = job.redis.address(platform.release)
            peers.append(Peer(host=host, port=port))
        extra = PodParts(
            env=env_vars(dict(job.environment(platform.release))),
            volumes=({"name": RELEASES, "configMap": {"name": self.name}},),
            mounts=({"name": RELEASES, "mountPath": _FOLDER, "readOnly": True},),
            files={RELEASES: files},
            peers=tuple(peers),
        )
        container = Container(
            name=RELEASES,
            image=platform.image,
            command=run(_PROGRAM, WAIT_SECONDS, f"{_FOLDER}/{_FILE}"),
            resources=resources(cpu="50m", memory="128Mi", memory_limit="256Mi"),
        )
        template = self.template(
            container, props=job.props, extra=extra, api_token=True, restart_policy="Never"
        )
        workloads.job(self, self.name, self.labels, spec=job.props.spec(template))
