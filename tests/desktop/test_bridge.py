import threading

from pytestqt.qtbot import QtBot

from desktop.bridge import UiBridge
from desktop.events import Changed, FaultRaised, LinkState, OutboxChanged, Reloaded, SyncChanged, SyncStatus


def test_that_a_storm_from_many_threads_arrives_merged_and_complete(qtbot: QtBot) -> None:
    bridge = UiBridge()
    seen: set[str] = set()
    emissions: list[int] = []

    def collect(event: Changed) -> None:
        emissions.append(len(event.upserted))
        seen.update(event.upserted)

    bridge.changed.connect(collect)

    def storm(thread: int) -> None:
        for n in range(500):
            bridge.post(Changed("work_order", frozenset({f"{thread}-{n}"})))

    threads = [threading.Thread(target=storm, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: len(seen) == 2000, timeout=5000)
    assert len(emissions) < 200


def test_that_the_newest_word_about_a_row_wins(qtbot: QtBot) -> None:
    bridge = UiBridge()
    with qtbot.waitSignal(bridge.changed) as blocker:
        bridge.post(Changed("work_order", frozenset({"a", "b"})))
        bridge.post(Changed("work_order", removed=frozenset({"a"})))
        bridge.post(Changed("work_order", frozenset({"c"}), frozenset({"b"})))
    (event,) = blocker.args
    assert event.upserted == {"c"}
    assert event.removed == {"a", "b"}


def test_that_a_reload_swallows_the_rows_before_it(qtbot: QtBot) -> None:
    bridge = UiBridge()
    with qtbot.assertNotEmitted(bridge.changed), qtbot.waitSignal(bridge.reloaded):
        bridge.post(Changed("work_order", frozenset({"a"})))
        bridge.post(Reloaded())


def test_that_counts_are_the_newest_and_targets_all(qtbot: QtBot) -> None:
    bridge = UiBridge()
    with qtbot.waitSignal(bridge.outbox_changed) as blocker:
        bridge.post(OutboxChanged(1, 0, 0, frozenset({("work_order", "a")})))
        bridge.post(OutboxChanged(2, 0, 0, frozenset({("work_order", "b")})))
    (event,) = blocker.args
    assert (event.queued, event.targets) == (2, {("work_order", "a"), ("work_order", "b")})


def test_that_a_closed_bridge_is_silent(qtbot: QtBot) -> None:
    bridge = UiBridge()
    with qtbot.assertNotEmitted(bridge.sync_changed, wait=50), qtbot.assertNotEmitted(bridge.fault_raised, wait=50):
        bridge.post(FaultRaised("link.unreachable"))
        bridge.close()
        bridge.post(SyncChanged(SyncStatus(LinkState.LIVE)))
