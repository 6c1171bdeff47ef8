"""Words for the search index, and the officer's words as a query.

SQLite's own tokenizers either see a Chinese sentence as one word, or (trigram) find nothing shorter than three
characters, while two is the common length of a Chinese word. So texts are cut here: a run of Chinese characters becomes
its overlapping pairs and its last character alone, any other run of letters and digits is one word. A query of two or
more Chinese characters is then a phrase of pairs, which finds exactly the texts that contain it; one character is a
prefix of pairs; a word of another script is found by its beginning.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from operator import add

from pypinyin import Style, lazy_pinyin

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


def normalise(text: str) -> str:
    """Return `text` in one form: full-width digits as digits, lower case."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()


def index_words(texts: Iterable[str], codes: Iterable[str] = (), names: Iterable[str] = ()) -> str:
    """Return the words to index, separated by spaces.

    Args:
        texts: Prose; Chinese is found by any stretch, words of other scripts by their beginning.
        codes: Numbers and codes; found by any stretch of three or more characters as well.
        names: Names; found by the initials of their pinyin as well, from any character on.
    """
    words: list[str] = []
    _add_text(words, normalise("\n".join([text[:TEXT_LIMIT] for text in (*texts, *names)])))
    for code in codes:
        for run in _RUN.finditer(normalise(code[:_WORD_LIMIT])):
            words += _suffixes(run.group())
    for name in names:
        initials = pinyin_initials(name[:_WORD_LIMIT])
        words += _suffixes(initials)
    return " ".join(words)


def match_expression(text: str) -> str | None:
    """Return the FTS5 expression that finds texts holding each word of `text`, or None if it has no word in it.

    Every term is quoted here, so no character of the officer's is query syntax.
    """
    text = normalise(text[:QUERY_LIMIT].encode("utf-8", "replace").decode())  # half a character is no word
    terms: list[list[re.Match[str]]] = []
    for run in _RUN.finditer(text):
        if terms and terms[-1][-1].end() == run.start():
            terms[-1].append(run)
        else:
            terms.append([run])
    return " AND ".join(_phrase(term) for term in terms[:TERMS_LIMIT]) or None


@lru_cache(maxsize=4_096)
def pinyin_initials(name: str) -> str:
    """Return the initials of a name's pinyin in lower case: 灵岩南路 is ``lynl``; other letters and digits stay."""
    letters = lazy_pinyin(normalise(name), style=Style.FIRST_LETTER, errors="default")
    return "".join(c for c in "".join(letters) if c.isascii() and c.isalnum())


def _add_text(words: list[str], text: str) -> None:
    for dense, plain in _RUN.findall(text):
        if plain:
            words.append(plain[:_WORD_LIMIT])
        else:
            words += map(add, dense, dense[1:])
            words.append(dense[-1])


def _phrase(term: list[re.Match[str]]) -> str:
    words: list[str] = []
    for run in term[:-1]:
        _add_text(words, run.group())
    last = term[-1]
    if last.group(1) is not None and len(last.group()) > 1:
        dense = last.group()
        words += map(add, dense, dense[1:])
        return f'"{" ".join(words)}"'
    words.append(last.group()[:_WORD_LIMIT])
    return f'"{" ".join(words)}" *'


def _suffixes(code: str) -> list[str]:
    return [code[start:] for start in range(max(1, len(code) - _SUFFIXES_FROM + 1))] if code else []
