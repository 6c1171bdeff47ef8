"""A movable camera: where it looks, and that its picture shows it."""

from collections.abc import Iterator

import av
import numpy as np
import pytest

from desktop.drill.cameras.clip import load_clip
from desktop.drill.cameras.motion import HOME, MAX_ZOOM, SWING_ZOOM, View, drive, stand, travel
from desktop.drill.cameras.scenes import Profile, clip_name, scenes
from desktop.drill.cameras.viewfinder import _Work
from resources import resource_path
from tests.cameras.running import Running, opened, serving

SCENE = 1


@pytest.fixture
def server() -> Iterator[Running]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def reference() -> av.VideoFrame:
    """The first picture of the whole scene."""
    with av.open(str(resource_path(clip_name(scenes()[SCENE].slug, "main")))) as container:
        return next(container.decode(video=0))


def test_that_a_command_moves_no_longer_than_it_may() -> None:
    motion = drive(View(0, 0, 2), 1, 0, 0, 1.0)
    assert motion.where(0) == (0, 0, 2)
    assert 0 < motion.where(0.5).pan < motion.where(1.0).pan == motion.where(60).pan
    assert motion.seconds == pytest.approx(1.0)


def test_that_a_lens_stops_where_its_reach_ends() -> None:
    motion = drive(View(0.9, -1, MAX_ZOOM), 1, -1, 1, 5.0)
    assert motion.end == (1, -1, MAX_ZOOM)
    assert motion.seconds < 0.5


def test_that_a_lens_narrows_before_it_can_turn() -> None:
    assert drive(HOME, 0.2, 0, 0, 1.0).end.zoom == SWING_ZOOM
    assert drive(HOME, 0.2, 0, -1, 1.0).end.zoom == 1
    assert drive(View(0, 0, 3), 0.2, 0, 0, 1.0).end.zoom == 3


def test_that_a_way_to_a_view_ends_there_and_outside_its_reach_at_the_edge() -> None:
    assert travel(View(0.5, 0.5, 2), HOME).where(9) == HOME
    assert travel(HOME, View(-3, 0, 99)).end == (-1, 0, MAX_ZOOM)
    assert stand(HOME).seconds == 0


@pytest.mark.parametrize(
    ("view", "window"),
    [
        (HOME, (0, 0, 1280, 720)),
        (View(-1, 1, 2), (0, 0, 640, 360)),
        (View(1, -1, 2), (640, 360, 640, 360)),
        (View(0, 0, 4), (480, 270, 320, 180)),
    ],
)
def test_that_a_view_is_a_window_of_the_scene(view: View, window: tuple[int, int, int, int]) -> None:
    assert view.window(1280, 720) == window


@pytest.mark.parametrize("profile", ["sub", "main"])
def test_that_pictures_of_a_moved_lens_go_on_with_the_clips_parameter_sets(profile: Profile) -> None:
    slug = scenes()[SCENE].slug
    clip = load_clip(slug, profile)
    work = _Work(slug, profile, clip)
    first, second, forced = (
        work.picture(index, View(0.5, 0, 2), key=key) for index, key in ((60, True), (61, False), (70, True))
    )
    assert (first.key, second.key, forced.key) == (True, False, True)
    decoder = av.CodecContext.create("h264", "r")
    decoder.extradata = b"\0\0\0\1" + clip.sps + b"\0\0\0\1" + clip.pps
    shown = [frame for unit in (first, second, forced) for frame in decoder.decode(av.Packet(annex_b(unit)))]
    shown += decoder.decode(None)
    assert [(frame.width, frame.height) for frame in shown] == [{"sub": (640, 360), "main": (1280, 720)}[profile]] * 3
    own = work._encoder.extradata or b""
    assert not own or (clip.sps in own and clip.pps in own)


def test_that_the_encoder_writes_the_very_parameter_sets_of_the_clips() -> None:
    for profile in ("sub", "main"):
        clip = load_clip(scenes()[SCENE].slug, profile)
        work = _Work(scenes()[SCENE].slug, profile, clip)
        frame = av.VideoFrame(work._width, work._height, "yuv420p")
        frame.pts = 0
        coded = b"".join(bytes(packet) for packet in work._encoder.encode(frame))
        assert clip.sps in coded
        assert clip.pps in coded


