"""The cluster's DNS: names of Services and of pods behind headless Services, from live state."""

from __future__ import annotations

import socket
import struct
import threading

from .objects import ObjectStore
from .outside import Outside

DOMAIN = "cluster.local"

_A, _ANY = 1, 255
_NO_ERROR, _NAME_ERROR = 0, 3


class DnsServer:
    """Answers A queries over UDP; outside the cluster it knows the hosts that were added."""

    def __init__(self, store: ObjectStore, address: str, outside: Outside) -> None:
        self._store = store
        self._outside = outside
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, 53))
        self._socket.settimeout(0.5)
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="dns", daemon=True)
        self._thread.start()

    def resolve(self, name: str) -> list[str] | None:
        """The addresses of a full name, or None when there is no such name."""
        name = name.rstrip(".").lower()
        suffix = f".svc.{DOMAIN}"
        if not name.endswith(suffix):
            return self._outside.resolve(name)
        labels = name.removesuffix(suffix).split(".")
        if len(labels) not in (2, 3):
            return None
        service = self._store.get("Service", labels[-1], labels[-2])
        if service is None:
            return None
        headless = service["spec"].get("clusterIP") == "None"
        if len(labels) == 2 and not headless:
            return [str(service["spec"]["clusterIP"])]
        if not headless:
            return None
        pods = list(self._store.endpoints(service))
        if len(labels) == 3:
            pods = [
                pod for pod in pods
                if pod.manifest["spec"].get("hostname") == labels[0]
                and pod.manifest["spec"].get("subdomain") == labels[1]
            ]  # fmt: skip
        addresses = [address for pod in pods if (address := pod.ip)]
        return addresses or None

    def close(self) -> None:
        """Stops answering, and frees the address for another server."""
        self._closing = True
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while not self._closing:
            try:
                query, client = self._socket.recvfrom(4096)
            except TimeoutError:
                continue
            try:
                answer = self._answer(query)
            except (IndexError, UnicodeDecodeError, struct.error):
                continue
            self._socket.sendto(answer, client)

    def _answer(self, query: bytes) -> bytes:
        labels, position = [], 12
        while query[position]:
            length = query[position]
            labels.append(query[position + 1 : position + 1 + length].decode("ascii"))
            position += 1 + length
        (record_type,) = struct.unpack_from("!H", query, position + 1)
        question = query[12 : position + 5]
        found = self.resolve(".".join(labels))
        code = _NAME_ERROR if found is None else _NO_ERROR
        addresses = found or [] if record_type in (_A, _ANY) else []
        identity, flags = struct.unpack_from("!HH", query)
        header = struct.pack(
            "!HHHHHH", identity, 0x8480 | (flags & 0x0100) | code, 1, len(addresses), 0, 0
        )
        records = b"".join(
            struct.pack("!HHHIH", 0xC00C, _A, 1, 5, 4) + socket.inet_aton(address)
            for address in addresses
        )
        return header + question + records
