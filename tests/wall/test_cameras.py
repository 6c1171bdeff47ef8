"""Cameras on their way to a pane: from the list, by number, from the map; and panes on their way off the wall."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.central.schema import Camera
from desktop.presenters.map import presenter as map_presenter
from desktop.presenters.wall.camera_spread import kind_of, spread
from desktop.presenters.wall.camera_tree import CameraTreePresenter
from desktop.presenters.wall.numbers import WallNumbers
from tests.wall.seat import CAMERAS, SeatAtWall, camera_id
from widgets.cameradrag import CAMERA_MIME
from widgets.map.markerdrag import MarkerDrag
from widgets.map.rows import MapMarker
from widgets.map.view import MapView
from widgets.wall.cameras import CameraGroup, CameraRow
from widgets.wall.cameratree import CameraTree
from widgets.wall.numbers import NumberEntry, Typed
from widgets.wall.wall import VideoWall

PANES = [str(n) for n in range(1, 17)]


@pytest.fixture
def tree(seat: SeatAtWall) -> Iterator[CameraTree]:
    tree = seat.panel.tree
    tester = QAbstractItemModelTester(tree.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    presenter = CameraTreePresenter(tree, seat.wall, seat.context)
    presenter.reload()
    seat.wall.linked.connect(presenter.on_changed)  # keeps it alive with the seat
    seat.qtbot.waitUntil(lambda: tree.list.rows.rowCount() > 0)
    yield tree
    tester.deleteLater()


def rows(tree: CameraTree) -> list[CameraGroup | CameraRow]:
    return [tree.list.rows.row(place) for place in range(tree.list.rows.rowCount())]


def search(seat: SeatAtWall, tree: CameraTree, words: str) -> list[str]:
    with seat.qtbot.waitSignal(tree.query_changed):
        tree._field.setText(words)
    return [row.id for row in rows(tree) if isinstance(row, CameraRow)]


def test_that_cameras_stand_in_their_neighbourhoods_the_working_ones_first(seat: SeatAtWall, tree: CameraTree) -> None:
    assert [row.name for row in rows(tree)] == [f"居委{n}" for n in range(7)]
    tree.list.setFocus()
    QTest.keyClick(tree.list, Qt.Key.Key_Right)  # opens
    inside = [row for row in rows(tree) if isinstance(row, CameraRow)]
    assert [row.number for row in inside] == [f"{n:03d}" for n in range(0, CAMERAS, 7)]
    assert {row.shape for row in inside} == {"circle"}
    QTest.keyClick(tree.list, Qt.Key.Key_Left)
    assert not [row for row in rows(tree) if isinstance(row, CameraRow)]


def test_that_a_camera_without_picture_says_so_in_shape_and_word_and_stands_last(
    seat: SeatAtWall, tree: CameraTree
) -> None:
    seat.news(camera_id(0), health="offline", health_since="2026-11-22T13:59:00+00:00")
    tree.group_toggled.emit("居委0")
    presenter = next(child for child in seat.wall.children() if isinstance(child, CameraTreePresenter))
    presenter.reload()
    seat.qtbot.waitUntil(lambda: "1 路不可用" in rows(tree)[0].count)
    last = [row for row in rows(tree) if isinstance(row, CameraRow)][-1]
    assert (last.id, last.shape, last.tone, last.word) == (camera_id(0), "ring", "blind", "离线 4m")
    assert "离线" in last.sentence


@pytest.mark.parametrize("words", ["路口33", "lk33", "033", "33", "31019961001320000033", "路口33 北"])
def test_that_a_camera_is_found_by_name_initials_number_and_code(
    words: str, seat: SeatAtWall, tree: CameraTree
) -> None:
    assert search(seat, tree, words)[0] == camera_id(33)


def test_that_enter_puts_a_camera_into_the_selected_pane_from_the_field_and_from_the_list(
    seat: SeatAtWall, tree: CameraTree
) -> None:
    seat.panel.wall.select("4")
    tree._field.setText("路口33")
    QTest.keyClick(tree._field, Qt.Key.Key_Return)  # at once: the search is made up for
    assert seat.cameras()[3] == camera_id(33)
    (row,) = [row for row in rows(tree) if row.id == camera_id(33)]
    assert row.where == "窗格 4"
    seat.panel.wall.select("5")
    search(seat, tree, "路口44")
    QTest.keyClick(tree._field, Qt.Key.Key_Down)
    QTest.keyClick(tree.list, Qt.Key.Key_Return)
    assert seat.cameras()[4] == camera_id(44)
    assert bytes(tree.list.rows.mimeData([tree.list.currentIndex()]).data(CAMERA_MIME).data()).decode() == camera_id(44)


def test_that_letters_in_the_list_go_on_with_the_search_and_escape_leads_back(
    seat: SeatAtWall, tree: CameraTree
) -> None:
    assert search(seat, tree, "没有这样的摄像机") == []
    QTest.keyClick(tree._field, Qt.Key.Key_Escape)
    seat.qtbot.waitUntil(lambda: len(rows(tree)) == 7)
    QTest.keyClick(tree.list, "l")
    assert tree.query() == "l"
    tree._field.clear()
    with seat.qtbot.waitSignal(tree.left):
        QTest.keyClick(tree._field, Qt.Key.Key_Escape)


def test_that_the_list_is_beside_a_broad_wall_and_asked_for_on_a_narrow_one(seat: SeatAtWall) -> None:
    panel = seat.panel
    assert panel.tree.isVisible()
    panel.resize(560, 940)
    assert not panel.tree.isVisible()
    panel.wall.setFocus()
    QTest.keyClick(panel.wall, Qt.Key.Key_F)
    assert panel.tree.isVisible()
    panel.tree.left.emit()
    assert not panel.tree.isVisible()
    panel.resize(1600, 940)
    assert panel.tree.isVisible()


# --- numbers --------------------------------------------------------------------------------------------------------


def type_in(entry: NumberEntry, digits: str, *, every_ms: int = 100, selected: str = "3") -> list[Typed]:
    typed, at = [], 10_000
    for digit in digits:
        at += every_ms
        typed.append(entry.add(digit, typed[-1].pane if typed else selected, PANES, at))
    return typed


@pytest.mark.parametrize(
    ("digits", "every_ms", "last"),
    [
        ("5", 100, Typed("5")),
        ("14", 100, Typed("14")),
        ("14", 900, Typed("4")),
        ("041", 100, Typed("3", "041")),
        ("041", 2000, Typed("3", "041")),
        ("141", 100, Typed("3", "141")),
        ("17", 100, Typed("3", "17")),
        ("99", 100, Typed("3", "99")),
        ("0", 100, Typed("3", "0")),
    ],
)
def test_that_numbers_of_panes_select_and_others_call_a_camera(digits: str, every_ms: int, last: Typed) -> None:
    assert type_in(NumberEntry(), digits, every_ms=every_ms)[-1] == last


def test_that_a_number_can_be_taken_back_digit_by_digit_and_is_forgotten_when_left() -> None:
    entry = NumberEntry()
    type_in(entry, "041")
    assert entry.take_back() == Typed("3", "04")
    assert not entry.expired(14_000)
    assert entry.expired(20_000)
    assert entry.take_back() == Typed("3", "0")
    assert entry.take_back() == Typed("3", "")
    assert (entry.take_back(), entry.finish()) == (None, None)


def test_that_digits_and_enter_bring_a_camera_into_the_pane_that_was_selected(seat: SeatAtWall) -> None:
    numbers = WallNumbers(seat.panel.wall, seat.wall)
    wall = seat.panel.wall
    wall.select("4")
    QTest.keyClicks(wall, "033")
    assert "路口33 北向 → 窗格 4" in wall.hint_words
    QTest.keyClick(wall, Qt.Key.Key_Return)
    assert (seat.cameras()[3], wall.selected, wall.single) == (camera_id(33), "4", "")
    QTest.keyClicks(wall, "999")
    QTest.keyClick(wall, Qt.Key.Key_Return)
    assert "没有编号为 999 的摄像机" in wall.hint_words
    QTest.keyClicks(wall, "012")
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    QTest.keyClick(wall, Qt.Key.Key_Return)  # makes the pane single, as without digits
    assert (seat.cameras()[3], wall.single) == (camera_id(33), "4")
    numbers.deleteLater()


def test_that_the_walls_keys_are_not_taken_by_shortcuts_of_the_desk(seat: SeatAtWall) -> None:
    taken: list[str] = []
    shortcuts = [QShortcut(QKeySequence(name), seat.panel) for name in ("G", "V", "5", "Del", "Ctrl+S", "Esc", "B")]
    for shortcut in shortcuts:
        shortcut.activated.connect(partial(taken.append, shortcut.key().toString()))
    wall = seat.panel.wall
    wall.setFocus()
    seat.panel.activateWindow()
    seat.qtbot.waitUntil(wall.hasFocus)
    for key in (Qt.Key.Key_5, Qt.Key.Key_Delete):
        QTest.keyClick(wall, key)
    QTest.keyClick(wall, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert taken == []
    QTest.keyClick(wall, Qt.Key.Key_B)
    assert taken == ["B"]  # what the wall has no use for is still the desk's


# --- from the map, and off the wall ---------------------------------------------------------------------------------


def _mouse(kind: QEvent.Type, view: MapView, at: QPointF) -> None:
    buttons = Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, at, view.viewport().mapToGlobal(at), buttons, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), event)


def test_that_a_camera_is_carried_off_the_map_and_the_map_stays_where_it_is(qtbot: QtBot) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    view.apply([MapMarker("camera/cam-1", "camera", 121.5, 31.15, label="041 浦三路")])
    view.select("camera/cam-1")  # comes so near that it is not a dot among others
    qtbot.waitUntil(lambda: view._box.viewport == view._box.destination)
    view.complete()
    drag = MarkerDrag(view)
    carried: list[MapMarker] = []
    drag.carried.connect(carried.append)
    place = view.store.place("camera/cam-1")
    at = QPointF(*view._box.viewport.to_px(*place)[:2])
    before = view.viewport_shown
    assert view.camera_at(at) is not None
    _mouse(QEvent.Type.MouseButtonPress, view, at)
    _mouse(QEvent.Type.MouseMove, view, at + QPointF(60, 40))
    _mouse(QEvent.Type.MouseButtonRelease, view, at + QPointF(60, 40))
    assert [marker.id for marker in carried] == ["camera/cam-1"]
    assert view.viewport_shown == before
    assert map_presenter.object_of("camera/cam-1") == ("camera", "cam-1")


def test_that_a_pane_dragged_off_the_wall_is_taken_away(seat: SeatAtWall) -> None:
    wall = seat.panel.wall
    inside = wall.pane_rect("2").center().toPoint()
    before = seat.cameras()
    QTest.mousePress(wall, Qt.MouseButton.LeftButton, pos=inside)
    _move(wall, QPointF(-50, 40))
    assert "松开" in wall.hint_words
    QTest.mouseRelease(wall, Qt.MouseButton.LeftButton, pos=QPoint(-50, 40))
    assert seat.cameras() == [before[0], "", *before[2:]]
    assert wall.hint_words == ""


def _move(wall: VideoWall, at: QPointF) -> None:
    event = QMouseEvent(
        *(QEvent.Type.MouseMove, at, wall.mapToGlobal(at)),
        *(Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
    )
    wall.mouseMoveEvent(event)


# --- the first arrangement ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("浦三路下立交 北向", "立交"),
        ("德州新村 8 号停车场", "车场"),
        ("浦三路／杨高南路 东南向", "／"),
        ("环林路 235 号", "路"),
        ("滨江大道 1371 号", "路"),
        ("上南中学东校 西向", "校"),
        ("", ""),
    ],
)
def test_that_what_a_camera_shows_is_guessed_from_its_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_that_the_first_wall_shows_different_things_and_only_what_works() -> None:
    names = [*(f"路口{n}／大道 北向" for n in range(50)), "小学 北向", "公园 东向", "村 3 号大门", "村 3 号电梯厅"]
    cameras = {f"c{n}": Camera(name=name) for n, name in enumerate(names)}
    cameras |= {"broken": Camera(name="医院", health="offline"), "gone": Camera(name="码头", retired=True)}
    chosen = spread(cameras, 5)
    assert len({kind_of(cameras[camera].name) for camera in chosen}) == 5
    assert not {"broken", "gone"} & set(spread(cameras, 64))
    assert len(spread(cameras, 64)) == 54
