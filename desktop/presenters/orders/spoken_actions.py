"""One line of words as an action on the chosen order: ``pq jgzx`` is 派遣 to 建管中心; shown before it is done."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from storage.words import normalise, pinyin_initials
from widgets.commandbar import CommandResult
from widgets.detail.order import ActionRequest, ActionSpec, Choice, FieldSpec, OrderDetail

translate = QCoreApplication.translate

_UNITS_SHOWN = 3
_SHORTEST_VERB = 2


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of the command bar, and what it asks for: a request that is complete, or None to begin its form."""

    result: CommandResult
    verb: str
    request: ActionRequest | None = None


def spoken_actions(text: str, order: OrderDetail | None) -> list[Spoken]:
    """Return what a line may mean for the order that is chosen: the verb, and what stands behind it."""
    first, _, rest = text.strip().partition(" ")
    wanted, rest = normalise(first), rest.strip()
    if order is None or not wanted:
        return []
    found = [spec for spec in order.actions if _is_meant(wanted, spec)]
    spoken: list[Spoken] = []
    for spec in sorted(found, key=_by_label):
        spoken += _lines(spec, rest, order)
    return spoken


def _lines(spec: ActionSpec, rest: str, order: OrderDetail) -> list[Spoken]:
    about = order.number or order.title
    if not spec.enabled:
        return [Spoken(_result(spec, f"verb/{spec.verb}", spec.label, spec.reason, spec.reason), spec.verb)]
    if len(spec.fields) == 1 and rest:
        field = spec.fields[0]
        return _chosen(spec, field, rest, order) if field.choices else [_written(spec, field, rest, order)]
    if not spec.fields and spec.verb != "attach":
        preview = translate("Commands", "Enter：{number} {verb}").format(number=about, verb=spec.label)
        request = ActionRequest(order.id, spec.verb, {})
        return [Spoken(_result(spec, f"verb/{spec.verb}", spec.label, order.title, preview), spec.verb, request)]
    preview = translate("Commands", "Enter：打开“{verb}”，{number}").format(number=about, verb=spec.label)
    return [Spoken(_result(spec, f"verb/{spec.verb}", spec.label, order.title, preview), spec.verb)]


def _chosen(spec: ActionSpec, field: FieldSpec, rest: str, order: OrderDetail) -> list[Spoken]:
    wanted = normalise(rest)
    fitting = [choice for choice in field.choices if wanted in normalise(f"{choice.label} {choice.search}")]
    return [_to(spec, field, choice, order) for choice in fitting[:_UNITS_SHOWN]]


def _to(spec: ActionSpec, field: FieldSpec, choice: Choice, order: OrderDetail) -> Spoken:
    words = translate("Commands", "{verb} → {choice}").format(verb=spec.label, choice=choice.label)
    preview = translate("Commands", "Enter：{number} {words}").format(number=order.number, words=words)
    result = _result(spec, f"verb/{spec.verb}/{choice.id}", words, choice.hint or order.title, preview)
    return Spoken(result, spec.verb, ActionRequest(order.id, spec.verb, {field.name: choice.id}))


def _written(spec: ActionSpec, field: FieldSpec, rest: str, order: OrderDetail) -> Spoken:
    words = translate("Commands", "{verb}：{text}").format(verb=spec.label, text=rest)
    preview = translate("Commands", "Enter：{number} {words}").format(number=order.number, words=words)
    result = _result(spec, f"verb/{spec.verb}", words, order.title, preview)
    return Spoken(result, spec.verb, ActionRequest(order.id, spec.verb, {field.name: rest}))


def _result(spec: ActionSpec, key: str, title: str, detail: str, preview: str) -> CommandResult:
    return CommandResult(key, "handle", title, detail, spec.key, enabled=spec.enabled, preview=preview)


def _is_meant(wanted: str, spec: ActionSpec) -> bool:
    initials = pinyin_initials(spec.label)
    by_verb = len(wanted) > _SHORTEST_VERB and spec.verb.startswith(wanted)
    return wanted in normalise(spec.label) or initials.startswith(wanted) or by_verb


def _by_label(spec: ActionSpec) -> tuple[bool, int]:
    return (not spec.enabled, len(spec.label))
