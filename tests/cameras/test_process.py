"""The camera process: orders by pipe, streams by RTSP."""

import subprocess
import sys
import textwrap
from base64 import b64encode
from collections.abc import Iterator

import psutil
import pytest

from desktop.drill.cameras.process import CameraProcess, MountSpec
from desktop.errors import OpsError
from tests.cameras.running import DEADLINE_S, RawClient, set_up

PARENT = """
    import sys, time
    from desktop.drill.cameras.process import CameraProcess, MountSpec

    if __name__ == "__main__":
        cameras = CameraProcess()
        print(cameras.start(), cameras._process.pid, flush=True)
        sys.stdin.read()
"""


@pytest.fixture
def cameras() -> Iterator[CameraProcess]:
    process = CameraProcess()
    yield process
    process.close()


def login(username: str, password: str) -> str:
    return "Authorization: Basic " + b64encode(f"{username}:{password}".encode()).decode()


def until_status(port: int, url: str, status: int, *headers: str) -> None:
    """Ask until the order has arrived: the pipe and the stream are different ways."""
    for _ in range(500):
        with RawClient(port) as client:  # a connection that was let in once stays so
            if client.ask("DESCRIBE", url, *headers)[0] == status:
                return
    raise AssertionError(f"never answered {status}")


def test_that_orders_take_effect(cameras: CameraProcess) -> None:
    port = cameras.start()
    url = f"rtsp://127.0.0.1:{port}/310115/sub"
    cameras.mount(MountSpec("310115/sub", 4, "sub"))
    cameras.grant("310115/sub", "a1", "first", 60)
    cameras.grant("310115/sub", "b2", "second", 60)
    until_status(port, url, 200, login("a1", "first"))
    until_status(port, url, 200, login("b2", "second"))
    with RawClient(port) as client:
        assert client.ask("DESCRIBE", url, login("b2", "second"))[0] == 200
        set_up(client, url)
        cameras.revoke("b2")
        until_status(port, url, 401, login("b2", "second"))
        until_status(port, url, 200, login("a1", "first"))
        cameras.set_health("310115/sub", "offline")
        assert client.closed_by_server()
    until_status(port, url, 404, login("a1", "first"))
    cameras.set_health("310115/sub", "online")
    until_status(port, url, 200, login("a1", "first"))
    cameras.grant("310115/sub", "c3", "third", 0)
    cameras.unmount("310115/sub")
    until_status(port, url, 404, login("a1", "first"))
    until_status(port, url, 401, login("c3", "third"))


def test_that_a_taken_port_is_named(cameras: CameraProcess) -> None:
    port = cameras.start()
    second = CameraProcess()
    with pytest.raises(OpsError) as caught:
        second.start(port=port)
    assert (caught.value.code, dict(caught.value.params)) == ("cameras.port_taken", {"port": port})


def test_that_orders_to_an_ended_process_are_ignored(cameras: CameraProcess) -> None:
    cameras.start()
    cameras.close()
    cameras.mount(MountSpec("late", 0, "sub"))
    cameras.close()


def test_that_the_process_ends_with_its_parent() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PARENT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline().split()[1]))
        parent.kill()
        _, alive = psutil.wait_procs([child], timeout=DEADLINE_S)
    assert not alive
