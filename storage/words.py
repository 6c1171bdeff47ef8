"""Words for the search index, and the officer's words as a query.

SQLite's own tokenizers either see a Chinese sentence as one word, or (trigram) find nothing shorter than three
characters, while two is the common length of a Chinese word. So texts are cut here: a run of Chinese characters becomes
its overlapping pairs and its last character alone, any other run of letters and digits is one word. A query of two or
more Chinese characters is then a phrase of pairs, which finds exactly the texts that contain it; one character is a
prefix of pairs; a word of another script is found by its beginning.

Cutting is most of the work of filling a cache, so it is done for many texts at once, on an array of their characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

TEXT_LIMIT = 4_000
"""Characters of one text that are indexed."""
QUERY_LIMIT = 200
"""Characters of a query that are looked at."""
TERMS_LIMIT = 8
"""Words of a query that are looked at."""
_WORD_LIMIT = 64
_SUFFIXES_FROM = 3  # characters: shorter ends of a number are found by nobody

# Scripts written without spaces: kana, Han with its extensions and compatibility forms; and hangul, by the syllable.
_DENSE = r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"([{_DENSE}]+)|([^\W_{_DENSE}]+)")
_NAME = re.compile(rf"[{_DENSE}]{{2,}}")

_BETWEEN = "\x1e"  # texts that are cut together; no text of the centre keeps it
_SILENT, _DENSE_CHARACTER, _PLAIN_CHARACTER = 1, 2, 3
_CLASS = np.uint8(3)  # mask
_ENTANGLED = np.uint8(4)  # flag: its normal form is of another length, or depends on its neighbours
_classes: npt.NDArray[np.uint8] = np.zeros(0x110000, np.uint8)
"""What a character is, by code point; 0 where it was not met yet."""
_folded: npt.NDArray[np.uint32] = np.zeros(0x110000, np.uint32)
"""Its normal form, where that is one character: ten times faster than `unicodedata` on whole texts."""


def normalise(text: str) -> str:
    """Return `text` in one form: full-width digits as digits, lower case."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()


class Searched(NamedTuple):
    """What an object is found by.

    Attributes:
        texts: Prose; Chinese is found by any stretch, words of other scripts by their beginning.
        codes: Numbers and codes; found by any stretch of three or more characters as well.
        names: Names; found by the initials of their pinyin, from any character on, and by nothing else.
        places: Addresses; each stretch of Chinese in them is a name.
    """

    texts: tuple[str, ...]
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def index_words(objects: Sequence[Searched]) -> list[str]:
    """Return the words to index of each object, separated by spaces."""
    if not objects:
        return []
    prose = _cut(["\n".join([text[:TEXT_LIMIT] for text in searched.texts]) for searched in objects])
    return [
        " ".join((cut, *map(_code_words, searched.codes), *map(_name_words, _names(searched))))
        for cut, searched in zip(prose, objects, strict=True)
    ]


class Match(NamedTuple):
    """An officer's words, for the index and for texts that are not in it.

    Attributes:
        phrases: What must occur, each in words with a space before and behind; where the last word may go on, none
            behind.
    """

    phrases: tuple[str, ...]

    @property
    def expression(self) -> str:
        """The FTS5 expression. Every term is quoted here, so no character of the officer's is query syntax."""
        return " AND ".join(
            f'"{phrase.strip()}"' if phrase.endswith(" ") else f'"{phrase.strip()}" *' for phrase in self.phrases
        )

    def finds(self, words: str) -> bool:
        """Say whether the words of an object, as `index_words` gives them, are found: as the index would."""
        padded = f" {words} "
        return all(phrase in padded for phrase in self.phrases)


def match_expression(text: str) -> str | None:
    """Return the FTS5 expression that finds texts holding each word of `text`, or None if it has no word in it."""
    match = match_of(text)
    return match.expression if match else None


def match_of(text: str) -> Match | None:
    """Return what finds texts holding each word of `text`, or None if it has no word in it."""
    text = normalise(text[:QUERY_LIMIT].encode("utf-8", "replace").decode())  # half a character is no word
    terms: list[list[re.Match[str]]] = []
    for run in _RUN.finditer(text):
        if terms and terms[-1][-1].end() == run.start():
            terms[-1].append(run)
        else:
            terms.append([run])
    return Match(tuple(dict.fromkeys(map(_phrase, terms[:TERMS_LIMIT])))) if terms else None


