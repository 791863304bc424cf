"""What each release of a fleet has of servers that all share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from cdk8s_airflow.fleet.release import FleetRelease
from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.services.database import ExternalDatabase
from cdk8s_airflow.services.rabbitmq import ExternalRabbitmq
from cdk8s_airflow.services.redis import ExternalRedis
from cdk8s_airflow.services.redis_sentinel import RedisSentinel

_PLACE = "{name}"
_IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]{0,62}")
BROKER_SECTION = "celery_broker_transport_options"
RESULTS_SECTION = "celery_result_backend_transport_options"
PREFIX = "global_keyprefix"


@dataclass(frozen=True, kw_only=True)
class SharedServers(Props):
    """How releases of a fleet are told apart on external servers that the defaults name.

    In each text `{name}` is the name of the release; in SQL its dashes are underscores. What a
    release overrides, and servers of its own, stay as they are; so does a whole URL in a
    `SecretKey`, which is of the release's namespace.
    """

    database: str = _PLACE
    """Name of the metadata database. Default: `{name}`."""
    user: str | None = _PLACE
    """User of the databases; None: the one that the defaults name, who may read all of them.
    Default: `{name}`, so that no release can read another's."""
    result_database: str = "{name}_results"
    """Name of the database of Celery's results, where those are in SQL, and of its user. Default:
    `{name}_results`."""
    keyprefix: str = "{name}:"
    """`global_keyprefix` of all keys and channels in Redis, of queues and of results: any number of
    releases use one database, where Redis has 16 databases by default. Default: `{name}:`."""
    vhost: str = _PLACE
    """Virtual host of RabbitMQ; it has to exist. Default: `{name}`."""
    secret: str | None = None
    """Name of the Secret with the passwords, in place of those that the defaults name, for releases
    of one namespace: `{name}-servers`. Default: those of the defaults, in each namespace."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        for each in fields(SharedServers):
            value = getattr(self, each.name)
            if value is None:
                continue
            rest = value.replace(_PLACE, "")
            if rest == value or "{" in rest or "}" in rest:
                yield (
                    f"{type(self).__name__}({each.name}={value!r}): expected a text with {{name}}, "
                    "which tells the releases apart, and no other braces"
                )

    def applied(self, props: AirflowProps, release: FleetRelease) -> AirflowProps:
        """The props of a release, with its own places on shared servers.

        Args:
            props: all settings of the release.
            release: its row.

        Raises:
            ValueError: for a name that is none in SQL, or of no Secret.
        """
        own = release.overrides
        changes: dict[str, object] = {}
        if isinstance(props.database, ExternalDatabase) and "database" not in own:
            changes["database"] = self._sql(props.database, release, self.database)
        results = props.result_backend
        if isinstance(results, ExternalDatabase) and "result_backend" not in own:
            changes["result_backend"] = self._sql(results, release, self.result_database)
        sections = []
        if isinstance(props.broker, ExternalRabbitmq) and "broker" not in own:
            vhost = self.vhost.replace(_PLACE, release.name)
            changes["broker"] = self._with_secret(replace(props.broker, vhost=vhost), release)
        if isinstance(props.broker, ExternalRedis | RedisSentinel) and "broker" not in own:
            sections.append(BROKER_SECTION)
            changes["broker"] = self._with_secret(props.broker, release)
            # Results are in the broker's Redis unless another place is named.
            sections += [RESULTS_SECTION] if results is None else []
        if isinstance(results, ExternalRedis | RedisSentinel) and "result_backend" not in own:
            sections.append(RESULTS_SECTION)
            changes["result_backend"] = self._with_secret(results, release)
        if sections:
            changes["config"] = self._prefixed(props, release, sections)
        return replace(props, **changes) if changes else props  # type: ignore[arg-type]

    @property
    def _user(self) -> str | None:
        """User of the metadata database."""
        return self.user

    @property
    def _remedy(self) -> str:
        """Names that begin with a letter."""
        return "database='airflow_{name}', user='airflow_{name}'"

    def _sql(self, server: Any, release: FleetRelease, template: str) -> Any:
        def filled(text: str) -> str:
            name = text.replace(_PLACE, release.name.replace("-", "_"))
            if not _IDENTIFIER.fullmatch(name):
                raise ValueError(
                    f"release {release.name!r} of the fleet: {name!r} is no plain name of a "
                    "database or user in SQL (letters, digits and underscores, not a digit first, "
                    f"at most 63): give {type(self).__name__}({self._remedy})"
                )
            return name

        changes: dict[str, Any] = {"database": filled(template)}
        if self._user is not None:
            changes["user"] = filled(self._user if template == self.database else template)
        return self._with_secret(replace(server, **changes), release)

    def _with_secret(self, server: Any, release: FleetRelease) -> Any:
        """The server with all keys in the release's own Secret, by the names that they have."""
        if self.secret is None:
            return server
        name = self.secret.replace(_PLACE, release.name)
        refuse(object_name_problems("SharedServers.secret", name))
        changes: dict[str, Any] = {
            each.name: replace(value, name=name)
            for each in fields(server)
            if isinstance(value := getattr(server, each.name), SecretKey) and each.name != "ca"
        }
        return replace(server, **changes)

    def _prefixed(
        self, props: AirflowProps, release: FleetRelease, sections: list[str]
    ) -> Mapping[str, Any]:
        config: dict[str, Any] = dict(props.config or {})
        prefix = self.keyprefix.replace(_PLACE, release.name)
        for section in sections:
            config[section] = {PREFIX: prefix, **config.get(section, {})}
        return config
