"""What checks tokens for a PostgreSQL: a RADIUS server, as RDS asks IAM by PAM."""

from __future__ import annotations

import hashlib
import hmac
import socket
import struct
import threading
import time

from .node.network import NODE_ADDRESS

PORT = 1812
_REQUEST, _ACCEPT, _REJECT = 1, 2, 3
_USER_NAME, _USER_PASSWORD = 1, 2

FUNCTION = """
import hmac, os, time

def database(host, port, user):
    now = str(int(time.time()))
    key = os.environ["TOKEN_KEY"].encode()
    return now + "." + hmac.new(key, f"{user}:{now}".encode(), "sha256").hexdigest()
"""
"""A module that makes tokens, of the time and a key."""


class TokenServer:
    """Lets in who has a token that is not older than ``life`` seconds, until it is closed."""

    def __init__(self, key: str, secret: str, life: float) -> None:
        """Starts the server.

        Args:
            key: What tokens are signed with.
            secret: That the clients of RADIUS share.
            life: Seconds for which a token is good.
        """
        self._key, self._secret, self._life = key.encode(), secret.encode(), life
        self.accepted: set[str] = set()
        """The tokens that were good."""
        self.refused: list[str] = []
        """Why others were not."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((NODE_ADDRESS, PORT))
        threading.Thread(target=self._serve, daemon=True).start()

    def token(self, user: str, age: float = 0) -> str:
        """A token that was made so many seconds ago."""
        then = str(int(time.time() - age))
        signed = hmac.new(self._key, f"{user}:{then}".encode(), "sha256").hexdigest()
        return f"{then}.{signed}"

    def close(self) -> None:
        """Ends the server."""
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                packet, client = self._socket.recvfrom(4096)
            except OSError:
                return
            code, number, length = struct.unpack("!BBH", packet[:4])
            if code == _REQUEST:
                found = dict(_attributes(packet[20:length]))
                token = self._plain(found[_USER_PASSWORD], packet[4:20])
                why = self._problem(found[_USER_NAME].decode(), token)
                if why:
                    self.refused.append(why)
                else:
                    self.accepted.add(token)
                answer = struct.pack("!BBH", _REJECT if why else _ACCEPT, number, 20)
                signed = hashlib.md5(answer + packet[4:20] + self._secret).digest()
                self._socket.sendto(answer + signed, client)

    def _problem(self, user: str, token: str) -> str:
        then, _, _ = token.partition(".")
        if not then.isdigit():
            return "no token"
        if not hmac.compare_digest(token, self.token(user, time.time() - int(then))):
            return "of another key or user"
        return "too old" if time.time() - int(then) > self._life else ""

    def _plain(self, hidden: bytes, before: bytes) -> str:
        """The password, as RFC 2865 hides it: in blocks, each by the hash of the one before."""
        plain = b""
        for start in range(0, len(hidden), 16):
            block = hidden[start : start + 16]
            mask = hashlib.md5(self._secret + before).digest()
            plain += bytes(a ^ b for a, b in zip(block, mask, strict=True))
            before = block
        return plain.rstrip(b"\0").decode()


def _attributes(data: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 0
    while at < len(data):
        kind, length = data[at], data[at + 1]
        found.append((kind, data[at + 2 : at + length]))
        at += length
    return found
