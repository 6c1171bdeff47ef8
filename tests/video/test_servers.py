"""How cameras of one server wait together, step by step."""

from dataclasses import replace

from desktop.video.servers import Servers
from desktop.video.states import Tuning

T = Tuning(back_off_s=2.0, back_off_cap_s=16.0)
NVR = "10.0.0.9:554"


def fail(servers: Servers, slot: str, now: float) -> float:
    return servers.failed(NVR, slot, now, code="video.refused", jitter=1.0)


def test_that_one_camera_looks_when_the_pause_is_over_and_the_others_wait_for_it() -> None:
    servers = Servers(T)
    assert servers.wait_until(NVR, "1", 0.0) == 0.0
    assert fail(servers, "1", 0.0) == 2.0
    assert [servers.wait_until(NVR, slot, 1.0) for slot in "123"] == [2.0, 2.0, 2.0]
    assert servers.wait_until(NVR, "2", 2.0) == 2.0
    assert servers.wait_until(NVR, "3", 2.0) > 2.0
    assert servers.wait_until(NVR, "2", 2.1) == 2.1  # the one that looks may ask again
    assert servers.fault(NVR) == "video.refused"


def test_that_the_pause_grows_with_rounds_and_not_with_cameras() -> None:
    servers = Servers(T)
    assert [fail(servers, slot, 0.0) for slot in "12345678"] == [2.0] * 8
    now, pauses = 0.0, []
    for _ in range(5):
        now = servers.wait_until(NVR, "1", now)
        assert servers.wait_until(NVR, "1", now) == now
        pauses.append(fail(servers, "1", now))
    assert pauses == [4.0, 8.0, 16.0, 16.0, 16.0]


def test_that_only_a_picture_ends_the_back_off() -> None:
    servers = Servers(T)
    fail(servers, "1", 0.0)
    servers.wait_until(NVR, "1", 2.0)
    servers.released(NVR, "1", 2.0)  # it answered, with a refusal of this camera
    assert servers.wait_until(NVR, "2", 2.0) == 2.0  # the next may look at once
    assert fail(servers, "2", 3.0) == 4.0  # and the pause goes on growing
    assert servers.worked(NVR, "3")
    assert not servers.worked(NVR, "3")
    assert fail(servers, "1", 9.0) == 2.0


def test_that_a_server_has_few_starts_at_a_time_and_slow_ones_hold_up_nobody_else() -> None:
    servers = Servers(T)
    admitted = [slot for slot in "abcdefgh" if servers.admit(NVR, slot, 0.0)]
    assert admitted == list("abcdef")
    assert servers.admit("other:554", "g", 0.0)
    servers.released(NVR, "a", 0.1)
    assert servers.admit(NVR, "g", 0.1)
    assert not servers.admit(NVR, "h", 0.2)
    assert servers.admit(NVR, "h", 2.1)


def test_that_a_throttling_centre_is_left_alone_for_as_long_as_it_asks() -> None:
    servers = Servers(replace(T, back_off_s=0.5))
    assert servers.failed("", "1", 0.0, code="link.throttled", jitter=0.5, least_s=120.0) == 120.0
    assert servers.wait_until("", "2", 119.0) == 120.0


def test_that_nothing_is_remembered_of_servers_that_work_or_are_gone() -> None:
    servers = Servers(T)
    for number in range(5000):
        name = f"10.0.0.1:{number}"
        servers.admit(name, "1", float(number))
        if number % 2:
            servers.worked(name, "1")
        else:
            servers.failed(name, "1", float(number), code="video.refused", jitter=1.0)
    assert len(servers) < 1000
    assert servers.wait_until("10.0.0.1:4998", "2", 4998.5) > 4998.5
