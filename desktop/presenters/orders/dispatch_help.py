"""Dispatch help in words: three departments, what speaks for each, and what became of orders like this one."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.central.schema import WorkOrder
from desktop.domain.dispatch import COUNTED_DAYS, Advice, Suggestion
from desktop.domain.masking import mask_text
from desktop.domain.sla import parse_time
from desktop.domain.workflow import RULES
from desktop.presenters.directory import Directory
from desktop.presenters.times import clock_time
from widgets.detail.order import Choice, Fact

translate = QCoreApplication.translate

_LIKELY = 0.1
"""A department less likely than this is named among the alternatives, and not marked as suggested."""


def sent_back_by(order: WorkOrder) -> frozenset[str]:
    """Return the departments that have sent this very order back: nobody suggests them again."""
    return frozenset(line.department for line in order.history if line.verb == "return" and line.department)


def advice_fact(
    order: WorkOrder, advice: Advice, alike: Sequence[tuple[str, WorkOrder]], directory: Directory, now: datetime
) -> Fact | None:
    """Return the line 建议 with its reasons behind 解释; None where the order has left the dispatcher's desk."""
    if order.state not in RULES["dispatch"].sources | RULES["accept"].sources or not advice.suggestions:
        return None
    first, verb = advice.suggestions[0], translate("OrderDetail", "派")
    why = translate("Dispatch", "（{reason}）").format(reason=reason_of(first, advice, order, directory))
    more = [_line(suggestion, advice, order, directory) for suggestion in advice.suggestions]
    more += [words for words in (_filed(advice), returns_hint(advice, directory)) if words]
    if alike:
        more.append(translate("Dispatch", "相似的已办工单："))
        more += [_past(past, directory, now) for _, past in alike]
    more.append(translate("Dispatch", "建议只供参考，不会自动派遣。"))
    return Fact(
        translate("OrderDetail", "建议"),
        verb if not verb.isascii() else f"{verb} ",  # Latin words stand apart, Chinese ones do not
        directory.department(first.unit),
        why,
        more="\n".join(more),
    )


def reason_of(suggestion: Suggestion, advice: Advice, order: WorkOrder, directory: Directory) -> str:
    """Return what speaks for a department, in a few words; how often it sent such orders back is said too."""
    parts = []
    if suggestion.cases:
        words = translate("Dispatch", "近 {days} 天同类 {all} 件中 {cases} 件由其承办")
        parts.append(words.format(days=round(COUNTED_DAYS), all=advice.cases, cases=suggestion.cases))
    if suggestion.here:
        words = translate("Dispatch", "本居委 {all} 件中 {cases} 件")
        parts.append(words.format(all=advice.here, cases=suggestion.here))
    match suggestion.rule:
        case "grid":
            parts.append(translate("Dispatch", "本网格责任清单"))
        case "lead":
            parts.append(translate("Dispatch", "{module}的牵头部门").format(module=directory.module(order.module)))
        case "cooperating":
            parts.append(translate("Dispatch", "{module}的配合部门").format(module=directory.module(order.module)))
    if suggestion.sent_back:
        parts.append(translate("Dispatch", "退回过 {count} 次").format(count=suggestion.sent_back))
    return translate("Dispatch", "，").join(parts)


def returns_hint(advice: Advice, directory: Directory) -> str:
    """Return 这类已被退回 3 次，上次由 X 承办; "" where none came back."""
    if not advice.sent_back:
        return ""
    words = translate("Dispatch", "近 {days} 天这类已被退回 {count} 次，上次由{unit}承办")
    return words.format(days=round(COUNTED_DAYS), count=advice.sent_back, unit=directory.department(advice.last))


def unit_choices(order: WorkOrder, advice: Advice, directory: Directory) -> tuple[Choice, ...]:
    """Return all departments to choose from: the suggested ones first, with reasons; those that sent it back last."""
    back = sent_back_by(order)
    suggested = {suggestion.unit: suggestion for suggestion in advice.suggestions}
    rank = {unit: place for place, unit in enumerate(suggested)}
    choices = []
    for unit in directory.units():
        suggestion = suggested.get(unit.id)
        hint = reason_of(suggestion, advice, order, directory) if suggestion is not None else ""
        if unit.id in back:
            hint = translate("Dispatch", "本单已被其退回")
        likely = suggestion is not None and (suggestion.share >= _LIKELY or rank[unit.id] == 0)
        choices.append(
            (
                unit.id in back,
                rank.get(unit.id, len(rank)),
                Choice(unit.id, unit.name, hint=hint, search=unit.initials, suggested=likely),
            )
        )
    return tuple(choice for *_, choice in sorted(choices, key=_place))


def _place(entry: tuple[bool, int, Choice]) -> tuple[bool, int]:
    return entry[:2]


def _line(suggestion: Suggestion, advice: Advice, order: WorkOrder, directory: Directory) -> str:
    words = translate("Dispatch", "{unit} · 约 {share} · {reason}")
    reason = reason_of(suggestion, advice, order, directory) or translate("Dispatch", "无先例")
    return words.format(unit=directory.department(suggestion.unit), share=f"{suggestion.share:.0%}", reason=reason)


def _filed(advice: Advice) -> str:
    if not advice.refiled:
        return ""
    words = translate("Dispatch", "按描述更像“{kind}”（{words}），按这一类判断")
    telling = translate("Dispatch", "、").join(advice.telling)
    return words.format(kind=advice.kind, words=telling)


def _past(past: WorkOrder, directory: Directory, now: datetime) -> str:
    parts = (
        past.number,
        mask_text(past.title),
        directory.department(past.lead_department),
        clock_time(parse_time(past.closed_at), now),
    )
    return " · ".join(part for part in parts if part)
