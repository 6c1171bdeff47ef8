"""画面记录: how one camera did while this desk watched it, and the fault order that may follow from it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from desktop.central.schema import Camera
from desktop.domain.camera_record import Record, add_up
from desktop.domain.sla import parse_time
from desktop.domain.workflow import judge
from desktop.presenters.context import Context
from desktop.presenters.times import clock_time, span
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.whereabouts import lon_lat
from desktop.presenters.wording import fault_words, words_of
from desktop.video.blame import is_faulty
from desktop.video.panes import PaneStatus
from desktop.video.states import PaneState
from storage.duty.camera_days import CameraDay
from widgets.neworder import OrderDraft
from widgets.wall.menu import MenuEntry
from widgets.wall.panes import PaneAction, PaneChoice, PaneView
from widgets.wall.reportcard import ReportCard, ReportLine, ReportView
from widgets.wall.wall import VideoWall

translate = QCoreApplication.translate

FAULT = "fault"
"""Key of the button and of the entry that open a fault order."""
_SPANS = (1, 7, 30)
_CHANGES = 12
_GOOD, _FAIR = 0.99, 0.95
_WATCHING = "video"
"""Id of the module whose units look after cameras; a centre that has none with it leaves the choice to the officer."""


@dataclass(frozen=True, slots=True)
class SeenFault:
    """What is wrong with a picture as this desk sees it, since when, and why; empty words for nothing."""

    what: str = ""
    since: datetime | None = None
    cause: str = ""


ReadDays = Callable[[str], Sequence[CameraDay]]


class CameraHistoryPresenter(QObject):
    """Opens the record of a pane's camera, and a fault order filled in from it. Both work offline.

    Signals:
        order_wanted(OrderDraft): a new order should be opened, filled in so far.
        told(Words): something for the message strip.
    """

    order_wanted = Signal(object)
    told = Signal(object)

    def __init__(
        self,
        card: ReportCard,
        video_wall: VideoWall,
        wall: WallPresenter,
        context: Context,
        parent: QObject,
        *,
        read_days: ReadDays,
    ) -> None:
        super().__init__(parent)
        self._card = card
        self._wall = wall
        self._context = context
        self._read_days = read_days
        self._camera_id = ""
        self._days: Sequence[CameraDay] = ()
        self._seen = SeenFault()
        self._video_wall = video_wall
        card.action_chosen.connect(self._on_action)
        video_wall.action_requested.connect(self._on_pressed)
        wall.contribute(self)
        wall.dress(self.dress)

    def dress(self, view: PaneView) -> PaneView:
        """Offer the fault order in a pane whose camera has failed, to an officer who may report."""
        if not view.camera_id or not (view.stale or view.hide_picture) or not self._may_report():
            return view
        status = self._wall.status(view.pane)
        if not is_faulty(status.state, status.cause_code, time.monotonic() - status.since):
            return view
        return replace(view, actions=(*view.actions, PaneAction(FAULT, translate("CameraRecord", "生成故障工单"))))

    def entries(self, view: PaneView) -> tuple[MenuEntry, ...]:
        """For panes with a camera."""
        if not view.camera_id:
            return ()
        may = self._may_report()
        reason = "" if may else translate("CameraRecord", "您的角色不能上报工单")
        return (
            MenuEntry("record", translate("CameraRecord", "画面记录…")),
            MenuEntry(FAULT, translate("CameraRecord", "生成故障工单…"), "O", may, reason),
        )

    def chosen(self, key: str, view: PaneView) -> None:
        """Open the record, or the order at once."""
        self._camera_id = view.camera_id
        self._seen = seen_fault(self._wall.status(view.pane), time.monotonic(), self._context.now())
        done = self._on_days_for_order if key == FAULT else self._on_days
        self._context.reads.ask(done, self._read_days, view.camera_id, failed=self._on_failed)

    @Slot()
    def show_selected(self) -> None:
        """Open the record of the camera in the selected pane, or say why not."""
        view = self._video_wall.view(self._video_wall.selected)
        if view.camera_id:
            self.chosen("record", view)
        else:
            self._video_wall.hint(translate("CameraRecord", "窗格里没有摄像机"))

    @Slot()
    def report_selected(self) -> None:
        """Open a fault order about the camera in the selected pane, or say why not."""
        view = self._video_wall.view(self._video_wall.selected)
        if not view.camera_id:
            self._video_wall.hint(translate("CameraRecord", "窗格里没有摄像机"))
        elif not self._may_report():
            self._video_wall.hint(translate("CameraRecord", "您的角色不能上报工单"))
        else:
            self.chosen(FAULT, view)

    @Slot(object)
    def _on_pressed(self, choice: PaneChoice) -> None:
        if choice.key == FAULT:
            self.chosen(FAULT, choice.view)

    def _may_report(self) -> bool:
        officer = self._context.officer()
        return officer is not None and judge("", "report", officer.roles).allowed

    @Slot(object)
    def _on_days(self, days: Sequence[CameraDay]) -> None:
        camera = self._wall.camera(self._camera_id)
        if camera is not None:
            self._days = days
            self._card.show_view(record_view(camera, days, self._context.now()))

    @Slot(object)
    def _on_days_for_order(self, days: Sequence[CameraDay]) -> None:
        self._days = days
        self._on_action(FAULT)

    def _on_failed(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))

    @Slot(str)
    def _on_action(self, key: str) -> None:
        camera = self._wall.camera(self._camera_id)
        if key != FAULT or camera is None:
            return
        if self._card.isVisible():
            self._card.leave()
        known = {module.id for module in self._context.directory.modules()}
        module = _WATCHING if _WATCHING in known else ""
        self.order_wanted.emit(fault_draft(camera, self._days, module, self._context.now(), self._seen))


def record_view(camera: Camera, days: Sequence[CameraDay], now: datetime) -> ReportView:
    """Put a camera's days into lines: sums over today, a week, a month, then the newest changes."""
    today = now.astimezone().date()
    lines = [_health_line(camera, now), ReportLine(translate("CameraRecord", "本席观看期间"), head=True)]
    for count in _SPANS:
        first = (today - timedelta(days=count - 1)).isoformat()
        record = add_up(day for day in days if day.day >= first)
        label = (
            translate("CameraRecord", "今天") if count == 1 else translate("CameraRecord", "近 {n} 天").format(n=count)
        )
        lines.append(_sum_line(label, record))
    changes = [change for day in days for change in reversed(day.changes)][:_CHANGES]
    if changes:
        lines.append(ReportLine(translate("CameraRecord", "状态变化"), head=True))
        lines += [_change_line(*change, now) for change in changes]
    return ReportView(
        title=translate("CameraRecord", "画面记录"),
        about=_about(camera),
        lines=tuple(lines),
        words=translate("CameraRecord", "只统计这路画面在本席墙上的时间；没有观看的时间不作判断。"),
        actions=((FAULT, translate("CameraRecord", "生成故障工单")),),
    )


