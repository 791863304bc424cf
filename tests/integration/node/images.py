"""What stands in for the images: a root made of the host's programs, an entrypoint, an environment.

A new image is one more function and one more line in ``IMAGES``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from .objects import NodeError

ENTRYPOINTS = Path(__file__).parent / "entrypoints"

_SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


_AIRFLOW_VENV = "/home/airflow/.local"


@dataclass(frozen=True)
class Image:
    """What a container starts from, apart from ``/usr``."""

    user: int
    group: int
    passwd: Sequence[str]
    entrypoint: Sequence[str]
    command: Sequence[str] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    working_dir: str = "/"
    folders: Sequence[str] = ()
    binds: Mapping[str, Path] = field(default_factory=dict)
    """Path in the container -> file or folder of the host, read-only."""
    root: Path = Path("/")
    """Whose ``/usr`` it has; default: the host's."""


def image_of(name: str) -> Image:
    """The stand-in for an image by its full name; the repository decides."""
    path = name.split("@")[0]
    repository, _, tag = path.rpartition(":") if ":" in path else (path, "", "")
    repository = repository.removeprefix("docker.io/").removeprefix("library/")
    if repository not in IMAGES:
        raise NodeError(f"there is no stand-in for the image {name}")
    return IMAGES[repository](tag)


def airflow_environment(version: str = "") -> Path:
    """The virtual environment with real Airflow, or with an older one of tests/upgrade/setup."""
    older = Path(__file__).parents[3] / "build" / f"airflow-{version}"
    if version and (older / "bin" / "airflow").exists():
        return older
    default = Path(__file__).parents[3] / ".venv-airflow"
    path = Path(os.environ.get("CDK8S_AIRFLOW_INTEGRATION_VENV") or default)
    if not (path / "bin" / "airflow").exists():
        raise NodeError(f"{path} has no Airflow: run tests/integration/setup")
    return path


def _installed_version(venv: Path) -> str:
    packages = venv.glob("lib/python3*/site-packages/apache_airflow_core-*.dist-info")
    return next(packages).name.removeprefix("apache_airflow_core-").removesuffix(".dist-info")


def airflow_image(tag: str = "", dags: Path | None = None) -> Image:
    """Airflow's image, or one made of it.

    Args:
        tag: Begins with a version, which has to be an installed one, unless it is empty.
        dags: A folder of DAGs in the image.
    """
    venv = airflow_environment(tag)
    interpreter = (venv / "bin" / "python").resolve()
    binds = {_AIRFLOW_VENV: venv, "/entrypoint": ENTRYPOINTS / "airflow"}
    for script in ("airflow", "celery"):
        binds[f"{_AIRFLOW_VENV}/bin/{script}"] = _moved_script(venv / "bin" / script)
    prefix = interpreter.parents[1]
    if not prefix.is_relative_to("/usr"):
        binds[str(prefix)] = prefix
    if dags:
        binds["/opt/airflow/dags"] = dags
    version = _installed_version(venv)
    if tag and not tag.startswith(version):
        raise NodeError(f"the manifest wants Airflow {tag}, {venv} has {version}")
    return Image(
        user=50000,
        group=0,
        passwd=["airflow:x:50000:0:first last,,,:/home/airflow:/bin/bash"],
        entrypoint=["/usr/bin/dumb-init", "--", "/entrypoint"],
        env={
            "PATH": f"{_AIRFLOW_VENV}/bin:{_SYSTEM_PATH}",
            "VIRTUAL_ENV": _AIRFLOW_VENV,
            "HOME": "/home/airflow",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "DUMB_INIT_SETSID": "1",
            "AIRFLOW_HOME": "/opt/airflow",
            "AIRFLOW_UID": "50000",
            "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
            "PIP_CACHE_DIR": "/tmp/.cache/pip",
            "UV_CACHE_DIR": "/tmp/.cache/uv",
        },
        working_dir="/opt/airflow",
        folders=["/home/airflow", "/opt/airflow/dags", "/opt/airflow/logs"],
        binds=binds,
    )


@cache
def _moved_script(script: Path) -> Path:
    """A copy of a script of the virtual environment that works where the image has it."""
    copy = Path(tempfile.mkdtemp(prefix="script-")) / script.name
    copy.parent.chmod(0o755)
    _, _, rest = script.read_text().partition("\n")
    copy.write_text(f"#!{_AIRFLOW_VENV}/bin/python\n{rest}")
    copy.chmod(0o755)
    return copy


