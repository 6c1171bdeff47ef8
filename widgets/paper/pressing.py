"""Puts pages on a device line by line, so that the window goes on meanwhile."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from widgets.paper.pages import POINTS_PER_INCH, Pages

_RESOLUTION = 300
_TURN_S = 0.005


class Press(QObject):
    """Paints a document, some lines a turn of the event loop.

    Signals:
        advanced(int): So many pages are done.
        finished(): All of them are.
        failed(): The device takes no page.
    """

    advanced = Signal(object)
    finished = Signal()
    failed = Signal()

    def __init__(self, pages: Pages, device: QPagedPaintDevice, resolution: int, parent: QObject) -> None:
        """Prepare `device`, which has `resolution` pixels per inch."""
        super().__init__(parent)
        self._pages = pages
        self._device = device
        self._scale = resolution / POINTS_PER_INCH
        self._next = 0
        self._strokes: Iterator[None] = iter(())
        self._painter: QPainter | None = None
        way = QPageLayout.Orientation.Landscape if pages.size.width() > pages.size.height() else None
        layout = QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), way or QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
        layout.setMode(QPageLayout.Mode.FullPageMode)
        device.setPageLayout(layout)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._press_some)

    def start(self) -> None:
        """Begin."""
        self._painter = QPainter()
        if self._painter.begin(self._device):
            self._strokes = self._pages.strokes(self._painter, 0, self._scale)
            self._turn.start()
        else:
            self._painter = None
            self.failed.emit()

    def stop(self) -> None:
        """Paint no more; the device keeps what it has."""
        self._turn.stop()
        if self._painter is not None:
            self._painter.end()
            self._painter = None

    @Slot()
    def _press_some(self) -> None:
        until = time.perf_counter() + _TURN_S
        for _ in self._strokes:
            if time.perf_counter() > until:
                return
        self._turn_page()

    def _turn_page(self) -> None:
        if self._painter is None:
            return
        self._next += 1
        self.advanced.emit(self._next)
        if self._next == self._pages.count:
            self.stop()
            self.finished.emit()
        elif self._device.newPage():
            self._strokes = self._pages.strokes(self._painter, self._next, self._scale)
        else:
            self.stop()
            self.failed.emit()


class PdfPress(Press):
    """Makes a PDF in memory; `data` has it when it is finished."""

    def __init__(self, pages: Pages, title: str, parent: QObject) -> None:
        self._bytes = QByteArray()
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer = QPdfWriter(self._buffer)
        self._writer.setResolution(_RESOLUTION)
        self._writer.setTitle(title)
        self._writer.setCreator("Watchfloor")
        super().__init__(pages, self._writer, _RESOLUTION, parent)

    def data(self) -> bytes:
        """Give the document."""
        return bytes(self._bytes.data())
