"""轮巡: runs a tour on the wall, shows how it stands, and goes on with it after a restart."""

import logging
import time
from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from desktop.domain.arrangements import Arrangement
from desktop.domain.tour import Page, Tour, Wish, advance, ahead, begin
from desktop.domain.tour_plan import Round, TourPlan, make_round
from desktop.presenters.context import Context
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.tour_sources import SavedView, sources, works
from desktop.presenters.wording import Words
from widgets.wall.tourbar import TourBar, TourView
from widgets.wall.tourkeys import TourKeys
from widgets.wall.wall import VideoWall

translate = QCoreApplication.translate

_log = logging.getLogger(__name__)

OWNER = "tour"
SETTING = "wall.tour"
_TICK_MS = 250
_STREAMS_CAP = 64
"""Streams decoded at a time, seen and unseen together; opening ahead never goes beyond."""

Views = Callable[[], Sequence[SavedView]]


class KeptTour(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tour under way, as it is kept for the next start."""

    plan: TourPlan
    place: int = 0
    left_s: float = 0.0
    paused: bool = False


class TourPresenter(QObject):
    """At most one tour of one wall.

    The tour takes the wall over and gives it back; what was there lies below all the time, so ending it has nothing to
    restore. While an alarm view is up (`cover`) its time stands still.

    Signals:
        told(Words): something for the message strip.
        changed(): a tour began or ended.
    """

    told = Signal(object)
    changed = Signal()

    def __init__(
        self,
        bar: TourBar,
        video_wall: VideoWall,
        wall: WallPresenter,
        context: Context,
        parent: QObject,
        *,
        views: Views = tuple,
        clock: Callable[[], float] = time.monotonic,
        setting: str = SETTING,
    ) -> None:
        """Join bar and wall.

        Args:
            bar: Shows the tour.
            video_wall: Is seen.
            wall: Is taken over.
            context: The shared parts of the desk.
            parent: Owner.
            views: Gives the saved views as they are now.
            clock: Seconds.
            setting: Where a tour under way is kept for the next start.
        """
        super().__init__(parent)
        self._bar = bar
        self._video_wall = video_wall
        self._wall = wall
        self._context = context
        self._views = views
        self._clock = clock
        self._setting = setting
        self._plan = TourPlan("", ())
        self._tour: Tour | None = None
        self._round = Round((), 0)
        self._covered = False
        self._former = "", ""
        self._ahead: Page | None = None
        self._kept: KeptTour | None = None
        self._keys = TourKeys(video_wall)
        self._keys.turned.connect(self._on_turned)
        self._keys.pause_pressed.connect(self._on_pause)
        self._keys.stop_pressed.connect(self.stop)
        bar.previous_requested.connect(self._on_previous)
        bar.next_requested.connect(self._on_next)
        bar.pause_requested.connect(self._on_pause)
        bar.stop_requested.connect(self.stop)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_time)
        wall.stood.connect(self._on_stood)
        context.reads.ask(self._on_kept, context.duty.setting, setting)

    @property
    def running(self) -> bool:
        """Whether a tour is under way, paused or not."""
        return self._tour is not None

    @property
    def tour(self) -> Tour | None:
        """How it stands; None without one."""
        return self._tour

    def start(self, plan: TourPlan) -> bool:
        """Begin a tour in place of any other; False, with words, if the wall is locked or nothing is to be seen."""
        return self._begin(KeptTour(plan))

    def coming_round(self, plan: TourPlan) -> Round:
        """The pages that a plan would have now."""
        cameras = self._wall.cameras
        part = translate("Tours", "{name} {n}/{of}")
        return make_round(plan, sources(cameras, self._views()), lambda camera: works(cameras.get(camera)), part)

    @Slot()
    def stop(self) -> None:
        """End the tour; the wall is exactly as it was."""
        if self._tour is None:
            return
        self._tour = self._ahead = None
        self._timer.stop()
        self._keys.take(on=False)
        self._wall.prepare(None)
        self._wall.give_back(OWNER)
        single, selected = self._former
        self._video_wall.select(selected)
        self._video_wall.set_single(single)
        self._bar.show_view(None)
        self._keep(None)
        self.changed.emit()

    @Slot(bool)
    def cover(self, covered: bool) -> None:  # noqa: FBT001 - a signal's own argument
        """Stand still while something graver is on the wall, then go on."""
        self._covered = covered
        self._advance(Wish.COVER if covered else Wish.UNCOVER)

    # --- running --------------------------------------------------------------------------------------------------

    def _begin(self, kept: KeptTour) -> bool:
        if self._wall.locked:
            self._tell(translate("Tours", "视图已锁定，不能轮巡"), translate("Tours", "先按 Ctrl+L 解锁。"))
            return False
        coming = self.coming_round(kept.plan)
        if not coming.pages:
            words = translate("Tours", "所选范围内没有可看的摄像机（{count} 路不可看）。").format(count=coming.skipped)
            self._tell(translate("Tours", "没有可轮巡的画面"), words)
            return False
        if self._tour is None:
            self._former = self._video_wall.single, self._video_wall.selected
        self._video_wall.set_single("")
        self._plan, self._round = kept.plan, coming
        now = self._clock()
        self._tour = begin(coming.pages, now, place=kept.place, left_s=kept.left_s, paused=kept.paused)
        if self._covered:
            self._tour = advance(self._tour, Wish.COVER, now, coming.pages)
        self._keys.take(on=True)
        self._timer.start()
        self._show_page()
        self._video_wall.hint(translate("Tours", "轮巡：← → 换页，空格暂停，Esc 结束"))
        self.changed.emit()
        return True

    def _advance(self, wish: Wish) -> None:
        before = self._tour
        if before is None:
            return
        now = self._clock()
        if wish is Wish.TIME and before.runs and self._ahead is None:
            self._look_ahead(now)
        if before.left_at(now) <= 0.0 or wish is not Wish.TIME:
            self._round = self.coming_round(self._plan)
        after = self._tour = advance(before, wish, now, self._round.pages)
        if (after.place, after.pages) != (before.place, before.pages):
            self._show_page()
        elif after is not before:
            self._keep_on()
        self._show_bar()

    def _look_ahead(self, now: float) -> None:
        """Open the next page's cameras out of sight when its time comes, as many as the hosts have room for."""
        tour = self._tour
        if tour is None or ahead(tour, now, tour.pages) is None:
            return
        self._round = self.coming_round(self._plan)
        page = self._ahead = ahead(tour, now, self._round.pages)
        if page is None:
            return
        seen = {standing.use.camera for standing in self._wall.standing}
        room = max(0, _STREAMS_CAP - len(seen))
        fresh = [camera if camera not in seen else "" for camera in page.cameras]
        kept = [camera if sum(map(bool, fresh[: n + 1])) <= room else "" for n, camera in enumerate(fresh)]
        self._wall.prepare(Arrangement.of(page.layout, kept))

    def _show_page(self) -> None:
        tour = self._tour
        if tour is None:
            return
        page = tour.page
        words = translate("Tours", "轮巡中，按 Esc 结束后再改")
        self._wall.take_over(OWNER, Arrangement.of(page.layout, page.cameras), words)
        self._ahead = None
        self._wall.prepare(None)
        self._keep_on()
        self._show_bar()

    def _show_bar(self) -> None:
        if self._tour is not None:
            self._bar.show_view(tour_view(self._tour, self._round.skipped, self._blind_here(), self._clock()))

    def _blind_here(self) -> int:
        """Cameras of the page on the wall that have no picture."""
        cameras = self._tour.page.cameras if self._tour is not None else ()
        return sum(bool(camera) and not works(self._wall.camera(camera)) for camera in cameras)

    def _keep_on(self) -> None:
        tour = self._tour
        if tour is not None:
            self._keep(KeptTour(self._plan, tour.place, tour.left_at(self._clock()), tour.paused))

    def _keep(self, kept: KeptTour | None) -> None:
        text = msgspec.json.encode(kept).decode() if kept is not None else None
        self._context.tasks.follow(self._context.keep(self._setting, text))

    def _tell(self, title: str, message: str) -> None:
        self.told.emit(Words(title, message))

    # --- wishes and news ------------------------------------------------------------------------------------------

    @Slot()
    def _on_time(self) -> None:
        self._advance(Wish.TIME)

    @Slot(object)
    def _on_turned(self, step: int) -> None:
        self._advance(Wish.NEXT if step > 0 else Wish.PREVIOUS)

    @Slot()
    def _on_previous(self) -> None:
        self._advance(Wish.PREVIOUS)

    @Slot()
    def _on_next(self) -> None:
        self._advance(Wish.NEXT)

    @Slot()
    def _on_pause(self) -> None:
        if self._tour is not None:
            self._advance(Wish.RESUME if self._tour.paused else Wish.PAUSE)

    @Slot(object)
    def _on_kept(self, setting: str | None) -> None:
        if not setting:
            return
        try:
            self._kept = msgspec.json.decode(setting, type=KeptTour)
        except msgspec.DecodeError:
            _log.warning("the tour that was under way cannot be read; it is not resumed")
            return
        self._on_stood()

    @Slot()
    def _on_stood(self) -> None:
        """Go on with an earlier run's tour as soon as the cameras are known."""
        if self._kept is None or self._tour is not None or not self._wall.cameras:
            return
        kept, self._kept = self._kept, None
        if not self._begin(kept):
            self._keep(None)


def tour_view(tour: Tour, skipped: int, blind: int, now: float) -> TourView:
    """Put a tour into words."""
    page, left_s = tour.page, tour.left_at(now)
    notes = []
    if tour.covered:
        notes.append(translate("Tours", "报警画面显示中，轮巡暂停"))
    elif tour.paused:
        notes.append(translate("Tours", "已暂停"))
    if skipped:
        notes.append(translate("Tours", "跳过不可看 {count} 路").format(count=skipped))
    if blind:
        notes.append(translate("Tours", "本页 {count} 路不可看").format(count=blind))
    place = f"{tour.place + 1}/{len(tour.pages)}"
    name = page.name.removesuffix(f" {place}")  # where the tour is one group, its own count says the same
    left = translate("Tours", "{seconds} 秒").format(seconds=max(1, round(left_s)))
    note = " · ".join(notes)
    spoken = (translate("Tours", "轮巡"), name, place, note)
    return TourView(
        name=name,
        place=place,
        note=note,
        left=left if tour.runs else "",
        share=round(1.0 - left_s / page.dwell_s, 2),
        tone="blue" if tour.runs else "yellow",
        paused=tour.paused,
        sentence=translate("Tours", "，").join(part for part in spoken if part),
    )
