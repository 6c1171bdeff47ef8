"""上报: a new order from this desk, with its draft kept, its place found and its like shown. Works offline."""

from dataclasses import dataclass

import msgspec
import uuid6
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Camera, Expect, Json, WorkOrder
from desktop.central.schema import Place as WirePlace
from desktop.domain.dispatch import CaseBook, Filing
from desktop.domain.masking import mask_text
from desktop.domain.sla import parse_time
from desktop.presenters.context import Context
from desktop.presenters.labels import SOURCES, URGENCIES, source_word, state_word, urgency_word
from desktop.presenters.map.places import Places
from desktop.presenters.orders.twins import Near, earlier_here, orders_near, twins
from desktop.presenters.times import clock_time
from desktop.presenters.whereabouts import lon_lat
from desktop.presenters.wording import fault_words
from storage.cache.cache import Cache
from storage.records import OpRecord, OrderQuery
from widgets.detail.order import Choice
from widgets.neworder import NewOrderForm, OrderDraft

translate = QCoreApplication.translate

_SETTING = "new_order.draft"
_DRAFT_MS = 2_000
_LOOK_MS = 200
_PLACES = 4
_SHORTEST = 2
"""Characters of an address before places are looked for."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What was found for a draft: places by id, and orders near its point."""

    draft: OrderDraft
    places: dict[str, tuple[str, float, float]]
    near: list[Near]
    filing: Filing | None = None


class NewOrderPresenter(QObject):
    """Keeps the draft of one new order and reports it.

    Signals:
        told(Words): something for the message strip.
        wanted(bool): the form should be there, or go.
        located(tuple[float, float]): a place was taken, degrees WGS-84; the map may show it.
    """

    told = Signal(object)
    wanted = Signal(bool)
    located = Signal(object)

    def __init__(self, form: NewOrderForm, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._context = context
        self._places: dict[str, tuple[str, float, float]] = {}
        self.grounds = Places()
        self._open = False
        self._keeps = True
        self._id = ""
        self._keep = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._keep.timeout.connect(self._keep_draft)
        self._look = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look.timeout.connect(self._look_around)
        form.changed.connect(self._on_changed)
        form.place_chosen.connect(self._on_place)
        form.alike_chosen.connect(self._on_alike)
        form.submitted.connect(self._on_submitted)
        form.left.connect(self._leave)

    @Slot()
    def begin(self) -> None:
        """Open the form with the draft as it was left."""
        self._context.reads.ask(self._on_draft, self._context.duty.setting, _SETTING)

    @Slot(object)
    def begin_with(self, draft: OrderDraft) -> None:
        """Open the form filled in so far, for instance about a camera; the draft that was kept stays as it is."""
        self._open_with(draft, keeps=False)

    @Slot(object)
    def on_point(self, point: tuple[float, float]) -> None:
        """Take a click on the map as the place, while the form is open."""
        if self._open:
            self._form.set_place(*point)

    @Slot(object)
    def _on_draft(self, setting: str | None) -> None:
        self._open_with(_read_draft(setting), keeps=True)

    def _open_with(self, draft: OrderDraft, *, keeps: bool) -> None:
        self._keeps = keeps
        known = self._context.directory.modules()
        modules = (Choice("", translate("NewOrder", "未定")), *(Choice(module.id, module.name) for module in known))
        sources = tuple(Choice(source, source_word(source)) for source in SOURCES)
        urgencies = tuple(Choice(urgency, urgency_word(urgency)) for urgency in URGENCIES)
        self._form.set_choices(sources, modules, urgencies)
        self._form.show_draft(draft)
        self._form.say("")
        self._id = f"wo-{uuid6.uuid7()}"
        self._open = True
        self.wanted.emit(True)  # noqa: FBT003 - the signal's argument
        self._form.begin()
        self._look.start()

    @Slot()
    def _on_changed(self) -> None:
        if self._keeps and not self._keep.isActive():
            self._keep.start()
        self._look.start()

    @Slot()
    def _keep_draft(self) -> None:
        text = msgspec.json.encode(self._form.draft()).decode()
        self._context.tasks.follow(self._context.keep(_SETTING, text), self._on_kept, self._on_refused)

    @Slot(object)
    def _on_kept(self, _nothing: object) -> None:
        if self._open:
            self._form.say(translate("NewOrder", "草稿已保存"))

    @Slot()
    def _look_around(self) -> None:
        context = self._context
        context.reads.ask(self._on_around, _look, context.cache, context.book, self._form.draft())

    @Slot(object)
    def _on_around(self, found: _Around) -> None:
        draft = self._form.draft()
        if found.draft != draft or not self._open:
            return  # the officer has written on; a newer answer is on its way
        self._places = dict(found.places)
        for place in self.grounds.find(draft.address, _PLACES) if len(draft.address) >= _SHORTEST else ():
            if len(self._places) < _PLACES * 2 and place.name not in {
                address for address, _, _ in self._places.values()
            }:
                self._places[f"ground/{place.name}"] = (place.name, place.lon, place.lat)
        known = {address for address, _, _ in found.places.values()}
        known |= {address for address, _, _ in self._places.values()}
        offered = () if draft.address in known and draft.lon is not None else tuple(self._places.items())
        self._form.offer_places(tuple(Choice(place_id, address) for place_id, (address, _, _) in offered))
        now = self._context.now()
        alike = twins(_as_order(draft, now.isoformat()), found.near, self._context.directory, now)
        words = translate("NewOrder", "附近有 {count} 件可能是同一件事，双击查看").format(count=len(alike))
        self._form.show_alike(words, alike)
        self._show_filing(draft, found.filing)
        self._form.show_earlier(self._earlier(draft, found.near))

    def _show_filing(self, draft: OrderDraft, filing: Filing | None) -> None:
        """Offer the field of work that the words speak of; what the officer chose stays as it is."""
        known = {module.id for module in self._context.directory.modules()}
        if filing is None or draft.module or filing.module not in known:
            self._form.offer_module("", "")
            return
        words = translate("NewOrder", "像“{kind}”（{words}），条线 {module}")
        telling = translate("Dispatch", "、").join(filing.telling)
        module = self._context.directory.module(filing.module)
        self._form.offer_module(filing.module, words.format(kind=filing.kind, words=telling, module=module))

    def _earlier(self, draft: OrderDraft, near: list[Near]) -> str:
        """Say what was here before."""
        now = self._context.now()
        here = earlier_here(_as_order(draft, now.isoformat()), near, ())
        if not here:
            return ""
        newest = here[0][0].order
        words = translate("NewOrder", "此处以往 {count} 件，最近：{title} · {state} · {time}")
        return words.format(
            count=len(here),
            title=mask_text(newest.title[:60]),
            state=state_word(newest.state),
            time=clock_time(parse_time(newest.opened_at), now),
        )

    @Slot(object)
    def _on_place(self, place_id: str) -> None:
        address, lon, lat = self._places[place_id]
        self.located.emit((lon, lat))
        self._form.set_place(lon, lat, address)

    @Slot(object)
    def _on_alike(self, order_id: str) -> None:
        self._leave()
        self._context.selection.select("work_order", order_id)

    @Slot()
    def _on_submitted(self) -> None:
        future = self._context.record("work_order", self._id, "report", _arguments(self._form.draft()), Expect())
        self._context.tasks.follow(future, self._on_recorded, self._on_refused)

    @Slot(object)
    def _on_recorded(self, op: OpRecord) -> None:
        self._form.show_draft(OrderDraft())
        self._close()
        if self._keeps:
            self._context.tasks.follow(self._context.keep(_SETTING, None), self._on_kept, self._on_refused)
        self._context.selection.select("work_order", op.id)

    @Slot()
    def _leave(self) -> None:
        if self._keeps:
            self._keep_draft()
        self._close()

    def _close(self) -> None:
        self._keep.stop()
        self._look.stop()
        self._open = False
        self.wanted.emit(False)  # noqa: FBT003 - the signal's argument

    def _on_refused(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))


