"""The wall's stage: places the panes, looks for new pictures on one tick, and paints them."""

import math
import time
from collections.abc import Iterable

from PySide6.QtCore import QElapsedTimer, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from widgets.theme import current_theme, theme_holder
from widgets.wall.frames import FrameSource
from widgets.wall.layouts import Box, boxes, layout
from widgets.wall.lens import WHOLE, Lens
from widgets.wall.overlay import Overlay, paint_frame, paint_lens, paint_overlay
from widgets.wall.panes import PaneShot, PaneSize, PaneView, pane_name
from widgets.wall.pictures import PanePictures
from widgets.wall.tick_times import TickTimes

_TICK_MS = 40
_GAP = 2
_PULSES = 3


class _Pane:
    """What the wall keeps of one pane."""

    def __init__(self, name: str) -> None:
        self.view = PaneView(name)
        self.pictures = PanePictures()
        self.stamp = 0
        self.overlay: Overlay | None = None
        self.pulse_until_ms = 0


class WallStage(QWidget):
    """One widget, one timer, all panes; only panes with a new picture or new words are painted.

    Signals:
        pane_selected(str): The selection went to this pane.
        sizes_changed(object): Tuple of `PaneSize`, all panes of the layout: after a new layout, size or single pane.
    """

    pane_selected = Signal(str)
    sizes_changed = Signal(object)

    def __init__(self, source: FrameSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._layout = "9"
        self._panes: dict[str, _Pane] = {}
        self._boxes: list[Box] = []
        self._placed: dict[str, QRectF] = {}
        self._touched: dict[str, QRect] = {}  # the whole pixels that a placed pane touches
        self._gaps = QRegion()
        self._selected = pane_name(0)
        self._single = ""
        self._hovered = ""
        self._drop_target = ""
        self._locked = False
        self._seen = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self.times = TickTimes()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("视频墙"))
        theme_holder().theme_changed.connect(self._restyle)
        self._arrange()

    # --- what it shows ----------------------------------------------------------------------------------------------

    @property
    def layout_name(self) -> str:
        """Name of the arrangement, see `widgets.wall.layouts.layout`."""
        return self._layout

    @property
    def selected(self) -> str:
        """Name of the selected pane."""
        return self._selected

    @property
    def single(self) -> str:
        """Name of the pane that fills the wall, "" if none does."""
        return self._single

    def pane_names(self) -> list[str]:
        """Names of the layout's panes, in its order."""
        return [pane_name(place) for place in range(len(layout(self._layout).cells))]

    def view(self, pane: str) -> PaneView:
        """What is known of a pane."""
        known = self._panes.get(pane)
        return known.view if known is not None else PaneView(pane)

    def pane_at(self, x: float, y: float) -> str:
        """Name of the pane at a point of the widget, "" between them."""
        return next((name for name, rect in self._placed.items() if rect.contains(x, y)), "")

    def pane_rect(self, pane: str) -> QRectF:
        """Where a pane is, empty if it is not to be seen."""
        return self._placed.get(pane, QRectF())

    def zoom(self, pane: str) -> float:
        """How many times a pane's picture is enlarged; 1.0 if it is seen whole."""
        known = self._panes.get(pane)
        return known.pictures.lens.zoom if known is not None else 1.0

    def lens(self, pane: str) -> Lens:
        """Which part of its picture a pane shows."""
        known = self._panes.get(pane)
        return known.pictures.lens if known is not None else WHOLE

    def look(self, pane: str, lens: Lens) -> None:
        """Show another part of a pane's picture; nobody is told, since nobody at the wall did it."""
        known = self._panes.get(pane)
        if known is not None and lens != known.pictures.lens:
            known.pictures.lens = lens
            self._repaint(pane)

    def shot(self, pane: str) -> PaneShot | None:
        """Copy the picture that a pane shows at this moment; None if it shows none."""
        known = self._panes.get(pane)
        if known is None or not known.view.camera_id or known.view.hide_picture:
            return None
        image = known.pictures.copy(self._source, pane)
        return PaneShot(known.view, image) if image is not None else None

    def set_layout(self, name: str) -> None:
        """Take another arrangement.

        Raises:
            KeyError: No layout has that name.
        """
        panes = len(layout(name).cells)
        if name == self._layout:
            return
        self._layout, self._single = name, ""
        if int(self._selected) > panes:
            self._select(pane_name(0))
        self._arrange()

    def apply(self, upserts: Iterable[PaneView], removals: Iterable[str] = ()) -> None:
        """Take new words for some panes and forget others; only they are painted again."""
        for name in removals:
            if self._panes.pop(name, None) is not None:
                self._repaint(name)
        for view in upserts:
            pane = self._panes.get(view.pane)
            if pane is None:
                pane = self._panes[view.pane] = _Pane(view.pane)
            if pane.view == view:
                continue
            if pane.view.camera_id != view.camera_id:
                pane.pictures.forget()
            if view.alarm and view.alarm != pane.view.alarm:
                pulse_ms = current_theme().motion_ms("pulse_ms")
                pane.pulse_until_ms = self._clock.elapsed() + 2 * _PULSES * pulse_ms
            pane.view, pane.overlay = view, None
            self._repaint(view.pane)
            if view.pane == self._selected:
                self._describe()

    def select(self, pane: str) -> None:
        """Select a pane of the layout."""
        if pane in self.pane_names():
            self._select(pane)

    def set_single(self, pane: str) -> None:
        """Let one pane fill the wall, or none ("")."""
        if pane == self._single or (pane and pane not in self.pane_names()):
            return
        self._single = pane
        self._arrange()

    # --- the tick ---------------------------------------------------------------------------------------------------

    @Slot()
    def _tick(self) -> None:
        began = time.perf_counter()
        self.times.begin(began)
        stamp_of = self._source.picture_stamp
        now_ms = self._clock.elapsed()
        changed = []
        for name in self._placed:
            pane = self._panes.get(name)
            if pane is None or not pane.view.camera_id:
                continue
            stamp = stamp_of(name)
            if (stamp != pane.stamp and not pane.view.stale) or now_ms < pane.pulse_until_ms:
                pane.stamp = stamp
                changed.append(name)
        if len(changed) * 2 > len(self._placed):
            self.update()  # one rectangle: clipping to many is dearer than painting the few others again
        else:
            for name in changed:
                self._repaint(name)
        self.times.add(time.perf_counter() - began)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the panes that changed."""
        began = time.perf_counter()
        painter = QPainter(self)
        region = event.region()
        for gap in region.intersected(self._gaps):
            painter.fillRect(gap, current_theme().color("surface.0"))
        all_of_it = event.rect() == self.rect() and region.rectCount() == 1
        for name, rect in self._placed.items():
            if all_of_it or region.intersects(self._touched[name]):
                self._paint_pane(painter, name, rect)
        painter.end()
        self.times.add(time.perf_counter() - began)

    def _paint_pane(self, painter: QPainter, name: str, rect: QRectF) -> None:
        theme = current_theme()
        pane = self._panes.get(name)
        ground = theme.color("picture.ground")
        view = pane.view if pane is not None else PaneView(name)
        painted = False
        if pane is not None and view.camera_id and not view.hide_picture:
            paint = pane.pictures.paint_stale if view.stale else pane.pictures.paint
            painted = paint(painter, self._source, name, rect, ground)
        if not painted:
            painter.fillRect(rect, ground)
        if painted and pane is not None and not pane.pictures.lens.whole:
            paint_lens(painter, rect, pane.pictures.lens, theme)
        overlay = self._overlay(pane, view, rect)
        if overlay.middle is not None:
            painter.drawPixmap(rect.topLeft(), overlay.middle)
        painter.drawPixmap(rect.left(), rect.bottom() - overlay.strip_height, overlay.strip)
        if overlay.details is not None:
            painter.drawPixmap(rect.topLeft(), overlay.details)
        if view.alarm and self._alarm_lit(pane):
            paint_frame(painter, rect, theme.tone(view.alarm, "fill"), theme.px(3))
        elif view.frame and not view.alarm:
            paint_frame(painter, rect, theme.tone(view.frame, "fill"), theme.px(3))
        if name == self._drop_target:
            paint_frame(painter, rect, theme.color("tone.red" if self._locked else "tone.ok"), 2)
        elif name == self._selected:
            inset = theme.px(3) if view.alarm or view.frame else 0
            color = theme.color("focus" if self.hasFocus() else "accent")
            paint_frame(painter, rect.adjusted(inset, inset, -inset, -inset), color, 2)

    def _alarm_lit(self, pane: _Pane | None) -> bool:
        left_ms = (pane.pulse_until_ms - self._clock.elapsed()) if pane is not None else 0
        pulse_ms = current_theme().motion_ms("pulse_ms")
        return left_ms <= 0 or not pulse_ms or (left_ms // pulse_ms) % 2 == 1

    def _overlay(self, pane: _Pane | None, view: PaneView, rect: QRectF) -> Overlay:
        if pane is not None and pane.overlay is not None:
            return pane.overlay
        hovered = view.pane == self._hovered
        ratio = self.devicePixelRatioF()
        overlay = paint_overlay(view, rect.width(), rect.height(), ratio, current_theme(), hovered=hovered)
        if pane is not None:
            pane.overlay = overlay
        return overlay

    # --- size, theme, visibility ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the panes anew."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to tick."""
        super().showEvent(event)
        self._seen = True
        self._arrange()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop ticking: what nobody sees is not painted. This comes when a window is minimised, too."""
        super().hideEvent(event)
        self._seen = False
        self._timer.stop()
        self.times.pause()
        self._tell_sizes()

    @Slot(object)
    def _restyle(self, _theme: object) -> None:
        self._drop_overlays()
        self.update()

    def _arrange(self) -> None:
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        gap = round(_GAP * ratio)
        self._boxes = boxes(self._layout, width, height, gap)
        whole = Box(0, 0, max(1, width), max(1, height))
        names = self.pane_names()
        placed = [(self._single, whole)] if self._single else list(zip(names, self._boxes, strict=True))
        self._placed = {
            name: QRectF(box.x / ratio, box.y / ratio, box.width / ratio, box.height / ratio) for name, box in placed
        }
        self._touched = {name: rect.toAlignedRect() for name, rect in self._placed.items()}
        self._gaps = QRegion(self.rect())
        for rect in self._placed.values():
            self._gaps -= QRegion(_inside(rect))
        self._drop_overlays()
        self._describe()
        self.update()
        self._tell_sizes()

    def _tell_sizes(self) -> None:
        ratio = self.devicePixelRatioF()
        whole = Box(0, 0, max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        sizes = []
        for name, box in zip(self.pane_names(), self._boxes, strict=True):
            seen = whole if name == self._single else box
            visible = name in self._placed and self._seen
            sizes.append(PaneSize(name, seen.width, seen.height, visible=visible))
        self.sizes_changed.emit(tuple(sizes))

    def _drop_overlays(self) -> None:
        for pane in self._panes.values():
            pane.overlay = None

    def _repaint(self, name: str) -> None:
        rect = self._placed.get(name)
        if rect is not None:
            self.update(self._touched[name])

    # --- selection ---------------------------------------------------------------------------------------------------

    def _select(self, name: str) -> None:
        before, self._selected = self._selected, name
        if before == name:
            return
        self._repaint(before)
        self._repaint(name)
        self._describe()
        self.pane_selected.emit(name)

    def _describe(self) -> None:
        view = self.view(self._selected)
        words = view.sentence or " ".join(part for part in (view.number, view.name, view.badge, view.title) if part)
        text = self.tr("窗格 {number}：{words}").replace("{number}", self._selected)
        text = text.replace("{words}", words or self.tr("空窗格"))
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))


def _inside(rect: QRectF) -> QRect:
    """The whole pixels that `rect` covers."""
    left, top = math.ceil(rect.left()), math.ceil(rect.top())
    return QRect(left, top, math.floor(rect.right()) - left, math.floor(rect.bottom()) - top)
