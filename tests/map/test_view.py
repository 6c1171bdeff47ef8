import math
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.map.projection import distance_m, from_mercator
from widgets.map.rows import MapFocus, MapMarker
from widgets.map.view import SELECTION_STEP, MapView
from widgets.map.viewport import Viewport
from widgets.theme import Theme, apply_theme

HERE = (121.5, 31.15)


def _marker(one: str, kind: str = "order", east: float = 0.0, north: float = 0.0, **more: object) -> MapMarker:
    """A marker so many degrees from the middle of the test map."""
    return MapMarker(one, kind, HERE[0] + east, HERE[1] + north, label=one, **more)


def _pixel(view: MapView, marker: str) -> QPoint:
    px, py = view.viewport_shown.to_px(*view.store.place(marker))
    return QPoint(round(px), round(py))


def _bubble(view: MapView) -> QPoint:
    bubble = next(one for one in view._stack.markers.drawn if one.bubble)
    return QPoint(round(bubble.px), round(bubble.py))


def _middle(view: MapView) -> tuple[float, float]:
    lon, lat = from_mercator(view.viewport_shown.x, view.viewport_shown.y)
    return float(lon), float(lat)


def _painted(view: MapView) -> None:
    view.viewport().repaint()


def _drag(qtbot: QtBot, view: MapView, by: QPoint) -> None:
    start = QPoint(500, 400)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for part in (1, 2, 3, 4):
        qtbot.mouseMove(view.viewport(), start + by * part / 4)
        # The scene takes moves at 100 Hz; real hands are slower than a test.
        qtbot.wait(15)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + by)


def _wheel(view: MapView, at: QPoint, notches: float) -> None:
    event = QWheelEvent(
        QPointF(at), QPointF(view.viewport().mapToGlobal(at)), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


# --- selection --------------------------------------------------------------------------------------------------------


def test_that_selecting_centres_the_marker_and_lights_the_nearest_usable_cameras(view: MapView) -> None:
    cameras = [_marker(f"c{n}", "camera", east=0.0005 * (n + 1), health="online" if n else "offline") for n in range(6)]
    view.apply([_marker("o", north=0.002), _marker("far", "camera", east=0.9), *cameras])
    for one in cameras:
        view.apply([_marker(one.id, "camera", east=one.lon - HERE[0], north=0.002, health=one.health)])
    assert view.select("o") is True
    assert _middle(view) == pytest.approx((HERE[0], HERE[1] + 0.002), abs=1e-9)
    chosen = view.selection
    assert [lit.marker.id for lit in chosen.cameras] == ["c1", "c2", "c3", "c4"]
    farthest = max(math.hypot(lit.x - chosen.x, lit.y - chosen.y) for lit in chosen.cameras)
    assert chosen.radius > farthest


def test_that_the_given_cameras_and_words_win(view: MapView) -> None:
    view.apply([_marker("o"), *[_marker(f"c{n}", "camera", east=0.001 * n) for n in range(6)]])
    view.select("o", MapFocus(title="积水", detail="4 路可视", cameras=("c5", "gone"), radius_m=300.0))
    chosen = view.selection
    assert (chosen.title, chosen.detail) == ("积水", "4 路可视")
    assert [lit.marker.id for lit in chosen.cameras] == ["c5"]
    edge = from_mercator(chosen.x + chosen.radius, chosen.y)
    assert float(distance_m(*HERE, *edge)) == pytest.approx(300.0, rel=0.01)


def test_that_an_unlocked_map_comes_near_and_a_locked_one_keeps_its_scale(view: MapView, qtbot: QtBot) -> None:
    view.apply([_marker("a"), _marker("b", east=0.003)])
    view.select("a")
    assert view.viewport_shown.step == SELECTION_STEP
    _wheel(view, QPoint(300, 250), -4)
    step = view.viewport_shown.step
    view.select("b")
    assert view.viewport_shown.step == step
    assert _middle(view)[0] == pytest.approx(HERE[0] + 0.003)


@pytest.mark.parametrize("marker", [None, "unknown", "nowhere"])
def test_that_selecting_what_has_no_place_moves_nothing(view: MapView, marker: str | None) -> None:
    view.apply([_marker("o"), MapMarker("nowhere", "order", 0.0, 0.0)])
    view.select("o")
    before = view.viewport_shown
    assert view.select(marker) is False
    assert view.viewport_shown == before
    assert view.selection is None


def test_that_a_selection_waits_for_its_marker_and_follows_it(view: MapView) -> None:
    view.select("late")
    view.apply([_marker("late")])
    assert view.selection is not None
    view.apply([_marker("late", east=0.002)])
    assert view.selection.x == view.store.place("late")[0]
    view.apply((), ["late"])
    assert view.selection is None


def test_that_a_click_on_a_lit_camera_or_the_selection_activates_it(view: MapView, qtbot: QtBot) -> None:
    view.apply([_marker("o"), _marker("c", "camera", east=0.0008)])
    view.select("o")
    _painted(view)
    for one in ("c", "o"):
        with qtbot.waitSignal(view.marker_activated, timeout=1000) as caught:
            qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_pixel(view, one))
        assert caught.args == [one]


