"""Which panes of an arrangement are set aside for alarm views. Pure."""

_MOST = 4


def reserved_places(panes: int) -> tuple[int, ...]:
    """Give the places, counted from 0: the last ones, at most four and never more than half of the wall.

    The first panes are the officer's: the large ones of uneven arrangements, and those that a selected object takes.
    """
    count = min(_MOST, panes // 2)
    return tuple(range(panes - count, panes))
