"""What the command line asked for."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from desktop.start.settings import LANGUAGES, THEMES

_LONGEST_PROBE_S = 3600.0


class Exit(IntEnum):
    """Exit codes of `watchfloor`; the README lists them."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NO_DISPLAY = 3
    DATA_DIR = 4
    KEY = 5
    ALREADY_RUNNING = 6
    DRILL = 7
    STORAGE = 8


@dataclass(frozen=True, slots=True)
class Options:
    """The parsed command line.

    Attributes:
        centre: Base URL of the centre; "" means the remembered one.
        backup: Base URL of its second link, or "".
        drill: Start a drill centre of our own and work with it.
        drill_arguments: Handed on to `watchfloor-drill`.
        data_dir: Folder of databases, settings and logs; None means the user's default.
        language, theme, text_scale: As the officer wants them from now on; "" and None mean the remembered ones.
        passphrase_file: File whose first line protects the key where there is no keyring.
        self_check: Start on a fresh drill, judge, print JSON, exit.
        picture: Where to write a picture of the window.
        timeout_s: How long the self-check may take.
        probe_url: Address of a stream to try instead of opening the desk, or "".
        probe_user: Who asks for it; the password comes from the environment or is asked for.
        probe_seconds: How long to watch it after its first picture.
    """

    centre: str = ""
    backup: str = ""
    drill: bool = False
    drill_arguments: tuple[str, ...] = ()
    data_dir: Path | None = None
    language: str = ""
    theme: str = ""
    text_scale: float | None = None
    passphrase_file: Path | None = None
    self_check: bool = False
    picture: Path | None = None
    timeout_s: float = 90.0
    probe_url: str = ""
    probe_user: str = ""
    probe_seconds: float = 5.0
    engine: str = "auto"
    verbose: bool = False


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="watchfloor",
        description="城运值守台 · desktop client of a city operations hall",
        epilog="Exit codes: 0 done, 1 self-check or program failed, 2 usage, 3 no display, 4 data directory not "
        "writable, 5 key not available, 6 already running on this data directory, 7 drill centre did not start, "
        "8 database not usable.",
    )
    parser.add_argument("--centre", default="", metavar="URL", help="base URL of the central API")
    parser.add_argument("--backup", default="", metavar="URL", help="base URL of its second link")
    parser.add_argument("--drill", action="store_true", help="start a drill centre and work with it; no server needed")
    parser.add_argument(
        "--drill-argument", action="append", default=[], metavar="ARG", help="handed on to watchfloor-drill"
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where databases, settings and logs lie")
    parser.add_argument("--language", choices=LANGUAGES, default="", help="language of the window")
    parser.add_argument("--theme", choices=THEMES, default="", help="colours of the window")
    parser.add_argument("--text-scale", type=float, metavar="FACTOR", help="size of all text, 1.0 to 2.0")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="first line protects the key where there is no keyring"
    )
    parser.add_argument("--engine", choices=("auto", "vlc", "pyav"), default="auto", help="which player plays video")
    parser.add_argument(
        "--self-check",
        action="store_true",
        help="start on a fresh drill, wait until all is up, print JSON",
    )
    parser.add_argument("--picture", type=Path, metavar="FILE", help="write a picture (with --self-check)")
    parser.add_argument("--timeout", type=float, default=90.0, metavar="S", help="time the self-check may take")
    parser.add_argument(
        "--probe-stream",
        default="",
        metavar="URL",
        help="play an address (rtsp, http) as a pane would, print JSON, exit 0 if it played; needs no screen",
    )
    parser.add_argument(
        "--user",
        default="",
        metavar="NAME",
        help="who asks for it (with --probe-stream); password: WATCHFLOOR_STREAM_PASSWORD, or it is asked for",
    )
    parser.add_argument(
        "--seconds", type=float, default=5.0, metavar="S", help="how long to watch it after its first picture"
    )
    parser.add_argument("--verbose", action="store_true", help="log to standard error")
    return parser


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line; prints usage and raises SystemExit(2) when it cannot be understood."""
    parser = _parser()
    parsed = parser.parse_args(arguments)
    if parsed.drill and parsed.centre:
        parser.error("--drill and --centre exclude each other")
    if parsed.picture is not None and not parsed.self_check:
        parser.error("--picture goes with --self-check")
    if parsed.text_scale is not None and not 1.0 <= parsed.text_scale <= 2.0:
        parser.error("--text-scale takes 1.0 to 2.0")
    if parsed.user and not parsed.probe_stream:
        parser.error("--user goes with --probe-stream")
    if not 0.0 < parsed.seconds <= _LONGEST_PROBE_S:
        parser.error(f"--seconds takes up to {_LONGEST_PROBE_S:g}")
    return Options(
        centre=parsed.centre,
        backup=parsed.backup,
        drill=parsed.drill or parsed.self_check,
        drill_arguments=tuple(parsed.drill_argument),
        data_dir=parsed.data_dir,
        language=parsed.language,
        theme=parsed.theme,
        text_scale=parsed.text_scale,
        passphrase_file=parsed.passphrase_file,
        self_check=parsed.self_check,
        picture=parsed.picture,
        timeout_s=parsed.timeout,
        probe_url=parsed.probe_stream,
        probe_user=parsed.user,
        probe_seconds=parsed.seconds,
        engine=parsed.engine,
        verbose=parsed.verbose,
    )
