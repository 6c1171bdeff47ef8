"""The strip at the bottom: the newest alerts that nobody has acknowledged, gravest first."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractAnimation, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets.painting import draw_shape, draw_text, text_width
from widgets.theme import current_theme, theme_holder

PULSES = 3
SHOWN_CAP = 8


@dataclass(frozen=True, slots=True)
class AlertItem:
    """One alert: words, age, tone and mark; ``critical`` ones pulse three times when they come in."""

    id: str
    text: str
    age: str
    tone: str
    shape: str
    sentence: str
    critical: bool = False


@dataclass(frozen=True, slots=True)
class AlertStripView:
    """What the strip shows: items by severity, and the words about the rest (7 条未确认)."""

    items: tuple[AlertItem, ...]
    summary: str


class AlertButton(QAbstractButton):
    """One alert. Enter or a click shows it, Space acknowledges it.

    Signals:
        acknowledged(): Space was pressed.
    """

    acknowledged = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.item: AlertItem | None = None
        self._glow = 0.0
        self._pulse = QVariantAnimation(self)
        self._pulse.setStartValue(0.0)
        self._pulse.setKeyValueAt(0.5, 1.0)
        self._pulse.setEndValue(0.0)
        self._pulse.setLoopCount(PULSES)
        self._pulse.valueChanged.connect(self._take_glow)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_item(self, item: AlertItem, *, fresh: bool) -> None:
        """Show an alert; a critical one that is ``fresh`` pulses and stops."""
        if item == self.item:
            return
        if self.item is None or item.id != self.item.id:
            self._pulse.stop()
            self._take_glow(0.0)
        self.item = item
        self.setAccessibleName(item.sentence)
        self.updateGeometry()
        self.update()
        length_ms = current_theme().motion_ms("pulse_ms")
        if fresh and item.critical and length_ms:
            self._pulse.setDuration(length_ms)
            self._pulse.start()

    def pulsing(self) -> bool:
        """Say whether it is pulsing now."""
        return self._pulse.state() == QAbstractAnimation.State.Running

    def sizeHint(self) -> QSize:
        """Give the room of mark, words and age."""
        theme = current_theme()
        if self.item is None:
            return QSize(0, theme.size("control"))
        words = text_width(self.item.text, theme.font("body")) + text_width(
            self.item.age, theme.font("body", bold=True)
        )
        return QSize(round(words) + theme.px(44), theme.size("control"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell Space from Enter."""
        if event.key() == Qt.Key.Key_Space:
            self.acknowledged.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the alert."""
        if self.item is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self._glow > 0:
            painter.setOpacity(self._glow)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tone(self.item.tone, "soft"))
            painter.drawRoundedRect(rect, theme.radius(), theme.radius())
            painter.setOpacity(1.0)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "line"), 1.5 if self.hasFocus() else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.radius(), theme.radius())
        side = theme.px(11)
        left = rect.left() + theme.px(8)
        mark = QRectF(left, rect.center().y() - side / 2, side, side)
        draw_shape(painter, self.item.shape, theme.tone(self.item.tone), mark)
        age_font = theme.font("body", bold=True)
        age = text_width(self.item.age, age_font)
        words = rect.adjusted(left + side + theme.px(8), 0, -age - theme.px(16), 0)
        used = draw_text(painter, words, self.item.text, theme.font("body"), theme.color("text.hi"))
        aged = QRectF(words.left() + used + theme.px(8), rect.top(), age + 2, rect.height())
        draw_text(painter, aged, self.item.age, age_font, theme.color("text.hi"))
        painter.end()

    @Slot(object)
    def _take_glow(self, glow: float) -> None:
        self._glow = float(glow)
        self.update()


class AlertStrip(QWidget):
    """Shows as many alerts as there is room for; the summary at the right is always whole.

    Signals:
        alert_activated(str): The officer wants to see the alert with this id.
        acknowledge_requested(str): The officer acknowledges it.
        shown(object): The `AlertStripView` it shows now, for strips of other windows that show the same.
    """

    alert_activated = Signal(object)
    acknowledge_requested = Signal(object)
    shown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("预警条"))
        self._view = AlertStripView((), "")
        self._known: frozenset[str] = frozenset()
        self._buttons: list[AlertButton] = []
        theme_holder().theme_changed.connect(self._arrange)

    @property
    def view(self) -> AlertStripView:
        """What it shows."""
        return self._view

    def show_view(self, view: AlertStripView) -> None:
        """Show other alerts."""
        if view == self._view:
            return
        self._view = view
        self.shown.emit(view)
        shown = view.items[:SHOWN_CAP]
        while len(self._buttons) < len(shown):
            button = AlertButton(self)
            button.clicked.connect(self._activate)
            button.acknowledged.connect(self._acknowledge)
            self._buttons.append(button)
        for button, item in zip(self._buttons, shown, strict=False):
            button.show_item(item, fresh=item.id not in self._known)
        self._known = frozenset(item.id for item in view.items)
        self._arrange()
        self.update()

    @Slot()
    def acknowledge_first(self) -> None:
        """Acknowledge the gravest alert shown (the key Space of the desk)."""
        if self._view.items:
            self.acknowledge_requested.emit(self._view.items[0].id)

    def sizeHint(self) -> QSize:
        """Give the strip's height."""
        return QSize(current_theme().px(320), current_theme().size("strip"))

    def minimumSizeHint(self) -> QSize:
        """Ask for the height always."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, separator and summary."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("surface.bar"))
        painter.fillRect(QRectF(0, 0, rect.width(), 1), theme.color("line"))
        if not self._view.items:
            side = theme.px(11)
            mark = QRectF(theme.px(16), rect.center().y() - side / 2, side, side)
            draw_shape(painter, "circle", theme.tone("ok"), mark)
            words = rect.adjusted(theme.px(35), 0, -theme.px(16), 0)
            draw_text(painter, words, self.tr("没有未确认的预警"), theme.font("body"), theme.color("text.mid"))
        inner = rect.adjusted(theme.px(16), 0, -theme.px(16), 0)
        right = Qt.AlignmentFlag.AlignRight
        draw_text(painter, inner, self._summary(), theme.font("body"), theme.color("text.mid"), align=right)
        painter.end()

    def _summary(self) -> str:
        if not self._view.items:
            return self._view.summary
        return " · ".join(part for part in (self._view.summary, self.tr("Ctrl+空格确认")) if part)

    @Slot()
    def _arrange(self) -> None:
        """Give each alert its room in turn; the first is elided rather than left out."""
        theme = current_theme()
        x = theme.px(8)
        end = self.width() - round(text_width(self._summary(), theme.font("body"))) - theme.px(32)
        height = theme.size("control")
        top = (self.height() - height) // 2
        for index, button in enumerate(self._buttons):
            width = button.sizeHint().width()
            wanted = index < len(self._view.items) and (x + width <= end or index == 0)
            button.setVisible(wanted)
            if wanted:
                width = max(0, min(width, end - x))
                button.setGeometry(x, top, width, height)
                x += width + theme.px(8)
            else:
                x = end

    @Slot()
    def _activate(self) -> None:
        button = self.sender()
        if isinstance(button, AlertButton) and button.item:
            self.alert_activated.emit(button.item.id)

    @Slot()
    def _acknowledge(self) -> None:
        button = self.sender()
        if isinstance(button, AlertButton) and button.item:
            self.acknowledge_requested.emit(button.item.id)
