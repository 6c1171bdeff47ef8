"""What the list is narrowed to and sorted by, and the views an officer keeps of that."""

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
FIELDS = ("states", "urgency", "source", "module", "lead_department")
"""Fields of `OrderQuery` that can be picked from."""

SORTS = ("urgency", "due", "opened", "updated", "number")
_NEWEST_FIRST = frozenset({"opened", "updated"})


class Filter(msgspec.Struct, frozen=True, omit_defaults=True):
    """One narrowing of the list; as JSON it is what a saved view is kept as.

    Attributes:
        chip: The fixed filter it builds on: all, near, late, supervised, waiting.
        picked: Values by field of `OrderQuery`; any of the values of a field fits.
        text: Words that are searched.
        sort: How it is sorted.
    """

    chip: str = "all"
    picked: dict[str, list[str]] = msgspec.field(default_factory=dict)
    text: str = ""
    sort: str = "urgency"

    def toggled(self, name: str, value: str) -> "Filter":
        """Return it with one value of a field switched."""
        values = [known for known in self.picked.get(name, []) if known != value]
        if len(values) == len(self.picked.get(name, [])):
            values.append(value)
        picked = {key: kept for key, kept in {**self.picked, name: values}.items() if kept}
        return msgspec.structs.replace(self, picked=picked)

    def query(self, now: str) -> OrderQuery:
        """Return the question to the cache; fields and sorts of a later version are left out."""
        sort = self.sort if self.sort in SORTS else "urgency"
        states = self._values("states")
        query = OrderQuery(
            states=states,
            open_only=states is None or states <= OPEN_STATES,
            urgency=self._values("urgency"),
            source=self._values("source"),
            module=self._values("module"),
            lead_department=self._values("lead_department"),
            text=self.text,
            sort=sort,
            descending=sort in _NEWEST_FIRST,
            now=now,
        )
        match self.chip:
            case "near" | "late" as clock:
                return replace(query, clock=clock, sort="due" if sort == "urgency" else sort)
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
    """The officer's own views, by name, and how tall rows are."""

    kept: dict[str, Filter] = field(default_factory=dict)
    compact: bool = False

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
    match name:
        case "states":
            return state_word(value)
        case "urgency":
            return urgency_word(value)
        case "source":
            return source_word(value)
        case "module":
            return directory.module(value)
        case _:
            return directory.department(value)


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
    """Return what ＋筛选 offers."""
    offered = {
        "states": tuple(State),
        "urgency": URGENCIES,
        "source": SOURCES,
        "module": tuple(module.id for module in directory.modules()),
        "lead_department": tuple(unit.id for unit in directory.units()),
    }
    labels = {
        "states": translate("QueueFilter", "环节"),
        "urgency": translate("QueueFilter", "紧急程度"),
        "source": translate("QueueFilter", "来源"),
        "module": translate("QueueFilter", "条线"),
        "lead_department": translate("QueueFilter", "承办单位"),
    }
    groups = [
        MenuGroup(
            name,
            labels[name],
            tuple(
                MenuOption(
                    value,
                    picked_words(name, value, directory),
                    str(totals.get(f"state:{value}", "")) if name == "states" else "",
                    checked=value in narrowed.picked.get(name, []),
                )
                for value in offered[name]
            ),
        )
        for name in FIELDS
    ]
    sorts = {
        "urgency": translate("QueueFilter", "紧急程度、时限"),
        "due": translate("QueueFilter", "剩余时间"),
        "opened": translate("QueueFilter", "最新上报"),
        "updated": translate("QueueFilter", "最近变动"),
        "number": translate("QueueFilter", "编号"),
    }
    ordered = tuple(MenuOption(key, sorts[key], checked=key == narrowed.sort) for key in SORTS)
    keeping = []
    if (narrowed.picked or narrowed.text) and len(views.kept) < VIEWS_CAP and not chosen:
        keeping.append(MenuOption("save", translate("QueueFilter", "存为视图")))
    if chosen:
        keeping.append(MenuOption("drop", translate("QueueFilter", "删除视图“{name}”").format(name=chosen)))
    if narrowed.picked:
        keeping.append(MenuOption("clear", translate("QueueFilter", "清除筛选")))
    one_line = MenuOption("compact", translate("QueueFilter", "单行显示"), checked=views.compact)
    return (
        *groups,
        MenuGroup("sort", translate("QueueFilter", "排序"), ordered, apart=True),
        MenuGroup("rows", "", (one_line,)),
        MenuGroup("view", "", tuple(keeping), apart=True),
    )
