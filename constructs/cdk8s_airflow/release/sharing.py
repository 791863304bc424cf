"""A validation that no two releases share a metadata database or a queue of a broker."""

from __future__ import annotations

import re
import weakref
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

import jsii
from constructs import Construct, IConstruct, IValidation

from cdk8s_airflow.kubernetes.inherited import inherited, root_of
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_value
from cdk8s_airflow.services.urls import Store, Url

_EMBEDDED = re.compile(r"^([a-z0-9-]+-(?:postgresql|redis|rabbitmq))-server(?=[.:])")
"""The client Service of an embedded server, which has a headless Service too."""
_IN_THE_POD = re.compile(r"(localhost|127\.[0-9.]+|\[::1\]):")
_CLUSTERS = "releases of different clusters belong into an app for each cluster"


class Server(Protocol):
    """A database or broker."""

    def url(self, release: str) -> Url:
        """The URL by which a release connects."""
        ...


class _Resource(NamedTuple):
    """What only one release may use: a database, or a queue of a broker."""

    store: Store
    prefix: str
    queue: str


@dataclass(frozen=True, eq=False, kw_only=True)
class SharedResources:
    """The database and queues of a release, on servers that other releases may use too."""

    scope: Construct | None
    """The chart of the release, or a construct in it."""
    release: str
    """Its name."""
    database: Url
    """Its metadata database."""
    schema: str = ""
    """Its schema. Default: that of the user."""
    broker: Url | None = None
    """Its broker. Default: none."""
    prefix: str = ""
    """The prefix of its queues in the broker."""
    queues: frozenset[str] = frozenset()
    """The queues that it uses."""

    def __str__(self) -> str:
        """The release in messages."""
        return f"{self.release!r} (namespace {self.namespace!r})"

    @property
    def namespace(self) -> str:
        """Where its pods are. Asking for it may take time, so only those in doubt are asked."""
        return (inherited(self.scope).namespace if self.scope else None) or ""

    @property
    def resources(self) -> Iterator[_Resource]:
        """All that no other release may use."""
        for store in _canonical_stores(self.database):
            yield _Resource(store, self.schema, "")
        for store in _canonical_stores(self.broker) if self.broker else ():
            for queue in self.queues:
                yield _Resource(store, self.prefix, queue)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Placed(SharedResources):
    """Resources of a release that has no chart yet."""

    place: str

    @property
    def namespace(self) -> str:
        """Where its pods will be."""
        return self.place


def _canonical_stores(url: Url) -> set[Store]:
    """The stores of a URL, with one name for each embedded server."""
    return {_EMBEDDED.sub(r"\1", at) if isinstance(at, str) else at for at in url.stores}


def shared_resources(scope: Construct, props: AirflowProps, release: str) -> SharedResources:
    """The database and queues of a release."""
    return SharedResources(scope=scope, **_used(props, release))


def placed_resources(namespace: str, release: str, props: AirflowProps) -> SharedResources:
    """The same before there is a chart.

    Args:
        namespace: where its pods will be.
        release: its name.
        props: all settings.
    """
    return _Placed(scope=None, place=namespace, **_used(props, release))


def sharing_problems(releases: Sequence[SharedResources]) -> list[str]:
    """What any two of the releases have in common and may not, sorted."""
    return sorted(_problems(releases))


def _used(props: AirflowProps, release: str) -> Mapping[str, Any]:
    """What a release uses, by the fields of `SharedResources`."""

    def text(section: str, option: str, default: str = "") -> str:
        value = option_value(props, section, option)
        return default if value is None else str(value)

    served = {queue for group in props.all_executors.worker_groups for queue in group.queues}
    return {
        "release": release,
        "database": _url(props.database, release),
        "schema": text("database", "sql_alchemy_schema"),
        "broker": _url(props.broker, release) if props.all_executors.celery else None,
        "prefix": text("celery_broker_transport_options", "global_keyprefix"),
        "queues": frozenset({*served, text("operators", "default_queue", "default")}),
    }


