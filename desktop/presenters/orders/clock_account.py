"""解释: the arithmetic behind an order's limit, in words."""

from datetime import datetime, timedelta

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.central.schema import Limit, WorkOrder
from desktop.domain.calendars import WorkingCalendar
from desktop.domain.masking import mask_text
from desktop.domain.sla import Account, Pause, account_for, parse_time, pauses_of
from desktop.presenters.directory import Directory
from desktop.presenters.labels import state_word
from desktop.presenters.times import clock_time, span

translate = QCoreApplication.translate

_TOLERANCE = timedelta(minutes=1)
_DAYS_NAMED = 6


def clock_account(order: WorkOrder, directory: Directory, now: datetime) -> str:
    """Say where the limits come from, and count out the one that runs, line by line."""
    lines = []
    for limit in order.limits:
        due = clock_time(parse_time(limit.due), now)
        if due:
            lines.append(" · ".join(part for part in (state_word(limit.stage), due, limit.rule) if part))
    running = next((limit for limit in order.limits if limit.due and limit.due == order.due), None)
    if running is not None:
        lines += _running(order, running, directory, now)
    lines.append(translate("Clock", "以中心给出的时限为准；剩余不足全长四分之一为临期，按中心时间计算。"))
    return "\n".join(lines)


def _running(order: WorkOrder, limit: Limit, directory: Directory, now: datetime) -> list[str]:
    start, due = parse_time(limit.start), parse_time(limit.due)
    calendar = directory.calendar(limit.calendar)
    if start is None or due is None or limit.minutes <= 0 or (limit.calendar and calendar is None):
        return []
    pauses = pauses_of([msgspec.to_builtins(line) for line in order.history])
    account = account_for(start, timedelta(minutes=limit.minutes), calendar, pauses)
    lines = [_counted(account, calendar, now)]
    if account.days_off:
        named = translate("Clock", "、").join(f"{day:%m-%d}" for day in account.days_off[:_DAYS_NAMED])
        words = translate("Clock", "跳过休息日 {count} 天：{days}")
        lines.append(words.format(count=len(account.days_off), days=named))
    lines += [_paused(pause, now) for pause in account.pauses]
    for extension in order.extensions:
        lines.append(
            translate("Clock", "延期：{before} → {until}，{reason}").format(
                before=clock_time(parse_time(extension.before), now),
                until=clock_time(parse_time(extension.until), now),
                reason=mask_text(extension.reason),
            )
        )
    if account.expected is not None and not order.extensions and abs(account.expected - due) > _TOLERANCE:
        words = translate("Clock", "按此推算为 {expected}，中心另有调整（退回、核查不通过或重新处置会重新计时）")
        lines.append(words.format(expected=clock_time(account.expected, now)))
    return lines


def _counted(account: Account, calendar: WorkingCalendar | None, now: datetime) -> str:
    start = clock_time(account.start, now)
    if calendar is None:
        return translate("Clock", "从 {start} 起 {length}，不分昼夜").format(start=start, length=span(account.length))
    days = account.length / calendar.day_length
    hours = translate("Clock", "、").join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in calendar.hours)
    words = translate("Clock", "从 {start} 起 {days} 个工作日（{calendar}，{hours}）")
    return words.format(start=start, days=f"{days:g}", calendar=calendar.name, hours=hours)


def _paused(pause: Pause, now: datetime) -> str:
    words = translate("Clock", "挂起暂停 {length}：{start} 至 {end}，{reason}")
    return words.format(
        length=span((pause.end or now) - pause.start),
        start=clock_time(pause.start, now),
        end=clock_time(pause.end, now) or translate("Clock", "现在"),
        reason=mask_text(pause.reason),
    )
