"""The stages of an order as dots on a line: done, current, to come."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.detail.order import Step
from widgets.painting import draw_shape, draw_text, text_width
from widgets.theme import Theme, current_theme

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Stepper(QWidget):
    """Paints the steps; where their words do not fit side by side, only the current one keeps its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show other steps."""
        if steps == self._steps:
            return
        self._steps = steps
        self.setAccessibleName(self.tr("办理进度"))
        self.setAccessibleDescription(self.tr("，").join(self._sentence(step) for step in steps))
        self.update()

    def sizeHint(self) -> QSize:
        """Give the height of dots and two lines of words."""
        return QSize(0, current_theme().px(60))

    def minimumSizeHint(self) -> QSize:
        """Ask for the same height always."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line, dots and words."""
        if not self._steps:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch = self.width() / len(self._steps)
        y = theme.px(12)
        self._paint_line(painter, theme, pitch, y)
        for index, step in enumerate(self._steps):
            _paint_dot(painter, QPointF(pitch * (index + 0.5), y), step, theme)
        note = theme.font("note")
        strong = theme.font("note", bold=True)
        widest = max(text_width(word, strong) for step in self._steps for word in (step.label, step.time))
        for index, step in enumerate(self._steps):
            if widest <= pitch or step.state == "current":
                middle = pitch * (index + 0.5)
                width = max(pitch, text_width(step.label, strong), text_width(step.time, strong))
                left = max(0.0, min(middle - width / 2, self.width() - width))
                self._paint_words(
                    painter, theme, QRectF(left, y, width, 0), step, strong if step.state == "current" else note
                )
        painter.end()

    def _paint_line(self, painter: QPainter, theme: Theme, pitch: float, y: float) -> None:
        reached = sum(step.state != "future" for step in self._steps)
        start, end = pitch / 2, self.width() - pitch / 2
        turn = start + pitch * max(0, reached - 1)
        painter.setPen(QPen(theme.color("line"), theme.px(1)))
        painter.drawLine(QPointF(turn, y), QPointF(end, y))
        if reached > 1:
            painter.setPen(QPen(theme.tone("ok"), theme.px(1.5)))
            painter.drawLine(QPointF(start, y), QPointF(turn, y))

    def _paint_words(self, painter: QPainter, theme: Theme, place: QRectF, step: Step, font: QFont) -> None:
        label = QRectF(place.left(), place.top() + theme.px(10), place.width(), theme.px(18))
        token = {"current": "text.hi", "done": "text.mid"}.get(step.state, "text.low")
        draw_text(painter, label, step.label, font, theme.color(token), align=_CENTRE)
        time = label.translated(0, theme.px(17))
        draw_text(
            painter,
            time,
            step.time,
            font,
            theme.color("text.hi" if step.state == "current" else "text.low"),
            align=_CENTRE,
        )

    def _sentence(self, step: Step) -> str:
        state = {"done": self.tr("已完成"), "current": self.tr("当前")}.get(step.state, self.tr("未到"))
        return " ".join(part for part in (step.label, state, step.time) if part)


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
