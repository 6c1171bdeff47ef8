"""Every colour, size and font of the program, read from the token files and handed to painters and style sheet.

A painter asks ``theme.color("tone.red")``; nothing outside ``resources/themes`` holds a colour. The application
puts a theme on once with `apply_theme`; widgets that paint themselves listen to ``theme_holder().theme_changed``.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from resources import resource, resource_path

THEME_NAMES = ("dark", "light", "contrast")
TONES = ("red", "orange", "yellow", "blue", "ok", "blind", "neutral")

_TOKEN = re.compile(r"\{\{([a-z0-9_.]+)\}\}")


@dataclass(frozen=True, slots=True)
class Scale:
    """The measures that all themes share, in device-independent pixels at text scale 1."""

    families: tuple[str, ...]
    type: Mapping[str, int]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    size: Mapping[str, int]
    motion: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of tokens at one text scale.

    Attributes:
        name: One of `THEME_NAMES`.
        colors: Token name to colour, complete in every theme.
        scale: Sizes shared by all themes.
        text_scale: Factor on type and on everything that holds text, 1.0 to 2.0.
        reduce_motion: Whether animations are left out.
    """

    name: str
    colors: Mapping[str, QColor]
    scale: Scale
    text_scale: float = 1.0
    reduce_motion: bool = False

    @staticmethod
    def load(name: str = "dark", *, text_scale: float = 1.0, reduce_motion: bool = False) -> "Theme":
        """Read one theme.

        Raises:
            ValueError: No theme has that name.
        """
        if name not in THEME_NAMES:
            raise ValueError(f"no theme named {name!r}")
        return Theme(name, _colors(name), _scale(), max(1.0, min(text_scale, 2.0)), reduce_motion)

    def color(self, token: str) -> QColor:
        """Give the colour of a token; a name that no file holds is a bug and raises KeyError."""
        return self.colors[token]

    def tone(self, tone: str, part: str = "") -> QColor:
        """Give a tone's colour for text and marks, or its ``part``: ``"soft"`` ground, ``"fill"`` strong ground.

        An unknown tone, from a centre newer than this program, reads as neutral.
        """
        known = _known(tone)
        return self.colors[f"tone.{known}.{part}" if part else f"tone.{known}"]

    def picture_tone(self, tone: str) -> QColor:
        """Give a tone's colour for marks over a picture, whose ground is dark in every theme; see `tone`."""
        return self.colors[f"picture.{_known(tone)}"]

    def space(self, step: str) -> int:
        """Give a distance: ``xs`` 4, ``s`` 8, ``m`` 12, ``l`` 16, ``xl`` 24."""
        return self.scale.space[step]

    def radius(self, step: str = "m") -> int:
        """Give a corner radius in pixels."""
        return self.scale.radius[step]

    def size(self, token: str) -> int:
        """Give a size that holds text or an icon, scaled with the text."""
        return round(self.scale.size[token] * self.text_scale)

    def px(self, pixels: float) -> int:
        """Scale a length along with the text."""
        return round(pixels * self.text_scale)

    def motion_ms(self, token: str) -> int:
        """Give the length of a movement; 0 when the officer asked for none."""
        return 0 if self.reduce_motion else self.scale.motion[token]

    def font(self, role: str = "body", *, bold: bool = False) -> QFont:
        """Give the font of a step of the type scale, digits all of one width.

        Args:
            role: ``note`` 12, ``body`` 13, ``title`` 15, ``head`` 20 or ``display`` 28 pixels.
            bold: Half-bold, for titles and the one word that matters.
        """
        return QFont(_font(self.scale.families, self.px(self.scale.type[role]), bold))

    def palette(self) -> QPalette:
        """Give the palette for whatever Qt draws without a style rule."""
        palette = QPalette()
        role = QPalette.ColorRole
        for target, token in (
            (role.Window, "surface.0"),
            (role.WindowText, "text.hi"),
            (role.Base, "surface.1"),
            (role.AlternateBase, "surface.2"),
            (role.Text, "text.hi"),
            (role.PlaceholderText, "text.low"),
            (role.Button, "surface.3"),
            (role.ButtonText, "text.hi"),
            (role.BrightText, "text.hi"),
            (role.ToolTipBase, "surface.3"),
            (role.ToolTipText, "text.hi"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "accent.on"),
            (role.Link, "accent"),
            (role.Mid, "line"),
        ):
            palette.setColor(target, self.color(token))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.color("text.disabled"))
        return palette

    def stylesheet(self) -> str:
        """Fill the numbered templates of ``resources/themes`` with this theme's tokens."""
        values = {name: _css(color) for name, color in self.colors.items()}
        values |= {f"space.{name}": f"{pixels}px" for name, pixels in self.scale.space.items()}
        values |= {f"radius.{name}": f"{pixels}px" for name, pixels in self.scale.radius.items()}
        values |= {f"type.{name}": f"{self.px(pixels)}px" for name, pixels in self.scale.type.items()}
        values |= {f"size.{name}": f"{self.px(pixels)}px" for name, pixels in self.scale.size.items()}
        pieces = _TOKEN.split(_templates())
        values["themes"] = resource_path("themes/10-base.qss").parent.as_posix()
        # Split at a pattern with one group: words and token names take turns.
        return "".join(values[piece] if index % 2 else piece for index, piece in enumerate(pieces))


