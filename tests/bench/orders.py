"""Work orders as a centre would send them, as many as are asked for; the same each time."""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from storage.records import ChangeRecord

SHANGHAI = timezone(timedelta(hours=8))
BEGIN = datetime(2026, 11, 1, 8, 0, tzinfo=SHANGHAI)
_STATES = ("reported", "accepted", "registered", "dispatched", "handling", "verifying", "closed", "archived")
_URGENCIES = ("normal", "normal", "normal", "urgent", "critical")
_SOURCES = ("hotline", "grid", "smart", "department", "neighbourhood", "snapshot")
_PLACES = ("灵岩南路", "上南路", "东明路", "浦三路", "杨思路", "三林路")
_MATTERS = ("消防通道被占", "垃圾未及时清运", "道路积水", "充电桩故障", "共享单车乱停", "夜间施工扰民", "窨井盖缺损")


def order(number: int, chance: random.Random) -> dict[str, object]:
    """One order, about a kilobyte of JSON."""
    opened = BEGIN + timedelta(seconds=37 * number)
    place, matter = chance.choice(_PLACES), chance.choice(_MATTERS)
    address = f"{place}{chance.randrange(1, 900)}号"
    state = chance.choice(_STATES)
    return {
        "number": f"LJ2026{number:08d}",
        "title": f"{place}{matter}",
        "description": f"市民反映{address}附近{matter}，影响通行，"
        f"已持续{chance.randrange(1, 72)}小时，请尽快派员到场处理。",
        "source": chance.choice(_SOURCES),
        "module": f"m{chance.randrange(11)}",
        "category": {"major": "市容环境", "minor": "街面秩序", "fine": matter},
        "urgency": chance.choice(_URGENCIES),
        "state": state,
        "place": {
            "address": address,
            "point": [round(chance.uniform(121.48, 121.52), 6), round(chance.uniform(31.135, 31.165), 6)],
            "grid_cell": f"cell-{chance.randrange(60)}",
            "neighbourhood": f"第{chance.randrange(1, 21)}居民区",
        },
        "lead_department": f"dept-{chance.randrange(12)}",
        "opened_at": opened.isoformat(),
        "due": (opened + timedelta(hours=chance.randrange(2, 120))).isoformat(),
        "updated_at": opened.isoformat(),
        "history": [
            {
                "at": opened.isoformat(),
                "verb": verb,
                "actor": f"值班员{chance.randrange(9)}",
                "state": state,
                "text": matter,
            }
            for verb in ("report", "accept")
        ],
    }


def log_of(count: int, *, ver: int = 1, first_lsn: int = 1) -> Iterator[ChangeRecord]:
    """A stretch of the log: `count` orders in their version `ver`."""
    chance = random.Random(ver)
    for number in range(count):
        data = json.dumps(order(number, chance), ensure_ascii=False, separators=(",", ":")).encode()
        yield ChangeRecord(first_lsn + number, "work_order", f"wo-{number}", ver, "upsert", data)
