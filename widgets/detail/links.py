"""Objects that belong to an order, as lines to go to: cameras, the incident, earlier calls, past orders."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from widgets.detail.order import LinkGroup, LinkLine
from widgets.painting import draw_shape, draw_text, text_width
from widgets.plain import plain_label, set_tip
from widgets.theme import current_theme

_NARROW = 330
"""Below this width a line has no room for its detail; its tip has it all."""


class LinkButton(QAbstractButton):
    """One line: icon, title, quiet words, hint at the right. Enter, Space or a click goes there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = LinkLine("", "", "", "")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: LinkLine) -> None:
        """Show another line."""
        self.line = line
        words = self.tr("，").join(part for part in (line.title, line.detail, line.hint) if part)
        self.setAccessibleName(words)
        set_tip(self, words)
        self.update()

    def sizeHint(self) -> QSize:
        """Give one compact row."""
        theme = current_theme()
        return QSize(theme.px(160), theme.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.3"))
            painter.drawRoundedRect(rect, theme.radius(), theme.radius())
        side = theme.px(14)
        low, note = theme.color("text.low"), theme.font("note")
        mark = QRectF(rect.left() + theme.px(2), rect.center().y() - side / 2, side, side)
        draw_shape(painter, self.line.icon, low, mark)
        inner = rect.adjusted(side + theme.px(10), 0, -theme.px(6), 0)
        hint = min(text_width(self.line.hint, note), inner.width() / 2) if self.line.hint else 0.0
        right = QRectF(inner.right() - hint, inner.top(), hint, inner.height())
        draw_text(painter, right, self.line.hint, note, low, align=Qt.AlignmentFlag.AlignRight)
        words = inner.adjusted(0, 0, -hint - theme.px(8), 0)
        used = draw_text(painter, words, self.line.title, theme.font("body"), theme.color("text.hi"))
        if rect.width() >= theme.px(_NARROW):
            draw_text(painter, words.adjusted(used + theme.px(8), 0, 0, 0), self.line.detail, note, low)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.radius(), theme.radius())
        painter.end()


class LinkGroups(QWidget):
    """Headings with their lines; kept and refilled, so that an update does not take the focus away.

    Signals:
        activated(LinkLine): The officer wants to go there.
    """

    activated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings: list[QLabel] = []
        self._buttons: list[list[LinkButton]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(1)

    def show_groups(self, groups: tuple[LinkGroup, ...]) -> None:
        """Show other groups."""
        while len(self._headings) < len(groups):
            heading = plain_label(role="low", parent=self)
            heading.setContentsMargins(0, current_theme().space("s"), 0, 2)
            self._box.addWidget(heading)
            self._headings.append(heading)
            self._buttons.append([])
        for index, heading in enumerate(self._headings):
            lines = groups[index].lines if index < len(groups) else ()
            heading.setVisible(bool(lines))
            if lines:
                heading.setText(groups[index].label)
            self._fill(index, lines)
        self.setVisible(any(group.lines for group in groups))

    def _fill(self, group: int, lines: tuple[LinkLine, ...]) -> None:
        buttons = self._buttons[group]
        while len(buttons) < len(lines):
            button = LinkButton(self)
            button.clicked.connect(self._go)
            after = buttons[-1] if buttons else self._headings[group]
            self._box.insertWidget(self._box.indexOf(after) + 1, button)
            buttons.append(button)
        for index, button in enumerate(buttons):
            button.setVisible(index < len(lines))
            if index < len(lines):
                button.show_line(lines[index])

    @Slot()
    def _go(self) -> None:
        button = self.sender()
        if isinstance(button, LinkButton):
            self.activated.emit(button.line)
