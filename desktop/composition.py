"""The one place where a desk's presenters are built and joined to widgets, engines and each other."""

import logging
import socket
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.bridge import UiBridge
from desktop.central.schema import Officer
from desktop.desk.commands import desk_commands
from desktop.desk.notices import Notices
from desktop.desk.page import PLACES, DeskPage
from desktop.desk.wall_life import WallLife
from desktop.desk.wall_room import WallRoom
from desktop.domain.masking import mask_name
from desktop.engines import Engines
from desktop.events import (
    Changed,
    LinkState,
    OutboxChanged,
    SyncStatus,
)
from desktop.presenters.alerts import AlertsPresenter
from desktop.presenters.attention import AttentionPresenter, Means
from desktop.presenters.commands import CommandsPresenter
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.presenters.hall import HallPresenter
from desktop.presenters.keys import key_groups
from desktop.presenters.map.places import NamedPlace, read_places
from desktop.presenters.map.presenter import MapPresenter
from desktop.presenters.orders.bulk import BulkPresenter
from desktop.presenters.orders.cases import Cases
from desktop.presenters.orders.detail import DetailPresenter
from desktop.presenters.orders.export import ExportPresenter
from desktop.presenters.orders.marks import MarksPresenter
from desktop.presenters.orders.new_order import NewOrderPresenter
from desktop.presenters.orders.photos import PhotosPresenter
from desktop.presenters.orders.queue import QueuePresenter
from desktop.presenters.password import PasswordPresenter
from desktop.presenters.status import StatusPresenter
from desktop.presenters.tray import TrayPresenter
from desktop.presenters.wall.commands import wall_commands
from desktop.reads import Reads
from desktop.seat.lock import SeatLock
from desktop.seat.seat import Seat
from desktop.selection import Selection
from desktop.sound import Loudspeaker
from desktop.tasks import Tasks
from resources import resource_path
from storage.records import OutboxCounts, Record
from widgets.attention.notifier import Notifier
from widgets.map.basemap import Basemap, read_basemap
from widgets.messages import MessageAnswer

_log = logging.getLogger(__name__)

_MINUTE_MS = 60_000


