"""Flower's configuration file: what its command line cannot say.

The password comes from FLOWER_PASSWORD, or the file that FLOWER_PASSWORD_FILE names, so that it is
in no process list. `--basic-auth` would also split it at its commas, and let in who knows one of
the pieces.
"""

import os
import socket
import sys
from pathlib import Path

from flower.app import Flower
from kombu.transport.redis import Channel
from tornado.httputil import HTTPServerRequest

_prefix = os.environ.get("AIRFLOW__CELERY__FLOWER_URL_PREFIX", "")
_password = os.environ.get("FLOWER_PASSWORD")
if "FLOWER_PASSWORD_FILE" in os.environ:
    _password = Path(os.environ["FLOWER_PASSWORD_FILE"]).read_text("utf-8")
_find_handler = Flower.find_handler

# Flower only listens to Redis, and would not notice that it is lost: the kernel asks after 5 s of
# silence, and twice more. Airflow's options can hold no mapping of numbers.
Channel.socket_keepalive_options = {
    socket.TCP_KEEPIDLE: 5,
    socket.TCP_KEEPINTVL: 5,
    socket.TCP_KEEPCNT: 2,
}

if _password is not None:
    if not _password or not _password.isascii() or not _password.isprintable():
        sys.exit("the password of Flower has to be printable ASCII characters, and not empty")
    basic_auth = [f"{os.environ['FLOWER_USERNAME']}:{_password}"]


def find_handler(self: Flower, request: HTTPServerRequest, **options: object) -> object:
    """Flower's handler of a request, whether a proxy has stripped the prefix from it or not.

    Flower itself would answer neither a stripped path nor the prefix without a slash at its end.
    """
    if request.path == _prefix:
        request.path += "/"
    elif not request.path.startswith(f"{_prefix}/"):
        request.path = _prefix + request.path
    return _find_handler(self, request, **options)


if _prefix:
    Flower.find_handler = find_handler
