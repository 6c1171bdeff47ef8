"""Believable rows for tests and the gallery: one evening at 临江街道."""

from dataclasses import replace

from widgets.alertstrip import AlertItem, AlertStripView
from widgets.commandbar import CommandResult
from widgets.detail.order import ActionSpec, Choice, Fact, FieldSpec, HistoryLine, OrderDetail, Step
from widgets.keysheet import KeyGroup, KeyLine
from widgets.messages import Message, MessageAction
from widgets.queue.rows import Badge, ChipSpec, QueueHead, WorkOrderRow
from widgets.rail import RailItem
from widgets.signin import SignInView
from widgets.topbar import AlertCount, TopBarView

_SAMPLES = (
    (
        "特急",
        "red",
        "路面塌陷，影响机动车通行",
        "灵岩南路 568 号",
        "市政设施",
        "建管中心",
        "超期 12m",
        "red",
        "square",
        "14:01",
        (),
    ),
    (
        "特急",
        "red",
        "下立交积水 27 cm，水位上升",
        "浦三路下立交",
        "防汛",
        "城运中心",
        "临期 8m",
        "orange",
        "triangle",
        "13:58",
        (),
    ),
    (
        "紧急",
        "orange",
        "电梯困人，2 名居民被困",
        "金谊小区 12 号楼",
        "物业监管",
        "平安办",
        "临期 21m",
        "orange",
        "triangle",
        "13:55",
        (),
    ),
    (
        "紧急",
        "orange",
        "飞线充电，楼道内电动车 6 辆",
        "凌兆三村 31 号",
        "充电设施",
        "居民区",
        "1h 40m",
        "neutral",
        "circle",
        "13:47",
        (Badge("待发送"),),
    ),
    (
        "一般",
        "yellow",
        "共享单车占用盲道约 40 米",
        "东明路／杨思路",
        "市容环境",
        "管理办",
        "3h 05m",
        "neutral",
        "circle",
        "13:31",
        (),
    ),
    (
        "一般",
        "yellow",
        "小包垃圾堆放，厢房满溢",
        "三林苑 5 号厢房",
        "垃圾分类",
        "管理办",
        "3h 50m",
        "neutral",
        "circle",
        "13:22",
        (),
    ),
    (
        "一般",
        "blue",
        "广告牌松动，大风隐患",
        "上南路 3520 弄",
        "街面秩序",
        "综合执法队",
        "督办 1d",
        "blue",
        "diamond",
        "11:06",
        (),
    ),
)


def order_row(number: int, *, long: int = 1) -> WorkOrderRow:
    """Make one row; ``long`` repeats its words, for tests of narrow places."""
    urgency, tone, title, place, module, unit, clock, clock_tone, shape, time, badges = _SAMPLES[number % len(_SAMPLES)]
    return WorkOrderRow(
        id=f"wo-{number}",
        urgency=urgency,
        tone=tone,
        title=title * long,
        place=place * long,
        module=module,
        unit=unit,
        clock=clock,
        clock_tone=clock_tone,
        clock_shape=shape,
        time=time,
        badges=badges,
        sentence=f"{urgency}工单，{title}，{place}，{module}，{unit}，{clock}，{time} 收到",
    )


def queue_head() -> QueueHead:
    """Make the head as in the drawing."""
    return QueueHead(
        "128 在办 · 3 超期",
        (
            ChipSpec("all", "全部"),
            ChipSpec("near", "临期", "9"),
            ChipSpec("late", "超期", "3"),
            ChipSpec("supervised", "督办", "4"),
            ChipSpec("mine", "待我", "6"),
        ),
        "all",
    )


def order_detail(order_id: str = "wo-1", *, long: int = 1) -> OrderDetail:
    """Make the detail as in the drawing."""
    departments = (
        Choice("d1", "城运中心防汛组", "预案 + 同类 31 件", "cyzxfxz", suggested=True),
        Choice("d2", "建管中心", "市政设施牵头", "jgzx"),
        Choice("d3", "管理办", "退回过 3 次", "glb"),
        Choice("d4", "平安办", "", "pab"),
        Choice("d5", "综合执法队", "", "zhzfd"),
        Choice("d6", "社工办", "", "sgb"),
        Choice("d7", "服务办", "", "fwb"),
    )
    reasons = (Choice("wrong", "派遣有误", "值班长即时改派"), Choice("needless", "无需处置", "需审核"))
    return OrderDetail(
        id=order_id,
        number="20261122-003187",
        title="下立交积水 27 cm，水位上升" * long,
        clock="临期 8m",
        clock_tone="orange",
        clock_shape="triangle",
        steps=(
            Step("受理", "done", "13:58"),
            Step("立案", "done", "13:59"),
            Step("派遣", "current", "限 14:11"),
            Step("处置", "future"),
            Step("核查", "future"),
            Step("结案", "future"),
            Step("反馈", "future"),
        ),
        facts=(
            Fact(
                "时限",
                "派遣 15 分钟 · 14:11 到 · 未暂停",
                more="积水类首次处置 2 工作时；派遣环节 15 分钟，自 13:56 起算，未扣除任何时段。",
            ),
            Fact("来源", "智能发现 · 水位计 WL-07 · 2 次重复已并"),
            Fact("建议", "派 ", "城运中心防汛组", "（预案 + 同类 31 件，中位 38 分钟）"),
            Fact("附近", "4 路可视 · 泵车 1 · 执法 2"),
            Fact("描述", "水位计连续三次超过 25 cm，东侧机动车道已无法通行，西侧尚可缓行。" * long),
            Fact("诉求人", "张**  138****5678"),
        ),
        history=(
            HistoryLine("14:02", "张** · 值班长", "电话通知泵站加开二号泵", pending=True),
            HistoryLine("13:59", "系统", "合并 2 次重复上报"),
            HistoryLine("13:59", "李** · 平台信息员", "立案，防汛类，特急"),
            HistoryLine("13:58", "系统", "水位计 WL-07 触发红色阈值，自动受理"),
        ),
        actions=(
            ActionSpec(
                "dispatch", "派遣", "D", primary=True, fields=(FieldSpec("department", "承办部门", departments),)
            ),
            ActionSpec(
                "return",
                "退回",
                "R",
                fields=(FieldSpec("reason_code", "退回原因", reasons), FieldSpec("text", "说明")),
            ),
            ActionSpec("supervise", "督办", "S", fields=(FieldSpec("text", "督办要求"),)),
            ActionSpec("accept", "受理", "A"),
            ActionSpec("note", "备注", "N", fields=(FieldSpec("text", "备注"),)),
            ActionSpec("extend", "延期", "", enabled=False, reason="尚未派遣，不能延期"),
        ),
    )


