"""``watchfloor --probe-stream URL``: one address through the product's own player, and one JSON object about it."""

import getpass
import json
import os
import re
import sys
from dataclasses import replace
from functools import partial
from urllib.parse import SplitResult, urlsplit

from desktop.central.schema import LiveAddress
from desktop.presenters.wording import words_of
from desktop.redaction import redact
from desktop.start.options import Exit, Options
from desktop.video.service import VideoService
from desktop.video.trial import Trial, run_trial

PASSWORD_VARIABLE = "WATCHFLOOR_STREAM_PASSWORD"  # noqa: S105 - the name of the variable, not a password
_SPACES = re.compile(r"\s")
_PLAYLISTS = (".m3u8", ".m3u")


def probe_stream(options: Options) -> int:
    """Try the address of `options`, print what was found; returns `Exit.OK` if it played, else `Exit.FAILED`."""
    url = options.probe_url.strip()
    parts = _parts(url)
    if parts is not None and parts.password:
        sys.stderr.write(f"the command line shows the password to all users of this machine; use {PASSWORD_VARIABLE}\n")
    address = LiveAddress(
        url, protocol=protocol_of(parts), username=options.probe_user, password=_password(options.probe_user)
    )
    trial = run_trial(partial(VideoService, engine=options.engine), address, options.probe_seconds)
    # An address that is refused before it is opened is told as it was given.
    trial = replace(trial, url=redact(_SPACES.sub("%20", url)), protocol=address.protocol)
    sys.stdout.write(json.dumps(report(trial), ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return Exit.OK if trial.played else Exit.FAILED


def protocol_of(parts: SplitResult | None) -> str:
    """Name the protocol of an address as the centre would; one that is of no protocol is named by its scheme."""
    if parts is None:
        return "rtsp"
    match parts.scheme:
        case "rtsp" | "rtsps":
            return "rtsp"
        case "http" | "https":
            return "hls" if parts.path.lower().endswith(_PLAYLISTS) else "http-ts"
        case scheme:
            return scheme or "rtsp"


def report(trial: Trial) -> dict[str, object]:
    """Put a trial into the printed object; the table of docs/wall.md lists the fields."""
    status = trial.status
    words = words_of(trial.cause, trial.params) if trial.cause else None
    return {
        "ok": trial.played,
        "url": trial.url,
        "protocol": trial.protocol,
        "transport": status.transport,
        "engine": status.engine,
        "codec": status.codec,
        "width": status.width,
        "height": status.height,
        "fps": round(trial.fps, 1),
        "first_picture_ms": trial.first_picture_ms,
        "pictures": trial.pictures,
        "damaged": status.damaged,
        "bytes": status.received_bytes,
        "states": [step.state.value for step in trial.steps],
        "timeline": [{"state": s.state.value, "at_ms": s.at_ms, "cause": s.cause} for s in trial.steps],
        "cause_code": trial.cause,
        "cause": words.title if words is not None else "",
        "advice": words.message if words is not None else "",
        "seconds": round(trial.seconds, 1),
    }


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:  # for example a broken IPv6 address; the check of addresses says so in words
        return None


def _password(user: str) -> str:
    """The password of `user`: from the environment, else asked for; a command line would show it to everybody."""
    known = os.environ.pop(PASSWORD_VARIABLE, "")  # not handed on to the host process
    if known or not user or not sys.stdin.isatty():
        return known
    return getpass.getpass("Password: ", stream=sys.stderr)
