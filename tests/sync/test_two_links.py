"""A primary and a backup: two real drill centres with the same past, of which the backup may lag."""

import dataclasses
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from desktop.events import LinkState, Reloaded
from storage.records import OrderQuery
from tests.sync.conftest import QUICK, Colleague, Desk, Drill

Desks = Callable[..., AbstractContextManager[Desk]]

CHANGED_OVER = pytest.mark.expected_log("desktop.sync.roads", "changed over to the backup link")
OFFERED = pytest.mark.expected_log("desktop.sync.reoffer", "are offered again")
QUERY = OrderQuery(states=frozenset({"reported"}))
TIMING = dataclasses.replace(QUICK, home_probe_s=0.2, fail_back_s=1.5)

pytestmark = pytest.mark.real


@pytest.fixture
def backup(settled: Path, tmp_path: Path) -> Iterator[Drill]:
    """The primary's state as of `settled`; what happens there afterwards does not get through."""
    shutil.copytree(settled / "drill", tmp_path / "backup")
    centre = Drill(tmp_path / "backup")
    centre.start()
    yield centre
    centre.end()


def begin_epoch(centre: Drill, epoch: str) -> None:
    """Write a new epoch into a centre that is not running."""
    with closing(sqlite3.connect(centre.data_dir / "drill.db")) as database:
        database.execute("update centre set value = ? where name = 'epoch'", (epoch,))
        database.commit()


def replace_data(centre: Drill, source: Path) -> None:
    """Give a centre that is not running the data of another one."""
    shutil.rmtree(centre.data_dir)
    shutil.copytree(source, centre.data_dir)


@CHANGED_OVER
def test_that_the_desk_goes_on_over_the_backup_and_comes_home(desks: Desks, drill: Drill, backup: Drill) -> None:
    with desks(timing=TIMING, backup=backup) as desk:
        desk.wait_for_link(LinkState.LIVE)
        assert desk.manager.status.road == "primary"
        drill.kill()

        desk.wait_for(lambda: desk.manager.status.road == "backup", 10)
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        op = desk.record(order, "accept")
        desk.wait_for(desk.outbox_is_empty)
        assert backup.history(order).count(op.op_id) == 1

        # The primary is brought up to what the backup knows, as a replicated one would be.
        replace_data(drill, backup.data_dir)
        drill.start()
        desk.wait_for(lambda: desk.manager.status.road == "primary")
        desk.wait_for_link(LinkState.LIVE)


@pytest.mark.fault(34)
@pytest.mark.expected_log("desktop.sync.roads", "changed over to the")
@OFFERED
def test_that_a_lagging_backup_is_shown_never_takes_back_and_is_offered_what_it_missed(
    desks: Desks, drill: Drill, backup: Drill, colleague: Colleague
) -> None:
    with desks(timing=TIMING, backup=backup) as desk:
        desk.wait_for_link(LinkState.LIVE)
        order, theirs = desk.store.cache.order_ids(QUERY, 2)
        op = desk.record(order, "accept")
        desk.wait_for(desk.outbox_is_empty)
        colleague.act(theirs, "accept")
        for number in range(5):
            colleague.act(theirs, "note", text=str(number))
        desk.wait_for(lambda: len(desk.order(theirs)["history"]) > 6)
        before, position = len(desk.events), desk.manager.status.cursor_lsn
        drill.kill()

        desk.wait_for(lambda: desk.manager.status.lag > 0, 10)
        assert desk.manager.status.road == "backup"
        desk.wait_for(lambda: backup.history(order).count(op.op_id) == 1 and desk.outbox_is_empty())
        assert desk.manager.status.as_of
        assert desk.manager.status.cursor_lsn == position
        assert desk.order(theirs)["state"] == desk.order(order)["state"] == "accepted"
        assert not [event for event in desk.events[before:] if isinstance(event, Reloaded)]

        backup.end()
        replace_data(backup, drill.data_dir)
        backup.start()
        desk.wait_for_link(LinkState.LIVE)
        assert (desk.manager.status.road, desk.manager.status.lag) == ("backup", 0)


@pytest.mark.fault(35)
@pytest.mark.expected_log("desktop.sync.roads", "changed over to the")
def test_that_a_backup_with_another_past_is_refused(desks: Desks, drill: Drill, backup: Drill) -> None:
    backup.end()
    begin_epoch(backup, "another-epoch")
    backup.start()
    with desks(timing=TIMING, backup=backup) as desk:
        desk.wait_for_link(LinkState.LIVE)
        before = len(desk.events)
        drill.kill()
        desk.wait_for(lambda: desk.manager.status.fault == "link.other_epoch", 15)
        drill.start()
        desk.wait_for_link(LinkState.LIVE)

        assert desk.manager.status.road == "primary"
        assert not [event for event in desk.events[before:] if isinstance(event, Reloaded)]


@pytest.mark.fault(33)
@OFFERED
def test_that_a_restored_centre_is_offered_what_it_had_acknowledged(desks: Desks, drill: Drill, settled: Path) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        ops = [desk.record(order, "accept"), desk.record(order, "note", text="已电话联系")]
        desk.wait_for(desk.outbox_is_empty)
        drill.kill()
        replace_data(drill, settled / "drill")  # yesterday's backup is all that is left
        begin_epoch(drill, "restored")
        drill.start()
        desk.wait_for(lambda: any(isinstance(event, Reloaded) for event in desk.events), 40)

        desk.wait_for(lambda: drill.history(order)[-2:] == [op.op_id for op in ops] and desk.outbox_is_empty())
        assert desk.order(order)["state"] == "accepted"
