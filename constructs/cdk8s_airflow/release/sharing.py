"""A queue and a metadata database are one release's: two would run each other's tasks."""

from __future__ import annotations

import re
import weakref
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

import jsii
from constructs import Construct, IConstruct, IValidation

from cdk8s_airflow.kubernetes.inherited import inherited, root_of
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.services.urls import Store, Url

_EMBEDDED = re.compile(r"^([a-z0-9-]+-(?:postgresql|redis|rabbitmq))-server(?=[.:])")
"""An embedded server by the Service for its clients; it answers by its headless one as well."""
_IN_THE_POD = re.compile(r"(localhost|127\.[0-9.]+|\[::1\]):")
_CLUSTERS = "releases of different clusters belong into an app for each cluster"


class Server(Protocol):
    """A database or broker."""

    def url(self, release: str) -> Url:
        """How a release reaches it."""
        ...


class _Place(NamedTuple):
    """What one release alone may use: a database, or a queue of a broker."""

    store: Store
    apart: str
    queue: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Claim:
    """What a release uses of servers that others may know, too."""

    scope: Construct
    """The chart of the release, or a construct in it."""
    release: str
    """Its name."""
    database: Url
    """Its metadata database."""
    schema: str = ""
    """The schema in it; default: that of the user."""
    broker: Url | None = None
    """Its broker; default: it needs none."""
    prefix: str = ""
    """What the names of its queues begin with in the broker."""
    queues: frozenset[str] = frozenset()
    """The queues that it fills or serves."""

    def __str__(self) -> str:
        """As messages name it."""
        return f"{self.release!r} (namespace {self.namespace!r})"

    @property
    def namespace(self) -> str:
        """Where its pods are. Asking for it may take time, so only those in doubt are asked."""
        return inherited(self.scope).namespace or ""

    @property
    def places(self) -> Iterator[_Place]:
        """All that it claims."""
        for store in _one_name(self.database):
            yield _Place(store, self.schema, "")
        for store in _one_name(self.broker) if self.broker else ():
            for queue in self.queues:
                yield _Place(store, self.prefix, queue)


def _one_name(url: Url) -> set[Store]:
    """Where data are, with one name for each embedded server."""
    return {_EMBEDDED.sub(r"\1", at) if isinstance(at, str) else at for at in url.stores}


def claim(scope: Construct, props: AirflowProps, release: str) -> Claim:
    """What a release claims."""

    def said(section: str, option: str, default: str = "") -> str:
        by_env = (props.env or {}).get(f"AIRFLOW__{section}__{option}".upper())
        value = (props.config or {}).get(section, {}).get(option, default)
        return str(value if by_env is None else by_env)

    served = {queue for group in props.all_executors.worker_groups for queue in group.queues}
    return Claim(
        scope=scope,
        release=release,
        database=_url(props.database, release),
        schema=said("database", "sql_alchemy_schema"),
        broker=_url(props.broker, release) if props.all_executors.celery else None,
        prefix=said("celery_broker_transport_options", "global_keyprefix"),
        queues=frozenset({*served, said("operators", "default_queue", "default")}),
    )


_Claims: TypeAlias = tuple[Claim, ...]


def _url(server: Server | SecretKey, release: str) -> Url:
    return Url(template=server) if isinstance(server, SecretKey) else server.url(release)


@jsii.implements(IValidation)
class _Sharing:
    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self._seen = 0
        self._findings: list[str] = []

    def validate(self) -> list[str]:
        """Asked once for each chart of a synth, so it looks again only after new releases."""
        if self._seen != len(self.claims):
            self._seen = len(self.claims)
            self._findings = sorted(_findings(self.claims))
        return self._findings


def _findings(claims: Sequence[Claim]) -> Iterator[str]:
    users: defaultdict[_Place, list[Claim]] = defaultdict(list)
    for claim in claims:
        for place in claim.places:
            users[place].append(claim)
    shared: defaultdict[tuple[_Claims, bool], list[_Place]] = defaultdict(list)
    for place, those in users.items():
        for together in _who_mean_the_same(place.store, those) if those[1:] else ():
            shared[together, bool(place.queue)].append(place)
    for (together, broker), places in shared.items():
        yield _broker_text(together, places) if broker else _database_text(together, places)


def _who_mean_the_same(store: Store, claims: Sequence[Claim]) -> Iterator[_Claims]:
    """Short names and Secrets are looked up in the namespace of the pod."""
    if isinstance(store, str) and _IN_THE_POD.match(store):
        return
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    local = isinstance(store, SecretKey) or re.match(r"[^.\[]+:", store)
    for claim in claims:
        groups[claim.namespace if local else ""].append(claim)
    for group in groups.values():
        if group[1:]:
            yield tuple(group)


def _broker_text(claims: _Claims, places: Sequence[_Place]) -> str:
    queues = sorted({repr(place.queue) for place in places})
    return (
        f"releases {_listed(claims)} share the queue{'s' * (len(queues) > 1)} {', '.join(queues)} "
        f"in broker {_spelled(places)}: the workers of one would take the tasks of the other; give "
        "each its own database= or vhost= (its own URL, where a Secret holds it), or its own "
        "queues, by WorkerGroup(queues=...) and config={'operators': {'default_queue': ...}}; "
        f"{_CLUSTERS}"
    )


def _database_text(claims: _Claims, places: Sequence[_Place]) -> str:
    return (
        f"releases {_listed(claims)} have one metadata database, {_spelled(places)}: the scheduler "
        "of one would run the DAGs of the other; give each its own database= (its own URL, where "
        f"a Secret holds it); {_CLUSTERS}"
    )


def _listed(claims: _Claims) -> str:
    *most, last = map(str, claims)
    return f"{', '.join(most)} and {last}"


def _spelled(places: Sequence[_Place]) -> str:
    stores = (place.store for place in places)
    return min(
        f"key {s.key!r} of Secret {s.name!r}" if isinstance(s, SecretKey) else s for s in stores
    )


_by_app: weakref.WeakKeyDictionary[IConstruct, _Sharing] = weakref.WeakKeyDictionary()


def check_sharing(claim: Claim) -> None:
    """Makes the synth fail when two releases of the app claim one queue or metadata database.

    Servers are compared as they are spelled: two names of one host are not seen through, but those
    of embedded servers.
    """
    root = root_of(claim.scope)
    if root not in _by_app:
        _by_app[root] = _Sharing()
        root.node.add_validation(_by_app[root])
    _by_app[root].claims.append(claim)