_Releases: TypeAlias = tuple[SharedResources, ...]


def _url(server: Server | SecretKey, release: str) -> Url:
    return Url(template=server) if isinstance(server, SecretKey) else server.url(release)


@jsii.implements(IValidation)
class _SharingValidation:
    def __init__(self) -> None:
        self.releases: list[SharedResources] = []
        self._seen = 0
        self._problems: list[str] = []

    def validate(self) -> list[str]:
        """The problems; searched again only after new releases, as each chart of an app asks."""
        if self._seen != len(self.releases):
            self._seen = len(self.releases)
            self._problems = sharing_problems(self.releases)
        return self._problems


def _problems(releases: Sequence[SharedResources]) -> Iterator[str]:
    by_resource: defaultdict[_Resource, list[SharedResources]] = defaultdict(list)
    for used in releases:
        for resource in used.resources:
            by_resource[resource].append(used)
    by_group: defaultdict[tuple[_Releases, bool], list[_Resource]] = defaultdict(list)
    for resource, sharing in by_resource.items():
        for group in _with_same_server(resource.store, sharing) if sharing[1:] else ():
            by_group[group, bool(resource.queue)].append(resource)
    for (group, broker), resources in by_group.items():
        yield _broker_text(group, resources) if broker else _database_text(group, resources)


def _with_same_server(store: Store, releases: Sequence[SharedResources]) -> Iterator[_Releases]:
    """The releases that mean the same server: short names and Secrets belong to a namespace."""
    if isinstance(store, str) and _IN_THE_POD.match(store):
        return
    groups: defaultdict[str, list[SharedResources]] = defaultdict(list)
    local = isinstance(store, SecretKey) or "{" in store or re.match(r"[^.\[]+:", store)
    for used in releases:
        groups[used.namespace if local else ""].append(used)
    for group in groups.values():
        if group[1:]:
            yield tuple(group)


def _broker_text(releases: _Releases, resources: Sequence[_Resource]) -> str:
    queues = sorted({repr(resource.queue) for resource in resources})
    return (
        f"releases {_format_releases(releases)} share the queue{'s' * (len(queues) > 1)} "
        f"{', '.join(queues)} in broker {_format_store(resources)}: the workers of one would take "
        "the tasks of the other; give each its own database= or vhost= (its own URL, where a "
        "Secret holds it), or its own queues, by WorkerGroup(queues=...) and "
        "config={'operators': {'default_queue': ...}}; "
        f"{_CLUSTERS}"
    )


def _database_text(releases: _Releases, resources: Sequence[_Resource]) -> str:
    return (
        f"releases {_format_releases(releases)} have one metadata database, "
        f"{_format_store(resources)}: the scheduler of one would run the DAGs of the other; give "
        f"each its own database= (its own URL, where a Secret holds it); {_CLUSTERS}"
    )


def _format_releases(releases: _Releases) -> str:
    *most, last = map(str, releases)
    return f"{', '.join(most)} and {last}"


def _format_store(resources: Sequence[_Resource]) -> str:
    stores = (resource.store for resource in resources)
    return min(
        f"key {s.key!r} of Secret {s.name!r}" if isinstance(s, SecretKey) else s for s in stores
    )


_by_app: weakref.WeakKeyDictionary[IConstruct, _SharingValidation] = weakref.WeakKeyDictionary()


def check_sharing(used: SharedResources) -> None:
    """Fails the synth when two releases of the app share a queue or a metadata database.

    Servers are compared by name: two names of one host are not noticed, except those of embedded
    servers.
    """
    assert used.scope is not None
    root = root_of(used.scope)
    if root not in _by_app:
        _by_app[root] = _SharingValidation()
        root.node.add_validation(_by_app[root])
    _by_app[root].releases.append(used)
