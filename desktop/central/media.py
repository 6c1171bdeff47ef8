"""Pictures, files and the big screen: the wire types of what is not a record.

Source: `resources/contract/central.openapi.yaml`; see `desktop.central.schema`, which names them all.
"""

# ruff: noqa: RUF012 - a struct of msgspec gives each instance its own copy of an empty default

from __future__ import annotations

import msgspec

from desktop.central.wire import Target, Wire


class LiveRequest(Wire, frozen=True):
    """Body of `POST /v1/cameras/{id}/live`."""

    profile: str = "sub"
    accept: list[str] = msgspec.field(default_factory=lambda: ["rtsp", "http-ts", "hls"])
    purpose: str | None = None


class LiveAddress(Wire, frozen=True):
    """A short-lived address of a live stream; credentials are never inside the URL."""

    url: str
    protocol: str = "rtsp"
    username: str | None = None
    password: str | None = None
    expires_at: str | None = None


class PlaybackRequest(Wire, frozen=True, rename={"from_": "from"}):
    """Body of `POST /v1/cameras/{id}/playback`: a stretch of time, RFC 3339."""

    from_: str
    to: str
    profile: str = "main"
    accept: list[str] = msgspec.field(default_factory=lambda: ["rtsp", "http-ts", "hls"])


class PtzRequest(Wire, frozen=True):
    """Body of `POST /v1/cameras/{id}/ptz`: speeds from -1 to 1, or a preset, or a stop; `lease` is the lease's id."""

    lease: str
    pan: float = 0
    tilt: float = 0
    zoom: float = 0
    preset: str = ""
    stop: bool = False


class PtzState(Wire, frozen=True):
    """Where a camera looks. `pan` and `tilt` from -1 to 1 of what it can reach, `zoom` as magnification from 1."""

    pan: float
    tilt: float
    zoom: float
    moving: bool = False
    stops_in_ms: int = 0


class FocusRequest(Wire, frozen=True):
    """Body of `POST /v1/hall/focus`: show this object on those screens; no screens means all."""

    object: Target
    screens: list[str] = []


class HallEvent(Wire, frozen=True):
    """`event: hall` of the stream: somebody wants something shown."""

    object: Target
    screens: list[str] = []
    by: str = ""
    officer: str = ""
    device_id: str = ""
    at: str = ""


class Reading(Wire, frozen=True):
    """One stretch of a vital's history: the mean of `count` values and their bounds."""

    at: str
    value: float
    low: float
    high: float
    count: int = 1


class ReadingsPage(Wire, frozen=True):
    """`GET /v1/vitals/{id}/readings?from&to&points`, oldest first."""

    id: str
    readings: list[Reading]
    unit: str = ""


class FileStatus(Wire, frozen=True):
    """How much of a file stands at the centre; `complete` once all of it is there and its hash is right."""

    sha256: str
    size: int
    received: int
    complete: bool = False
    media_type: str = ""
