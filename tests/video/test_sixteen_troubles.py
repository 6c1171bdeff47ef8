"""Sixteen cameras on one wall, each with another trouble: each pane tells its own truth, the good ones feel nothing."""

import contextlib
import logging
import os
import signal
import time
from collections.abc import Iterator

import pytest

from desktop.central.schema import LiveAddress
from desktop.video.fleet import FleetTuning
from desktop.video.states import PaneState, Tuning
from tests.video.clips import make_sound
from tests.video.odd_cameras import STREET_KEY_EVERY, Answer, Film, OddCamera, OddCameras, Packet
from tests.video.servers import Answer as WebAnswer
from tests.video.servers import AnsweringServer, SilentServer, command_lines
from tests.video.watching import Watched

pytestmark = [pytest.mark.real, pytest.mark.timeout(60)]

S = PaneState
SECRET = "S3cret@:/#口令"
SOUND = "m=audio 0 RTP/AVP 8\na=control:a"
FOREIGN = "m=video 0 RTP/AVP 96\na=rtpmap:96 SVAC/90000\na=control:v"
REFUSAL = {"WWW-Authenticate": 'Basic realm="x"'}
PICKY = Tuning(first_picture_s=5.0, give_up_s=12.0, slow_retry_s=60.0, back_off_s=2.0)


class Films:
    """What the cameras of this wall send."""

    def __init__(self) -> None:
        self.small = Film()
        self.street = Film(kind="street", width=160, height=90, pictures=250, key_every=STREET_KEY_EVERY)
        self.large = Film(width=640, height=360, pictures=25)
        self.black = Film(kind="black", pictures=25)
        self.one = Film(pictures=1, key_every=1)

    def changing(self) -> Iterator[Packet]:
        """Another resolution after a second, over the same connection."""
        yield from self.small.play(times=25)
        for packet in self.large.play():
            yield packet._replace(time=packet.time + 90_000)

    def stalling(self) -> Iterator[Packet]:
        """Nothing more after two seconds, and the connection stays open."""
        yield from self.small.play(times=50)
        yield Packet(60.0, self.small.units[0], 0)

    def never(self) -> Iterator[Packet]:
        """Packets all the time, and never the key frame without which there is no picture."""
        return (packet for packet in self.small.play() if not packet.picture.key)


def cameras(films: Films) -> dict[str, OddCamera]:
    small = films.small
    return {
        "/good": OddCamera(small.play, sets=small.sets),
        "/street": OddCamera(films.street.play),  # and its parameter sets come with its key frames alone
        "/seldom": OddCamera(lambda: small.play(fps=1), sets=small.sets),
        "/changing": OddCamera(films.changing, sets=small.sets),
        "/frozen": OddCamera(films.one.play),
        "/black": OddCamera(films.black.play),
        "/stalling": OddCamera(films.stalling, sets=small.sets),
        "/never": OddCamera(films.never, sets=small.sets),
        "/storm": OddCamera(lambda: small.play(times=10), sets=small.sets),
        "/password": OddCamera(small.play, {"DESCRIBE": Answer(401, REFUSAL)}),
        "/full": OddCamera(small.play, {"PLAY": Answer(453)}, sets=small.sets),
        "/transport": OddCamera(small.play, {"SETUP": Answer(461)}, sets=small.sets),
        "/foreign": OddCamera(small.play, tracks=FOREIGN),
        "/sound": OddCamera(small.play, tracks=SOUND),
    }


TRUTH: dict[str, tuple[PaneState, str]] = {
    "good": (S.LIVE, ""),
    "street": (S.LIVE, ""),
    "seldom": (S.LIVE, ""),
    "changing": (S.LIVE, ""),
    "frozen": (S.FROZEN, "video.frozen"),
    "black": (S.BLACK, "video.black"),
    "stalling": (S.STALLED, "video.no_pictures"),
    "never": (S.OFFLINE, "video.no_key_frame"),
    "storm": (S.OFFLINE, "video.ended"),
    "password": (S.UNAUTHORIZED, "video.unauthorized"),
    "full": (S.OFFLINE, "video.server_fault"),
    "transport": (S.UNSUPPORTED, "video.unsupported_protocol"),
    "foreign": (S.UNSUPPORTED, "video.unsupported_codec"),
    "sound": (S.OFFLINE, "video.no_video"),
    "dead": (S.OFFLINE, "video.silent"),
    "radio": (S.OFFLINE, "video.no_video"),
}
ON_THE_WAY = {(S.IDLE, ""), (S.CONNECTING, ""), (S.BUFFERING, "")}
PICTURED = {"good", "street", "seldom", "changing", "frozen", "black", "stalling", "storm"}
GOOD = ("good", "street")
KEY_S = 1.0


