"""What stands over a pane's picture: its line of words, its state in the middle, its buttons. Painted once, then kept.

Text is dear to lay out and the picture beneath changes 25 times a second, so the words of each pane are painted into
a pixmap that is thrown away only when they, the pane's size, or the theme change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPen, QPixmap

from widgets.painting import draw_shape, draw_text, text_width
from widgets.theme import Theme
from widgets.wall.buttons import HEIGHT, LEAST_PANE, PlacedButton, paint_buttons, place_buttons
from widgets.wall.details import paint_details
from widgets.wall.lens import Lens
from widgets.wall.panes import PaneView

_STRIP = 32
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_AROUND = ((-1, 0), (1, 0), (0, -1), (0, 1))


@dataclass(frozen=True, slots=True)
class Overlay:
    """The painted words of one pane.

    Attributes:
        strip: The line at the bottom, as wide as the pane.
        strip_height: Its height, device-independent pixels.
        middle: Title, caption and buttons over the whole pane, or None.
        buttons: Where the buttons are, relative to the pane.
        details: What is known of the camera, from the pane's upper left corner; None while it is not asked for.
        copy: Where the button of the details is, relative to the pane.
    """

    strip: QPixmap
    strip_height: float
    middle: QPixmap | None
    buttons: tuple[PlacedButton, ...]
    details: QPixmap | None
    copy: QRectF


def paint_overlay(view: PaneView, width: float, height: float, ratio: float, theme: Theme, *, hovered: bool) -> Overlay:
    """Paint a pane's words for a pane of width × height device-independent pixels."""
    strip_height = float(theme.px(_STRIP))
    strip = _blank(width, strip_height, ratio)
    with _painting(strip) as painter:
        _paint_strip(painter, view, QRectF(0, 0, width, strip_height), theme, hovered=hovered)
    middle: QPixmap | None = None
    buttons: tuple[PlacedButton, ...] = ()
    if view.title or view.actions or not view.camera_id:
        middle = _blank(width, height, ratio)
        with _painting(middle) as painter:
            buttons = _paint_middle(painter, view, QRectF(0, 0, width, height), theme)
    details, copy = None, QRectF()
    if view.details:
        room = QRectF(0, 0, width, height - strip_height).adjusted(*(theme.px(n) for n in (6, 6, -6, -2)))
        details = _blank(width, max(1.0, height - strip_height), ratio)
        with _painting(details) as painter:
            copy = paint_details(painter, view, room, theme)
    return Overlay(strip, strip_height, middle, buttons, details, copy)


@contextmanager
def _painting(pixmap: QPixmap) -> Iterator[QPainter]:
    """Paint on a pixmap; whatever fails, the painter ends before the pixmap does, else Qt takes the program down."""
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()


def _blank(width: float, height: float, ratio: float) -> QPixmap:
    pixmap = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _paint_strip(painter: QPainter, view: PaneView, rect: QRectF, theme: Theme, *, hovered: bool) -> None:
    shade = theme.color("picture.shade")
    clear = QColor(shade)
    clear.setAlpha(0)
    gradient = QLinearGradient(rect.topLeft(), rect.bottomLeft())
    gradient.setColorAt(0.0, clear)
    gradient.setColorAt(0.55, shade)
    gradient.setColorAt(1.0, shade)
    painter.fillRect(rect, gradient)
    line = rect.adjusted(theme.px(9), theme.px(6), -theme.px(9), -theme.px(4))
    if view.camera_id:
        line.setRight(_paint_state(painter, view, line, theme))
    if hovered and view.hover:
        font = theme.font("note")
        wanted = min(text_width(view.hover, font), line.width() * 0.6)
        box = QRectF(line.right() - wanted, line.top(), wanted, line.height())
        draw_text(painter, box, view.hover, font, theme.color("picture.text.low"), align=Qt.AlignmentFlag.AlignRight)
        line.setRight(box.left() - theme.space("s"))
    side = float(theme.px(14))
    for sign in view.signs:
        draw_shape(
            painter, sign, theme.color("picture.text"), QRectF(line.left(), line.center().y() - side / 2, side, side)
        )
        line.adjust(side + theme.px(5), 0, 0, 0)
    number = theme.font("note", bold=True)
    taken = _outlined(painter, line, view.number, number, theme)
    if taken:
        line.adjust(taken + theme.px(7), 0, 0, 0)
    _outlined(painter, line, view.name, theme.font("note"), theme)


def _outlined(painter: QPainter, rect: QRectF, text: str, font: QFont, theme: Theme) -> float:
    """Draw one line that can be read on any picture: light, with a dark edge around each letter."""
    edge = theme.color("picture.ground")
    for dx, dy in _AROUND:
        draw_text(painter, rect.translated(dx, dy), text, font, edge)
    return draw_text(painter, rect, text, font, theme.color("picture.text"))


