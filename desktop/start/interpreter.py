"""How the window shares one interpreter with the threads that compute beside it."""

import gc
import sys

_SWITCH_INTERVAL_S = 0.001
"""By default a computing thread keeps the interpreter for 5 ms; painting has to ask for it many times a frame."""


def share_fairly() -> None:
    """Let no thread keep the others from the interpreter for long; at the start."""
    sys.setswitchinterval(_SWITCH_INTERVAL_S)


def keep_what_is_loaded() -> None:
    """Take what has been loaded by now, which stays to the end, out of the garbage collector's rounds.

    A full round over it took 70 ms in which no other thread could run, and any thread that made many objects set one
    off.
    """
    gc.freeze()
