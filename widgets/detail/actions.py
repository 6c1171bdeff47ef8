"""The buttons of an order: each with its key; a closed one stays readable and says why it is closed."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QVBoxLayout, QWidget

from widgets.detail.order import ActionSpec
from widgets.flow import FlowLayout
from widgets.painting import draw_text, text_width
from widgets.plain import plain_label, set_style_property, set_tip
from widgets.theme import current_theme

_CENTRE = Qt.AlignmentFlag.AlignHCenter


class ActionButton(QPushButton):
    """One action.

    A closed action keeps its focus and its key: pressing it tells the reason, which a disabled button could not.

    Signals:
        chosen(ActionSpec): Pressed, open or closed.
    """

    chosen = Signal(object)

    def __init__(self, spec: ActionSpec, parent: QWidget, *, own_key: bool = True) -> None:
        """Make the button; without `own_key` its key is only shown, and heard by somebody else."""
        super().__init__(parent)
        self.spec = spec
        self._own_key = own_key
        self.setAutoDefault(False)
        # A button's own shortcut animates the click for 100 ms and would lose a quick Enter after it. It belongs to
        # the bar, because the key of a button behind 更多 works too.
        self._shortcut = QShortcut(parent)
        self._shortcut.activated.connect(self._press)
        self.clicked.connect(self._press)
        self.show_spec(spec)

    def show_spec(self, spec: ActionSpec) -> None:
        """Show another state of the action."""
        self.spec = spec
        self.setText(spec.label.replace("&", "&&"))
        self._shortcut.setKey(QKeySequence(spec.key if self._own_key else ""))
        closed = self.tr("{label}，不可用").format(label=spec.label)
        self.setAccessibleName(spec.label if spec.enabled else closed)
        set_tip(self, "" if spec.enabled else spec.reason)
        set_style_property(self, "primary", "true" if spec.primary and spec.enabled else "false")
        set_style_property(self, "closed", "false" if spec.enabled else "true")
        self.updateGeometry()
        self.update()

    def retire(self) -> None:
        """Go, and take the key along."""
        self._shortcut.setEnabled(False)
        self._shortcut.deleteLater()
        self.hide()
        self.deleteLater()

    def sizeHint(self) -> QSize:
        """Give the room of word and key cap."""
        theme = current_theme()
        width = text_width(self.spec.label, theme.font("body", bold=True)) + 2 * theme.space("m")
        if self.spec.key:
            width += self._cap_width() + theme.px(6)
        return QSize(round(width), theme.size("button"))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the style's bevel, then word and key cap."""
        theme = current_theme()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        primary = self.spec.primary and self.spec.enabled
        token = "accent.on" if primary else "text.hi" if self.spec.enabled else "text.low"
        rect = QRectF(self.rect()).adjusted(theme.space("m"), 0, -theme.space("m"), 0)
        if self.spec.key:
            cap_width = self._cap_width()
            side = theme.px(16)
            cap = QRectF(rect.right() - cap_width, rect.center().y() - side / 2, cap_width, side)
            ground = theme.color("accent.press" if primary else "surface.1")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(cap, theme.radius("s"), theme.radius("s"))
            color = theme.color("accent.on" if primary else "text.low")
            draw_text(painter, cap, self.spec.key, theme.font("note"), color, align=_CENTRE)
            rect.setRight(cap.left() - theme.px(6))
        draw_text(painter, rect, self.spec.label, theme.font("body", bold=primary), theme.color(token), align=_CENTRE)
        painter.end()

    def _cap_width(self) -> float:
        theme = current_theme()
        return max(theme.px(16), text_width(self.spec.key, theme.font("note")) + theme.px(6))

    @Slot()
    def _press(self) -> None:
        self.chosen.emit(self.spec)


class ActionBar(QWidget):
    """All actions of an order, wrapping, with one line that says why a closed one is closed.

    Signals:
        action_chosen(ActionSpec): An open action was pressed.
    """

    action_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, ActionButton] = {}
        self._reason = plain_label(role="note", parent=self, wrap=True)
        self._reason.setProperty("tone", "orange")
        self._reason.hide()
        theme = current_theme()
        buttons = QWidget(self)
        self._flow = FlowLayout(buttons, spacing=theme.space("s"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.space("xs"))
        box.addWidget(self._reason)
        box.addWidget(buttons)
        self._holder = buttons
        self._more = QPushButton(self.tr("更多"), buttons)
        self._more.setProperty("link", "true")
        self._more.setCheckable(True)
        self._more.setMinimumHeight(theme.size("button"))
        self._more.setCursor(Qt.CursorShape.PointingHandCursor)
        self._more.toggled.connect(self._show_minor)
        self._flow.addWidget(self._more)

    def show_actions(self, specs: tuple[ActionSpec, ...]) -> None:
        """Show other actions; a button is kept while its verb stays, so that focus is not lost."""
        self._reason.hide()
        wanted = tuple(spec.verb for spec in specs)
        if wanted != tuple(self._buttons):
            self._rebuild(specs)
        for spec in specs:
            self._buttons[spec.verb].show_spec(spec)
        self._show_minor(opened=self._more.isChecked())

    def button(self, verb: str) -> ActionButton | None:
        """Give the button of a verb."""
        return self._buttons.get(verb)

    def _rebuild(self, specs: tuple[ActionSpec, ...]) -> None:
        kept = {spec.verb: self._buttons.pop(spec.verb, None) for spec in specs}
        for button in self._buttons.values():
            self._flow.removeWidget(button)
            button.retire()
        self._buttons = {}
        for spec in specs:
            button = kept[spec.verb]
            if button is None:
                button = ActionButton(spec, self._holder)
                button.chosen.connect(self._choose)
            else:
                self._flow.removeWidget(button)
            self._flow.addWidget(button)
            self._buttons[spec.verb] = button
        self._flow.removeWidget(self._more)
        self._flow.addWidget(self._more)

    @Slot(bool)
    def _show_minor(self, opened: bool) -> None:  # noqa: FBT001 - the signal's own argument
        minor = [button for button in self._buttons.values() if button.spec.minor]
        for button in minor:
            button.setVisible(opened)
        self._more.setVisible(bool(minor))
        self._more.setText(self.tr("收起") if opened else self.tr("更多 {count}").format(count=len(minor)))
        self._more.setAccessibleName(self.tr("更多操作"))

    @Slot(object)
    def _choose(self, spec: ActionSpec) -> None:
        self._reason.setVisible(not spec.enabled)
        if spec.enabled:
            self.action_chosen.emit(spec)
        else:
            self._reason.setText(self.tr("{label}：{reason}").format(label=spec.label, reason=spec.reason))
            self._reason.setAccessibleName(self._reason.text())
