"""What the programs of backups decide; what they do to real files and databases is in
tests/integration, as the libraries that they need are those of Airflow's image."""

from __future__ import annotations

import importlib
import io
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
from bundle.test_props_are_live import RECIPIENT

import cdk8s_airflow
from cdk8s_airflow.components.backup_pods import _LOOP

FOLDER = Path(cdk8s_airflow.__file__).parent / "programs"
PARTS = (
    *("backup", "backup_age", "backup_archive", "backup_bucket", "backup_client", "backup_crypt"),
    *("backup_database", "backup_folder", "backup_keys", "backup_mysql", "backup_secrets"),
    *("backup_settings", "backup_store", "restore_backup", "verify_backup"),
    *("bootstrap", "database", "url"),
)
LIBRARIES = (
    *("cryptography", "cryptography.exceptions", "cryptography.fernet", "cryptography.hazmat"),
    "cryptography.hazmat.primitives",
    "cryptography.hazmat.primitives.asymmetric.x25519",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.hashes",
    "cryptography.hazmat.primitives.hmac",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "cryptography.hazmat.primitives.serialization",
    *("sqlalchemy", "sqlalchemy.engine", "sqlalchemy.exc", "sqlalchemy.pool"),
)
NEW, OLD, OLDEST = (
    f"airflow.af1.2026010{day}T011500Z.tar.gz.age" for day in (3, 2, 1)
)  # fmt: skip


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Name -> program, with libraries that do nothing."""
    for name in LIBRARIES:
        monkeypatch.setitem(sys.modules, name, MagicMock())
    for name in PARTS:
        monkeypatch.delitem(sys.modules, name, raising=False)
    for name, errors in {
        "cryptography.exceptions": ("InvalidSignature", "InvalidTag"),
        "cryptography.fernet": ("InvalidToken",),
        "sqlalchemy.exc": ("SQLAlchemyError",),
    }.items():
        for error in errors:
            setattr(sys.modules[name], error, type(error, (Exception,), {}))
    monkeypatch.syspath_prepend(str(FOLDER))
    monkeypatch.setenv("POD_NAMESPACE", "airflow")

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    yield load
    for name in PARTS:
        sys.modules.pop(name, None)


class Shelf:
    """A store that keeps names alone."""

    def __init__(self, *names: str) -> None:
        self.kept, self.deleted = list(names), list[str]()

    def names(self, begins: str) -> list[str]:
        return sorted(name for name in self.kept if name.startswith(begins))

    def delete(self, name: str) -> None:
        self.kept.remove(name)
        self.deleted.append(name)

    def tidy(self, begins: str) -> list[str]:
        return []


def test_a_key_is_whole_or_none(programs: Any) -> None:
    keys = programs("backup_keys")
    assert len(keys.key(RECIPIENT, "age")) == 32
    assert keys.recipient_kind(f" {RECIPIENT}\n") == "age"
    assert keys.identity_kind("# a comment\nAGE-SECRET-KEY-1...") == "age"
    assert keys.identity_kind(f"text\n{keys.PRIVATE}\n") == "pgp"
    for at in range(4, len(RECIPIENT)):  # each typing error is seen
        other = "q" if RECIPIENT[at] != "q" else "p"
        with pytest.raises(keys.KeyFormatError, match="its checksum is wrong"):
            keys.key(RECIPIENT[:at] + other + RECIPIENT[at + 1 :], "age")


def test_a_file_of_another_kind_is_not_read_to_its_end(programs: Any) -> None:
    age = programs("backup_age")
    source = io.BytesIO(b"\0" * 1_000_000)
    with pytest.raises(age.AgeError, match="it is no file of age"):
        age.Decryptor(source, [])
    assert source.tell() < 100
    endless = io.BytesIO(age.INTRO + b"\n-> X25519 " + b"a" * 1_000_000)
    with pytest.raises(age.AgeError, match="its header is damaged"):
        age.Decryptor(endless, [])
    assert endless.tell() < 5_000


def test_the_kind_of_a_key_says_what_encrypts(
    programs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    crypt = programs("backup_crypt")
    assert crypt.check_recipients([RECIPIENT]) == "age"
    monkeypatch.setenv("PATH", "/nowhere")
    pgp = crypt.recipient_kind.__globals__["PUBLIC"]
    end = crypt.recipient_kind.__globals__["PUBLIC_END"]
    with pytest.raises(crypt.CryptError, match="the image has no gpg"):
        crypt.check_recipients([f"{pgp}\n{end}"])


def test_an_empty_private_key_is_told(programs: Any, tmp_path: Path) -> None:
    crypt = programs("backup_crypt")
    (tmp_path / "key").write_text(" \n")
    with pytest.raises(crypt.CryptError, match="put it under the key of the Secret"):
        crypt.identity_of(str(tmp_path / "key"))


def test_names_tell_release_and_time_in_utc(programs: Any) -> None:
    settings = programs("backup_settings")
    now = datetime(2026, 1, 3, 1, 15, tzinfo=timezone.utc)
    assert settings.new_name("airflow.af1", "age", now) == NEW
    assert settings.taken(NEW, "airflow.af1") == now
    for other in (
        "airflow.af10.20260103T011500Z.tar.gz.age",
        "airflow.af1.20260103T011500Z.tar.gz.age.partial",
        "airflow.af1.20261303T011500Z.tar.gz.age",
        "airflow.af1.notes.txt",
        "other.af1.20260103T011500Z.tar.gz.age",
    ):
        assert settings.taken(other, "airflow.af1") is None, other


def test_the_newest_is_chosen_or_the_one_that_is_named(programs: Any) -> None:
    settings = programs("backup_settings")
    shelf = Shelf(OLD, NEW, "airflow.af10.20270101T000000Z.tar.gz.age", "airflow.af1.notes")
    assert settings.chosen(shelf, "airflow.af1", "latest") == NEW
    assert settings.chosen(shelf, "airflow.af1", OLD) == OLD
    with pytest.raises(settings.RefusedError, match=f"there are 2, the newest is {NEW}"):
        settings.chosen(shelf, "airflow.af1", OLDEST)
    with pytest.raises(settings.RefusedError, match="; there is none"):
        settings.chosen(Shelf(), "airflow.af1", "latest")


@pytest.mark.parametrize(
    ("keep", "deleted"), [(1, [OLDEST, OLD]), (2, [OLDEST]), (3, []), (9, []), (None, [])]
)
def test_the_oldest_go_and_others_are_not_touched(
    programs: Any, keep: int | None, deleted: Sequence[str]
) -> None:
    backup = programs("backup")
    others = ("airflow.af1.notes", "airflow.af10.20200101T000000Z.tar.gz.age")
    shelf = Shelf(OLDEST, OLD, NEW, *others)
    backup.prune(shelf, "airflow.af1", NEW, keep)
    assert shelf.deleted == deleted
    assert {NEW, *others} <= set(shelf.kept)


def test_nothing_is_deleted_where_the_new_one_is_not_seen(
    programs: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    backup = programs("backup")
    shelf = Shelf(OLDEST, OLD)
    backup.prune(shelf, "airflow.af1", NEW, 1)
    assert shelf.deleted == []
    assert (
        "WARNING: the backup is good, but old ones could not be deleted" in capsys.readouterr().out
    )


def test_a_clock_that_went_back_deletes_no_new_one(programs: Any) -> None:
    """The one that has just been taken stays, whatever its name says."""
    backup = programs("backup")
    shelf = Shelf(OLDEST, OLD, NEW)
    backup.prune(shelf, "airflow.af1", OLDEST, 1)
    assert OLDEST in shelf.kept


def test_a_pg_dump_that_is_too_old_is_told_before(programs: Any) -> None:
    backup = programs("backup")
    assert backup.major("17.6 (Debian 17.6-1.pgdg13+1)") == 17
    assert backup.major("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)") == 15
    with pytest.raises(backup.ClientError, match="pg_dump 15 cannot dump a server 17: set client"):
        backup._check_versions("pg_dump (PostgreSQL) 15.18", "17.6", "postgresql")
    backup._check_versions("pg_dump (PostgreSQL) 18.1", "17.6", "postgresql")


def test_only_whole_files_are_backups(programs: Any, tmp_path: Path) -> None:
    folder = programs("backup_folder").Folder(tmp_path)
    target = folder.create(NEW)
    target.write(b"half")
    assert folder.names("airflow.af1.") == []
    assert folder.tidy("airflow.af1.") == []  # it is under way
    os.utime(tmp_path / f".{NEW}.partial", (0, 0))
    assert folder.tidy("airflow.af10.") == []
    assert folder.tidy("airflow.af1.") == [f".{NEW}.partial"]
    target = folder.create(NEW)
    target.write(b"whole")
    target.commit()
    assert folder.names("airflow.af1.") == [NEW]
    assert folder.open(NEW).read() == b"whole"
    folder.delete(NEW)
    assert list(tmp_path.iterdir()) == []


def test_without_boto3_a_bucket_is_refused_with_the_remedy(
    programs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket, store = programs("backup_bucket"), programs("backup_store")
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(store.StoreError, match="the image has no boto3, by which a bucket is"):
        bucket.Bucket({"bucket": "backups"})


def test_the_key_of_a_bucket_is_in_the_environment_or_in_a_file(
    programs: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bucket = programs("backup_bucket")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert bucket._keys() == {}
    (tmp_path / "key").write_text("secret\n")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY_FILE", str(tmp_path / "key"))
    assert bucket._keys() == {"aws_access_key_id": "id", "aws_secret_access_key": "secret"}


class S3:
    """A bucket as boto3 shows it."""

    def __init__(self, size: int) -> None:
        self.size, self.parts, self.calls = size, list[int](), list[str]()

    def call(self, method: str, key: str = "", **more: Any) -> Any:
        self.calls.append(method)
        if method == "upload_part":
            self.parts.append(len(more["Body"]))
        return {"UploadId": "1", "ETag": "2", "ContentLength": self.size}


def test_parts_of_an_upload_grow_so_that_there_are_not_too_many(
    programs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket, store = programs("backup_bucket"), programs("backup_store")
    monkeypatch.setattr(bucket, "PART", 10)
    monkeypatch.setattr(bucket, "GROWS_EACH", 3)
    s3 = S3(105)
    upload = bucket._Upload(s3, NEW, {})
    for _ in range(15):
        upload.write(b"1234567")
    upload.commit()
    assert s3.parts == [10, 10, 10, 20, 20, 20, 15]
    assert s3.calls[-2:] == ["complete_multipart_upload", "head_object"]
    short = bucket._Upload(S3(1), NEW, {})
    short.write(b"12")
    with pytest.raises(store.StoreError, match=r"has 1 bytes in the bucket, not 2"):
        short.commit()


def test_a_manifest_of_another_kind_or_version_is_refused(programs: Any) -> None:
    restore = programs("restore_backup")
    manifest = {"namespace": "airflow", "release": "af1", "kind": "postgresql", "airflow": "3.4.0"}
    content = programs("backup_archive").Content(manifest=manifest)
    database = SimpleNamespace(kind="postgresql")
    restore._check(content, database, "airflow.af1", "3.10.0")
    refused = restore.RefusedError
    with pytest.raises(refused, match=r"migrations do not go back to 3\.3\.2: set airflow_version"):
        restore._check(content, database, "airflow.af1", "3.3.2")
    with pytest.raises(refused, match="the backup is of postgresql, not of mysql"):
        restore._check(content, SimpleNamespace(kind="mysql"), "airflow.af1", "3.4.0")
    with pytest.raises(refused, match=r"the backup is of airflow\.af1, not of airflow\.af2"):
        restore._check(content, database, "airflow.af2", "3.4.0")


def test_secrets_of_another_release_get_the_names_of_this(
    programs: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    restore, done = programs("restore_backup"), {}
    monkeypatch.setattr(restore, "put", lambda name, values: done.update({name: values}) or "set")
    secrets = {("old-fernet-key", "fernet-key"): b"1", ("old-postgresql", "password"): b"2"}
    content = SimpleNamespace(manifest={"release": "old"}, secrets=secrets)
    wanted = [["af1-fernet-key", "fernet-key"], ["af1-jwt-secret", "jwt-secret"]]
    restore.restore_secrets(content, wanted, "af1")
    assert done == {"af1-fernet-key": {"fernet-key": b"1"}}
    assert "Secret af1-jwt-secret is not in the backup" in capsys.readouterr().out


def test_a_database_in_use_is_waited_for_and_then_refused(
    programs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore = programs("restore_backup")
    monkeypatch.setattr(restore, "PAUSE", 0.0)
    monkeypatch.setattr(restore, "IDLE_SECONDS", 0.05)
    users = [["scheduler"], ["scheduler"], []]
    database = MagicMock()
    database.users.side_effect = lambda session: users.pop(0)
    restore.wait_until_idle(database)
    database.users.side_effect = lambda session: ["scheduler"]
    with pytest.raises(restore.RefusedError, match="the database is in use, nothing was touched"):
        restore.wait_until_idle(database)


def test_a_server_that_is_away_for_a_moment_is_waited_for(
    programs: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    restore = programs("restore_backup")
    monkeypatch.setattr(restore, "PAUSE", 0.0)
    monkeypatch.setattr(restore, "IDLE_SECONDS", 5.0)
    away = restore.DatabaseError("no such host")
    database = MagicMock()
    database.users.side_effect = [away, away, []]
    restore.wait_until_idle(database)
    assert "it does not answer: no such host" in capsys.readouterr().out
    monkeypatch.setattr(restore, "IDLE_SECONDS", -1.0)
    database.users.side_effect = [away]
    with pytest.raises(restore.DatabaseError, match="no such host"):
        restore.wait_until_idle(database)


def test_an_old_backup_is_no_backup(programs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    verify = programs("verify_backup")
    given = {"release": "af1", "store": {}, "identity": "/key", "max_age_hours": 48}
    monkeypatch.setenv("BACKUP", json.dumps(given))
    monkeypatch.setattr(verify, "store_of", lambda place: Shelf(OLD))
    monkeypatch.setattr(verify.backup_crypt, "identity_of", lambda path: "key")
    with pytest.raises(verify.RefusedError, match=rf"the newest backup, {OLD}, is \d+ hours old"):
        verify.main()


def test_a_secret_that_is_not_there_is_made(programs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets, asked = programs("backup_secrets"), list[tuple[str, str]]()

    def ask(method: str, path: str, kind: str, body: Any) -> None:
        asked.append((method, path))
        if method == "PATCH":
            raise secrets.HTTPError("", 404, "", MagicMock(), io.BytesIO())

    monkeypatch.setattr(secrets, "_ask", ask)
    monkeypatch.setenv("LABELS", "{}")
    assert secrets.put("af1-fernet-key", {"fernet-key": b"1"}) == "created"
    assert asked == [("PATCH", "/af1-fernet-key"), ("POST", "")]


def test_the_url_for_the_client_has_no_password(programs: Any) -> None:
    """Other processes of the pod see its command line."""
    database = programs("backup_database")
    url = SimpleNamespace(username="air flow", host="::1", port=5433, database="a/b")
    text = database._libpq(url, {"sslmode": "verify-full", "options": "-c x=1"})
    assert text == "postgresql://air%20flow@[::1]:5433/a%2Fb?sslmode=verify-full&options=-c%20x%3D1"


def test_rows_are_counted_by_lines(programs: Any) -> None:
    counter = programs("backup_mysql").RowCounter()
    for piece in (b"INSERT IN", b"TO `a` VALUES (1);\nINSERT INTO `a` VALUES (2);\n-- x\n"):
        counter.add(piece)
    assert counter.rows == {"a": 2}


@pytest.fixture
def client(programs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The program's side, and the shell of the container beside it."""
    module = programs("backup_client")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    loop = _LOOP.replace("/opt/cdk8s-airflow-client", str(tmp_path))
    shell = subprocess.Popen(["sh", "-c", loop])
    yield module
    shell.terminate()
    assert shell.wait(10) == 0


