"""The files of backups: age reads what we write and the other way round; nothing else passes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from integration.bundle import REPOSITORY
from integration.node.images import airflow_environment

PROGRAMS = REPOSITORY / "constructs/cdk8s_airflow/programs"
PRELUDE = f"""
import io, os, subprocess, sys
sys.path.insert(0, {str(PROGRAMS)!r})
import backup_archive, backup_crypt
from backup_archive import ArchiveError, Writer, read
from backup_crypt import CryptError, check_recipients, decrypting, encrypting
from backup_folder import Folder
from backup_store import StoreError
from pathlib import Path

def why(call, *args):
    try:
        call(*args)
    except (ArchiveError, CryptError, StoreError) as error:
        return str(error)
    raise SystemExit("nothing was wrong")

def written(data, key):
    out = io.BytesIO()
    sink = encrypting(out, [key])
    for at in range(0, len(data), 10_000):
        sink.write(data[at:at + 10_000])
    sink.finish()
    return out.getvalue()

def plain(data, identity):
    return decrypting(io.BytesIO(data), identity).read(-1)
"""


def run(program: str, *args: str) -> str:
    """What a program prints in the environment of Airflow."""
    python = airflow_environment() / "bin" / "python"
    done = subprocess.run(
        [str(python), "-c", PRELUDE + program, *args], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def keys() -> tuple[str, str]:
    """A private key of age and its public one."""
    made = subprocess.run(["age-keygen"], check=True, capture_output=True, text=True).stdout
    show = ["age-keygen", "-y"]
    public = subprocess.run(show, input=made, check=True, capture_output=True, text=True).stdout
    return made, public.strip()


BOTH_WAYS = """
def age(data, *words):
    return subprocess.run(["age", *words], input=data, capture_output=True, check=True).stdout

identity, key, path = sys.argv[1:]
Path(path).write_text(identity)
for size in (0, 1, 65535, 65536, 65537, 131072, 300_000):
    data = os.urandom(size)
    ours = written(data, key)
    theirs = age(data, "-r", key)
    assert age(ours, "-d", "-i", path) == data
    for whole in (ours, theirs):
        assert plain(whole, identity) == data
        at = len(whole) - 10
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:]
        for bad in (whole[:-1], whole[:-16], whole[:150], changed, whole + b"x"):
            print(why(plain, bad, identity))
    if size > 65536:  # whole chunks are missing at the end
        print(why(plain, ours[: -(size % 65536 or 65536) - 16], identity))
"""


def test_age_reads_what_we_write_and_we_read_what_age_writes(
    keys: tuple[str, str], tmp_path: Path
) -> None:
    """At the borders of its chunks too; what is cut or changed never ends well."""
    said = set(run(BOTH_WAYS, *keys, str(tmp_path / "key")).splitlines())
    assert said == {
        "it is damaged, or its end is missing",
        "its header is damaged, or its end is missing",
    }


def test_another_key_opens_nothing(keys: tuple[str, str]) -> None:
    other = subprocess.run(["age-keygen"], check=True, capture_output=True, text=True).stdout
    program = """
identity, key, other = sys.argv[1:]
print(why(plain, written(b"text", key), other))
print(why(plain, b"%PDF-1.7" * 100, identity))
print(why(plain, written(b"text", key), "no key"))
print(why(check_recipients, ["no key"]))
"""
    assert run(program, *keys, other).splitlines() == [
        "it is encrypted to other keys than this one",
        "it is no file of age",
        "the private key is none of age or PGP: expected a key that begins with age-secret-key-1",
        "encrypt_to: expected a key that begins with age1",
    ]


def test_pgp_is_done_by_gpg(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    gpg = ["gpg", "--batch", "--quiet", "--homedir", str(home)]
    made = ["--passphrase", "", "--quick-gen-key", "b@example.com", "default", "default", "never"]
    subprocess.run([*gpg, *made], check=True, capture_output=True)
    public, private = (
        subprocess.run([*gpg, "--armor", each], check=True, capture_output=True, text=True).stdout
        for each in ("--export", "--export-secret-keys")
    )
    program = """
public, private = sys.argv[1:]
print(check_recipients([public]))
data = os.urandom(3_000_000)
whole = written(data, public)
assert plain(whole, private) == data
print(why(plain, whole[:-100], private).startswith("gpg: "))
print(why(plain, whole[:1000], private).startswith("gpg: "))
os.environ["PATH"] = "/nowhere"
print(why(check_recipients, [public]))
"""
    said = run(program, public, private).splitlines()
    assert said[:3] == ["gpg", "True", "True"]
    assert "the image has no gpg, which a PGP key needs: take an image with" in said[3]
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)


def test_an_archive_is_read_to_its_end_or_refused() -> None:
    program = """
