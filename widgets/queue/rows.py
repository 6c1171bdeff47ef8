"""What a row of the queue shows: ready words and tone names, made by a presenter, painted as they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Badge:
    """A small framed word behind the second line, such as 待发送."""

    text: str
    tone: str = "yellow"
    dashed: bool = True


@dataclass(frozen=True, slots=True)
class WorkOrderRow:
    """One work order in the list.

    Attributes:
        id: The order's id; opaque.
        urgency: Word of the chip (特急, 紧急, 一般).
        tone: Tone of bar and chip.
        title: Subject, masked where it must be.
        place: Address, to the level the officer may read.
        module: Module's name.
        unit: Name of the leading department, or "".
        clock: Words of the clock (超期 12m); "" when no limit runs.
        clock_tone: Tone of the clock.
        clock_shape: Mark before the clock, so that its state is not told by colour alone.
        time: When it came in, short.
        badges: Marks of what is not settled yet.
        sentence: The whole row as one sentence for a screen reader.
        muted: Closed or otherwise finished; painted quieter.
        cells: What stands in the columns of a table, by the column's key; the other attributes have theirs as well.
    """

    id: str
    urgency: str
    tone: str
    title: str
    place: str
    module: str
    unit: str
    clock: str
    clock_tone: str
    clock_shape: str
    time: str
    sentence: str
    badges: tuple[Badge, ...] = ()
    muted: bool = False
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The head of a group in the list.

    Attributes:
        id: Begins with `GROUP`, so that it is never taken for an order.
        title: What its orders have in common.
        count: Ready text of how many there are.
        folded: Whether they are put away.
        sentence: What a screen reader says.
    """

    id: str
    title: str
    count: str
    folded: bool
    sentence: str


GROUP = "\x1egroup:"
"""Ids of heads of groups begin with this; those of orders never do: no id of a centre begins with a separator."""


def is_group(row_id: str) -> bool:
    """Say whether an id of the list is that of a group's head."""
    return row_id.startswith(GROUP)


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of the table.

    Attributes:
        key: Names it.
        label: Its word.
        width: In pixels at text scale 1.
        sort: What it is sorted by, or "".
        right: Whether it holds numbers.
    """

    key: str
    label: str
    width: int
    sort: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """One filter above the list.

    Attributes:
        key: What is emitted when it is chosen.
        label: Its word.
        count: Ready text of how many it holds, or "".
        sentence: What a screen reader says; the label and the count when empty.
    """

    key: str
    label: str
    count: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class MenuOption:
    """One entry of a group; `checked` is None for something that is done rather than switched."""

    key: str
    label: str
    count: str = ""
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Entries that belong together, under a word of their own or, without a label, in the menu itself."""

    key: str
    label: str
    options: tuple[MenuOption, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class QueueHead:
    """The head of the panel.

    Attributes:
        counts: Beside the title.
        chips: The filters of which one is chosen, and the officer's own views.
        chosen: Key of that one.
        picked: What is filtered by besides, each as a chip that takes it away again.
        menu: What ＋筛选 offers.
        compact: Whether rows have one line.
        columns: The columns of a table, in their order; none: rows are no table.
        sort: What the list is sorted by (as in `ColumnSpec.sort`).
        descending: Which way.
        sort_words: The same in words.
        sorts: What else it can be sorted by.
    """

    counts: str
    chips: tuple[ChipSpec, ...]
    chosen: str
    picked: tuple[ChipSpec, ...] = ()
    menu: tuple[MenuGroup, ...] = ()
    compact: bool = False
    columns: tuple[ColumnSpec, ...] = ()
    sort: str = ""
    descending: bool = False
    sort_words: str = ""
    sorts: tuple[MenuGroup, ...] = ()
