"""The desk: the parts of LOOK's frame in their places. It arranges and owns widgets, and knows no data."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from widgets.alertstrip import AlertStrip
from widgets.attention.flash import EdgeFlash
from widgets.attention.page import AttentionPage
from widgets.commandbar import CommandBar
from widgets.detail.panel import DetailPanel
from widgets.detail.viewer import PhotoViewer
from widgets.keysheet import KeySheet
from widgets.lockveil import LockVeil
from widgets.map.panel import MapPanel
from widgets.messages import MessageStrip
from widgets.neworder import NewOrderForm
from widgets.newpassword import NewPasswordForm
from widgets.paper.export_sheet import ExportSheet
from widgets.queue.bulk_sheet import BulkSheet
from widgets.queue.panel import QueuePanel
from widgets.rail import Rail, RailItem
from widgets.theme import current_theme
from widgets.topbar import TopBar
from widgets.tray import TrayPage
from widgets.wall.frames import FrameSource
from widgets.wall.panel import WallPanel
from widgets.wall.reportcard import ReportCard
from widgets.wall.tourform import TourForm
from widgets.watermark import Watermark

_QUEUE_WIDTH, _WALL_WIDTH = 420, 560

PLACES = ("overview", "wall", "orders", "map")


class DeskPage(QWidget):
    """Everything the officer works with, arranged for one place of the rail at a time.

    The same panels serve all places: going to 视频墙 hides the others, and coming back finds them as they were.

    Signals:
        place_changed(str): the officer went to another place of the rail.
        selection_dropped(): Esc was pressed where nothing else wanted it.
        new_order_requested(): Ctrl+N.
        export_requested(), print_requested(): Ctrl+E, Ctrl+P.
    """

    place_changed = Signal(str)
    selection_dropped = Signal()
    new_order_requested = Signal()
    export_requested = Signal()
    print_requested = Signal()

    def __init__(self, frames: FrameSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.top_bar = TopBar(self)
        self.messages = MessageStrip(self)
        self.rail = Rail(self)
        self.queue = QueuePanel(self)
        self.detail = DetailPanel(self)
        self.new_order = NewOrderForm(self)
        self.map = MapPanel(parent=self)
        self.wall = WallPanel(frames, self)
        self.alert_strip = AlertStrip(self)
        self._orders = QSplitter(Qt.Orientation.Vertical, self)
        self._panels = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self.command_bar = CommandBar(self)
        self.key_sheet = KeySheet(self)
        self.new_password = NewPasswordForm(self)
        self.tray = TrayPage(self)
        self.bulk = BulkSheet(self)
        self.export = ExportSheet(self)
        self.tour_form = TourForm(self)
        self.report_card = ReportCard(self)
        self.attention = AttentionPage(self)
        self.viewer = PhotoViewer(self)
        self.lock_veil = LockVeil(self)
        self.flash = EdgeFlash(self)
        self.watermark = Watermark(self)
        self._shortcuts: list[QShortcut] = []
        self.place = ""
        self.go_to("overview")
        self.rail.place_chosen.connect(self.go_to)
        self.detail.map_requested.connect(self._go_to_map)
        self._make_shortcuts()

    @Slot(object)
    def go_to(self, place: str) -> None:
        """Arrange the panels for a place of the rail."""
        if place == self.place:
            return
        self.place = place
        self._orders.setVisible(place in {"overview", "orders"})
        self.map.setVisible(place in {"overview", "map"})
        self.wall.setVisible(place in {"overview", "wall"})
        self._orders.setOrientation(Qt.Orientation.Horizontal if place == "orders" else Qt.Orientation.Vertical)
        # Detail and form of a new order stand in the same place; only one of them is there.
        self._orders.setSizes([1100, 800, 800] if place == "orders" else [580, 400, 400])
        self._show_rail()
        self.place_changed.emit(place)

    @Slot(bool)
    def show_new_order(self, shown: bool) -> None:  # noqa: FBT001 - the signal's own argument
        """Show the form of a new order in the place of the detail, or the detail again."""
        if shown and self.place not in {"overview", "orders"}:
            self.go_to("overview")
        if shown != self.new_order.isHidden():
            return  # it is as it should be
        queue, detail, form = self._orders.sizes()
        self.detail.setVisible(not shown)
        self.new_order.setVisible(shown)
        self._orders.setSizes([queue, detail or form, detail or form])
        if not shown:
            self.queue.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self, officer: str) -> None:
        """Stop taking orders from whoever stands before the desk; it goes on showing what it shows."""
        for page in (self.command_bar, self.key_sheet, self.tray, self.bulk, self.export, self.attention, self.viewer):
            page.hide()
        self.tour_form.hide()
        self.report_card.hide()
        self.new_password.leave()
        self._set_usable(usable=False)
        self.lock_veil.lock(officer)

    def unlock(self) -> None:
        """Let the officer work again."""
        self.lock_veil.leave()
        self._set_usable(usable=True)

    def _set_usable(self, *, usable: bool) -> None:
        for part in (self.top_bar, self.messages, self.rail, self._panels, self.alert_strip):
            part.setEnabled(usable)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(usable)

    def _lay_out(self) -> None:
        self._orders.addWidget(self.queue)
        self._orders.addWidget(self.detail)
        self._orders.addWidget(self.new_order)
        self.new_order.hide()
        for panel in (self._orders, self.map, self.wall):
            self._panels.addWidget(panel)
        for splitter in (self._orders, self._panels):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self._orders.setStretchFactor(0, 3)
        self._orders.setStretchFactor(1, 2)
        theme = current_theme()
        self._panels.setStretchFactor(1, 1)
        self._panels.setSizes([theme.px(_QUEUE_WIDTH), 2000, _WALL_WIDTH])
        self._orders.setMinimumWidth(theme.px(340))
        self.map.setMinimumWidth(320)
        self.wall.setMinimumWidth(360)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self._panels, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.top_bar)
        box.addWidget(self.messages)
        box.addLayout(middle, 1)
        box.addWidget(self.alert_strip)

    def _show_rail(self) -> None:
        words = {
            "overview": (self.tr("总览"), "overview"),
            "wall": (self.tr("视频墙"), "wall"),
            "orders": (self.tr("工单"), "orders"),
            "map": (self.tr("地图"), "map"),
        }
        self.rail.set_items(tuple(RailItem(key, *words[key]) for key in PLACES), self.place)

    def _make_shortcuts(self) -> None:
        for keys, slot in (
            ("Ctrl+K", self.command_bar.open),
            ("F1", self.key_sheet.open),
            ("Esc", self.selection_dropped.emit),
            ("Ctrl+N", self.new_order_requested.emit),
            ("Ctrl+V", self.detail.paste),
            ("Ctrl+E", self.export_requested.emit),
            ("Ctrl+P", self.print_requested.emit),
            ("Ctrl+Space", self.alert_strip.acknowledge_first),
            ("Alt+1", self._go_to_overview),
            ("Alt+2", self._go_to_wall),
            ("Alt+3", self._go_to_orders),
            ("Alt+4", self._go_to_map),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)
            self._shortcuts.append(shortcut)

    @Slot()
    def _go_to_overview(self) -> None:
        self.go_to("overview")

    @Slot()
    def _go_to_wall(self) -> None:
        self.go_to("wall")

    @Slot()
    def _go_to_orders(self) -> None:
        self.go_to("orders")

    @Slot()
    def _go_to_map(self) -> None:
        self.go_to("map")
