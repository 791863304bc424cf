"""Airflow variables out of HashiCorp Vault: an agent beside the tasks that keeps them fresh."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from constructs import Construct

from cdk8s_airflow.extension import (
    NOTHING,
    ROLES,
    RUNS_TASKS,
    ConfigMapKey,
    Container,
    Image,
    Part,
    Peer,
    Platform,
    PodParts,
    Probe,
    Props,
    Role,
    command,
    config_map,
    content_hash,
    empty_dir_volume,
    env_vars,
    http_get,
    resources,
)

NAME = "vault-agent"
PORT = 8100
CONFIG = "/opt/vault-agent/config"
TOKEN = "/opt/vault-agent/token"
CA = "/opt/vault-agent/ca"
SECRETS = "/opt/vault-agent/secrets"
VARIABLES = f"{SECRETS}/variables.json"
BACKEND = "AIRFLOW__SECRETS__BACKEND"


@dataclass(frozen=True, kw_only=True)
class VaultSecret(Props):
    """One entry of a secret in a KV engine of version 2."""

    path: str
    """Path in Vault's API, for example `secret/data/crm`."""
    key: str
    """Name of the entry."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not re.fullmatch(r"[\w-]+/data/[\w./-]+", self.path):
            raise ValueError(
                f"VaultSecret(path={self.path!r}): expected the path of a secret in Vault's API, "
                "for example 'secret/data/crm'; `vault kv get` prints it"
            )
        if not re.fullmatch(r"[A-Za-z_]\w*", self.key):
            raise ValueError(
                f"VaultSecret(key={self.key!r}): expected letters, digits and '_', which is what "
                "a template of Vault can name"
            )

    @property
    def template(self) -> str:
        """The entry as JSON, in the template language of the agent."""
        value = f"{{{{ .Data.data.{self.key} | toJSON }}}}"
        return f'{{{{ with secret "{self.path}" }}}}{value}{{{{ end }}}}'


@dataclass(frozen=True, kw_only=True)
class VaultAgent(Props, Part):
    """Airflow variables that tasks read from a file in memory, which Vault's agent writes."""

    address: str
    """Vault's address, for example `https://vault.example.com:8200`."""
    role: str
    """Role of Vault's Kubernetes auth method that the pods log in with."""
    variables: Mapping[str, VaultSecret]
    """Airflow variable -> where its value is."""
    auth_path: str = "auth/kubernetes"
    """Where the auth method is enabled."""
    audience: str = "vault"
    """For whom the token is that the pods show; the API server of the cluster refuses it."""
    ca: ConfigMapKey | None = None
    """The authority that signed Vault's certificate. Default: one that the image knows."""
    refresh_seconds: int = 300
    """Seconds after which a changed secret is there at the latest. Default 300, Vault's."""
    image: Image = Image(repository="hashicorp/vault", tag="1.21.0")
    """Image with the agent."""

    def __post_init__(self) -> None:
        super().__post_init__()
        url = urlsplit(self.address)
        if url.scheme != "https" or not url.hostname or url.path.strip("/"):
            raise ValueError(
                f"VaultAgent(address={self.address!r}): expected https://host:port, as secrets "
                "travel there"
            )
        if not self.variables:
            raise ValueError("VaultAgent(variables={}): name one, or leave the agent out")
        if self.refresh_seconds < 1:
            raise ValueError(
                f"VaultAgent(refresh_seconds={self.refresh_seconds}): expected 1 or more seconds"
            )

    def validate(self, platform: Platform) -> Iterable[str]:
        """What only the whole release shows: Airflow has one place for such a backend."""
        others = (part for part in platform.all(Part) if part is not self)
        env = [entry for part in others for entry in part.parts(Role.WORKER, platform).env]
        if any(entry.name == BACKEND for entry in env):
            yield (
                f"VaultAgent: something else sets {BACKEND}, and Airflow takes one. Connections "
                "with a credential among their parts do that: give those as a whole URI, "
                "SecretKey(...), or keep them in Vault too"
            )

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """What a pod that runs tasks gets: the file, and the agent that writes it."""
        if role not in RUNS_TASKS:
            return NOTHING
        url = urlsplit(self.address)
        ca = (self.ca.volume("vault-ca", "ca.crt"),) if self.ca else ()
        kwargs = {"variables_file_path": VARIABLES}
        return PodParts(
            env=env_vars(
                {
                    BACKEND: "airflow.secrets.local_filesystem.LocalFilesystemBackend",
                    f"{BACKEND}_KWARGS": json.dumps(kwargs),
                }
            ),
            volumes=(
                empty_dir_volume("vault-secrets", "4Mi", memory=True),
                {"name": "vault-config", "configMap": {"name": platform.name(NAME)}},
                {"name": "vault-token", "projected": {"sources": [self._token]}},
                *ca,
            ),
            mounts=(_mount("secrets", SECRETS),),
            init_containers=(self._agent("vault-agent-init", "-exit-after-auth").wire(),),
            # The pod of a single task ends with it: what the init container wrote is enough.
            sidecars=(self._lasting.wire(),) if ROLES[role].lasting else (),
            checksum_inputs={NAME: content_hash(self._config(platform))},
            peers=(Peer(host=str(url.hostname), port=url.port or 443),),
            pull_secrets=self.image.pull_secrets,
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """The ConfigMap with the agent's configuration."""
        name, labels = platform.name(NAME), platform.labels(NAME)
        data = {"agent.json": json.dumps(self._config(platform), indent=2) + "\n"}
        config_map(scope, NAME, name, labels, data=data)

    @property
    def _token(self) -> Mapping[str, object]:
        token = {"path": "token", "audience": self.audience, "expirationSeconds": 3600}
        return {"serviceAccountToken": token}

    @property
    def _lasting(self) -> Container:
        written = Probe(handler=command("test", "-s", VARIABLES), period=10)
        answers = Probe(handler=http_get("/agent/v1/metrics", NAME), period=30)
        return self._agent(NAME, port=PORT, readiness=written, liveness=answers)

    def _agent(
        self,
        name: str,
        *arguments: str,
        port: int | None = None,
        readiness: Probe | None = None,
        liveness: Probe | None = None,
    ) -> Container:
        return Container(
            name=name,
            image=self.image,
            command=("vault", "agent", f"-config={CONFIG}/agent.json", *arguments),
            ports={NAME: port} if port else {},
            env=env_vars({"HOME": "/home/vault"}),
            mounts=(
                _mount("config", CONFIG),
                _mount("token", TOKEN),
                *([_mount("ca", CA)] if self.ca else []),
                {"name": "vault-secrets", "mountPath": SECRETS},
            ),
            readiness=readiness,
            liveness=liveness,
            resources=resources(cpu="25m", memory="64Mi", memory_limit="128Mi"),
        )

    def _config(self, platform: Platform) -> Mapping[str, object]:
        """The agent's configuration; it may be JSON for HCL."""
        entries = [f"{json.dumps(key)}: {it.template}" for key, it in self.variables.items()]
        method = {
            "type": "kubernetes",
            "mount_path": self.auth_path,
            "config": {"role": self.role, "token_path": f"{TOKEN}/token"},
        }
        return {
            "vault": {"address": self.address, **({"ca_cert": f"{CA}/ca.crt"} if self.ca else {})},
            "auto_auth": {"method": method},
            "template_config": {
                "exit_on_retry_failure": True,
                "static_secret_render_interval": f"{self.refresh_seconds}s",
            },
            "template": [
                {
                    "destination": VARIABLES,
                    "contents": "{" + ", ".join(entries) + "}",
                    "error_on_missing_key": True,
                    "perms": "0640",
                }
            ],
            "listener": [
                {
                    "type": "tcp",
                    "address": f"[::]:{PORT}" if platform.ipv6 else f"0.0.0.0:{PORT}",
                    "tls_disable": True,
                    "role": "metrics_only",
                }
            ],
        }


def _mount(volume: str, path: str) -> Mapping[str, object]:
    return {"name": f"vault-{volume}", "mountPath": path, "readOnly": True}
