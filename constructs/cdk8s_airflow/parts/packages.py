"""Additional Python packages, installed when a pod starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from constructs import Construct

from cdk8s_airflow.dags.files import DagFiles, PluginsInDags
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.labelled import OWN_CHECK
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, empty_dir_volume, resources, resources_or
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.quantities import total_size
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey, env_vars
from cdk8s_airflow.kubernetes.storage import quantity_problems
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.kubernetes.workloads import config_map
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.environment import Environment
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import RUNS_AIRFLOW, RUNS_PLUGINS

_PROGRAM = "install_packages.py"
_FOLDER = "/opt/cdk8s-airflow-packages"
_COMPONENT, _TMP = "packages", "packages-tmp"
_FILE = "requirements.txt"
_WANTED = "/opt/cdk8s-airflow-requirements"
_SETTINGS = "/opt/cdk8s-airflow-pip"
_RESOURCES = resources(cpu="200m", memory="256Mi", memory_limit="1Gi", storage="1Gi")


@dataclass(frozen=True, kw_only=True)
class ExtraPackages(Props, Feature):
    """Python packages for all Airflow pods, in addition to those of the image.

    An init container, `install-packages`, installs them when a pod starts. All packages of the
    image are constraints, so Airflow's own cannot change: with a conflict the pod does not start,
    and the init container logs pip's reason. Each start needs the package index, and unpinned
    versions may differ between pods; build an image for production.
    """

    requirements: Sequence[str] = field(default=(), metadata=OWN_CHECK)
    """Requirements in pip's syntax, for example `"dbt-core==1.10.*"`. Default: none."""
    file: str | None = None
    """A requirements file, absolute or relative to the working folder of the app, which is read at
    the synth and added to `requirements`; options in it (`--index-url`, `-r` ...) are errors.
    Default: none."""
    upgradable: Sequence[str] = ()
    """Packages of the image whose version may change, for example
    `"apache-airflow-providers-amazon"`; a version that conflicts with another package of the image
    is still an error. Default: none."""
    pip_config: SecretKey | ConfigMapKey | None = None
    """A pip.conf, for your own index and its credentials; only the init container mounts it.
    Default: none, pip's defaults."""
    size_limit: str = "2Gi"
    """`sizeLimit` of the volume with the packages, a Kubernetes quantity; what pip needs to get
    there, twice that, is on a volume of its own. Default: 2Gi."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits of the init container. Default: 200m CPU, 256Mi, limit 1Gi, and 1Gi
    `ephemeral-storage`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from quantity_problems("ExtraPackages.size_limit", self.size_limit)
        if self.file is not None and not Path(self.file).is_file():
            yield (
                f"ExtraPackages(file={self.file!r}): there is no such file (working folder: "
                f"{Path.cwd().name}/); create it or give its path"
            )
            return
        if not self.wanted:
            yield (
                "ExtraPackages() names no package: give requirements=[...] or file=..., or leave "
                "extra_packages out"
            )
        for line in self.wanted:
            yield from _requirement_problems(line)

    @classmethod
    def of(cls, packages: ExtraPackages | Sequence[str]) -> ExtraPackages:
        """The `ExtraPackages` of a prop, which may be a list of requirements."""
        return packages if isinstance(packages, ExtraPackages) else cls(requirements=packages)

    @cached_property
    def wanted(self) -> Sequence[str]:
        """All requirements, those of the file included, as it was when the props were made."""
        if self.file is None:
            return tuple(self.requirements)
        text = Path(self.file).read_text("utf-8").replace("\\\n", " ")
        lines = (f" {line}".split(" #")[0].strip() for line in text.splitlines())
        return (*self.requirements, *(line for line in lines if line))

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that installs them."""
        return packaged(_PROGRAM)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The packages, read-only, and the init container that installs them."""
        if role not in RUNS_AIRFLOW:
            return NOTHING
        mount = {"name": _COMPONENT, "mountPath": _FOLDER}
        return PodParts(
            env=env_vars({"PYTHONPATH": _python_path(role, platform)}),
            volumes=(
                empty_dir_volume(_COMPONENT, self.size_limit),
                # The downloads, and a copy of all that pip installs.
                empty_dir_volume(_TMP, total_size(self.size_limit, self.size_limit)),
                {"name": "requirements", "configMap": {"name": platform.name(_COMPONENT)}},
                *self._settings.volumes,
            ),
            mounts=({**mount, "readOnly": True},),
            init_containers=(self._installer(platform, mount),),
            checksum_inputs={_COMPONENT: content_hash(self._text, length=16)},
            # An index of the user's own, which only pip knows, may do without TLS.
            peers=(Peer(port=443), *((Peer(port=80),) if self.pip_config else ())),
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the ConfigMap with the requirements to the bundle."""
        name, labels = platform.name(_COMPONENT), platform.labels(_COMPONENT)
        data = {_FILE: self._text}
        config_map(Construct(scope, _COMPONENT), "ConfigMap", name, labels, data=data)

    @property
    def _text(self) -> str:
        return "".join(f"{line}\n" for line in self.wanted)

    def _installer(self, platform: Platform, mount: Manifest) -> Manifest:
        container = Container(
            name="install-packages",
            image=platform.image,
            command=run(_PROGRAM, f"{_WANTED}/{_FILE}", _FOLDER, *self.upgradable),
            resources=resources_or(self.resources, _RESOURCES),
        )
        requirements = {"name": "requirements", "mountPath": _WANTED, "readOnly": True}
        settings = self._settings
        # The image's own pip settings must not redirect it; all that it writes goes to /tmp.
        env = env_vars({"PIP_USER": "0", "PIP_CACHE_DIR": "/tmp/pip", "HOME": "/tmp"})
        user = platform.find(Environment)
        given = {k: v for k, v in (user.env if user else {}).items() if k.startswith("PIP_")}
        tmp = {"name": _TMP, "mountPath": "/tmp"}
        inside = PodParts(env=env_vars(given)) + PodParts(
            env=(*env, *settings.env),
            mounts=(*PROGRAM_MOUNTS, tmp, requirements, mount, *settings.mounts),
        )
        return container.wire(inside + platform.helper_parts)

    @property
    def _settings(self) -> PodParts:
        key = self.pip_config
        if key is None:
            return NOTHING
        return PodParts(
            env=env_vars({"PIP_CONFIG_FILE": f"{_SETTINGS}/pip.conf"}),
            volumes=(key.volume("pip", "pip.conf"),),
            mounts=({"name": "pip", "mountPath": _SETTINGS, "readOnly": True},),
        )


