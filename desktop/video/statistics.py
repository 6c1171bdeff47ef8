"""What the video service uses of the machine, for the vitals panel and the support bundle."""

from dataclasses import dataclass

from desktop.video.host_link import HostLink


@dataclass(frozen=True, slots=True)
class HostReading:
    """One video host; `cpu_share` is of one core, `mbit_s` what its players take in, megabits a second."""

    number: int
    pid: int
    ready: bool
    cpu_share: float
    resident_bytes: int
    panes: int
    quarantined: int
    mbit_s: float = 0.0


@dataclass(frozen=True, slots=True)
class VideoStatistics:
    """The service as a whole."""

    hosts: tuple[HostReading, ...] = ()
    panes: int = 0
    hosts_lost: int = 0

    @property
    def cpu_share(self) -> float:
        """Share of one core that all hosts use; more than 1.0 where they use several."""
        return sum(host.cpu_share for host in self.hosts)

    @property
    def mbit_s(self) -> float:
        """Megabits a second that come in for video, whether anybody sees it or not."""
        return sum(host.mbit_s for host in self.hosts)


def read_host(link: HostLink, panes: int) -> HostReading:
    """Read one host."""
    beat = link.beat
    return HostReading(
        number=link.number,
        pid=link.pid,
        ready=link.ready is not None,
        cpu_share=link.cpu_share,
        resident_bytes=beat.resident_bytes if beat is not None else 0,
        panes=panes,
        quarantined=beat.quarantined if beat is not None else 0,
        mbit_s=link.flow.mbit_s,
    )
