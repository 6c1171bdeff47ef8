"""The command bar: finds orders, cameras, places, people and commands, says what each will do, and does it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Camera, Officer, WorkOrder
from desktop.domain.masking import mask_name, mask_text
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.presenters.labels import role_word, state_word
from desktop.presenters.map.places import NamedPlace, Places
from desktop.presenters.orders.spoken_actions import Spoken, spoken_actions
from storage.cache.cache import Cache
from storage.records import OrderQuery, Record
from storage.words import normalise, pinyin_initials
from widgets.commandbar import CommandBar, CommandResult
from widgets.detail.panel import DetailPanel

translate = QCoreApplication.translate

_EACH = 6
_FEW = 4
_SLIPS_FROM, _SLIPS_TO = 4, 8
"""Digits of a number in which one slip of the finger is forgiven."""


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
    orders: list[Record] = field(default_factory=list)
    cameras: list[Record] = field(default_factory=list)
    officers: list[tuple[str, Officer]] = field(default_factory=list)
    slips: list[Record] = field(default_factory=list)


class CommandsPresenter(QObject):
    """Answers the command bar.

    Signals:
        command_chosen(str): key of a `Command`.
        place_chosen(NamedPlace): the map is to show it.
        unit_chosen(str): the list is to show the orders of this department.
    """

    command_chosen = Signal(str)
    place_chosen = Signal(object)
    unit_chosen = Signal(object)

    def __init__(
        self, bar: CommandBar, detail: DetailPanel, context: Context, commands: tuple[Command, ...], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._detail = detail
        self._context = context
        self._commands = commands
        self.places = Places()
        self._spoken: dict[str, Spoken] = {}
        self._places: dict[str, NamedPlace] = {}
        bar.query_changed.connect(self._on_query)
        bar.chosen.connect(self._on_chosen)

    @Slot(object)
    def _on_query(self, text: str) -> None:
        self._context.reads.ask(self._on_found, _find, self._context.cache, text.strip())

    @Slot(object)
    def _on_found(self, found: _Found) -> None:
        if found.text != self._bar.query().strip():
            return  # the officer has typed on; a newer answer is on its way
        spoken = spoken_actions(found.text, self._detail.order())
        self._spoken = {line.result.key: line for line in spoken}
        places = self.places.find(found.text, _FEW)
        self._places = {f"place/{place.name}": place for place in places}
        results = [line.result for line in spoken]
        results += [_order_result(record) for record in found.orders]
        results += [_order_result(record, translate("Commands", "编号相近")) for record in found.slips]
        results += [_camera_result(record) for record in found.cameras]
        results += [_place_result(key, place) for key, place in self._places.items()]
        results += [_officer_result(id_, officer, self._context.directory) for id_, officer in found.officers]
        results += [_command_result(command) for command in self._commands if _matches(command.title, found.text)]
        self._bar.set_results(tuple(results))

    @Slot(object)
    def _on_chosen(self, key: str) -> None:
        kind, _, name = key.partition("/")
        match kind:
            case "command":
                self.command_chosen.emit(name)
            case "verb":
                self._act(key)
            case "place":
                self.place_chosen.emit(self._places[key])
            case "unit":
                self.unit_chosen.emit(name)
            case _:
                self._context.selection.select(kind, name)

    def _act(self, key: str) -> None:
        spoken = self._spoken[key]
        order = self._detail.order()
        if spoken.request is None:
            self._detail.begin(spoken.verb)
        elif order is not None and order.id == spoken.request.order_id:
            self._detail.action_requested.emit(spoken.request)


def _find(cache: Cache, text: str) -> _Found:
    if not text:
        return _Found(text)
    orders = cache.orders(OrderQuery(text=text, open_only=False, sort="updated", descending=True), _EACH)
    slips = _slips(cache, text) if not orders else []
    return _Found(text, orders, cache.search_cameras(text, _EACH), _officers(cache, text), slips)


def _officers(cache: Cache, text: str) -> list[tuple[str, Officer]]:
    wanted = normalise(text)
    read = ((record.id, read_as(Officer, record.data)) for record in cache.all("officer"))
    found = [
        (id_, officer)
        for id_, officer in read
        if wanted in normalise(officer.name)
        or pinyin_initials(officer.name).startswith(wanted)
        or officer.staff_no == wanted
    ]
    return found[:_FEW]


def _slips(cache: Cache, text: str) -> list[Record]:
    """Return orders whose number ends as typed but for one digit, or two that changed places."""
    if not (text.isascii() and text.isdigit() and _SLIPS_FROM <= len(text) <= _SLIPS_TO):
        return []
    found: dict[str, Record] = {}
    for other in one_slip_away(text):
        query = OrderQuery(text=other, open_only=False, sort="updated", descending=True)
        for record in cache.orders(query, 2):
            number = read_as(WorkOrder, record.data).number
            if number.endswith(other):
                found[record.id] = record
        if len(found) >= _EACH:
            break
    return list(found.values())[:_EACH]


def one_slip_away(digits: str) -> Iterator[str]:
    """Yield the numbers that one slip of the finger makes of `digits`: neighbours changed first, then one digit."""
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield digits[:at] + other + digits[at + 1 :]


def _matches(title: str, text: str) -> bool:
    wanted = normalise(text)
    return wanted in normalise(title) or pinyin_initials(title).startswith(wanted)


def _order_result(record: Record, why: str = "") -> CommandResult:
    order = read_as(WorkOrder, record.data)
    detail = " · ".join(part for part in (order.number, mask_text(order.place.address)) if part)
    title = mask_text(order.title) or record.id
    preview = translate("Commands", "Enter：选中工单 {number}，地图和附近摄像机随之移动").format(number=order.number)
    hint = " · ".join(part for part in (why, state_word(order.state)) if part)
    return CommandResult(f"work_order/{record.id}", "orders", title, detail, hint, preview=preview)


def _camera_result(record: Record) -> CommandResult:
    camera = read_as(Camera, record.data)
    preview = translate("Commands", "Enter：在地图上选中，并把画面调到视频墙")
    name = camera.name or record.id
    return CommandResult(f"camera/{record.id}", "camera", name, camera.place.address, camera.number, preview=preview)


def _place_result(key: str, place: NamedPlace) -> CommandResult:
    preview = translate("Commands", "Enter：地图移到{name}").format(name=place.name)
    return CommandResult(key, "pin", place.name, hint=translate("Commands", "地点"), preview=preview)


def _officer_result(officer_id: str, officer: Officer, directory: Directory) -> CommandResult:
    unit = directory.department(officer.department) if officer.department else ""
    role = role_word(officer.roles[0]) if officer.roles else ""
    preview = translate("Commands", "Enter：列出{unit}承办的在办工单").format(unit=unit)
    return CommandResult(
        f"unit/{officer.department}",
        "duty",
        mask_name(officer.name) or officer_id,
        " · ".join(part for part in (unit, role, officer.staff_no) if part),
        translate("Commands", "人员"),
        enabled=bool(officer.department),
        preview=preview,
    )


def _command_result(command: Command) -> CommandResult:
    preview = translate("Commands", "Enter：{title}").format(title=command.title)
    return CommandResult(f"command/{command.key}", command.icon, command.title, hint=command.hint, preview=preview)
