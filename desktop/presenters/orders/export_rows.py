"""An order as it leaves the desk, in a table or on a sheet of its own: in words, and masked whoever asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.central.lenient import read_as
from desktop.central.schema import HistoryLine, WorkOrder
from desktop.domain.masking import mask_address, mask_house_numbers, mask_name, mask_phone, mask_text
from desktop.domain.sla import parse_time
from desktop.presenters.directory import Directory
from desktop.presenters.labels import source_word, state_word, urgency_word, verb_word
from desktop.presenters.orders.queue_layout import column_words
from desktop.presenters.orders.rows import clock_of, clock_words
from storage.cache.cache import Cache
from storage.records import Record
from widgets.paper.paper import Facts

translate = QCoreApplication.translate

_DESCRIPTION = "description"
_SHARES = {"urgency": 5, "number": 14, "title": 26, "clock": 9, "place": 16, "description": 24, "state": 6}
_SHARES |= dict.fromkeys(("opened", "due", "updated"), 13)
_SHARE = 9


@dataclass(frozen=True, slots=True)
class Exported:
    """Reads rows of a table; on any thread.

    Attributes:
        cache: Where the orders are.
        directory: Names.
        columns: Keys of the officer's columns, in their order.
        now: As of when.
    """

    cache: Cache
    directory: Directory
    columns: tuple[str, ...]
    now: datetime

    def read(self, ids: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the rows of those orders that are still there."""
        return [self.row(record) for record in self.cache.many("work_order", ids)]

    def row(self, record: Record) -> tuple[str, ...]:
        """Return one row."""
        order = read_as(WorkOrder, record.data)
        return tuple(_CELLS[key](order, self.directory, self.now) for key in self.columns)


def export_columns(shown: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of a file: those the officer has, the number before and the description behind them."""
    kept = [key for key in shown if key in _CELLS and key not in {"number", _DESCRIPTION}]
    return ("number", *kept, _DESCRIPTION)


def export_words(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words over them."""
    words = column_words() | {_DESCRIPTION: translate("Export", "描述")}
    return tuple(words[key] for key in columns)


def paper_shares(columns: tuple[str, ...]) -> tuple[int, ...]:
    """Return how wide each is on paper."""
    return tuple(_SHARES.get(key, _SHARE) for key in columns)


def street(order: WorkOrder) -> str:
    """Return where it is, to street level."""
    return mask_house_numbers(mask_address(mask_text(order.place.address))) or order.place.neighbourhood


def plain(text: str) -> str:
    """Return free text without persons and house numbers."""
    return mask_house_numbers(mask_text(text))


def full_time(text: str) -> str:
    """Return a time with its date, for those who read the paper another day; "" for none."""
    moment = parse_time(text)
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment is not None else ""


def order_facts(record: Record, directory: Directory, now: datetime) -> tuple[str, tuple[Facts, ...]]:
    """Return the title of an order's own sheet, and what stands on it."""
    order = read_as(WorkOrder, record.data)
    words = {**dict(zip(_CELLS, export_words(tuple(_CELLS)), strict=True))}
    keys = (
        "state", "urgency", "clock", "source", "module", "lead_department", "place", "neighbourhood", "grid_cell",
        "opened", "due", "updated",
    )  # fmt: skip
    facts = [(words[key], _CELLS[key](order, directory, now)) for key in keys]
    caller = "  ".join(part for part in (mask_name(order.caller.name), mask_phone(order.caller.phone)) if part)
    facts.append((translate("Export", "诉求人"), caller))
    facts.append((words[_DESCRIPTION], plain(order.description)))
    history = tuple((full_time(line.at), _history_words(line, directory)) for line in order.history)
    title = "  ".join(part for part in (order.number, plain(order.title)) if part) or record.id
    return title, (
        Facts("", tuple((label, text) for label, text in facts if text)),
        Facts(translate("Export", "经过"), history),
    )


def _history_words(line: HistoryLine, directory: Directory) -> str:
    person = line.actor if not line.officer else mask_name(line.actor)
    who = " · ".join(
        part for part in (person, directory.department(line.department) if line.department else "") if part
    )
    return "  ".join(part for part in (who, verb_word(line.verb), plain(line.text)) if part)


_CELLS: dict[str, Callable[[WorkOrder, Directory, datetime], str]] = {
    "number": lambda order, _directory, _now: order.number,
    "urgency": lambda order, _directory, _now: urgency_word(order.urgency),
    "title": lambda order, _directory, _now: plain(order.title),
    "clock": lambda order, _directory, now: clock_words(clock_of(order, now)),
    "state": lambda order, _directory, _now: state_word(order.state),
    "place": lambda order, _directory, _now: street(order),
    "neighbourhood": lambda order, _directory, _now: order.place.neighbourhood,
    "grid_cell": lambda order, directory, _now: directory.cell(order.place.grid_cell),
    "module": lambda order, directory, _now: directory.module(order.module),
    "lead_department": lambda order, directory, _now: directory.department(order.lead_department),
    "source": lambda order, _directory, _now: source_word(order.source),
    "opened": lambda order, _directory, _now: full_time(order.opened_at),
    "due": lambda order, _directory, _now: full_time(order.due),
    "updated": lambda order, _directory, _now: full_time(order.updated_at),
    _DESCRIPTION: lambda order, _directory, _now: plain(order.description),
}
