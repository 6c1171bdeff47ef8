"""Ties the life of a host process to the window's, so that no host is ever left behind."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent_pid: int) -> None:
    """Have the kernel kill this process when its parent is gone, however that ended.

    Linux only; elsewhere, and in addition, the end of the control pipe says the same. SIGKILL, because a host that
    hangs inside a library would not hear anything else, and it owns nothing that needs tidying (see `block`).
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:  # it died before the call
        os._exit(1)
