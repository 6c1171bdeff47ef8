"""The board: what it says after any changes is what plain Python says, on this start and on the next."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from storage.cache import order_shelves
from storage.cache.board import board, image, search, texts
from storage.cache.board.layout import PER_BLOCK
from storage.records import OrderQuery
from storage.store import Store
from tests.storage.objects import cursor, order_json, removal, upsert

SORTS = ("due", "urgency", "opened", "updated", "number", "module")
ALL = OrderQuery(open_only=False)


def some_order(chance: random.Random) -> dict[str, Any]:
    day, hour = chance.randrange(10, 30), chance.randrange(10, 20)
    return {
        "number": f"LJ2026{chance.randrange(30):08d}" if chance.random() < 0.9 else "x" * chance.randrange(40),
        "title": chance.choice(("积水", "塌陷", "垃圾")),
        "state": chance.choice(("reported", "handling", "closed")),
        "urgency": chance.choice(("normal", "urgent", "critical")),
        "module": f"m{chance.randrange(4)}",
        "opened_at": f"2026-11-{day}T08:00:00+08:00",
        "updated_at": f"2026-11-{day}T{hour}:00:00+08:00",
        "due": chance.choice((f"2026-12-{day}T{hour}:00:00+08:00", "")),
    }


def key_of(order: dict[str, Any], sort: str) -> Any:
    due = order["due"] or "9999"
    urgency = ("critical", "urgent", "normal").index(order["urgency"])
    first = {"due": due, "urgency": urgency, "opened": order["opened_at"], "updated": order["updated_at"],
             "number": order["number"][:24], "module": order["module"]}[sort]  # fmt: skip
    return first, due


class Desk:
    """Changes orders at random and keeps a plain copy of them, in order of arrival."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.orders: dict[str, dict[str, Any]] = {}
        self.lsn = 0

    def change(self, most: int = 60) -> None:
        changes = []
        for _ in range(self.chance.randrange(1, most)):
            self.lsn += 1
            key = f"o{self.chance.randrange(150)}" + "长" * 20 * self.chance.randrange(2)
            if key in self.orders and self.chance.random() < 0.3:
                changes.append(removal(self.lsn, key, self.lsn))
                del self.orders[key]
            else:
                self.orders[key] = some_order(self.chance)
                changes.append(upsert(self.lsn, key, order_json(**self.orders[key])))
        self.store.cache.apply(changes, cursor(self.lsn))

    def check(self, store: Store) -> None:
        for sort in SORTS:
            query = OrderQuery(open_only=self.chance.random() < 0.5, sort=sort, descending=self.chance.random() < 0.5)
            wanted = {
                key: order for key, order in self.orders.items() if not query.open_only or order["state"] != "closed"
            }
            found = store.cache.order_sequence(query)
            assert found.is_complete
            assert len(found) == store.cache.order_count(query) == len(wanted)
            assert set(found[:]) == wanted.keys()
            keys = [key_of(wanted[key], sort) for key in found]
            assert keys == sorted(keys, reverse=query.descending), sort
            assert [found.find(key) for key in found[:5]] == list(range(len(found)))[:5]
        for word in ("积水", "塌", "没有"):
            truth = {key for key, order in self.orders.items() if word in order["title"]}
            assert set(store.cache.order_ids(OrderQuery(text=word, open_only=False), 1_000)) == truth


@pytest.mark.parametrize("seed", range(3))
def test_that_any_changes_end_in_what_plain_python_says(
    open_desk: Callable[[], Store], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image, "LEAST_ROWS", seed * 30)  # with and without an image of the board
    desk = Desk(open_desk(), seed)
    for turn in range(12):
        desk.change()
        desk.check(desk.store)
        if turn % 4 == 1:
            desk.store.cache.tend()
        if turn % 4 == 3:
            desk.store = open_desk()
            desk.check(desk.store)


def test_that_a_reader_who_was_away_long_sees_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(store, 4)
    desk.change()
    desk.check(store)
    for _ in range(board._REMEMBERED + 5):
        desk.change(4)
    desk.check(store)