def test_that_a_marker_selected_before_it_came_is_centred_once(view: MapView, qtbot: QtBot) -> None:
    assert view.select("late") is False
    view.apply([_marker("late", east=0.004)])
    assert _middle(view)[0] == pytest.approx(HERE[0] + 0.004)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    moved = view.viewport_shown
    view.apply([_marker("late", east=0.004, badge="超期 1m")])
    view.select("late")
    assert view.viewport_shown == moved


def test_that_pointing_at_what_was_just_taken_away_does_no_harm(view: MapView, qtbot: QtBot) -> None:
    view.apply([_marker("o")])
    _painted(view)
    at = _pixel(view, "o")
    view.store.apply((), ["o"])
    with qtbot.waitSignal(view.point_picked, timeout=1000):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view._stack.markers.next_single(None, back=False) is None


def test_that_selecting_moves_within_150_ms(make_view: Callable[..., MapView], qtbot: QtBot) -> None:
    view = make_view()
    view.apply([_marker("o", east=0.004)])
    before = view.viewport_shown
    view.select("o")
    assert view.viewport_shown == before
    qtbot.waitUntil(lambda: view.viewport_shown.step == SELECTION_STEP, timeout=1000)
    assert _middle(view)[0] == pytest.approx(HERE[0] + 0.004)
    assert view._theme.motion_ms("slow_ms") <= 150


# --- who moves the map ------------------------------------------------------------------------------------------------


def test_that_a_new_incident_moves_an_untouched_map_and_an_old_one_does_not(view: MapView) -> None:
    view.apply([_marker("i1", "incident", east=0.01)])
    moved = view.viewport_shown
    assert moved.bounds.holds(*view.store.place("i1"))
    assert _middle(view)[0] == pytest.approx(HERE[0] + 0.01)
    view.apply([_marker("i1", "incident", east=0.02)])
    view.apply([_marker("o1", "order", east=0.05)])
    assert view.viewport_shown == moved


def test_that_no_incident_moves_a_map_the_officer_has_dragged(view: MapView, qtbot: QtBot) -> None:
    locks = []
    view.lock_changed.connect(locks.append)
    before = view.viewport_shown
    _drag(qtbot, view, QPoint(-80, 40))
    dragged = view.viewport_shown
    assert dragged.x == pytest.approx(before.x + 80 * before.scale)
    assert dragged.y == pytest.approx(before.y + 40 * before.scale)
    view.apply([_marker("i1", "incident", east=0.1)])
    view.resize(700, 500)
    assert (view.viewport_shown.x, view.viewport_shown.y, view.viewport_shown.step) == (
        dragged.x,
        dragged.y,
        dragged.step,
    )
    view.resume()
    assert view.viewport_shown.x == pytest.approx(before.x)
    assert locks == [True, False]


def test_that_no_incident_takes_the_map_from_a_selection(view: MapView) -> None:
    view.apply([_marker("o")])
    view.select("o")
    before = view.viewport_shown
    view.apply([_marker("i1", "incident", east=0.1)])
    assert view.viewport_shown == before


# --- pointing ---------------------------------------------------------------------------------------------------------


def test_that_a_click_activates_the_marker_under_it(view: MapView, qtbot: QtBot) -> None:
    view.apply([_marker("o"), _marker("c", "camera", east=0.002)])
    _painted(view)
    for one in ("o", "c"):
        with qtbot.waitSignal(view.marker_activated, timeout=1000) as caught:
            qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_pixel(view, one))
        assert caught.args == [one]


def test_that_a_click_on_open_ground_gives_the_place(view: MapView, qtbot: QtBot) -> None:
    _painted(view)
    with qtbot.waitSignal(view.point_picked, timeout=1000) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 120))
    expected = from_mercator(*view.viewport_shown.to_world(100, 120))
    assert caught.args[0] == pytest.approx((float(expected[0]), float(expected[1])), abs=1e-9)


