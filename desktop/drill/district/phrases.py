"""Sentences with slots, and the catalogue of what happens in the district.

A slot in braces is a choice (``{今早|昨晚}``), a number (``{2-9}``) or a name of the context (``{address}``).
"""

import random
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

_SLOT = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"(\d+)-(\d+)")
_CATALOGUE = Path(__file__).with_name("catalogue.json")

_Part = str | range | tuple[str, ...] | bytes  # text, number, choice, name


class Phrase:
    """A parsed sentence."""

    def __init__(self, text: str) -> None:
        self._parts: list[_Part] = []
        for index, piece in enumerate(_SLOT.split(text)):
            if index % 2 == 0:
                self._parts.append(piece)
            elif "|" in piece:
                self._parts.append(tuple(piece.split("|")))
            elif number := _NUMBER.fullmatch(piece):
                self._parts.append(range(int(number[1]), int(number[2]) + 1))
            else:
                self._parts.append(piece.encode())

    @property
    def names(self) -> set[str]:
        """The names of the context that this sentence needs."""
        return {part.decode() for part in self._parts if isinstance(part, bytes)}

    def say(self, rng: random.Random, context: Mapping[str, str]) -> str:
        """Fill the slots."""
        return "".join(
            [
                part
                if isinstance(part, str)
                else context[part.decode()]
                if isinstance(part, bytes)
                else str(part[int(rng.random() * len(part))])
                for part in self._parts
            ]
        )


class TopicText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of matter as the catalogue's file has it.

    Attributes:
        key: Stable name.
        module: Field of work.
        lead: Department that leads.
        category: 大类, 小类, 细类.
        where: Kinds of spots: street, crossing, house.
        weight: How common it is.
        sources: Weights of the ways it becomes known.
        urgency: Weights of normal, urgent, critical.
        limits_min: Minutes for accepting, dispatching, handling, verifying.
        titles: What the queue shows.
        descriptions: What was reported.
        results: What the department says when it is done.
        with_departments: Departments that cooperate.
    """

    key: str
    module: str
    lead: str
    category: tuple[str, str, str]
    where: list[str]
    weight: float
    sources: dict[str, float]
    urgency: tuple[float, float, float]
    limits_min: tuple[int, int, int, int]
    titles: list[str]
    descriptions: list[str]
    results: list[str]
    with_departments: list[str] = []


class Topic:
    """A kind of matter, ready to speak."""

    def __init__(self, text: TopicText) -> None:
        self.text = text
        self.titles = [Phrase(line) for line in text.titles]
        self.descriptions = [Phrase(line) for line in text.descriptions]
        self.results = [Phrase(line) for line in text.results]
        self.sources = list(text.sources)
        self.source_weights = list(text.sources.values())


@cache
def catalogue() -> tuple[Topic, ...]:
    """Return all topics."""
    return tuple(Topic(text) for text in msgspec.json.decode(_CATALOGUE.read_bytes(), type=list[TopicText]))
