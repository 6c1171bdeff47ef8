"""The items of the map, bottom to top, dressed and fed together."""

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QGraphicsScene

from widgets.map.basemap import Basemap
from widgets.map.focus import AttentionItem, CalloutItem, CircleItem
from widgets.map.glyphs import GlyphBox
from widgets.map.items import BasemapItem, MarkerItem, NameItem
from widgets.map.labels import LabelLayout
from widgets.map.rows import MapMarker
from widgets.map.selection import Selection
from widgets.map.store import MarkerStore
from widgets.map.tiles import BasemapArtist, TileCache
from widgets.map.viewport import Viewport
from widgets.theme import Theme

_FIRST_HEIGHT: Final = 1


class MapStack:
    """All that a map draws. Whoever owns the scene owns the items too.

    Attributes:
        ground: The basemap's tiles.
        circle: What surrounds the selection, below the markers.
        markers: Markers and clusters.
        names: Names of places and streets.
        attention: Pulses, and arrows at the edge.
        callout: The selection itself, and words about it.
    """

    def __init__(self, scene: QGraphicsScene, store: MarkerStore) -> None:
        self._store = store
        self.ground, self.circle, self.markers = BasemapItem(), CircleItem(), MarkerItem(store)
        self.names, self.attention, self.callout = NameItem(self.markers), AttentionItem(), CalloutItem()
        self._items = (self.ground, self.circle, self.markers, self.names, self.attention, self.callout)
        for height, item in enumerate(self._items, start=_FIRST_HEIGHT):
            item.setZValue(height)
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            scene.addItem(item)

    @property
    def complete(self) -> bool:
        """Whether the last frame showed all of the basemap; otherwise another frame will show more."""
        return self.ground.complete and self.names.complete

    @property
    def selection(self) -> Selection | None:
        """The selection as it is drawn."""
        return self.circle.selection

    def dress(self, theme: Theme, basemap: Basemap, optional: frozenset[str], ratio: float) -> GlyphBox:
        """Make everything that depends on theme, basemap, optional layers, or the screen's pixel ratio."""
        glyphs = GlyphBox(theme, ratio)
        ground = theme.color("map.ground")
        self.ground.tiles = TileCache(BasemapArtist(basemap, theme), ground, optional, ratio)
        self.names.labels = LabelLayout(basemap, glyphs)
        self.markers.glyphs = self.callout.glyphs = glyphs
        self.circle.theme = self.attention.theme = theme
        return glyphs

    def show_view(self, viewport: Viewport) -> None:
        """Show another part of the world."""
        self.callout.hovered = None
        for item in self._items:
            item.show_view(viewport)

    def show_selection(self, selection: Selection | None) -> None:
        """Show another selection, or none."""
        self.circle.selection = self.callout.selection = selection
        self.markers.left_out = frozenset() if selection is None else selection.ids
        self.markers.selected_at = None if selection is None else (selection.x, selection.y)

    def hide_kinds(self, kinds: frozenset[str]) -> None:
        """Leave out markers of these kinds."""
        self.markers.hidden_kinds = kinds
        self.callout.cameras_shown = "camera" not in kinds

    def point_at(self, at: QPointF | None) -> bool:
        """Name the single marker under a pixel, if there is one; return whether anything is there to be clicked."""
        found = [] if at is None else self.markers_at(at.x(), at.y())
        named = found[0] if len(found) == 1 else None
        place = None if named is None else self._store.place(named.id)
        shown = None if named is None or place is None else (named, *self.callout.view.to_px(*place))
        if shown != self.callout.hovered:
            self.callout.hovered = shown
            self.callout.update()
        return bool(found)

    def markers_at(self, px: float, py: float) -> list[MapMarker]:
        """Return the marker under a pixel, or all members of the cluster there, the highest-ranking first."""
        lit = self.callout.marker_at(px, py)
        if lit is not None:
            return [lit]
        drawn = self.markers.at(px, py)
        return [] if drawn is None else self.markers.members(drawn)
