"""A git repository: URL, ref and credentials."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult

from cdk8s_airflow.dags.git_credentials import GitHubApp, GitSshKey, GitToken
from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.credentials import without_credentials
from cdk8s_airflow.kubernetes.labelled import OWN_CHECK
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts, total
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey, env_vars
from cdk8s_airflow.kubernetes.storage import quantity_problems

_CHECKOUT_SIZE = "4Gi"
_FOLDER = "/etc/git-secret"
# The owner is root and never the process, so that ssh accepts a key that a group may read.
_MODE = 0o440
_SCP_LIKE = re.compile(r"[\w.-]+@[\w.-]+:(?!//)\S+")
_REF = re.compile(r"(?![-/.])(?!.*\.\.)(?!.*@\{)[^\s~^:?*\[\\\x00-\x20\x7f]+(?<![/.])")
_PORTS: Mapping[str, int] = {"http": 80, "https": 443, "ssh": 22}


@dataclass(frozen=True, kw_only=True)
class GitRepository(Props):
    """The props that all DAG sources from git share."""

    repository: str = field(metadata=OWN_CHECK)
    """URL, without credentials: `https://git.example.com/team/dags.git`,
    `ssh://git@git.example.com:2222/team/dags.git` or `git@git.example.com:team/dags.git`."""
    ref: str = "main"
    """Branch, tag or full commit. Default: `main`."""
    subdirectory: str | None = None
    """Folder of the repository that holds the DAGs. Default: its root."""
    submodules: bool = False
    """Fetch its submodules too, recursively; those on the same server get the same token.
    Default: no."""
    credentials: GitToken | GitSshKey | GitHubApp | None = None
    """A token for https, a key for ssh, or, with git-sync, a GitHub App. Default: none, for public
    repositories."""
    ca: SecretKey | ConfigMapKey | None = None
    """CA certificates (PEM) for the server's certificate; they replace those of the image for this
    server. Default: those of the image."""

    size_limit: str | None = None
    """Size of the volume in each pod that holds the checkout, its `sizeLimit`, a Kubernetes
    quantity: history and all versions that runs still need included. A pod that needs more is
    evicted. Default: 4Gi."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        owner = type(self).__name__
        if self.size_limit is not None:
            yield from quantity_problems(f"{owner}.size_limit", self.size_limit)
        yield from (f"{owner}{text}" for text in self._address_problems())
        yield from (f"{owner}{text}" for text in self._path_problems())

    @property
    def default_name(self) -> str:
        """The last part of the repository's path as a name: `dags` for `.../team/dags.git`."""
        last = re.split(r"[/:]", self.repository.rstrip("/"))[-1].removesuffix(".git")
        return re.sub(r"[^a-z0-9]+", "-", last.lower()).strip("-")

    @property
    def checkout_size(self) -> str:
        """Size of the volume for its checkout."""
        return self.size_limit or _CHECKOUT_SIZE

    def path(self, name: str, file: str) -> str:
        """Path of a file of its credentials in the container: `ssh`, `known_hosts` ..."""
        return f"{_FOLDER}/{name}/{file}"

    def files(self) -> Mapping[str, SecretKey | ConfigMapKey]:
        """File name -> the key that holds its content."""
        files: dict[str, SecretKey | ConfigMapKey] = {}
        if isinstance(self.credentials, GitToken):
            files["password"] = self.credentials.token
            if isinstance(self.credentials.username, SecretKey):
                files["username"] = self.credentials.username
        elif isinstance(self.credentials, GitHubApp):
            files[GitHubApp.FILE] = self.credentials.private_key
        elif self.credentials:
            files["ssh"] = self.credentials.key
            files["known_hosts"] = self.credentials.known_hosts
        if self.ca:
            files["ca.crt"] = self.ca
        return files

    def git_config(self, name: str) -> Iterator[tuple[str, str]]:
        """Options of git for authentication and TLS: credential helper and CA file."""
        url = self._url
        server = f"{url.scheme}://{url.netloc}"
        if isinstance(self.credentials, GitToken):
            # Submodules lie at other paths of the server.
            scope = server if self.submodules else self.repository
            password = f'"`cat {self.path(name, "password")}`"'
            user = (
                shlex.quote(self.credentials.username)
                if isinstance(self.credentials.username, str)
                else f'"`cat {self.path(name, "username")}`"'
            )
            # An empty value forgets what the image or a wider scope has set.
            yield f"credential.{scope}.helper", ""
            yield (
                f"credential.{scope}.helper",
                f"!f() {{ printf 'username=%s\\npassword=%s\\n' {user} {password}; }}; f",
            )
        if self.ca:
            yield f"http.{server}.sslCAInfo", self.path(name, "ca.crt")

    @property
    def peer(self) -> Peer:
        """The git server."""
        url = self._url
        if not url.scheme:
            return Peer(host=self.repository.partition(":")[0].partition("@")[2], port=22)
        return Peer(host=url.hostname or "", port=url.port or _PORTS[url.scheme])

    @property
    def peers(self) -> tuple[Peer, ...]:
        """The git server, and who gives out its tokens."""
        app = self.credentials if isinstance(self.credentials, GitHubApp) else None
        return (self.peer, *([app.peer(self.peer.host)] if app else []))

    @property
    def _url(self) -> SplitResult:
        return split_url(self.repository)

    def _address_problems(self) -> Iterator[str]:
        where = f"(repository={without_credentials(self.repository)!r})"
        scheme = "ssh" if _SCP_LIKE.fullmatch(self.repository) else self._url.scheme
        if scheme not in ("https", "http", "ssh") or (
            "://" in self.repository and not (self._url.hostname and self._url.path.strip("/"))
        ):
            yield (
                f"{where}: expected https://HOST/PATH, ssh://USER@HOST/PATH or USER@HOST:PATH, "
                "where the pods can reach it"
            )
            return
        if scheme != "ssh" and "@" in self._url.netloc:
            yield (
                f"{where}: credentials in the URL would be readable in dist/ and in Git; use "
                "credentials=GitToken(token=SecretKey(...))"
            )
        if re.search(r"\s", self.repository) or self._url.query or self._url.fragment:
            yield f"{where}: expected a URL without spaces, query and fragment"
        if scheme == "ssh" and not isinstance(self.credentials, GitSshKey):
            yield (
                f"{where} is reached by ssh: give credentials=GitSshKey(key=SecretKey(...), "
                "known_hosts=SecretKey(...))"
            )
        if scheme != "ssh" and isinstance(self.credentials, GitSshKey):
            yield (
                f"{where} is reached by {scheme}, where a GitSshKey does nothing; give "
                "credentials=GitToken(token=SecretKey(...)), or the ssh URL of the repository"
            )
        if scheme == "http" and isinstance(self.credentials, GitToken | GitHubApp):
            yield f"{where}: the token would travel unencrypted; use https"
        if scheme != "https" and self.ca:
            yield f"{where} is reached by {scheme}, where ca= does nothing; leave it out"
        if scheme == "ssh" and self._url.password:
            yield f"{where}: ssh takes no password from a URL; leave it out"

    def _path_problems(self) -> Iterator[str]:
        if not _REF.fullmatch(self.ref):
            yield f"(ref={self.ref!r}): expected the name of a branch or tag, or a commit"
        folder = self.subdirectory
        if folder is not None and (
            not folder.strip("/") or folder.startswith("/") or ".." in folder.split("/")
        ):
            yield (
                f"(subdirectory={folder!r}): expected a path below the root of the repository, "
                "such as 'dags'; for the root itself leave it out"
            )