def _postgres(tag: str) -> Image:
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not binaries:
        raise NodeError("PostgreSQL is not installed: apt-get install postgresql")
    return Image(
        user=0,
        group=0,
        passwd=["postgres:x:999:999::/var/lib/postgresql:/bin/bash"],
        entrypoint=["docker-entrypoint.sh"],
        command=["postgres"],
        env={
            "PATH": f"/opt/entrypoint:{binaries[-1]}:{_SYSTEM_PATH}",
            "LANG": "C.UTF-8",
            "PG_MAJOR": tag.split(".")[0],
            "PGDATA": "/var/lib/postgresql/data",
        },
        folders=["/var/lib/postgresql/data", "/var/run/postgresql", "/docker-entrypoint-initdb.d"],
        binds={"/opt/entrypoint/docker-entrypoint.sh": ENTRYPOINTS / "postgres"},
    )


def _redis(tag: str) -> Image:
    del tag
    return Image(
        user=0,
        group=0,
        passwd=["redis:x:999:999::/data:/bin/sh"],
        entrypoint=["docker-entrypoint.sh"],
        command=["redis-server"],
        env={"PATH": f"/opt/entrypoint:{_SYSTEM_PATH}"},
        working_dir="/data",
        folders=["/data"],
        binds={"/opt/entrypoint/docker-entrypoint.sh": ENTRYPOINTS / "redis"},
    )


def _mariadb(tag: str) -> Image:
    del tag
    return Image(
        user=0,
        group=0,
        passwd=["mysql:x:999:999::/var/lib/mysql:/bin/sh"],
        entrypoint=["docker-entrypoint.sh"],
        command=["mariadbd"],
        env={"PATH": f"/opt/entrypoint:{_SYSTEM_PATH}", "LANG": "C.UTF-8"},
        folders=["/var/lib/mysql", "/run/mysqld", "/docker-entrypoint-initdb.d"],
        binds={"/opt/entrypoint/docker-entrypoint.sh": ENTRYPOINTS / "mariadb"},
    )


def _rabbitmq(tag: str) -> Image:
    fetched = Path(__file__).parents[3] / "build" / "rabbitmq"
    root = fetched if (fetched / "ready").exists() else Path("/")
    programs = Path("/usr/lib/rabbitmq/bin")
    if not (root / "usr/lib/rabbitmq/bin").is_dir():
        raise NodeError("there is no RabbitMQ: run tests/integration/setup")
    return Image(
        user=0,
        group=0,
        passwd=["rabbitmq:x:999:999::/var/lib/rabbitmq:/bin/sh"],
        entrypoint=["docker-entrypoint.sh"],
        command=["rabbitmq-server"],
        env={
            "PATH": f"/opt/entrypoint:{programs}:{_SYSTEM_PATH}",
            "LANG": "C.UTF-8",
            "LANGUAGE": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "HOME": "/var/lib/rabbitmq",
            "RABBITMQ_DATA_DIR": "/var/lib/rabbitmq",
            "RABBITMQ_VERSION": tag,
        },
        folders=["/var/lib/rabbitmq", "/var/log/rabbitmq", "/etc/rabbitmq/conf.d"],
        binds={"/opt/entrypoint/docker-entrypoint.sh": ENTRYPOINTS / "rabbitmq"},
        root=root,
    )


def _git_sync(tag: str) -> Image:
    if not tag.startswith("v4."):
        raise NodeError(f"the stand-in has the flags of git-sync 4, not of {tag}")
    return Image(
        user=65533,
        group=65533,
        passwd=["git-sync:x:65533:65533::/tmp:/sbin/nologin"],
        entrypoint=["/git-sync"],
        env={"PATH": _SYSTEM_PATH, "HOME": "/tmp", "GITSYNC_ROOT": "/git"},
        working_dir="/tmp",
        folders=["/git"],
        binds={"/git-sync": ENTRYPOINTS / "git-sync"},
    )


def _pgbouncer(tag: str) -> Image:
    if not Path("/usr/sbin/pgbouncer").exists():
        raise NodeError("PgBouncer is not installed: apt-get install pgbouncer")
    del tag
    return Image(
        user=70,
        group=70,
        passwd=["postgres:x:70:70::/var/lib/postgresql:/bin/sh"],
        entrypoint=["/entrypoint.sh"],
        env={"PATH": f"/opt/entrypoint:{_SYSTEM_PATH}"},
        binds={"/opt/entrypoint/pgbouncer": ENTRYPOINTS / "pgbouncer"},
    )


