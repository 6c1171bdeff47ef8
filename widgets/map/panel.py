"""The map with its instruments: layer switches above, legend and imprint below, and words when there is no basemap."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from widgets.flow import FlowLayout
from widgets.map.basemap import Basemap
from widgets.map.projection import from_mercator, mercator_stretch
from widgets.map.rows import MapLayer, MapMarker
from widgets.map.style import OPTIONAL_LAYERS
from widgets.map.view import MapView
from widgets.map.viewport import PIXEL_M, Viewport
from widgets.theme import Theme, current_theme, theme_holder

_EDGE: Final = 12
_GAP: Final = 8

_Entry = tuple[MapMarker, str, bool]
"""Of the legend: what is drawn, what it is called, whether it is lit."""


def default_layers() -> tuple[MapLayer, ...]:
    """Return the switches of a hall's map, with titles in the language in use."""
    return (
        MapLayer("incident", QCoreApplication.translate("MapPanel", "事件"), frozenset({"incident", "alert"})),
        MapLayer("order", QCoreApplication.translate("MapPanel", "工单"), frozenset({"order"})),
        MapLayer("camera", QCoreApplication.translate("MapPanel", "摄像机"), frozenset({"camera"})),
        MapLayer("grid", QCoreApplication.translate("MapPanel", "网格"), basemap=frozenset({"grid_cell"}), shown=False),
    )


