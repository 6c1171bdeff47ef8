"""Words and tones of the hall's enumerations. A value the table does not know is shown raw, in a neutral tone."""

from desktop.domain.sla import Clock
from desktop.presenters.extraction import QT_TRANSLATE_NOOP, translate_marked

# States and verbs share Chinese words (受理, 派遣, …) and differ in English, so each has a context of its own.
_STATES = {
    "reported": QT_TRANSLATE_NOOP("States", "待受理"),
    "accepted": QT_TRANSLATE_NOOP("States", "受理"),
    "registered": QT_TRANSLATE_NOOP("States", "立案"),
    "dispatched": QT_TRANSLATE_NOOP("States", "派遣"),
    "handling": QT_TRANSLATE_NOOP("States", "处置"),
    "verifying": QT_TRANSLATE_NOOP("States", "核查"),
    "closed": QT_TRANSLATE_NOOP("States", "结案"),
    "replied": QT_TRANSLATE_NOOP("States", "反馈"),
    "archived": QT_TRANSLATE_NOOP("States", "存档"),
    "refused": QT_TRANSLATE_NOOP("States", "不予受理"),
    "voided": QT_TRANSLATE_NOOP("States", "作废"),
    "returned": QT_TRANSLATE_NOOP("States", "退回"),
    "suspended": QT_TRANSLATE_NOOP("States", "挂起"),
    "merged": QT_TRANSLATE_NOOP("States", "已并单"),
}
_URGENCIES = {
    "normal": QT_TRANSLATE_NOOP("Labels", "一般"),
    "urgent": QT_TRANSLATE_NOOP("Labels", "紧急"),
    "critical": QT_TRANSLATE_NOOP("Labels", "特急"),
}
_SOURCES = {
    "hotline": QT_TRANSLATE_NOOP("Labels", "12345 热线"),
    "grid": QT_TRANSLATE_NOOP("Labels", "网格巡查"),
    "smart": QT_TRANSLATE_NOOP("Labels", "智能发现"),
    "department": QT_TRANSLATE_NOOP("Labels", "部门移送"),
    "leader": QT_TRANSLATE_NOOP("Labels", "领导交办"),
    "neighbourhood": QT_TRANSLATE_NOOP("Labels", "居村上报"),
    "snapshot": QT_TRANSLATE_NOOP("Labels", "随手拍"),
    "desk": QT_TRANSLATE_NOOP("Labels", "值守台"),
}
_VERBS = {
    "report": QT_TRANSLATE_NOOP("Verbs", "上报"),
    "accept": QT_TRANSLATE_NOOP("Verbs", "受理"),
    "refuse": QT_TRANSLATE_NOOP("Verbs", "不予受理"),
    "register": QT_TRANSLATE_NOOP("Verbs", "立案"),
    "dispatch": QT_TRANSLATE_NOOP("Verbs", "派遣"),
    "handle": QT_TRANSLATE_NOOP("Verbs", "开始处置"),
    "report_back": QT_TRANSLATE_NOOP("Verbs", "处置反馈"),
    "return": QT_TRANSLATE_NOOP("Verbs", "退回"),
    "suspend": QT_TRANSLATE_NOOP("Verbs", "挂起"),
    "resume": QT_TRANSLATE_NOOP("Verbs", "恢复"),
    "verify_pass": QT_TRANSLATE_NOOP("Verbs", "核查通过"),
    "verify_fail": QT_TRANSLATE_NOOP("Verbs", "核查不通过"),
    "close": QT_TRANSLATE_NOOP("Verbs", "结案"),
    "reply": QT_TRANSLATE_NOOP("Verbs", "反馈"),
    "archive": QT_TRANSLATE_NOOP("Verbs", "存档"),
    "reopen": QT_TRANSLATE_NOOP("Verbs", "重新处置"),
    "void": QT_TRANSLATE_NOOP("Verbs", "作废"),
    "supervise": QT_TRANSLATE_NOOP("Verbs", "督办"),
    "transfer": QT_TRANSLATE_NOOP("Verbs", "转办"),
    "return_review": QT_TRANSLATE_NOOP("Verbs", "退回初审"),
    "return_approve": QT_TRANSLATE_NOOP("Verbs", "批准退回"),
    "return_deny": QT_TRANSLATE_NOOP("Verbs", "驳回退回"),
    "extend": QT_TRANSLATE_NOOP("Verbs", "延期"),
    "extend_ask": QT_TRANSLATE_NOOP("Verbs", "申请延期"),
    "extend_review": QT_TRANSLATE_NOOP("Verbs", "延期初审"),
    "extend_approve": QT_TRANSLATE_NOOP("Verbs", "批准延期"),
    "extend_deny": QT_TRANSLATE_NOOP("Verbs", "不予延期"),
    "call_back": QT_TRANSLATE_NOOP("Verbs", "回访"),
    "merge": QT_TRANSLATE_NOOP("Verbs", "并单"),
    "unmerge": QT_TRANSLATE_NOOP("Verbs", "撤销并单"),
    "absorb": QT_TRANSLATE_NOOP("Verbs", "合并重复件"),
    "release": QT_TRANSLATE_NOOP("Verbs", "重复件撤出"),
    "remind": QT_TRANSLATE_NOOP("Verbs", "催办"),
    "escalate": QT_TRANSLATE_NOOP("Verbs", "上提一级"),
    "call_note": QT_TRANSLATE_NOOP("Verbs", "通话记录"),
    "note": QT_TRANSLATE_NOOP("Verbs", "备注"),
    "attach": QT_TRANSLATE_NOOP("Verbs", "附件"),
}
_ROLES = {
    "duty_chief": QT_TRANSLATE_NOOP("Labels", "平台值班长"),
    "hotline_clerk": QT_TRANSLATE_NOOP("Labels", "热线信息员"),
    "grid_clerk": QT_TRANSLATE_NOOP("Labels", "网格信息员"),
    "platform_clerk": QT_TRANSLATE_NOOP("Labels", "一网统管信息员"),
    "patrol": QT_TRANSLATE_NOOP("Labels", "网格辅助员"),
    "handling_unit": QT_TRANSLATE_NOOP("Labels", "处置部门"),
    "emergency_coordinator": QT_TRANSLATE_NOOP("Labels", "应急联络员"),
    "leader": QT_TRANSLATE_NOOP("Labels", "领导"),
    "observer": QT_TRANSLATE_NOOP("Labels", "观察"),
}
_PARTIES = {
    "caller": QT_TRANSLATE_NOOP("Labels", "诉求人"),
    "unit": QT_TRANSLATE_NOOP("Labels", "承办单位"),
    "neighbourhood": QT_TRANSLATE_NOOP("Labels", "居委"),
    "other": QT_TRANSLATE_NOOP("Labels", "其他"),
}
_SATISFACTIONS = {
    "satisfied": QT_TRANSLATE_NOOP("Labels", "满意"),
    "fair": QT_TRANSLATE_NOOP("Labels", "基本满意"),
    "dissatisfied": QT_TRANSLATE_NOOP("Labels", "不满意"),
    "unreached": QT_TRANSLATE_NOOP("Labels", "未联系上"),
}
_HALL_LEVELS = {
    "community": QT_TRANSLATE_NOOP("Labels", "居村"),
    "street": QT_TRANSLATE_NOOP("Labels", "街镇"),
    "district": QT_TRANSLATE_NOOP("Labels", "区级"),
    "city": QT_TRANSLATE_NOOP("Labels", "市级"),
}
_LEVELS = {
    "red": QT_TRANSLATE_NOOP("Labels", "红"),
    "orange": QT_TRANSLATE_NOOP("Labels", "橙"),
    "yellow": QT_TRANSLATE_NOOP("Labels", "黄"),
    "blue": QT_TRANSLATE_NOOP("Labels", "蓝"),
}
_OP_STATUS = {
    "queued": QT_TRANSLATE_NOOP("Labels", "待发送"),
    "sending": QT_TRANSLATE_NOOP("Labels", "发送中"),
    "acked": QT_TRANSLATE_NOOP("Labels", "已送达"),
    "conflict": QT_TRANSLATE_NOOP("Labels", "有冲突"),
    "rejected": QT_TRANSLATE_NOOP("Labels", "被拒绝"),
}

