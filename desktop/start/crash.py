"""The last net under bugs: what nobody caught goes to the log and a crash file, never to the screen as a traceback."""

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop.redaction import redact

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashNet:
    """Installs the hooks of the interpreter, of threads and of Qt.

    Args:
        folder: Where crash files are written.
        tell: Called on whichever thread failed, with the path of the crash file; must not raise.
    """

    def __init__(self, folder: Path, tell: Callable[[Path], None]) -> None:
        self._folder = folder
        self._tell = tell
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._fatal = (folder / "fatal.txt").open("a", encoding="utf-8")

    def install(self) -> None:
        """Put the hooks in place; faults below Python are written to ``fatal.txt``."""
        faulthandler.enable(self._fatal)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_log_qt_message)

    def _on_exception(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        now = datetime.now(UTC)
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        text = redact("".join(traceback.format_exception(kind, fault, trace)))
        _log.critical("unexpected error, written to %s\n%s", path.name, text)
        try:
            path.write_text(f"{now.isoformat()}\n{text}", encoding="utf-8")
        except OSError as disk:
            _log.critical("the crash file could not be written: %s", disk)
        self._tell(path)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    _qt_log.log(_QT_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "default", message)
