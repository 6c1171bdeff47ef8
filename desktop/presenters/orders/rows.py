"""One work order as a row of the queue."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.central.lenient import read_as
from desktop.central.schema import WorkOrder
from desktop.domain.masking import mask_text
from desktop.domain.sla import Clock, Slack, parse_time, read_clock
from desktop.domain.workflow import OPEN_STATES
from desktop.presenters.directory import Directory
from desktop.presenters.labels import CLOCK_TONE, URGENCY_TONE, source_word, state_word, urgency_word
from desktop.presenters.times import clock_time, span
from storage.records import Record
from widgets.queue.rows import Badge, WorkOrderRow

translate = QCoreApplication.translate

CLOCK_SHAPE = {Clock.LATE: "square", Clock.NEAR: "triangle", Clock.AMPLE: "circle", Clock.NONE: ""}


def clock_of(order: WorkOrder, now: datetime) -> Slack:
    """Read the order's clock; a finished order has none."""
    if order.state not in OPEN_STATES and order.state:
        return Slack(Clock.NONE)
    return read_clock(parse_time(order.opened_at), parse_time(order.due), now)


def clock_words(slack: Slack) -> str:
    """超期 12m, 临期 8m, 3h 05m; "" without a limit."""
    match slack.clock:
        case Clock.LATE:
            return translate("Orders", "超期 {length}").format(length=span(slack.left))
        case Clock.NEAR:
            return translate("Orders", "临期 {length}").format(length=span(slack.left))
        case Clock.AMPLE:
            return span(slack.left)
        case _:
            return ""


def order_row(record: Record, directory: Directory, now: datetime) -> WorkOrderRow:
    """Map a cached order to its row; persons in free text are masked here, before anything can paint them."""
    order = read_as(WorkOrder, record.data)
    slack = clock_of(order, now)
    clock = clock_words(slack)
    title = mask_text(order.title) or order.number or record.id
    place = mask_text(order.place.address) or order.place.neighbourhood
    module = directory.module(order.module)
    unit = directory.department(order.lead_department) if order.lead_department else ""
    badges = []
    if record.pending:
        badges.append(Badge(translate("Orders", "待发送")))
    if order.supervised is not None:
        badges.append(Badge(translate("Orders", "督办"), tone="blue", dashed=False))
    urgency = urgency_word(order.urgency)
    spoken = [urgency, state_word(order.state), clock, title, place, module, unit]
    return WorkOrderRow(
        id=record.id,
        urgency=urgency,
        tone=URGENCY_TONE.get(order.urgency, "neutral"),
        title=title,
        place=place,
        module=module,
        unit=unit,
        clock=clock,
        clock_tone=CLOCK_TONE[slack.clock],
        clock_shape=CLOCK_SHAPE[slack.clock],
        time=clock_time(parse_time(order.opened_at), now),
        sentence=translate("Orders", "，").join(part for part in [*spoken, *(badge.text for badge in badges)] if part),
        badges=tuple(badges),
        muted=order.state not in OPEN_STATES and bool(order.state),
        cells={
            "number": order.number,
            "state": state_word(order.state),
            "place": place,
            "neighbourhood": order.place.neighbourhood,
            "grid_cell": directory.cell(order.place.grid_cell),
            "module": module,
            "lead_department": unit,
            "source": source_word(order.source),
            "opened": clock_time(parse_time(order.opened_at), now),
            "due": clock_time(parse_time(order.due), now),
            "updated": clock_time(parse_time(order.updated_at), now),
        },
    )
