"""轮巡…: the card on which a tour is put together, with what comes of it said before it starts."""

from datetime import timedelta

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Slot

from desktop.domain.tour_plan import PAGE_LAYOUTS, Stop, TourPlan
from desktop.presenters.context import Context
from desktop.presenters.times import span
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.tour_sources import form_key, plan_key, source_rows, sources
from desktop.presenters.wall.tours import TourPresenter, Views
from widgets.wall.tourform import TourDraft, TourForm

translate = QCoreApplication.translate

_SETTING = "wall.tour.choice"


class TourStartPresenter(QObject):
    """Fills the card, says what comes of the choice, and starts the tour. The last choice is there the next time."""

    def __init__(
        self,
        form: TourForm,
        tours: TourPresenter,
        wall: WallPresenter,
        context: Context,
        parent: QObject,
        *,
        views: Views = tuple,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._tours = tours
        self._wall = wall
        self._context = context
        self._views = views
        form.set_page_sizes(tuple(PAGE_LAYOUTS))
        form.changed.connect(self._on_changed)
        form.started.connect(self._on_started)

    @Slot()
    def begin(self) -> None:
        """Open the card."""
        self._context.reads.ask(self._on_choice, self._context.duty.setting, _SETTING)

    @Slot()
    def toggle(self) -> None:
        """End the tour that is under way, or open the card for another."""
        if self._tours.running:
            self._tours.stop()
        else:
            self.begin()

    @Slot(object)
    def _on_choice(self, setting: str | None) -> None:
        found = sources(self._wall.cameras, self._views())
        self._form.show_sources(source_rows(found, self._wall.cameras), _draft(_read(setting)))
        self._form.open()

    @Slot()
    def _on_changed(self) -> None:
        plan = _plan(self._form.draft())
        coming = self._tours.coming_round(plan)
        if not plan.stops:
            self._form.say(translate("Tours", "勾选要轮巡的视图或居委"), ready=False)
            return
        if not coming.pages:
            self._form.say(translate("Tours", "所选范围内没有可看的摄像机"), ready=False)
            return
        length = span(timedelta(seconds=sum(page.dwell_s for page in coming.pages)))
        words = translate("Tours", "{pages} 页，一轮 {length}").format(pages=len(coming.pages), length=length)
        if coming.skipped:
            words += translate("Tours", "，跳过不可看 {count} 路").format(count=coming.skipped)
        self._form.say(words, ready=True)

    @Slot()
    def _on_started(self) -> None:
        plan = _plan(self._form.draft())
        self._form.leave()
        if self._tours.start(plan):
            text = msgspec.json.encode(plan).decode()
            self._context.tasks.follow(self._context.keep(_SETTING, text))


def _read(setting: str | None) -> TourPlan:
    try:
        return msgspec.json.decode(setting or "", type=TourPlan)
    except msgspec.DecodeError:
        return TourPlan("", ())


def _draft(plan: TourPlan) -> TourDraft:
    return TourDraft(tuple((form_key(stop.kind, stop.key), round(stop.dwell_s)) for stop in plan.stops), plan.page_size)


def _plan(draft: TourDraft) -> TourPlan:
    stops = tuple(Stop(*plan_key(key), dwell_s=float(dwell_s)) for key, dwell_s in draft.stops)
    return TourPlan("", stops, draft.page_size)
