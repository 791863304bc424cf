"""DAGs from git repositories, by Airflow's git DAG bundles: a run keeps its commit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cdk8s_airflow.dags.git_credentials import GitHubApp, GitSshKey
from cdk8s_airflow.dags.repository import GitRepository, access
from cdk8s_airflow.kubernetes.credentials import without_credentials
from cdk8s_airflow.kubernetes.names import dns_label_problems
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import empty_dir
from cdk8s_airflow.kubernetes.quantities import total_size
from cdk8s_airflow.kubernetes.references import EnvVar, env_vars, literal
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import READS_DAG_FILES

_STORAGE = "/opt/airflow/dag_bundles"
_CLASS = "airflow.providers.git.bundles.git.GitDagBundle"
_NAME_LIMIT = 40


@dataclass(frozen=True, kw_only=True)
class GitDags(GitRepository):
    """DAGs from a git repository, as a versioned DAG bundle of Airflow.

    A run keeps the commit that it began with; new commits are for later runs. Give `dags=` a list
    of them for several repositories. The image needs `git`, and the git provider (0.3.0 or newer
    for ssh); the official image has both.
    """

    name: str | None = None
    """Name of the bundle in Airflow; after a rename Airflow sees a new bundle. Default: the last
    part of the repository's path, `dags` for `.../team/dags.git`."""
    refresh_interval: int = 60
    """Seconds between two fetches, `refresh_interval` of the bundle; Airflow's own default is 300.
    Default: 60."""
    view_url_template: str | None = None
    """URL of a version of the code, with `{version}` for the commit and `{subdir}` for the
    subdirectory. Default: Airflow builds those of GitHub, GitLab and Bitbucket."""

    def _problems(self) -> Iterator[str]:
        found = list(super()._problems())
        yield from found
        if self.name is None and not self.default_name:
            yield (
                f"GitDags(repository={without_credentials(self.repository)!r}): no name can be "
                "made of it; give name="
            )
        elif self.name is not None or not found:
            yield from dns_label_problems("GitDags.name", self.bundle_name, limit=_NAME_LIMIT)
        if isinstance(self.credentials, GitHubApp):
            yield (
                "GitDags(credentials=GitHubApp(...)): Airflow's git bundles need a library for it "
                "that its image lacks; use GitSyncDags, or GitToken(token=SecretKey(...))"
            )
        if self.refresh_interval < 1:
            yield f"GitDags(refresh_interval={self.refresh_interval}): expected 1 or more seconds"
        template = self.view_url_template
        if template is not None and not (
            re.match(r"https?://", template)
            and {part.partition("}")[0] for part in template.split("{")[1:]}
            <= {"version", "subdir"}
        ):
            yield (
                f"GitDags(view_url_template={template!r}): expected a URL with {{version}}, and "
                "{subdir} if you like, such as 'https://git.example.com/dags/tree/{version}'"
            )

    @property
    def bundle_name(self) -> str:
        """The name of the bundle."""
        return self.name or self.default_name


def repeated_names(repositories: Sequence[GitDags]) -> Iterator[str]:
    """Problems of a list of repositories: one for each name that two of them have."""
    if not repositories:
        yield "dags is an empty list: give at least one GitDags, or leave it out"
    names = [repository.bundle_name for repository in repositories]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"dags has two GitDags named {name!r}: give each its own name="


@dataclass(frozen=True, kw_only=True)
class GitBundles(Part):
    """Airflow's git DAG bundles, for roles that parse DAGs or run tasks."""

    repositories: Sequence[GitDags]

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The bundles, their connections and credentials, and a volume for clones."""
        if role not in READS_DAG_FILES:
            return NOTHING
        storage = env_vars({"AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": _STORAGE})
        env: dict[str, str] = {}
        for repository in self.repositories:
            variable = f"AIRFLOW_CONN_{_connection_id(repository)}".upper()
            env[variable] = json.dumps(_connection(repository))
        named = {repository.bundle_name: repository for repository in self.repositories}
        size = total_size(*(repository.checkout_size for repository in self.repositories))
        clones = empty_dir("dag-bundles", _STORAGE, size)
        option = self.config(_CLASS)
        return PodParts(env=(*storage, *option, *env_vars(env))) + access(named) + clones

    def config(self, classpath: str) -> tuple[EnvVar, ...]:
        """The option with the bundles.

        Args:
            classpath: of the class that they all have.
        """
        bundles = [_bundle(repository, classpath) for repository in self.repositories]
        name = "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"
        return env_vars({name: literal(json.dumps(bundles))})


def _bundle(repository: GitDags, classpath: str) -> dict[str, object]:
    kwargs: dict[str, object] = {
        "git_conn_id": _connection_id(repository),
        "tracking_ref": repository.ref,
        "refresh_interval": repository.refresh_interval,
    }
    if repository.subdirectory:
        kwargs["subdir"] = repository.subdirectory.strip("/")
    if repository.submodules:
        kwargs["submodules"] = True
    if repository.view_url_template:
        kwargs["view_url_template"] = repository.view_url_template
    return {"name": repository.bundle_name, "classpath": classpath, "kwargs": kwargs}


def _connection_id(repository: GitDags) -> str:
    return f"git_{repository.bundle_name.replace('-', '_')}"


def _connection(repository: GitDags) -> dict[str, object]:
    """The connection without its secrets, which Kubernetes could not quote for JSON."""
    connection: dict[str, object] = {"conn_type": "git", "host": repository.repository}
    if isinstance(repository.credentials, GitSshKey):
        name = repository.bundle_name
        connection["extra"] = {
            "key_file": repository.path(name, "ssh"),
            "known_hosts_file": repository.path(name, "known_hosts"),
            "strict_host_key_checking": "yes",
        }
    return connection