def test_that_a_click_on_a_cluster_comes_nearer_until_it_falls_apart(view: MapView, qtbot: QtBot) -> None:
    view.apply([_marker("a", east=0.0001), _marker("b", east=0.0004)])
    for _ in range(8):
        _painted(view)
        if not any(one.bubble for one in view._stack.markers.drawn):
            break
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_bubble(view))
    assert len([one for one in view._stack.markers.drawn if not one.bubble]) == 2
    assert view.locked


def test_that_a_cluster_at_one_place_hands_over_its_members(view: MapView, qtbot: QtBot) -> None:
    view.apply([_marker("a", tone="yellow"), _marker("b", tone="red"), _marker("c")])
    _painted(view)
    with qtbot.waitSignal(view.cluster_activated, timeout=1000) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_bubble(view))
    assert caught.args == [("b", "a", "c")]


def test_that_the_wheel_holds_the_point_under_the_pointer(view: MapView, qtbot: QtBot) -> None:
    at = QPoint(150, 100)
    before = view.viewport_shown.to_world(150, 100)
    _wheel(view, at, 1)
    assert view.viewport_shown.to_world(150, 100) == pytest.approx(before, abs=1e-6)
    assert view.locked
    _wheel(view, at, 0.3)
    assert view.viewport_shown.step != round(view.viewport_shown.step)
    qtbot.waitUntil(lambda: view.viewport_shown.step == round(view.viewport_shown.step), timeout=2000)


def test_that_pointing_names_a_marker_and_leaving_forgets_it(view: MapView, qtbot: QtBot) -> None:
    view.apply([_marker("o")])
    _painted(view)
    qtbot.mouseMove(view.viewport(), _pixel(view, "o"))
    qtbot.waitUntil(lambda: view._stack.callout.hovered is not None, timeout=1000)
    assert view._stack.callout.hovered[0].id == "o"
    qtbot.mouseMove(view.viewport(), QPoint(20, 20))
    qtbot.waitUntil(lambda: view._stack.callout.hovered is None, timeout=1000)


# --- keyboard ---------------------------------------------------------------------------------------------------------


def test_that_the_keyboard_does_all_the_mouse_does(view: MapView, qtbot: QtBot) -> None:
    whole = view.viewport_shown
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.viewport_shown.x > whole.x
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.viewport_shown.y > whole.y
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.viewport_shown.step < whole.step
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.viewport_shown.step == whole.step
    assert view.locked
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.viewport_shown == whole
    assert not view.locked


def test_that_n_goes_through_the_markers_in_view_and_back(view: MapView, qtbot: QtBot) -> None:
    view.apply([_marker("w", "incident", east=-0.003), _marker("m", "alert"), _marker("e", "responder", east=0.003)])
    seen = []
    view.marker_activated.connect(seen.append)
    view.marker_activated.connect(view.select)
    _drag(qtbot, view, QPoint(1, 30))  # a locked map keeps its scale, so that all three stay in view
    for key in (Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ShiftModifier,):
        _painted(view)
        qtbot.keyClick(view, Qt.Key.Key_N, key)
    assert seen == ["w", "m", "e", "w", "e"]


def test_that_the_keyboard_focus_can_be_seen_and_the_mouse_leaves_no_frame(view: MapView, qtbot: QtBot) -> None:
    view.clearFocus()
    plain = view.grab().toImage()
    view.activateWindow()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.hasFocus, timeout=1000)
    assert view.grab().toImage() != plain
    view.clearFocus()
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert view.grab().toImage() == plain


def test_that_a_map_that_is_gone_does_not_hear_of_themes(qapp, qtbot: QtBot) -> None:
    view = MapView()
    view.apply([_marker("o")])
    view.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(view), timeout=1000)
    apply_theme(qapp, Theme.load("light"))
    apply_theme(qapp, Theme.load("dark"))


def test_that_escape_asks_for_deselection_only_with_a_selection(view: MapView, qtbot: QtBot) -> None:
    view.apply([_marker("o")])
    with qtbot.assertNotEmitted(view.deselection_requested):
        qtbot.keyClick(view, Qt.Key.Key_Escape)
    view.select("o")
    with qtbot.waitSignal(view.deselection_requested, timeout=1000):
        qtbot.keyClick(view, Qt.Key.Key_Escape)


# --- what is drawn ----------------------------------------------------------------------------------------------------


