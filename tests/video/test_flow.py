"""How much comes in, from the counters of heartbeats."""

from desktop.video.flow import Flow
from desktop.video.protocol import PlayerReading


def player(slot: str, received: int, attempt: int = 1) -> PlayerReading:
    return PlayerReading(slot, attempt, received_bytes=received)


def test_that_what_comes_in_is_known_from_the_second_heartbeat_for_each_player_and_for_all() -> None:
    flow = Flow()
    assert flow.mbit_s == 0.0
    flow.note([player("1", 900_000)], 10.0)
    assert flow.mbit_s == 0.0  # over which time that came nobody knows
    flow.note([player("1", 1_025_000), player("2", 250_000)], 11.0)
    assert (flow.mbit_s_of("1"), flow.mbit_s_of("2"), flow.mbit_s) == (1.0, 2.0, 3.0)


def test_that_a_player_that_began_anew_takes_nothing_away_and_one_that_ended_is_forgotten_in_time() -> None:
    flow = Flow()
    flow.note([player("1", 5_000_000)], 0.0)
    flow.note([player("1", 125_000, attempt=2)], 1.0)
    assert flow.mbit_s == 1.0
    for second in range(2, 7):
        flow.note([], float(second))
    assert flow.mbit_s == flow.mbit_s_of("1") == 0.0


def test_that_a_rate_does_not_jump_with_each_key_frame() -> None:
    flow = Flow()
    received, seen = 0, []
    for second in range(20):
        received += 400_000 if second % 2 else 100_000
        flow.note([player("1", received)], float(second))
        seen.append(flow.mbit_s)
    assert max(seen[6:]) - min(seen[6:]) < 0.01
