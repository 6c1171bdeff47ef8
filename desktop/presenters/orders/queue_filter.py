"""What the list is narrowed to and sorted by, and the views an officer keeps of that."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.domain.workflow import OPEN_STATES, State
from desktop.presenters.directory import Directory
from desktop.presenters.labels import SOURCES, URGENCIES, source_word, state_word, urgency_word
from storage.records import OrderQuery
from widgets.queue.rows import ChipSpec, MenuGroup, MenuOption

translate = QCoreApplication.translate

WAITING = ("reported", "accepted", "registered", "returned")
"""The hall's own move: nobody outside works on these."""

VIEWS_CAP = 8
FIELDS = ("states", "urgency", "source", "module", "lead_department", "grid_cell", "neighbourhood")
"""Fields of `OrderQuery` that can be picked from."""

SORTS = (
    "urgency",
    "due",
    "opened",
    "updated",
    "number",
    "state",
    "source",
    "module",
    "lead_department",
    "grid_cell",
    "neighbourhood",
)
_NEWEST_FIRST = frozenset({"opened", "updated"})
_PLACES_OFFERED = 200
"""A menu longer than that is searched, not read; the search field knows neighbourhoods too."""


Idle = tuple[tuple[str, str], ...]
"""Pairs of a department and a time, RFC 3339."""


class Filter(msgspec.Struct, frozen=True, omit_defaults=True):
    """One narrowing of the list; as JSON it is what a saved view is kept as.

    Attributes:
        chip: The fixed filter it builds on: all, mine, near, late, stuck, supervised, waiting.
        picked: Values by field of `OrderQuery`; any of the values of a field fits.
        text: Words that are searched.
        sort: What it is sorted by.
        turned: Whether the other way round than that is usually read.
    """

    chip: str = "all"
    picked: dict[str, list[str]] = msgspec.field(default_factory=dict)
    text: str = ""
    sort: str = "urgency"
    turned: bool = False

    @property
    def descending(self) -> bool:
        """Which way it is sorted: newest first where time sorts, else the smallest first, unless turned."""
        return (self.sort in _NEWEST_FIRST) != self.turned

    def sorted_by(self, sort: str) -> "Filter":
        """Return it sorted by something else, or the other way round by the same."""
        return msgspec.structs.replace(self, sort=sort, turned=sort == self.sort and not self.turned)

    def toggled(self, name: str, value: str) -> "Filter":
        """Return it with one value of a field switched."""
        values = [known for known in self.picked.get(name, []) if known != value]
        if len(values) == len(self.picked.get(name, [])):
            values.append(value)
        picked = {key: kept for key, kept in {**self.picked, name: values}.items() if kept}
        return msgspec.structs.replace(self, picked=picked)

    def query(self, now: str, me: tuple[str, str] = ("", ""), idle: Idle = ()) -> OrderQuery:
        """Return the question to the cache; fields and sorts of a later version are left out.

        Args:
            now: The centre's time, RFC 3339.
            me: Id and department of the officer, for 我的.
            idle: Departments, and since when an order of theirs counts as untouched, for 滞留.
        """
        sort = self.sort if self.sort in SORTS else "urgency"
        states = self._values("states")
        query = OrderQuery(
            states=states,
            open_only=states is None or states <= OPEN_STATES,
            urgency=self._values("urgency"),
            source=self._values("source"),
            module=self._values("module"),
            lead_department=self._values("lead_department"),
            grid_cell=self._values("grid_cell"),
            neighbourhood=self._values("neighbourhood"),
            text=self.text,
            sort=sort,
            descending=self.descending,
            now=now,
        )
        match self.chip:
            case "near" | "late" as clock:
                return replace(query, clock=clock, sort="due" if sort == "urgency" else sort)
            case "mine":
                return replace(query, mine=me)
            case "stuck":
                return replace(query, stuck=idle)
            case "supervised":
                return replace(query, supervised=True)
            case "waiting":
                waiting = frozenset(WAITING)
                return replace(query, states=waiting if states is None else waiting & states)
            case _:
                return query

    def _values(self, name: str) -> frozenset[str] | None:
        values = self.picked.get(name)
        return frozenset(values) if values else None


@dataclass(slots=True)
class Views:
    """The officer's own views, by name."""

    kept: dict[str, Filter] = field(default_factory=dict)

    def encode(self) -> str:
        """Return the setting they are kept as."""
        return msgspec.json.encode(self).decode()


def read_views(setting: str | None) -> Views:
    """Return the views of a setting; one that cannot be read has none."""
    try:
        return msgspec.json.decode(setting or "{}", type=Views)
    except msgspec.DecodeError:
        return Views()


