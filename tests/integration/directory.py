"""A real slapd that speaks LDAP by TLS, with users and groups, as a process outside the cluster."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from .node.network import program

BASE = "dc=example,dc=com"
PEOPLE, GROUPS = f"ou=people,{BASE}", f"ou=groups,{BASE}"
READER = f"cn=airflow,{BASE}"
_ROOT, _ROOT_PASSWORD = f"cn=root,{BASE}", "root"
_CONFIG = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
pidfile {folder}/slapd.pid
TLSCACertificateFile {folder}/ca.crt
TLSCertificateFile {folder}/tls.crt
TLSCertificateKeyFile {folder}/tls.key
disallow bind_anon
database mdb
suffix "{base}"
directory {folder}/data
rootdn "{root}"
rootpw {root_password}
overlay memberof
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{reader}" read by * none
"""


class Directory:
    """The directory until it is closed; its administrator works through a local socket."""

    def __init__(self, folder: Path, address: str, tls: Mapping[str, str], password: str) -> None:
        """Starts slapd on port 636.

        Args:
            folder: An empty folder to work in.
            address: Where it listens.
            tls: `ca.crt`, `tls.crt` and `tls.key`.
            password: That of the account that reads.
        """
        self._folder, self._address = folder, address
        (folder / "data").mkdir()
        text = _CONFIG.format(
            folder=folder, base=BASE, root=_ROOT, root_password=_ROOT_PASSWORD, reader=READER
        )
        (folder / "slapd.conf").write_text(text)
        self.start(tls)
        self._apply(
            f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\no: Example\n\n"
            f"dn: {PEOPLE}\nobjectClass: organizationalUnit\n\n"
            f"dn: {GROUPS}\nobjectClass: organizationalUnit\n\n"
            f"dn: {READER}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\n"
            f"userPassword: {password}\n\n"
        )

    def start(self, tls: Mapping[str, str]) -> None:
        """Starts the server with a certificate."""
        for name in ("ca.crt", "tls.crt", "tls.key"):
            (self._folder / name).write_text(tls[name])
        urls = f"ldaps://{self._address}:636/ {self._socket}"
        config = str(self._folder / "slapd.conf")
        with (self._folder / "slapd.log").open("ab") as log:
            self._process = subprocess.Popen(
                [program("slapd"), "-f", config, "-h", urls, "-d", "stats"],
                stdout=log, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + 30
        while not self._answers():  # slapd binds its sockets first, and listens once it has begun
            assert self._process.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with socket.create_connection((self._address, 636), 5):
                pass
            with socket.socket(socket.AF_UNIX) as local:
                local.connect(str(self._folder / "ldapi"))
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Stops the server; what it knows stays."""
        self._process.terminate()
        self._process.wait(30)
        (self._folder / "ldapi").unlink(missing_ok=True)

    def close(self) -> None:
        """Ends it."""
        self.stop()

    @property
    def log(self) -> str:
        """What slapd has said."""
        return (self._folder / "slapd.log").read_text()

    def add_user(self, name: str, password: str) -> None:
        """Adds a user, who is in no group."""
        self._apply(
            f"dn: uid={name},{PEOPLE}\nobjectClass: inetOrgPerson\nuid: {name}\n"
            f"cn: {name}\ngivenName: {name.title()}\nsn: Example\nmail: {name}@example.com\n"
            f"userPassword: {password}\n"
        )

    def add_group(
        self,
        name: str,
        members: Sequence[str],
        *,
        kind: str = "groupOfNames",
        attribute: str = "member",
    ) -> None:
        """Adds a group with members, of whom there has to be one.

        Members of a `groupOfNames` have its DN as `memberOf`, those of other kinds have not.
        """
        lines = "".join(f"{attribute}: uid={member},{PEOPLE}\n" for member in members)
        self._apply(f"dn: cn={name},{GROUPS}\nobjectClass: {kind}\ncn: {name}\n{lines}")

    def move(self, member: str, old: str, new: str) -> None:
        """Moves a user from one group to another."""
        for group, change in ((old, "delete"), (new, "add")):
            line = f"member: uid={member},{PEOPLE}\n"
            self._apply(
                f"dn: cn={group},{GROUPS}\nchangetype: modify\n{change}: member\n{line}",
                "ldapmodify",
            )

    @property
    def _socket(self) -> str:
        return f"ldapi://{str(self._folder / 'ldapi').replace('/', '%2F')}"

    def _apply(self, text: str, command: str = "ldapadd") -> None:
        login = ("-x", "-H", self._socket, "-D", _ROOT, "-w", _ROOT_PASSWORD)
        done = subprocess.run(
            [program(command), *login], input=text, text=True, capture_output=True,
            env={**os.environ, "LDAPNOINIT": "1"},
        )  # fmt: skip
        assert done.returncode == 0, f"{text}\n{done.stderr}\n{self.log}"
