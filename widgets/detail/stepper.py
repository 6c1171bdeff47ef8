"""The stages of an order as dots on a line: done, current, to come; opened, each with who, when and its limit."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.detail.order import Step
from widgets.painting import draw_shape, draw_text, text_width
from widgets.plain import set_tip
from widgets.theme import Theme, current_theme

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_DOT_Y = 12
_LINE = 18
_ROW = 22
_GAP = 4


class Stepper(QWidget):
    """Paints the steps side by side; Enter, Space or a click opens them as a list, line by line.

    Words that do not fit side by side stand on two levels in turn; times that do not fit are left to the list, the
    current one's excepted.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._open = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tip(self, self.tr("各环节的经办人、时间和时限"))

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show other steps."""
        if steps == self._steps:
            return
        self._steps = steps
        self.setAccessibleName(self.tr("办理进度"))
        self.setAccessibleDescription(self.tr("，").join(self._sentence(step) for step in steps))
        self.updateGeometry()
        self.update()

    def opened(self) -> bool:
        """Say whether the list is open."""
        return self._open

    def sizeHint(self) -> QSize:
        """Give the height of the dots with their words, or of the list."""
        theme = current_theme()
        if self._open:
            return QSize(0, theme.px(_ROW * len(self._steps) + _GAP))
        return QSize(0, theme.px(78 if self._staggered(self.width() / max(1, len(self._steps))) else 62))

    def minimumSizeHint(self) -> QSize:
        """Ask for the same height always."""
        return self.sizeHint()

    def resizeEvent(self, _event: object) -> None:
        """Ask again for the height: narrower, the words take two levels."""
        self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open or close the list."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or close the list on Enter and Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self.toggle()
        else:
            super().keyPressEvent(event)

    def toggle(self) -> None:
        """Open the list, or close it."""
        self._open = not self._open
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line, dots and words."""
        if not self._steps:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._open:
            self._paint_list(painter, theme)
        else:
            self._paint_side_by_side(painter, theme)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.radius(), theme.radius())
        painter.end()

    def _paint_side_by_side(self, painter: QPainter, theme: Theme) -> None:
        pitch = self.width() / len(self._steps)
        y = theme.px(_DOT_Y)
        self._paint_line(painter, theme, pitch, y)
        for index, step in enumerate(self._steps):
            _paint_dot(painter, QPointF(pitch * (index + 0.5), y), step, theme)
        note, strong = theme.font("note"), theme.font("note", bold=True)
        staggered = self._staggered(pitch)
        levels = 2 if staggered else 1
        times_fit = all(text_width(step.time, strong) <= pitch for step in self._steps)
        for index, step in enumerate(self._steps):
            current = step.state == "current"
            font = strong if current else note
            down = y + theme.px(10) + (index % 2) * theme.px(_LINE - 1) * (levels - 1)
            place = self._centred(pitch * (index + 0.5), pitch * levels, text_width(step.label, font), down)
            token = {"current": "text.hi", "done": "text.mid"}.get(step.state, "text.low")
            draw_text(painter, place, step.label, font, theme.color(token), align=_CENTRE)
            if step.time and (times_fit or current):
                self._paint_time(painter, theme, index, pitch, levels)

    def _paint_time(self, painter: QPainter, theme: Theme, index: int, pitch: float, levels: int) -> None:
        step = self._steps[index]
        current = step.state == "current"
        font = theme.font("note", bold=current)
        down = theme.px(_DOT_Y) + theme.px(10) + theme.px(_LINE - 1) * levels
        place = self._centred(pitch * (index + 0.5), pitch, text_width(step.time, font), down)
        token = "tone.red" if step.late else "text.hi" if current else "text.low"
        draw_text(painter, place, step.time, font, theme.color(token), align=_CENTRE)

    def _centred(self, middle: float, room: float, words: float, top: float) -> QRectF:
        """Return the place of words around a dot, wholly inside the widget."""
        width = max(room, words)
        left = max(0.0, min(middle - width / 2, self.width() - width))
        if words <= room:  # at the edges, words stand as near to their dot as they can
            width = words + 2
            left = max(0.0, min(middle - width / 2, self.width() - width))
        return QRectF(left, top, width, current_theme().px(_LINE))

    def _staggered(self, pitch: float) -> bool:
        strong = current_theme().font("note", bold=True)
        return any(text_width(step.label, strong) > pitch - _GAP for step in self._steps)

    def _paint_line(self, painter: QPainter, theme: Theme, pitch: float, y: float) -> None:
        reached = sum(step.state != "future" for step in self._steps)
        start, end = pitch / 2, self.width() - pitch / 2
        turn = start + pitch * max(0, reached - 1)
        painter.setPen(QPen(theme.color("line"), theme.px(1)))
        painter.drawLine(QPointF(turn, y), QPointF(end, y))
        if reached > 1:
            painter.setPen(QPen(theme.tone("ok"), theme.px(1.5)))
            painter.drawLine(QPointF(start, y), QPointF(turn, y))

    def _paint_list(self, painter: QPainter, theme: Theme) -> None:
        note, strong = theme.font("note"), theme.font("note", bold=True)
        dot_x = theme.px(12)
        row = theme.px(_ROW)
        words = max(text_width(step.label, strong) for step in self._steps) + theme.space("m")
        painter.setPen(QPen(theme.color("line"), theme.px(1)))
        painter.drawLine(QPointF(dot_x, row / 2), QPointF(dot_x, row * (len(self._steps) - 0.5)))
        for index, step in enumerate(self._steps):
            middle = row * (index + 0.5)
            _paint_dot(painter, QPointF(dot_x, middle), step, theme)
            line = QRectF(theme.px(26), row * index, self.width() - theme.px(26), row)
            font = strong if step.state == "current" else note
            token = {"current": "text.hi", "done": "text.mid"}.get(step.state, "text.low")
            draw_text(painter, line, step.label, font, theme.color(token))
            self._paint_details(painter, theme, line.adjusted(words, 0, 0, 0), step, font)

    @staticmethod
    def _paint_details(painter: QPainter, theme: Theme, line: QRectF, step: Step, font: QFont) -> None:
        """Paint who and when from the left, the limit at the right; the limit is the last to be cut."""
        metrics = QFontMetricsF(font)
        limit = min(metrics.horizontalAdvance(step.limit) + 2, line.width())
        right = QRectF(line.right() - limit, line.top(), limit, line.height())
        color = theme.color("tone.red" if step.late else "text.low")
        draw_text(painter, right, step.limit, font, color, align=Qt.AlignmentFlag.AlignRight)
        reached = "" if step.state == "current" and step.time == step.limit else step.time
        done = "  ".join(part for part in (reached, step.who) if part)
        room = line.adjusted(0, 0, -limit - theme.px(8), 0)
        draw_text(painter, room, done, font, theme.color("text.hi" if step.state == "current" else "text.mid"))

    def _sentence(self, step: Step) -> str:
        state = {"done": self.tr("已完成"), "current": self.tr("当前")}.get(step.state, self.tr("未到"))
        limit = "" if step.limit == step.time else step.limit
        return " ".join(part for part in (step.label, state, step.time, step.who, limit) if part)


def _paint_dot(painter: QPainter, centre: QPointF, step: Step, theme: Theme) -> None:
    radius = theme.px(5)
    painter.setPen(Qt.PenStyle.NoPen)
    if step.state == "current":
        painter.setBrush(theme.color("accent.soft"))
        painter.drawEllipse(centre, radius * 2, radius * 2)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(centre, radius * 1.1, radius * 1.1)
        painter.setBrush(theme.color("surface.1"))
        painter.drawEllipse(centre, radius * 0.4, radius * 0.4)
    elif step.state == "done":
        side = radius * 2
        draw_shape(painter, "circle", theme.tone("ok"), QRectF(centre.x() - radius, centre.y() - radius, side, side))
    else:
        painter.setPen(QPen(theme.color("line.strong"), theme.px(1.5)))
        painter.setBrush(theme.color("surface.1"))
        painter.drawEllipse(centre, radius * 0.8, radius * 0.8)
