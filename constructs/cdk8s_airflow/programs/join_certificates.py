"""Writes one file with the public certificate authorities of the image and private ones.

Usage: python join_certificates.py PRIVATE FOLDER

What replaces a program's list of authorities must hold all of them. Git has no variable for it that
a setting for one server could override, so it gets a file of settings.
"""

import importlib.util
import os
import ssl
import sys

PUBLIC = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
)


def public(candidates: tuple[str, ...] = PUBLIC) -> str:
    """The file of the image's own authorities.

    Raises:
        SystemExit: when the image has none.
    """
    found = [path for path in candidates if os.path.isfile(path)]
    certifi = importlib.util.find_spec("certifi")
    if certifi and certifi.origin:
        found.append(os.path.join(os.path.dirname(certifi.origin), "cacert.pem"))
    if not found:
        sys.exit("join_certificates.py: the image has no file of certificate authorities")
    return found[0]


def main(private: str, folder: str) -> None:
    """Checks the private authorities and writes ca-bundle.crt and gitconfig."""
    with open(private) as file:
        ours = file.read()
    try:
        ssl.create_default_context(cadata=ours)
    except ssl.SSLError as error:
        sys.exit(
            f"join_certificates.py: ca_bundle holds no certificates that can be read ({error}): "
            "expected PEM, -----BEGIN CERTIFICATE----- and so on"
        )
    with open(public()) as file:
        theirs = file.read()
    target = os.path.join(folder, "ca-bundle.crt")
    with open(target, "w") as file:
        file.write(f"{theirs.rstrip()}\n{ours.strip()}\n")
    with open(os.path.join(folder, "gitconfig"), "w") as file:
        file.write(f"[http]\n\tsslCAInfo = {target}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
