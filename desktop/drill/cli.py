"""`watchfloor-drill`: the drill centre as a program of its own."""

import argparse
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from platformdirs import user_data_path

from desktop.drill.district.people import HALL
from desktop.drill.settings import CentreReady, CentreSettings
from desktop.errors import OpsError

EXIT_PORT_TAKEN = 3
EXIT_DATA_DIR = 4
EXIT_DATABASE = 5
EXIT_CAMERAS = 6
EXIT_OTHER = 1

_EXITS = {
    "drill.port_taken": (EXIT_PORT_TAKEN, "the address {host}:{port} is taken or not ours; choose another --port"),
    "drill.data_dir": (EXIT_DATA_DIR, "cannot write to {path}; choose another --data-dir"),
    "drill.database": (EXIT_DATABASE, "{path} is not a drill centre's database; choose another --data-dir"),
    "drill.database_url": (EXIT_DATABASE, "{url} is no address of a PostgreSQL database, or its driver is missing"),
    "cameras.port_taken": (EXIT_PORT_TAKEN, "the camera port {port} is taken; choose another --rtsp-port"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the drill centre until it is told to stop.

    Returns:
        0 after a clean stop; 2 wrong usage, 3 port taken, 4 data folder not writable, 5 foreign database,
        6 cameras not available, 1 any other known fault.
    """
    options = _parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.DEBUG if options.verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    logging.getLogger("uvicorn").setLevel(logging.DEBUG if options.verbose else logging.WARNING)
    # The cameras' process imports this module once more; only this one needs the whole centre.
    from desktop.drill.centre import Centre  # noqa: PLC0415

    centre = Centre(
        CentreSettings(
            data_dir=options.data_dir.expanduser().absolute(),
            database=options.database or os.environ.get("WATCHFLOOR_DRILL_DATABASE", ""),
            host=options.host,
            port=options.port,
            rtsp_port=options.rtsp_port,
            seed=options.seed,
            open_orders=options.open_orders,
            closed_orders=options.closed_orders,
            speed=options.speed,
            lease_idle_s=options.lease_idle,
            cameras=not options.no_cameras,
            faults=options.faults,
            heartbeat_s=options.heartbeat,
        )
    )

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        centre.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    if options.with_parent:
        # Daemon: nothing can end a blocked read of standard input but its other end.
        threading.Thread(target=_stop_with_parent, args=(centre.stop,), name="parent-watch", daemon=True).start()
    try:
        centre.run(_say_ready)
    except OpsError as fault:
        code, words = _EXITS.get(fault.code, (EXIT_CAMERAS if fault.code.startswith("cameras.") else EXIT_OTHER, ""))
        print(f"watchfloor-drill: {words.format_map(fault.params) or fault} [{fault.code}]", file=sys.stderr)
        return code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="watchfloor-drill",
        description="The drill centre: a fictional district with orders, incidents and cameras, over HTTP and RTSP. "
        "When it can be used it prints one line of JSON.",
    )
    add = parser.add_argument
    add("--data-dir", type=Path, default=user_data_path("watchfloor", appauthor=False) / "drill", metavar="DIR")
    add("--database", default="", metavar="URL", help="PostgreSQL to use instead of a file: postgresql+psycopg://…")
    add("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    add("--port", type=_port, default=0, help="HTTP port; 0 takes a free one (default)")
    add("--rtsp-port", type=_port, default=0, help="port of the cameras; 0 takes a free one (default)")
    add("--seed", type=int, default=1, help="which district; used when the data folder is new")
    add("--open-orders", type=_count, default=2_060, metavar="N", help="of a new district (default 2060)")
    add("--closed-orders", type=_count, default=20_000, metavar="N", help="of a new district (default 20000)")
    add("--speed", type=_not_negative, default=1.0, help="how fast life goes; 0 stands still (default 1)")
    add("--heartbeat", type=_positive, default=10.0, metavar="S", help="seconds between heartbeats of the stream")
    add("--lease-idle", type=_positive, default=60.0, metavar="S", help="seconds after which an unused lease lapses")
    add("--no-cameras", action="store_true", help="do not start the cameras")
    add("--faults", action="store_true", help="open the fault port (POST /faults)")
    add("--with-parent", action="store_true", help="stop when standard input closes")
    add("--verbose", action="store_true", help="log every request")
    return parser


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65_535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _not_negative(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0")
    return number


def _say_ready(ready: CentreReady) -> None:
    line = {
        "url": ready.url,
        "rtsp_port": ready.rtsp_port,
        "username": ready.username,
        "password": ready.password,
        "hall": HALL,
        "pid": os.getpid(),
    }
    print(json.dumps(line), flush=True)


def _stop_with_parent(stop: Callable[[], None]) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop()


if __name__ == "__main__":
    sys.exit(main())
