"""Who gives way on a machine that is full: the players, and not the thread that says that the host lives."""

import os
import sys
import threading

import pytest

from desktop.video.priority import give_way


@pytest.mark.skipif(sys.platform != "linux", reason="threads have a rank of their own on Linux alone")
def test_that_a_player_gives_way_and_its_process_keeps_its_rank() -> None:
    before = os.getpriority(os.PRIO_PROCESS, os.getpid())
    ranks: list[int] = []

    def note_rank() -> None:
        ranks.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    def play() -> None:
        give_way()
        note_rank()
        give_way()
        note_rank()
        decoder = threading.Thread(target=note_rank)
        decoder.start()
        decoder.join()

    player = threading.Thread(target=play)
    player.start()
    player.join()
    assert ranks == [min(19, before + 10)] * 3
    assert os.getpriority(os.PRIO_PROCESS, os.getpid()) == before
