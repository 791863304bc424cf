"""A real nginx that serves the Ingress objects of a bundle, as an ingress controller would."""

from __future__ import annotations

import base64
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from .node.kubelet import Kubelet
from .node.network import program
from .node.objects import Manifest, NodeError, namespace_of

HTTPS, STRIPPED = 443, 8443
"""The ports: where requests keep their paths, and where the path of the Ingress is stripped."""

_HEADERS = """
    proxy_set_header Host $http_host;
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-Port $server_port;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_http_version 1.1;
"""


class Nginx:
    """Listens on an address of its own, for the hosts of the Ingress objects."""

    def __init__(self, node: Kubelet, ingresses: Sequence[Manifest], folder: Path) -> None:
        self._node, self._folder = node, folder
        self.address = node.network.add_service_address()
        servers = [
            text
            for port in (HTTPS, STRIPPED)
            for host in sorted({rule["host"] for i in ingresses for rule in i["spec"]["rules"]})
            for text in self._server(host, port, ingresses)
        ]
        logs = f"error_log {folder}/error.log warn; pid {folder}/nginx.pid; daemon off; user root;"
        paths = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{path}_temp_path {folder}/{path};\n" for path in paths)
        text = "".join(servers)
        config = folder / "nginx.conf"
        config.write_text(
            f"{logs}\nevents {{}}\nhttp {{\naccess_log {folder}/access.log;\n{temporary}{text}}}\n"
        )
        self._process = subprocess.Popen([program("nginx"), "-c", str(config), "-p", str(folder)])
        deadline = time.monotonic() + 20
        while not (folder / "nginx.pid").exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise NodeError(f"nginx does not run: {config.read_text()}")
            time.sleep(0.1)

    def close(self) -> None:
        """Stops it."""
        self._process.terminate()
        self._process.wait(20)

    def certificate(self, ingress: Manifest, host: str) -> Path:
        """The certificate that an Ingress names for a host, as a file; its key lies beside it."""
        for tls in ingress["spec"].get("tls", []):
            if host in tls["hosts"]:
                folder = self._folder / host
                folder.mkdir(exist_ok=True)
                secret = self._node.store.get("Secret", namespace_of(ingress), tls["secretName"])
                if secret is None:
                    raise NodeError(f"there is no Secret {tls['secretName']}")
                for name in ("tls.crt", "tls.key"):
                    (folder / name).write_bytes(base64.b64decode(secret["data"][name]))
                return folder / "tls.crt"
        raise NodeError(f"no TLS for {host} in {ingress['metadata']['name']}")

    def _server(self, host: str, port: int, ingresses: Sequence[Manifest]) -> Iterator[str]:
        locations = []
        for ingress in ingresses:
            for rule in ingress["spec"]["rules"]:
                if rule["host"] == host:
                    certificate = self.certificate(ingress, host)
                    locations += [
                        location
                        for path in rule["http"]["paths"]
                        for location in self._locations(ingress, path, strip=port == STRIPPED)
                    ]
        yield (
            f"server {{\n    listen {self.address}:{port} ssl;\n    server_name {host};\n"
            f"    ssl_certificate {certificate};\n"
            f"    ssl_certificate_key {certificate.with_suffix('.key')};\n"
            f"{_HEADERS}{''.join(locations)}}}\n"
        )

    def _locations(self, ingress: Manifest, path: Manifest, strip: bool) -> Iterator[str]:
        """`pathType: Prefix` goes by whole elements; the longest path wins, as nginx has it."""
        if path["pathType"] != "Prefix":
            raise NodeError(f"pathType {path['pathType']} is not known")
        prefix = path["path"].rstrip("/")
        backend = self._backend(ingress, path["backend"]["service"])
        rest = "/" if strip else ""
        yield f"    location {prefix}/ {{ proxy_pass {backend}{rest}; }}\n"
        if prefix:
            yield f"    location = {prefix} {{ proxy_pass {backend}{rest}; }}\n"

    def _backend(self, ingress: Manifest, wanted: Manifest) -> str:
        service = self._node.store.get("Service", namespace_of(ingress), wanted["name"])
        if service is None:
            raise NodeError(f"there is no Service {wanted['name']}")
        (port,) = (
            port["port"]
            for port in service["spec"]["ports"]
            if port["name"] == wanted["port"]["name"]
        )
        return f"http://{service['spec']['clusterIP']}:{port}"
