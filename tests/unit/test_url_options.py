"""A URL with an impossible host or port is refused in words that name the option."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from cdk8s_airflow import (
    AirflowProps,
    Alerts,
    AuthManager,
    AwsSecretsManager,
    AzureKeyVault,
    ConfigMapKey,
    ElasticsearchLogs,
    GitDags,
    GitHubApp,
    GitSyncDags,
    Keycloak,
    Ldap,
    OAuthProvider,
    Oidc,
    OpensearchLogs,
    OpenTelemetry,
    OtlpExporter,
    S3Backups,
    S3Logs,
    SecretKey,
    Vault,
    VaultToken,
    WebserverConfig,
)
from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.release.checks import release_problems

PACKAGE = Path(__file__).resolve().parents[2] / "constructs" / "cdk8s_airflow"
KEY = SecretKey(name="s", key="k")
IMPOSSIBLE = {
    "an open bracket": "https://[::1/a",
    "a word in brackets": "https://[word]/a",
    "a port of letters": "https://host:x/a",
    "a port too high": "https://host:65536/a",
    "port 0": "https://host:0/a",
    "a letter that reads as a slash": "https://a\u2100b/a",
}
MAKERS: dict[str, Callable[[str], object]] = {
    "Alerts(runbooks=": lambda url: Alerts(runbooks=url),
    "AuthManager.urls": lambda url: AuthManager(path="a.b", urls=[url]),
    "AwsSecretsManager(endpoint_url=": lambda url: AwsSecretsManager(endpoint_url=url),
    "AzureKeyVault(vault_url=": lambda url: AzureKeyVault(vault_url=url),
    "ElasticsearchLogs(host=": lambda url: ElasticsearchLogs(host=url),
    "GitDags(repository=": lambda url: GitDags(repository=url),
    "GitSyncDags(repository=": lambda url: GitSyncDags(repository=url),
    "GitHubApp: api_url": lambda url: GitHubApp(
        private_key=KEY, installation_id=1, application_id=1, api_url=url
    ),
    "Keycloak.server_url": lambda url: Keycloak(
        server_url=url, realm="r", client_id="c", client_secret=KEY
    ),
    "Ldap(server=": lambda url: Ldap(
        server=url.replace("https", "ldaps"), search_base="dc=x", username_format="%s"
    ),
    "OAuthProvider(api_base_url=": lambda url: OAuthProvider(
        name="github", client_id="c", client_secret=KEY, api_base_url=f"{url}/"
    ),
    "Oidc(issuer=": lambda url: Oidc(issuer=url, client_id="c", client_secret=KEY),
    "OpensearchLogs(host=": lambda url: OpensearchLogs(host=url, user=KEY, password=KEY),
    "OpenTelemetry(endpoint=": lambda url: OpenTelemetry(endpoint=url),
    "OtlpExporter(endpoint=": lambda url: OtlpExporter(endpoint=url),
    "S3Backups(endpoint=": lambda url: S3Backups(bucket="backups", endpoint=url),
    "S3Logs(endpoint=": lambda url: S3Logs(bucket="logs", endpoint=url),
    "Vault(url=": lambda url: Vault(url=url, auth=VaultToken(token=KEY)),
    "WebserverConfig.urls": lambda url: WebserverConfig(
        file=ConfigMapKey(name="n", key="k"), urls=[url]
    ),
}


@pytest.mark.parametrize("form", IMPOSSIBLE)
@pytest.mark.parametrize("option", MAKERS)
def test_it_is_told_by_its_option(option: str, form: str) -> None:
    with pytest.raises(ValueError, match="expected") as caught:
        MAKERS[option](IMPOSSIBLE[form])
    named = next(line for line in str(caught.value).splitlines() if option in line)
    named = named.partition(": expected")[0]
    assert named.count("(") == named.count(")"), named


@pytest.mark.parametrize("form", IMPOSSIBLE)
def test_so_it_is_in_base_url(form: str) -> None:
    (problem,) = release_problems(AirflowProps(base_url=IMPOSSIBLE[form]))
    assert problem.startswith("base_url=")


def test_nothing_else_parses_urls_of_users() -> None:
    names = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "urllib.parse"
        if "urlsplit" in {alias.name for alias in node.names}
        if "programs" not in path.parts
    }
    # The others read what the library has written itself.
    assert names == {"kubernetes/addresses.py", "services/urls.py", "cli/cluster/ask_airflow.py"}


def test_a_url_that_can_be_one_is_split() -> None:
    found = split_url("https://[::1]:8443/a?b=c")
    assert (found.scheme, found.hostname, found.port, found.path) == ("https", "::1", 8443, "/a")
