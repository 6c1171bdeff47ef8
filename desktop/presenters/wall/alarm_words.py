"""Alarm views in words: chips of the bar, badges of panes, lines of the history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.domain.alarm_view import AlarmViews, Event, Fate
from desktop.presenters.times import span
from desktop.presenters.wall.happenings import Happening
from widgets.wall.alarmbar import AlarmBarView, AlarmItem

translate = QCoreApplication.translate

NOWHERE = -1
"""The place of a reserved pane that the wall does not have: a locked wall of one pane has none to set aside."""


def bar_view(views: AlarmViews, known: Mapping[str, Happening], places: Sequence[int], now: datetime) -> AlarmBarView:
    """Put what is on the wall into chips, and what waits into a number."""
    items = tuple(_item(event, face(event.id, views, known), views, places, now) for event in views.shown)
    waiting = len(views.waiting)
    return AlarmBarView(items, translate("Alarms", "还有 {count} 条").format(count=waiting) if waiting else "")


def face(event_id: str, views: AlarmViews, known: Mapping[str, Happening]) -> Happening:
    """What an event looks like: its own words in the colours of the gravest of all it stands for."""
    lead = known[event_id]
    gravest = min((known[one] for one in views.members(event_id) if one in known), key=_rank, default=lead)
    return replace(lead, tone=gravest.tone, shape=gravest.shape) if gravest.rank < lead.rank else lead


def _rank(happening: Happening) -> int:
    return happening.rank


def badge_word(happening: Happening) -> str:
    """The word on a pane."""
    return happening.title or translate("Alarms", "报警")


def fate_word(fate: Fate, times: int) -> str:
    """What became of an event."""
    match fate:
        case Fate.SHOWN:
            return translate("Alarms", "上墙")
        case Fate.REPEATED:
            return translate("Alarms", "重复 {times} 次").format(times=times)
        case Fate.BLIND:
            return translate("Alarms", "附近没有可看的摄像机")
        case Fate.EVICTED:
            return translate("Alarms", "让位给更紧急的，等待")
        case Fate.DROPPED:
            return translate("Alarms", "排队过长，未上墙")
        case Fate.SETTLED:
            return translate("Alarms", "已确认或结束")


def _item(event: Event, happening: Happening, views: AlarmViews, places: Sequence[int], now: datetime) -> AlarmItem:
    panes = [str(places[slot] + 1) for slot in views.panes_of(event.id) if places[slot] != NOWHERE]
    where = translate("Alarms", "窗格 {panes}").format(panes=translate("Alarms", "、").join(panes))
    if not panes:
        where = translate("Alarms", "墙已锁定，未占窗格")
    age = span(max(timedelta(0), now - happening.since)) if happening.since is not None else ""
    times = len(views.members(event.id))
    parts = [where, age]
    if times > 1:
        parts.append(f"×{times}")
    detail = " · ".join(part for part in parts if part)
    what = translate("Alarms", "，").join(part for part in (happening.title, happening.place) if part)
    return AlarmItem(
        id=event.id,
        title=happening.title,
        detail=detail,
        tone=happening.tone,
        shape=happening.shape,
        note=" · ".join(part for part in (happening.place, happening.note) if part),
        sentence=translate("Alarms", "报警画面：{what}，{detail}").format(what=what, detail=detail),
    )