def top_bar(**changes: object) -> TopBarView:
    """Make the top bar as in the drawing."""
    alerts = (
        AlertCount("红", 1, "red", "triangle"),
        AlertCount("橙", 2, "orange", "square"),
        AlertCount("黄", 7, "yellow", "diamond"),
        AlertCount("蓝", 0, "blue", "circle"),
        AlertCount("盲源", 1, "blind", "hatched"),
    )
    view = TopBarView(
        hall="临江街道城运中心",
        mode="平时",
        mode_tone="ok",
        alerts=alerts,
        outbox="待发送 1 · 冲突 0",
        outbox_short="1 · 0",
        outbox_tone="neutral",
        link="主链路 0.4 s",
        link_short="0.4 s",
        link_tone="ok",
        link_shape="circle",
        officer="张**",
        role="平台值班长",
    )
    return replace(view, **changes)


def offline_bar() -> TopBarView:
    """Make the top bar without a link."""
    return top_bar(
        mode="急 Ⅱ级",
        mode_tone="orange",
        outbox="待发送 3 · 冲突 1",
        outbox_tone="orange",
        link="离线",
        link_short="离线",
        link_tone="red",
        link_shape="offline",
        offline="离线 · 数据截至 13:40 · 3 条待发送，恢复后自动送出",
    )


RAIL = (
    RailItem("overview", "总览", "overview"),
    RailItem("wall", "视频墙", "wall"),
    RailItem("orders", "工单", "orders", "3"),
    RailItem("map", "地图", "map"),
    RailItem("vitals", "体征", "vitals"),
    RailItem("duty", "值班", "duty"),
    RailItem("plans", "预案", "plans"),
)

ALERTS = AlertStripView(
    (
        AlertItem(
            "a1",
            "积水 27 cm ≥ 25 cm（红）· 浦三路下立交 · 未确认",
            "5 m",
            "red",
            "triangle",
            "红色预警，积水 27 厘米，浦三路下立交，5 分钟未确认",
            critical=True,
        ),
        AlertItem("a2", "暴雨橙色预警 · 浦东 · 中心气象台", "13:40", "orange", "square", "橙色预警，暴雨，浦东，13:40"),
        AlertItem("a3", "117 号摄像机画面静止", "12 s", "yellow", "diamond", "黄色预警，117 号摄像机画面静止"),
    ),
    "7 条未确认",
)

MESSAGE = Message(
    "m1",
    "orange",
    "派遣未被接受",
    "20261122-003187 已由李** 于 14:02 派给建管中心，您的派遣没有生效。",
    "14:03",
    (MessageAction("open", "查看"), MessageAction("retry", "改派")),
)

KEYS = (
    KeyGroup(
        "全局",
        (
            KeyLine(("F1",), "快捷键"),
            KeyLine(("Ctrl", "K"), "命令"),
            KeyLine(("/",), "搜索工单"),
            KeyLine(("Space",), "确认最重的预警"),
            KeyLine(("Ctrl", "L"), "锁定席位"),
        ),
    ),
    KeyGroup(
        "工单",
        (
            KeyLine(("J", "K"), "下一条、上一条"),
            KeyLine(("Enter",), "打开"),
            KeyLine(("A",), "受理"),
            KeyLine(("D",), "派遣"),
            KeyLine(("R",), "退回"),
            KeyLine(("N",), "备注"),
        ),
    ),
    KeyGroup("视频墙", (KeyLine(("1", "…", "9"), "选中画面"), KeyLine(("Alt", "Enter"), "全屏"))),
    KeyGroup("地图", (KeyLine(("+", "−"), "缩放"), KeyLine(("0",), "回到全域"))),
)

RESULTS = (
    CommandResult("wo-1", "orders", "下立交积水 27 cm，水位上升", "浦三路下立交", "工单"),
    CommandResult("cam-41", "camera", "041 浦三路下立交 北向", "在线", "摄像机"),
    CommandResult("place", "pin", "浦三路下立交", "临江街道", "地点"),
    CommandResult("lock", "lock", "锁定席位", "", "Ctrl L"),
    CommandResult("extend", "clock", "延期", "尚未派遣，不能延期", "命令", enabled=False),
)

SIGN_IN = SignInView(
    "临江街道城运中心",
    "http://127.0.0.1:8843",
    "31007",
    "",
    (("zh_CN", "中文"), ("en", "English")),
    "zh_CN",
    "演练中心：人员、事件与画面均为虚构",
)
