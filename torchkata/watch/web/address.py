"""Where the page is: a port of this machine alone, and a token that only the learner is told."""

import hashlib
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from torchkata.suite.cache import addresses
from torchkata.suite.curriculum import SuiteError

HOST = "127.0.0.1"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Address:
    """A socket that listens, and the token that a request must know."""

    listening: socket.socket
    token: str

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.listening.getsockname()[1]}/{self.token}/"


def address(root: Path, port: int | None) -> Address:
    """An address for the suite at `root`: a free port and a new token where no port is asked for.

    With a port, the token is the one that this port had before, so that a page that is open goes on
    when the watch starts again. Raises SuiteError where the port can't be had.
    """
    try:
        listening = socket.create_server((HOST, port or 0))
    except OSError as error:
        raise SuiteError(
            f"Port {port} of {HOST} can't be had: {os.strerror(error.errno or 0)}. "
            "`kata watch --web` without --port takes one that is free."
        ) from None
    return Address(listening, _kept(root, port) if port else secrets.token_urlsafe(_BYTES))


def _kept(root: Path, port: int) -> str:
    cache = addresses()
    if cache is None:
        return secrets.token_urlsafe(_BYTES)
    name = hashlib.sha256(f"{root}:{port}".encode()).hexdigest()
    kept = cache.read(name)
    if kept is None:
        kept = secrets.token_urlsafe(_BYTES).encode()
        cache.write(name, kept)
    return kept.decode()
