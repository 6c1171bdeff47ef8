"""Which pure rules govern which kind of object."""

from collections.abc import Mapping
from typing import Any, Protocol

from desktop.domain import alerting, leases, workflow
from desktop.domain.workflow import Verdict


class Rules(Protocol):
    """The questions that centre, overlay and buttons ask."""

    def judge(self, state: str, verb: str, roles: list[str], /) -> Verdict:
        """Whether `verb` may be used now."""

    def hindrance(self, base: Mapping[str, Any], verb: str, actor: str, /) -> str:
        """The code of what in the object itself closes `verb` to the officer with the id `actor`, or ""."""

    def missing_arguments(self, verb: str, args: Mapping[str, Any], /) -> tuple[str, ...]:
        """Which arguments are missing."""

    def apply(
        self, base: Mapping[str, Any], verb: str, args: Mapping[str, Any], line: Mapping[str, Any], /
    ) -> dict[str, Any]:
        """What the object is afterwards."""


RULES_OF: Mapping[str, Rules] = {"work_order": workflow, "alert": alerting, "camera": leases}
"""Kinds whose objects can be acted on."""