class LayerChip(QAbstractButton):
    """A switch in the map's own look; on: bold words on a tinted ground with an accent edge."""

    def __init__(self, layer: MapLayer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layer = layer
        self.setText(layer.title)
        self.setCheckable(True)
        self.setChecked(layer.shown)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(layer.title)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        theme = current_theme()
        width = QFontMetricsF(theme.font("body", bold=True)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * theme.space("m"), theme.size("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw edge and words."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "focus" if self.hasFocus() else "accent" if self.isChecked() else "line"
        painter.setPen(QPen(theme.color(edge), 1.0))
        painter.setBrush(theme.color("surface.hover" if self.underMouse() else "surface.1"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.radius(), theme.radius())
        if self.isChecked():
            painter.setBrush(theme.color("accent.soft"))
            painter.drawRoundedRect(box, theme.radius(), theme.radius())
        painter.setPen(theme.color("text.hi" if self.isChecked() else "text.mid"))
        painter.setFont(theme.font("body", bold=self.isChecked()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Legend(QWidget):
    """What the shapes mean, drawn with the very glyphs of the map."""

    def __init__(self, view: MapView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._entries: tuple[_Entry, ...] = (
            (MapMarker("", "incident", None, None), self.tr("事件"), False),
            (MapMarker("", "order", None, None), self.tr("工单"), False),
            (MapMarker("", "alert", None, None), self.tr("预警"), False),
            (MapMarker("", "camera", None, None), self.tr("可视"), True),
            (MapMarker("", "camera", None, None, health="offline"), self.tr("不可用"), False),
        )
        self._lines: list[list[_Entry]] = []
        self.setAccessibleName(self.tr("图例"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def fit(self, width: int) -> None:
        """Take the size of one line, or of as many as the entries need where `width` is less than that."""
        theme = current_theme()
        ends = 2 * theme.space("m") - theme.px(14)
        self._lines, lefts = [[]], [0.0]
        for entry in self._entries:
            if self._lines[-1] and lefts[-1] + self._width_of(entry) + ends > width:
                self._lines.append([])
                lefts.append(0.0)
            self._lines[-1].append(entry)
            lefts[-1] += self._width_of(entry)
        self.resize(round(max(lefts) + ends), theme.size("control") * len(self._lines))

    def _width_of(self, entry: _Entry) -> float:
        theme = current_theme()
        return QFontMetricsF(theme.font("note")).horizontalAdvance(entry[1]) + theme.px(32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, the icons, the words."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _draw_ground(painter, self, theme)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.color("text.mid"))
        height = self.height() / max(1, len(self._lines))
        for number, line in enumerate(self._lines):
            left, top = float(theme.space("m")), number * height
            for entry in line:
                marker, words, lit = entry
                painter.save()
                painter.translate(left + theme.px(7), top + height / 2)
                painter.scale(0.72, 0.72)
                self._view.glyphs.marker(marker, lit=lit).paint(painter, 0, 0)
                painter.restore()
                box = QRectF(left + theme.px(18), top, self._width_of(entry), height)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
                left += self._width_of(entry)


class Imprint(QWidget):
    """Source and date of the basemap, datum, scale; and how many markers have no place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._anomalies = ""
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, anomalies: str, words: str) -> None:
        """Show other words; `anomalies` is written first, in the tone of a warning."""
        if (anomalies, words) != (self._anomalies, self._words):
            self._anomalies, self._words = anomalies, words
            self.setAccessibleName(" · ".join(part for part in (anomalies, words) if part))
            self.updateGeometry()
            self.adjustSize()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the words."""
        theme = current_theme()
        metrics = QFontMetricsF(theme.font("note"))
        width = metrics.horizontalAdvance(self._words) + 2 * theme.space("m")
        if self._anomalies:
            width += metrics.horizontalAdvance(self._anomalies) + theme.space("m")
        return QSize(round(width), theme.size("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and the words."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(painter, self, theme)
        painter.setFont(theme.font("note"))
        box = QRectF(self.rect()).adjusted(theme.space("m"), 0, -theme.space("m"), 0)
        painter.setPen(theme.color("text.mid"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.setPen(theme.tone("yellow"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._anomalies)


class MapPanel(QWidget):
    """A `MapView` and its instruments.

    Signals:
        layers_changed(frozenset[str]): Keys of the layers that are switched on now.
    """

    layers_changed = Signal(object)

    def __init__(self, layers: Sequence[MapLayer] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = MapView(self)
        self.view.setFrameShape(MapView.Shape.NoFrame)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        self._bar = QWidget(self)
        row = FlowLayout(self._bar, _GAP)
        self._chips = [LayerChip(layer, self._bar) for layer in (default_layers() if layers is None else layers)]
        for chip in self._chips:
            row.addWidget(chip)
            chip.toggled.connect(self._on_layer_toggled)
        self._legend = Legend(self.view, self)
        self._imprint = Imprint(self)
        self._follow = LayerChip(MapLayer("follow", self.tr("自动视野")), self)
        self._follow.setToolTip(self.tr("随事件调整视野；手动移动后锁定，点击恢复"))
        self._follow.clicked.connect(self._on_follow_clicked)
        self._notice = self._make_notice()
        self.view.lock_changed.connect(self._on_lock_changed)
        self.view.view_changed.connect(self._on_view_changed)
        self.view.anomalies_changed.connect(self._on_anomalies_changed)
        theme_holder().theme_changed.connect(self._on_theme_changed)
        self.setAccessibleName(self.tr("地图"))
        self.explain(self.tr("没有底图"), self.tr("尚未安装底图；标记仍按坐标显示。"))
        self._on_layer_toggled()

    def set_basemap(self, basemap: Basemap) -> None:
        """Show a basemap; an empty one explains itself."""
        self.view.set_basemap(basemap)
        if basemap.empty:
            self.explain(self.tr("没有底图"), self.tr("底图文件里没有可以显示的内容；标记仍按坐标显示。"))
        else:
            self._notice.hide()
        self._write_imprint()

    def explain(self, title: str, detail: str) -> None:
        """Say in the middle of the map why there is none; the map goes on below it."""
        self._notice_title.setText(title)
        self._notice_detail.setText(detail)
        self._notice.show()
        self._place_instruments()

    @property
    def layers_shown(self) -> frozenset[str]:
        """Keys of the layers that are switched on."""
        return frozenset(chip.layer.key for chip in self._chips if chip.isChecked())

    def show_layers(self, keys: frozenset[str]) -> None:
        """Switch exactly these layers on."""
        for chip in self._chips:
            chip.setChecked(chip.layer.key in keys)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the instruments in their corners."""
        super().resizeEvent(event)
        self._place_instruments()

    def _make_notice(self) -> QWidget:
        notice = QWidget(self)
        notice.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box = QVBoxLayout(notice)
        box.setSpacing(4)
        self._notice_title, self._notice_detail = QLabel(notice), QLabel(notice)
        for label, role in ((self._notice_title, "title"), (self._notice_detail, "note")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
            box.addWidget(label)
        return notice

    def _place_instruments(self) -> None:
        width, height = self.width(), self.height()
        room = max(1, width - 2 * _EDGE)
        wide = min(room, self._bar.sizeHint().width())
        self._bar.setGeometry(_EDGE, _EDGE, wide, self._bar.heightForWidth(wide))
        self._follow.adjustSize()
        beside = _EDGE + self._bar.width() + _EDGE + self._follow.width() + _EDGE <= width
        drop = 0 if beside else self._bar.height() + _GAP
        self._follow.move(width - _EDGE - self._follow.width(), _EDGE + drop)
        self._legend.fit(room)
        self._imprint.resize(self._imprint.sizeHint())
        bottom = height - _EDGE - self._imprint.height()
        self._imprint.move(width - _EDGE - self._imprint.width(), bottom)
        roomy = _EDGE + self._legend.width() + _EDGE + self._imprint.width() + _EDGE <= width
        self._legend.move(_EDGE, bottom if roomy else bottom - self._legend.height() - _GAP)
        self._notice.resize(min(width - 2 * _EDGE, 420), self._notice.sizeHint().height() + 24)
        self._notice.move((width - self._notice.width()) // 2, (height - self._notice.height()) // 2)

    def _write_imprint(self) -> None:
        view, basemap = self.view.viewport_shown, self.view.basemap
        anomalies = len(self.view.store.anomalies)
        ground = view.scale / mercator_stretch(float(from_mercator(view.x, view.y)[1]))
        edition = " ".join(part for part in (basemap.source, basemap.version) if part)
        scale = f"1:{_round_scale(ground / PIXEL_M):,}".replace(",", " ")
        parts = [edition, "" if basemap.empty else basemap.datum, scale]
        if basemap.problem_count:
            parts.insert(0, self.tr("底图缺损 {n} 处").format(n=basemap.problem_count))
        self._imprint.say(
            self.tr("坐标异常 {n}").format(n=anomalies) if anomalies else "", " · ".join(part for part in parts if part)
        )
        self._place_instruments()

    def _on_layer_toggled(self) -> None:
        off = [chip.layer for chip in self._chips if not chip.isChecked()]
        on = [chip.layer for chip in self._chips if chip.isChecked()]
        hidden = frozenset(kind for layer in off for kind in layer.kinds)
        optional = frozenset(name for layer in on for name in layer.basemap) & OPTIONAL_LAYERS
        self.view.show_layers(hidden, optional)
        self.layers_changed.emit(self.layers_shown)

    def _on_follow_clicked(self) -> None:
        if self.view.locked:
            self.view.resume()
        self._follow.setChecked(not self.view.locked)

    def _on_lock_changed(self, locked: object) -> None:
        self._follow.setChecked(not locked)
        self._follow.setText(self.tr("视野已锁定") if locked else self.tr("自动视野"))
        self._follow.setAccessibleName(self._follow.text())
        self._place_instruments()

    def _on_view_changed(self, viewport: Viewport) -> None:
        del viewport
        self._write_imprint()

    def _on_anomalies_changed(self, count: object) -> None:
        del count
        self._write_imprint()

    def _on_theme_changed(self, theme: Theme) -> None:
        del theme
        self._place_instruments()
        self.update()


def _draw_ground(painter: QPainter, widget: QWidget, theme: Theme) -> None:
    painter.setPen(QPen(theme.color("line"), 1.0))
    painter.setBrush(theme.color("surface.1"))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius(), theme.radius())


def _round_scale(value: float) -> int:
    """Round to two figures: 5043 reads 5 000."""
    whole = max(1, round(value))
    digits = max(0, len(str(whole)) - 2)
    return round(whole / 10**digits) * 10**digits