def seen_fault(status: PaneStatus, clock_s: float, now: datetime) -> SeenFault:
    """Put a pane's fault into words for an order; `clock_s` is `time.monotonic()` at `now`."""
    lasting_s = max(0.0, clock_s - status.since)
    if not is_faulty(status.state, status.cause_code, lasting_s):
        return SeenFault()
    what = {
        PaneState.OFFLINE: translate("CameraRecord", "离线"),
        PaneState.UNAUTHORIZED: translate("CameraRecord", "拒绝播放"),
        PaneState.UNSUPPORTED: translate("CameraRecord", "无法播放"),
        PaneState.STALLED: translate("CameraRecord", "画面停顿"),
        PaneState.FROZEN: translate("CameraRecord", "画面静止"),
        PaneState.BLACK: translate("CameraRecord", "画面全黑"),
    }[status.state]
    cause = words_of(status.cause_code, status.params).title if status.cause_code else ""
    return SeenFault(what, now - timedelta(seconds=lasting_s), cause)


def fault_draft(
    camera: Camera, days: Sequence[CameraDay], module: str, now: datetime, seen: SeenFault | None = None
) -> OrderDraft:
    """Fill in an order about a camera: what is wrong, as seen here and by the centre's word, and how it did lately."""
    seen = seen or SeenFault()
    by_centre = _health_words(camera.health)
    what = seen.what or by_centre
    number = camera.number or camera.code
    title = translate("CameraRecord", "{number} 号摄像机{what}").format(
        number=number, what=what or translate("CameraRecord", "画面异常")
    )
    lines = [_about(camera), translate("CameraRecord", "国标编码 {code}").format(code=camera.code)]
    if seen.what:
        here = translate("CameraRecord", "本席所见：{what}，自 {since}")
        here = here.format(what=seen.what, since=clock_time(seen.since, now))
        lines.append(translate("CameraRecord", "{seen}（{cause}）").format(seen=here, cause=seen.cause or seen.what))
    since = clock_time(parse_time(camera.health_since), now)
    if by_centre and since:
        lines.append(translate("CameraRecord", "中心记录：{what}，自 {since}").format(what=by_centre, since=since))
    first = (now.astimezone().date() - timedelta(days=6)).isoformat()
    record = add_up(day for day in days if day.day >= first)
    if record.watched_s:
        lines.append(translate("CameraRecord", "近 7 天：") + _sum_words(record))
    lon, lat = lon_lat(camera.place) or (None, None)
    return OrderDraft(
        title=title,
        description="\n".join(line for line in lines if line),
        source="smart",
        module=module,
        address=camera.place.address or camera.name,
        lon=lon,
        lat=lat,
    )


