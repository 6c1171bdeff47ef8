"""Which host is to go, and when another is started: the fleet's rules, without processes."""

import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from desktop.video.fleet import Fleet, FleetTuning
from desktop.video.protocol import Capabilities, Heartbeat, Ready

T = FleetTuning(panes_per_host=2, hosts=2, host_age_s=1000.0, host_bytes=500, host_settled_s=100.0, spare_s=10.0)


@dataclass(eq=False)
class Link:
    """A host as the fleet sees it."""

    number: int = 1
    pid: int = 1
    age_s: float = 20.0
    own_bytes: int = 0
    ready: Ready | None = field(default_factory=lambda: Ready(1, Capabilities()))
    beat: Heartbeat | None = None
    retiring: bool = False
    dismissed_at: float = 0.0

    def __post_init__(self) -> None:
        self.heard_at = time.monotonic()
        self.started_at = self.heard_at - self.age_s
        self.beat = Heartbeat(0.0, 0, self.own_bytes)


def fleet(monkeypatch: pytest.MonkeyPatch, *links: Link) -> Fleet:
    monkeypatch.setattr("desktop.video.fleet.HostLink", lambda number, *_: Link(number, age_s=0.0, ready=None))
    made = Fleet(lambda *_: None, T, None)
    made._links = list(links)  # type: ignore[arg-type]
    return made


def no_load(_link: Any) -> int:
    return 0


def no_picture(_link: Any) -> float:
    return 0.0


@pytest.mark.parametrize(
    ("age_s", "own_bytes", "retires"),
    [(999, 0, False), (1001, 0, True), (99, 900, False), (101, 900, True), (101, 499, False)],
)
def test_that_a_host_retires_by_age_and_by_memory_but_not_while_it_is_young(
    age_s: float, own_bytes: int, retires: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Link(age_s=age_s, own_bytes=own_bytes)
    fleet(monkeypatch, link).retire_old(time.monotonic())
    assert link.retiring is retires


def test_that_one_host_retires_at_a_time_and_goes_when_another_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Link(age_s=2000), Link(age_s=3000)
    made = fleet(monkeypatch, first, second)
    made.retire_old(time.monotonic())
    made.retire_old(time.monotonic())
    assert (first.retiring, second.retiring) == (True, False)
    assert made.provide(4)
    fresh = made.links[-1]
    assert made.pick(no_load) is second
    assert made.replaced(first)
    second.ready = None
    assert not made.replaced(first)
    fresh.ready = Ready(2, Capabilities())
    assert made.replaced(first)


def test_that_a_host_that_falls_silent_has_its_replacement_beside_it_before_it_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    link = Link()
    made = fleet(monkeypatch, link)
    assert not made.provide(1)
    link.heard_at -= (T.doubtful_s + T.silent_s) / 2
    assert made.provide(1)
    assert not made.provide(1)  # one is enough
    now = time.monotonic()
    assert made.unfit(now, no_picture) == []
    spare = made.links[-1]
    spare.ready = Ready(2, Capabilities())
    assert made.pick(no_load) is spare
    link.heard_at = now  # it speaks again
    made.retire_spare(1, lambda host: int(host is link), now + T.spare_s + 1.0)
    link.heard_at = now + T.spare_s
    assert (link.retiring, spare.retiring) == (False, False)  # by then both had been silent for long
    spare.heard_at = link.heard_at = now + T.spare_s + 1.0
    made.retire_spare(1, lambda host: int(host is link), now + T.spare_s + 1.0)
    assert (link.retiring, spare.retiring) == (False, True)


@pytest.mark.parametrize(
    ("silence_s", "picture_age_s", "hangs"),
    [(2.4, 60.0, False), (2.6, 60.0, True), (2.6, 1.0, False), (9.9, 1.0, False), (10.1, 1.0, True)],
)
def test_that_a_silent_host_whose_pictures_come_is_borne_with_for_longer(
    silence_s: float, picture_age_s: float, hangs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Link()
    now = link.heard_at + silence_s
    assert fleet(monkeypatch, link).unfit(now, lambda _: now - picture_age_s) == ([link] if hangs else [])


def test_that_a_full_host_waits_for_the_one_that_is_being_started(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Link()
    made = fleet(monkeypatch, full)
    assert made.provide(3)
    assert made.pick(lambda _: 2) is None
    assert made.pick(lambda _: 1) is full  # type: ignore[comparison-overlap]
    starting = made.links[-1]
    starting.started_at -= 60.0  # it does not come
    assert made.pick(lambda _: 2) is full  # type: ignore[comparison-overlap]
