"""Moving about: the view box that holds what is in view and turns drags, wheel and pinches into movement."""

from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from widgets.map.viewport import STEPS_PER_OCTAVE, Viewport, clamp_step

STEPS_PER_NOTCH: Final = 2
"""One notch of the wheel is half an octave."""
SETTLE_MS: Final = 140
"""After so long without another turn of the wheel the scale comes to rest on a whole step."""


class MapViewBox(pg.ViewBox):
    """A view box whose range follows one `Viewport`; all movement goes through `look` and `fly`.

    Signals:
        viewport_changed(Viewport): What is in view is another.
        gesture_made(): The officer moved the map by hand.
        clicked(QPointF, bool): A plain click at a pixel; whether it was a double click.
    """

    viewport_changed = Signal(object)
    gesture_made = Signal()
    clicked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(enableMouse=False, enableMenu=False, defaultPadding=0.0)
        self.viewport = Viewport(0.0, 0.0, 0, 1, 1)
        self._start = self._goal = self.viewport
        self._flight = QVariantAnimation(self)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.valueChanged.connect(self._fly_on)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._settle)

    def look(self, viewport: Viewport) -> None:
        """Show this, at once."""
        self._flight.stop()
        self._show(viewport)

    def fly(self, goal: Viewport, duration_ms: int) -> None:
        """Move there within `duration_ms`; at once when it is 0."""
        self._flight.stop()
        if duration_ms <= 0:
            self._show(goal)
            return
        self._start, self._goal = self.viewport, goal
        self._flight.setDuration(duration_ms)
        self._flight.start()

    @property
    def destination(self) -> Viewport:
        """What will be in view when a running movement has ended."""
        flying = self._flight.state() == QVariantAnimation.State.Running
        return self._goal if flying else self.viewport

    def zoom(self, steps: float, at: QPointF | None = None) -> None:
        """Move by so many steps outwards (negative: inwards), holding the point at a pixel, or the middle."""
        view = self.destination
        px, py = (at.x(), at.y()) if at is not None else (view.width / 2, view.height / 2)
        self.look(view.zoomed(clamp_step(view.step + steps), px, py))
        self._settling.start()

    def wheelEvent(self, ev: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:
        """Zoom at the pointer."""
        del axis
        self.zoom(-ev.delta() / 120.0 * STEPS_PER_NOTCH, ev.scenePos())
        ev.accept()
        self.gesture_made.emit()

    def pinch(self, factor: float, at: QPointF) -> None:
        """Zoom by a touchpad's pinch; `factor` above 1 goes inwards."""
        if factor > 0:
            self.zoom(-STEPS_PER_OCTAVE * (factor - 1.0) * 1.44, at)
            self.gesture_made.emit()

    def mouseDragEvent(self, ev: object, axis: int | None = None) -> None:
        """Pan with the left or middle button."""
        del axis
        if ev.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            ev.ignore()
            return
        ev.accept()
        moved = ev.scenePos() - ev.lastScenePos()
        self.look(self.viewport.panned(moved.x(), moved.y()))
        self.gesture_made.emit()

    def mouseClickEvent(self, ev: object) -> None:
        """Report a click of the left button."""
        if ev.button() == Qt.MouseButton.LeftButton:
            ev.accept()
            self.clicked.emit(ev.scenePos(), ev.double())

    def _fly_on(self, part: object) -> None:
        goal = self._goal.resized(self.viewport.width, self.viewport.height)
        self._show(self._start.resized(goal.width, goal.height).between(goal, float(part)))

    def _settle(self) -> None:
        view = self.viewport
        if view.step != round(view.step):
            self.look(view.zoomed(round(view.step), view.width / 2, view.height / 2))

    def _show(self, viewport: Viewport) -> None:
        if viewport == self.viewport:
            return
        self.viewport = viewport
        box = viewport.bounds
        self.setRange(xRange=(box.left, box.right), yRange=(box.bottom, box.top), padding=0.0, disableAutoRange=True)
        self.viewport_changed.emit(viewport)
