"""Believable rows for tests and the gallery: one evening at 临江街道."""

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
