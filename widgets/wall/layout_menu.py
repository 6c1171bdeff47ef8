"""The menu of layouts: a drawing of each, and a grid of one's own."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QVBoxLayout, QWidget

from widgets.painting import draw_text
from widgets.plain import plain_label
from widgets.theme import current_theme
from widgets.wall.grid_editor import GridEditor
from widgets.wall.layout_drawing import draw_layout
from widgets.wall.layouts import LAYOUTS

_ACROSS = 4
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_ACROSS, Qt.Key.Key_Down: _ACROSS}


class LayoutButton(QAbstractButton):
    """One layout, drawn, with its name below."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.layout_key = name
        self.setCheckable(True)
        self.setAccessibleName(self.tr("布局 {name}").format(name=name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Give room for a drawing of 16:9."""
        theme = current_theme()
        return QSize(theme.px(76), theme.px(66))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, drawing and name."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isChecked() or self.hasFocus() or self.underMouse()
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if lit:
            painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "line.strong"), 1))
            painter.setBrush(theme.color("surface.selected" if self.isChecked() else "surface.hover"))
            painter.drawRoundedRect(rect, theme.radius(), theme.radius())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        drawing = QRectF(theme.px(10), theme.px(8), self.width() - theme.px(20), self.height() - theme.px(30))
        draw_layout(painter, self.layout_key, drawing, theme, lit=lit)
        words = QRectF(0, drawing.bottom() + theme.px(2), self.width(), self.height() - drawing.bottom() - theme.px(4))
        color = theme.color("text.hi" if lit else "text.mid")
        align = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, words, self.layout_key, theme.font("note"), color, align=align)
        painter.end()


class LayoutMenu(QFrame):
    """Comes up below a button; arrows go through the layouts, Enter takes one, Esc leaves.

    Signals:
        chosen(str): The layout that was taken.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("panel", "float")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("窗格布局"))
        theme = current_theme()
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.space("m"), theme.space("m"), theme.space("m"), theme.space("m"))
        box.setSpacing(theme.space("s"))
        grid = QGridLayout()
        grid.setSpacing(theme.space("xs"))
        self._buttons = [LayoutButton(name, self) for name in LAYOUTS]
        for index, button in enumerate(self._buttons):
            grid.addWidget(button, index // _ACROSS, index % _ACROSS)
            button.clicked.connect(self._on_clicked)
        box.addLayout(grid)
        line = QFrame(self)
        line.setProperty("separator", "true")
        box.addWidget(line)
        box.addWidget(plain_label(self.tr("自定义"), "note", self))
        self.editor = GridEditor(self)
        self.editor.chosen.connect(self._take)
        box.addWidget(self.editor)

    def open(self, below: QPoint, chosen: str) -> None:
        """Come up with its right end at a point of the screen, the present layout marked."""
        for button in self._buttons:
            button.setChecked(button.layout_key == chosen)
        self.editor.show_layout(chosen)
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(max(below.x() - self.width(), room.left()), room.right() - self.width())
        top = min(below.y(), room.bottom() - self.height())
        self.move(left, max(top, room.top()))
        self.show()
        marked = next((button for button in self._buttons if button.isChecked()), None)
        (marked or self.editor.first_field).setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the layouts; take one with Enter."""
        focus = self.focusWidget()
        key = Qt.Key(event.key())
        if isinstance(focus, LayoutButton) and key in _STEPS:
            self._move(self._buttons, focus, _STEPS[key])
        elif isinstance(focus, LayoutButton) and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus.click()
        else:
            super().keyPressEvent(event)

    def _move(self, buttons: Sequence[LayoutButton], focus: LayoutButton, step: int) -> None:
        after = buttons.index(focus) + step
        if after >= len(buttons):
            self.editor.first_field.setFocus(Qt.FocusReason.TabFocusReason)
        elif after >= 0:
            buttons[after].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, LayoutButton):
            self._take(button.layout_key)

    @Slot(str)
    def _take(self, name: str) -> None:
        self.hide()
        self.chosen.emit(name)
