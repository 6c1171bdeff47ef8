"""Run as a process of its own: from its birth to the first rows of a million cached orders; prints milliseconds.

With ``--kill`` it does not stop cleanly afterwards, so that the next one finds what a kill leaves.
"""

import os
import sys
import time

import psutil
from PySide6.QtWidgets import QApplication

from desktop.start.interpreter import share_fairly
from tests.bench import bench_queue
from widgets.theme import Theme, apply_theme


def main() -> None:
    """Open the store and show the queue, as the program does once it has its key."""
    app = QApplication(sys.argv[:1])
    share_fairly()
    apply_theme(app, Theme.load("dark"))
    seat = bench_queue.Seat()
    try:
        bench_queue.wait(lambda: seat.panel.model.total() > 0 and seat.has_rows())
        print(round((time.time() - psutil.Process().create_time()) * 1000), flush=True)
        if "--kill" in sys.argv:
            os._exit(0)
    finally:
        seat.close()


if __name__ == "__main__":
    main()
