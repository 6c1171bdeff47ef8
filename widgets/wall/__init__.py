"""The video wall: one widget that paints every pane's newest picture on one tick."""

from widgets.cameradrag import CAMERA_MIME
from widgets.wall.frames import FrameSource, Picture
from widgets.wall.layouts import LAYOUTS
from widgets.wall.panes import CameraDrop, PaneShot, PaneSize, PaneSwap, PaneView
from widgets.wall.wall import VideoWall

__all__ = [
    "CAMERA_MIME",
    "LAYOUTS",
    "CameraDrop",
    "FrameSource",
    "PaneShot",
    "PaneSize",
    "PaneSwap",
    "PaneView",
    "Picture",
    "VideoWall",
]
