"""Alarm views in words: what has which panes, since when, how many wait; below the wall's head while there are any."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.iconbutton import IconButton
from widgets.painting import draw_shape, draw_text, text_width
from widgets.plain import set_tip
from widgets.theme import Theme, current_theme, theme_holder
from widgets.wall.menubutton import MenuButton

_LINE, _CHIP = 36, 210


@dataclass(frozen=True, slots=True)
class AlarmItem:
    """One event on the wall.

    Attributes:
        id: Handed back.
        title: What it is.
        detail: Where its pictures are, and since when.
        tone: Of ground and mark.
        shape: Of the mark.
        note: What is to be known or done, in the words of its source; in the tooltip, and below for the gravest.
        sentence: For a screen reader.
    """

    id: str
    title: str
    detail: str
    tone: str
    shape: str
    note: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class AlarmBarView:
    """All events on the wall, gravest first, and a word about those that wait (还有 14 条)."""

    items: tuple[AlarmItem, ...]
    waiting: str = ""


class AlarmChip(QWidget):
    """One event: mark, words, and the button that acknowledges it. It takes no keyboard focus.

    Signals:
        activated(str): the officer wants to see what it is about.
        acknowledged(str): the officer has seen it.
    """

    activated = Signal(str)
    acknowledged = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.item: AlarmItem | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button = IconButton("check", self.tr("确认"), self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._acknowledge)

    def show_item(self, item: AlarmItem) -> None:
        """Show another event, or other words of the same."""
        if item == self.item:
            return
        self.item = item
        self.setAccessibleName(item.sentence)
        set_tip(self, " · ".join(part for part in (item.title, item.detail, item.note) if part))
        self._button.setAccessibleName(self.tr("确认：{title}").format(title=item.title))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right."""
        super().resizeEvent(event)
        self._button.move(self.width() - self._button.width() - 2, (self.height() - self._button.height()) // 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for what it is about."""
        if self.item is not None and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(self.item.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, mark, title and detail."""
        if self.item is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.setPen(theme.tone(self.item.tone, "fill"))
        painter.setBrush(theme.tone(self.item.tone, "soft"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius(), theme.radius())
        side = float(theme.px(12))
        left = float(theme.px(8))
        mark = QRectF(left, rect.center().y() - side / 2, side, side)
        draw_shape(painter, self.item.shape, theme.tone(self.item.tone), mark)
        line = rect.adjusted(left + side + theme.px(6), 0, -self._button.width() - theme.px(4), 0)
        detail = min(text_width(self.item.detail, theme.font("note")), line.width() * 0.55)
        words = line.adjusted(0, 0, -detail - theme.px(6), 0)
        used = draw_text(painter, words, self.item.title, theme.font("body", bold=True), theme.color("text.hi"))
        rest = line.adjusted(used + theme.px(6), 0, 0, 0)
        draw_text(painter, rest, self.item.detail, theme.font("note"), theme.color("text.hi"))
        painter.end()

    @Slot()
    def _acknowledge(self) -> None:
        if self.item is not None:
            self.acknowledged.emit(self.item.id)


class AlarmBar(QWidget):
    """As many events as there is room for, then how many more, then the history. Nothing here takes the keyboard.

    Signals:
        activated(str): the officer wants to see what an event is about.
        acknowledged(str): the officer has seen it; its panes are given back.
    """

    activated = Signal(str)
    acknowledged = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = AlarmBarView(())
        self._chips: list[AlarmChip] = []
        self._shown = 0
        self._terse = False
        self.setAccessibleName(self.tr("报警画面"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.history = MenuButton("history", self.tr("报警画面记录"), self)
        self.history.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme_holder().theme_changed.connect(self._take_theme)
        self.hide()

    @property
    def view(self) -> AlarmBarView:
        """What it shows."""
        return self._view

    def show_view(self, view: AlarmBarView) -> None:
        """Show other events; hidden while there are none."""
        if view == self._view:
            return
        self._view = view
        while len(self._chips) < len(view.items):
            chip = AlarmChip(self)
            chip.activated.connect(self.activated)
            chip.acknowledged.connect(self.acknowledged)
            self._chips.append(chip)
        for chip, item in zip(self._chips, view.items, strict=False):
            chip.show_item(item)
        self.setVisible(bool(view.items))
        self.updateGeometry()
        self._arrange()
        self.update()

    def sizeHint(self) -> QSize:
        """One line, and another for what the gravest event's source says."""
        theme = current_theme()
        return QSize(theme.px(320), theme.px(_LINE) + (theme.px(20) if self._note() else 0))

    def minimumSizeHint(self) -> QSize:
        """Ask for the height always; words are elided."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, the word about the others, and the note."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("surface.2"))
        painter.fillRect(QRectF(0, rect.bottom() - 1, rect.width(), 1), theme.color("line"))
        line = QRectF(0, 0, self.history.x() - theme.px(6), theme.px(_LINE))
        right = Qt.AlignmentFlag.AlignRight
        font = theme.font("body", bold=True)
        draw_text(painter, line, self._more(), font, theme.color("text.hi"), align=right)
        note = QRectF(
            theme.space("m"), theme.px(_LINE) - theme.px(3), rect.width() - 2 * theme.space("m"), theme.px(20)
        )
        draw_text(painter, note, self._note(), theme.font("note"), theme.color("text.mid"))
        painter.end()

    def _note(self) -> str:
        return self._view.items[0].note.replace("\n", " ") if self._view.items else ""

    def _more(self) -> str:
        """What waits for a pane, and how many on the wall have no room in this line; in a narrow one the former."""
        hidden = 0 if self._terse and self._view.waiting else len(self._view.items) - self._shown
        words = self.tr("另 {count} 条在墙上").format(count=hidden) if hidden > 0 else ""
        return " · ".join(part for part in (words, self._view.waiting) if part)

    def _arrange(self) -> None:
        """Give the chips the width there is, each at least so much that its title can be read."""
        theme = current_theme()
        gap, line = theme.space("s"), theme.px(_LINE)
        self.history.move(self.width() - self.history.width() - gap, (line - self.history.height()) // 2)
        count = len(self._view.items)
        self._shown, self._terse = count, False
        room = self._room(gap, theme)
        if count and room < count * theme.px(_CHIP):
            self._shown = 0  # then the line says how many are not in it, which takes room itself
            self._terse = self._room(gap, theme) < theme.px(_CHIP)
            room = self._room(gap, theme)
            self._shown = max(1, min(count, room // theme.px(_CHIP)))
        width = max(0, min(theme.px(420), room // self._shown - gap)) if self._shown else 0
        height = theme.px(28)
        for index, chip in enumerate(self._chips):
            chip.setVisible(index < self._shown)
            chip.setGeometry(gap + index * (width + gap), (line - height) // 2, width, height)

    def _room(self, gap: int, theme: Theme) -> int:
        words = text_width(self._more(), theme.font("body", bold=True)) + gap if self._more() else 0
        return max(0, round(self.history.x() - gap - words - gap))

    @Slot(object)
    def _take_theme(self, _theme: Theme) -> None:
        self.updateGeometry()
        self._arrange()
        self.update()
