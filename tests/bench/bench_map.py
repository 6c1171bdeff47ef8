"""A map with 1,000,000 markers, dragged and zoomed by mouse as an officer does: how long each frame holds the window.

A frame is all painting, with gathering of markers, placing of names and bringing up to date. WATCHFLOOR_BENCH_MARKERS
asks for fewer.
"""

import os
import random
import sys
import time
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from resources import resource_path
from tests.bench.measurement import Bar, Measurement, percentile
from widgets.map.basemap import read_basemap
from widgets.map.rows import MapMarker
from widgets.map.view import MapView
from widgets.theme import Theme, apply_theme

COUNT = int(os.environ.get("WATCHFLOOR_BENCH_MARKERS", "1000000"))
_FRAME_MS = 16.0
_SIZE_PX = (1000, 1000)
_MIDDLE = (121.500, 31.150)
_SPREAD_DEG = 0.006
_CHANGES = 200


def measure() -> list[Measurement]:
    """Fill the map, then drag and turn the wheel at several scales."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, Theme.load("dark"))
    view = MapView()
    view.resize(*_SIZE_PX)
    view.set_basemap(read_basemap(resource_path("basemap/linjiang.geojson")))
    view.show()
    began = time.perf_counter()
    view.apply(_markers())
    filled_s = time.perf_counter() - began
    view.complete()
    drags: list[float] = []
    wheels: list[float] = []
    for _ in range(8):
        drags += _timed(app, view, _drag(view))
        wheels += _timed(app, view, _wheel(view, 120))
    wheels += [step for _ in range(8) for step in _timed(app, view, _wheel(view, -120))]
    changes = _timed(app, view, _change(view))
    view.close()
    named = ((f"map, {COUNT:,} markers, drag", drags), (f"map, {COUNT:,} markers, wheel", wheels))
    return [
        Measurement(name=f"map, {COUNT:,} markers put on it", value=filled_s, unit="s"),
        *(
            Measurement(
                name=f"{name}: frame p99",
                value=percentile(steps, 0.99),
                unit="ms",
                bar=Bar.AT_MOST,
                limit=_FRAME_MS,
                note=f"median {percentile(steps, 0.5):.1f} ms, longest {max(steps):.1f} ms of {len(steps)}",
            )
            for name, steps in named
        ),
        Measurement(
            name=f"map, {COUNT:,} markers, {_CHANGES} moved at once: frame p99",
            value=percentile(changes, 0.99),
            unit="ms",
        ),
    ]


def _markers() -> list[MapMarker]:
    chance = random.Random(20261122)
    tones = ("neutral", "neutral", "neutral", "yellow", "orange", "red")
    return [
        MapMarker(
            id=f"work_order/{number}",
            kind="order",
            lon=chance.gauss(_MIDDLE[0], _SPREAD_DEG),
            lat=chance.gauss(_MIDDLE[1], _SPREAD_DEG),
            tone=tones[number % 6],
            label=f"工单 {number}",
            urgency=number % 6 // 3,
        )
        for number in range(COUNT)
    ]


def _timed(app: QApplication, view: MapView, steps: Iterator[None]) -> list[float]:
    """Milliseconds of painting of each frame; every step gets one, however fast they come."""
    view.frame_times_ms.clear()
    for _ in steps:
        view.viewport().repaint()
        app.processEvents()
    return list(view.frame_times_ms)


def _drag(view: MapView) -> Iterator[None]:
    """Drag a quarter of the view to and fro."""
    target, at = view.viewport(), QPoint(500, 500)
    QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=at)
    for step in range(60):
        at += QPoint(8, 4) if step < 30 else QPoint(-8, -4)
        # QTest moves the mouse with no button held down.
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            QPointF(at),
            QPointF(target.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(target, event)
        yield
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=at)


def _wheel(view: MapView, angle: int) -> Iterator[None]:
    """Turn the wheel by one notch and let the movement come to rest."""
    at = QPointF(480, 520)
    event = QWheelEvent(
        at,
        QPointF(view.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # not inverted
    )
    QApplication.sendEvent(view.viewport(), event)
    for _ in range(20):
        yield


def _change(view: MapView) -> Iterator[None]:
    """Move some markers at a time, as the feed of changes does."""
    chance = random.Random(1)
    for _ in range(40):
        moved = [
            MapMarker(
                id=f"work_order/{chance.randrange(COUNT)}",
                kind="order",
                lon=chance.gauss(_MIDDLE[0], _SPREAD_DEG),
                lat=chance.gauss(_MIDDLE[1], _SPREAD_DEG),
            )
            for _ in range(_CHANGES)
        ]
        view.apply(moved)
        yield
