"""Images by digest: the option, and the script that looks digests up in a registry."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import image_digests
import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    GitSyncDags,
    ImageDigests,
    KubernetesExecutor,
    PgBouncer,
    Registry,
    VolumeClaim,
)
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import read_values

ROOT = Path(__file__).resolve().parents[2]
DAGS = DagsFolder(str(ROOT / "dags"))
ONE, TWO = f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"
USED = ("apache/airflow:3.3.2", "postgres:17.6", "redis:7.2.11")
"""The images of the default bundle."""


def file_of(folder: Path, *images: str, digest: str = ONE) -> str:
    file = folder / "images.yaml"
    file.write_text("# Ours.\n\n" + "".join(f"{image}: {digest}\n" for image in images))
    return str(file)


def images_of(tmp_path: Path, **props: Any) -> set[str]:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(**{"dags": DAGS, **props}))

    bundle = synthesize(build, tmp_path)
    return {container["image"] for pod in bundle.pods for container in pod.containers}


def test_images_are_named_by_digest(tmp_path: Path) -> None:
    assert images_of(tmp_path) == set(USED)
    pins = ImageDigests(file_of(tmp_path, *USED))
    expected = {f"{image.partition(':')[0]}@{ONE}" for image in USED}
    assert images_of(tmp_path, image_digests=pins) == expected


def test_an_image_without_a_digest_keeps_its_tag(tmp_path: Path) -> None:
    pins = ImageDigests(file_of(tmp_path, "redis:7.2.11"))
    assert images_of(tmp_path, image_digests=pins) == {*USED[:2], f"redis@{ONE}"}


def test_a_mirror_has_the_same_digests(tmp_path: Path) -> None:
    found = images_of(
        tmp_path,
        image_digests=ImageDigests(file_of(tmp_path, *USED)),
        images=Registry(prefix="registry.example.com/m"),
    )
    assert found == {f"registry.example.com/m/{i.partition(':')[0]}@{ONE}" for i in USED}


def test_every_kind_of_pod_can_have_digests(tmp_path: Path) -> None:
    repository = "https://git.example.com/a.git"
    dags = GitSyncDags(repository=repository, volume=VolumeClaim(size="1Gi"))
    props = {"dags": dags, "executor": KubernetesExecutor(), "pgbouncer": PgBouncer()}
    every = images_of(tmp_path, **props)
    assert {image.rpartition("/")[2].partition(":")[0] for image in every} >= {
        *("airflow", "git-sync", "pgbouncer", "postgres")
    }
    pins = ImageDigests(file_of(tmp_path, *every))
    assert all(f"@{ONE}" in each for each in images_of(tmp_path, image_digests=pins, **props))


def test_a_digest_of_an_image_that_the_release_does_not_use_is_refused(tmp_path: Path) -> None:
    pins = ImageDigests(file_of(tmp_path, "redis:7.2.11", "redis:7.0.0", "rabbitmq:4.2.5"))
    with pytest.raises(ValueError) as error:
        images_of(tmp_path, image_digests=pins)
    text = str(error.value)
    assert "images.yaml'), line 4: no container of the release has the image 'redis:7.0.0'" in text
    assert "line 5: no container of the release has the image 'rabbitmq:4.2.5'; give the" in text
    assert "7.2.11" not in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"redis: {ONE}", r"line 1: 'redis' is no image with a tag"),
        (f"redis:7@{ONE}: {ONE}", "line 1: .* is no image with a tag"),
        (f"host:5000/redis: {ONE}", "line 1: .* is no image with a tag"),
        (f"Redis:7: {ONE}", "line 1: 'Redis:7' is no image with a tag"),
        ("redis:7: sha256:12", "line 1: 'sha256:12' of redis:7 is no digest: expected 'sha256:'"),
        (f"redis:7: {ONE.upper()}", "is no digest"),
        (f"redis:7: {ONE}\n\nredis:7: {TWO}", "line 3: redis:7 is here twice, first in line 1"),
        ("redis:7", "line 1: expected 'image:tag: sha256:...'"),
        (f"redis: {ONE}\nredis:7: x", "(?s)line 1: .*line 2: "),
    ],
)
def test_a_file_with_mistakes_is_refused_with_all_of_them(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "images.yaml").write_text(text)
    with pytest.raises(ValueError, match=message):
        ImageDigests(str(tmp_path / "images.yaml"))


def test_a_file_may_be_quoted_and_have_comments(tmp_path: Path) -> None:
    (tmp_path / "images.yaml").write_text(f"# a\n'redis:7': \"{ONE}\"  # of June\n\n")
    assert ImageDigests(str(tmp_path / "images.yaml")).digests == {"redis:7": ONE}


def test_a_missing_file_says_how_to_make_one() -> None:
    with pytest.raises(ValueError, match=r"no such file .*: python scripts/image_digests.py no\.y"):
        ImageDigests("no.yaml")


def test_in_a_values_file_the_path_is_relative_to_that(tmp_path: Path) -> None:
    file_of(tmp_path, "redis:7.2.11")
    (tmp_path / "values.yaml").write_text("imageDigests: {file: images.yaml}\n")
    (release,) = read_values([tmp_path / "values.yaml"], defaults=AirflowProps(dags=DAGS), names={})
    assert release.props.image_digests == ImageDigests(str(tmp_path / "images.yaml"))


class FakeRegistry(ThreadingHTTPServer):
    """A registry with its own token service."""

    daemon_threads = True
    digests: dict[str, str]
    texts: dict[str, bytes]
    login = ""
    basic = False
    asked: list[str]


class Handler(BaseHTTPRequestHandler):
    """Answers as the distribution specification says."""

    server: FakeRegistry

    def do_GET(self) -> None:
        self.respond(with_text=True)

    def do_HEAD(self) -> None:
        self.respond(with_text=False)

    def respond(self, with_text: bool) -> None:
        registry, path = self.server, self.path
        authorization = self.headers.get("Authorization", "")
        registry.asked.append(f"{self.command} {path}")
        if path.startswith("/token?"):
            if registry.login and authorization != registry.login:
                return self.answer(401)
            assert "service=fake" in path
            assert "scope=repository%3Ateam%2Fapp%3Apull" in path
            return self.answer(200, json.dumps({"token": "let-me-in"}).encode())
        wanted = registry.login if registry.basic else "Bearer let-me-in"
        if authorization != wanted:
            here = f"http://127.0.0.1:{registry.server_port}"
            bearer = f'Bearer realm="{here}/token",service="fake",scope="repository:team/app:pull"'
            challenge = 'Basic realm="fake"' if registry.basic else bearer
            return self.answer(401, header=("WWW-Authenticate", challenge))
        if "application/vnd.oci.image.index.v1+json" not in self.headers["Accept"]:
            return self.answer(406)
        name = path.removeprefix("/v2/").replace("/manifests/", ":")
        if name in registry.digests:
            return self.answer(200, header=("Docker-Content-Digest", registry.digests[name]))
        if name in registry.texts:
            return self.answer(200, registry.texts[name] if with_text else b"")
        return self.answer(404)

    def answer(self, code: int, text: bytes = b"", header: tuple[str, str] | None = None) -> None:
        self.send_response(code)
        if header:
            self.send_header(*header)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRegistry]:
    for name in ("REGISTRY_USER", "REGISTRY_PASSWORD", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = FakeRegistry(("127.0.0.1", 0), Handler)
    server.digests, server.texts, server.asked = {"team/app:1": ONE}, {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def app(registry: FakeRegistry) -> str:
    return f"127.0.0.1:{registry.server_port}/team/app:1"


def test_the_script_looks_digests_up_and_writes_what_the_option_reads(
    tmp_path: Path, registry: FakeRegistry, app: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "images.yaml"
    assert image_digests.main([str(file), app]) == 0
    assert ImageDigests(str(file)).digests == {app: ONE}
    assert capsys.readouterr().out == f"{app}: new -> {ONE}\n"
    before = file.read_text()
    assert image_digests.main([str(file)]) == 0
    assert file.read_text() == before
    registry.digests["team/app:1"] = TWO
    assert image_digests.main([str(file), "--check"]) == 1
    assert file.read_text() == before
    assert image_digests.main([str(file)]) == 0
    assert ImageDigests(str(file)).digests == {app: TWO}
    assert image_digests.main([str(file), "--check"]) == 0


def test_a_registry_without_the_header_is_asked_for_the_text(
    tmp_path: Path, registry: FakeRegistry, app: str
) -> None:
    registry.digests, registry.texts = {}, {"team/app:1": b'{"manifests": []}'}
    assert image_digests.look_up(app) == (
        f"sha256:{hashlib.sha256(registry.texts['team/app:1']).hexdigest()}"
    )


@pytest.mark.parametrize("basic", [False, True])
def test_a_registry_with_a_password_gets_that_of_the_environment(
    registry: FakeRegistry, app: str, basic: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.basic = basic
    registry.login = f"Basic {base64.b64encode(b'me:it').decode()}"
    with pytest.raises(image_digests.DigestError, match=r"401 .*; set REGISTRY_USER and REGISTRY_"):
        image_digests.look_up(app)
    monkeypatch.setenv("REGISTRY_USER", "me")
    monkeypatch.setenv("REGISTRY_PASSWORD", "it")
    assert image_digests.look_up(app) == ONE


def test_all_failures_are_told_and_the_file_stays(
    tmp_path: Path, registry: FakeRegistry, app: str, capsys: pytest.CaptureFixture[str]
) -> None:
    host = app.partition("/")[0]
    file = tmp_path / "images.yaml"
    file.write_text(f"{app}: {TWO}\n")
    registry.digests["team/odd:1"] = "md5:1"
    wrong = [f"{host}/team/none:1", f"{host}/team/odd:1", f"{host}/team/app", "127.0.0.1:9/a:1"]
    assert image_digests.main([str(file), *wrong]) == 1
    said = capsys.readouterr().err
    assert f"{host}/team/none:1: {host} answers 404" in said
    assert "answers 'md5:1', which is no digest by SHA-256" in said
    assert f"{host}/team/app: expected a tag" in said
    assert "127.0.0.1:9/a:1: 127.0.0.1:9 does not answer: " in said
    assert file.read_text() == f"{app}: {TWO}\n"
    assert image_digests.main([str(tmp_path / "none.yaml")]) == 1
    assert "names no image" in capsys.readouterr().err


def test_the_registry_of_the_release_is_asked(registry: FakeRegistry, app: str) -> None:
    assert image_digests.look_up("app:1", app.rpartition("/")[0]) == ONE
    assert image_digests.look_up("quay.io/app:1", app.rpartition("/")[0]) == ONE


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ("redis:7", ("docker.io", "library/redis", "7")),
        ("apache/airflow:3.3.2", ("docker.io", "apache/airflow", "3.3.2")),
        ("docker.io/redis:7", ("docker.io", "library/redis", "7")),
        ("quay.io/a/b:1", ("quay.io", "a/b", "1")),
        ("host:5000/a:1", ("host:5000", "a", "1")),
        ("localhost/a:1", ("localhost", "a", "1")),
    ],
)
def test_an_image_is_looked_up_where_container_runtimes_would(
    image: str, found: tuple[str, str, str]
) -> None:
    assert image_digests.split_image(image) == found
    host = found[0]
    if host not in ("docker.io", "host:5000"):
        return
    mirrored = image_digests.split_image(image, "r.example.com/m")
    name = image.rpartition(":")[0].removeprefix("docker.io/").removeprefix("host:5000/")
    assert mirrored == ("r.example.com", f"m/{name}", found[2])
