"""Tests talk to this machine alone.

An audit hook sees every socket call of the interpreter, whichever library makes it. Names under ``.invalid`` (RFC 2606)
fail as an unknown host would, without asking a resolver, so that tests of a wrong address need no network either.
Programs started by a test are not watched.
"""

import ipaddress
import socket
import sys
from collections.abc import Iterator

import pytest

_WATCHED = frozenset({"socket.connect", "socket.bind", "socket.sendto"})
_refused: list[str] = []
_active = False


def _is_local(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(event: str, host: object) -> None:
    _refused.append(f"{event} {host}")
    raise OSError(f"the test asked for {host}; tests may use loopback only")


def _watch(event: str, args: tuple[object, ...]) -> None:
    if not _active or not event.startswith("socket."):
        return
    if event in _WATCHED:
        address = args[1]
        if isinstance(address, tuple) and not _is_local(address[0]):
            _refuse(event, address[0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
        if host is None or host == socket.gethostname():
            return
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if not _is_local(host):
            _refuse(event, host)


sys.addaudithook(_watch)  # hooks cannot be taken away again, so this one has a switch


@pytest.fixture(autouse=True)
def loopback_only() -> Iterator[None]:
    """Refuse other addresses while a test runs, and fail the test even if it swallowed the refusal."""
    global _active  # noqa: PLW0603 - the hook is process-wide, and so is its switch
    _refused.clear()
    _active = True
    yield
    _active = False
    if _refused:
        pytest.fail("reached for the network:\n  " + "\n  ".join(_refused), pytrace=False)
