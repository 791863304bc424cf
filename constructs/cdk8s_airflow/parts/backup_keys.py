"""Public keys to which backups are encrypted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module


def recipient_problems(owner: str, keys: Sequence[str]) -> Iterator[str]:
    """What is wrong with public keys of age or PGP.

    Args:
        owner: the option, for messages.
        keys: the keys.
    """
    # What the program that encrypts says of them; it needs nothing but Python.
    program = import_module("cdk8s_airflow.programs.backup_keys")
    kinds = set()
    for number, key in enumerate(keys, 1):
        which = f"{owner}" if len(keys) == 1 else f"{owner}, key {number}"
        try:
            kinds.add(program.recipient_kind(key))
        except program.KeyFormatError as error:
            yield (
                f"{which}: {error}; expected a public key of age, 'age1...', or one of PGP, "
                "'-----BEGIN PGP PUBLIC KEY BLOCK-----...'"
            )
    if not keys:
        yield (
            f"{owner} is empty: give the public key of a pair whose private key you keep outside "
            "of the cluster, as age-keygen makes it"
        )
    if len(kinds) > 1:
        yield f"{owner} has keys of age and of PGP: a file is encrypted in one way, give one kind"
