"""Tokens: complete in each theme, readable in each theme, and the only source of the style sheet."""

import re

import pytest
from PySide6.QtGui import QColor, QFont, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.icons import icon_names, icon_pixmap
from widgets.theme import THEME_NAMES, TONES, Theme, apply_theme, current_theme, theme_holder

GROUNDS = (
    "surface.0",
    "surface.1",
    "surface.2",
    "surface.3",
    "surface.bar",
    "surface.input",
    "surface.hover",
    "surface.selected",
)
TEXTS = ("text.hi", "text.mid", "text.low", *(f"tone.{tone}" for tone in TONES))
PAIRS = (
    *((f"tone.{tone}.fill", "tone.on") for tone in TONES),
    ("accent", "accent.on"),
    ("accent.hover", "accent.on"),
    ("accent.press", "accent.on"),
    ("band.offline", "band.offline.text"),
    ("map.ground", "map.label"),
    ("map.water", "map.label"),
    ("picture.ground", "picture.text"),
    ("picture.ground", "picture.text.low"),
    *(("picture.ground", f"picture.{tone}") for tone in TONES),
)
MARKS = ("accent", "focus", "line.strong", *(f"tone.{tone}.fill" for tone in TONES))


def _luminance(color: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _over(color: QColor, ground: QColor) -> QColor:
    """Lay a translucent colour over an opaque one."""
    share = color.alphaF()
    mixed = [share * top + (1 - share) * bottom for top, bottom in zip(color.getRgbF(), ground.getRgbF(), strict=True)]
    return QColor.fromRgbF(*mixed[:3])


def _contrast(first: QColor, second: QColor) -> float:
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", THEME_NAMES)
def test_that_all_themes_hold_the_same_names(name: str) -> None:
    assert set(Theme.load(name).colors) == set(Theme.load("dark").colors)
    assert all(color.isValid() for color in Theme.load(name).colors.values())


@pytest.mark.parametrize("name", THEME_NAMES)
def test_that_text_reaches_the_contrast_for_reading(name: str) -> None:
    theme = Theme.load(name)
    pairs = [(ground, text) for ground in GROUNDS for text in TEXTS] + list(PAIRS)
    weak = {
        (ground, text): round(_contrast(theme.color(ground), theme.color(text)), 2)
        for ground, text in pairs
        if _contrast(theme.color(ground), theme.color(text)) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("name", THEME_NAMES)
def test_that_marks_reach_the_contrast_for_seeing(name: str) -> None:
    theme = Theme.load(name)
    weak = {
        (ground, mark): round(_contrast(theme.color(ground), theme.color(mark)), 2)
        for ground in GROUNDS
        for mark in MARKS
        if _contrast(theme.color(ground), theme.color(mark)) < 3.0
    }
    assert weak == {}


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize("tone", TONES)
def test_that_words_on_a_tone_s_soft_ground_stay_readable(name: str, tone: str) -> None:
    theme = Theme.load(name)
    soft = _over(theme.tone(tone, "soft"), theme.color("surface.2"))
    assert _contrast(soft, theme.color("text.hi")) >= 4.5
    assert _contrast(soft, theme.tone(tone)) >= 3.0


@pytest.mark.parametrize("name", THEME_NAMES)
def test_that_the_style_sheet_has_no_unfilled_token(name: str) -> None:
    sheet = Theme.load(name).stylesheet()
    assert "{{" not in sheet
    assert re.search(r"#[0-9A-Fa-f]{6}", sheet) is None


def test_that_a_theme_is_put_on_once_and_told(qtbot: QtBot, qapp: QApplication) -> None:
    with qtbot.waitSignal(theme_holder().theme_changed, timeout=1000):
        apply_theme(qapp, Theme.load("light"))
    assert current_theme().name == "light"
    with qtbot.assertNotEmitted(theme_holder().theme_changed):
        apply_theme(qapp, Theme.load("light"))
    apply_theme(qapp, Theme.load("dark"))


def test_that_an_unknown_theme_is_refused_and_an_unknown_tone_is_neutral() -> None:
    with pytest.raises(ValueError, match="no theme"):
        Theme.load("pink")
    theme = Theme.load("dark")
    assert theme.tone("from the future") == theme.color("tone.neutral")


def test_that_text_scale_is_kept_between_one_and_two() -> None:
    assert Theme.load("dark", text_scale=3.0).font().pixelSize() == 26
    assert Theme.load("dark", text_scale=0.5).font().pixelSize() == 13


def test_that_motion_stops_when_asked() -> None:
    assert Theme.load("dark").motion_ms("slow_ms") <= 150
    assert Theme.load("dark", reduce_motion=True).motion_ms("slow_ms") == 0


def test_that_digits_are_of_one_width(qapp: QApplication, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    font: QFont = current_theme().font("head")
    widget.setFont(font)
    assert len({widget.fontMetrics().horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("dpr", [1.0, 2.0])
def test_that_every_icon_renders_in_its_tint_at_each_density(qapp: QApplication, dpr: float) -> None:
    tint = QColor.fromRgb(10, 200, 30)
    for name in icon_names():
        image = icon_pixmap(name, tint, 24, dpr).toImage().convertToFormat(QImage.Format.Format_RGBA8888)
        assert image.width() == 24 * dpr
        flat = bytes(image.constBits())
        solid = {flat[at : at + 3] for at in range(0, len(flat), 4) if flat[at + 3] > 150}
        assert solid, name
        assert all(abs(green - 200) < 8 and red < 30 for red, green, _blue in solid), name