@contextlib.contextmanager
def wall(radio: bytes) -> Iterator[tuple[Watched, OddCameras]]:
    pieces = tuple(radio[at : at + 1880] for at in range(0, len(radio), 1880))
    with (
        OddCameras(cameras(Films())) as server,
        SilentServer() as dead,
        AnsweringServer({"/radio.ts": WebAnswer(pieces=pieces, pause_s=0.05)}) as web,
    ):
        addresses = {name: LiveAddress(f"{server.url}/{name}") for name in TRUTH}
        addresses["password"] = LiveAddress(f"{server.url}/password", username="u", password=SECRET)
        addresses["dead"] = LiveAddress(f"rtsp://127.0.0.1:{dead.port}/dead")
        addresses["radio"] = LiveAddress(f"{web.url}/radio.ts", protocol="http-ts")
        fleet = FleetTuning(panes_per_host=8, hosts=2)
        with Watched(addresses, tuning=PICKY, fleet=fleet) as watched:
            for name in TRUTH:
                watched.service.show(name, name, "sub", 160, 90)
            yield watched, server


class Observer:
    """Looks at all panes as a window does, and notes what each showed and how long looking took."""

    def __init__(self, watched: Watched) -> None:
        self._service = watched.service
        self.shown: dict[str, set[tuple[PaneState, str]]] = {name: set() for name in TRUTH}
        self.told_after_s: dict[str, float] = {}
        self.looks_s: list[float] = []
        self._began = time.monotonic()
        self.gaps_s = dict.fromkeys(GOOD, 0.0)
        self._stamps = dict.fromkeys(GOOD, (0, 0.0))

    def look(self) -> None:
        """Look once."""
        began = time.monotonic()
        for name, shown in self.shown.items():
            status = self._service.status(name)
            self._service.latest(name)
            shown.add((status.state, status.cause_code))
        self.looks_s.append(time.monotonic() - began)
        for name, (stamp, since) in self._stamps.items():
            newest = self._service.picture_stamp(name)
            if newest != stamp:
                self._stamps[name] = (newest, began)
            elif stamp:
                self.gaps_s[name] = max(self.gaps_s[name], began - since)

    def all_true(self) -> bool:
        """Whether every pane has told its truth."""
        self.look()
        for name, truth in TRUTH.items():
            if truth in self.shown[name]:
                self.told_after_s.setdefault(name, time.monotonic() - self._began)
        return len(self.told_after_s) == len(TRUTH)

    def lies(self) -> dict[str, set[tuple[PaneState, str]]]:
        """What panes showed that was not true of their cameras at any time."""
        told = {}
        for name, shown in self.shown.items():
            true = ON_THE_WAY | {TRUTH[name]} | ({(S.LIVE, "")} if name in PICTURED else set())
            told[name] = shown - true
        return {name: lies for name, lies in told.items() if lies}


@pytest.mark.fault(77)
@pytest.mark.expected_log("desktop.video", "does not answer", may=True)
def test_that_each_of_sixteen_cameras_in_trouble_tells_its_own_truth(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert len(TRUTH) == 16
    with wall(make_sound(seconds=12)) as (watched, server):
        observer = Observer(watched)
        watched.until(observer.all_true, 25.0)
        assert observer.lies() == {}
        assert observer.told_after_s["dead"] < 12
        assert observer.told_after_s["seldom"] < 6
        assert watched.service.status("changing").width == 640
        assert watched.service.status("seldom").fps <= 2
        watched.until(lambda: all(watched.service.status(name).fps > 23 for name in GOOD))
        assert max(observer.gaps_s.values()) < 1.0
        assert sorted(observer.looks_s)[len(observer.looks_s) * 99 // 100] < 0.1
        plays = sum(request == ("PLAY", "/storm") for request in server.requests)
        assert 1 < plays < 12  # it is tried again, and not hammered
        told = command_lines([os.getpid(), *watched.pids()]) + caplog.text + repr(watched.seen)
        assert not any(secret in told for secret in (SECRET, "S3cret"))

        victim = watched.pids()[0]
        os.kill(victim, signal.SIGKILL)
        watched.until(lambda: victim not in watched.pids() and watched.service.statistics().hosts_lost == 1, 3.0)
        live = [name for name, (state, _) in TRUTH.items() if state is S.LIVE]
        back_s = watched.until(lambda: all(watched.service.status(name).state is S.LIVE for name in live), 10.0)
        assert back_s < 3.0 + KEY_S
