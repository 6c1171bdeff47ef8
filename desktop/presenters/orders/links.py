"""What belongs to an order and can be gone to: cameras, its incident, orders that were here or are like it."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.central.schema import WorkOrder
from desktop.domain.masking import mask_text
from desktop.domain.sla import parse_time
from desktop.presenters.directory import Directory
from desktop.presenters.labels import level_word, state_word
from desktop.presenters.orders.subject import Subject, Watching
from desktop.presenters.orders.twins import earlier_here
from desktop.presenters.times import clock_time
from desktop.presenters.whereabouts import side_word
from widgets.detail.order import Choice, LinkGroup, LinkLine

translate = QCoreApplication.translate


def link_groups(
    order: WorkOrder, subject: Subject, twins: Iterable[Choice], directory: Directory, now: datetime
) -> tuple[LinkGroup, ...]:
    """Return the groups, those that concern the order most first."""
    incident = subject.incident
    near = translate("OrderLinks", "附近摄像机（{metres} m 内 {count} 路可用）")
    groups = [
        LinkGroup(
            translate("OrderLinks", "关联事件"),
            (_incident_line(incident[0], incident[1].title, incident[1].level),) if incident is not None else (),
        ),
        LinkGroup(
            translate("OrderLinks", "疑似重复"),
            tuple(LinkLine("work_order", twin.id, "orders", twin.label, twin.search, twin.hint) for twin in twins),
        ),
        LinkGroup(
            translate("OrderLinks", "已并入本单"),
            tuple(_order_line(order_id, other, "", now) for order_id, other in subject.duplicates),
        ),
        LinkGroup(
            near.format(metres=subject.near_m, count=subject.cameras_near), tuple(map(_camera_line, subject.watching))
        ),
        LinkGroup(
            translate("OrderLinks", "此处与此人以往"),
            tuple(
                _order_line(other.id, other.order, words, now)
                for other, words in earlier_here(order, subject.orders_near, subject.calls)
            ),
        ),
        LinkGroup(
            translate("OrderLinks", "相似的已办工单"),
            tuple(
                _order_line(order_id, past, directory.department(past.lead_department), now)
                for order_id, past in subject.alike
            ),
        ),
    ]
    return tuple(group for group in groups if group.lines)


def _incident_line(incident_id: str, title: str, level: str) -> LinkLine:
    return LinkLine("incident", incident_id, "event", mask_text(title) or incident_id, hint=level_word(level))


def _camera_line(watching: Watching) -> LinkLine:
    camera, seen = watching.camera, watching.seen
    metres = translate("OrderLinks", "{metres} m {side}").format(
        metres=round(seen.distance_m), side=side_word(seen.from_deg)
    )
    looks = {
        True: translate("OrderLinks", "朝向此处"),
        False: translate("OrderLinks", "背向"),
        None: translate("OrderLinks", "可转动") if camera.ptz else "",
    }[seen.looks]
    hint = " · ".join(part for part in (looks, metres) if part)
    return LinkLine("camera", watching.id, "camera", camera.name or watching.id, camera.number, hint)


def _order_line(order_id: str, order: WorkOrder, words: str, now: datetime) -> LinkLine:
    opened = clock_time(parse_time(order.opened_at), now)
    hint = " · ".join(part for part in (words, state_word(order.state), opened) if part)
    return LinkLine("work_order", order_id, "orders", mask_text(order.title) or order.number, order.number, hint)