def _python_path(role: Role, platform: Platform) -> str:
    """The folder of the packages, and that of modules beside the DAGs."""
    source, plugins = platform.find(DagFiles), platform.find(PluginsInDags)
    beside = source and plugins and plugins.python_path and role in RUNS_PLUGINS
    return f"{_FOLDER}:{source.root}" if source and beside else _FOLDER


def package_problems(
    packages: ExtraPackages | Sequence[str] | None, env_names: Sequence[str]
) -> list[str]:
    """The problems of `extra_packages`, alone and in combination with the environment.

    Args:
        packages: value of the prop `extra_packages`.
        env_names: names of all variables that the user sets, for any role.
    """
    if packages is None:
        return []
    try:
        ExtraPackages.of(packages)
    except ValueError as error:
        return [str(error)]
    files = sorted({"PIP_CONFIG_FILE", "PIP_CERT", "PIP_CLIENT_CERT"} & set(env_names))
    if files:
        return [
            f"env has {', '.join(files)}, a file that the container which installs extra_packages "
            "does not have: put pip's settings into ExtraPackages(pip_config=SecretKey(...)), and "
            "a CA certificate into ca_bundle="
        ]
    if "PYTHONPATH" in env_names:
        return [
            "env has PYTHONPATH, which would hide those of extra_packages: leave it out, and "
            "put modules of your own into the image or beside the DAGs"
        ]
    return []


def _requirement_problems(line: str) -> list[str]:
    from packaging.requirements import InvalidRequirement, Requirement
    from packaging.utils import canonicalize_name

    def problem(what: str) -> list[str]:
        return [f"ExtraPackages: {_without_credentials(line)!r} {what}"]

    if line.startswith("-"):
        return problem(
            "is an option of pip, not a package: list the packages themselves, and put settings of "
            "the index into a pip.conf, pip_config=SecretKey(...)"
        )
    try:
        requirement = Requirement(line)
    except InvalidRequirement as error:
        reason = str(error).splitlines()[0]
        return problem(f"is no requirement: {reason}; expected, for example, 'pandas>=2,<3'")
    if canonicalize_name(requirement.name) == "apache-airflow":
        return problem("is what the image decides: use airflow_version= and image=")
    if _without_credentials(line) != line:
        return problem(
            "holds credentials that are readable in dist/ and in Git: put them into a pip.conf "
            "or netrc in a Secret, pip_config=SecretKey(...)"
        )
    return []


def _without_credentials(line: str) -> str:
    head, separator, tail = line.partition("://")
    authority, slash, path = tail.partition("/")
    user, at, host = authority.rpartition("@")
    # `git+ssh://git@host` names a user, but no secret.
    secret = at and (":" in user or not head.endswith("ssh"))
    return f"{head}{separator}***@{host}{slash}{path}" if secret else line
