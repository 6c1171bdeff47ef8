from desktop.events import LinkState, SyncChanged
from desktop.sync.status import StatusBoard


class Board:
    def __init__(self) -> None:
        self.now = 0.0
        self.posted: list[SyncChanged] = []
        self.board = StatusBoard(self.posted.append, lambda: self.now)


def test_that_a_change_of_state_is_posted_at_once() -> None:
    desk = Board()
    desk.board.change(link=LinkState.LIVE)
    desk.board.change(link=LinkState.OFFLINE, fault="link.timeout")

    assert [(event.status.link, event.status.fault) for event in desk.posted] == [
        (LinkState.LIVE, ""),
        (LinkState.OFFLINE, "link.timeout"),
    ]


def test_that_numbers_are_posted_ten_times_a_second_at_most_and_the_last_one_always() -> None:
    desk = Board()
    desk.board.change(link=LinkState.LIVE)
    for lsn in range(1000):
        desk.now += 0.001
        desk.board.change(cursor_lsn=lsn)

    assert len(desk.posted) <= 11
    wait_s = desk.board.flush()
    desk.now += wait_s or 0.0
    assert desk.board.flush() is None
    assert desk.posted[-1].status.cursor_lsn == 999


def test_that_nothing_is_posted_when_nothing_changed() -> None:
    desk = Board()
    desk.board.change(link=LinkState.LIVE)
    desk.now += 1
    desk.board.change(link=LinkState.LIVE)

    assert desk.board.flush() is None
    assert len(desk.posted) == 1