def access(repositories: Mapping[str, GitRepository]) -> PodParts:
    """What a container needs for git to authenticate at these repositories, by name."""
    options = [
        option
        # Where a server and one of its paths both have a helper, the later is asked.
        for name, repository in sorted(
            repositories.items(), key=lambda item: (not item[1].submodules, item[0])
        )
        for option in repository.git_config(name)
    ]
    env = {"GIT_TERMINAL_PROMPT": "0"}
    if options:
        env["GIT_CONFIG_COUNT"] = str(len(options))
    for number, (key, value) in enumerate(options):
        env[f"GIT_CONFIG_KEY_{number}"] = key
        env[f"GIT_CONFIG_VALUE_{number}"] = value
    files = (_files(name, repository) for name, repository in repositories.items())
    peers = tuple(peer for repository in repositories.values() for peer in repository.peers)
    return PodParts(env=env_vars(env), peers=peers) + total(files)


def _files(name: str, repository: GitRepository) -> PodParts:
    files = repository.files()
    if not files:
        return NOTHING
    sources = [
        {
            "secret" if isinstance(key, SecretKey) else "configMap": {
                "name": key.name,
                "items": [{"key": key.key, "path": file}],
            }
        }
        for file, key in files.items()
    ]
    volume = f"git-{name}"
    return PodParts(
        volumes=({"name": volume, "projected": {"defaultMode": _MODE, "sources": sources}},),
        mounts=({"name": volume, "mountPath": f"{_FOLDER}/{name}", "readOnly": True},),
    )
