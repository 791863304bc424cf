"""Files in the format of age (age-encryption.org/v1), for recipients of X25519.

The primitives are those of `cryptography`, which each image of Airflow has for its Fernet keys.
What is written here `age --decrypt` reads, and the other way round.
"""

import base64
import binascii
import os
from collections.abc import Callable, Sequence
from typing import Protocol

from backup_keys import KeyFormatError, key
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

INTRO = b"age-encryption.org/v1"
WRAPPING = INTRO + b"/X25519"
CHUNK, TAG = 65536, 16
LONGEST_LINE, MOST_LINES = 4096, 4096
"""Of a header; a file of another kind is not read to its end for a newline."""


class Sink(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Takes all of them."""
        ...


class Source(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most so many; none at the end."""
        ...


class AgeError(Exception):
    """Why a file cannot be decrypted."""


def identities(text: str) -> list[X25519PrivateKey]:
    """The private keys of a file as `age-keygen` writes it.

    Raises:
        KeyFormatError: when it has none, or what is none.
    """
    lines = [line.strip() for line in text.splitlines()]
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise KeyFormatError("it has no line that begins with AGE-SECRET-KEY-1")
    return [X25519PrivateKey.from_private_bytes(key(line, "age-secret-key-")) for line in found]


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    derived: bytes = HKDF(SHA256(), 32, salt or None, purpose).derive(secret)
    return derived


def _raw(public: X25519PublicKey) -> bytes:
    raw: bytes = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return raw


def _mac(file_key: bytes, header: bytes) -> HMAC:
    mac = HMAC(_derived(file_key, b"", b"header"), SHA256())
    mac.update(header)
    return mac


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise AgeError("its header is damaged") from error


class Encryptor:
    """Encrypts what is written to it; `finish()` writes the last chunk, without which it is cut."""

    def __init__(self, out: Sink, recipients: Sequence[str]) -> None:
        """Writes the header."""
        file_key, nonce = os.urandom(16), os.urandom(16)
        header = INTRO + b"\n"
        for recipient in recipients:
            header += _wrapped(file_key, key(recipient, "age"))
        header += b"---"
        out.write(header + b" " + _text(_mac(file_key, header).finalize()) + b"\n" + nonce)
        self._out, self._waiting, self._number = out, bytearray(), 0
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))

    def write(self, data: bytes, /) -> int:
        """Encrypts whole chunks of what it has; one more byte shows that one is not the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._chunk(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def flush(self) -> None:
        """Writes nothing: chunks have their size."""

    def finish(self) -> None:
        """Writes the last chunk."""
        self._chunk(bytes(self._waiting), last=True)

    def _chunk(self, data: bytes, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, last), data, None))
        self._number += 1


def _wrapped(file_key: bytes, recipient: bytes) -> bytes:
    ephemeral = X25519PrivateKey.generate()
    share = _raw(ephemeral.public_key())
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(recipient))
    wrap = ChaCha20Poly1305(_derived(shared, share + recipient, WRAPPING))
    body = _text(wrap.encrypt(bytes(12), file_key, None))
    return b"-> X25519 " + _text(share) + b"\n" + body + b"\n"


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


class Decryptor:
    """Decrypts a file; nothing is given out that is not authentic, and no cut file ends well."""

    def __init__(self, source: Source, keys: Sequence[X25519PrivateKey]) -> None:
        """Reads the header.

        Raises:
            AgeError: when it is no file of age, or for other keys.
        """
        self._read = _exactly(source.read)
        header, stanzas, mac = self._header()
        file_key = next((k for s in stanzas for own in keys if (k := _unwrapped(s, own))), None)
        if file_key is None:
            raise AgeError("it is encrypted to other keys than this one")
        try:
            _mac(file_key, header).verify(mac)
        except InvalidSignature as error:
            raise AgeError("its header is damaged") from error
        nonce = self._read(16)
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._number, self._ended, self._ready = 0, False, b""
        self._next = self._read(CHUNK + TAG)

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes, all that are left without a size; none at the end.

        Raises:
            AgeError: when the file is damaged or cut.
        """
        while not self._ended and (size < 0 or not self._ready):
            self._ready += self._decrypted()
        data = self._ready if size < 0 else self._ready[:size]
        self._ready = self._ready[len(data) :]
        return data

    def _decrypted(self) -> bytes:
        chunk = self._next
        self._next = self._read(CHUNK + TAG) if len(chunk) == CHUNK + TAG else b""
        last = not self._next
        try:
            data: bytes = self._cipher.decrypt(_nonce(self._number, last), chunk, None)
        except (InvalidTag, ValueError) as error:
            raise AgeError("it is damaged, or its end is missing") from error
        self._number, self._ended = self._number + 1, last
        return data

    def _header(self) -> tuple[bytes, list[tuple[list[bytes], bytes]], bytes]:
        """What the MAC is of, arguments and body of each stanza, and the MAC."""
        if self._read(len(INTRO) + 1) != INTRO + b"\n":
            raise AgeError("it is no file of age")
        header = INTRO + b"\n"
        stanzas: list[tuple[list[bytes], bytes]] = []
        line = self._line()
        for _ in range(MOST_LINES):
            if line.startswith(b"--- "):
                return header + b"---", stanzas, _bytes(line[4:])
            if not line.startswith(b"-> "):
                break
            words, body = line[3:].split(b" "), b""
            header += line + b"\n"
            while len(line := self._line()) == 64:
                header, body = header + line + b"\n", body + line
            header, body = header + line + b"\n", body + line
            stanzas.append((words, _bytes(body)))
            line = self._line()
        raise AgeError("its header is damaged")

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\n"):
            if len(line) > LONGEST_LINE or not (more := self._read(1)):
                raise AgeError("its header is damaged, or its end is missing")
            line += more
        return line[:-1]


def _unwrapped(stanza: tuple[list[bytes], bytes], own: X25519PrivateKey) -> bytes | None:
    """The key of the file, if a stanza is for this private key."""
    words, body = stanza
    if words[0] != b"X25519" or len(words) != 2 or len(body) != 32:
        return None
    share = _bytes(words[1])
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(share))
        wrap = ChaCha20Poly1305(_derived(shared, share + _raw(own.public_key()), WRAPPING))
        found: bytes = wrap.decrypt(bytes(12), body, None)
        return found
    except (InvalidTag, ValueError):
        return None


def _exactly(read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """A read that returns less than it is asked for at the end alone."""

    def whole(size: int) -> bytes:
        parts, missing = [], size
        while missing and (data := read(missing)):
            parts.append(data)
            missing -= len(data)
        return b"".join(parts)

    return whole
