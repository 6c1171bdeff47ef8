"""Cameras that make a viewer wait for the next key frame, as most do: ``python -m tests.bench.late_cameras COUNT``.

The drill's own server sends a new viewer what came since the last key frame at once; here that kindness is taken away,
and a first picture takes up to two seconds. Prints its port, and serves until standard input ends.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.drill.cameras.mount import Mount, Viewer
from desktop.drill.cameras.rtp import AccessUnit
from desktop.drill.cameras.scenes import scenes
from desktop.drill.cameras.server import CameraServer


def main(count: int) -> None:
    """Serve `count` cameras, named by their numbers."""
    join = Mount.join

    def join_late(mount: Mount, viewer: Viewer, tick: int) -> tuple[int, list[AccessUnit]]:
        return join(mount, viewer, tick)[0], []

    Mount.join = join_late  # type: ignore[method-assign]
    asyncio.run(_serve(count))


async def _serve(count: int) -> None:
    server = CameraServer(None)
    port = await server.start("127.0.0.1", 0)
    for number in range(count):
        server.mount(str(number), number % len(scenes()), "sub", _online)
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await server.close()


def _online() -> str:
    return "online"


@contextmanager
def late_cameras(count: int) -> Iterator[str]:
    """Run the server; gives the address before each camera's number."""
    command = [sys.executable, "-m", "tests.bench.late_cameras", str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"rtsp://127.0.0.1:{int(process.stdout.readline())}/"
        finally:
            assert process.stdin is not None
            process.stdin.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