def test_that_nothing_of_a_transaction_that_failed_is_seen(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.cache.apply([upsert(1, "o1", order_json(title="旧的", state="handling"))], cursor(1))

    def fail(*_args: object) -> None:
        raise LookupError("no")

    monkeypatch.setattr(texts.Texts, "flush", fail)
    with pytest.raises(LookupError, match="no"):
        store.cache.apply(
            [upsert(2, "o1", order_json(title="新的", state="new")), upsert(3, "o2", order_json())], cursor(3)
        )
    monkeypatch.undo()
    assert store.cache.order_ids(ALL, 9) == store.cache.order_ids(OrderQuery(text="旧的"), 9) == ["o1"]
    assert store.cache.order_count(OrderQuery(states=frozenset({"new"}))) == 0
    store.cache.apply([upsert(4, "o1", order_json(title="更新", state="newer"))], cursor(4))
    assert [group.value for group in store.cache.order_groups(ALL, "state")] == ["newer"]


def test_that_a_board_of_another_format_is_made_anew(
    open_desk: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(open_desk(), 5)
    for _ in range(5):
        desk.change()
    monkeypatch.setattr(order_shelves, "FORMAT", 99)
    monkeypatch.setattr(order_shelves, "_REBUILT", 7)
    desk.check(open_desk())
    monkeypatch.setattr(texts, "WAITING_CAP", 0)  # those that waited are indexed by whoever writes next
    desk.store = open_desk()
    desk.change()
    desk.check(desk.store)


def test_that_making_a_board_goes_on_where_it_was_cut_short(
    open_desk: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(open_desk(), 6)
    for _ in range(5):
        desk.change()
    with desk.store.cache._shelves.write() as connection:
        connection.exec_driver_sql("UPDATE state SET board = 0")
        connection.exec_driver_sql("DELETE FROM order_block_a WHERE n > 1")
    desk.check(open_desk())


def test_that_a_missing_block_leaves_a_gap_and_no_confusion(open_desk: Callable[[], Store]) -> None:
    store = open_desk()
    store.cache.apply([upsert(n, f"o{n}", order_json()) for n in range(1, 4 * PER_BLOCK)], cursor(100))
    store.cache.apply([removal(100 + n, f"o{n}", 100 + n) for n in range(PER_BLOCK, 2 * PER_BLOCK)], cursor(200))
    with store.cache._shelves.write() as connection:
        connection.exec_driver_sql("DELETE FROM order_block_a WHERE n = 1")
    left = [f"o{n}" for n in range(1, 4 * PER_BLOCK) if not PER_BLOCK <= n < 2 * PER_BLOCK]
    assert sorted(open_desk().cache.order_ids(ALL, 1_000)) == sorted(left)


def test_that_a_walk_gives_the_first_rows_and_knows_that_there_are_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SMALL", 0)
    monkeypatch.setattr(search, "WALK_S", 0.0)  # one stretch
    titles = ["积水" if n % 2 else "塌陷" for n in range(1_500)]
    store.cache.apply(
        [upsert(n + 1, f"o{n:04d}", order_json(title=title)) for n, title in enumerate(titles)], cursor(2_000)
    )
    truth = [f"o{n:04d}" for n, title in enumerate(titles) if title == "积水"]
    query = OrderQuery(text="积水")
    for _ in range(2):
        begun = store.cache.order_sequence(query, first=100)
        assert not begun.is_complete
        assert begun[:] == truth[: len(begun)]
        assert store.cache.order_ids(query, 100) == truth[:100]  # who asks for a page gets it whole
        while store.cache.tend():
            pass
    store.cache.apply([upsert(3_000, "o0001", order_json(title="塌陷")), removal(3_001, "o0003", 3_001)], cursor(3_001))
    assert store.cache.order_sequence(query)[:3] == truth[2:5]
    assert store.cache.order_sequence(query, first=100).is_complete  # all hits are known now, and kept


def test_that_words_that_are_rare_are_not_walked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SMALL", 0)
    orders = [upsert(n, f"o{n}", order_json(title="积水" if n == 777 else "塌陷")) for n in range(1, 1_001)]
    store.cache.apply(orders, cursor(1_000))
    found = store.cache.order_sequence(OrderQuery(text="积水"), first=10)
    assert (found[:], found.is_complete) == (["o777"], True)