def _read_draft(setting: str | None) -> OrderDraft:
    try:
        return msgspec.json.decode(setting or "{}", type=OrderDraft)
    except msgspec.DecodeError:
        return OrderDraft()


def _look(cache: Cache, book: CaseBook, draft: OrderDraft) -> _Around:
    places: dict[str, tuple[str, float, float]] = {}
    if len(draft.address) >= _SHORTEST:
        query = OrderQuery(text=draft.address, open_only=False, sort="updated", descending=True)
        found = [read_as(WorkOrder, record.data).place for record in cache.orders(query, _PLACES * 4)]
        found += [read_as(Camera, record.data).place for record in cache.search_cameras(draft.address, _PLACES)]
        for place in found:
            _note_place(places, place, draft.address)
    near = orders_near(cache, draft.lon, draft.lat) if draft.lon is not None and draft.lat is not None else []
    return _Around(draft, places, near, book.classify(f"{draft.title}\n{draft.description}"))


def _note_place(places: dict[str, tuple[str, float, float]], place: WirePlace, typed: str) -> None:
    known = {address for address, _, _ in places.values()}
    point = lon_lat(place)
    if point is None or not place.address or place.address in known or len(places) >= _PLACES:
        return
    if typed in place.address:
        places[str(len(places))] = (place.address, *point)


def _arguments(draft: OrderDraft) -> Json:
    place: Json = {"address": draft.address}
    if draft.lon is not None:
        place["point"] = [draft.lon, draft.lat]
    args: Json = {
        "title": draft.title,
        "description": draft.description,
        "source": draft.source,
        "module": draft.module,
        "urgency": draft.urgency,
        "place": place,
    }
    if draft.caller_name or draft.caller_phone:
        args["caller"] = {"name": draft.caller_name, "phone": draft.caller_phone}
    return args


def _as_order(draft: OrderDraft, opened_at: str) -> WorkOrder:
    return msgspec.convert({**_arguments(draft), "opened_at": opened_at}, WorkOrder)
