"""The picture that was kept last, attached to the selected order: two actions, with or without the centre."""

from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import WorkOrder
from desktop.presenters.context import Context
from desktop.presenters.wall.commands import ATTACH
from desktop.presenters.wall.snapshots import Kept
from desktop.presenters.wording import Words, fault_words
from storage.records import OpRecord, Record
from widgets.messages import MessageAction

translate = QCoreApplication.translate


class Files(Protocol):
    """What takes files: `SyncManager.attachments`."""

    def attach(self, kind: str, target_id: str, source: Path | bytes, name: str) -> "Future[OpRecord]": ...  # noqa: D102 - see Attachments


@dataclass(frozen=True, slots=True)
class Offer:
    """Good news for the message strip, with what can be done about them, if anything."""

    words: Words
    actions: tuple[MessageAction, ...] = ()


class ShotAttacher(QObject):
    """Knows the last picture that was kept. What is attached is that very file, so its hash is the one that was told.

    Signals:
        offered(Offer): a picture was kept while an order is selected, or was attached to it.
        told(Words): why it was not.
    """

    offered = Signal(object)
    told = Signal(object)

    def __init__(self, files: Files, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._files = files
        self._context = context
        self._kept: Kept | None = None

    @Slot()
    def attach(self) -> None:
        """Attach the last picture to the selected order."""
        selected = self._context.selection.selected
        if self._kept is None:
            self.told.emit(Words(translate("Snapshots", "还没有截图"), translate("Snapshots", "先按 Alt+S 截图。")))
        elif selected.kind != "work_order":
            self.told.emit(
                Words(translate("Snapshots", "没有选中工单"), translate("Snapshots", "先选中工单，再附上截图。"))
            )
        else:
            path = self._kept.path
            future = self._files.attach("work_order", selected.id, path, path.name)
            self._context.tasks.follow(future, self._on_attached, self._on_refused)

    @Slot(object)
    def on_kept(self, kept: Kept) -> None:
        """A picture was kept, on whichever wall."""
        self._kept = kept
        selected = self._context.selection.selected
        if selected.kind == "work_order":
            self._context.reads.ask(self._on_order, self._context.cache.get, "work_order", selected.id)

    @Slot(object)
    def _on_order(self, record: Record | None) -> None:
        if record is None or self._kept is None:
            return
        number = read_as(WorkOrder, record.data).number or record.id
        words = translate("Snapshots", "可附到所选工单 {number}（Shift+S）。").format(number=number)
        action = MessageAction(ATTACH, translate("Snapshots", "附到工单"))
        self.offered.emit(Offer(Words(translate("Snapshots", "截图已保存"), words), (action,)))

    @Slot(object)
    def _on_attached(self, _op: OpRecord) -> None:
        words = translate("Snapshots", "已附到工单；连上中心后自动送达。")
        self.offered.emit(Offer(Words(translate("Snapshots", "截图已保存"), words)))

    def _on_refused(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))
