"""A small map of where an order is: the large map's own painting on a few tiles, without its machinery."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.detail.order import PlaceMark
from widgets.map.basemap import Basemap
from widgets.map.glyphs import GlyphBox
from widgets.map.projection import to_mercator
from widgets.map.rows import MapMarker
from widgets.map.tiles import BasemapArtist, TileCache
from widgets.map.viewport import Viewport
from widgets.painting import draw_text
from widgets.theme import current_theme, theme_holder

HEIGHT = 132
STEP = -1
"""About 0.85 Web Mercator metres a pixel: the street and the next corners."""
_BUDGET_MS = 6.0
_EDGE = 1


class MiniMap(QWidget):
    """Shows the ground around a point, the order's marker and the working cameras near it.

    Signals:
        pressed(): The officer wants to see it on the large map.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("地点小图"))
        self._basemap: Basemap | None = None
        self._tiles: TileCache | None = None
        self._glyphs: GlyphBox | None = None
        self._place: PlaceMark | None = None
        theme_holder().theme_changed.connect(self._forget)
        self.hide()

    def set_basemap(self, basemap: Basemap) -> None:
        """Take the ground."""
        self._basemap = basemap
        self._forget()

    def show_place(self, place: PlaceMark | None) -> None:
        """Show another place; None hides the map."""
        if place == self._place:
            return
        self._place = place
        self.setVisible(place is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """Give a low strip."""
        theme = current_theme()
        return QSize(theme.px(240), theme.px(HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the large map."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, cameras, marker; tiles that are not there yet follow in the next turns."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("map.ground"))
        if self._place is None:
            painter.end()
            return
        view = self._view(self._place)
        if self._basemap is not None:
            tiles = self._own_tiles(self._basemap)
            if not tiles.paint(painter, view, _BUDGET_MS):
                self.update()
        else:
            words = self.tr("没有底图")
            middle = Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, QRectF(self.rect()), words, theme.font("note"), theme.color("text.low"), align=middle)
        self._paint_marks(painter, view, self._place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(theme.color("line"), _EDGE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -_EDGE, -_EDGE))
        painter.end()

    def _view(self, place: PlaceMark) -> Viewport:
        x, y = to_mercator(place.lon, place.lat)
        return Viewport(float(x), float(y), STEP, max(1, self.width()), max(1, self.height()))

    def _paint_marks(self, painter: QPainter, view: Viewport, place: PlaceMark) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._glyphs is None:
            self._glyphs = GlyphBox(current_theme(), self.devicePixelRatioF())
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(current_theme().color("tone.ok"), 1, Qt.PenStyle.DashLine))
        spots = []
        for camera_id, lon, lat in place.cameras:
            x, y = to_mercator(lon, lat)
            px, py = view.to_px(float(x), float(y))
            if 0 <= px <= view.width and 0 <= py <= view.height:
                painter.drawLine(middle, QPointF(px, py))
                spots.append((camera_id, lon, lat, px, py))
        for camera_id, lon, lat, px, py in spots:
            self._glyphs.marker(MapMarker(camera_id, "camera", lon, lat), lit=True).paint(painter, px, py)
        own = MapMarker("here", "order", place.lon, place.lat, tone=place.tone, urgency=place.urgency)
        self._glyphs.marker(own, chosen=True).paint(painter, middle.x(), middle.y())

    def _own_tiles(self, basemap: Basemap) -> TileCache:
        if self._tiles is None:
            theme = current_theme()
            artist = BasemapArtist(basemap, theme)
            self._tiles = TileCache(artist, theme.color("map.ground"), frozenset(), self.devicePixelRatioF())
        return self._tiles

    @Slot()
    def _forget(self) -> None:
        self._tiles = None
        self._glyphs = None
        self.update()
