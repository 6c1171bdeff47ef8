"""轮巡 under way: one line below the wall's head, with what is seen, what comes, and how to stop it."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from widgets.iconbutton import IconButton
from widgets.painting import draw_shape, draw_text, text_width
from widgets.theme import Theme, current_theme, theme_holder

_HEIGHT = 34


@dataclass(frozen=True, slots=True)
class TourView:
    """A tour in words.

    Attributes:
        name: What is seen (凌兆一村 2/3).
        place: Which page of how many (3 / 8).
        note: What was left out, or why time stands still.
        left: Time to the next page, or a word for that there is none.
        share: How much of the page's time is over, 0 to 1.
        tone: Of the mark: ``blue`` runs, ``yellow`` stands still.
        paused: Whether the officer paused it.
        sentence: All of it, for a screen reader.
    """

    name: str
    place: str
    note: str = ""
    left: str = ""
    share: float = 0.0
    tone: str = "blue"
    paused: bool = False
    sentence: str = ""


class TourBar(QWidget):
    """Hidden while there is no tour. It never takes the keyboard: its buttons are for the mouse, keys are the wall's.

    Signals:
        previous_requested(), next_requested(): turn a page now.
        pause_requested(): pause, or go on.
        stop_requested(): end the tour; the wall is as it was.
    """

    previous_requested = Signal()
    next_requested = Signal()
    pause_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: TourView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._back = IconButton("chevron-left", self.tr("上一页"), self, keys="←")
        self._pause = IconButton("pause", self.tr("暂停轮巡"), self, keys="Space")
        onward = IconButton("chevron-right", self.tr("下一页"), self, keys="→")
        stop = IconButton("stop", self.tr("结束轮巡，恢复原来的画面"), self, keys="Esc")
        theme = current_theme()
        self._buttons = QHBoxLayout(self)
        self._buttons.setContentsMargins(0, 0, theme.space("s"), 0)
        self._buttons.setSpacing(0)
        self._buttons.addStretch(1)
        for button, signal in (
            (self._back, self.previous_requested),
            (self._pause, self.pause_requested),
            (onward, self.next_requested),
            (stop, self.stop_requested),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
            self._buttons.addWidget(button)
        theme_holder().theme_changed.connect(self._take_theme)
        self._take_theme(theme)
        self.hide()

    @property
    def view(self) -> TourView | None:
        """What it shows, None for no tour."""
        return self._view

    def show_view(self, view: TourView | None) -> None:
        """Show how a tour stands, or None."""
        if view == self._view:
            return
        before, self._view = self._view, view
        self.setVisible(view is not None)
        if view is None:
            return
        self.setAccessibleName(view.sentence)
        if before is None or before.paused != view.paused:
            words = self.tr("继续轮巡") if view.paused else self.tr("暂停轮巡")
            self._pause.show_icon("play" if view.paused else "pause", words, keys="Space")
        self.update()

    def sizeHint(self) -> QSize:
        """Give the line's height."""
        return QSize(current_theme().px(320), current_theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Ask for the buttons only; words are elided."""
        return QSize(self._buttons.minimumSize().width(), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, mark, words and how far the time has gone."""
        if self._view is None:
            return
        theme, view = current_theme(), self._view
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("surface.2"))
        painter.fillRect(QRectF(0, rect.bottom() - 1, rect.width(), 1), theme.color("line"))
        gone = QRectF(0, rect.bottom() - 2, rect.width() * min(1.0, max(0.0, view.share)), 2)
        painter.fillRect(gone, theme.tone(view.tone, "fill"))
        side = float(theme.px(15))
        left = theme.space("m")
        draw_shape(painter, "tour", theme.tone(view.tone), QRectF(left, rect.center().y() - side / 2, side, side))
        line = rect.adjusted(left + side + theme.space("s"), 0, 0, 0)
        line.setRight(self._back.geometry().left() - theme.space("s"))
        self._paint_words(painter, line, view, theme)
        painter.end()

    def _paint_words(self, painter: QPainter, line: QRectF, view: TourView, theme: Theme) -> None:
        """The time at the right is always whole; then place and name; the note has what is left."""
        note, body = theme.font("note"), theme.font("body", bold=True)
        right = Qt.AlignmentFlag.AlignRight
        taken = draw_text(painter, line, view.left, note, theme.color("text.hi"), align=right)
        line.setRight(line.right() - taken - theme.space("s"))
        place = text_width(view.place, note) + theme.space("s")
        named = QRectF(line.left(), line.top(), max(0.0, line.width() - place), line.height())
        line.setLeft(
            line.left() + draw_text(painter, named, view.name, body, theme.color("text.hi")) + theme.space("s")
        )
        line.setLeft(
            line.left() + draw_text(painter, line, view.place, note, theme.color("text.mid")) + theme.space("m")
        )
        tone = "text.low" if view.tone == "blue" else f"tone.{view.tone}"
        draw_text(painter, line, view.note, note, theme.color(tone))

    @Slot(object)
    def _take_theme(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()