PARTIES, SATISFACTIONS, SOURCES, URGENCIES = map(tuple, (_PARTIES, _SATISFACTIONS, _SOURCES, _URGENCIES))
"""What the desk offers where one of these is asked for, in the order of the tables."""

URGENCY_TONE = {"critical": "red", "urgent": "orange", "normal": "yellow"}
LEVEL_TONE = {"red": "red", "orange": "orange", "yellow": "yellow", "blue": "blue"}
LEVEL_RANK = {"red": 0, "orange": 1, "yellow": 2, "blue": 3}
LEVEL_SHAPE = {"red": "triangle", "orange": "square", "yellow": "diamond", "blue": "circle"}
CLOCK_TONE = {Clock.LATE: "red", Clock.NEAR: "orange", Clock.AMPLE: "neutral", Clock.NONE: "neutral"}


def _word(table: dict[str, str], value: str, context: str = "Labels") -> str:
    source = table.get(value)
    return value if source is None else translate_marked(context, source)


def state_word(state: str) -> str:
    """受理, 立案, … for a workflow state."""
    return _word(_STATES, state, "States")


def urgency_word(urgency: str) -> str:
    """一般, 紧急, 特急."""
    return _word(_URGENCIES, urgency)


def source_word(source: str) -> str:
    """Where an order came from."""
    return _word(_SOURCES, source)


def verb_word(verb: str) -> str:
    """The action's name, as on its button and in the history."""
    return _word(_VERBS, verb, "Verbs")


def role_word(role: str) -> str:
    """The role's name."""
    return _word(_ROLES, role)


def level_word(level: str) -> str:
    """红, 橙, 黄, 蓝."""
    return _word(_LEVELS, level)


def party_word(party: str) -> str:
    """With whom somebody spoke on the phone."""
    return _word(_PARTIES, party)


def satisfaction_word(satisfaction: str) -> str:
    """What the caller said of the result."""
    return _word(_SATISFACTIONS, satisfaction)


def hall_level_word(level: str) -> str:
    """居村, 街镇, 区级, 市级."""
    return _word(_HALL_LEVELS, level)


def op_status_word(status: str) -> str:
    """待发送, 发送中, 已送达, 有冲突, 被拒绝."""
    return _word(_OP_STATUS, status)
