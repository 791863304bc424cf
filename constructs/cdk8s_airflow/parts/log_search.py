"""Logs of tasks that the collector of the cluster brings to Elasticsearch or OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.addresses import is_http_url, split_url
from cdk8s_airflow.kubernetes.credentials import without_credentials
from cdk8s_airflow.kubernetes.peers import ANYWHERE, Peer
from cdk8s_airflow.kubernetes.references import EnvValue, SecretKey
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.parts.remote_logs import RemoteLogs

_PORT = 9200


@dataclass(frozen=True, kw_only=True)
class _SearchLogs(RemoteLogs):
    index: str = "_all"
    """Indices to search, a pattern such as `airflow-logs-*`. Default: all, `_all`."""
    host_field: str = "host"
    """Field with the name of the pod that wrote a line, for example `kubernetes.pod_name`.
    Default: `host`, Airflow's own."""
    offset_field: str = "offset"
    """Field by which lines are in order. Airflow writes `offset`; a collector may have put it
    elsewhere. Default: `offset`."""

    def _search(self, section: str) -> Mapping[str, EnvValue]:
        """The options that both have."""
        options = {
            "WRITE_STDOUT": "True",
            "JSON_FORMAT": "True",
            "HOST_FIELD": self.host_field,
            "OFFSET_FIELD": self.offset_field,
            "INDEX_PATTERNS": self.index,
        }
        return {f"AIRFLOW__{section}__{name}": value for name, value in options.items()}


@dataclass(frozen=True, kw_only=True)
class ElasticsearchLogs(_SearchLogs):
    """Logs of tasks in Elasticsearch.

    When a task ends its log is written to the standard output of its pod too, a JSON object a line,
    for the collector of the cluster (Fluent Bit, Vector, Filebeat ...), which keeps the fields
    `log_id` and `offset` at the top level. The API server searches them by `log_id`.
    """

    host: str | SecretKey
    """URL of the server, `https://elasticsearch.example.com:9200`, without credentials; or the key
    of a whole URL with `user:password@`. A private CA is trusted by `ca_bundle=`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if isinstance(self.host, SecretKey):
            return
        if not is_http_url(self.host):
            yield (
                f"ElasticsearchLogs(host={without_credentials(self.host)!r}): expected a URL such "
                "as 'https://elasticsearch.example.com:9200'; one with a user and a password is a "
                "SecretKey"
            )

    @property
    def _options(self) -> Mapping[str, EnvValue]:
        return {"AIRFLOW__ELASTICSEARCH__HOST": self.host, **self._search("ELASTICSEARCH")}

    @property
    def _peers(self) -> tuple[Peer, ...]:
        if isinstance(self.host, SecretKey):
            return (ANYWHERE,)
        return peers_in({"host": self.host})


@dataclass(frozen=True, kw_only=True)
class OpensearchLogs(_SearchLogs):
    """Logs of tasks in OpenSearch, as in Elasticsearch; the official image lacks its provider.

    Add it by `extra_packages=["apache-airflow-providers-opensearch"]`, or in an image of yours.
    """

    host: str
    """Host name, or a URL."""
    port: int = _PORT
    """Port. Default: 9200."""
    user: SecretKey
    """User, from a Secret."""
    password: SecretKey
    """Password, from a Secret."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not 1 <= self.port <= 65535:
            yield f"OpensearchLogs(port={self.port}): expected a port from 1 to 65535"
        if "@" in self.host or not self._name:
            yield (
                f"OpensearchLogs(host={without_credentials(self.host)!r}): expected a host name, "
                "or a URL without credentials"
            )

    @property
    def _name(self) -> str:
        return split_url(self.host if "://" in self.host else f"//{self.host}").hostname or ""

    @property
    def _options(self) -> Mapping[str, EnvValue]:
        return {
            "AIRFLOW__OPENSEARCH__HOST": self.host,
            "AIRFLOW__OPENSEARCH__PORT": str(self.port),
            "AIRFLOW__OPENSEARCH__USERNAME": self.user,
            "AIRFLOW__OPENSEARCH__PASSWORD": self.password,
            **self._search("OPENSEARCH"),
        }

    @property
    def _peers(self) -> tuple[Peer, ...]:
        return (Peer(host=self._name, port=self.port),)
