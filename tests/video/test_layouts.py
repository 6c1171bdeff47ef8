"""The wall's arrangements fill it exactly, without gaps wider than asked and without overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.wall.layouts import LAYOUTS, Box, boxes, neighbour

COUNTS = {name: sum(int(part) for part in name.split("+")) for name in LAYOUTS}


@pytest.mark.parametrize("name", LAYOUTS)
def test_that_a_layout_has_as_many_panes_as_it_says(name: str) -> None:
    assert len(LAYOUTS[name].cells) == COUNTS[name]


def test_that_all_layouts_of_the_hall_are_there() -> None:
    assert set(LAYOUTS) == {"1", "4", "1+4", "6", "8", "9", "10", "13", "16", "25", "36", "64"}


@given(st.sampled_from(sorted(LAYOUTS)), st.integers(300, 4000), st.integers(300, 4000), st.integers(0, 4))
def test_that_panes_cover_the_wall_and_never_each_other_at_any_size(
    name: str, width: int, height: int, gap: int
) -> None:
    placed = boxes(name, width, height, gap)
    assert min(box.x for box in placed) == min(box.y for box in placed) == 0
    assert max(box.x + box.width for box in placed) == width
    assert max(box.y + box.height for box in placed) == height
    for index, one in enumerate(placed):
        for other in placed[index + 1 :]:
            apart_x = one.x + one.width + gap <= other.x or other.x + other.width + gap <= one.x
            apart_y = one.y + one.height + gap <= other.y or other.y + other.height + gap <= one.y
            assert apart_x or apart_y
    covered = sum((box.width + gap) * (box.height + gap) for box in placed)
    assert covered == pytest.approx((width + gap) * (height + gap), rel=0.02)


def test_that_the_large_pane_of_one_and_four_is_left_of_a_broad_wall_and_on_top_of_a_tall_one() -> None:
    assert boxes("1+4", 1600, 900, 0)[0] == Box(0, 0, 1200, 900)
    assert boxes("1+4", 560, 950, 0)[0] == Box(0, 0, 560, 475)


@given(st.sampled_from(sorted(LAYOUTS)), st.data())
def test_that_arrows_stay_on_the_wall_and_reach_every_pane(name: str, data: st.DataObject) -> None:
    placed = boxes(name, 1600, 900, 2)
    steps = [(-1, 0), (1, 0), (0, -1), (0, 1)]
    reached, frontier = {0}, [0]
    while frontier:
        place = frontier.pop()
        for step in steps:
            after = neighbour(placed, place, *step)
            if after not in reached:
                reached.add(after)
                frontier.append(after)
    assert reached == set(range(len(placed)))
    start = data.draw(st.integers(0, len(placed) - 1))
    right = neighbour(placed, start, 1, 0)
    assert right == start or placed[right].x > placed[start].x