class ThemeHolder(QObject):
    """The theme in use, and the news that it changed.

    Signals:
        theme_changed(Theme): After palette and style sheet are in place; painters drop what they cached.
    """

    theme_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme.load()

    @property
    def theme(self) -> Theme:
        """The theme in use; the dark one until the application has put on another."""
        return self._theme

    def put_on(self, app: QApplication, theme: Theme) -> None:
        """Dress the whole application; a second call with an equal theme costs nothing."""
        dressed = bool(app.styleSheet())
        if dressed and theme == self._theme:
            return
        self._theme = theme
        if not dressed:
            app.setStyle("Fusion")
        app.setPalette(theme.palette())
        app.setFont(theme.font())
        app.setStyleSheet(theme.stylesheet())
        self.theme_changed.emit(theme)


@cache
def theme_holder() -> ThemeHolder:
    """Give the one holder of this process, made at first use in the window's thread."""
    return ThemeHolder()


def current_theme() -> Theme:
    """Give the theme in use."""
    return theme_holder().theme


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Put a theme on: palette, font, one style sheet, then the signal. The application alone calls this."""
    theme_holder().put_on(app, theme)


def _known(tone: str) -> str:
    return tone if tone in TONES else "neutral"


def _css(color: QColor) -> str:
    return f"rgba({color.red()}, {color.green()}, {color.blue()}, {color.alpha()})"


@cache
def _font(families: tuple[str, ...], pixels: int, bold: bool) -> QFont:  # noqa: FBT001 - part of the cache's key
    """Make a font once; painters get copies that share it."""
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    # PySide6 6.8 cannot make a tag; there the first family's digits, of one width as they are, have to do.
    if hasattr(QFont.Tag, "fromString"):
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
    return font


@cache
def _colors(name: str) -> Mapping[str, QColor]:
    text = resource(f"themes/tokens.{name}.json").read_text(encoding="utf-8")
    return MappingProxyType({token: QColor(value) for token, value in json.loads(text).items()})


@cache
def _scale() -> Scale:
    raw = json.loads(resource("themes/scale.json").read_text(encoding="utf-8"))
    return Scale(
        families=tuple(raw["families"]),
        **{part: MappingProxyType(raw[part]) for part in ("type", "space", "radius", "size", "motion")},
    )


@cache
def _templates() -> str:
    sheets = sorted(resource_path("themes/10-base.qss").parent.glob("*.qss"))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
