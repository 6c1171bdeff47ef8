"""Believable rows for tests and the gallery: one evening at 临江街道."""

from widgets.detail.order import ActionSpec, Choice, Fact, FieldSpec, HistoryLine, OrderDetail, Step
from widgets.queue.rows import Badge, ChipSpec, QueueHead, WorkOrderRow

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
