"""Text of a user's, however long and odd, is looked through in one go."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from cdk8s_airflow import Connection, ExternalRedis, GitDags, Kerberos, SecretKey
from cdk8s_airflow.kubernetes.references import check_env
from cdk8s_airflow.parts.peers import peers_in

KEY = SecretKey(name="s", key="k")


def refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"expected|is not|no "):
        make()


LOOKS: dict[str, Callable[[str], object]] = {
    "environment": lambda text: peers_in({"A": text}),
    "name of a variable": lambda text: peers_in({f"{text}HOST": "x"}),
    "host in the environment": lambda text: peers_in({"X_HOST": text, "X_PORT": "1"}),
    "credentials in the environment": lambda text: check_env("env", {"A": text}),
    "host of a server": lambda text: refused(lambda: ExternalRedis(host=f"{text} ")),
    "git repository": lambda text: refused(lambda: GitDags(repository=f"https://h/x\n{text}")),
    "git template": lambda text: refused(
        lambda: GitDags(repository="https://h/x", view_url_template=f"https://h/{text}{{x}}")
    ),
    "krb5.conf": lambda text: Kerberos(principal="a", keytab=KEY, config=f"[libdefaults]{text}"),
    "connection": lambda text: list(Connection(conn_type="http", host=text, port=1).peers),
}
TEXTS = ("a", "a+", ":", "_", "{", " ", "://", "a://", "@", "://a:", "kdc ", "-", "1.", "\\")


def seconds(look: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    try:
        look(text)
    except ValueError:
        pass
    return time.process_time() - start


@pytest.mark.parametrize("name", LOOKS)
def test_a_megabyte_takes_no_more_than_its_share(name: str) -> None:
    """Twenty times the text takes some twenty times as long; what is quadratic takes 400 times."""
    for text in TEXTS:
        short, long = (text * (size // len(text)) for size in (50_000, 1_000_000))
        few = min(seconds(LOOKS[name], short) for _ in range(3))
        assert seconds(LOOKS[name], long) < 100 * max(few, 0.002), text
