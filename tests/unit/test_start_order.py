"""What a start loads at which moment: the window first, on its own thread nothing that it can do without."""

import subprocess
import sys

_START = """
import gc, sys, threading
import desktop.app
from PySide6.QtCore import QCoreApplication, QObject
early = {"sqlalchemy", "sqlcipher3", "numpy", "pyqtgraph", "keyring", "httpx2", "vlc", "av", "xlsxwriter"}
assert not early & sys.modules.keys(), early & sys.modules.keys()
qt = QCoreApplication([])
loading = threading.Thread(target=desktop.app._load_desk)
loading.start()
loading.join()
assert "desktop.composition" in sys.modules
made = [type(thing) for thing in gc.get_objects() if isinstance(thing, QObject) and thing is not qt]
assert not made, made
"""


def test_that_the_window_waits_for_no_library_and_loading_the_desk_makes_no_objects_of_qt() -> None:
    """An object of Qt belongs to the thread it was made on, and the desk is loaded on another than the window's."""
    ended = subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
