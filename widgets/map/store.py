"""All markers by id, and for each kind their columns and clusters. Changes are small, whole reloads are not needed."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from widgets.map.clusters import ClusterIndex
from widgets.map.projection import known_datum, plausible, to_mercator, to_wgs84
from widgets.map.rows import MapMarker
from widgets.map.viewport import Bounds, metres_per_px

BUBBLE_PX: Final = 112.0
THIN_PX: Final = 22.0
FINEST_SCALE: Final = metres_per_px(-8)


@dataclass(frozen=True, slots=True)
class Gathering:
    """How markers of a kind share a crowded place.

    Attributes:
        bubble: Whether neighbours become a counted bubble; otherwise the highest-ranking stands for the rest.
        cell_px: Size of the shared place in pixels.
        budget: Most pictures of the kind in one frame; cells grow until it holds.
    """

    bubble: bool
    cell_px: float
    budget: int


_BUBBLES: Final = Gathering(bubble=True, cell_px=BUBBLE_PX, budget=400)
GATHERINGS: Final[Mapping[str, Gathering]] = {
    "camera": Gathering(bubble=False, cell_px=THIN_PX, budget=500),
    "responder": Gathering(bubble=False, cell_px=THIN_PX, budget=200),
    "alert": Gathering(bubble=False, cell_px=THIN_PX, budget=200),
    "incident": Gathering(bubble=False, cell_px=THIN_PX, budget=200),
}
"""Kinds that are thinned; all others, orders first, are bubbled."""
DRAW_ORDER: Final = ("camera", "order", "responder", "alert", "incident")
"""From below to above; unknown kinds lie lowest."""


class KindTable:
    """Columns of all markers of one kind. A slot is a row number; freed slots are used again."""

    def __init__(self, kind: str) -> None:
        self.gathering = GATHERINGS.get(kind, _BUBBLES)
        self.index = ClusterIndex(self.gathering.cell_px * FINEST_SCALE)
        self.x: NDArray[np.float64] = np.zeros(64)
        self.y: NDArray[np.float64] = np.zeros(64)
        self.rank: NDArray[np.int64] = np.zeros(64, dtype=np.int64)
        self.alive: NDArray[np.bool_] = np.zeros(64, dtype=np.bool_)
        self._markers: list[MapMarker | None] = []
        self._slot_of: dict[str, int] = {}
        self._free: list[int] = []
        self._touched: set[int] = set()

    def __len__(self) -> int:
        return len(self._slot_of)

    def put(self, markers: list[MapMarker], x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Write markers of this kind at places in Web Mercator metres."""
        slots = np.fromiter((self._slot(marker) for marker in markers), dtype=np.int64, count=len(markers))
        self._grow(len(self._markers))
        self.x[slots], self.y[slots] = x, y
        self.rank[slots] = [marker.rank for marker in markers]
        self.alive[slots] = True
        self._touched.update(slots.tolist())

    def drop(self, marker_id: str) -> None:
        """Take a marker away; nothing happens when it is not here."""
        slot = self._slot_of.pop(marker_id, None)
        if slot is not None:
            self._markers[slot] = None
            self.alive[slot] = False
            self._free.append(slot)
            self._touched.add(slot)

    def refresh(self) -> None:
        """Bring the clusters up to date with what was written."""
        if self._touched:
            touched = np.fromiter(self._touched, dtype=np.int64, count=len(self._touched))
            self._touched.clear()
            self.index.update(self.x, self.y, self.rank, np.sort(touched), self.alive)
            self.index.warm()

    def marker(self, slot: int) -> MapMarker | None:
        """Return the marker in a slot; None when it was taken away since the slot was looked up."""
        return self._markers[slot]

    def present(self, slots: Iterable[int]) -> list[MapMarker]:
        """Return the markers that are still in these slots."""
        return [marker for slot in slots if (marker := self._markers[slot]) is not None]

    def by_id(self, marker_id: str) -> MapMarker | None:
        """Return a marker by its id."""
        slot = self._slot_of.get(marker_id)
        return None if slot is None else self._markers[slot]

    def place(self, marker_id: str) -> tuple[float, float] | None:
        """Return a marker's place in Web Mercator metres."""
        slot = self._slot_of.get(marker_id)
        return None if slot is None else (float(self.x[slot]), float(self.y[slot]))

    def nearest(self, x: float, y: float, count: int, reach_m: float) -> list[MapMarker]:
        """Return up to `count` markers around a point, nearest first, no farther than `reach_m` (Web Mercator)."""
        slots = np.flatnonzero(self.alive & (np.abs(self.x - x) <= reach_m) & (np.abs(self.y - y) <= reach_m))
        away = np.hypot(self.x[slots] - x, self.y[slots] - y)
        order = np.argsort(away, kind="stable")
        return self.present(slots[order[: np.count_nonzero(away <= reach_m)]][:count].tolist())

    def markers(self) -> Iterator[MapMarker]:
        """Yield all markers."""
        return (marker for marker in self._markers if marker is not None)

    def bounds(self) -> Bounds | None:
        """Return the rectangle around all markers, Web Mercator metres."""
        if not self._slot_of:
            return None
        x, y = self.x[self.alive], self.y[self.alive]
        return Bounds(float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    def _slot(self, marker: MapMarker) -> int:
        slot = self._slot_of.get(marker.id)
        if slot is not None:
            self._markers[slot] = marker
            return slot
        if self._free:
            slot = self._free.pop()
            self._markers[slot] = marker
        else:
            slot = len(self._markers)
            self._markers.append(marker)
        self._slot_of[marker.id] = slot
        return slot

    def _grow(self, needed: int) -> None:
        if needed <= len(self.x):
            return
        size = max(needed, 2 * len(self.x))
        self.x, self.y = np.resize(self.x, size), np.resize(self.y, size)
        self.rank = np.resize(self.rank, size)
        alive = np.zeros(size, dtype=np.bool_)
        alive[: len(self.alive)] = self.alive
        self.alive = alive


class MarkerStore:
    """Every marker the map was given, drawable or not."""

    def __init__(self) -> None:
        self.tables: dict[str, KindTable] = {}
        self._kind_of: dict[str, str] = {}
        self._anomalies: dict[str, MapMarker] = {}

    def __len__(self) -> int:
        return len(self._kind_of) + len(self._anomalies)

    @property
    def anomalies(self) -> Mapping[str, MapMarker]:
        """Markers that cannot be drawn: no place, an impossible one, or one in an unknown datum."""
        return self._anomalies

    def apply(self, upserts: Iterable[MapMarker], removals: Iterable[str]) -> None:
        """Write and take away markers; within one call removals come first, and the last upsert of an id counts.

        A marker that is equal to the one already here costs a comparison, no more.
        """
        for marker_id in removals:
            self._remove(marker_id)
        last = {marker.id: marker for marker in upserts}
        fresh = {marker_id: marker for marker_id, marker in last.items() if self.get(marker_id) != marker}
        groups: dict[tuple[str, str], list[MapMarker]] = {}
        for marker in fresh.values():
            groups.setdefault((marker.kind, marker.datum), []).append(marker)
        for (kind, datum), markers in groups.items():
            self._put(kind, datum, markers)

    def refresh(self) -> None:
        """Bring all clusters up to date; costs nothing when nothing changed."""
        for table in self.tables.values():
            table.refresh()

    def get(self, marker_id: str) -> MapMarker | None:
        """Return a marker by its id, drawable or not."""
        kind = self._kind_of.get(marker_id)
        if kind is None:
            return self._anomalies.get(marker_id)
        return self.tables[kind].by_id(marker_id)

    def place(self, marker_id: str) -> tuple[float, float] | None:
        """Return where a marker is drawn, Web Mercator metres; None when it is unknown or an anomaly."""
        kind = self._kind_of.get(marker_id)
        return None if kind is None else self.tables[kind].place(marker_id)

    def count(self, kinds: Iterable[str]) -> int:
        """Count the drawable markers of some kinds."""
        return sum(len(self.tables[kind]) for kind in kinds if kind in self.tables)

    def bounds(self, kinds: Iterable[str] | None = None) -> Bounds | None:
        """Return the rectangle around all drawable markers, or those of some kinds; None where there are none."""
        tables = (self.tables.get(kind) for kind in (self.tables if kinds is None else kinds))
        found = [box for table in tables if table is not None and (box := table.bounds()) is not None]
        if not found:
            return None
        return Bounds(
            min(box.left for box in found),
            min(box.bottom for box in found),
            max(box.right for box in found),
            max(box.top for box in found),
        )

    def ids(self, kind: str) -> frozenset[str]:
        """Return the ids of all drawable markers of a kind."""
        table = self.tables.get(kind)
        return frozenset() if table is None else frozenset(marker.id for marker in table.markers())

    def drawn_kinds(self) -> list[str]:
        """Return the kinds present, in the order in which they are drawn."""
        known = [kind for kind in DRAW_ORDER if kind in self.tables]
        return [kind for kind in self.tables if kind not in DRAW_ORDER] + known

    def _remove(self, marker_id: str) -> None:
        self._anomalies.pop(marker_id, None)
        kind = self._kind_of.pop(marker_id, None)
        if kind is not None:
            self.tables[kind].drop(marker_id)

    def _put(self, kind: str, datum: str, markers: list[MapMarker]) -> None:
        lon = np.array([_degrees(marker.lon) for marker in markers])
        lat = np.array([_degrees(marker.lat) for marker in markers])
        good = plausible(lon, lat) if known_datum(datum) else np.zeros(len(markers), dtype=np.bool_)
        for marker in (marker for marker, fine in zip(markers, good, strict=True) if not fine):
            self._remove(marker.id)
            self._anomalies[marker.id] = marker
        kept = [marker for marker, fine in zip(markers, good, strict=True) if fine]
        if not kept:
            return
        for marker in kept:
            if self._kind_of.get(marker.id, kind) != kind or marker.id in self._anomalies:
                self._remove(marker.id)
            self._kind_of[marker.id] = kind
        if kind not in self.tables:
            self.tables[kind] = KindTable(kind)
        self.tables[kind].put(kept, *to_mercator(*to_wgs84(lon[good], lat[good], datum)))


def _degrees(value: float | None) -> float:
    return math.nan if value is None else float(value)
