"""The states a panel can be in besides showing its contents: empty, loading, error, offline. Designed, not blank."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from widgets.icons import paint_icon
from widgets.plain import plain_label
from widgets.theme import current_theme, theme_holder

_ICONS = {"empty": "empty", "loading": "refresh", "error": "plans", "offline": "offline"}
_TONES = {"error": "red", "offline": "orange"}


@dataclass(frozen=True, slots=True)
class PanelState:
    """What a panel has to say instead of its contents.

    Attributes:
        kind: ``"ready"`` (contents are shown), ``"empty"``, ``"loading"``, ``"error"`` or ``"offline"``.
        title: One line; the kind's own words when empty.
        text: What it means and what can be done.
        action: Label of the one button, "" for none.
        progress: Share done of a loading panel, 0 to 1; None when it cannot be told.
    """

    kind: str
    title: str = ""
    text: str = ""
    action: str = ""
    progress: float | None = None


READY = PanelState("ready")


class StateMark(QWidget):
    """The large icon over the words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = "empty"
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_kind(self, kind: str) -> None:
        """Show the icon of a kind."""
        self._kind = kind
        side = current_theme().px(56)
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a quiet disc with the icon in it."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        tone = _TONES.get(self._kind)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone(tone, "soft") if tone else theme.color("surface.3"))
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
        color = theme.tone(tone) if tone else theme.color("text.mid")
        inset = rect.width() * 0.27
        paint_icon(painter, _ICONS.get(self._kind, "info"), color, rect.adjusted(inset, inset, -inset, -inset))
        painter.end()


class StateOverlay(QWidget):
    """Covers its parent while the parent has nothing to show.

    Signals:
        action_requested(): The officer pressed the one button.
    """

    action_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("scrim", "true")
        self._mark = StateMark(self)
        self._title = plain_label(role="title", parent=self, wrap=True)
        self._text = plain_label(role="mid", parent=self, wrap=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("进度"))
        self._button = QPushButton(self)
        self._button.clicked.connect(self._press)
        box = QVBoxLayout(self)
        theme = current_theme()
        box.setContentsMargins(theme.space("xl"), theme.space("xl"), theme.space("xl"), theme.space("xl"))
        box.setSpacing(theme.space("m"))
        box.addStretch(2)
        box.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._title)
        box.addWidget(self._text)
        box.addWidget(self._progress, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        self._state = READY
        parent.installEventFilter(self)
        theme_holder().theme_changed.connect(self._take_theme)
        self.hide()

    def show_state(self, state: PanelState) -> None:
        """Show a state, or go away for ``"ready"``."""
        self._state = state
        if state.kind == "ready":
            self.hide()
            return
        self._mark.set_kind(state.kind)
        self._title.setText(state.title or default_title(state.kind))
        self._text.setText(state.text)
        self._button.setText(state.action)
        self._button.setAccessibleName(state.action)
        self._button.setVisible(bool(state.action))
        self._progress.setFixedWidth(current_theme().px(240))
        self._progress.setVisible(state.kind == "loading")
        self._progress.setRange(0, 0 if state.progress is None else 1000)
        if state.progress is not None:
            self._progress.setValue(round(state.progress * 1000))
        self.setAccessibleName(" ".join(part for part in (self._title.text(), state.text) if part))
        self._follow_parent()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._follow_parent()
        return False

    def _follow_parent(self) -> None:
        """Cover the parent; in a low panel with the title alone."""
        self.setGeometry(self.parentWidget().rect())
        roomy = self.height() >= current_theme().px(240)
        self._text.setVisible(roomy and bool(self._text.text()))
        self._mark.setVisible(roomy)
        margin = current_theme().space("xl" if roomy else "xs")
        self.layout().setContentsMargins(margin, margin, margin, margin)

    @Slot(object)
    def _take_theme(self, _theme: object) -> None:
        self.show_state(self._state)

    @Slot()
    def _press(self) -> None:
        self.action_requested.emit()


def default_title(kind: str) -> str:
    """Give a kind's own words."""
    titles = {
        "empty": QCoreApplication.translate("StateOverlay", "没有内容"),
        "loading": QCoreApplication.translate("StateOverlay", "正在载入"),
        "error": QCoreApplication.translate("StateOverlay", "未能载入"),
        "offline": QCoreApplication.translate("StateOverlay", "离线"),
    }
    return titles.get(kind, kind)
