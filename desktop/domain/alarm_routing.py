"""Which seat's wall an event is brought to: by the officer's roles, or as the seat was told. Pure; a table of data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec

from desktop.domain.workflow import Role

ALERT, INCIDENT, ORDER = "alert", "incident", "work_order"
KINDS = (ALERT, INCIDENT, ORDER)
LEVEL_RANKS: Mapping[str, int] = {"red": 0, "orange": 1, "yellow": 2, "blue": 3}
URGENCY_RANKS: Mapping[str, int] = {"critical": 0, "urgent": 1}
_LEAST = 3

BY_ROLE: Mapping[str, Mapping[str, int]] = {
    Role.DUTY_CHIEF: {ALERT: 1, INCIDENT: 3, ORDER: 0},
    Role.PLATFORM_CLERK: {ALERT: 3, INCIDENT: 1},
    Role.EMERGENCY: {ALERT: 1, INCIDENT: 3},
    Role.GRID_CLERK: {INCIDENT: 1, ORDER: 1},
    Role.HOTLINE_CLERK: {ORDER: 0},
    Role.LEADER: {ALERT: 0, INCIDENT: 1},
}
"""For each role the kinds it is shown, and the least grave rank of each; a role that is not named is shown none."""

ROLE, SEAT, NONE = "role", "seat", "none"
MODES = (ROLE, SEAT, NONE)


class Routing(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a seat takes, as it is kept.

    Attributes:
        mode: ``role`` follows the officer's roles, ``seat`` the table below, ``none`` leaves this seat's wall alone.
        least: In mode ``seat``: kind to the least grave rank that is taken.
    """

    mode: str = ROLE
    least: dict[str, int] = msgspec.field(default_factory=lambda: dict.fromkeys(KINDS, 1))


@dataclass(frozen=True, slots=True)
class Graded:
    """An event as routing sees it: its kind and how grave it is, 0 gravest; None for what is never urgent."""

    kind: str
    rank: int | None


def takes(routing: Routing, roles: Collection[str], event: Graded) -> bool:
    """Say whether an event is brought to this seat's wall."""
    if event.rank is None or routing.mode == NONE:
        return False
    if routing.mode == SEAT:
        return event.rank <= routing.least.get(event.kind, -1)
    return any(event.rank <= BY_ROLE.get(role, {}).get(event.kind, -1) for role in roles)


def level_rank(level: str) -> int:
    """Rank of a warning level; one that this program does not know is as grave as the least."""
    return LEVEL_RANKS.get(level, _LEAST)


def read_routing(setting: str | None) -> Routing:
    """Read what was kept; whatever cannot be read is the default, so that alarms are rather shown than not."""
    try:
        routing = msgspec.json.decode(setting or "{}", type=Routing)
    except msgspec.DecodeError:
        return Routing()
    return routing if routing.mode in MODES else Routing()


def write_routing(routing: Routing) -> str:
    """Write it to be kept."""
    return msgspec.json.encode(routing).decode()
