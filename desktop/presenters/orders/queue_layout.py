"""How an officer has the list laid out: rows, columns, groups; kept under the officer's name."""

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.presenters.directory import Directory
from desktop.presenters.labels import state_word
from desktop.presenters.orders.queue_filter import picked_words, sort_words
from widgets.queue.rows import ColumnSpec, MenuGroup, MenuOption

translate = QCoreApplication.translate

ROWS = ("two", "one", "table")
"""Rows of two lines, of one, or a table with columns."""

GROUPINGS = ("", "grid_cell", "neighbourhood", "module", "state", "lead_department")

_WIDTHS = {
    "urgency": 100,
    "number": 150,
    "title": 300,
    "clock": 112,
    "state": 88,
    "place": 190,
    "neighbourhood": 120,
    "grid_cell": 120,
    "module": 92,
    "lead_department": 92,
    "source": 96,
    "opened": 96,
    "due": 96,
    "updated": 96,
}
_WIDEST = 1_200
_NARROWEST = 40
_FIRST = ("urgency", "title", "clock", "state", "place", "module", "lead_department", "opened", "number")
_SORT_OF = {"clock": "due", "place": "", "title": ""}
"""What sorts a column that is not sorted by its own name. Titles and addresses are not sorted: the order of Chinese
characters in a computer means nothing to anybody; they are searched, and places are grouped."""


class Layout(msgspec.Struct, frozen=True, omit_defaults=True):
    """One officer's layout, as the setting it is kept as.

    Attributes:
        rows: One of `ROWS`.
        columns: Keys and widths (at text scale 1) of the columns shown, in their order.
        group: What the list is grouped by, one of `GROUPINGS`.
    """

    rows: str = "two"
    columns: list[tuple[str, int]] = msgspec.field(default_factory=lambda: [(key, _WIDTHS[key]) for key in _FIRST])
    group: str = ""

    def encode(self) -> str:
        """Return the setting it is kept as."""
        return msgspec.json.encode(self).decode()

    def with_column(self, key: str) -> "Layout":
        """Return it with a column shown, as the last one, or put away; the last one stays."""
        kept = [(known, width) for known, width in self.columns if known != key]
        if len(kept) == len(self.columns) and key in _WIDTHS:
            kept.append((key, _WIDTHS[key]))
        return msgspec.structs.replace(self, columns=kept) if kept else self

    def laid_out(self, columns: tuple[tuple[str, int], ...]) -> "Layout":
        """Return it with the columns in another order or of other widths."""
        return msgspec.structs.replace(self, columns=[(key, width) for key, width in columns if key in _WIDTHS])


def read_layout(setting: str | None) -> Layout:
    """Return the layout of a setting; what cannot be read, or is not known any more, is as it was at first."""
    try:
        read = msgspec.json.decode(setting or "{}", type=Layout)
    except msgspec.DecodeError:
        return Layout()
    seen: dict[str, int] = {}
    for key, width in read.columns:
        if key in _WIDTHS:
            seen.setdefault(key, max(_NARROWEST, min(width, _WIDEST)))
    return Layout(
        read.rows if read.rows in ROWS else "two",
        list(seen.items()) or Layout().columns,
        read.group if read.group in GROUPINGS else "",
    )


def setting_name(officer: str) -> str:
    """Return the name of the setting of an officer's layout."""
    return f"queue.layout.{officer}"


def column_words() -> dict[str, str]:
    """Return the words over the columns."""
    sorts = sort_words()
    return {
        **{key: sorts[key] for key in _WIDTHS if key in sorts},
        "urgency": translate("QueueFilter", "紧急"),
        "title": translate("QueueFilter", "标题"),
        "clock": translate("QueueFilter", "剩余时间"),
        "place": translate("QueueFilter", "地点"),
        "lead_department": translate("QueueFilter", "承办"),
        "opened": translate("QueueFilter", "上报"),
        "due": translate("QueueFilter", "时限"),
        "updated": translate("QueueFilter", "变动"),
    }


def column_specs(layout: Layout) -> tuple[ColumnSpec, ...]:
    """Return the columns as the header shows them; none where rows are no table."""
    if layout.rows != "table":
        return ()
    words = column_words()
    return tuple(ColumnSpec(key, words[key], width, _SORT_OF.get(key, key)) for key, width in layout.columns)


def layout_menu(layout: Layout) -> tuple[MenuGroup, ...]:
    """Return what can be chosen of it."""
    rows = {
        "two": translate("QueueFilter", "双行"),
        "one": translate("QueueFilter", "单行"),
        "table": translate("QueueFilter", "表格"),
    }
    groupings = grouping_words()
    shown = {key for key, _ in layout.columns}
    columns = column_words() if layout.rows == "table" else {}
    folding = (
        (
            MenuOption("fold", translate("QueueFilter", "全部收起")),
            MenuOption("unfold", translate("QueueFilter", "全部展开")),
        )
        if layout.group
        else ()
    )
    return (
        MenuGroup(
            "group",
            translate("QueueFilter", "分组"),
            tuple(MenuOption(key, groupings[key], checked=key == layout.group) for key in GROUPINGS),
            apart=True,
        ),
        MenuGroup(
            "rows",
            translate("QueueFilter", "行"),
            tuple(MenuOption(key, rows[key], checked=key == layout.rows) for key in ROWS),
        ),
        MenuGroup(
            "columns",
            translate("QueueFilter", "列"),
            tuple(MenuOption(key, columns[key], checked=key in shown) for key in _WIDTHS if key in columns),
        ),
        MenuGroup("folding", "", folding),
        MenuGroup(
            "out",
            "",
            (
                MenuOption("export", translate("QueueFilter", "导出…  Ctrl+E")),
                MenuOption("print", translate("QueueFilter", "打印…  Ctrl+P")),
            ),
            apart=True,
        ),
    )


def grouping_words() -> dict[str, str]:
    """Return the words of `GROUPINGS`."""
    return {
        "": translate("QueueFilter", "不分组"),
        "grid_cell": translate("QueueFilter", "按网格"),
        "neighbourhood": translate("QueueFilter", "按居委"),
        "module": translate("QueueFilter", "按条线"),
        "state": translate("QueueFilter", "按环节"),
        "lead_department": translate("QueueFilter", "按承办单位"),
    }


def group_words(by: str, value: str, directory: Directory) -> str:
    """Return what the orders of a group have in common."""
    if by == "state":
        return state_word(value)
    return picked_words(by, value, directory)
