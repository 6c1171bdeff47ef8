import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from widgets.map.basemap import Basemap, parse_basemap
from widgets.map.panel import MapPanel
from widgets.map.rows import MapLayer, MapMarker
from widgets.theme import Theme, apply_theme


@pytest.fixture
def panel(still: None, qtbot: QtBot) -> MapPanel:
    panel = MapPanel()
    qtbot.addWidget(panel)
    panel.resize(640, 560)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def _chip(panel: MapPanel, key: str):
    return next(chip for chip in panel._chips if chip.layer.key == key)


def test_that_a_map_without_basemap_says_so_until_there_is_one(panel: MapPanel, square: Basemap) -> None:
    assert panel._notice.isVisible()
    assert "底图" in panel._notice_title.text()
    panel.set_basemap(square)
    assert not panel._notice.isVisible()
    panel.set_basemap(Basemap())
    assert panel._notice.isVisible()


def test_that_the_reason_is_shown_as_plain_text(panel: MapPanel) -> None:
    panel.explain("底图无法读取", "<b>x</b> linjiang.geojson")
    assert panel._notice_detail.text() == "<b>x</b> linjiang.geojson"
    assert panel._notice_detail.textFormat() == Qt.TextFormat.PlainText
    assert panel._notice.isVisible()


def test_that_markers_are_drawn_without_a_basemap(panel: MapPanel) -> None:
    panel.view.apply([MapMarker("o", "order", 121.5, 31.15)])
    panel.view.resume()
    panel.view.viewport().repaint()
    assert len(panel.view._stack.markers.drawn) == 1


def test_that_the_imprint_tells_edition_datum_scale_and_anomalies(panel: MapPanel, square: Basemap) -> None:
    panel.set_basemap(square)
    words = panel._imprint.accessibleName()
    assert "7 · WGS-84 · 1:" in words
    assert "坐标异常" not in words
    panel.view.apply([MapMarker("o", "order", 0.0, 0.0)])
    assert "坐标异常 1" in panel._imprint.accessibleName()
    panel.view.apply((), ["o"])
    assert "坐标异常" not in panel._imprint.accessibleName()


def test_that_the_imprint_counts_what_is_broken_in_the_file(panel: MapPanel) -> None:
    panel.set_basemap(parse_basemap('{"type": "FeatureCollection", "features": [null, null]}'))
    assert "底图缺损 2 处" in panel._imprint.accessibleName()


def test_that_a_chip_hides_its_kinds_and_shows_them_again(panel: MapPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.layers_changed, timeout=1000) as caught:
        qtbot.mouseClick(_chip(panel, "camera"), Qt.MouseButton.LeftButton)
    assert caught.args == [frozenset({"incident", "order"})]
    assert panel.view._stack.markers.hidden_kinds == {"camera"}
    qtbot.keyClick(_chip(panel, "camera"), Qt.Key.Key_Space)
    assert panel.view._stack.markers.hidden_kinds == frozenset()


def test_that_layers_can_be_set_as_a_whole(panel: MapPanel) -> None:
    panel.show_layers(frozenset({"order", "grid"}))
    assert panel.layers_shown == {"order", "grid"}
    assert panel.view._stack.markers.hidden_kinds == {"incident", "alert", "camera"}
    assert panel.view._optional == {"grid_cell"}


def test_that_another_hall_brings_its_own_layers(still: None, qtbot: QtBot) -> None:
    panel = MapPanel([MapLayer("pump", "泵站", frozenset({"pump"}), shown=False)])
    qtbot.addWidget(panel)
    assert panel.view._stack.markers.hidden_kinds == {"pump"}


def test_that_the_lock_is_visible_and_one_click_ends_it(panel: MapPanel, square: Basemap, qtbot: QtBot) -> None:
    panel.set_basemap(square)
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    assert panel._follow.text() == "视野已锁定"
    assert not panel._follow.isChecked()
    qtbot.mouseClick(panel._follow, Qt.MouseButton.LeftButton)
    assert not panel.view.locked
    assert panel._follow.isChecked()
    qtbot.mouseClick(panel._follow, Qt.MouseButton.LeftButton)
    assert panel._follow.isChecked()


@pytest.mark.parametrize(("width", "scale"), [(300, 1.0), (640, 1.0), (640, 2.0), (1200, 2.0)])
def test_that_no_instrument_covers_another_at_any_size(panel: MapPanel, qapp, width: int, scale: float) -> None:
    apply_theme(qapp, Theme.load("dark", text_scale=scale, reduce_motion=True))
    panel.resize(width, 560)
    shown = [panel._bar, panel._follow, panel._legend, panel._imprint]
    for number, one in enumerate(shown):
        for other in shown[number + 1 :]:
            assert not one.geometry().intersects(other.geometry()), (one, other)
