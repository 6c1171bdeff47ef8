"""How a drill centre is to run, and what it says when it does."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CentreSettings:
    """How a centre is to run.

    Attributes:
        data_dir: Where its database and its files live.
        database: URL of a PostgreSQL database to use instead of a file there; "" for the file.
        host: Address to listen on.
        port: HTTP port; 0 takes a free one.
        rtsp_port: Port of the cameras; 0 takes a free one.
        seed: Which district; used when the data folder is new.
        open_orders: How many orders are open in a new district.
        closed_orders: How many are over.
        speed: How fast life goes; 0 stands still.
        cameras: Whether the cameras' process runs.
        faults: Whether the fault port is open.
        heartbeat_s: Time between two heartbeats of the stream.
        lease_idle_s: Time without a command after which a lease on a camera lapses.
    """

    data_dir: Path
    database: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    rtsp_port: int = 0
    seed: int = 1
    open_orders: int = 2_060
    closed_orders: int = 20_000
    speed: float = 1.0
    cameras: bool = True
    faults: bool = False
    heartbeat_s: float = 10.0
    lease_idle_s: float = 60.0


@dataclass(frozen=True, slots=True)
class CentreReady:
    """Where a running centre is, and an account that opens it; no password when the officer has changed it."""

    url: str
    rtsp_port: int
    username: str
    password: str
