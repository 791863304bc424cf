"""Credentials in the open: refused by form and by name, never shown, with a way out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    Connection,
    DagsFolder,
    ExternalPostgresql,
    ExternalRedis,
    NotSecret,
    SecretKey,
)
from cdk8s_airflow.kubernetes.credentials import is_secret_name, without_credentials
from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.values import read_values

HIDDEN = "hunter2"
KEY = SecretKey(name="s", key="k")
GITHUB = "ghp_" + "a1B2" * 9
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijkl"
PEM = "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE" + HIDDEN

FORMS = {
    "GitHub": GITHUB,
    "GitHub, fine": "github_pat_" + "a1" * 11,
    "GitLab": "glpat-" + "a1b2" * 5,
    "Slack": "xox" + "b-1234567890-abc",
    "Slack hook": "https://hooks.slack.com/services/T000/B000/XXXX",
    "AWS": "AKIA" + "ABCDEFGH12345678",
    "Google": "AIza" + "a" * 35,
    "Azure": "DefaultEndpointsProtocol=https;AccountKey=abcdefgh12345==",
    "JSON Web Token": JWT,
    "HTTP": "Bearer abcdefghijklmnop1234",
    "basic HTTP": "Authorization: Basic dXNlcjpodW50ZXIyMTIz",
    "private key": PEM,
    "URL": f"postgresql://user:{HIDDEN}@db/airflow",
    "URL with a token": f"https://{'a1' * 12}@git.example.com/x",
    "JDBC": f"jdbc:postgresql://db/x?user=a&password={HIDDEN}",
    "SQL server": f"Server=db;User=a;Pwd={HIDDEN}",
    "libpq": f"host=db password={HIDDEN}",
    "JSON": f'{{"user": "a", "password": "{HIDDEN}"}}',
    "nested JSON": f'[{{"a": {{"apiKey": "{HIDDEN}"}}}}]',
    "Stripe": "sk_live_" + "a1" * 12,
    "npm": "npm_" + "a1" * 18,
    "Vault": "hvs." + "a1" * 12,
    "Hugging Face": "hf_" + "a1" * 17,
}

NAMES = [
    "DB_PASS", "DB_PWD", "GIT_PAT", "PASSPHRASE", "SSH_KEY_PASSPHRASE", "CREDENTIALS", "password",
    "AWS_CREDENTIALS", "API_KEY", "apiKey", "secretAccessKey", "AWS_SECRET_ACCESS_KEY", "APIKEY",
    "FERNET_KEY", "PASSWORD_PROD", "SLACK_TOKEN", "client_secret", "MYSQL_PWD", "DB-PASSWORD",
    "AIRFLOW__WORKERS__SECRETS_BACKEND_KWARG__TOKEN", "private_key", "signing_key", "dbPassword",
]  # fmt: skip
OPEN_NAMES = [
    "TOKEN_URL", "PASSWORD_FILE", "SECRET_NAME", "AWS_ACCESS_KEY_ID", "TOKEN_TTL", "KEY", "PATH_X",
    "secretName", "TOKEN_EXPIRY", "BYPASS", "COMPASS", "PATTERN", "MONKEY", "tokenEndpoint", "PWDX",
    "PRIMARY_KEY", "partition_key", "SECRET_BACKEND", "AIRFLOW__SECRETS__BACKEND_KWARGS", "PASSAGE",
    "PASSWORD_LENGTH", "CREDENTIALS_PATH", "sort_key",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_credential_by_its_form_is_refused_wherever_it_is(text: str) -> None:
    for give in (
        lambda: PodProps(env={"X": text}),
        lambda: AirflowProps(variables={"x": text}),
        lambda: AirflowProps(variables={"x": {"a": [text]}}),
        lambda: AirflowProps(config={"secrets": {"backend_kwargs": {"url": text}}}),
        lambda: Connection(conn_type="x", extra={"a": text}),
        lambda: ExternalPostgresql(
            host="a", user="a", database="a", password=KEY, parameters={"options": text}
        ),
        lambda: ExternalRedis(host="a", parameters={"x": text}),
        lambda: PodProps(
            extra_containers=[{"name": "a", "image": "a:1", "env": [{"name": "X", "value": text}]}]
        ),
    ):
        with pytest.raises(ValueError, match="looks like a credential") as refusal:
            give()
        assert HIDDEN not in str(refusal.value)
        assert text not in str(refusal.value)


@pytest.mark.parametrize("text", [t for n, t in FORMS.items() if "JSON" not in n or "Web" in n])
def test_a_credential_in_any_piece_is_refused(text: str) -> None:
    side = {"name": "a", "image": "a:1"}
    for props in (
        {"extra_containers": [{**side, "args": ["--token", text]}]},
        {"annotations": {"a": text}},
        {"lifecycle": {"preStop": {"exec": {"command": [text]}}}},
    ):
        with pytest.raises(ValueError, match="looks like a credential"):
            PodProps(**props)


@pytest.mark.parametrize("name", NAMES)
def test_a_credential_by_its_name_is_refused(name: str) -> None:
    assert is_secret_name(name)
    for give in (
        lambda: AirflowProps(env={name: HIDDEN}),
        lambda: AirflowProps(variables={"x": {name: HIDDEN}}),
        lambda: PodProps(
            extra_init_containers=[
                {"name": "a", "image": "a:1", "env": [{"name": name, "value": HIDDEN}]}
            ]
        ),
        lambda: AirflowProps(config={"secrets": {"backend_kwargs": {name: HIDDEN}}}),
    ):
        with pytest.raises(ValueError, match=r"looks like a credential \(a credential by its") as e:
            give()
        assert HIDDEN not in str(e.value)


@pytest.mark.parametrize("name", OPEN_NAMES)
def test_a_name_that_points_at_a_secret_is_none(name: str) -> None:
    assert not is_secret_name(name)
    AirflowProps(env={name: "plain"}, variables={"x": {name: "plain"}})


@pytest.mark.parametrize(
    "value",
    ["", "true", "3600", "/run/secrets/password", "$(DB_PASSWORD)", "{{ var.value.x }}", "${X}"],
)
def test_a_value_that_cannot_be_one_passes(value: str) -> None:
    PodProps(env={"DB_PASSWORD": value})


@pytest.mark.parametrize(
    "value",
    [
        "https://example.com/a@b", "git@git.example.com:a/b.git", "ssh://git@git.example.com/a",
        "postgresql://db:5432/airflow", "a" * 64, "eyJhbGciOiJIUzI1NiJ9", "Bearer of bad news",
        "-----BEGIN CERTIFICATE-----", '{"password_file": "/a"}', "postgresql://{USER}:{PASS}@db",
        "ghp_short", "s3://bucket/AKIA", "xoxb", "password", "key=value", "user:pass", "[1, 2]",
        "arn:aws:iam::123456789012:role/airflow", "10.0.0.0/8", "sha256:" + "a" * 64,
    ],
)  # fmt: skip
def test_a_text_without_credential_passes(value: str) -> None:
    PodProps(env={"X": value}, annotations={"a": value})


def test_references_pass() -> None:
    PodProps(
        env={"DB_PASSWORD": KEY},
        env_from=[{"secretRef": {"name": "password"}}],
        extra_volumes=[{"name": "token", "secret": {"secretName": "token"}}],
    )


def test_a_config_map_of_ones_own_is_checked(tmp_path: Path) -> None:
    metadata = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}
    with pytest.raises(ValueError, match=r"extra_manifests\[0\]\.data\.password looks like"):
        AirflowProps(extra_manifests=[{**metadata, "data": {"password": HIDDEN}}])
    file = tmp_path / "own.yaml"
    file.write_text(
        f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  password: {HIDDEN}\n"
    )
    (tmp_path / "a.py").touch()
    with pytest.raises(ValueError, match=r"own.yaml:5: ConfigMap 'a': data.password looks") as e:
        props = AirflowProps(dags=DagsFolder(str(tmp_path)), extra_manifests=[str(file)])
        AirflowChart(App(outdir="unused"), "af1", props=props)
    assert HIDDEN not in str(e.value)


def test_an_external_secret_is_none() -> None:
    spec = {"data": [{"secretKey": "db-password", "remoteRef": {"key": "airflow/db"}}]}
    item = {"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "spec": spec}
    AirflowProps(extra_manifests=[{**item, "metadata": {"name": "a"}}])


def test_a_false_alarm_has_a_way_out_that_a_review_sees(tmp_path: Path) -> None:
    """And it holds there alone: the same text elsewhere is refused again."""
    PodProps(env={"STYLE_TOKEN": NotSecret("no-secret-at-all")})
    (tmp_path / "values.yaml").write_text("env:\n  STYLE_PASSWORD: !not-secret plainly-none\n")
    (release,) = read_values([tmp_path / "values.yaml"], defaults=AirflowProps())
    assert release.props.env == {"STYLE_PASSWORD": "plainly-none"}
    (tmp_path / "values.yaml").write_text("env:\n  STYLE_PASSWORD: plainly-none\n")
    with pytest.raises(ValueError, match=r"values.yaml:2: .*looks like .*!not-secret") as refusal:
        read_values([tmp_path / "values.yaml"], defaults=AirflowProps())
    assert "plainly-none" not in str(refusal.value)
    with pytest.raises(ValueError, match="looks like a credential"):
        PodProps(env={"STYLE_TOKEN": "no-secret-at-all"})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("id_rsa", "x", "id_rsa is a private key by its name; move it out"),
        ("keys/tls.key", "x", "keys/tls.key is a private key by its name"),
        ("host.keytab", "x", "is a private key by its name"),
        ("server.pem", "x", "server.pem is no certificate, and so probably a private key"),
        ("a.txt", PEM, r"a.txt:1 looks like a credential \(a private key\); read it from"),
        ("b.py", f"x = 1\ntoken = '{GITHUB}'", r"b.py:2 looks like a credential \(a token of Git"),
        ("c.py", f"u = 'mysql://a:{HIDDEN}@b'", r"c.py:1 looks like .*\(a URL with a password\)"),
    ],
)
def test_a_credential_in_the_folder_of_dags_is_refused(
    name: str, text: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "a.py").touch()
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text)
    with pytest.raises(ValueError, match=message) as refusal:
        DagsFolder(str(tmp_path))
    assert HIDDEN not in str(refusal.value)


def test_files_without_credentials_pass(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "connect(host=host, password=get_password())\n"
        f"url = 'mysql://a:{HIDDEN}@b'  # pragma: allowlist secret\n"
        "key = Variable.get('api_key')\n"
    )
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    (tmp_path / "keyboard.txt").write_text("secret=1\n")
    DagsFolder(str(tmp_path))


@pytest.mark.parametrize(
    ("give", "error"),
    [
        (lambda: Connection(conn_type="x", password=HIDDEN), TypeError),  # type: ignore[arg-type]
        (lambda: AirflowProps(database=f"postgresql://u:{HIDDEN}@db"), TypeError),  # type: ignore[arg-type]
        (lambda: AirflowProps(broker=f"redis://:{HIDDEN}@db"), TypeError),  # type: ignore[arg-type]
        (lambda: AirflowProps(env=[HIDDEN]), TypeError),  # type: ignore[arg-type]
        (lambda: ExternalRedis(host=f"u:{HIDDEN}@h"), ValueError),
        (lambda: AirflowProps(base_url=f"https://u:{HIDDEN}@h"), ValueError),
    ],
)
def test_no_message_shows_what_may_be_secret(give: Any, error: type[Exception]) -> None:
    with pytest.raises(error) as refusal:
        value = give()
        AirflowChart(App(outdir="unused"), "af1", props=value)
    assert HIDDEN not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"https://u:{HIDDEN}@h/p?token=x#y", "https://...@h/p"),
        (f"https://{GITHUB}@h/p", "https://...@h/p"),
        ("https://h/p", "https://h/p"),
        ("git@h:a/b.git", "git@h:a/b.git"),
        (f"u:{HIDDEN}@h", "..."),
    ],
)
def test_urls_are_shown_without_credentials(url: str, shown: str) -> None:
    assert without_credentials(url) == shown
