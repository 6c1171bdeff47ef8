"""Questions that a background thread has for the officer: asked there, shown here, answered once."""

import threading
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from storage.keys import PassphraseRequest  # which the window stands before, see `Application`


class PassphraseQuestion(QObject):
    """Lets the thread that opens the databases ask for a passphrase.

    `ask` blocks its caller (never the GUI thread) until `answer` or `close` is called.

    Signals:
        asked(PassphraseRequest): show the question.
    """

    asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._answer: Future[str | None] | None = None
        self._closed = False

    def ask(self, request: "PassphraseRequest") -> str | None:
        """Show `request` and wait for the officer; None when the program is closing."""
        with self._lock:
            if self._closed:
                return None
            answer: Future[str | None] = Future()
            self._answer = answer
        self.asked.emit(request)
        try:
            return answer.result()
        except CancelledError:
            return None

    def answer(self, passphrase: str) -> None:
        """Give the officer's answer; without a question it does nothing."""
        with self._lock:
            answer, self._answer = self._answer, None
        if answer is not None:
            answer.set_result(passphrase)

    def close(self) -> None:
        """Release a waiting thread and refuse further questions."""
        with self._lock:
            answer, self._answer = self._answer, None
            self._closed = True
        if answer is not None:
            answer.cancel()


class FixedPassphrase:
    """Answers the question without a person: from a file, or with words made up for one run."""

    def __init__(self, passphrase: str) -> None:
        self._passphrase = passphrase
        self._given = False

    @staticmethod
    def from_file(path: Path) -> "FixedPassphrase":
        """Take the first line of a file.

        Raises:
            OSError: the file cannot be read.
        """
        lines = path.read_text(encoding="utf-8").splitlines()
        return FixedPassphrase(lines[0].strip() if lines else "")

    def ask(self, request: "PassphraseRequest") -> str | None:  # noqa: ARG002 - the answer is the same for all
        """Answer once; a second question means that the first answer was wrong, and nobody knows a better one."""
        if self._given:
            return None
        self._given = True
        return self._passphrase
