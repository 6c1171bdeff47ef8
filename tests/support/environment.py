"""One environment for every machine: no screen, no personal folders, one time zone, one scale."""

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path

_FIXED = {
    "QT_SCALE_FACTOR": "1",
    "QT_FONT_DPI": "96",
    "QT_ACCESSIBILITY": "0",
    "LC_ALL": "C.UTF-8",
    "TZ": "Asia/Shanghai",
}
# A test must meet neither the developer's keyring nor a keyring class named by the environment.
_FORGOTTEN = ("DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME")
_PERSONAL = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


def fix() -> None:
    """Set the variables of this process; the programs it starts inherit them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.update(_FIXED)
    for name in _FORGOTTEN:
        os.environ.pop(name, None)
    profile = Path(tempfile.mkdtemp(prefix="watchfloor-tests-"))
    atexit.register(shutil.rmtree, profile, ignore_errors=True)
    for name in _PERSONAL:
        folder = profile / name.removeprefix("XDG_").removesuffix("_HOME").lower()
        folder.mkdir()
        os.environ[name] = str(folder)
    time.tzset()
