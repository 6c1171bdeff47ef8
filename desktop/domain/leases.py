"""Who may move a camera: a lease with one holder at a time, and the views that are kept by name (预置位).

The same functions as `workflow`, so that centre, overlay and buttons treat cameras like orders. A lease is a field of
the camera's record, so every seat sees who holds it. It has no end in time here: the centre takes it away from who does
not use it, and says so with a change of the record.
"""

from collections.abc import Collection, Mapping
from typing import Any

from desktop.domain.workflow import ALLOWED, Role, Verdict

CLAIM = "claim"
FORCE = "force"
RELEASE = "release"
SAVE_PRESET = "save_preset"
REMOVE_PRESET = "remove_preset"
LAPSE = "lapse"
"""The centre's own line for a lease that nobody used; no verb of an officer."""

IDLE_S = 60
"""After so many seconds without a command a lease lapses, unless the centre says otherwise."""

PRESETS_CAP = 64
HISTORY_CAP = 50

_MOVERS = frozenset(Role) - {Role.OBSERVER, Role.HANDLING_UNIT}
_CHIEF = frozenset({Role.DUTY_CHIEF})
_ROLES: Mapping[str, frozenset[Role]] = {
    CLAIM: _MOVERS,
    RELEASE: _MOVERS,
    FORCE: _CHIEF,
    SAVE_PRESET: _MOVERS,
    REMOVE_PRESET: _CHIEF,
}
_NEEDS: Mapping[str, tuple[str, ...]] = {
    FORCE: ("reason",),
    SAVE_PRESET: ("preset", "name", "pan", "tilt", "zoom"),
    REMOVE_PRESET: ("preset",),
}
_REACH = {"pan": (-1.0, 1.0), "tilt": (-1.0, 1.0), "zoom": (1.0, 100.0)}


def judge(_state: str, verb: str, roles: Collection[str]) -> Verdict:
    """Say whether an officer with `roles` may use `verb`; codes as in `workflow.judge`. A camera has no states."""
    if verb not in _ROLES:
        return Verdict(allowed=False, code="workflow.unknown_verb")
    if not _ROLES[verb].intersection(roles):
        return Verdict(allowed=False, code="workflow.role")
    return ALLOWED


def lease_of(camera: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the lease on a camera, or an empty one."""
    lease = camera.get("lease")
    return lease if isinstance(lease, Mapping) else {}


def presets_of(camera: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the views that are kept of a camera."""
    presets = camera.get("presets")
    return [dict(preset) for preset in presets if isinstance(preset, Mapping)] if isinstance(presets, list) else []


def hindrance(camera: Mapping[str, Any], verb: str, actor: str) -> str:
    """Return the code of what in `camera` keeps the officer `actor` from `verb`, or "".

    Codes: ``camera.fixed``, ``camera.taken``, ``camera.not_held``, ``camera.presets_full``.
    """
    holder = lease_of(camera).get("officer", "")
    if not camera.get("ptz"):
        return "camera.fixed"
    if verb == CLAIM and holder not in ("", actor):
        return "camera.taken"
    if verb == RELEASE and holder != actor:
        return "camera.not_held"
    if verb == SAVE_PRESET and len(presets_of(camera)) >= PRESETS_CAP:
        return "camera.presets_full"
    return ""


def missing_arguments(verb: str, args: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the arguments that `verb` needs and `args` leaves empty, or gives as what they cannot be."""
    return tuple(name for name in _NEEDS.get(verb, ()) if not _given(name, args.get(name)))


def apply(camera: Mapping[str, Any], verb: str, args: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    """Return `camera` after `verb`, with `line` added to its history, of which the newest 50 are kept."""
    after = dict(camera)
    match verb:
        case "claim" | "force":
            after["lease"] = {
                "id": line.get("op_id", ""),
                "officer": line.get("officer", ""),
                "by": line.get("actor", ""),
                "at": line.get("at", ""),
                "idle_s": lease_of(camera).get("idle_s", IDLE_S),
            }
        case "release" | "lapse":
            after["lease"] = None
        case "save_preset":
            kept: dict[str, Any] = {"id": str(args.get("preset", "")), "name": str(args.get("name", ""))}
            kept |= {name: args.get(name) for name in _REACH}
            others = [preset for preset in presets_of(camera) if preset.get("id") != kept["id"]]
            after["presets"] = [*others, kept]
        case "remove_preset":
            after["presets"] = [preset for preset in presets_of(camera) if preset.get("id") != args.get("preset")]
    told = [*(after.get("history") or ()), {**line, "verb": verb}]
    after["history"] = told[-HISTORY_CAP:]
    return after


def _given(name: str, value: object) -> bool:
    if name in _REACH:
        low, high = _REACH[name]
        return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    return bool(str(value or "").strip())