def test_that_impossible_places_are_counted_and_never_drawn(view: MapView, qtbot: QtBot) -> None:
    bad = [
        MapMarker("1", "order", 0.0, 0.0),
        MapMarker("2", "order", math.nan, 31.0),
        MapMarker("3", "camera", None, 5.0),
    ]
    with qtbot.waitSignal(view.anomalies_changed, timeout=1000) as caught:
        view.apply([*bad, _marker("o")])
    assert caught.args == [3]
    view._box.look(Viewport(0.0, 0.0, 20, 600, 500))
    _painted(view)
    assert view._stack.markers.drawn == []


def test_that_hidden_kinds_are_neither_drawn_nor_found(view: MapView) -> None:
    view.apply([_marker("o"), _marker("c", "camera", east=0.002)])
    view.show_layers(frozenset({"camera"}), frozenset())
    _painted(view)
    at = _pixel(view, "c")
    assert view._stack.markers.at(at.x(), at.y()) is None
    assert {one.kind for one in view._stack.markers.drawn} == {"order"}


def test_that_a_crowd_stays_within_the_budget_of_pictures(view: MapView) -> None:
    view.apply(
        [_marker(f"o{n}", east=(n % 141) * 1e-4 - 0.007, north=(n // 141) * 1e-4 - 0.007) for n in range(20_000)]
    )
    for step in (-8, 0, 6, 20):
        view._box.look(Viewport(*view.store.place("o10000"), step, 600, 500))
        _painted(view)
        assert 0 < len(view._stack.markers.drawn) <= 400


def test_that_the_basemap_is_painted_in_the_colours_of_the_theme(view: MapView, qapp) -> None:
    view.complete()
    water = view.grab().toImage().pixelColor(300, 250)
    assert water.name() == Theme.load("dark").color("map.water").name()
    apply_theme(qapp, Theme.load("light"))
    view.complete()
    assert view.grab().toImage().pixelColor(300, 250).name() == Theme.load("light").color("map.water").name()


def test_that_an_optional_layer_shows_only_when_asked_for(make_view, still, linjiang) -> None:
    view = make_view(linjiang)
    view.complete()
    plain = view.grab().toImage()
    view.show_layers(frozenset(), frozenset({"grid_cell"}))
    view.complete()
    assert view.grab().toImage() != plain
    view.show_layers(frozenset(), frozenset())
    view.complete()
    assert view.grab().toImage() == plain


def test_that_a_new_critical_marker_pulses_and_one_out_of_view_gets_an_arrow(
    make_view: Callable[..., MapView], qtbot: QtBot
) -> None:
    view = make_view()
    view.apply([_marker("old", "alert", pulse=True)])
    view.apply([_marker("far", "alert", east=0.5, pulse=True), _marker("near", "alert", pulse=True)])
    _painted(view)
    assert view._stack.attention.pulsing()
    assert [one for one, _, _ in view._stack.attention.arrows] == ["far"]
    _, px, py = view._stack.attention.arrows[0]
    with qtbot.waitSignal(view.marker_activated, timeout=1000) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(px), round(py)))
    assert caught.args == ["far"]
    view.apply((), ["far", "near", "old"])
    qtbot.waitUntil(lambda: not view._pulse_timer.isActive(), timeout=3000)


def test_that_nothing_pulses_when_motion_is_reduced(view: MapView) -> None:
    view.apply([_marker("old", "alert")])
    view.apply([_marker("new", "alert", pulse=True)])
    assert not view._stack.attention.pulsing()
    assert not view._pulse_timer.isActive()


def test_that_the_map_describes_itself_in_words(view: MapView) -> None:
    view.apply([_marker("路面塌陷"), _marker("i", "incident"), MapMarker("x", "order", None, None)])
    view.select("路面塌陷")
    words = view.accessibleDescription()
    assert view.accessibleName() == "地图"
    assert "工单 1" in words
    assert "事件 1" in words
    assert "坐标异常 1" in words
    assert "已选 路面塌陷" in words


def test_that_frames_are_timed(view: MapView) -> None:
    view.frame_times_ms.clear()
    _painted(view)
    assert len(view.frame_times_ms) >= 1
    assert all(0 < one < 10_000 for one in view.frame_times_ms)


def test_that_markers_of_a_kind_nobody_knows_are_drawn(view: MapView) -> None:
    view.apply([_marker("d", "drone", tone="ultraviolet", shape="star")])
    _painted(view)
    assert [one.kind for one in view._stack.markers.drawn] == ["drone"]
