"""The rail at the left edge: the places of the program, icon over word."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from widgets.icons import paint_icon
from widgets.painting import draw_text, text_width
from widgets.theme import current_theme

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}


@dataclass(frozen=True, slots=True)
class RailItem:
    """One place: key, word, icon, and how much there waits (shown as a small number, "" for nothing)."""

    key: str
    label: str
    icon: str
    badge: str = ""


class RailButton(QAbstractButton):
    """One place of the rail."""

    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_item(item)

    def show_item(self, item: RailItem) -> None:
        """Show another badge or word."""
        self.item = item
        self.setAccessibleName(f"{item.label} {item.badge}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Give the room of icon and word, at least the rail's width."""
        theme = current_theme()
        word = round(text_width(self.item.label, theme.font("note", bold=True))) + theme.px(12)
        return QSize(max(theme.scale.size["rail"], word), theme.px(54))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, mark of the current place, icon, word, badge."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        here = self.isChecked()
        if here:
            painter.fillRect(rect, theme.color("surface.selected"))
            painter.fillRect(QRectF(0, 0, theme.size("tone_bar"), rect.height()), theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(rect, theme.color("surface.hover"))
        color = theme.color("text.hi" if here else "text.mid")
        side = theme.size("icon_rail")
        top = QRectF(rect.center().x() - side / 2, rect.top() + theme.px(9), side, side)
        paint_icon(painter, self.item.icon, color, top)
        word = QRectF(0, top.bottom() + theme.px(2), rect.width(), theme.px(18))
        draw_text(painter, word, self.item.label, theme.font("note", bold=here), color, align=_CENTRE)
        if self.item.badge:
            self._paint_badge(painter, top)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_badge(self, painter: QPainter, icon: QRectF) -> None:
        theme = current_theme()
        font = theme.font("note", bold=True)
        height = theme.px(15)
        width = max(float(height), text_width(self.item.badge, font) + theme.px(6))
        badge = QRectF(icon.right() - theme.px(5), icon.top() - theme.px(5), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone("orange", "fill"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        draw_text(painter, badge, self.item.badge, font, theme.color("tone.on"), align=_CENTRE)


class Rail(QWidget):
    """Shows the places; arrows or J and K move along them, Enter or Space goes there.

    Signals:
        place_chosen(str): Key of the place to go to.
    """

    place_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "bar")
        self.setAccessibleName(self.tr("导航"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._buttons: list[RailButton] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, current_theme().space("xs"), 0, 0)
        self._box.setSpacing(2)
        self._box.addStretch(1)

    def set_items(self, items: tuple[RailItem, ...], current: str) -> None:
        """Show places; buttons are kept while the keys stay."""
        if [button.item.key for button in self._buttons] != [item.key for item in items]:
            self._rebuild(items)
        for button, item in zip(self._buttons, items, strict=True):
            if button.item != item:
                button.show_item(item)
            button.setChecked(item.key == current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the places."""
        step = _STEPS.get(Qt.Key(event.key()))
        focused = [index for index, button in enumerate(self._buttons) if button.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        target = (focused[0] + step) % len(self._buttons)
        self._buttons[target].setFocus(Qt.FocusReason.TabFocusReason)

    def _rebuild(self, items: tuple[RailItem, ...]) -> None:
        for button in self._buttons:
            self._box.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for index, item in enumerate(items):
            button = RailButton(item, self)
            button.clicked.connect(self._choose)
            self._box.insertWidget(index, button)
            self._buttons.append(button)

    @Slot()
    def _choose(self) -> None:
        chosen = self.sender()
        for button in self._buttons:
            button.setChecked(button is chosen)
            if button is chosen:
                self.place_chosen.emit(button.item.key)