import gzip, tarfile
class Plain(io.BytesIO):
    def finish(self): pass
class Source:
    def __init__(self, data): self._file = io.BytesIO(data)
    def read(self, size): return self._file.read(size)
out = Plain()
archive = Writer(out)
archive.secret("af1-fernet-key", "fernet-key", b"key")
dump = os.urandom(20_000_000)
for at in range(0, len(dump), 300_000):
    archive.dump(dump[at:at + 300_000])
archive.finish({"rows": {"dag_run": 1}, "namespace": "airflow", "release": "af1"})
whole = out.getvalue()
got = []
found = read(Source(whole), got.append)
assert b"".join(got) == dump and len(got) == 3
assert found.secrets == {("af1-fernet-key", "fernet-key"): b"key"}
assert found.origin == "airflow.af1" and found.rows == {"dag_run": 1}
print(why(read, Source(whole[:-1]))[:29])
print(why(read, Source(whole[:1000]))[:29])

def packed(**files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name.replace("__", "/"))
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return Source(out.getvalue())

print(why(read, packed(**{"etc__passwd": b"x"})))
print(why(read, packed(**{"database__000001.sql": b"x"})))
print(why(read, packed(**{"manifest.json": b'{"format": "other"}'})))
print(why(read, packed(**{"manifest.json": b'{"format": "cdk8s-airflow-backup/1", "dump": {}}'})))
backup_archive.MOST_TEXT = 3
print(why(read, packed(**{"secrets__a__b": b"long"})))
"""
    assert run(program).splitlines() == [
        "it is no backup, or is damage",
        "it is no backup, or is damage",
        "etc/passwd does not belong into a backup",
        "database/000001.sql does not belong into a backup",
        "it has no manifest of a backup, or one of another version",
        "the dump in it is not the one that its manifest tells of",
        "secrets/a/b is too large",
    ]


def test_a_file_is_a_backup_only_when_it_is_whole(tmp_path: Path) -> None:
    program = """
folder = Folder(Path(sys.argv[1]))
target = folder.create("a.b.tar")
target.write(b"half")
print(folder.names("a.b"), sorted(path.name for path in Path(sys.argv[1]).iterdir()))
target.commit()
print(folder.names("a.b"), sorted(path.name for path in Path(sys.argv[1]).iterdir()))
again = folder.create("a.b.tar")
print(why(again.commit))
again.abort()
full = folder.create("a.b.full")
full._file.close()
full._file = open("/dev/full", "wb", buffering=0)
print(why(full.write, b"x" * 100_000))
full.abort()
print(folder.names(""))
print(why(Folder(Path("/proc/nowhere")).check)[:53])
"""
    assert run(program, str(tmp_path)).splitlines() == [
        "[] ['.a.b.tar.partial']",
        "['a.b.tar'] ['a.b.tar']",
        ".a.b.tar.partial is not what has been written to it",
        "the volume took 0 bytes, and then: [Errno 28] No space left on device",
        "['a.b.tar']",
        "the volume at /proc/nowhere cannot be written: [Errno",
    ]


def test_rows_of_mysql_are_counted_by_lines() -> None:
    """However the dump is cut into pieces, and whatever a value holds."""
    program = r"""
from backup_mysql import RowCounter
dump = (b"CREATE TABLE `a` (\n  `i` int\n);\nINSERT INTO `a` VALUES (1);\nCREATE TABLE `b` (\n);\n"
        b"INSERT INTO `a` VALUES (2,'x\\nINSERT INTO `b` VALUES (3)');\n"
        b"INSERT INTO `c d` VALUES ();\n")
for size in (1, 7, 1000):
    counter = RowCounter()
    for at in range(0, len(dump), size):
        counter.add(dump[at:at + size])
    print(counter.rows)
"""
    assert set(run(program).splitlines()) == {"{'a': 2, 'b': 0, 'c d': 1}"}


def test_other_databases_are_refused() -> None:
    program = """
from backup_database import Database
from database import DatabaseError
try:
    Database("sqlite:///file")
except DatabaseError as error:
    print(error)
"""
    assert run(program) == "a backup knows PostgreSQL and MySQL, not sqlite\n"
