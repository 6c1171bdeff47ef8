"""Puts one pane into words: its state, what a guest brings, and what other parts of the wall add."""

import time
from collections.abc import Callable
from dataclasses import replace

from desktop.central.schema import Camera
from desktop.presenters.wall.pane_views import pane_view, received
from desktop.presenters.wall.stand import Standing
from desktop.presenters.wall.streams import WallStreams
from widgets.wall.panes import PaneView

Dress = Callable[[PaneView], PaneView]
"""Adds words or signs to a pane's view; called for each pane twice a second, so it must be cheap."""


class PaneWords:
    """Makes the views of one wall's panes."""

    def __init__(self, streams: WallStreams) -> None:
        """Begin without any further part's words."""
        self._streams = streams
        self._dresses: list[Dress] = []

    def add(self, dress: Dress) -> None:
        """Have a part dress every view, after the parts that came before it."""
        self._dresses.append(dress)

    def view(self, pane: str, standing: Standing, camera: Camera | None) -> PaneView:
        """Make the view of a pane as it is at this moment."""
        status, choice = self._streams.status(pane), self._streams.choice(pane)
        view = pane_view(status, standing.use.camera, camera, time.monotonic(), choice)
        view = received(replace(view, pane=pane), standing.guest)
        for dress in self._dresses:
            view = dress(view)
        return view
