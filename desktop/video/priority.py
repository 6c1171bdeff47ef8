"""The rank of a video host among the processes of its machine."""

import os
import sys

import psutil

_STEPS = 10


def give_way() -> None:
    """Let the window go first when all cores are busy, and everything else that an officer waits for.

    A picture that comes some milliseconds late is not noticed; a window that answers late is. On cores that are not
    full this changes nothing.
    """
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_STEPS)
