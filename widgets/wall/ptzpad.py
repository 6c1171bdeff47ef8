"""云台: the pad in the selected pane. Keys and buttons are held; whoever looks away has let go."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from widgets.flow import FlowLayout
from widgets.iconbutton import IconButton
from widgets.plain import plain_label, set_style_property, set_tip
from widgets.theme import Theme, current_theme, theme_holder

_WIDTH = 272
PRESETS_SHOWN = 9
_HELD = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Plus: "in",
    Qt.Key.Key_Equal: "in",
    Qt.Key.Key_PageUp: "in",
    Qt.Key.Key_Minus: "out",
    Qt.Key.Key_PageDown: "out",
}
_SLOWER, _FASTER = (
    frozenset({Qt.Key.Key_BracketLeft, Qt.Key.Key_Comma}),
    frozenset({Qt.Key.Key_BracketRight, Qt.Key.Key_Period}),
)


@dataclass(frozen=True, slots=True)
class PadView:
    """What the pad says.

    Attributes:
        title: The camera.
        lease: Who may move it, and how long.
        tone: Of these words.
        held: Whether this officer may move it now.
        claim: Label of the button that asks for it, or "".
        force: Whether the officer may take it away from somebody, giving a reason.
        presets: Names of the kept views, for the keys 1 to 9.
        speed: Step of the speed, 0 to 4.
        note: What came of the last wish, or "".
    """

    title: str = ""
    lease: str = ""
    tone: str = "neutral"
    held: bool = False
    claim: str = ""
    force: bool = False
    presets: tuple[str, ...] = ()
    speed: int = 2
    note: str = ""


class PtzPad(QWidget):
    """Lies over the wall, beside or in the pane it is for. It has the keyboard while it is open, because it was opened.

    Signals:
        pushed(str), released(str): left, right, up, down, in, out; held from the one to the other.
        let_go(): nothing is held any more, whatever was: the focus or the window is gone, or the pad.
        preset_chosen(object), preset_kept(object): go to a kept view, or keep this one, counted from 0.
        speed_changed(object): by how many steps.
        claim_requested(): the officer wants to move it, or no longer waits for it.
        force_requested(str): the officer takes it away from somebody, and why.
        left(): the officer is done.
    """

    pushed = Signal(str)
    released = Signal(str)
    let_go = Signal()
    preset_chosen = Signal(object)
    preset_kept = Signal(object)
    speed_changed = Signal(object)
    claim_requested = Signal()
    force_requested = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "float")
        self.setAccessibleName(self.tr("云台控制"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view = PadView()
        self._beside = QRectF()
        self._title = plain_label("", "title", self)
        self._lease = plain_label("", "note", self, wrap=True)
        self._note = plain_label("", "note", self, wrap=True)
        self._claim = QPushButton(self)
        self._force = QPushButton(self.tr("强制接管…"), self)
        self._reason = QLineEdit(self)
        self._reason.setPlaceholderText(self.tr("接管原因，回车确认"))
        self._reason.setAccessibleName(self.tr("接管原因"))
        self._reason.setMaxLength(120)
        self._reason.hide()
        self._moves: dict[IconButton, str] = {}
        self._presets: list[QPushButton] = []
        self._preset_box = FlowLayout(spacing=current_theme().space("xs"))
        self._speed = plain_label("", "note", self)
        self._lay_out()
        self._claim.clicked.connect(self.claim_requested)
        self._force.clicked.connect(self._ask_reason)
        self._reason.returnPressed.connect(self._give_reason)
        parent.installEventFilter(self)
        theme_holder().theme_changed.connect(self._take_theme)
        self._take_theme(current_theme())
        self.hide()

    @property
    def view(self) -> PadView:
        """What it says."""
        return self._view

    def show_view(self, view: PadView) -> None:
        """Say something else."""
        if view == self._view:
            return
        before, self._view = self._view, view
        self._title.setText(view.title)
        self._lease.setText(view.lease)
        set_style_property(self._lease, "tone", view.tone)
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        self._claim.setText(view.claim)
        self._claim.setVisible(bool(view.claim))
        self._force.setVisible(view.force and self._reason.isHidden())
        if not view.force:
            self._reason.hide()
        for button in self._moves:
            button.setEnabled(view.held)
        self._speed.setText("●" * (view.speed + 1) + "○" * (4 - view.speed))
        self._speed.setAccessibleName(self.tr("速度 {step}").format(step=view.speed + 1))
        if view.presets != before.presets or view.held != before.held:
            self._show_presets()
        self.setAccessibleDescription(self.tr("，").join(part for part in (view.title, view.lease, view.note) if part))
        if self.isVisible():
            self._place()

    def open_beside(self, pane: QRectF) -> None:
        """Come up in the lower right of a pane, or beside it where it is too small, with the keyboard."""
        self._beside = pane
        self._reason.hide()
        self.show()
        self.raise_()
        self._place()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- keys, focus ----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the desk's shortcuts from keys that are held or end this."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_Escape or key in _HELD or Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold, choose, keep, or leave."""
        key = Qt.Key(event.key())
        if event.isAutoRepeat():
            return
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _HELD:
            self.pushed.emit(_HELD[key])
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            wish = self.preset_kept if event.modifiers() & Qt.KeyboardModifier.ControlModifier else self.preset_chosen
            wish.emit(key - Qt.Key.Key_1)
        elif key in _SLOWER | _FASTER:
            self.speed_changed.emit(1 if key in _FASTER else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._view.claim:
            self.claim_requested.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go."""
        key = Qt.Key(event.key())
        if key in _HELD and not event.isAutoRepeat():
            self.released.emit(_HELD[key])
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of everything: keys that come up elsewhere are not seen here."""
        self.let_go.emit()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of everything."""
        self.let_go.emit()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay within the wall when that changes its size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    # --- inside ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme = current_theme()
        close = IconButton("close", self.tr("关闭云台"), self, keys="Esc")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        asks = QHBoxLayout()
        for button in (self._claim, self._force):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            asks.addWidget(button)
        asks.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(theme.space("xs"))
        for icon, words, push, row, column in (
            ("chevron-up", self.tr("上"), "up", 0, 1),
            ("chevron-left", self.tr("左"), "left", 1, 0),
            ("chevron-right", self.tr("右"), "right", 1, 2),
            ("chevron-down", self.tr("下"), "down", 2, 1),
            ("zoom-in", self.tr("拉近"), "in", 0, 4),
            ("zoom-out", self.tr("推远"), "out", 2, 4),
        ):
            button = IconButton(icon, words, self)
            button.setProperty("flat-icon", "false")
            button.setFixedSize(theme.px(36), theme.px(32))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.pressed.connect(self._on_pressed)
            button.released.connect(self._on_released)
            self._moves[button] = push
            grid.addWidget(button, row, column)
        grid.setColumnStretch(3, 1)
        grid.addWidget(self._speed, 1, 4, Qt.AlignmentFlag.AlignCenter)
        set_tip(self._speed, self.tr("速度，按 [ 和 ] 调整"))
        hint = self.tr("方向键、＋－ 按住移动 · 1–9 预置位，Ctrl 保存 · [ ] 速度")
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("s"), theme.space("s"))
        box.setSpacing(theme.space("s"))
        box.addLayout(head)
        box.addWidget(self._lease)
        box.addLayout(asks)
        box.addWidget(self._reason)
        box.addLayout(grid)
        box.addLayout(self._preset_box)
        box.addWidget(self._note)
        box.addWidget(plain_label(hint, "note", self, wrap=True))

    def _show_presets(self) -> None:
        for button in self._presets:
            self._preset_box.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._presets = []
        for number, name in enumerate(self._view.presets[:PRESETS_SHOWN], 1):
            button = QPushButton(f"{number} {name}".replace("&", "&&"), self)
            button.setProperty("chip", "true")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setEnabled(self._view.held)
            button.setAccessibleName(self.tr("预置位 {number} {name}").format(number=number, name=name))
            button.clicked.connect(self._on_preset)
            button.show()
            self._preset_box.addWidget(button)
            self._presets.append(button)

    def _place(self) -> None:
        """As near to the lower right corner of the pane as the wall lets it be."""
        wall = self.parentWidget()
        if wall is None:
            return
        theme = current_theme()
        width = min(theme.px(_WIDTH), wall.width())
        self.setFixedWidth(width)
        layout = self.layout()
        wanted = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        height = min(max(wanted, self.minimumSizeHint().height()), wall.height())
        gap = theme.space("s")
        x = self._beside.right() - width - gap
        if self._beside.width() < 2 * width:  # in so small a pane it would hide what is moved
            right = self._beside.right() + gap
            x = right if right + width <= wall.width() else self._beside.left() - width - gap
        y = self._beside.bottom() - height - gap
        x, y = max(0.0, min(x, wall.width() - width)), max(0.0, min(y, wall.height() - height))
        self.setGeometry(round(x), round(y), width, height)

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, IconButton):
            self.pushed.emit(self._moves[button])

    @Slot()
    def _on_released(self) -> None:
        button = self.sender()
        if isinstance(button, IconButton):
            self.released.emit(self._moves[button])

    @Slot()
    def _on_preset(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.preset_chosen.emit(self._presets.index(button))

    @Slot()
    def _ask_reason(self) -> None:
        self._force.hide()
        self._reason.clear()
        self._reason.show()
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place()

    @Slot()
    def _give_reason(self) -> None:
        reason = self._reason.text().strip()
        if not reason:
            return
        self._reason.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.force_requested.emit(reason)

    @Slot(object)
    def _take_theme(self, _theme: Theme) -> None:
        if self.isVisible():
            self._place()
