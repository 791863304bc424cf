"""kube-proxy, the user-space way: connections to a cluster IP go to one of the Service's pods."""

from __future__ import annotations

import asyncio
import random
import threading
from contextlib import suppress

from .objects import Manifest, NodeError, ObjectStore, namespace_of
from .policies import Policies


class ServiceProxy:
    """Listens on the ports of every Service with a cluster IP; no ready pod means a reset."""

    def __init__(self, store: ObjectStore, policies: Policies) -> None:
        self._store = store
        self._policies = policies
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self._listening: dict[tuple[str, int], asyncio.Server] = {}
        self._connections: set[asyncio.Task[None]] = set()

    def listen(self, service: Manifest) -> None:
        """Opens the ports of a Service that are not open yet."""
        for port in service["spec"]["ports"]:
            if port.get("protocol", "TCP") != "TCP":
                raise NodeError("the stand-in node forwards TCP only")
            address = (str(service["spec"]["clusterIP"]), int(port["port"]))
            if address not in self._listening:
                start = self._listen(address, namespace_of(service), service["metadata"]["name"])
                server = asyncio.run_coroutine_threadsafe(start, self._loop).result(10)
                self._listening[address] = server

    def close(self) -> None:
        """Closes every socket."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _close(self) -> None:
        for server in self._listening.values():
            server.close()
        for connection in self._connections:
            connection.cancel()

    async def _listen(self, address: tuple[str, int], namespace: str, name: str) -> asyncio.Server:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            if task is not None:
                self._connections.add(task)
                task.add_done_callback(self._connections.discard)
            with suppress(asyncio.CancelledError):
                client = writer.get_extra_info("peername")[0]
                target = self._target(namespace, name, address[1], client)
                await self._forward(reader, writer, target)

        return await asyncio.start_server(connected, *address)

    def _target(self, namespace: str, name: str, port: int, client: str) -> tuple[str, int] | None:
        service = self._store.get("Service", namespace, name)
        if service is None:
            return None
        pods = list(self._store.endpoints(service))
        if not pods:
            return None
        pod = random.choice(pods)
        entry = next(p for p in service["spec"]["ports"] if p["port"] == port)
        number = port_number(pod.manifest, entry.get("targetPort", port))
        return (str(pod.ip), number) if self._policies.allow(client, pod, number) else None

    @staticmethod
    async def _forward(
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        target: tuple[str, int] | None,
    ) -> None:
        try:
            if target is None:
                raise ConnectionRefusedError
            pod_reader, pod_writer = await asyncio.wait_for(asyncio.open_connection(*target), 10)
        except (OSError, asyncio.TimeoutError):
            writer.transport.abort()
            return
        try:
            await asyncio.gather(_copy(reader, pod_writer), _copy(pod_reader, writer))
        finally:
            writer.close()
            pod_writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
    except OSError:
        writer.transport.abort()


def port_number(pod: Manifest, port: int | str) -> int:
    """The number of a port that a manifest gives by number or by name."""
    if isinstance(port, int):
        return port
    for container in [*pod["spec"]["containers"], *pod["spec"].get("initContainers", [])]:
        for entry in container.get("ports", []):
            if entry.get("name") == port:
                return int(entry["containerPort"])
    raise NodeError(f"no container of the pod has a port named {port!r}")
