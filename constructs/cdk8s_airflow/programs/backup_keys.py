"""Keys of age and PGP as text: which they are, and whether they are whole."""

from collections.abc import Sequence
from typing import Literal

Kind = Literal["age", "pgp"]
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
"""The alphabet and the polynomial of Bech32, BIP 173."""
_BLOCK = "-----BEGIN PGP {} KEY BLOCK-----"
PUBLIC, PRIVATE = _BLOCK.format("PUBLIC"), _BLOCK.format("PRIVATE")
PUBLIC_END = "-----END PGP PUBLIC KEY BLOCK-----"


class KeyFormatError(Exception):
    """What is wrong with a key."""


def key(text: str, prefix: str) -> bytes:
    """The 32 bytes of a key in Bech32: of a recipient, `age`, or of an identity.

    Raises:
        KeyFormatError: when it is no such key, or one with a typing error.
    """
    kind, _, data = text.lower().rpartition("1")
    known = text in (text.lower(), text.upper()) and kind == prefix
    if not known or not data or any(letter not in LETTERS for letter in data):
        raise KeyFormatError(f"expected a key that begins with {prefix}1")
    values = [LETTERS.index(letter) for letter in data]
    expanded = [ord(letter) >> 5 for letter in kind] + [0] + [ord(letter) & 31 for letter in kind]
    if _checksum(expanded + values) != 1:
        raise KeyFormatError("its checksum is wrong: a character is missing, or is another")
    spare = 5 * (len(values) - 6) - 256
    if not 0 <= spare < 5:
        raise KeyFormatError("expected a key of 32 bytes, as age-keygen makes it")
    bits = int("".join(f"{value:05b}" for value in values[:-6]), 2)
    return (bits >> spare).to_bytes(32, "big")


def recipient_kind(text: str) -> Kind:
    """The kind of a public key.

    Raises:
        KeyFormatError: when it is none, or one with a typing error.
    """
    text = text.strip()
    if text.upper().startswith("AGE-SECRET-KEY-") or text.startswith(PRIVATE):
        raise KeyFormatError(
            "it is a private key, which belongs into no manifest and no repository: give its "
            "public key, and take this one as known to others"
        )
    if text.startswith(PUBLIC):
        if not text.endswith(PUBLIC_END):
            raise KeyFormatError("its last line, '-----END PGP PUBLIC KEY BLOCK-----', is missing")
        return "pgp"
    if text.startswith("ssh-"):
        raise KeyFormatError("keys of SSH are not known here: make one by age-keygen")
    key(text, "age")
    return "age"


def identity_kind(text: str) -> Kind:
    """The kind of a private key."""
    return "pgp" if PRIVATE in text else "age"


def _checksum(values: Sequence[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for number, generator in enumerate(GENERATORS):
            check ^= generator if top >> number & 1 else 0
    return check
