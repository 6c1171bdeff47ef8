"""What all wire types of the central API share."""

from __future__ import annotations

from typing import Any

import msgspec

Json = dict[str, Any]


class Wire(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of all wire types: immutable, defaults left out when written."""


class Target(Wire, frozen=True):
    """The object an operation is about."""

    kind: str
    id: str