def pinyin_initials(name: str) -> str:
    """Return the initials of a name's pinyin in lower case: 灵岩南路 is ``lynl``; other letters and digits stay."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 0.2 s of imports that the first rows do not wait for

    letters = lazy_pinyin(normalise(name), style=Style.FIRST_LETTER, errors="default")
    return "".join(c for c in "".join(letters) if c.isascii() and c.isalnum())


def _cut(texts: list[str]) -> list[str]:
    """Return the words of each text, as the runs of `_RUN` give them."""
    characters, kinds = _read([text.replace(_BETWEEN, " ") for text in texts])
    dense, plain = kinds == _DENSE_CHARACTER, kinds == _PLAIN_CHARACTER
    goes_on = np.zeros(len(characters), bool)  # the next character is of the same run
    goes_on[:-1] = kinds[:-1] == kinds[1:]
    # Each character gives up to three: itself, the second of its pair, and the space after the word; 0 is nothing.
    given = np.zeros((len(characters), 3), np.uint32)
    given[:, 0] = np.where(dense | (plain & _within_limit(plain)), characters, 0)
    given[:-1, 1] = np.where(dense[:-1] & goes_on[:-1], characters[1:], 0)
    given[:, 2] = np.where(dense | (plain & ~goes_on), ord(" "), 0)
    given[characters == ord(_BETWEEN), 0] = ord(_BETWEEN)
    words = given[given != 0].tobytes().decode("utf-32-le")
    return [each.rstrip() for each in words.split(_BETWEEN)]


def _read(texts: list[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """Return the characters of all texts in normal form, with `_BETWEEN` between the texts, and what each is."""
    characters, classes = _looked_up(_BETWEEN.join(texts))
    entangled = classes & _ENTANGLED != 0
    if entangled.any():
        for number in set((characters == ord(_BETWEEN)).cumsum()[entangled].tolist()):
            texts[number] = normalise(texts[number])
        characters, classes = _looked_up(_BETWEEN.join(texts))
    return _folded[characters], classes & _CLASS


def _looked_up(joined: str) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    characters = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
    classes = _classes[characters]
    if not classes.all():
        for code in set(characters[classes == 0].tolist()):
            _learn(code)
        classes = _classes[characters]
    return characters, classes


def _learn(code: int) -> None:
    character = chr(code)
    form = normalise(character)
    # Marks and the vowels of hangul may join the character before them; a sigma is written otherwise at a word's end.
    joins = unicodedata.category(character).startswith("M") or "\u1100" <= character <= "\u11ff" or form == "\u03c3"
    if len(form) != 1 or joins:
        form, flag = character, int(_ENTANGLED)
    else:
        flag = 0
    run = _RUN.match(form)
    _folded[code] = ord(form)
    _classes[code] = flag | (_SILENT if run is None else _PLAIN_CHARACTER if run.group(2) else _DENSE_CHARACTER)


def _within_limit(plain: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    places = np.arange(len(plain))
    last_other: npt.NDArray[np.int_] = np.maximum.accumulate(np.where(plain, -1, places))
    within: npt.NDArray[np.bool_] = places - last_other <= _WORD_LIMIT
    return within


def _code_words(code: str) -> str:
    code = normalise(code[:_WORD_LIMIT])
    runs = [code] if code.isalnum() and code.isascii() else [run.group() for run in _RUN.finditer(code)]
    return " ".join([word for run in runs for word in _suffixes(run)])


def _names(searched: Searched) -> Iterable[str]:
    """Return the names, those in addresses without the numbers: the stretches of two or more Chinese characters."""
    return (*searched.names, *(run for place in searched.places for run in _NAME.findall(place)))


@lru_cache(maxsize=4_096)
def _name_words(name: str) -> str:
    return " ".join(_suffixes(pinyin_initials(name[:_WORD_LIMIT])))


def _add_words(words: list[str], text: str) -> None:
    for dense, plain in _RUN.findall(text):
        if plain:
            words.append(plain[:_WORD_LIMIT])
        else:
            words += map(add, dense, dense[1:])
            words.append(dense[-1])


def _phrase(term: list[re.Match[str]]) -> str:
    words: list[str] = []
    for run in term[:-1]:
        _add_words(words, run.group())
    last = term[-1]
    if last.group(1) is not None and len(last.group()) > 1:
        dense = last.group()
        words += map(add, dense, dense[1:])
        return f" {' '.join(words)} "
    words.append(last.group()[:_WORD_LIMIT])
    return f" {' '.join(words)}"


def _suffixes(code: str) -> list[str]:
    return [code[start:] for start in range(max(1, len(code) - _SUFFIXES_FROM + 1))] if code else []
