"""The painter of the scenes."""

import numpy as np
import numpy.typing as npt
import pytest

from desktop.drill.cameras.draw.film import FORMATS, FRAMES, KEY_INTERVAL, Easel, pixels
from desktop.drill.cameras.draw.gallery import SCENES
from desktop.drill.cameras.draw.lens import Lens, facing, steps
from desktop.drill.cameras.draw.scene import LOOP_S, Scene, Track
from desktop.drill.cameras.scenes import scenes


def picture(easel: Easel, t: float) -> npt.NDArray[np.int16]:
    return pixels(easel.frame(t), FORMATS["main"]).astype(np.int16)


def changed(first: npt.NDArray[np.int16], second: npt.NDArray[np.int16]) -> float:
    """Return the share of pixels that differ plainly."""
    return float((np.abs(first - second).max(axis=2) > 24).mean())


def test_that_every_scene_is_drawn_in_its_place() -> None:
    assert [scene.slug for scene in SCENES] == [scene.slug for scene in scenes()]
    assert FRAMES % KEY_INTERVAL == 0


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.slug)
def test_that_a_loop_ends_where_it_began(scene: type[Scene]) -> None:
    easel = Easel(scene())
    between_two = LOOP_S / FRAMES
    # Whole seconds are when lamps and signs switch; one may do so at the seam too, but nothing may jump.
    steps_taken = [
        changed(picture(easel, t), picture(easel, t + between_two)) for t in (3.99, 5.99, 7.99, 11.99, 13.99)
    ]
    assert changed(picture(easel, 0.0), picture(easel, LOOP_S - 1e-6)) <= max(steps_taken)
    assert max(changed(picture(easel, 0.0), picture(easel, t)) for t in (3.0, 9.0, 14.0)) > 0.002


def test_that_a_scene_is_drawn_the_same_each_time() -> None:
    first, second = (picture(Easel(SCENES[0]()), 3.0) for _ in range(2))
    assert not np.any(first - second)


def test_that_a_track_passes_its_knots_and_never_overshoots() -> None:
    track = Track((0, 5), (1, 5), (2, 9), (4, 9), (5, 0))
    assert [track.at(t) for t in (-1, 0, 1, 2, 4, 5, 9)] == [5, 5, 5, 9, 9, 0, 0]
    values = [track.at(t / 100) for t in range(500)]
    assert max(values) < 9.001
    assert min(values) >= 0
    assert track.speed(3.0) == pytest.approx(0)


def test_that_a_face_behind_the_lens_is_cut_away() -> None:
    lens = Lens((0, 0, 2), (0, 10, 2), 60)
    assert lens.outline([(0, -5, 0), (1, -5, 0), (1, -5, 1)]) == []
    half_behind = lens.outline([(-1, -5, 0), (1, -5, 0), (1, 20, 0), (-1, 20, 0)])
    assert len(half_behind) == 4
    assert all(y > 360 for _, y in half_behind)  # the ground lies below the horizon
    assert facing(half_behind)


def test_that_steps_count_like_a_range() -> None:
    assert list(steps(0, 1, 0.25)) == [0, 0.25, 0.5, 0.75]
    assert list(steps(0, 1.1, 0.5)) == [0, 0.5, 1.0]
    assert list(steps(3, 1, 1)) == []
