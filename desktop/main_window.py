"""The window: one page at a time. It owns no data."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QWidget

from widgets.passphrase import PassphrasePage
from widgets.signin import SignInPage
from widgets.states import PanelState, StateOverlay

if TYPE_CHECKING:
    from desktop.desk.page import DeskPage  # which this window stands before, see `Application`


class StartPage(QWidget):
    """What is shown while the program opens, or why it cannot.

    Signals:
        action_requested(): the one button of a fault was pressed.
    """

    action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overlay = StateOverlay(self)
        self._overlay.action_requested.connect(self.action_requested)

    def show_state(self, state: PanelState) -> None:
        """Show progress or a fault."""
        self._overlay.show_state(state)


class MainWindow(QMainWindow):
    """Start, passphrase, sign-in, desk.

    Signals:
        closed(): the officer closed the window.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("城运值守台"))
        self.resize(1920, 1080)
        self.setMinimumSize(1024, 640)
        self._pages = QStackedWidget(self)
        self.start = StartPage(self)
        self.passphrase = PassphrasePage(self)
        self.sign_in = SignInPage(self)
        self.desk: DeskPage | None = None
        for page in (self.start, self.passphrase, self.sign_in):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        full = QShortcut(QKeySequence("Alt+Return"), self)
        full.activated.connect(self._toggle_full_screen)

    def show_page(self, page: QWidget) -> None:
        """Bring one of the pages up."""
        self._pages.setCurrentWidget(page)
        if page is self.desk:
            self.desk.queue.view.setFocus()

    def page_shown(self) -> QWidget | None:
        """Return the page that is up."""
        return self._pages.currentWidget()

    def words(self) -> list[str]:
        """Return the labels that can be read on the page that is up."""
        labels = self._pages.findChildren(QLabel)  # those of the other pages are not visible
        return [label.text() for label in labels if label.isVisible() and label.text()]

    def put_desk(self, desk: "DeskPage | None") -> None:
        """Take a desk, or let go of the one there is."""
        before, self.desk = self.desk, desk
        if desk is not None:
            self._pages.addWidget(desk)
        if before is not None:
            self._pages.removeWidget(before)
            before.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the officer is done; what must be saved is saved already."""
        event.accept()
        self.closed.emit()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
