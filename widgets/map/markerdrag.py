"""Lets a camera be carried off the map: a drag that begins on its marker is the marker's, not the map's."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from widgets.map.rows import MapMarker
from widgets.map.view import MapView


class MarkerDrag(QObject):
    """Watches the mouse over a map.

    Signals:
        carried(object): The camera's `MapMarker`: the officer drags it away, the button is still down.
    """

    carried = Signal(object)

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self._marker: MapMarker | None = None
        self._at = QPointF()
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a press on a camera; once the mouse has gone far enough, the map sees no more of it."""
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._marker, self._at = self._view.camera_at(event.position()), event.position()
        elif event.type() == QEvent.Type.MouseMove and self._marker is not None:
            far = (event.position() - self._at).manhattanLength() >= QApplication.startDragDistance()
            if far and event.buttons() & Qt.MouseButton.LeftButton:
                marker, self._marker = self._marker, None
                self.carried.emit(marker)
            return True
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._marker = None
        return False
