"""The wall's head: what it is linked to, its view, its lock, the way back, its layout, and further tools."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from widgets.iconbutton import IconButton
from widgets.painting import draw_shape, draw_text, text_width
from widgets.plain import plain_label, set_tip
from widgets.theme import current_theme, theme_holder
from widgets.wall.layout_drawing import draw_layout
from widgets.wall.meter import MeterButton

_NARROW = 520
_METER_FROM = 760
_NAME_MOST = 150


@dataclass(frozen=True, slots=True)
class ViewHead:
    """What the head says of the view.

    Attributes:
        name: Of the view, or the words for none.
        changed: The wall is other than the view that was saved.
        locked: Nothing moves on the wall.
        can_undo: There is a change to take back.
        can_redo: There is one to do again.
    """

    name: str = ""
    changed: bool = False
    locked: bool = False
    can_undo: bool = False
    can_redo: bool = False


class _PaintedButton(QAbstractButton):
    """A button that paints itself into a thin frame."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_holder().theme_changed.connect(self._take_theme)

    @Slot(object)
    def _take_theme(self, _theme: object) -> None:
        self.updateGeometry()
        self.update()

    def _paint_ground(self, painter: QPainter) -> QRectF:
        theme = current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = "focus" if self.hasFocus() else "line.strong" if self.underMouse() else "line"
        painter.setPen(QPen(theme.color(edge), 1))
        painter.setBrush(theme.color("surface.2"))
        painter.drawRoundedRect(rect, theme.radius(), theme.radius())
        side = float(theme.px(12))
        arrow = QRectF(rect.right() - side - theme.px(5), rect.center().y() - side / 2, side, side)
        draw_shape(painter, "chevron-down", theme.color("text.mid"), arrow)
        return rect.adjusted(theme.px(8), 0, -side - theme.px(8), 0)


class ViewButton(_PaintedButton):
    """Name of the view, and a ring before it as long as something of it is not saved."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._head = ViewHead()

    def show_head(self, head: ViewHead) -> None:
        """Show another state."""
        self._head = head
        changed = self.tr("{name}，有未保存的改动").format(name=head.name) if head.changed else head.name
        told = self.tr("{name}，已锁定").format(name=changed) if head.locked else changed
        self.setAccessibleName(self.tr("视图：{name}").format(name=told))
        set_tip(self, told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the name, within limits."""
        theme = current_theme()
        words = min(round(text_width(self._head.name, theme.font("body"))), theme.px(_NAME_MOST))
        mark = theme.px(14 * self._head.changed + 18 * self._head.locked)
        return QSize(words + mark + theme.px(34), theme.size("control"))

    def minimumSizeHint(self) -> QSize:
        """It may lose most of its name."""
        return QSize(min(self.sizeHint().width(), current_theme().px(76)), current_theme().size("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        theme = current_theme()
        painter = QPainter(self)
        rect = self._paint_ground(painter)
        if self._head.locked:
            side = float(theme.px(13))
            mark = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
            draw_shape(painter, "lock", theme.color("tone.yellow"), mark)
            rect.adjust(theme.px(18), 0, 0, 0)
        if self._head.changed:
            side = float(theme.px(8))
            mark = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
            draw_shape(painter, "circle", theme.color("tone.yellow"), mark)
            rect.adjust(theme.px(14), 0, 0, 0)
        draw_text(painter, rect, self._head.name, theme.font("body"), theme.color("text.hi"))
        painter.end()


class LayoutChoice(_PaintedButton):
    """The present layout, drawn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = "9"

    def show_layout(self, name: str) -> None:
        """Show another layout."""
        self._name = name
        self.setAccessibleName(self.tr("窗格布局，现为 {name}").format(name=name))
        set_tip(self, self.tr("窗格布局 (G)"))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the drawing and the arrow."""
        theme = current_theme()
        return QSize(theme.px(58), theme.size("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        theme = current_theme()
        painter = QPainter(self)
        rect = self._paint_ground(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        height = theme.px(16)
        drawing = QRectF(round(rect.left()), round(rect.center().y() - height / 2), theme.px(28), height)
        draw_layout(painter, self._name, drawing, theme, lit=False)
        painter.end()


class WallHead(QWidget):
    """One line over the panes.

    Signals:
        asked(str): A wish: ``undo``, ``redo``, ``lock``, ``tree``.
        views_requested(object): The menu of views is wanted, its place on the screen a `QPoint`.
        layouts_requested(object): The menu of layouts is.
    """

    asked = Signal(str)
    views_requested = Signal(object)
    layouts_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._link = plain_label("", "note", self)
        self._link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._undo = IconButton("undo", self.tr("撤销"), self, keys="Ctrl+Z")
        self._redo = IconButton("redo", self.tr("重做"), self, keys="Ctrl+Y")
        self._lock = IconButton("unlock", self.tr("锁定视图"), self, keys="Ctrl+L")
        self._tree = IconButton("tree", self.tr("摄像机列表"), self, keys="F")
        self.view = ViewButton(self)
        self.layouts = LayoutChoice(self)
        self.meter = MeterButton(self)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(0)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        line.setSpacing(theme.space("xs"))
        line.addWidget(plain_label(self.tr("视频"), "title", self))
        line.addSpacing(theme.space("xs"))
        line.addWidget(self._link, 1)
        line.addWidget(self.meter)
        line.addLayout(self._tools)
        for part in (self._undo, self._redo, self._lock, self.view, self.layouts, self._tree):
            line.addWidget(part)
        self._undo.clicked.connect(self._on_undo)
        self._redo.clicked.connect(self._on_redo)
        self._lock.clicked.connect(self._on_lock)
        self._tree.clicked.connect(self._on_tree)
        self.view.clicked.connect(self._on_view)
        self.layouts.clicked.connect(self._on_layouts)
        self.show_view(ViewHead())

    def add_tool(self, tool: QWidget) -> None:
        """Put a further tool before the way back."""
        self._tools.addWidget(tool)

    def show_link(self, words: str) -> None:
        """Say which object the cameras were brought up for."""
        self._link.setText(words)
        set_tip(self._link, words)

    def show_view(self, head: ViewHead) -> None:
        """Say which view this is, and what can be done."""
        self.view.setVisible(bool(head.name))
        self.view.show_head(head)
        self._undo.setEnabled(head.can_undo)
        self._redo.setEnabled(head.can_redo)
        if head.locked:
            self._lock.show_icon("lock", self.tr("已锁定：画面不动。解锁"), keys="Ctrl+L")
        else:
            self._lock.show_icon("unlock", self.tr("锁定视图"), keys="Ctrl+L")

    def place_below(self, button: QWidget) -> QPoint:
        """Give the point of the screen below a button's right end."""
        return button.mapToGlobal(QPoint(button.width(), button.height() + 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the menus have as well where there is no room."""
        super().resizeEvent(event)
        roomy = self.width() >= current_theme().px(_NARROW)
        self._undo.setVisible(roomy)
        self._redo.setVisible(roomy)
        self.meter.setVisible(self.width() >= current_theme().px(_METER_FROM))

    @Slot()
    def _on_undo(self) -> None:
        self.asked.emit("undo")

    @Slot()
    def _on_redo(self) -> None:
        self.asked.emit("redo")

    @Slot()
    def _on_lock(self) -> None:
        self.asked.emit("lock")

    @Slot()
    def _on_tree(self) -> None:
        self.asked.emit("tree")

    @Slot()
    def _on_view(self) -> None:
        self.views_requested.emit(self.place_below(self.view))

    @Slot()
    def _on_layouts(self) -> None:
        self.layouts_requested.emit(self.place_below(self.layouts))
