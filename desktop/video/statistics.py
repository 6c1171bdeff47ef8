"""What the video service uses of the machine, for the vitals panel and the support bundle."""

from dataclasses import dataclass

from desktop.video.host_link import HostLink


@dataclass(frozen=True, slots=True)
class HostReading:
    """One video host."""

    number: int
    pid: int
    ready: bool
    cpu_share: float
    resident_bytes: int
    panes: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class VideoStatistics:
    """The service as a whole."""

    hosts: tuple[HostReading, ...] = ()
    panes: int = 0
    hosts_lost: int = 0


def read_host(link: HostLink, panes: int) -> HostReading:
    """Read one host; `cpu_share` is the share of one core over the last second."""
    beat = link.beat
    return HostReading(
        number=link.number,
        pid=link.pid,
        ready=link.ready is not None,
        cpu_share=link.cpu_share,
        resident_bytes=beat.resident_bytes if beat is not None else 0,
        panes=panes,
        quarantined=beat.quarantined if beat is not None else 0,
    )
