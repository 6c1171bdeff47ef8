"""Faults as data: a code, its parameters, whether trying again may help. Words live in `presenters/faults/`."""

from collections.abc import Mapping
from types import MappingProxyType


class OpsError(Exception):
    """A known fault of the world around the program; anything else that is raised is a bug of ours.

    Attributes:
        code: Stable dotted name, for example ``"link.unreachable"``; every code has words in both languages.
        params: Values for the words' placeholders; never personal data, never a secret.
        retryable: Whether the same call may succeed later without anybody changing anything.
        detail: For the log and the support bundle, not for the screen.
    """

    def __init__(
        self,
        code: str,
        params: Mapping[str, str | int | float] | None = None,
        *,
        retryable: bool = False,
        detail: str = "",
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.params: Mapping[str, str | int | float] = MappingProxyType(dict(params or {}))
        self.retryable = retryable
        self.detail = detail