def picked_words(name: str, value: str, directory: Directory) -> str:
    """Return one picked value in words."""
    readers: dict[str, Callable[[str], str]] = {
        "states": state_word,
        "urgency": urgency_word,
        "source": source_word,
        "module": directory.module,
        "lead_department": directory.department,
        "grid_cell": directory.cell,
    }
    read = readers.get(name)
    return (read(value) if read is not None else value) or translate("QueueFilter", "未填")


def view_name(narrowed: Filter, chips: dict[str, str], directory: Directory) -> str:
    """Return the name a view gets by itself: its words, one after the other."""
    words = [chips[narrowed.chip]] if narrowed.chip != "all" and narrowed.chip in chips else []
    words += [picked_words(name, value, directory) for name, values in narrowed.picked.items() for value in values]
    return " · ".join([*words, *([narrowed.text] if narrowed.text else [])])


def picked_chips(narrowed: Filter, directory: Directory) -> tuple[ChipSpec, ...]:
    """Return what is picked, each as a chip that takes it away."""
    return tuple(
        ChipSpec(f"{name}/{value}", picked_words(name, value, directory))
        for name, values in narrowed.picked.items()
        for value in values
    )


def filter_menu(
    narrowed: Filter, views: Views, chosen: str, totals: dict[str, int], directory: Directory
) -> tuple[MenuGroup, ...]:
    """Return what ＋筛选 offers; `totals` has counts as ``field:value``."""
    offered: dict[str, tuple[str, ...]] = {
        "states": tuple(State),
        "urgency": URGENCIES,
        "source": SOURCES,
        "module": tuple(module.id for module in directory.modules()),
        "lead_department": tuple(unit.id for unit in directory.units()),
        "grid_cell": _offered_places("grid_cell", totals),
        "neighbourhood": _offered_places("neighbourhood", totals),
    }
    labels = field_words()
    groups = [
        MenuGroup(
            name,
            labels[name],
            tuple(
                MenuOption(
                    value,
                    picked_words(name, value, directory),
                    str(totals.get(f"{'state' if name == 'states' else name}:{value}", "")),
                    checked=value in narrowed.picked.get(name, []),
                )
                for value in offered[name]
            ),
        )
        for name in FIELDS
    ]
    keeping = []
    if (narrowed.picked or narrowed.text) and len(views.kept) < VIEWS_CAP and not chosen:
        keeping.append(MenuOption("save", translate("QueueFilter", "存为视图")))
    if chosen:
        keeping.append(MenuOption("drop", translate("QueueFilter", "删除视图“{name}”").format(name=chosen)))
    if narrowed.picked:
        keeping.append(MenuOption("clear", translate("QueueFilter", "清除筛选")))
    return (*groups, MenuGroup("view", "", tuple(keeping), apart=True))


def field_words() -> dict[str, str]:
    """Return the words of `FIELDS`."""
    return {
        "states": translate("QueueFilter", "环节"),
        "urgency": translate("QueueFilter", "紧急程度"),
        "source": translate("QueueFilter", "来源"),
        "module": translate("QueueFilter", "条线"),
        "lead_department": translate("QueueFilter", "承办单位"),
        "grid_cell": translate("QueueFilter", "网格"),
        "neighbourhood": translate("QueueFilter", "居委"),
    }


def sort_words() -> dict[str, str]:
    """Return the words of `SORTS`."""
    fields = field_words()
    return {
        "urgency": translate("QueueFilter", "紧急程度、时限"),
        "due": translate("QueueFilter", "剩余时间"),
        "opened": translate("QueueFilter", "上报时间"),
        "updated": translate("QueueFilter", "最近变动"),
        "number": translate("QueueFilter", "编号"),
        "state": fields["states"],
        **{name: fields[name] for name in ("source", "module", "lead_department", "grid_cell", "neighbourhood")},
    }


def sort_menu(narrowed: Filter) -> tuple[MenuGroup, ...]:
    """Return what the list can be sorted by; choosing the same again turns it round."""
    words = sort_words()
    options = tuple(MenuOption(key, words[key], checked=key == narrowed.sort) for key in SORTS)
    turn = MenuOption(narrowed.sort, translate("QueueFilter", "反向"), checked=narrowed.turned)
    return (MenuGroup("sort", "", options), MenuGroup("sort", "", (turn,), apart=True))


def _offered_places(name: str, totals: dict[str, int]) -> tuple[str, ...]:
    """Return the places with open orders; a centre may have any number of them."""
    begin = f"{name}:"
    return tuple(key.removeprefix(begin) for key in totals if key.startswith(begin))[:_PLACES_OFFERED]
