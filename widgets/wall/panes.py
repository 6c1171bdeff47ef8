"""What the wall shows of each pane: rows of ready strings and tone names, made by a presenter."""

from dataclasses import dataclass

from PySide6.QtGui import QImage


def pane_name(place: int) -> str:
    """Give the name of the pane at a place of the layout, counted from 0; the officer counts from 1."""
    return str(place + 1)


@dataclass(frozen=True, slots=True)
class PaneAction:
    """A button in a pane: what comes back when it is pressed, and its label."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class PaneView:
    """One pane in words.

    Attributes:
        pane: Name of the pane, see `pane_name`.
        camera_id: The camera shown, handed back in signals; "" for an empty pane.
        number: The camera's short number, bold before its name.
        name: One line: name, place, stream.
        mark: Shape of the state: one of `widgets.icons.SHAPES`.
        tone: Tone of the state's mark.
        badge: A word on a filled ground beside the mark (an alarm, a still picture), or "".
        badge_tone: Tone of the badge.
        badge_mark: Shape before the badge's word, or "".
        title: Words that stand in the pane's middle instead of, or over, its picture; "" while it is live.
        caption: The line below the title: cause and next try.
        actions: Buttons below the caption, or over a stale picture; a small pane has room for the first alone, or none.
        stale: The picture is not live: it is painted without colour and darkened.
        hide_picture: No picture is to be seen, though there may be an old one.
        alarm: Tone of an alarm's border, or "".
        frame: Tone of a border that says what is seen here (a replay), or "".
        signs: Icons before the number: what else goes on in the pane (its sound).
        hover: More about the stream (rate, size, age), seen while the mouse is over the pane.
        sentence: All of it as one sentence, for a screen reader.
        details: Everything about camera and stream, as label and words, shown over the picture; () to leave it free.
        copy: Label of the button below the details, or "".
    """

    pane: str
    camera_id: str = ""
    number: str = ""
    name: str = ""
    mark: str = "ring"
    tone: str = "neutral"
    badge: str = ""
    badge_tone: str = "neutral"
    badge_mark: str = ""
    title: str = ""
    caption: str = ""
    actions: tuple[PaneAction, ...] = ()
    stale: bool = False
    hide_picture: bool = False
    alarm: str = ""
    frame: str = ""
    signs: tuple[str, ...] = ()
    hover: str = ""
    sentence: str = ""
    details: tuple[tuple[str, str], ...] = ()
    copy: str = ""


@dataclass(frozen=True, slots=True)
class PaneSize:
    """How large a pane's pictures should be.

    Attributes:
        pane: Name of the pane.
        width: Device pixels.
        height: Device pixels.
        visible: False for panes that a single one covers now, and for all while the wall itself is not to be seen.
    """

    pane: str
    width: int
    height: int
    visible: bool = True


@dataclass(frozen=True, slots=True)
class PaneSwap:
    """The officer dragged one pane onto another."""

    pane: str
    other: str


@dataclass(frozen=True, slots=True)
class PaneChoice:
    """The officer chose something of a pane: key of one of its buttons, or of an entry of its menu."""

    view: PaneView
    key: str


@dataclass(frozen=True, slots=True)
class PaneShot:
    """What a pane showed when the officer asked for a picture of it.

    Attributes:
        view: The pane.
        image: A copy of the pixels that were on the screen, without words over them.
    """

    view: PaneView
    image: QImage


@dataclass(frozen=True, slots=True)
class CameraDrop:
    """A camera was dropped onto a pane."""

    pane: str
    camera_id: str
