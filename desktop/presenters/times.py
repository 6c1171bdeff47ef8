"""Times and spans as the hall reads them. Digits only; the words around them come from the labels."""

from datetime import datetime, timedelta

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def span(length: timedelta) -> str:
    """A length to two units at the most, without sign: 45s, 12m, 1h 40m, 3d, 1d 4h."""
    seconds = int(abs(length.total_seconds()))
    if seconds < _MINUTE:
        return f"{seconds}s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE}m"
    if seconds < _DAY:
        return f"{seconds // _HOUR}h {seconds % _HOUR // _MINUTE:02d}m"
    days, hours = seconds // _DAY, seconds % _DAY // _HOUR
    return f"{days}d" if days > 2 or not hours else f"{days}d {hours}h"


def clock_time(moment: datetime | None, now: datetime) -> str:
    """14:03 for today, 11-22 14:03 for this year, 2025-11-22 before; "" for None. Local time of the seat."""
    if moment is None:
        return ""
    try:
        local, today = moment.astimezone(), now.astimezone()
    except OverflowError:  # at the edge of the calendar: whoever wrote that meant no time of ours
        return f"{moment:%Y-%m-%d}"
    if local.date() == today.date():
        return f"{local:%H:%M}"
    if local.year == today.year:
        return f"{local:%m-%d %H:%M}"
    return f"{local:%Y-%m-%d}"
