"""What a verb leaves on an order besides the state: who was asked, what was granted, where it was merged into."""

from collections.abc import Mapping
from typing import Any

from desktop.domain.reviews import NO_NEED, extensions, next_level, waiting

_ENDS_OF_WORK = frozenset(
    {"report_back", "return", "transfer", "reopen", "merge", "void", "return_approve", "return_deny", "dispatch"}
)
"""Verbs after which a request for more time is about nothing any more."""


def born(args: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    """Return a new order as a person reports it: what the arguments say, opened when the line says."""
    plain = ("title", "description", "source", "module", "urgency")
    order: dict[str, Any] = {name: str(args.get(name) or "") for name in plain}
    order["source"] = order["source"] or "desk"
    order["urgency"] = order["urgency"] or "normal"
    for name in ("place", "caller"):
        if isinstance(args.get(name), Mapping):
            order[name] = dict(args[name])
    return {**order, "opened_at": line.get("at", "")}


def leave_marks(  # noqa: C901, PLR0912 - one case for each verb that leaves something
    before: Mapping[str, Any], after: dict[str, Any], verb: str, args: Mapping[str, Any], line: Mapping[str, Any]
) -> None:
    """Write into `after`, which is the caller's own copy, what `verb` changes on `before` besides the state."""
    at, by = line.get("at", ""), line.get("actor", "")
    if verb in _ENDS_OF_WORK:
        after.pop("extension", None)
    match verb:
        case "dispatch" | "transfer":
            if args.get("department"):
                after["lead_department"] = args["department"]
        case "supervise":
            after["supervised"] = {"by": by, "due": args.get("due", ""), "text": args.get("text", "")}
        case "suspend":
            after["suspended_until"] = args.get("until", "")
        case "resume":
            after["suspended_until"] = ""
        case "return":
            if args.get("reason_code") == NO_NEED:
                after["return_review"] = {"reason": args.get("text", ""), "asked_by": by, "asked_at": at}
        case "return_approve" | "return_deny":
            after.pop("return_review", None)
        case "extend_ask":
            asked = {"until": args.get("until", ""), "reason": args.get("reason", "")}
            after["extension"] = {**asked, "asked_by": by, "asked_at": at}
        case "extend_review" | "return_review":
            _review(after, "extension" if verb == "extend_review" else "return_review", line)
        case "extend":
            _grant(after, args, line)
        case "extend_approve":
            _grant(after, waiting(after, "extension"), line)
        case "extend_deny":
            after.pop("extension", None)
        case "escalate":
            after["level"] = next_level(after) or after.get("level", "")
        case "call_back":
            after["satisfaction"] = args.get("satisfaction", "")
        case "reopen":
            after["satisfaction"] = ""
            after["extensions"] = []
        case "merge":
            after["merged"] = {"into": args.get("into", ""), "state": before.get("state", ""), "by": by, "at": at}
        case "unmerge":
            _separate(after)
        case "attach":
            _attach(after, args, line)


def _review(after: dict[str, Any], name: str, line: Mapping[str, Any]) -> None:
    request = waiting(after, name)
    if request:
        after[name] = {**request, "reviewer": line.get("officer", ""), "reviewed_by": line.get("actor", "")}


def _separate(after: dict[str, Any]) -> None:
    """Give a merged order back the state it had."""
    merged = after.pop("merged", None)
    if isinstance(merged, Mapping) and isinstance(merged.get("state"), str) and merged["state"]:
        after["state"] = merged["state"]


def _attach(after: dict[str, Any], args: Mapping[str, Any], line: Mapping[str, Any]) -> None:
    """Name a file; the same content once only."""
    kept = after.get("attachments")
    others = [each for each in kept if isinstance(each, Mapping)] if isinstance(kept, list) else []
    if any(each.get("sha256") == args.get("sha256") for each in others):
        return
    size = args.get("size")
    fresh = {
        "sha256": str(args.get("sha256", "")),
        "name": str(args.get("name", "")),
        "media_type": str(args.get("media_type", "")),
        "size": size if isinstance(size, int) else 0,
        "by": line.get("actor", ""),
        "at": line.get("at", ""),
        "op_id": line.get("op_id", ""),
    }
    after["attachments"] = [*others, fresh]


def _grant(after: dict[str, Any], asked: Mapping[str, Any], line: Mapping[str, Any]) -> None:
    """Write an extension down; the clock itself is the centre's to move."""
    granted = {
        "until": asked.get("until", ""),
        "reason": asked.get("reason", ""),
        "before": after.get("due", ""),
        "by": line.get("actor", ""),
        "at": line.get("at", ""),
    }
    after["extensions"] = [*extensions(after), granted]
    after.pop("extension", None)
