"""The wall: which camera stands in which pane, and how each pane is doing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from msgspec import structs
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Camera
from desktop.domain.arrangements import EMPTY, Arrangement, History, PaneUse
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.wall.camera_spread import spread
from desktop.presenters.wall.hands import WallHands
from desktop.presenters.wall.links import Linked, SelectionLink
from desktop.presenters.wall.pane_menu import PaneContribution, PaneMenuPresenter
from desktop.presenters.wall.pane_words import Dress, PaneWords
from desktop.presenters.wall.refusals import refusal
from desktop.presenters.wall.stand import Guest, Stand, Standing, Takeover
from desktop.presenters.wall.streams import WallStreams
from desktop.video.panes import PaneStatus
from desktop.video.service import VideoService
from desktop.video.streams import Choice, Use
from storage.records import Record
from widgets.wall.layouts import PANES_CAP, boxes
from widgets.wall.lens import Lens
from widgets.wall.panel import WallPanel
from widgets.wall.panes import PaneSize, PaneView

_CAPTIONS_MS = 500
_GAP = 2


class WallPresenter(QObject):
    """Fills the panes of one wall and takes the officer's changes of it.

    What stands where is decided by `Stand`: the officer's arrangement, over it whoever took the wall over, the cameras
    of the selected object, and guests in panes set aside. Every change by hand goes into one history, so all of them
    can be undone.

    Other parts of the wall use: `take_over` and `give_back` (a tour); `invite` and `dismiss` (alarms in panes set
    aside); `prepare` (streams that will be wanted soon); `contribute` (entries of the pane's menu); `dress` (further
    words on panes); `camera_at`, `retry`, `told` and `refused`.

    Signals:
        linked(Linked | None): the cameras on the wall for the selected object.
        arranged(): the officer's arrangement, or its zooms, are other than before.
        stood(): something else stands in some pane, on whosever account.
        told(Words): something for the message strip.
    """

    linked = Signal(object)
    arranged = Signal()
    stood = Signal()
    told = Signal(object)

    def __init__(
        self,
        panel: WallPanel,
        video: VideoService,
        context: Context,
        parent: QObject,
        *,
        prefix: str = "",
        use: Callable[[], Use] = Use,
    ) -> None:
        """Join a panel.

        Args:
            panel: Shows it.
            video: Plays.
            context: The shared parts of the desk.
            parent: Owner.
            prefix: Tells the panes of this wall from those of others; "" is the desk's own.
            use: What all video uses of machine and network now, and may.
        """
        super().__init__(parent)
        self._panel = panel
        self._wall = panel.wall
        self._context = context
        self._streams = WallStreams(video, prefix, use)
        self._linking = not prefix
        self._cameras: dict[str, Camera] = {}
        self._history = History(Arrangement(self._wall.layout_name))
        self._fresh = not prefix
        self._closed = False
        self._stand = Stand(self._history.present)
        self._standing: list[Standing] = []
        self._link: Linked | None = None
        self._sizes: dict[str, PaneSize] = {}
        self._words = PaneWords(self._streams)
        self._menu = PaneMenuPresenter(self._wall, self)
        self._captions = QTimer(self, interval=_CAPTIONS_MS)
        self._captions.timeout.connect(self._on_time)
        self._captions.start()
        self._wall.sizes_changed.connect(self._on_sizes)
        self._hands = WallHands(self._wall, self, self)
        panel.layout_chosen.connect(self.lay_out)
        if self._linking:
            SelectionLink(context, self).found.connect(self._on_linked)

    # --- seams for other parts of the wall --------------------------------------------------------------------------

    def take_over(self, owner: str, arrangement: Arrangement, words: str, *, yields: bool = False) -> None:
        """Show an arrangement on the whole wall until `give_back`; calling again turns the page.

        The officer's own arrangement is not touched, and changes by hand are refused with `words` meanwhile. A locked
        wall is not taken over, so ask `locked` before.

        Args:
            owner: A name of the part, such as ``tour``; several owners lie over one another.
            arrangement: What to show; streams and zooms of its panes are honoured.
            words: Why the wall takes no change by hand, for the officer.
            yields: Whether another layout or view, taken by hand, ends the takeover instead of being refused.
        """
        if self.locked:
            return
        others = tuple(takeover for takeover in self._stand.takeovers if takeover.owner != owner)
        self._restand(replace(self._stand, takeovers=(*others, Takeover(owner, arrangement, words, yields))))

    def give_back(self, owner: str) -> None:
        """End a takeover: what was before is there again, exactly. Giving back what one does not have is nothing."""
        others = tuple(takeover for takeover in self._stand.takeovers if takeover.owner != owner)
        if others != self._stand.takeovers:
            self._restand(replace(self._stand, takeovers=others))

    def invite(self, owner: str, guests: Mapping[int, Guest]) -> None:
        """Put guests into panes by place (0 is the first), over everything else; calling again replaces them.

        A `Guest` without a camera keeps its pane set aside and empty. Places that the layout does not have wait until
        it has them. Linked cameras avoid these panes.
        """
        self._restand(replace(self._stand, guests={**self._stand.guests, owner: dict(guests)}))

    def dismiss(self, owner: str) -> None:
        """Let an owner's guests go: their panes show again what was below."""
        guests = {name: places for name, places in self._stand.guests.items() if name != owner}
        self._restand(replace(self._stand, guests=guests))

    def prepare(self, arrangement: Arrangement | None) -> None:
        """Open the streams of an arrangement that will be shown soon, out of sight; None lets them go.

        Ask it a few seconds before `take_over`: the page then has pictures at once. After the page has turned, prepare
        the next one, or None.
        """
        if arrangement is None:
            self._streams.prepare((), ())
            return
        width, height = self._pixels()
        placed = boxes(arrangement.layout, width, height, _GAP)
        self._streams.prepare([use.camera for use in arrangement.panes], placed)

    def contribute(self, part: PaneContribution) -> None:
        """Add a part's entries to the menu of every pane."""
        self._menu.contribute(part)

    def dress(self, dress: Dress) -> None:
        """Have a part add words or signs to every pane's view before it is shown."""
        self._words.add(dress)
        self._show_captions()

    def camera_at(self, pane: str) -> str:
        """Id of the camera that stands in a pane now, on whosever account; "" if none."""
        place = int(pane) - 1
        return self._standing[place].use.camera if place < len(self._standing) else ""

    def status(self, pane: str) -> PaneStatus:
        """How a pane of this wall is doing, as the video service tells it."""
        return self._streams.status(pane)

    def retry(self, pane: str) -> None:
        """Try a pane that waits for its next attempt now."""
        self._streams.retry(pane)

    def choice(self, pane: str) -> Choice | None:
        """Which stream a pane has, and why."""
        return self._streams.choice(pane)

    def choices(self) -> Collection[Choice]:
        """The choices of all panes of this wall."""
        return self._streams.choices()

    def say(self, words: str) -> None:
        """Say something over the panes, in passing."""
        self._wall.hint(words)

    def refresh(self) -> None:
        """Say everything about every pane anew: a part dresses them otherwise now."""
        self._show_captions()

    def camera(self, camera_id: str) -> Camera | None:
        """The record of a camera, None where the cache has none."""
        return self._cameras.get(camera_id)

    @property
    def cameras(self) -> Mapping[str, Camera]:
        """All cameras that the cache has, by id."""
        return self._cameras

    @property
    def standing(self) -> tuple[Standing, ...]:
        """What stands in each pane of the layout that is shown."""
        return tuple(self._standing)

    @property
    def stand(self) -> Stand:
        """All that wants this wall now."""
        return self._stand

    @property
    def locked(self) -> bool:
        """Whether the officer locked the wall: nothing moves on it but guests in panes set aside."""
        return self._history.present.locked

    # --- the officer's arrangement ----------------------------------------------------------------------------------

    @property
    def arrangement(self) -> Arrangement:
        """The officer's own arrangement, whatever is shown over it."""
        return self._history.present

    @property
    def history(self) -> History:
        """The arrangement with what can be undone and done again."""
        return self._history

    @Slot(str)
    def lay_out(self, layout: str) -> None:
        """Take another layout; cameras keep their places."""
        self._end_what_yields()
        if not self._refuses(self.tr("不能换布局")):
            self._change(self.arrangement.laid_out(layout))
        self._panel.show_layout(self._stand.layout)

    def put(self, place: int, use: PaneUse) -> None:
        """Put something else into a pane; in a linked one, for as long as the link lasts."""
        standing = self._standing[place] if place < len(self._standing) else Standing(EMPTY)
        if standing.role == "linked" and not self._stand.own.locked:
            self._restand(replace(self._stand, by_hand={**self._stand.by_hand, place: use}))
        elif not self._refuses(self.tr("不能更换画面"), standing):
            self._change(self.arrangement.put(place, use))

    def swap(self, one: int, other: int) -> None:
        """Let two panes change places."""
        first, second = self._standing[one], self._standing[other]
        if {first.role, second.role} == {"own"}:
            if not self._refuses(self.tr("不能交换窗格")):
                self._change(self.arrangement.swapped(one, other))
            return
        if self._refuses(self.tr("不能交换窗格"), first) or self._refuses(self.tr("不能交换窗格"), second):
            return
        self.put(one, second.use)
        self.put(other, first.use)

    def keep_zoom(self, place: int, lens: Lens) -> None:
        """Keep the zoom with the pane; it is no step of its own."""
        if place < len(self._standing) and self._standing[place].role == "own":
            use = structs.replace(self.arrangement.at(place), zoom=lens.zoom, left=lens.left, top=lens.top)
            self._history = self._history.touched(self.arrangement.put(place, use))
            self._stand = replace(self._stand, own=self._history.present)
            self._standing = self._stand.standing(len(self._standing))
            self.arranged.emit()
        self._wish()

    def put_selected(self, camera_id: str) -> None:
        """Put a camera into the selected pane."""
        self.put(int(self._wall.selected) - 1, PaneUse(camera_id))

    def take(self, arrangement: Arrangement) -> None:
        """Show another arrangement of the officer's, as one step that can be undone."""
        self._end_what_yields()
        if not self._refuses(self.tr("不能换视图")):
            self._change(arrangement)

    def remember(self, history: History) -> None:
        """Go on where the officer was before a restart."""
        self._fresh = False
        self._history = history
        self._restand(replace(self._stand, own=history.present))
        self.arranged.emit()

    def keep_shown(self) -> None:
        """Make what is seen now, links and all, the officer's arrangement."""
        self.take(self._stand.as_seen(len(self._standing)))

    @Slot()
    def undo(self) -> None:
        """Take the last change back."""
        if not self._refuses(self.tr("不能撤销")):
            self._go_to(self._history.undone())

    @Slot()
    def redo(self) -> None:
        """Do the change again that was taken back."""
        if not self._refuses(self.tr("不能重做")):
            self._go_to(self._history.redone())

    def set_locked(self, *, locked: bool) -> None:
        """Lock the wall, or unlock it."""
        self._go_to(self._history.touched(self.arrangement.with_lock(locked=locked)))
        self._show_link()

    def _change(self, arrangement: Arrangement) -> None:
        self._go_to(self._history.changed(arrangement))

    def _go_to(self, history: History) -> None:
        if history is self._history:
            return
        self._history = history
        self._restand(replace(self._stand, own=history.present))
        self.arranged.emit()

    def _end_what_yields(self) -> None:
        staying = tuple(takeover for takeover in self._stand.takeovers if not takeover.yields)
        if staying != self._stand.takeovers and not self.locked:
            self._restand(replace(self._stand, takeovers=staying))

    def _refuses(self, what: str, standing: Standing | None = None) -> bool:
        """Whether the wall takes no change by hand now; then it says why."""
        words = refusal(self._stand, standing)
        if words:
            self._wall.hint(self.tr("{what}：{why}").replace("{what}", what).replace("{why}", words))
        return bool(words)

    # --- news -------------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read all cameras again."""
        self._context.reads.ask(self._on_cameras, self._context.cache.all, "camera")

    def close(self) -> None:
        """Let all streams go; the panel may be destroyed afterwards."""
        self._closed = True
        self._captions.stop()
        self._wall.sizes_changed.disconnect(self._on_sizes)
        self._streams.close()

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of cameras."""
        if event.kind == "camera":
            self.reload()

    @Slot(str)
    def on_pane_changed(self, pane: str) -> None:
        """Take news of one pane of the service."""
        local = self._streams.place_of(pane)
        if local is not None:
            self._show_caption(local)

    @Slot(object)
    def _on_cameras(self, records: list[Record]) -> None:
        if self._closed:
            return
        self._cameras = {record.id: read_as(Camera, record.data) for record in records}
        if self._fresh and self._cameras:
            self._fresh = False
            if not self.arrangement.panes:
                panes = Arrangement.of("", spread(self._cameras, PANES_CAP)).panes
                self._history = self._history.touched(structs.replace(self.arrangement, panes=panes))
                self._restand(replace(self._stand, own=self.arrangement))
        self._show_captions()
        self.stood.emit()

    @Slot(object)
    def _on_sizes(self, sizes: tuple[PaneSize, ...]) -> None:
        self._sizes = {size.pane: size for size in sizes}
        self._wish()

    # --- the selected object ----------------------------------------------------------------------------------------

    @Slot(object)
    def _on_linked(self, linked: Linked | None) -> None:
        self._link = linked
        self.linked.emit(linked)
        self._show_link()

    def _show_link(self) -> None:
        """Bring the linked cameras up, unless the wall is locked: a lock holds against everything but the officer."""
        link = self._link
        cameras = link.cameras if link is not None and not self.locked else ()
        if cameras != self._stand.linked:
            self._restand(replace(self._stand, linked=cameras, by_hand={}))
        self._panel.show_link(link.words if link is not None else "", held=link is not None and self.locked)

    # --- showing ----------------------------------------------------------------------------------------------------

    def _restand(self, stand: Stand) -> None:
        """Let something else stand on the wall: layout first, then wishes, words, and what part of each is seen."""
        before, self._stand = self._standing, stand
        self._wall.set_layout(stand.layout)
        self._panel.show_layout(stand.layout)
        names = self._wall.pane_names()
        self._standing = stand.standing(len(names))
        self._show_captions()
        for place, (pane, standing) in enumerate(zip(names, self._standing, strict=True)):
            use = standing.use
            if place >= len(before) or before[place].use != use:
                self._wall.look(pane, Lens(use.zoom, use.left, use.top))
        self._wish()
        self.stood.emit()

    def _wish(self) -> None:
        zooms = {pane: self._wall.zoom(pane) for pane in self._sizes}
        self._streams.wish(self._standing, self._sizes, zooms)

    def _pixels(self) -> tuple[int, int]:
        ratio = self._wall.devicePixelRatioF()
        return max(1, round(self._wall.width() * ratio)), max(1, round(self._wall.height() * ratio))

    @Slot()
    def _on_time(self) -> None:
        self._wish()
        self._show_captions()

    def _show_captions(self) -> None:
        self._wall.apply([self._view(pane) for pane in self._wall.pane_names()])

    def _show_caption(self, pane: str) -> None:
        if pane in self._wall.pane_names():
            self._wall.apply([self._view(pane)])

    def _view(self, pane: str) -> PaneView:
        place = int(pane) - 1
        standing = self._standing[place] if place < len(self._standing) else Standing(EMPTY)
        return self._words.view(pane, standing, self._cameras.get(standing.use.camera))
