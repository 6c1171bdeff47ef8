"""How cameras did: what is added up, and what is forgotten."""

from collections.abc import Callable
from dataclasses import replace

from storage.duty.camera_days import CHANGES_KEPT, KEPT_DAYS, CameraDay
from storage.store import Store

DAY = CameraDay("c1", "2026-11-22", live_s=58.0, frozen_s=1.5, lost_s=0.5, reconnects=1)


def test_that_minutes_become_days_and_outlive_the_program(open_desk: Callable[[], Store]) -> None:
    desk = open_desk()
    change = ("2026-11-22T08:00:00+00:00", "offline", "video.ended")
    desk.camera_days.add([DAY, replace(DAY, camera_id="c2")])
    desk.camera_days.add([replace(DAY, black_s=2.0, changes=(change,))])
    desk.camera_days.add([replace(DAY, day="2026-11-23")])
    newest, before = open_desk().camera_days.of("c1")
    assert newest == replace(DAY, day="2026-11-23")
    assert before == CameraDay("c1", "2026-11-22", 116.0, 3.0, 2.0, 1.0, 2, (change,))
    assert before.watched_s == 122.0


def test_that_a_month_and_the_newest_changes_are_kept(store: Store) -> None:
    for day in range(1, 31):
        store.camera_days.add([replace(DAY, day=f"2026-10-{day:02}"), replace(DAY, day=f"2026-11-{day:02}")])
    days = store.camera_days.of("c1")
    assert [day.day for day in days] == [f"2026-11-{day:02}" for day in range(30, 0, -1)]  # 31 days, one without a row
    assert KEPT_DAYS == 31
    many = tuple((f"2026-11-30T00:00:{second:02}+00:00", "live", "") for second in range(30))
    store.camera_days.add([replace(DAY, day="2026-11-30", changes=many[:15])])
    store.camera_days.add([replace(DAY, day="2026-11-30", changes=many[15:])])
    assert store.camera_days.of("c1")[0].changes == many[-CHANGES_KEPT:]


def test_that_a_camera_nobody_watched_has_no_days(store: Store) -> None:
    store.camera_days.add([])
    assert store.camera_days.of("c1") == []
