"""How long a player waits for a camera that has fallen silent, and what it says then."""

import queue
from collections.abc import Iterator

import pytest

from desktop.errors import OpsError
from desktop.video.engines.base import Source
from desktop.video.engines.pyav import PyAvEngine
from desktop.video.segment import FrameReader, FrameWriter
from tests.video.odd_cameras import Film, OddCamera, OddCameras, Packet

pytestmark = [pytest.mark.real, pytest.mark.timeout(30)]


class Listener:
    """Keeps what a player says."""

    def __init__(self) -> None:
        self.said: queue.Queue[OpsError | str | None] = queue.Queue()

    def opened(self, engine: str, codec: str) -> None:
        self.said.put(f"{engine} {codec}")

    def ended(self, fault: OpsError | None) -> None:
        self.said.put(fault)


@pytest.mark.parametrize(
    ("patience_s", "cause", "pictures"), [(0.5, "video.no_pictures", 10), (5.0, "video.ended", 12)]
)
def test_that_a_player_waits_as_long_as_it_was_told_and_then_names_the_silence(
    patience_s: float, cause: str, pictures: int
) -> None:
    film = Film(pictures=12)

    def hesitating() -> Iterator[Packet]:
        for number, packet in enumerate(film.play(times=12)):
            yield packet._replace(pause_s=1.2 if number == 10 else packet.pause_s)

    reader = FrameReader(320, 180)
    writer = FrameWriter(reader.block.name, 320, 180)
    reader.block.unlink()
    listener = Listener()
    with OddCameras({"/cam": OddCamera(hesitating, sets=film.sets)}) as server:
        source = Source(f"{server.url}/cam", "rtsp", patience_s=patience_s)
        player = PyAvEngine().start("1", source, writer, listener, None)
        assert listener.said.get(timeout=10) == "pyav h264"
        fault = listener.said.get(timeout=10)
    assert isinstance(fault, OpsError)
    assert (fault.code, player.reading().pictures) == (cause, pictures)
