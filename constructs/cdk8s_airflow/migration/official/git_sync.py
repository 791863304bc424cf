"""git-sync: the repository, its credentials, the container."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target
from cdk8s_airflow.migration.official.dags_volume import SYNC_SECTION, VOLUME_SECTION, claim
from cdk8s_airflow.migration.official.git_sync_env import seconds, variables
from cdk8s_airflow.migration.old_values import without_credentials
from cdk8s_airflow.migration.pods import container_security, probe
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.resources import put_resources
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    config_map_reference,
    dropped,
    is_empty,
    move,
    plain,
    reference,
    same_as,
)


def git_sync(made: Conversion) -> None:
    """Writes git-sync as the source of the DAGs."""
    dags = made.root
    repository = plain(made.get(f"{SYNC_SECTION}.repo"))
    if repository.startswith("http://") or ("://" not in repository and "@" not in repository):
        made.step(f"Check the URL of the repository, `{repository}`: https or ssh is expected.")
    dags.put(
        "dags",
        {"kind": "GitSyncDags", "repository": without_credentials(repository), "ref": ref(made)},
    )
    if sub_path := made.get(f"{SYNC_SECTION}.subPath"):
        dags.put("dags.subdirectory", sub_path)
    if made.on(f"{VOLUME_SECTION}.enabled"):
        dags.put("dags.volume", claim(made))
    if secret := made.get(f"{SYNC_SECTION}.credentialsSecret"):
        token = {
            "kind": "GitToken",
            "token": reference(secret, "GITSYNC_PASSWORD"),
            "username": reference(secret, "GITSYNC_USERNAME"),
        }
        dags.put("dags.credentials", token)
    ssh = made.get(f"{SYNC_SECTION}.sshKeySecret")
    if ssh or made.get(f"{SYNC_SECTION}.sshKey"):
        name = ssh or made.name("git-ssh")
        dags.put(
            "dags.credentials",
            {
                "kind": "GitSshKey",
                "key": reference(name, "gitSshKey"),
                "knownHosts": known_hosts(made, made.get(f"{SYNC_SECTION}.knownHosts")),
            },
        )


def known_hosts(made: Conversion, text: Any) -> dict[str, str]:
    """A ConfigMap with the public keys of the git server: of the bundle, or one to create."""
    name = made.name("git-known-hosts")
    if text:
        made.manifests.append(
            {
                "apiVersion": "v1",
                "kind": "ConfigMap",
                "metadata": {"name": name},
                "data": {"known_hosts": str(text)},
            }
        )
    else:
        made.step(
            f"The old release trusted any git server. Create the ConfigMap `{name}` with its "
            "public keys: `ssh-keyscan HOST > known_hosts`, compare them with what its operator "
            "publishes, "
            f"then `kubectl create configmap {name} --from-file=known_hosts`."
        )
    return config_map_reference(name, "known_hosts")


def ref(made: Conversion) -> str:
    """What git-sync 4 takes: the branch beats ref while rev is HEAD or empty."""
    rev = plain(made.get(f"{SYNC_SECTION}.rev"))
    if rev not in ("", "HEAD") and made.given(f"{SYNC_SECTION}.rev"):
        return rev
    if made.given(f"{SYNC_SECTION}.branch") or not made.given(f"{SYNC_SECTION}.ref"):
        return plain(made.get(f"{SYNC_SECTION}.branch"))
    return plain(made.get(f"{SYNC_SECTION}.ref"))


def _repo(target: Target, value: Any) -> Outcome:
    if without_credentials(plain(value)) != plain(value):
        name = target.conversion.name("git-token")
        target.conversion.secret(name, "token", source=f"{SYNC_SECTION}.repo")
        if not target.has("credentials"):
            user = plain(value).partition("://")[2].partition("@")[0].partition(":")[0]
            token = {"kind": "GitToken", "token": reference(name, "token")}
            target.put("credentials", {**token, "username": user or "git"})
        return Outcome("secret", "dags.repository", f"create the Secret {name} with the key token")
    return Outcome("carried", "dags.repository")


def _ref(key: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        chosen = plain(target.data.get("ref"))
        if plain(value) == chosen:
            return Outcome("carried", "dags.ref")
        if key == "rev" and plain(value) in ("HEAD", ""):
            return Outcome("carried", "dags.ref", "the newest commit")
        return Outcome("dead", "", f"git-sync takes {chosen}")

    return rule


def _period(key: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        if key == "period" and target.conversion.given(f"{SYNC_SECTION}.wait"):
            return Outcome("dead", "", "wait wins")
        return Outcome("carried", target.put("period", seconds(value)))

    return rule


def _ssh_key(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    if target.conversion.get(f"{SYNC_SECTION}.sshKeySecret"):
        return Outcome("dead", "", "sshKeySecret wins")
    name = target.conversion.name("git-ssh")
    target.conversion.secret(name, "gitSshKey", source=f"{SYNC_SECTION}.sshKey")
    return Outcome(
        "secret", "dags.credentials.key", f"create the Secret {name} with the key gitSshKey"
    )


def _flag(name: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        return Outcome("carried", target.put("extraFlags", {name: plain(value)}))

    return rule


def _size(target: Target, value: Any) -> Outcome:
    limit = (value or {}).get("sizeLimit")
    if limit and not target.has("volume"):
        target.put("sizeLimit", limit)
    rest = set(value or {}) - {"sizeLimit"}
    if rest:
        return Outcome("changed", "dags.sizeLimit", "the checkout is on the disk of the node")
    return Outcome("carried", "dags.sizeLimit")


_PROBES = {
    key: changed("git-sync has the probes of the bundle", "dags")
    for name in ("livenessProbe", "readinessProbe", "startupProbe")
    for key in (name, *probe(name))
}


GIT_SYNC: Table = below(
    SYNC_SECTION,
    {
        **_PROBES,
        "repo": _repo,
        "branch": _ref("branch"),
        "ref": _ref("ref"),
        "rev": _ref("rev"),
        "subPath": move("subdirectory"),
        "depth": move("depth"),
        "wait": _period("wait"),
        "period": _period("period"),
        "maxFailures": _flag("max-failures"),
        "credentialsSecret": carried("keys GITSYNC_USERNAME and GITSYNC_PASSWORD", ".credentials"),
        "sshKeySecret": carried("key gitSshKey", ".credentials"),
        "sshKey": _ssh_key,
        "knownHosts": carried("a ConfigMap of the bundle", ".credentials.knownHosts"),
        "env": variables,
        "envFrom": dropped("name each variable in dags.env"),
        "resources": put_resources(),
        "emptyDirConfig": _size,
        "uid": same_as(65533, note="it runs as 65533", other=changed("it runs as 65533")),
        "containerName": carried("the container is git-sync"),
        "httpPort": changed("the probes hold the port of the bundle"),
        "recommendedProbeSetting": carried("git-sync has probes", "dags"),
        "extraVolumeMounts": dropped("certificates are dags.ca; else give a patch"),
        "containerLifecycleHooks": dropped("give a patch"),
        "securityContext": container_security,
        "securityContexts.container": container_security,
    },
)
