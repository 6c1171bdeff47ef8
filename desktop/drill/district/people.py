"""The hall's departments, modules, officers and accounts (shared by every seed)."""

from dataclasses import dataclass
from functools import cache

import msgspec

from desktop.central.schema import Department, Module, Officer

DRILL_PASSWORD = "drill-Only-2026!"  # noqa: S105 - opens a fictional district and is printed at start
"""Of all accounts; nobody's real password."""


@dataclass(frozen=True, slots=True)
class Account:
    """What an officer signs in with."""

    username: str
    password: str
    officer: str


HALL = "临江街道城运中心"

DEPARTMENTS: dict[str, Department] = {
    "ops": Department(name="城市运行管理中心", short="城运中心", unit=True),
    "flood": Department(name="城运中心防汛组", short="防汛组", unit=True),
    "build": Department(name="城市建设管理事务中心", short="建管中心", unit=True),
    "manage": Department(name="社区管理办公室", short="管理办", unit=True),
    "safety": Department(name="社区平安办公室", short="平安办", unit=True),
    "social": Department(name="社会工作办公室", short="社工办", unit=True),
    "service": Department(name="社区服务办公室", short="服务办", unit=True),
    "party": Department(name="社区党群办公室", short="党群办", unit=True),
    "office": Department(name="党政办公室", short="党政办", unit=True),
    "law": Department(name="综合行政执法队", short="执法队", unit=True),
    "market": Department(name="市场监督管理所", short="市场所", unit=True),
    "police": Department(name="临江派出所", short="派出所", unit=True),
    "fire": Department(name="临江消防救援站", short="消防站", unit=True),
    "green": Department(name="绿化市容管理所", short="绿容所", unit=True),
    "water": Department(name="水务管理所", short="水务所", unit=True),
    "traffic": Department(name="交警临江中队", short="交警中队", unit=True),
    "property": Department(name="房屋管理事务所", short="房管所", unit=True),
    "residents": Department(name="居民区联合工作站", short="居民区", unit=True),
    "leaders": Department(name="街道领导班子", short="街道领导", unit=False),
}
_PATIENT = {"flood": 60, "fire": 60, "police": 120, "safety": 240, "traffic": 240, "ops": 480, "law": 720}
_IDLE_MIN = 1_440
DEPARTMENTS = {
    id_: msgspec.structs.replace(department, idle_minutes=_PATIENT.get(id_, _IDLE_MIN) if department.unit else 0)
    for id_, department in DEPARTMENTS.items()
}

MODULES: dict[str, Module] = {
    "video": Module(name="视频监控", lead_department="ops", departments=["police"]),
    "charging": Module(name="充电设施", lead_department="ops", departments=["build", "residents", "fire"]),
    "waste": Module(name="垃圾分类", lead_department="manage", departments=["green", "residents"]),
    "property": Module(name="物业监管", lead_department="build", departments=["property", "residents"]),
    "twin": Module(name="数字孪生", lead_department="ops", departments=["law", "safety"]),
    "party": Module(name="智慧党建", lead_department="party", departments=["residents"]),
    "projects": Module(name="项目监管", lead_department="office", departments=["build"]),
    "parking": Module(name="智慧停车", lead_department="safety", departments=["traffic", "law"]),
    "community": Module(name="社区参与", lead_department="social", departments=["residents"]),
    "elderly": Module(name="智慧养老", lead_department="service", departments=["residents", "social"]),
    "metablock": Module(name="元街区", lead_department="social", departments=["market"]),
    "facilities": Module(name="市政设施", lead_department="build", departments=["water", "traffic"]),
    "flood": Module(name="防汛防台", lead_department="flood", departments=["water", "build"]),
    "streetscape": Module(name="市容环境", lead_department="manage", departments=["law", "green"]),
    "order": Module(name="街面秩序", lead_department="law", departments=["police", "traffic"]),
    "safety": Module(name="公共安全", lead_department="safety", departments=["fire", "police"]),
    "market": Module(name="市场监管", lead_department="market", departments=["law"]),
    "livelihood": Module(name="民生服务", lead_department="service", departments=["social", "residents"]),
}

_DESK = ["orders.read", "orders.write", "video.live", "map"]


def _officer(number: int, name: str, department: str, *roles: str, scopes: list[str] | None = None) -> Officer:
    return Officer(
        id=f"officer-{number}",
        name=name,
        staff_no=f"{31000 + number}",
        department=department,
        hall=HALL,
        roles=list(roles),
        scopes=_DESK if scopes is None else scopes,
        password_expires_at=None,
    )


OFFICERS: dict[str, Officer] = {
    officer.id: officer
    for officer in (
        _officer(7, "张伟", "ops", "duty_chief"),
        _officer(8, "陆晓敏", "ops", "duty_chief"),
        _officer(11, "王丽娟", "ops", "hotline_clerk"),
        _officer(12, "沈佳怡", "ops", "hotline_clerk"),
        _officer(15, "顾建国", "ops", "grid_clerk"),
        _officer(16, "徐海燕", "ops", "grid_clerk"),
        _officer(19, "陈思远", "ops", "platform_clerk"),
        _officer(20, "周雨桐", "ops", "platform_clerk"),
        _officer(31, "朱志强", "manage", "patrol"),
        _officer(32, "施文斌", "manage", "patrol"),
        _officer(41, "黄永康", "build", "handling_unit"),
        _officer(42, "金卫东", "flood", "handling_unit", "emergency_coordinator"),
        _officer(43, "蒋慧芳", "manage", "handling_unit"),
        _officer(44, "唐国栋", "safety", "handling_unit"),
        _officer(45, "许静雯", "social", "handling_unit"),
        _officer(46, "倪建华", "law", "handling_unit"),
        _officer(47, "钱梦洁", "service", "handling_unit"),
        _officer(48, "龚勇", "market", "handling_unit"),
        _officer(49, "潘志刚", "green", "handling_unit"),
        _officer(50, "曹明辉", "water", "handling_unit"),
        _officer(51, "瞿晓峰", "traffic", "handling_unit"),
        _officer(52, "严秀兰", "residents", "handling_unit"),
        _officer(61, "方毅", "leaders", "leader"),
        _officer(62, "俞敏", "leaders", "leader"),
        _officer(90, "邱帆", "office", "observer", scopes=["orders.read", "map"]),
    )
}

ACCOUNTS: tuple[Account, ...] = tuple(
    Account(username, DRILL_PASSWORD, f"officer-{number}")
    for username, number in (
        ("drill-chief", 7),
        ("drill-chief2", 8),
        ("drill-hotline", 11),
        ("drill-grid", 15),
        ("drill-platform", 19),
        ("drill-patrol", 31),
        ("drill-build", 41),
        ("drill-leader", 61),
        ("drill-observer", 90),
    )
)
"""The first one is told in the ready line."""


@cache
def officers_of(department: str) -> tuple[Officer, ...]:
    """Return the people of a department who can act on an order; the centre's own when it has none."""
    found = tuple(officer for officer in OFFICERS.values() if officer.department == department)
    return found or (OFFICERS["officer-15"],)
