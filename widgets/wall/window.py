"""A window of its own for a wall: panes, alerts below them, and over all of it who sits here."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QMoveEvent, QResizeEvent, QScreen, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.alertstrip import AlertStrip
from widgets.plain import plain_label
from widgets.theme import current_theme
from widgets.wall.frames import FrameSource
from widgets.wall.panel import WallPanel
from widgets.wall.reportcard import ReportCard
from widgets.wall.tourform import TourForm
from widgets.watermark import Watermark

_REST_MS = 400


class WallWindow(QWidget):
    """Alt+Enter fills the screen and gives it back, Esc gives it back.

    Signals:
        placed(): It was moved, resized or filled, and has come to rest.
        dismissed(): The officer closed it.
    """

    placed = Signal()
    dismissed = Signal()

    def __init__(self, source: FrameSource, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setProperty("ground", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(480, 320)
        self._own = True
        self.panel = WallPanel(source, self)
        self.alerts = AlertStrip(self)
        self._locked = plain_label(self.tr("席位已锁定：画面和预警照常，操作已停用。在值守台解锁。"), "mid", self)
        self._locked.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._locked.setMargin(current_theme().space("s"))
        self._locked.hide()
        self.tour_form = TourForm(self)
        self.report_card = ReportCard(self)
        self.watermark = Watermark(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._locked)
        box.addWidget(self.panel, 1)
        box.addWidget(self.alerts)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.placed)
        full = QShortcut(QKeySequence("Alt+Return"), self)
        full.activated.connect(self._toggle_full)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.activated.connect(self._leave_full)

    def place(self, screen: QScreen, x: int, y: int, width: int, height: int, *, full: bool) -> None:
        """Go to a place of the desktop on a screen, and be seen there."""
        self._own = False
        if self.isFullScreen():
            self.showNormal()
        self.setScreen(screen)
        self.setGeometry(x, y, width, height)
        if full:
            self.showFullScreen()
        else:
            self.showNormal()
        self._own = True
        self._rest.stop()

    def set_locked(self, *, locked: bool) -> None:
        """Take nothing from the officer, or take it again; pictures and alerts go on."""
        self.panel.setEnabled(not locked)
        self.alerts.setEnabled(not locked)
        self._locked.setVisible(locked)
        if locked:
            self.tour_form.hide()
            self.report_card.hide()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Tell when it has come to rest."""
        super().moveEvent(event)
        self._note()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell when it has come to rest."""
        super().resizeEvent(event)
        self._note()

    def changeEvent(self, event: QEvent) -> None:
        """Tell when it fills the screen or no longer does."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._note()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Be gone for good only if the officer wants that."""
        event.accept()
        self._rest.stop()
        if event.spontaneous() or self._own:
            self.dismissed.emit()

    def put_away(self) -> None:
        """Close without the officer having asked for it: it comes back at the next start."""
        self._own = False
        self._rest.stop()
        self.close()

    def _note(self) -> None:
        if self._own and self.isVisible():
            self._rest.start()

    @Slot()
    def _toggle_full(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def _leave_full(self) -> None:
        if self.isFullScreen():
            self._toggle_full()
