import json
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from resources import resource_path
from widgets.map.basemap import Basemap, parse_basemap, read_basemap
from widgets.map.view import MapView
from widgets.theme import Theme, apply_theme


@pytest.fixture(scope="session")
def linjiang() -> Basemap:
    return read_basemap(resource_path("basemap/linjiang.geojson"))


@pytest.fixture
def still(qapp) -> Iterator[None]:
    """No movement takes time."""
    apply_theme(qapp, Theme.load("dark", reduce_motion=True))
    yield
    apply_theme(qapp, Theme.load("dark"))


@pytest.fixture
def square() -> Basemap:
    """A basemap of one pond around (121.5, 31.15), a few hundred metres wide."""
    ring = [[121.495, 31.145], [121.505, 31.145], [121.505, 31.155], [121.495, 31.155], [121.495, 31.145]]
    feature = {
        "type": "Feature",
        "properties": {"layer": "water"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    return parse_basemap(json.dumps({"type": "FeatureCollection", "features": [feature], "version": "7"}))


@pytest.fixture
def make_view(qtbot: QtBot, square: Basemap) -> Callable[..., MapView]:
    def make(basemap: Basemap | None = None) -> MapView:
        view = MapView()
        qtbot.addWidget(view)
        view.resize(600, 500)
        view.set_basemap(square if basemap is None else basemap)
        with qtbot.waitExposed(view):
            view.show()
        return view

    return make


@pytest.fixture
def view(still: None, make_view: Callable[..., MapView]) -> MapView:
    return make_view()
