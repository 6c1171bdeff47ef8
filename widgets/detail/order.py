"""What the detail of an order shows, and what it asks for: ready words in, one request out."""

from collections.abc import Mapping
from dataclasses import dataclass

from widgets.queue.rows import Badge


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the straight way.

    Attributes:
        label: The stage's word.
        state: ``"done"``, ``"current"`` or ``"future"``.
        time: When it was reached, short; of the current one its limit (限 14:11); "" when unknown.
        who: Who brought it there, masked; "" when nobody has.
        limit: Its time limit in words, met or not; "" for a stage without one.
        late: Whether the limit is past and was not met.
    """

    label: str
    state: str
    time: str = ""
    who: str = ""
    limit: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of label and value.

    Attributes:
        label: What it is (时限, 来源, 建议).
        text: The value.
        strong: Words to stand out after `text`.
        tail: Words after `strong`.
        more: A longer explanation, shown under the value when the officer asks for it; "" for none.
    """

    label: str
    text: str
    strong: str = ""
    tail: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to the order, or that is waiting to be sent (``pending``)."""

    time: str
    who: str
    text: str
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing of this order beside the same of another."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice.

    Attributes:
        id: What is sent.
        label: What is read.
        hint: Why it is offered, or what speaks against it.
        search: Further words it is found by, such as pinyin initials.
        suggested: Stands first and is marked; never taken without a key or a click.
        compared: Shown side by side while the choice is marked.
    """

    id: str
    label: str
    hint: str = ""
    search: str = ""
    suggested: bool = False
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One thing an action needs to know: a choice when there are choices, else free text, which may be prepared."""

    name: str
    label: str
    choices: tuple[Choice, ...] = ()
    required: bool = True
    prepared: str = ""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action of the order.

    Attributes:
        verb: The workflow's verb.
        label: Its word.
        key: Single letter that triggers it, or "".
        enabled: Whether it can be done now.
        reason: Why it cannot; read out and shown when the officer tries.
        primary: The one that is expected next.
        fields: What it needs; none: it happens at once.
        minor: Kept behind 更多; its key works all the same.
    """

    verb: str
    label: str
    key: str = ""
    enabled: bool = True
    reason: str = ""
    primary: bool = False
    fields: tuple[FieldSpec, ...] = ()
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A card above the facts: 督办, or a proposal. A proposal has a verb; its button begins that action."""

    title: str
    text: str
    tone: str
    verb: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """Another object that belongs to the order: what it is, and what is emitted when it is taken."""

    kind: str
    id: str
    icon: str
    title: str
    detail: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Objects of one sort under their heading."""

    label: str
    lines: tuple[LinkLine, ...]


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """Where the order is, in degrees WGS-84, how it looks on the map, and the working cameras near it."""

    lon: float
    lat: float
    tone: str
    urgency: int = 0
    cameras: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Photo:
    """One attachment: its content's hash, its name, and how its transfer stands in words ("" when it is there)."""

    id: str
    name: str
    words: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class OrderDetail:
    """One work order, whole. `place` is None where there is no believable point."""

    id: str
    number: str
    title: str
    clock: str
    clock_tone: str
    clock_shape: str
    steps: tuple[Step, ...]
    facts: tuple[Fact, ...]
    history: tuple[HistoryLine, ...]
    actions: tuple[ActionSpec, ...]
    badges: tuple[Badge, ...] = ()
    notices: tuple[Notice, ...] = ()
    links: tuple[LinkGroup, ...] = ()
    place: PlaceMark | None = None
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """What the officer wants done: the order, the verb, and the fields filled in."""

    order_id: str
    verb: str
    args: Mapping[str, str]
