"""Which orders hold the officer's words: by the index where they are few, by a walk where they are many.

The index tells all hits of a word at once, which for a word of every tenth order takes longer than a person should
wait. But then the list need not be known to its end: its first rows are found by looking at the orders one after the
other as they are sorted, for every tenth is one. How common words are is asked of a sample.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from storage.cache.board.board import Board, Mask, Numbers
from storage.cache.board.texts import Texts
from storage.words import Match

SMALL = 20_000
"""Of so few orders the index tells all hits at once whatever the word."""
COMMON_SHARE = 0.05
"""Words that so many of the orders hold are walked for."""
COSTLY_ENTRIES = 250_000
"""The index is read to its end for each word of a question: with more entries than that (some 30 ms) who is in haste
gets what a walk comes by first."""
WALK_S = 0.020
"""So long a walk goes on before it gives what it has."""
_SAMPLE = 1_000
_STRIDE = 256
_REMEMBERED = 8
_MENDED_CAP = 3_000


@dataclass(slots=True)
class _Hits:
    """What is known of one match at one version of the board; `known` is None when that is everything."""

    version: int
    found: Mask
    known: Mask | None


class Search:
    """The searches over one board; the newest answers are kept and mended as orders change. For reading threads."""

    def __init__(self, board: Board, texts: Texts) -> None:
        self._board = board
        self._texts = texts
        self._answers: OrderedDict[Match, _Hits] = OrderedDict()
        self._lock = threading.Lock()  # of the answers alone: a thread that finds all hits does not hold up another
        self._sample: list[str] = []
        self._sampled = 0

    def narrow(
        self, connection: Connection, match: Match, ranked: Numbers, first: int | None, *, hasty: bool
    ) -> tuple[Numbers, bool]:
        """Return those of `ranked` that hold the words, in the same order, and whether that is all of them.

        With `first`, it may be the first so many only. If `hasty`, and the words are common but rare among these
        orders, or costly to look up, it is what a short walk came by; else all of them are found then.
        """
        hits = self._hits(connection, match)
        if hits.known is not None and first is not None and self._is_walked_for(connection, match, hasty=hasty):
            numbers, is_complete = self._walk(connection, match, hits, ranked, first)
            if hasty or is_complete or len(numbers) >= first:
                return numbers, is_complete
        if hits.known is not None:
            hits = self._keep(match, self._all(connection, match))
        return ranked[_at(hits.found, ranked)], True

    def clear(self) -> None:
        """Forget everything: the orders are others now."""
        with self._lock:
            self._answers.clear()
        self._sample, self._sampled = [], 0

    def _hits(self, connection: Connection, match: Match) -> _Hits:
        """Return what is known by now."""
        with self._lock:
            kept = self._answers.get(match)
        if kept is not None:
            kept = self._mended(connection, match, kept)
        if kept is None:
            size = self._board.size
            kept = _Hits(self._board.version, np.zeros(size, bool), np.zeros(size, bool))
        return self._keep(match, kept)

    def _keep(self, match: Match, hits: _Hits) -> _Hits:
        with self._lock:
            self._answers[match] = hits
            self._answers.move_to_end(match)
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        return hits

    def _mended(self, connection: Connection, match: Match, hits: _Hits) -> _Hits | None:
        with self._board.lock:
            changed, version = self._board.changed_since(hits.version), self._board.version
            size, living = self._board.size, self._board.living()
            if changed is None or len(changed) > _MENDED_CAP:
                return None
            if not len(changed):
                return hits
            changed_living = changed[living[changed]]
        found, known = _grown(hits.found, size), None if hits.known is None else _grown(hits.known, size)
        found[changed] = False
        if known is not None:
            known[changed] = False
        else:
            found[self._texts.finds(connection, match, changed_living.tolist())] = True
        return _Hits(version, found, known)

    def _all(self, connection: Connection, match: Match) -> _Hits:
        with self._board.lock:  # what waits is taken down first: what is indexed meanwhile is then merely known twice
            waiting, size, version = self._texts.waiting_numbers(), self._board.size, self._board.version
        found = np.zeros(size, bool)
        numbers = self._texts.hits(connection, match)
        found[numbers[numbers < size]] = True
        found[waiting] = False
        found[self._texts.finds(connection, match, waiting)] = True
        return _Hits(version, found, None)

    def _walk(
        self, connection: Connection, match: Match, hits: _Hits, ranked: Numbers, first: int
    ) -> tuple[Numbers, bool]:
        until = time.monotonic() + WALK_S
        ranked = ranked[ranked < len(hits.found)]
        known = np.ones(len(hits.found), bool) if hits.known is None else hits.known
        parts: list[npt.NDArray[np.int32]] = []
        count = place = 0
        while place < len(ranked) and count < first and (time.monotonic() < until or not place):
            stretch = ranked[place : place + _STRIDE]
            unknown = stretch[~known[stretch]]
            if len(unknown):
                hits.found[self._texts.finds(connection, match, unknown.tolist())] = True
                known[unknown] = True
            parts.append(stretch[hits.found[stretch]])
            count += len(parts[-1])
            place += len(stretch)
        return (np.concatenate(parts) if parts else ranked[:0]), place >= len(ranked)

    def _is_walked_for(self, connection: Connection, match: Match, *, hasty: bool) -> bool:
        if self._board.size < SMALL:
            return False
        sample = self.sample(connection)
        if sum(map(match.finds, sample)) > COMMON_SHARE * len(sample):
            return True
        return hasty and self._entries(match, sample) > COSTLY_ENTRIES

    def _entries(self, match: Match, sample: Sequence[str]) -> float:
        """Return about how many entries the index has of all words of a question."""
        padded = [f" {words} " for words in sample]
        found = 0
        for phrase in match.phrases:
            words = [f" {word} " for word in phrase.split()]
            if not phrase.endswith(" "):
                words[-1] = words[-1].rstrip()  # the last word may go on
            found += sum(word in text for word in words for text in padded)
        return found / max(1, len(sample)) * self._board.size

    def sample(self, connection: Connection) -> Sequence[str]:
        """Return the words of some orders; read once, and again when there are many more orders."""
        if self._board.size > 2 * self._sampled:
            with self._board.lock:
                living = np.flatnonzero(self._board.living())
                self._sampled = self._board.size
            some = living[:: max(1, len(living) // _SAMPLE)]
            self._sample = self._texts.words_in(connection, some.tolist())
        return self._sample


def _grown(mask: Mask, size: int) -> Mask:
    grown = np.zeros(max(size, len(mask)), bool)
    grown[: len(mask)] = mask
    return grown


def _at(mask: Mask, numbers: Numbers) -> Mask:
    """Return the mask at these numbers; those that came after it was made are not in it."""
    if len(numbers) and int(numbers.max()) >= len(mask):
        mask = _grown(mask, int(numbers.max()) + 1)
    return mask[numbers]
