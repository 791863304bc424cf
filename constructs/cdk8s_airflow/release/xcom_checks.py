"""Checks of where the XComs of a release are kept."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.parts.xcom_stores import XCOM_CONNECTION, S3XComs
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.options import option_value

_OPTIONS = (
    ("core", "xcom_backend"),
    ("common.io", "xcom_objectstorage_path"),
    ("common.io", "xcom_objectstorage_threshold"),
    ("common.io", "xcom_objectstorage_compression"),
)


def xcom_problems(props: AirflowProps) -> Iterator[str]:
    """The problems of a store of XComs beside options and connections of the user's."""
    if props.xcom is None:
        return
    name = type(props.xcom).__name__
    for section, option in _OPTIONS:
        if option_value(props, section, option) is not None:
            yield f"[{section}] {option} is set by xcom={name}(...): leave one of them out"
    if XCOM_CONNECTION in (props.connections or {}):
        yield f"connections[{XCOM_CONNECTION!r}] is the id of the library's own: choose another"


def xcom_warnings(props: AirflowProps) -> Iterator[str]:
    """Warnings of a package that the official image lacks, and of a connection of nobody."""
    store = props.xcom
    packages = props.extra_packages
    listed = ExtraPackages.of(packages).requirements if packages else ()
    if isinstance(store, S3XComs) and not props.image and "s3fs" not in str(listed):
        yield (
            "xcom=S3XComs(...) needs s3fs, which the official image does not have: give image= "
            "that has it, or extra_packages=['s3fs']"
        )
    if store is None or store.connection_id is None or props.secrets_backend:
        return
    backends = (("secrets", "backend"), ("workers", "secrets_backend"))
    if any(option_value(props, *each) for each in backends):
        return
    if store.connection_id not in (props.connections or {}) and not props.extensions:
        yield (
            f"{type(store).__name__}.connection_id is {store.connection_id!r}, and nothing here "
            "has a connection of that id: unless users add it to the database, tasks with large "
            f"XComs fail; give connections={{{store.connection_id!r}: Connection(...)}}"
        )
