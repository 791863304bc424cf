"""Many releases from one table, each in an output folder of its own."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cdk8s import App, YamlOutputType

from cdk8s_airflow.chart import AirflowChart
from cdk8s_airflow.fleet.output import (
    ONLY,
    delete_folders,
    known_folders,
    update_folder,
    write_index,
)
from cdk8s_airflow.fleet.own_servers import FleetServers
from cdk8s_airflow.fleet.release import FleetRelease
from cdk8s_airflow.fleet.servers import SharedServers
from cdk8s_airflow.fleet.share import Share
from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.sharing import placed_resources, sharing_problems

_OUTDIR = "CDK8S_OUTDIR"  # of cdk8s
_CHART_SUFFIX = ".k8s.yaml"


@dataclass(frozen=True, kw_only=True)
class Fleet(Props):
    """Releases from one table: what they share is said once, what differs stands in a row.

        Fleet(
            releases=read_table("fleet.csv"),
            defaults=AirflowProps(database=ExternalPostgresql(...), broker=ExternalRedis(...)),
        ).synth()

    writes `dist/team-7/team-7.k8s.yaml` for the row `team-7`, and so on. Each release has its own
    database, user and key prefix on the external servers of the defaults, see `SharedServers`, or
    on servers of the fleet's own, see `FleetServers`.
    """

    releases: Sequence[FleetRelease]
    """The table; `read_table` reads it from a CSV file."""
    defaults: AirflowProps = AirflowProps()
    """The settings of all releases, where a row does not say another."""
    servers: SharedServers | FleetServers | None = SharedServers()
    """How releases are told apart on external servers of the defaults, or with `FleetServers` the
    servers that the fleet makes; None: all are as the defaults say. Default: by a database, a user
    and a key prefix or virtual host for each."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not self.releases:
            yield "Fleet(releases=[]): expected at least one release"
        yield from _repeated("name", [each.name for each in self.releases])
        yield from _repeated(
            "release of a namespace",
            [f"{each.place}/{each.release_name}" for each in self.releases],
        )
        yield from _repeated("host", [each.host for each in self.releases if each.host])

    @property
    def names(self) -> list[str]:
        """The names of the releases, in the order of the table."""
        return [each.name for each in self.releases]

    def props(self, name: str) -> AirflowProps:
        """All settings of a release: the defaults, its row, its places on shared servers.

        Raises:
            ValueError: there is no such release, or its row does not fit the defaults.
        """
        found = next((each for each in self.releases if each.name == name), None)
        if found is None:
            raise ValueError(f"the fleet has no release {name!r}{nearest(name, self.names)}")
        return self._props(found)

    def add_to(self, app: App) -> dict[str, AirflowChart]:
        """Adds all releases to one app, each in its own chart, and returns the charts by name.

        For apps that do more with them; `synth` needs a fraction of the memory.

        Raises:
            ValueError: with all problems of all rows.
        """
        checked = self._checked()
        self._add_servers(app, checked)
        return {each.name: _chart(app, each, props) for each, props in checked}

    def synth(
        self,
        outdir: str | Path | None = None,
        *,
        only: Sequence[str] | None = None,
        yaml_output_type: YamlOutputType = YamlOutputType.FILE_PER_CHART,
    ) -> list[Path]:
        """Writes a folder for each release, of which only files that have changed.

        Beside them is `fleet.json`, with name, namespace and folder of each release. A folder
        whose release has left the table is deleted.

        Args:
            outdir: folder of the folders. Default: CDK8S_OUTDIR, which cdk8s sets, else `dist`.
            only: names of the releases to write; others stay as they are, and servers of the
                fleet follow the whole table. Default: those of the variable ONLY, else all.
            yaml_output_type: how the objects of a release are spread over files.

        Returns:
            The files and folders that were written or deleted.

        Raises:
            ValueError: with all problems of all rows; nothing is then written.
            RuntimeError: the validation of a release failed, or cdk8s did.
        """
        chosen = _chosen(only)
        own = self.servers.name if isinstance(self.servers, FleetServers) else None
        for name in chosen or ():
            if name != own:
                self.props(name)
        place = Path(outdir or os.environ.get(_OUTDIR) or "dist")
        place.mkdir(parents=True, exist_ok=True)
        before = known_folders(place)
        changed: list[Path] = []
        with tempfile.TemporaryDirectory(prefix="fleet-") as root:

            def app_of(name: str) -> App:
                return App(outdir=str(Path(root, name)), yaml_output_type=yaml_output_type)

            checked = self._checked()
            if own:
                app = app_of(own)
                self._add_servers(app, checked)
                app.synth()
            for release, props in checked:
                if chosen is None or release.name in chosen:
                    app = app_of(release.name)
                    _chart(app, release, props)
                    app.synth()
            for folder in sorted(Path(root).iterdir()):
                changed += update_folder(place / folder.name, folder)
        index = [*self._servers_entry(), *map(_entry, self.releases)]
        kept = {each["folder"] for each in index}
        changed += delete_folders(place, [each for each in before if each not in kept])
        return changed + write_index(place, index)

    def _props(self, release: FleetRelease) -> AirflowProps:
        props = release.applied(self.defaults)
        return self.servers.applied(props, release) if self.servers else props

    def _checked(self) -> Sequence[tuple[FleetRelease, AirflowProps]]:
        """All releases, after all were checked."""
        problems: list[str] = []
        found: list[tuple[FleetRelease, AirflowProps]] = []
        for release in self.releases:
            try:
                found.append((release, self._props(release)))
            except (TypeError, ValueError) as error:
                problems.append(str(error))
        problems += sharing_problems(
            [placed_resources(each.place, each.release_name, props) for each, props in found]
        )
        if isinstance(self.servers, FleetServers):
            problems += self.servers.problems(self.defaults, _shares(found))
        refuse(problems)
        return found

    def _add_servers(self, app: App, releases: Sequence[tuple[FleetRelease, AirflowProps]]) -> None:
        """Adds the servers of the fleet's own, if there are any."""
        if isinstance(self.servers, FleetServers):
            from cdk8s_airflow.fleet.chart import ServersChart

            ServersChart(app, self.servers, self.defaults, _shares(releases))

    def _servers_entry(self) -> Iterator[Mapping[str, str]]:
        if isinstance(self.servers, FleetServers):
            name = self.servers.name
            yield {"name": name, "namespace": self.servers.namespace, "folder": name}


def _shares(releases: Sequence[tuple[FleetRelease, AirflowProps]]) -> list[Share]:
    return [Share.of(release, props) for release, props in releases]


def _chart(app: App, release: FleetRelease, props: AirflowProps) -> AirflowChart:
    try:
        return AirflowChart(
            app, release.name, namespace=release.place, props=props, release=release.release_name
        )
    except (TypeError, ValueError) as error:
        raise ValueError(f"release {release.name!r} of the fleet: {error}") from error


def _chosen(only: Sequence[str] | None) -> list[str] | None:
    if only is None:
        said = os.environ.get(ONLY, "").replace(",", " ").split()
        return said or None
    return [only] if isinstance(only, str) else list(only)


def _entry(release: FleetRelease) -> Mapping[str, str]:
    return {"name": release.name, "namespace": release.place, "folder": release.name}


def _repeated(what: str, values: Sequence[str]) -> Iterator[str]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, value in enumerate(values, start=1):
        places[value].append(number)
    for value, numbers in places.items():
        if numbers[1:]:
            rows = ", ".join(map(str, numbers))
            yield f"Fleet: {what} {value!r} is in the rows {rows}: each release needs its own"
