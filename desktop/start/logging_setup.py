"""Where log lines go: a rotating file in the data directory, and standard error."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop.redaction import RedactingFormatter

_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_FILE_BYTES = 10 * 1024 * 1024
_FILES_KEPT = 5


def log_to_stderr(level: int) -> None:
    """Send redacted lines of `level` and above to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(RedactingFormatter(_FORMAT))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    # These two tell every request and every statement at INFO.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def log_to_file(folder: Path) -> Path:
    """Add the rotating log file (5 x 10 MiB) in `folder`; returns its path.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "watchfloor.log"
    handler = RotatingFileHandler(path, maxBytes=_FILE_BYTES, backupCount=_FILES_KEPT, encoding="utf-8")
    handler.setFormatter(RedactingFormatter(_FORMAT))
    logging.getLogger().addHandler(handler)
    return path
