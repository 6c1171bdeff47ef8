"""The rank of a video host's players among all that wants to run on its machine."""

import os
import sys
import threading

import psutil

_STEPS, _LAST = 10, 19


def give_way() -> None:
    """Let the calling thread, and those that it starts, stand behind the window when all cores are busy.

    A picture that comes some milliseconds late is not noticed; a window that answers late is. On cores that are not
    full this changes nothing. The host's control thread keeps its rank: else a host that only waits for its turn would
    be silent for so long that it is taken for one that hangs. Where threads have no rank of their own (Windows) it is
    the whole process that gives way.
    """
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    elif sys.platform == "linux":
        rank = os.getpriority(os.PRIO_PROCESS, os.getpid()) + _STEPS
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), min(_LAST, rank))
