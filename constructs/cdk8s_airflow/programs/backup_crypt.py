"""Encrypts to public keys of age or PGP, and decrypts with a private one.

age is done here; for PGP the image needs `gpg`, which the official one of Airflow has.
"""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol

from backup_age import AgeError, Decryptor, Encryptor, Sink, Source, identities
from backup_keys import KeyFormatError, identity_kind, recipient_kind

BLOCK = 1 << 20
GPG = ("gpg", "--batch", "--no-tty", "--quiet", "--trust-model", "always")


class CryptError(Exception):
    """Why something cannot be encrypted or decrypted."""


class Encrypting(Sink, Protocol):
    """Takes plain bytes."""

    def flush(self) -> None:
        """Needs to do nothing."""
        ...

    def finish(self) -> None:
        """Writes the end, without which the file is damaged."""
        ...


def check_recipients(recipients: Sequence[str]) -> str:
    """The suffix of files for these public keys, once all that is needed is there.

    Raises:
        CryptError: when a key or a program is not as it has to be.
    """
    try:
        kinds = {recipient_kind(each) for each in recipients}
    except KeyFormatError as error:
        raise CryptError(f"encrypt_to: {error}") from error
    if kinds == {"age"}:
        return "age"
    _needs_gpg()
    with tempfile.TemporaryDirectory() as home:
        _imported(recipients, home)
    return "gpg"


def encrypting(out: Sink, recipients: Sequence[str]) -> Encrypting:
    """What encrypts to `out`; see `check_recipients`."""
    if recipient_kind(recipients[0]) == "age":
        return Encryptor(out, [each.strip() for each in recipients])
    return _GpgEncryptor(out, recipients)


def decrypting(source: Source, identity: str) -> Source:
    """What decrypts a file with a private key.

    Raises:
        CryptError: for a key that is none, or fits not.
    """
    try:
        if identity_kind(identity) == "age":
            return _Age(Decryptor(source, identities(identity)))
    except KeyFormatError as error:
        raise CryptError(f"the private key is none of age or PGP: {error}") from error
    except AgeError as error:
        raise CryptError(str(error)) from error
    _needs_gpg()
    return _GpgDecryptor(source, identity)


class _Age:
    def __init__(self, decryptor: Decryptor) -> None:
        self._decryptor = decryptor

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._decryptor.read(size)
        except AgeError as error:
            raise CryptError(str(error)) from error


def _needs_gpg() -> None:
    if shutil.which("gpg") is None:
        raise CryptError(
            "the image has no gpg, which a PGP key needs: take an image with the package gnupg, as "
            "Airflow's official one is, or a key of age, which needs no program"
        )


def _gpg(home: str, *words: str, given: bytes = b"") -> str:
    """The output of a command of gpg."""
    done = subprocess.run(
        [*GPG, "--homedir", home, *words], input=given, capture_output=True, check=False
    )
    if done.returncode:
        raise CryptError(f"gpg: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode(errors="replace")


def _imported(keys: Sequence[str], home: str) -> list[str]:
    """Imports keys; the fingerprints of all."""
    for each in keys:
        _gpg(home, "--import", given=each.encode())
    lines = [line.split(":") for line in _gpg(home, "--with-colons", "--list-keys").splitlines()]
    primary = [number for number, line in enumerate(lines) if line[0] == "pub"]
    return [next(line[9] for line in lines[number:] if line[0] == "fpr") for number in primary]


class _GpgEncryptor:
    def __init__(self, out: Sink, recipients: Sequence[str]) -> None:
        self._home = tempfile.TemporaryDirectory()
        names = _imported(recipients, self._home.name)
        words = [word for name in names for word in ("--recipient", name)]
        self._errors = tempfile.TemporaryFile()
        self._gpg = subprocess.Popen(
            [*GPG, "--homedir", self._home.name, "--encrypt", "--compress-algo", "none", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._copy, args=(out,), daemon=True)
        self._thread.start()

    def _copy(self, out: Sink) -> None:
        assert self._gpg.stdout
        try:
            while data := self._gpg.stdout.read(BLOCK):
                out.write(data)
        except BaseException as error:  # told by `finish`
            self._failed.append(error)
            self._gpg.kill()

    def write(self, data: bytes, /) -> int:
        assert self._gpg.stdin
        try:
            self._gpg.stdin.write(data)
        except BrokenPipeError:
            self._end()
        return len(data)

    def flush(self) -> None:
        pass

    def finish(self) -> None:
        assert self._gpg.stdin
        self._gpg.stdin.close()
        self._end()

    def _end(self) -> None:
        code = self._gpg.wait()
        self._thread.join()
        if self._failed:
            raise self._failed[0]
        if code:
            raise CryptError(f"gpg: {_text(self._errors)}")


class _GpgDecryptor:
    def __init__(self, source: Source, identity: str) -> None:
        self._home = tempfile.TemporaryDirectory()
        _gpg(self._home.name, "--import", given=identity.encode())
        self._errors = tempfile.TemporaryFile()
        self._gpg = subprocess.Popen(
            [*GPG, "--homedir", self._home.name, "--decrypt"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._copy, args=(source,), daemon=True)
        self._thread.start()

    def _copy(self, source: Source) -> None:
        assert self._gpg.stdin
        try:
            while data := source.read(BLOCK):
                self._gpg.stdin.write(data)
            self._gpg.stdin.close()
        except BrokenPipeError:
            pass  # gpg says why
        except BaseException as error:  # told by `read`
            self._failed.append(error)
            self._gpg.kill()

    def read(self, size: int = -1, /) -> bytes:
        assert self._gpg.stdout
        data = self._gpg.stdout.read(size)
        if data and size >= 0:  # more may follow
            return data
        code = self._gpg.wait()
        if self._failed:
            raise self._failed[0]
        if code:
            raise CryptError(f"gpg: {_text(self._errors)}")
        return data


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return " ".join(file.read().decode(errors="replace").split())


def identity_of(path: str) -> str:
    """The text of a private key in a file.

    Raises:
        CryptError: when there is none.
    """
    text = Path(path).read_text(encoding="utf-8", errors="replace")
    if not text.strip() or not os.path.getsize(path):
        raise CryptError("the private key is empty: put it under the key of the Secret")
    return text