def _paint_state(painter: QPainter, view: PaneView, line: QRectF, theme: Theme) -> float:
    """Paint the mark, and the badge before it; give where the words have to end."""
    side = float(theme.px(9))
    mark = QRectF(line.right() - side, line.center().y() - side / 2, side, side)
    draw_shape(painter, view.mark, theme.picture_tone(view.tone), mark)  # its ground is dark in every theme
    end = mark.left() - theme.px(7)
    if not view.badge:
        return end
    font = theme.font("note")
    sign = theme.px(12) if view.badge_mark else 0
    width = min(text_width(view.badge, font) + 2 * theme.px(6) + sign, (end - line.left()) * 0.6)
    height = float(theme.px(17))
    chip = QRectF(end - width, line.center().y() - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone(view.badge_tone, "fill"))
    painter.drawRoundedRect(chip, theme.radius("s"), theme.radius("s"))
    inner = chip.adjusted(theme.px(6), 0, -theme.px(4), 0)
    if view.badge_mark:
        size = float(theme.px(9))
        spot = QRectF(inner.left(), inner.center().y() - size / 2, size, size)
        draw_shape(painter, view.badge_mark, theme.color("tone.on"), spot)
        inner.adjust(sign, 0, 0, 0)
    draw_text(painter, inner, view.badge, font, theme.color("tone.on"))
    return chip.left() - theme.px(7)


def _paint_middle(painter: QPainter, view: PaneView, rect: QRectF, theme: Theme) -> tuple[PlacedButton, ...]:
    """Paint what a pane has to say besides its line, and its buttons; give their places."""
    bottom = rect.bottom() - theme.px(_STRIP)
    inner = rect.adjusted(theme.space("s"), 0, -theme.space("s"), 0)
    button_height = theme.px(HEIGHT)
    actions = view.actions if rect.height() >= theme.px(LEAST_PANE) else ()
    if view.camera_id and not view.title:  # an old picture is seen: nothing stands in its middle
        buttons = place_buttons(actions, _row(inner, bottom - button_height, button_height), theme)
        paint_buttons(painter, buttons, theme)
        return buttons
    title = view.title or QCoreApplication.translate("VideoWall", "空窗格")
    large = rect.height() >= theme.px(150) and rect.width() >= theme.px(220)
    title_font = theme.font("head" if large else "body")
    quiet = not view.camera_id
    title_height, line_height = theme.px(30 if large else 20), theme.px(20)
    has_caption = bool(view.caption) and rect.height() >= theme.px(64)
    total = title_height + (line_height if has_caption else 0) + (button_height + theme.px(8) if actions else 0)
    if view.stale and not view.hide_picture:
        painter.fillRect(rect, theme.color("surface.scrim") if quiet else _half(theme.color("picture.shade")))
    y = max(rect.top(), min(rect.center().y() - total / 2, bottom - total))
    color = theme.color("text.disabled" if quiet else "picture.text")
    draw_text(painter, _row(inner, y, title_height), title, title_font, color, align=_CENTRE)
    y += title_height
    if has_caption:
        low = theme.color("picture.text.low")
        draw_text(painter, _row(inner, y, line_height), view.caption, theme.font("note"), low, align=_CENTRE)
        y += line_height
    buttons = place_buttons(actions, _row(inner, y + theme.px(8), button_height), theme)
    paint_buttons(painter, buttons, theme)
    return buttons


def _row(rect: QRectF, y: float, height: float) -> QRectF:
    return QRectF(rect.left(), y, rect.width(), height)


def _half(color: QColor) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(color.alphaF() * 0.5)
    return faded


def paint_lens(painter: QPainter, rect: QRectF, lens: Lens, theme: Theme) -> None:
    """Paint how much a pane's picture is enlarged, and where its part lies in the whole."""
    width = float(theme.px(64))
    whole = QRectF(rect.right() - width - theme.px(8), rect.top() + theme.px(8), width, width * 9 / 16)
    painter.fillRect(whole, theme.color("picture.shade"))
    part = QRectF(
        whole.left() + lens.left * whole.width(),
        whole.top() + lens.top * whole.height(),
        *(whole.width() / lens.zoom, whole.height() / lens.zoom),
    )
    paint_frame(painter, whole, theme.color("picture.text.low"), 1)
    paint_frame(painter, part, theme.color("picture.text"), 2)
    draw_text(
        painter, whole, f"{lens.zoom:.1f}×", theme.font("note", bold=True), theme.color("picture.text"), align=_CENTRE
    )


def paint_frame(painter: QPainter, rect: QRectF, color: QColor, width: float) -> None:
    """Paint a border inside `rect`, of sharp lines."""
    edge = QPen(color, width)
    edge.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(edge)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRect(QRectF(rect.topLeft() + QPointF(half, half), rect.bottomRight() - QPointF(half, half)))