def _about(camera: Camera) -> str:
    return " · ".join(part for part in (camera.number, camera.name, camera.place.neighbourhood) if part)


def _health_words(health: str) -> str:
    """What is wrong with a camera by the centre's word; "" for one that works."""
    return {
        "offline": translate("CameraRecord", "离线"),
        "frozen": translate("CameraRecord", "画面静止"),
        "black": translate("CameraRecord", "画面全黑"),
    }.get(health, "")


def _health_line(camera: Camera, now: datetime) -> ReportLine:
    what = _health_words(camera.health)
    since = clock_time(parse_time(camera.health_since), now)
    note = translate("CameraRecord", "自 {since}").format(since=since) if since else ""
    if not what:
        return ReportLine(
            translate("CameraRecord", "中心记录"), translate("CameraRecord", "正常"), "circle", "ok", note
        )
    return ReportLine(translate("CameraRecord", "中心记录"), what, "square", "yellow", note)


def _sum_line(label: str, record: Record) -> ReportLine:
    share = record.availability
    if share is None:
        return ReportLine(label, translate("CameraRecord", "没有观看"), "ring", "neutral")
    tone, mark = ("ok", "circle") if share >= _GOOD else ("yellow", "square") if share >= _FAIR else ("red", "triangle")
    return ReportLine(label, f"{share:.1%}", mark, tone, _sum_words(record))


def _sum_words(record: Record) -> str:
    parts = [translate("CameraRecord", "观看 {length}").format(length=span(timedelta(seconds=record.watched_s)))]
    for seconds, words in (
        (record.frozen_s, translate("CameraRecord", "静止 {length}")),
        (record.black_s, translate("CameraRecord", "全黑 {length}")),
        (record.lost_s, translate("CameraRecord", "中断 {length}")),
    ):
        if seconds >= 1.0:
            parts.append(words.format(length=span(timedelta(seconds=seconds))))
    parts.append(translate("CameraRecord", "重连 {count} 次").format(count=record.reconnects))
    return translate("CameraRecord", "，").join(parts)


def _change_line(at: str, state: str, cause: str, now: datetime) -> ReportLine:
    words = {
        "live": (translate("CameraRecord", "恢复画面"), "circle", "ok"),
        "frozen": (translate("CameraRecord", "画面静止"), "square", "yellow"),
        "black": (translate("CameraRecord", "画面全黑"), "square", "yellow"),
        "stalled": (translate("CameraRecord", "画面停顿"), "square", "yellow"),
        "offline": (translate("CameraRecord", "画面中断"), "triangle", "red"),
    }.get(state, (state, "ring", "neutral"))
    note = words_of(cause).title if cause else ""
    return ReportLine(clock_time(parse_time(at), now), words[0], words[1], words[2], note)