class Desk(QObject):
    """One desk page with everything that feeds it. Built anew for another language; the engines go on.

    Signals:
        command_chosen(str): a command of the command bar that concerns more than this desk.
    """

    command_chosen = Signal(str)

    def __init__(self, page: DeskPage, engines: Engines, bridge: UiBridge, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.page = page
        self._engines = engines
        self._reads = Reads(tasks)
        self.selection = Selection(self)
        self._context = Context(
            cache=engines.store.cache,
            duty=engines.store.duty,
            reads=self._reads,
            tasks=tasks,
            directory=Directory(),
            selection=self.selection,
            record=engines.sync.record,
            officer=self._officer,
            now=self._now,
            keep=self._keep,
        )
        self.notices = Notices(page.messages, self)
        self.cases = Cases(self._context.book, self._context.cache, self._reads, self)
        self.queue = QueuePresenter(page.queue, self._context, self)
        self.photos = PhotosPresenter(page.detail, page.viewer, engines.sync.attachments, self._context)
        self.detail = DetailPresenter(page.detail, self.photos, self._context, self)
        self.new_order = NewOrderPresenter(page.new_order, self._context, self)
        self.map = MapPresenter(page.map, self._context, self)
        self.room = WallRoom(page, engines, self._context, self)
        self.wall = self.room.wall
        self.life = WallLife(page, self.room, engines, self._context, self)
        self.hall = HallPresenter(engines.sync.hall.show, engines.store.duty.device_id(), self._context, self)
        self.alerts = AlertsPresenter(page.alert_strip, self._context, self)
        self.status = StatusPresenter(page.top_bar, self._context, self)
        seat_lock = SeatLock(engines.store.duty, engines.worker)
        self.seat = Seat(page, seat_lock, self._context, self)
        self.bulk = BulkPresenter(page.bulk, engines.sync.record_many, self._context, self)
        self.marks = MarksPresenter(page.queue, self.queue, self.bulk, self._context, self)
        self.export = ExportPresenter(page.export, page.queue, self.queue, self._context, self)
        self.password = PasswordPresenter(page.new_password, engines.sync, seat_lock, self._context, self)
        self.tray = TrayPresenter(page.tray, self._context, engines.sync.resolve, self)
        commands = desk_commands(wall_commands())
        self.commands = CommandsPresenter(page.command_bar, page.detail, self._context, commands, self)
        self._speaker = Loudspeaker()
        self._notifier = Notifier(page)
        means = Means(page.attention, page.top_bar, page.flash, self._notifier, self._speaker)
        self.attention = AttentionPresenter(means, self._context, self)
        self._deeds: dict[str, Callable[[], None]] = {
            "keys": page.key_sheet.open,
            "tray": self.tray.open,
            "hall": self.hall.ask,
            "attention": self.attention.open,
            "new_order": self.new_order.begin,
            "export": self.export.open,
            "print": self.export.open_for_paper,
            "lock": self.seat.lock,
            "password": self.password.open,
            "again": self._try_again,
        }
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._mark_page)
        self._join(bridge)
        basemap = resource_path("basemap/linjiang.geojson")
        self._reads.ask(self._on_basemap, read_basemap, basemap, failed=self._on_no_basemap)
        page.key_sheet.set_groups(key_groups())
        self.status.on_sync_changed(engines.sync.status)
        self._mark_page()
        self._minute.start()
        self.seat.restore()

    def reload(self) -> None:
        """Read everything from the cache."""
        for kind in Directory.KINDS:
            self._reads.ask(self._on_names, self._context.cache.all, kind)
        self._reads.ask(self._on_counts, self._context.duty.counts)
        for presenter in (
            self.queue,
            self.detail,
            self.map,
            self.room,
            self.alerts,
            self.cases,
            self.attention,
            self.tray,
        ):
            presenter.reload()
        self.life.reload()

    def close(self) -> None:
        """Stop reading; the page may be destroyed afterwards."""
        self._notifier.close()
        self._speaker.close()
        self.photos.close()
        self._minute.stop()
        self.room.close()
        self.export.close()
        self._reads.close()

    def _join(self, bridge: UiBridge) -> None:
        page = self.page
        bridge.changed.connect(self._on_changed)
        bridge.reloaded.connect(self.reload)
        bridge.sync_changed.connect(self._on_sync_changed)
        bridge.outbox_changed.connect(self.status.on_outbox_changed)
        bridge.outbox_changed.connect(self.detail.on_outbox_changed)
        bridge.outbox_changed.connect(self.tray.on_outbox_changed)
        bridge.attachment_changed.connect(self.photos.on_attachment_changed)
        self.photos.told.connect(self.notices.on_told)
        bridge.hall_focused.connect(self.hall.on_focus)
        self.hall.told.connect(self.notices.on_told)
        self.hall.offered.connect(self.notices.on_offered)
        bridge.pane_changed.connect(self.room.on_pane_changed)
        bridge.fault_raised.connect(self.notices.on_fault)
        bridge.sign_in_required.connect(self.notices.on_sign_in_required)
        bridge.sign_in_required.connect(self.seat.on_sign_in_required)
        bridge.quarantined.connect(self.notices.on_quarantined)
        self.wall.linked.connect(self.map.on_linked)
        self.alerts.counted.connect(self.status.on_counted)
        self._minute.timeout.connect(self.password.remind)
        self.password.came_due.connect(self.notices.on_password_due)
        self.password.changed.connect(self.notices.on_password_changed)
        for presenter in (self.detail, self.alerts, self.tray, self.new_order, self.password):
            presenter.told.connect(self.notices.on_told)
        self.room.told.connect(self.notices.on_told)
        self.seat.locking.connect(self.room.on_locked)
        self.life.told.connect(self.notices.on_told)
        self.room.order_wanted.connect(self.new_order.begin_with)
        self.life.offered.connect(self.notices.on_offered)
        page.top_bar.tray_requested.connect(self.tray.open)
        page.top_bar.attention_requested.connect(self.attention.open)
        self.alerts.waiting.connect(self.attention.on_alerts)
        self.attention.wanted.connect(self._come_forward)
        self.attention.told.connect(self.notices.on_told)
        self.tray.aged.connect(self.attention.on_tray)
        self.tray.aged.connect(self.status.on_aged)
        self.seat.change_requested.connect(self._change_officer)
        page.selection_dropped.connect(self.selection.clear)
        page.new_order_requested.connect(self.new_order.begin)
        for wished in (page.export_requested, self.queue.export_wanted):
            wished.connect(self.export.open)
        for wished in (page.print_requested, self.queue.print_wanted):
            wished.connect(self.export.open_for_paper)
        page.map.view.point_picked.connect(self.new_order.on_point)
        self.new_order.wanted.connect(page.show_new_order)
        self.new_order.located.connect(self._on_located)
        page.queue.state_action_requested.connect(self._try_again)
        page.messages.answered.connect(self._on_answered)
        self.commands.command_chosen.connect(self._on_command)
        self.commands.place_chosen.connect(self._on_place)
        self.commands.unit_chosen.connect(self._on_unit)

    @Slot(object)
    def _on_changed(self, event: Changed) -> None:
        if event.kind in Directory.KINDS:
            self._reads.ask(self._on_names, self._context.cache.all, event.kind)
        for presenter in (
            self.queue, self.detail, self.map, self.room, self.alerts, self.cases, self.attention, self.marks,
        ):  # fmt: skip
            presenter.on_changed(event)
        self.life.on_changed(event)

    @Slot(object)
    def _on_counts(self, counts: OutboxCounts) -> None:
        """Show what the last run left in the outbox; news of it came before this desk was built."""
        self.status.on_outbox_changed(OutboxChanged(counts.queued, counts.sending, counts.unresolved))

    @Slot(object)
    def _on_names(self, records: list[Record]) -> None:
        if records:
            self._context.directory.load(records[0].kind, records)
            self.queue.reload()

    @Slot(object)
    def _on_sync_changed(self, status: SyncStatus) -> None:
        self.status.on_sync_changed(status)
        self.room.on_officer()
        self.notices.on_sync_changed(status)
        if status.link is LinkState.LIVE:
            self.password.remind()

    @Slot(object)
    def _on_answered(self, answer: MessageAnswer) -> None:
        self._on_command(answer.key)

    @Slot(object)
    def _on_place(self, place: NamedPlace) -> None:
        if self.page.map.isHidden():
            self.page.go_to("map")
        self.page.map.view.centre_on(place.lon, place.lat)

    @Slot(object)
    def _on_located(self, point: tuple[float, float]) -> None:
        self.page.map.view.centre_on(*point)

    @Slot(object)
    def _on_unit(self, department: str) -> None:
        if self.page.queue.isHidden() or self.page.place not in {"overview", "orders"}:
            self.page.go_to("orders")
        for picked in ("view/clear", f"lead_department/{department}"):
            self.page.queue.menu_picked.emit(picked)

    @Slot()
    def _come_forward(self) -> None:
        """The officer asked for the window, by pressing a notification; nothing else brings it forward."""
        window = self.page.window()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    @Slot()
    def _change_officer(self) -> None:
        self.command_chosen.emit("sign_out")

    @Slot()
    def _try_again(self) -> None:
        self._engines.sync.wake()

    @Slot(str)
    def _on_command(self, key: str) -> None:
        deed = self._deeds.get(key)
        if deed is not None:
            deed()
        elif key in PLACES:
            self.page.go_to(key)
        elif key.startswith("mute."):
            self.attention.mute(int(key.removeprefix("mute.")))
        elif not self.life.take(key) and not self.hall.take(key):
            self.command_chosen.emit(key)

    @Slot(object)
    def _on_basemap(self, basemap: Basemap) -> None:
        if basemap.problem_count:
            _log.warning("%d features of the basemap could not be drawn", basemap.problem_count)
        self.page.map.set_basemap(basemap)
        self.page.detail.set_basemap(basemap)
        self._reads.ask(self._on_places, read_places, basemap)

    @Slot(object)
    def _on_places(self, places: tuple[NamedPlace, ...]) -> None:
        self.commands.places.take(places)
        self.new_order.grounds.take(places)

    def _on_no_basemap(self, fault: BaseException) -> None:
        _log.error("the basemap could not be read: %s", fault)
        self.page.map.explain(self.tr("没有底图"), self.tr("底图文件读不出来；标记仍按坐标显示。"))

    @Slot()
    def _mark_page(self) -> None:
        """Put who sits here over everything, to the minute."""
        officer = self._officer()
        if officer is not None:
            now = self._now().astimezone()
            mark = f"{mask_name(officer.name)} {officer.staff_no} · {socket.gethostname()[:12]} · {now:%m-%d %H:%M}"
            self.page.watermark.set_text(mark)
            self.room.mark(mark)

    def _keep(self, name: str, value: str | None) -> Future[None]:
        return self._engines.worker.submit(self._engines.store.duty.set_setting, name, value)

    def _officer(self) -> Officer | None:
        return self._engines.sync.officer

    def _now(self) -> datetime:
        estimate = self._engines.sync.server_time()
        return estimate.moment if estimate is not None else datetime.now(UTC)
