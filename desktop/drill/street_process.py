"""The cameras' own process: RTSP wants its picture out every 40 ms, whatever the centre is busy with.

Standard input brings one `Streets` line and then `HealthNews` lines; standard output answers with one `StreetsReady`
line. The process ends when its input does.
"""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable

import msgspec

from desktop.drill.cameras.mount import Health
from desktop.drill.cameras.scenes import Profile, scenes
from desktop.drill.cameras.server import CameraServer
from desktop.drill.live import password_for
from desktop.drill.signing import Signer
from desktop.errors import OpsError

STREAM_PURPOSE = "stream"


class StreetMount(msgspec.Struct, frozen=True):
    """One stream: the camera it is of, and what it shows."""

    path: str
    camera: str
    scene: int
    profile: Profile


class Streets(msgspec.Struct, frozen=True):
    """All streams, the key that their passwords are signed with (hex), and how the cameras are."""

    host: str
    port: int
    key: str
    mounts: list[StreetMount]
    health: dict[str, Health]


class HealthNews(msgspec.Struct, frozen=True):
    """Cameras whose health changed."""

    health: dict[str, Health]


class StreetsReady(msgspec.Struct, frozen=True):
    """Where the cameras can be reached; or the fault that keeps them from it."""

    port: int = 0
    fault: str = ""
    params: dict[str, str | int | float] = {}


def main() -> int:
    """Serve until standard input ends; return the exit code."""
    logging.basicConfig(level=logging.INFO, format="cameras %(levelname)s %(message)s", stream=sys.stderr)
    line = sys.stdin.buffer.readline()
    if not line:
        return 0
    return asyncio.run(_serve(msgspec.json.decode(line, type=Streets)))


async def _serve(streets: Streets) -> int:
    health = dict(streets.health)
    signer = Signer(bytes.fromhex(streets.key), STREAM_PURPOSE)

    def password(path: str, username: str) -> str | None:
        return password_for(signer, path, username)

    def health_of(camera: str) -> Callable[[], Health]:
        return lambda: health.get(camera, "online")

    server = CameraServer(password)
    for mount in streets.mounts:
        server.mount(mount.path, mount.scene % len(scenes()), mount.profile, health_of(mount.camera))
    try:
        port = await server.start(streets.host, streets.port)
    except OpsError as fault:
        _say(StreetsReady(fault=fault.code, params=dict(fault.params)))
        return 1
    _say(StreetsReady(port=port))
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()

    def listen() -> None:
        for line in sys.stdin.buffer:
            loop.call_soon_threadsafe(health.update, msgspec.json.decode(line, type=HealthNews).health)
        loop.call_soon_threadsafe(ended.set)

    listener = threading.Thread(target=listen, name="health-news")
    listener.start()
    await ended.wait()
    await server.close()
    listener.join()
    return 0


def _say(ready: StreetsReady) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(ready) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
