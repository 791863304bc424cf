"""The interface that everything in a release implements: our own parts and those of users."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from constructs import Construct

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.props import PYTHON_ONLY
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role

IN_PYTHON = {
    PYTHON_ONLY: "an extension is a class of yours, which a values file cannot name: write main.py "
    "in Python, AirflowProps(extensions=[...]), as examples/extension/ does"
}
"""Metadata of the prop that takes parts of the user's."""


class Part:
    """One thing that a release has: its database, its DAGs, a component, an optional feature.

    Every method has a default that adds nothing. A class of yours overrides those that it needs,
    and `AirflowProps(extensions=[...])` takes it in:

        @dataclass(frozen=True)
        class Region(Part):
            name: str

            def parts(self, role: Role, platform: Platform) -> PodParts:
                if role not in RUNS_TASKS:
                    return PodParts()
                return PodParts(env=env_vars({"REGION": self.name}))

    Every answer but `build` is asked for before there is any object, so it needs no constructs; it
    may be asked for several times, and is the same each time. What one part has to say to another
    is an attribute of it, `platform.find(Kind).attribute`.
    """

    def validate(self, platform: Platform) -> Iterable[str]:
        """The problems of this part in this release, one or two sentences each.

        What the part can check alone belongs into its `__post_init__`.
        """
        return ()

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The programs that its containers run by `run()`: file name -> source, in Python."""
        return {}

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The credentials that the bootstrap Job generates for it, because the user brings none."""
        return ()

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """What it adds to a pod of this role; a change of it restarts the pod."""
        return NOTHING

    def helper_parts(self, platform: Platform) -> PodParts:
        """What it adds to init containers and sidecars that others bring into its pods."""
        return NOTHING

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds its objects to the bundle, after those of the parts before it.

        Args:
            scope: the release.
            platform: the release as its parts see it.
        """


class Feature(Part):
    """An optional part: a prop that holds one adds it to the release without further code."""


def programs_of(platform: Platform) -> Mapping[str, str]:
    """The programs that the parts of a release need: file name -> source."""
    return {
        name: source
        for part in platform.all(Part)
        for name, source in part.programs(platform).items()
    }


def generated_by(platform: Platform) -> Sequence[GeneratedSecret]:
    """The credentials that the bootstrap Job generates for the parts of a release."""
    return [secret for part in platform.all(Part) for secret in part.generated(platform)]
