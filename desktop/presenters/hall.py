"""大屏联动: asking for what is selected to be shown in the hall, and being asked to look at something.

A wish of another seat is told in the message strip with a button; it never takes the officer's selection away.
"""

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Camera, Incident, WorkOrder
from desktop.events import HallFocus
from desktop.presenters.context import Context
from desktop.presenters.wall.shot_attach import Offer
from desktop.presenters.wording import Words, fault_words
from storage.cache.cache import Cache
from widgets.messages import MessageAction

_KEY = "hall/"

Show = Callable[[str, str], "Future[None]"]
"""Asks the centre to have an object (kind, id) shown on all big screens."""


class HallPresenter(QObject):
    """Between the seats of a hall.

    Signals:
        told(Words): what became of a wish of this seat.
        offered(Offer): somebody wants something looked at.
    """

    told = Signal(object)
    offered = Signal(object)

    def __init__(self, show: Show, own_device: str, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._own_device = own_device
        self._context = context

    @Slot()
    def ask(self) -> None:
        """Have what is selected shown in the hall."""
        selected = self._context.selection.selected
        if not selected.kind:
            self.told.emit(Words(self.tr("没有选中对象"), self.tr("先选中工单、事件或摄像机，再请大屏显示。")))
            return
        self._context.tasks.follow(self._show(selected.kind, selected.id), self._on_shown, self._on_refused)

    @Slot(object)
    def on_focus(self, event: HallFocus) -> None:
        """Another seat, or this one, wants something shown."""
        if event.device_id != self._own_device:
            self._context.reads.ask(self._on_title, _title, self._context.cache, event)

    def take(self, key: str) -> bool:
        """Look at what was offered; False for a key of somebody else's."""
        if not key.startswith(_KEY):
            return False
        _, kind, object_id = key.split("/", 2)
        self._context.selection.select(kind, object_id)
        return True

    def _on_title(self, found: tuple[HallFocus, str]) -> None:
        event, title = found
        words = Words(
            self.tr("{by} 请看：{title}").format(by=event.by, title=title or event.id),
            self.tr("请大屏和各席位一起查看。"),
        )
        self.offered.emit(Offer(words, (MessageAction(f"{_KEY}{event.kind}/{event.id}", self.tr("查看")),)))

    def _on_shown(self, _nothing: None) -> None:
        self.told.emit(Words(self.tr("已请大屏显示"), self.tr("各席位都收到了提示。")))

    def _on_refused(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))


def _title(cache: Cache, event: HallFocus) -> tuple[HallFocus, str]:
    """What people call the object; "" for one this desk does not have. On the reader thread."""
    record = cache.get(event.kind, event.id)
    if record is None:
        return event, ""
    if event.kind == "work_order":
        order = read_as(WorkOrder, record.data)
        return event, f"{order.number} {order.title}".strip()
    if event.kind == "incident":
        return event, read_as(Incident, record.data).title
    return event, read_as(Camera, record.data).name  # whatever else has a name, has it under this one