def test_that_a_moved_lens_shows_its_window_and_a_returned_one_the_clip_again(
    server: Running, reference: av.VideoFrame
) -> None:
    url = server.mount("ptz/sub", SCENE)
    view = View(0.9, -0.6, 2.5)
    mount = server.server.mount_at("ptz/sub")
    with opened(url) as container:
        frames = container.decode(video=0)
        whole = next(frames)
        assert likeness(whole, reference, HOME) < likeness(whole, reference, view)
        server.call(lambda: server.server.swing("ptz/sub", travel(HOME, view)))
        moved = next(frame for frame in frames if likeness(frame, reference, view) < likeness(frame, reference, HOME))
        times = [moved.pts]
        server.call(lambda: server.server.swing("ptz/sub", travel(view, HOME)))
        for frame in frames:
            times.append(frame.pts)
            if server.call(lambda: mount._lens is None):
                break
        after = next(frames)
        assert likeness(after, reference, HOME) < likeness(after, reference, view)
    assert times == sorted(set(times))


def test_that_who_comes_while_a_lens_is_away_sees_its_window(server: Running, reference: av.VideoFrame) -> None:
    url = server.mount("ptz/late", SCENE)
    view = View(-0.9, 0.5, 2.0)
    server.call(lambda: server.server.swing("ptz/late", stand(view)))
    mount = server.server.mount_at("ptz/late")
    with opened(url):
        server.until(lambda: bool(mount._through))
        with opened(url) as second:
            frame = next(second.decode(video=0))
            assert likeness(frame, reference, view) < likeness(frame, reference, HOME)
    server.until(lambda: not mount.viewers)
    server.call(lambda: server.server.swing("ptz/late", stand(HOME)))
    with opened(url) as third:
        assert server.call(lambda: mount._lens is None)
        frame = next(third.decode(video=0))
        assert likeness(frame, reference, HOME) < likeness(frame, reference, view)


def test_that_a_camera_that_fails_while_its_lens_is_away_shows_that_and_comes_back(server: Running) -> None:
    url = server.mount("ptz/fails", SCENE)
    server.call(lambda: server.server.swing("ptz/fails", stand(View(0, 0, 2))))
    mount = server.server.mount_at("ptz/fails")
    with opened(url) as container:
        frames = container.decode(video=0)
        server.until(lambda: bool(mount._through))
        server.health["ptz/fails"] = "black"
        assert any(brightness(frame) < 20 for frame in frames)
        server.health["ptz/fails"] = "online"
        assert any(brightness(frame) > 40 for frame in frames)


def likeness(frame: av.VideoFrame, scene: av.VideoFrame, view: View) -> float:
    """Mean difference between a picture and what `view` shows of the scene; smaller is more alike."""
    left, top, width, height = view.window(scene.width, scene.height)
    seen = scene.to_ndarray(format="gray")[top : top + height, left : left + width]
    expected = av.VideoFrame.from_ndarray(np.ascontiguousarray(seen), format="gray").reformat(160, 90)
    shown = frame.reformat(160, 90, format="gray")
    return float(np.abs(shown.to_ndarray().astype(int) - expected.to_ndarray()).mean())


def brightness(frame: av.VideoFrame) -> float:
    return float(frame.to_ndarray(format="gray").mean())


def annex_b(unit: object) -> bytes:
    """The picture's NAL units with start codes, put together again from its packets."""
    out = b""
    starts = unit.starts
    for start, end in zip(starts, (*starts[1:], len(unit.template)), strict=True):
        payload = unit.template[start + 16 : end]
        if payload[0] & 0x1F == 28:
            if payload[1] & 0x80:
                out += b"\0\0\0\1" + bytes((payload[0] & 0xE0 | payload[1] & 0x1F,))
            out += payload[2:]
        else:
            out += b"\0\0\0\1" + payload
    return out


def test_that_a_camera_that_stands_is_where_it_is_also_a_moment_before_it_was_told() -> None:
    view = View(0.2, -0.1, 2.0)
    assert stand(view).where(-0.01) == stand(view).where(0.0) == view
