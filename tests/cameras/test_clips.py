"""The committed clips are what the server takes for granted."""

from itertools import pairwise

import av
import numpy as np
import pytest

from desktop.drill.cameras.clip import FRAME_RATE, load_clip
from desktop.drill.cameras.scenes import PROFILES, STILL, Profile, clip_name, scenes
from resources import resource_path

ALL = [(scene.slug, profile) for scene in scenes() for profile in PROFILES]
SIZES: dict[Profile, tuple[int, int]] = {"sub": (640, 360), "main": (1280, 720)}


def test_that_there_are_sixteen_scenes_with_names_of_their_own() -> None:
    assert [scene.index for scene in scenes()] == list(range(16))
    for names in zip(*((scene.slug, scene.name_zh, scene.name_en) for scene in scenes()), strict=True):
        assert len(set(names)) == 16


@pytest.mark.parametrize(("slug", "profile"), ALL)
def test_that_a_clip_is_a_long_loop_with_a_key_frame_every_two_seconds(slug: str, profile: Profile) -> None:
    clip = load_clip(slug, profile)
    assert len(clip.frames) >= 16 * FRAME_RATE
    assert len(clip.frames) % (2 * FRAME_RATE) == 0
    keys = [index for index, frame in enumerate(clip.frames) if frame.key]
    assert keys == list(range(0, len(clip.frames), 2 * FRAME_RATE))
    with av.open(str(resource_path(clip_name(slug, profile)))) as container:
        context = container.streams.video[0].codec_context
        assert (context.width, context.height) == SIZES[profile]


@pytest.mark.parametrize("profile", PROFILES)
def test_that_a_still_picture_may_follow_any_scene(profile: Profile) -> None:
    still = load_clip(STILL, profile)
    assert {(load_clip(slug, profile).sps, load_clip(slug, profile).pps) for slug, _ in ALL} == {(still.sps, still.pps)}
    assert [frame.key for frame in still.frames] == [True] + [False] * (2 * FRAME_RATE - 1)
    assert sum(frame.payload_bytes for frame in still.frames[1:]) < 49 * 200


def test_that_all_clips_stay_under_eight_megabytes() -> None:
    names = [clip_name(slug, profile) for slug, profile in ALL] + [clip_name(STILL, profile) for profile in PROFILES]
    assert sum(resource_path(name).stat().st_size for name in names) < 8_000_000


def test_that_a_missing_clip_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-place"):
        load_clip("no-such-place", "sub")


@pytest.mark.slow
@pytest.mark.parametrize("slug", [scene.slug for scene in scenes()])
def test_that_a_scene_is_seamless_and_moves(slug: str) -> None:
    with av.open(str(resource_path(clip_name(slug, "sub")))) as container:
        pictures = [frame.to_ndarray(format="gray").astype(np.int16) for frame in container.decode(video=0)]
    steps = [float(np.abs(after - before).mean()) for before, after in pairwise(pictures)]
    seam = float(np.abs(pictures[0] - pictures[-1]).mean())
    # A key frame every 50 pictures shows as a small step too; the seam is one of them.
    assert seam <= 1.6 * max(steps)
    assert float(np.abs(pictures[0] - pictures[len(pictures) // 2]).mean()) > 0.15
