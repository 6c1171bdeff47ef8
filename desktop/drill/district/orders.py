"""Makes work orders: what happened where, who said so, and a history that fits the state they are in."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

import msgspec

from desktop.domain import workflow
from desktop.domain.calendars import WorkingCalendar
from desktop.domain.sla import account_for
from desktop.domain.workflow import State
from desktop.drill.clock import stamp
from desktop.drill.district.assignment import LONG_AGO, Assignment, assignment
from desktop.drill.district.calendars import OFFICE, working
from desktop.drill.district.geography import Geography, Spot
from desktop.drill.district.limits import STAGES, running_due
from desktop.drill.district.people import DEPARTMENTS, OFFICERS, officers_of
from desktop.drill.district.phrases import Topic

Order = dict[str, Any]

URGENCIES = ("normal", "urgent", "critical")
PEOPLE_REPORT = frozenset({"hotline", "snapshot", "neighbourhood"})
"""Sources behind which a person stands who can be called back."""

_STAGE_WORDS = ("受理", "派遣", "处置", "核查")
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任"
    "姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉红梅建国志文海波宁玲辉鹏飞凤婷雪慧莹佳欣怡晨宇浩轩"
    "思琪雨桐子涵俊峰卫东永康秀珍根生阿宝美珠"
)
_CATEGORY = ("major", "minor", "fine")
_PREFIXES = ("154", "161", "164")
"""Mobile prefixes that no operator has been given: these numbers ring nobody."""

PATHS: dict[State, tuple[str, ...]] = {
    State.REPORTED: (),
    State.ACCEPTED: ("accept",),
    State.REGISTERED: ("accept", "register"),
    State.DISPATCHED: ("accept", "register", "dispatch"),
    State.HANDLING: ("accept", "register", "dispatch", "handle"),
    State.VERIFYING: ("accept", "register", "dispatch", "handle", "report_back"),
    State.RETURNED: ("accept", "register", "dispatch", "return"),
    State.SUSPENDED: ("accept", "register", "dispatch", "handle", "suspend"),
    State.CLOSED: ("accept", "register", "dispatch", "handle", "report_back", "verify_pass"),
    State.REPLIED: ("accept", "register", "dispatch", "handle", "report_back", "verify_pass", "reply"),
    State.ARCHIVED: ("accept", "register", "dispatch", "handle", "report_back", "verify_pass", "reply", "archive"),
    State.REFUSED: ("refuse",),
    State.VOIDED: ("accept", "void"),
}
"""The straight way to each state."""

_DETOUR = ("verify_fail", "report_back")
_SENT_BACK = ("return", "dispatch")
MISFILED = 0.06
"""Share of the orders whose category is another one than what they are about: whoever took them in was in a hurry."""
REGULARS = 0.14
"""Share of callers who call again and again; a neighbourhood has a few of them."""
_WORDS: Mapping[str, tuple[str, ...]] = {
    "report_back": ("已处置完毕",),
    "return": ("不属我单位管辖范围，请重新派遣", "经现场核实，该处为产权单位自管区域", "诉求与职责不符，建议派房管所"),
    "suspend": ("需采购专用配件", "需与产权单位协商", "雨天无法施工，待天气转好", "已列入月度养护计划"),
    "verify_fail": ("现场复核仍有遗留，请继续处置", "照片角度不符，请补充现场照片", "来电人反映问题未彻底解决"),
    "reopen": ("来电人不满意，重新处置", "问题反复，重新处置"),
    "refuse": ("不属受理范围，已向来电人说明", "已由区级平台办理，不再重复受理"),
    "void": ("重复上报，已并入前单", "现场未发现所述情况"),
    "reply": ("已回访，来电人表示满意", "已回访，来电人基本满意", "已回访，无人接听，短信告知结果"),
    "supervise": ("请今日内办结并反馈", "群众反复反映，请主要负责人到场", "限时办结，结果报城运中心"),
    "note": (
        "已电话联系来电人，告知处理进度",
        "来电人再次来电催办",
        "网格员已到现场核实，情况属实",
        "已与居委沟通，请物业配合",
        "现场照片已上传",
        "来电人表示可以等待，请按计划处理",
        "已通知承办单位值班人员",
    ),
}
"""What people write with a verb."""


def person(rng: random.Random) -> tuple[str, str]:
    """Return a made-up name and phone number."""
    given = rng.choice(_GIVEN) + (rng.choice(_GIVEN) if rng.random() < 0.72 else "")
    return rng.choice(_SURNAMES) + given, f"{rng.choice(_PREFIXES)}{rng.randrange(10**8):08d}"


def _regular(order: Order) -> tuple[str, str] | None:
    """Return one of the few people of a neighbourhood who call again and again, or nobody."""
    chance = random.Random(f"caller {order['description']} {order['place']['address']}")
    if chance.random() >= REGULARS:
        return None
    return _resident(f"{order['place']['neighbourhood']} {chance.randrange(6)}")


@cache
def _resident(who: str) -> tuple[str, str]:
    return person(random.Random(who))


def context_of(spot: Spot, source: str) -> dict[str, str]:
    """Return the names that sentences may use about a place."""
    return {
        "address": spot.address,
        "street": spot.street,
        "compound": spot.compound,
        "neighbourhood": spot.neighbourhood,
        "cell": spot.cell,
        "who": "市民" if source in PEOPLE_REPORT else "巡查人员",
    }


class OrderMaker:
    """Makes orders of a seed."""

    def __init__(
        self, rng: random.Random, ground: Geography, topics: Sequence[Topic], moved_at: datetime = LONG_AGO
    ) -> None:
        """Make a maker; duties changed (see `assignment`) at `moved_at`."""
        self._moved_at = moved_at
        self._rng = rng
        self._ground = ground
        self._topics = topics
        self._weights = list(accumulate(topic.text.weight for topic in topics))
        self._by_key = {topic.text.key: topic for topic in topics}

    def topic(self, key: str = "") -> Topic:
        """Return a topic by key, or any, the common ones more often."""
        return self._by_key[key] if key else self._rng.choices(self._topics, cum_weights=self._weights)[0]

    def spot(self, topic: Topic) -> Spot:
        """Return a place where such a thing happens."""
        kind = self._rng.choice(topic.text.where)
        return self._rng.choice(self._ground.house_spots if kind == "house" else self._ground.street_spots)

    def born(self, opened: datetime, topic: Topic, spot: Spot, source: str = "") -> Order:
        """Return a new order as it comes in, without a number."""
        rng = self._rng
        source = source or rng.choices(topic.sources, topic.source_weights)[0]
        context = context_of(spot, source)
        moment = stamp(opened)
        order: Order = {
            "number": "",
            "title": rng.choice(topic.titles).say(rng, context),
            "description": rng.choice(topic.descriptions).say(rng, context),
            "source": source,
            "module": topic.text.module,
            "category": dict(zip(_CATEGORY, topic.text.category, strict=True)),
            "urgency": rng.choices(URGENCIES, topic.text.urgency)[0],
            "place": msgspec.to_builtins(spot.place()),
            "lead_department": "",
            "departments": list(topic.text.with_departments),
            "state": State.REPORTED.value,
            "limits": limits_of(topic, opened),
            "due": "",
            "opened_at": moment,
            "updated_at": moment,
            "history": [_first_line(source, moment)],
        }
        self._misfile(order)
        if source in PEOPLE_REPORT:
            name, phone = _regular(order) or person(rng)
            digest = hashlib.blake2b(phone.encode(), digest_size=8).hexdigest()
            order["caller"] = {"name": name, "phone": phone, "hash": digest}
        order["due"] = running_due(order)
        return order

    def open_order(self, now: datetime, topic: Topic, spot: Spot, state: State) -> Order:
        """Return an order that is in `state` now, most of them well within their limits."""
        minutes = _running_minutes(topic, state)
        luck = self._rng.random()
        if luck < 0.03:
            share = self._rng.uniform(1.0, 1.35)
        elif luck < 0.10:
            share = self._rng.uniform(0.76, 0.99)
        else:
            share = self._rng.uniform(0.12, 0.74)
        age = timedelta(minutes=minutes * share)
        return self.lived(now - age, now, topic, spot, state)

    def lived(self, opened: datetime, until: datetime, topic: Topic, spot: Spot, state: State) -> Order:
        """Return an order that went its way from `opened` to `state` before `until`."""
        rng = self._rng
        order = self.born(opened, topic, spot)
        verbs = list(PATHS[state])
        assigned = assignment(order, topic, self._moved_at)
        if "handle" in verbs and assigned.guess != assigned.doer:
            verbs[verbs.index("handle") : verbs.index("handle")] = _SENT_BACK
        if "verify_pass" in verbs and rng.random() < 0.07:
            verbs[verbs.index("verify_pass") : verbs.index("verify_pass")] = _DETOUR
        if verbs and rng.random() < 0.22:
            verbs.insert(rng.randrange(1, len(verbs) + 1), "note")
        if state in workflow.OPEN_STATES and len(verbs) > 2 and rng.random() < 0.012:
            verbs.append("supervise")
        cuts = sorted(rng.uniform(0.03, 0.97) ** 1.4 for _ in verbs)
        span = until - opened
        for verb, cut in zip(verbs, cuts, strict=True):
            order = self._step(order, verb, opened + span * cut, topic, assigned)
        order["due"] = running_due(order)
        return order

    def step(self, order: Order, verb: str, moment: datetime, topic: Topic | None) -> Order:
        """Return the order after `verb`, done by somebody whose work that is."""
        return self._step(order, verb, moment, topic, None)

    def _step(
        self, order: Order, verb: str, moment: datetime, topic: Topic | None, assigned: Assignment | None
    ) -> Order:
        args, text = self._words(order, verb, moment, topic, assigned)
        actor = self._actor(order, verb)
        line = {"at": stamp(moment), "actor": actor[0], "department": actor[1], "text": text}
        return workflow.apply(order, verb, args, line)

    def _words(
        self, order: Order, verb: str, moment: datetime, topic: Topic | None, assigned: Assignment | None
    ) -> tuple[dict[str, str], str]:
        """Return the arguments of a verb and what the history says of it."""
        rng = self._rng
        text = rng.choice(_WORDS.get(verb, ("",)))
        args = {"text": text} if text else {}
        match verb:
            case "dispatch":
                unit = self._unit(order, assigned or self._assignment(order, topic))
                args = {"department": unit}
                text = f"派遣至{DEPARTMENTS[unit].short}"
            case "report_back" if topic is not None:
                text = rng.choice(topic.results).say(rng, {})
                args = {"text": text}
            case "return":
                args |= {"reason_code": "wrong_unit"}
            case "suspend":
                args = {"reason": text, "until": stamp(moment + timedelta(days=rng.randrange(2, 9)))}
            case "refuse" | "void":
                args = {"reason": text}
            case "supervise":
                args |= {"due": stamp(moment + timedelta(hours=rng.randrange(4, 30)))}
        return args, text

    @staticmethod
    def _unit(order: Order, assigned: Assignment) -> str:
        """Return to whom an order is dispatched; one that came back goes to those who do it."""
        return assigned.doer if order["state"] == State.RETURNED else assigned.guess

    def _assignment(self, order: Order, topic: Topic | None) -> Assignment:
        topic = topic or next(topic for topic in self._topics if topic.text.module == order["module"])
        return assignment(order, topic, self._moved_at)

    def _misfile(self, order: Order) -> None:
        """Give a few orders the category of another matter; chance of its own, so that the district stays as it is."""
        chance = random.Random(f"filed {order['description']}")
        if chance.random() < MISFILED:
            other = chance.choice(self._topics).text
            order |= {"module": other.module, "category": dict(zip(_CATEGORY, other.category, strict=True))}

    def _actor(self, order: Order, verb: str) -> tuple[str, str]:
        if verb in ("handle", "report_back", "return", "suspend", "resume"):
            officer = self._rng.choice(officers_of(order["lead_department"]))
            return officer.name, order["lead_department"]
        if verb == "supervise":
            officer = OFFICERS["officer-61"]
        elif verb in ("verify_pass", "verify_fail"):
            officer = OFFICERS[self._rng.choice(("officer-15", "officer-16", "officer-31", "officer-32"))]
        elif order["source"] == "hotline":
            officer = OFFICERS[self._rng.choice(("officer-11", "officer-12"))]
        elif order["source"] == "smart":
            officer = OFFICERS[self._rng.choice(("officer-19", "officer-20"))]
        else:
            officer = OFFICERS[self._rng.choice(("officer-15", "officer-16"))]
        return officer.name, officer.department


def limits_of(topic: Topic, opened: datetime) -> list[dict[str, Any]]:
    """Return the limits of an order about `topic` that was opened at that time, counted around the clock."""
    return _limits(topic, opened, None)


def working_limits_of(topic: Topic, opened: datetime) -> list[dict[str, Any]]:
    """Return the same limits as they count from now on: what was days is now working days."""
    return _limits(topic, opened, working(OFFICE))


def _limits(topic: Topic, opened: datetime, calendar: WorkingCalendar | None) -> list[dict[str, Any]]:
    limits: list[dict[str, Any]] = []
    start, since = opened, stamp(opened)
    for stage, word, minutes in zip(STAGES, _STAGE_WORDS, topic.text.limits_min, strict=True):
        days, rest = divmod(minutes, 1440)
        in_days = calendar if not rest else None
        length = in_days.day_length * days if in_days is not None else timedelta(minutes=minutes)
        due = start + length
        if in_days is not None:
            due = account_for(start, length, in_days).expected or due
        until = stamp(due)
        limit: dict[str, Any] = {"stage": stage.value, "due": until, "rule": f"{word} {_span(minutes)}"}
        limit |= {"start": since, "minutes": int(length.total_seconds()) // 60}
        if in_days is not None:
            limit |= {"rule": f"{word} {days} 个工作日", "calendar": OFFICE}
        limits.append(limit)
        start, since = due, until
    return limits


def _span(minutes: int) -> str:
    if minutes % 1440 == 0:
        return f"{minutes // 1440} 天"
    return f"{minutes // 60} 小时" if minutes % 60 == 0 else f"{minutes} 分钟"


def _running_minutes(topic: Topic, state: State) -> int:
    steps = {State.REPORTED: 1, State.VERIFYING: 4, State.HANDLING: 3, State.DISPATCHED: 3, State.SUSPENDED: 3}
    return sum(topic.text.limits_min[: steps.get(state, 2)])


def _first_line(source: str, moment: str) -> dict[str, str]:
    actors = {
        "hotline": ("12345 热线", "市民来电"),
        "grid": (OFFICERS["officer-31"].name, "巡查发现"),
        "smart": ("系统", "智能发现，自动生成"),
        "department": ("区城运中心", "部门移送"),
        "leader": (OFFICERS["officer-61"].name, "领导交办"),
        "neighbourhood": ("居委", "居民区上报"),
        "snapshot": ("随手拍", "市民随手拍"),
    }
    actor, text = actors.get(source, ("系统", ""))
    return {"at": moment, "verb": "report", "actor": actor, "state": State.REPORTED.value, "text": text}
