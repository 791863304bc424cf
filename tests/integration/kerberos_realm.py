"""A real KDC with one principal, as a process of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path

PRINCIPAL = "airflow@EXAMPLE.COM"
_KDC = """
[realms]
EXAMPLE.COM = {{
    database_name = {folder}/principal
    key_stash_file = {folder}/stash
    kdc_listen = {address}:{port}
    kdc_tcp_listen = {address}:{port}
    max_life = 10h
    max_renewable_life = 7d
}}
[logging]
kdc = FILE:{folder}/kdc.log
"""
_CLIENT = """
[libdefaults]
default_realm = EXAMPLE.COM
dns_lookup_kdc = false
dns_lookup_realm = false
[realms]
EXAMPLE.COM = {{
    kdc = {host}:{port}
}}
"""


class Realm:
    """The realm ``EXAMPLE.COM`` until it is closed."""

    def __init__(self, folder: Path, address: str, port: int, host: str = "") -> None:
        """Starts the KDC.

        Args:
            folder: An empty folder to work in.
            address: Where it listens.
            port: Where it listens.
            host: What clients call it, by default its address.
        """
        self.config = _CLIENT.format(host=host or address, port=port)
        """krb5.conf for clients."""
        self.keytab = folder / "right.keytab"
        """The keytab of the principal."""
        self.wrong_keytab = folder / "wrong.keytab"
        """A keytab from before a change of its password."""
        text = _KDC.format(folder=folder, address=address, port=port)
        (folder / "kdc.conf").write_text(text)
        (folder / "krb5.conf").write_text(self.config)
        env = {
            **os.environ,
            "KRB5_KDC_PROFILE": str(folder / "kdc.conf"),
            "KRB5_CONFIG": str(folder / "krb5.conf"),
            "PATH": f"/usr/sbin:/sbin:{os.environ['PATH']}",
        }

        def admin(query: str) -> None:
            subprocess.run(["kadmin.local", "-q", query], env=env, check=True)

        subprocess.run(["kdb5_util", "create", "-s", "-P", "master"], env=env, check=True)
        admin("addprinc -randkey airflow")
        admin("modprinc -maxrenewlife 7d krbtgt/EXAMPLE.COM")
        admin(f"ktadd -k {self.wrong_keytab} airflow")
        admin(f"ktadd -k {self.keytab} airflow")
        self._kdc = subprocess.Popen(["krb5kdc", "-n"], env=env)
        _wait_for(self._kdc, address, port)

    def close(self) -> None:
        """Ends the KDC."""
        self._kdc.terminate()
        self._kdc.wait(30)


def _wait_for(kdc: subprocess.Popen[bytes], address: str, port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert kdc.poll() is None, f"the KDC has ended with {kdc.returncode}"
        try:
            socket.create_connection((address, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"the KDC does not answer at {address}:{port}")
