import math

from hypothesis import assume, given
from hypothesis import strategies as st

from widgets.map.viewport import FARTHEST_STEP, NEAREST_STEP, Bounds, Viewport

METRES = st.floats(-1e7, 1e7)
VIEWS = st.builds(
    Viewport, METRES, METRES, st.integers(NEAREST_STEP, FARTHEST_STEP), st.integers(50, 4000), st.integers(50, 3000)
)
PIXELS = st.floats(-2000, 6000)


@given(VIEWS, PIXELS, PIXELS)
def test_that_a_pixel_and_its_point_belong_together(view: Viewport, px: float, py: float) -> None:
    back = view.to_px(*view.to_world(px, py))
    assert math.isclose(back[0], px, abs_tol=1e-4)
    assert math.isclose(back[1], py, abs_tol=1e-4)


@given(VIEWS, st.floats(NEAREST_STEP - 9, FARTHEST_STEP + 9), PIXELS, PIXELS)
def test_that_zooming_holds_the_point_under_the_pointer(view: Viewport, step: float, px: float, py: float) -> None:
    before = view.to_world(px, py)
    after = view.zoomed(step, px, py)
    assert NEAREST_STEP <= after.step <= FARTHEST_STEP
    assert math.dist(before, after.to_world(px, py)) < 1e-5 * after.scale * 6000 + 1e-6


@given(VIEWS, METRES, METRES, st.floats(1, 1e5), st.floats(1, 1e5))
def test_that_a_fit_shows_everything_at_a_whole_step(
    view: Viewport, x: float, y: float, width: float, height: float
) -> None:
    bounds = Bounds(x, y, x + width, y + height)
    fitted = view.fitted(bounds, margin_px=10)
    assert fitted.step == round(fitted.step)
    assume(fitted.step < FARTHEST_STEP)
    shown = fitted.bounds
    assert shown.left <= bounds.left
    assert shown.right >= bounds.right
    assert shown.bottom <= bounds.bottom
    assert shown.top >= bounds.top


def test_that_dragging_moves_the_paper_with_the_hand() -> None:
    view = Viewport(0.0, 0.0, 0, 100, 100)
    assert view.panned(10, 0).to_px(*view.to_world(50, 50)) == (60, 50)
    assert view.panned(0, 10).to_px(*view.to_world(50, 50)) == (50, 60)


def test_that_a_movement_ends_exactly_at_its_goal() -> None:
    start, goal = Viewport(0.0, 0.0, 0, 100, 100), Viewport(500.0, 300.0, 7, 100, 100)
    assert start.between(goal, 1.0) == goal
    assert start.between(goal, 0.5).step == 3.5
