"""What stands out: the selection with its circle, cameras and callout; markers that call for attention."""

import math
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF, QRadialGradient
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from widgets.map.glyphs import GlyphBox
from widgets.map.items import ViewItem
from widgets.map.rows import MapMarker
from widgets.map.selection import LitCamera, Selection
from widgets.map.store import MarkerStore
from widgets.theme import Theme

PULSES: Final = 3
MAX_ARROWS: Final = 8
KEYBOARD_REASONS: Final = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_EDGE_PX: Final = 18.0


class CircleItem(ViewItem):
    """Below the markers: the dashed circle of proximity and what the lit cameras see."""

    def __init__(self) -> None:
        super().__init__()
        self.selection: Selection | None = None
        self.theme: Theme | None = None

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw circle and cones."""
        del option, widget
        if self.selection is None or self.theme is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.view.scale
        if self.selection.radius > 0:
            radius = self.selection.radius / scale
            painter.setBrush(self.theme.color("map.reach"))
            painter.setPen(QPen(self.theme.color("accent"), 1.4, Qt.PenStyle.CustomDashLine))
            pen = painter.pen()
            pen.setDashPattern([4.0, 3.2])
            painter.setPen(pen)
            painter.drawEllipse(QPointF(*self.view.to_px(self.selection.x, self.selection.y)), radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        for camera in self.selection.cameras:
            self._draw_cone(painter, self.theme, camera, camera.reach / scale)

    def _draw_cone(self, painter: QPainter, theme: Theme, camera: LitCamera, reach: float) -> None:
        bearing = camera.marker.bearing
        if bearing is None or not math.isfinite(bearing) or reach < 8:
            return
        opening = camera.marker.field_of_view
        opening = opening if opening is not None and 1 <= opening <= 360 else 60.0
        middle = QPointF(*self.view.to_px(camera.x, camera.y))
        near = QColor(theme.color("map.view"))
        near.setAlphaF(min(1.0, near.alphaF() * 3.2))
        far = QColor(near)
        far.setAlphaF(near.alphaF() * 0.25)
        shade = QRadialGradient(middle, reach)
        shade.setColorAt(0.0, near)
        shade.setColorAt(1.0, far)
        painter.setBrush(shade)
        # Qt counts sixteenths of a degree counter-clockwise from three o'clock.
        start = 90.0 - bearing - opening / 2
        box = QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)
        painter.drawPie(box, round(start * 16), round(opening * 16))


class CalloutItem(ViewItem):
    """Above the markers: lit cameras, the selected marker, and the box that names what is selected or pointed at."""

    def __init__(self) -> None:
        super().__init__()
        self.selection: Selection | None = None
        self.hovered: tuple[MapMarker, float, float] | None = None
        self.glyphs: GlyphBox | None = None
        self.cameras_shown = True
        self._framed = False

    def frame(self, reason: Qt.FocusReason | None) -> None:
        """Frame the view when the keyboard brought the focus here; None: the focus has left."""
        shown = reason in KEYBOARD_REASONS
        if shown != self._framed:
            self._framed = shown
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw lit cameras, selection, callouts."""
        del option, widget
        if self.glyphs is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.selection
        if chosen is not None:
            for camera in chosen.cameras if self.cameras_shown else ():
                px, py = self.view.to_px(camera.x, camera.y)
                self.glyphs.marker(camera.marker, lit=True).paint(painter, round(px), round(py))
            px, py = self.view.to_px(chosen.x, chosen.y)
            self.glyphs.marker(chosen.marker, chosen=True).paint(painter, round(px), round(py))
            self._draw_box(painter, self.glyphs.theme, (chosen.title, chosen.detail), (px, py), gap=29.0)
        if self.hovered is not None:
            marker, px, py = self.hovered
            if chosen is None or marker.id != chosen.marker.id:
                self._draw_box(painter, self.glyphs.theme, (marker.label, marker.detail), (px, py), gap=18.0)
        if self._framed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.glyphs.theme.color("focus"), 2))
            painter.drawRect(self.boundingRect().adjusted(1, 1, -1, -1))

    def marker_at(self, px: float, py: float) -> MapMarker | None:
        """Return the selected marker or the lit camera under a pixel."""
        chosen = self.selection
        if chosen is None:
            return None
        marks = [(chosen.marker, chosen.x, chosen.y, 18.0)]
        if self.cameras_shown:
            marks += [(camera.marker, camera.x, camera.y, 12.0) for camera in chosen.cameras]
        for marker, x, y, reach in marks:
            at = self.view.to_px(x, y)
            if math.hypot(at[0] - px, at[1] - py) <= reach:
                return marker
        return None

    def _draw_box(
        self, painter: QPainter, theme: Theme, words: tuple[str, str], at: tuple[float, float], *, gap: float
    ) -> None:
        title, detail = words
        if not title and not detail:
            return
        lines = [
            (text, theme.font(role), theme.color(token))
            for text, role, token in ((title, "body", "text.hi"), (detail, "note", "text.mid"))
            if text
        ]
        limit = max(120.0, self.view.width * 0.6)
        metrics = [QFontMetricsF(font) for _, font, _ in lines]
        texts = [
            m.elidedText(text, Qt.TextElideMode.ElideRight, limit)
            for m, (text, _, _) in zip(metrics, lines, strict=True)
        ]
        width = max(m.horizontalAdvance(text) for m, text in zip(metrics, texts, strict=True)) + 2 * theme.space("m")
        height = sum(m.height() for m in metrics) + 2 * theme.space("s") - 4
        box = self._place_box(at, round(width), round(height), gap)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("shadow"))
        painter.drawRoundedRect(box.translated(0, 2), 5, 5)
        painter.setBrush(theme.color("surface.3"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        baseline = box.top() + theme.space("s") - 2
        for text, one, (_, font, color) in zip(texts, metrics, lines, strict=True):
            painter.setFont(font)
            painter.setPen(color)
            painter.drawText(QPointF(box.left() + theme.space("m"), baseline + one.ascent()), text)
            baseline += one.height()

    def _place_box(self, at: tuple[float, float], width: int, height: int, gap: float) -> QRectF:
        """Choose the side on which the box hides the fewest lit cameras and stays in view; right, if all are equal."""
        px, py = at
        sides = (
            (px + gap, py - height / 2),
            (px - gap - width, py - height / 2),
            (px - width / 2, py - gap - height),
            (px - width / 2, py + gap),
        )
        cameras = self.selection.cameras if self.selection is not None and self.cameras_shown else ()
        marks = [QPointF(*self.view.to_px(camera.x, camera.y)) for camera in cameras]
        room = QRectF(8, 8, max(1, self.view.width - 16), max(1, self.view.height - 16))
        best, least = QRectF(), math.inf
        for left, top in sides:
            box = QRectF(round(left), round(top), width, height)
            cost = sum(box.adjusted(-8, -6, 8, 6).contains(mark) for mark in marks) + 10 * (not room.contains(box))
            if cost < least:
                best, least = box, cost
        best.moveLeft(max(8.0, min(best.left(), self.view.width - width - 8.0)))
        best.moveTop(max(8.0, min(best.top(), self.view.height - height - 8.0)))
        return best


@dataclass(frozen=True, slots=True)
class Caller:
    """A marker that asks to be seen, at a place in Web Mercator metres; `since` on the monotonic clock, seconds."""

    marker: MapMarker
    x: float
    y: float
    since: float


class AttentionItem(ViewItem):
    """Rings that pulse three times around new critical markers, and arrows at the edge towards those out of view."""

    def __init__(self) -> None:
        super().__init__()
        self.callers: dict[str, Caller] = {}
        self.theme: Theme | None = None
        self.arrows: list[tuple[str, float, float]] = []

    def take(self, store: MarkerStore, upserts: Iterable[MapMarker], fresh: Collection[str]) -> None:
        """Follow a change of the store; `fresh` names the markers that were not there before and may pulse."""
        for marker_id in [one for one in self.callers if store.place(one) is None]:
            del self.callers[marker_id]
        for marker in upserts:
            if not marker.pulse:
                if marker.id in self.callers:
                    del self.callers[marker.id]
                continue
            place = store.place(marker.id)
            if place is not None:
                known = self.callers.get(marker.id)
                since = time.monotonic() if marker.id in fresh else known.since if known is not None else -math.inf
                self.callers[marker.id] = Caller(marker, *place, since)
        self.update()

    def pulsing(self) -> bool:
        """Tell whether a ring is still moving."""
        if self.theme is None or self.theme.motion_ms("pulse_ms") == 0:
            return False
        length_s = PULSES * self.theme.motion_ms("pulse_ms") / 1000
        now = time.monotonic()
        return any(now - caller.since < length_s for caller in self.callers.values())

    def arrow_at(self, px: float, py: float) -> str | None:
        """Return the id of the marker whose arrow is under a pixel."""
        return next((i for i, x, y in self.arrows if math.hypot(x - px, y - py) <= _EDGE_PX), None)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw rings and arrows."""
        del option, widget
        self.arrows = []
        if self.theme is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = time.monotonic()
        for caller in self.callers.values():
            px, py = self.view.to_px(caller.x, caller.y)
            if 0 <= px <= self.view.width and 0 <= py <= self.view.height:
                self._draw_ring(painter, self.theme, caller, (px, py), now)
            elif len(self.arrows) < MAX_ARROWS:
                self._draw_arrow(painter, self.theme, caller, px, py)

    def _draw_ring(self, painter: QPainter, theme: Theme, caller: Caller, at: tuple[float, float], now: float) -> None:
        pulse_s = theme.motion_ms("pulse_ms") / 1000
        part = (now - caller.since) / pulse_s if pulse_s else float(PULSES)
        if part >= PULSES:
            return
        part %= 1.0
        color = QColor(theme.tone(caller.marker.tone))
        color.setAlphaF((1.0 - part) * 0.9)
        painter.setPen(QPen(color, 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(*at), 14 + 26 * part, 14 + 26 * part)

    def _draw_arrow(self, painter: QPainter, theme: Theme, caller: Caller, px: float, py: float) -> None:
        middle_x, middle_y = self.view.width / 2, self.view.height / 2
        dx, dy = px - middle_x, py - middle_y
        share = min(
            (middle_x - _EDGE_PX) / abs(dx) if dx else math.inf, (middle_y - _EDGE_PX) / abs(dy) if dy else math.inf
        )
        at_x, at_y = middle_x + dx * share, middle_y + dy * share
        self.arrows.append((caller.marker.id, at_x, at_y))
        painter.save()
        painter.translate(at_x, at_y)
        painter.setPen(QPen(theme.tone(caller.marker.tone), 1.4))
        painter.setBrush(theme.color("surface.0"))
        painter.drawEllipse(QPointF(0, 0), 12, 12)
        painter.rotate(math.degrees(math.atan2(dy, dx)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone(caller.marker.tone, "fill"))
        painter.drawPolygon(QPolygonF([QPointF(7.5, 0), QPointF(-4, -5.5), QPointF(-4, 5.5)]))
        painter.restore()
