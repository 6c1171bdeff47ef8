"""The command bar: finds orders, cameras and commands, and carries out what was taken."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Camera, WorkOrder
from desktop.domain.masking import mask_text
from desktop.presenters.context import Context
from desktop.presenters.labels import state_word
from storage.cache.cache import Cache
from storage.records import OrderQuery, Record
from storage.words import pinyin_initials
from widgets.commandbar import CommandBar, CommandResult

_EACH = 6


@dataclass(frozen=True, slots=True)
class Command:
    """Something the program itself can do: key, icon, words, keys that do the same."""

    key: str
    icon: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    orders: list[Record]
    cameras: list[Record]


class CommandsPresenter(QObject):
    """Answers the command bar.

    Signals:
        command_chosen(str): key of a `Command`.
    """

    command_chosen = Signal(str)

    def __init__(self, bar: CommandBar, context: Context, commands: tuple[Command, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._context = context
        self._commands = commands
        bar.query_changed.connect(self._on_query)
        bar.chosen.connect(self._on_chosen)

    @Slot(object)
    def _on_query(self, text: str) -> None:
        self._context.reads.ask(self._on_found, _find, self._context.cache, text.strip())

    @Slot(object)
    def _on_found(self, found: _Found) -> None:
        if found.text != self._bar.query().strip():
            return  # the officer has typed on; a newer answer is on its way
        results = [_order_result(record) for record in found.orders]
        results += [_camera_result(record) for record in found.cameras]
        results += [
            CommandResult(f"command/{command.key}", command.icon, command.title, hint=command.hint)
            for command in self._commands
            if _matches(command.title, found.text)
        ]
        self._bar.set_results(tuple(results))

    @Slot(object)
    def _on_chosen(self, key: str) -> None:
        kind, _, name = key.partition("/")
        if kind == "command":
            self.command_chosen.emit(name)
        else:
            self._context.selection.select(kind, name)


def _find(cache: Cache, text: str) -> _Found:
    if not text:
        return _Found(text, [], [])
    orders = cache.orders(OrderQuery(text=text, open_only=False, sort="updated", descending=True), _EACH)
    return _Found(text, orders, cache.search_cameras(text, _EACH))


def _matches(title: str, text: str) -> bool:
    wanted = text.casefold()
    return wanted in title.casefold() or pinyin_initials(title).startswith(wanted)


def _order_result(record: Record) -> CommandResult:
    order = read_as(WorkOrder, record.data)
    detail = " · ".join(part for part in (order.number, mask_text(order.place.address)) if part)
    return CommandResult(
        f"work_order/{record.id}", "orders", mask_text(order.title) or record.id, detail, state_word(order.state)
    )


def _camera_result(record: Record) -> CommandResult:
    camera = read_as(Camera, record.data)
    return CommandResult(f"camera/{record.id}", "camera", camera.name or record.id, camera.place.address, camera.number)