def _exporter(program: str) -> Image:
    """The image of an exporter that a program of these tests stands in for."""
    path = f"/opt/entrypoint/{program}"
    return Image(
        user=65534,
        group=65534,
        passwd=["nobody:x:65534:65534::/:/sbin/nologin"],
        entrypoint=[path],
        env={"PATH": _SYSTEM_PATH},
        binds={**airflow_image().binds, path: ENTRYPOINTS / program},
    )


def _pgbouncer_exporter(tag: str) -> Image:
    del tag
    return _exporter("pgbouncer_exporter")


def _statsd_exporter(tag: str) -> Image:
    del tag
    return _exporter("statsd_exporter")


def _debian(program: str, *, user: int = 65534) -> Image:
    """The image of a program of Prometheus' friends, which is a package of Debian's."""
    if not Path(f"/usr/bin/{program}").exists():
        raise NodeError(f"{program} is not installed: apt-get install {program}")
    return Image(
        user=user,
        group=user,
        passwd=[f"nobody:x:{user}:{user}::/:/sbin/nologin"],
        entrypoint=[f"/usr/bin/{program}"],
        env={"PATH": _SYSTEM_PATH},
    )


def _otelcol(tag: str) -> Image:
    del tag
    return replace(_exporter("otelcol"), user=10001, group=10001)


def _otlp_backend(tag: str) -> Image:
    del tag
    return _exporter("otlp_backend")


def _prometheus(tag: str) -> Image:
    del tag
    return _debian("prometheus")


def _postgres_exporter(tag: str) -> Image:
    del tag
    return _debian("prometheus-postgres-exporter")


def _redis_exporter(tag: str) -> Image:
    del tag
    return _debian("prometheus-redis-exporter", user=59000)


def _vault(tag: str) -> Image:
    del tag
    return Image(
        user=100,
        group=1000,
        passwd=["vault:x:100:1000::/home/vault:/sbin/nologin"],
        entrypoint=["docker-entrypoint.sh"],
        env={"PATH": f"/opt/entrypoint:{_SYSTEM_PATH}", "HOME": "/"},
        binds={"/opt/entrypoint/vault": ENTRYPOINTS / "vault"},
    )


def airflow_with_stores(tag: str = "") -> Image:
    """Airflow's image with its providers of log stores, which the official one has."""
    packages = Path(__file__).parents[3] / "build" / "log-stores"
    if not (packages / "ready").exists():
        raise NodeError("there are no providers of log stores: run tests/integration/setup")
    image = airflow_image(tag)
    return replace(
        image,
        env={**image.env, "PYTHONPATH": "/opt/log-stores"},
        binds={**image.binds, "/opt/log-stores": packages},
    )


def _minio(tag: str) -> Image:
    del tag
    image, program = airflow_with_stores(), "/opt/entrypoint/minio"
    return Image(
        user=1000,
        group=1000,
        passwd=["minio:x:1000:1000::/data:/sbin/nologin"],
        entrypoint=[program],
        env={"PATH": _SYSTEM_PATH, "HOME": "/tmp", "PYTHONPATH": image.env["PYTHONPATH"]},
        folders=["/data", "/tmp"],
        binds={**image.binds, program: ENTRYPOINTS / "minio"},
    )


IMAGES: dict[str, Callable[[str], Image]] = {
    "apache/airflow": airflow_image,
    "hashicorp/vault": _vault,
    "mariadb": _mariadb,
    "minio/minio": _minio,
    "edoburu/pgbouncer": _pgbouncer,
    "postgres": _postgres,
    "oliver006/redis_exporter": _redis_exporter,
    "otel/opentelemetry-collector-contrib": _otelcol,
    "prometheuscommunity/pgbouncer-exporter": _pgbouncer_exporter,
    "prometheuscommunity/postgres-exporter": _postgres_exporter,
    "prom/prometheus": _prometheus,
    "prom/statsd-exporter": _statsd_exporter,
    "example/otlp-backend": _otlp_backend,
    "rabbitmq": _rabbitmq,
    "redis": _redis,
    "registry.example.com/airflow-with-stores": airflow_with_stores,
    "registry.k8s.io/git-sync/git-sync": _git_sync,
}