def test_the_client_says_what_it_says_there(client: Any) -> None:
    env = {"PASSWORD": 'a\'b "c" $d\ne'}
    assert client.Command('printf %s "$PASSWORD"', env).result() == env["PASSWORD"]
    with pytest.raises(client.ClientError, match="ended with 3: no such table"):
        client.Command("echo no such table >&2; exit 3").result()


def test_the_reason_of_a_failure_is_the_last_line(
    programs: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """pg_dump tells in several lines what happened to it."""
    settings = programs("backup_settings")
    monkeypatch.setattr(settings.signal, "signal", lambda *_: None)
    error = programs("backup_client").ClientError(
        "it ended with 1:\npg_dump: error: gone\ndetail: x"
    )
    with pytest.raises(SystemExit, match="1"):
        settings.run(MagicMock(side_effect=error))
    *_, last = capsys.readouterr().out.splitlines()
    assert last.endswith(" FAILED: it ended with 1: pg_dump: error: gone detail: x")


def test_an_image_without_a_client_is_told_before_anything_is_dumped(
    programs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, database = programs("backup_client"), programs("backup_database").Database
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in ("sh", "mv", "sleep"):
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    loop = _LOOP.replace("/opt/cdk8s-airflow-client", str(tmp_path))
    env = {"PATH": str(tmp_path / "bin")}
    shell = subprocess.Popen([str(shutil.which("sh")), "-c", loop], env=env)
    try:
        text = "has no pg_dump and psql: set client_image= to one that has, such as the server's"
        with pytest.raises(module.ClientError, match=text):
            database.tool(SimpleNamespace(kind="postgresql"))
        with pytest.raises(module.ClientError, match="has no mariadb-dump or mysqldump: set"):
            database.tool(SimpleNamespace(kind="mysql"))
    finally:
        shell.terminate()
        shell.wait(10)


def test_data_pass_through_a_pipe_in_both_directions(client: Any, tmp_path: Path) -> None:
    """And a failure after the last byte is a failure."""
    size = 5_000_000
    found = b"".join(client.Command(f'head -c {size} /dev/zero >"$PIPE"').chunks())
    assert found == bytes(size)
    assert b"".join(client.Command('true >"$PIPE"').chunks()) == b""
    with pytest.raises(client.ClientError, match="ended with 1: cut"):
        list(client.Command('echo half >"$PIPE"; echo cut >&2; exit 1').chunks())
    command = client.Command(f'cat <"$PIPE" >{tmp_path}/got')
    pipe = command.open()
    command.write(pipe, b"x" * size)
    os.close(pipe)
    command.result()
    assert (tmp_path / "got").stat().st_size == size


def test_a_client_that_does_not_read_is_told_at_once(client: Any) -> None:
    with pytest.raises(client.ClientError, match="ended with 2: refused"):
        client.Command("echo refused >&2; exit 2").open()
    command = client.Command('head -c 10 <"$PIPE" >/dev/null; echo full >&2; exit 4')
    pipe = command.open()
    with pytest.raises(client.ClientError, match="ended with 4: full"):
        for _ in range(100):
            command.write(pipe, b"x" * 100_000)
    os.close(pipe)


def test_a_client_whose_container_dies_is_told(
    programs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next container of its finds what the last one has not ended."""
    module = programs("backup_client")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    command = module.Command("sleep 60")
    (tmp_path / "request").rename(tmp_path / "running")
    loop = _LOOP.replace("/opt/cdk8s-airflow-client", str(tmp_path))
    shell = subprocess.Popen(["sh", "-c", loop])
    stop = threading.Timer(30, shell.kill)
    stop.start()
    try:
        with pytest.raises(module.ClientError, match="ended with 137, as its container died"):
            command.result()
    finally:
        stop.cancel()
        shell.terminate()
        shell.wait(10)
