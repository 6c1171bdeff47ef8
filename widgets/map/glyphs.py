"""Small pictures of markers, clusters and words, painted once for a theme and then only copied."""

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from widgets.map.rows import KIND_SHAPES, MapMarker
from widgets.theme import Theme

SHAPES: Final = ("triangle", "square", "diamond", "disc", "camera", "dot")
"""What `MapMarker.shape` may say; anything else is a dot."""
CACHE_LIMIT: Final = 1500
LOUD_TONES: Final = ("red", "orange", "yellow")
"""Tones that take their share of a cluster's ring, loudest first."""
ARC_STEPS: Final = 12
"""Shares of a ring are rounded to twelfths, so that few different rings are painted."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A picture and its reach: half sizes in device-independent pixels, measured from the anchor in its middle."""

    pixmap: QPixmap
    half_width: float
    half_height: float

    def paint(self, painter: QPainter, px: float, py: float) -> None:
        """Copy the picture with its middle at a pixel."""
        painter.drawPixmap(QPointF(px - self.half_width, py - self.half_height), self.pixmap)


class GlyphBox:
    """Makes and keeps glyphs of one theme and one pixel ratio; the least used go first."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self.theme = theme
        self.ratio = ratio
        self._metrics: dict[str, QFontMetricsF] = {}
        self._kept: OrderedDict[Hashable, Glyph] = OrderedDict()

    def marker(self, marker: MapMarker, *, lit: bool = False, chosen: bool = False) -> Glyph:
        """Give a marker's picture; `lit` for a camera that sees the selection, `chosen` for the selection itself."""
        shape = marker.shape or KIND_SHAPES.get(marker.kind, "dot")
        health = "" if shape != "camera" or marker.usable_camera else "blind"
        fade = round(max(0.0, min(marker.fade, 1.0)) * 4)
        key = ("marker", shape, marker.tone, marker.urgency, health, marker.glyph[:1], fade, lit, chosen)
        return self._get(key, lambda: self._draw_marker(marker, shape, fade / 4, lit=lit, chosen=chosen))

    def far_camera(self, marker: MapMarker) -> Glyph:
        """Give the small dot a camera is when seen from afar."""
        usable = marker.usable_camera
        return self._get(("far", usable), lambda: self._draw_far_camera(usable=usable))

    def cluster(self, count: int, loud: tuple[int, int, int]) -> tuple[Glyph, Glyph]:
        """Give ring and number of a cluster.

        The ring says how much of it burns: arcs of red, orange and yellow, each by its share (a small share is still an
        arc that can be seen), the rest is quiet. Only a cluster that burns in earnest glows.
        """
        text = str(count) if count < 1000 else f"{count / 1000:.1f}k" if count < 10_000 else f"{count // 1000}k"
        arcs = tuple(min(ARC_STEPS, max(2, round(part / count * ARC_STEPS))) if part else 0 for part in loud)
        digits = max(2, len(text))
        glow = "red" if loud[0] * 8 >= count else "orange" if (loud[0] + loud[1]) * 5 >= count else ""
        ring = self._get(("ring", digits, arcs, glow), lambda: self._draw_cluster(digits, arcs, glow))
        bold = arcs[0] + arcs[1] > 0
        return ring, self._get(("number", text, bold), lambda: self._draw_number(text, bold=bold))

    def words(self, text: str, role: str, token: str, *, angle: float = 0.0, spacing: float = 0.0) -> Glyph:
        """Give words with a halo of the ground.

        Args:
            text: One line, drawn as it is.
            role: Step of the type scale.
            token: Colour.
            angle: Degrees clockwise; beyond ±45° the characters stand upright, one below the other, as on Chinese maps.
            spacing: Extra space between characters, in pixels.
        """
        key = _words_key(text, role, token, angle, spacing)
        return self._get(key, lambda: self._draw_words(text, role, token, round(angle), spacing))

    def has_words(self, text: str, role: str, token: str, *, angle: float = 0.0, spacing: float = 0.0) -> bool:
        """Tell whether `words` would only be copied."""
        return _words_key(text, role, token, angle, spacing) in self._kept

    def words_size(self, text: str, role: str, *, angle: float = 0.0, spacing: float = 0.0) -> tuple[float, float]:
        """Return about how wide and high `words` will be, in pixels, without painting them."""
        metrics = self._metrics.get(role)
        if metrics is None:
            metrics = self._metrics[role] = QFontMetricsF(self.theme.font(role))
        length, height = metrics.horizontalAdvance(text) + len(text) * spacing, metrics.ascent()
        if abs(angle) > 45:
            length, height = metrics.horizontalAdvance(text[:1]), len(text) * (metrics.ascent() + 1)
        tilt = math.radians(_tilt(round(angle)))
        across, down = abs(math.cos(tilt)), abs(math.sin(tilt))
        return length * across + height * down + 6, length * down + height * across + 6

    def badge(self, text: str, tone: str) -> Glyph:
        """Give a clock badge: words in a small box edged by the tone."""
        return self._get(("badge", text, tone), lambda: self._draw_badge(text, tone))

    def _get(self, key: Hashable, make: Callable[[], Glyph]) -> Glyph:
        glyph = self._kept.get(key)
        if glyph is None:
            glyph = self._kept[key] = make()
            if len(self._kept) > CACHE_LIMIT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return glyph

    def _canvas(self, half_width: float, half_height: float) -> tuple[Glyph, QPainter]:
        width, height = math.ceil(2 * half_width * self.ratio), math.ceil(2 * half_height * self.ratio)
        pixmap = QPixmap(width, height)
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(width / 2 / self.ratio, height / 2 / self.ratio)
        return Glyph(pixmap, width / 2 / self.ratio, height / 2 / self.ratio), painter

    def _draw_marker(self, marker: MapMarker, shape: str, fade: float, *, lit: bool, chosen: bool) -> Glyph:
        unit = self.theme.px(1) if self.theme.text_scale >= 1.5 else self.theme.text_scale
        glyph, painter = self._canvas(24 * unit, 24 * unit)
        painter.scale(unit, unit)
        painter.setOpacity(1.0 - 0.65 * fade)
        if shape == "camera":
            self._draw_camera(painter, usable=marker.usable_camera, lit=lit or chosen)
        else:
            self._draw_ring(painter, marker.tone, 3 if chosen else marker.urgency, chosen=chosen)
            self._draw_shape(painter, shape, marker.tone, marker.glyph[:1])
        painter.end()
        return glyph

    def _draw_ring(self, painter: QPainter, tone: str, urgency: int, *, chosen: bool) -> None:
        if urgency < 2:
            return
        radius = 20.0 if chosen else 14.0 if urgency > 2 else 12.5
        ground = QColor(self.theme.color("map.ground"))
        ground.setAlphaF(0.82)
        painter.setBrush(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(0, 0), radius, radius)
        painter.setBrush(self.theme.tone(tone, "soft") if urgency > 2 else Qt.BrushStyle.NoBrush)
        color = QColor(self.theme.tone(tone))
        color.setAlphaF(0.95 if chosen else 0.75)
        painter.setPen(QPen(color, 1.8 if urgency > 2 else 1.2))
        painter.drawEllipse(QPointF(0, 0), radius, radius)

    def _draw_shape(self, painter: QPainter, shape: str, tone: str, glyph: str) -> None:
        fill = self.theme.tone(tone, "fill")
        edge = QColor(self.theme.color("map.ground"))
        pen = QPen(edge, 1.4)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(fill)
        match shape:
            case "triangle":
                painter.drawPolygon(QPolygonF([QPointF(0, -10), QPointF(10.5, 8), QPointF(-10.5, 8)]))
                self._draw_mark(painter, "!", 3.0)
            case "square":
                painter.drawRoundedRect(QRectF(-7, -7, 14, 14), 1.5, 1.5)
            case "diamond":
                painter.drawPolygon(QPolygonF([QPointF(0, -10), QPointF(10, 0), QPointF(0, 10), QPointF(-10, 0)]))
            case "disc":
                painter.drawEllipse(QPointF(0, 0), 9.5, 9.5)
                self._draw_mark(painter, glyph, 0.0)
            case _:
                painter.drawEllipse(QPointF(0, 0), 5, 5)

    def _draw_mark(self, painter: QPainter, text: str, drop: float) -> None:
        if not text:
            return
        font = QFont(self.theme.font("note", bold=True))
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(self.theme.color("tone.on"))
        painter.drawText(QRectF(-10, -10 + drop, 20, 20), Qt.AlignmentFlag.AlignCenter, text)

    def _draw_camera(self, painter: QPainter, *, usable: bool, lit: bool) -> None:
        tone = self.theme.tone("ok" if lit and usable else "blind")
        line = QColor(tone)
        line.setAlphaF(1.0 if lit else 0.85)
        body = QRectF(-9, -7, 18, 14) if lit else QRectF(-8, -6, 16, 12)
        painter.setPen(QPen(line, 1.8 if lit else 1.4))
        painter.setBrush(self.theme.color("map.ground"))
        painter.drawRoundedRect(body, 2.5, 2.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line)
        if usable:
            painter.drawEllipse(QPointF(0, 0), 3.2 if lit else 2.4, 3.2 if lit else 2.4)
            return
        half = QPainterPath()
        half.addRoundedRect(body, 2.5, 2.5)
        painter.setClipRect(QRectF(body.left(), body.top(), body.width() / 2, body.height()))
        painter.drawPath(half)

    def _draw_far_camera(self, *, usable: bool) -> Glyph:
        glyph, painter = self._canvas(4, 4)
        color = QColor(self.theme.tone("blind"))
        color.setAlphaF(0.8)
        painter.setPen(QPen(color, 1.2))
        painter.setBrush(color if usable else self.theme.color("map.ground"))
        painter.drawEllipse(QPointF(0, 0), 2.2, 2.2)
        painter.end()
        return glyph

    def _draw_cluster(self, digits: int, arcs: tuple[int, ...], glow: str) -> Glyph:
        metrics = QFontMetricsF(self.theme.font("note", bold=True))
        radius = max(metrics.height() * 0.72, metrics.horizontalAdvance("0") * digits / 2 + 5.0)
        glyph, painter = self._canvas(radius + 6, radius + 6)
        if glow:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.tone(glow, "soft"))
            painter.drawEllipse(QPointF(0, 0), radius + 5, radius + 5)
        ring = QRectF(-radius, -radius, 2 * radius, 2 * radius)
        painter.setPen(QPen(self.theme.color("line.strong"), 1.2))
        painter.setBrush(self.theme.color("surface.0"))
        painter.drawEllipse(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start, left = 90.0, ARC_STEPS
        for tone, arc in zip(LOUD_TONES, arcs, strict=True):
            span = 360.0 * min(arc, left) / ARC_STEPS
            if span > 0:
                pen = QPen(self.theme.tone(tone), 1.6 if tone == "yellow" else 2.4)
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                painter.drawArc(ring, round(start * 16), round(-span * 16))
            start -= span
            left = max(0, left - arc)
        painter.end()
        return glyph

    def _draw_number(self, text: str, *, bold: bool) -> Glyph:
        font = self.theme.font("note", bold=bold)
        metrics = QFontMetricsF(font)
        glyph, painter = self._canvas(metrics.horizontalAdvance(text) / 2 + 2, metrics.height() / 2 + 1)
        painter.setFont(font)
        painter.setPen(self.theme.color("text.hi" if bold else "text.mid"))
        box = QRectF(-glyph.half_width, -glyph.half_height, 2 * glyph.half_width, 2 * glyph.half_height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return glyph

    def _draw_badge(self, text: str, tone: str) -> Glyph:
        font = self.theme.font("note")
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(text) + 10, metrics.height() + 2
        glyph, painter = self._canvas(width / 2 + 1, height / 2 + 1)
        box = QRectF(-width / 2, -height / 2, width, height)
        painter.setPen(QPen(self.theme.tone(tone), 1))
        painter.setBrush(self.theme.color("surface.1"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(font)
        painter.setPen(self.theme.tone(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return glyph

    def _draw_words(self, text: str, role: str, token: str, angle: int, spacing: float) -> Glyph:
        font = self.theme.font(role)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        metrics = QFontMetricsF(font)
        path = QPainterPath()
        upright = abs(angle) > 45
        if upright:
            pitch = metrics.ascent() + 1
            for number, character in enumerate(text):
                path.addText(QPointF(-metrics.horizontalAdvance(character) / 2, (number + 1) * pitch), font, character)
        else:
            path.addText(QPointF(0, 0), font, text)
        box = path.boundingRect()
        path.translate(-box.center().x(), -box.center().y())
        half_w, half_h = box.width() / 2 + 3, box.height() / 2 + 3
        tilt = _tilt(angle)
        turn = math.radians(tilt)
        glyph, painter = self._canvas(
            abs(half_w * math.cos(turn)) + abs(half_h * math.sin(turn)),
            abs(half_w * math.sin(turn)) + abs(half_h * math.cos(turn)),
        )
        painter.rotate(tilt)
        halo = QPen(self.theme.color("map.label.halo"), 3.0)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, halo)
        painter.fillPath(path, self.theme.color(token))
        painter.end()
        return glyph


def _words_key(text: str, role: str, token: str, angle: float, spacing: float) -> Hashable:
    return ("words", text, role, token, round(angle), spacing)


def _tilt(angle: int) -> int:
    """Return how far characters lean along a line: steep lines are written downwards with upright characters."""
    if abs(angle) <= 45:
        return angle
    return angle - 90 if angle > 0 else angle + 90
