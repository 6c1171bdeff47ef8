"""Further windows of the wall, on any screen: opened, kept in place, brought back at the next start."""

from collections import deque
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QScreen

from desktop.domain.arrangements import Arrangement
from desktop.domain.screens import Box, How, Placement, near, placed, settle
from desktop.events import Changed
from desktop.presenters.wall.deeds import WallCards
from desktop.presenters.wall.one_wall import OneWall, WallParts
from desktop.presenters.wall.streams import WallVideo
from desktop.presenters.wall.window_plans import WINDOWS_CAP, WindowPlan, describe, read_plans
from desktop.presenters.wording import Words, fault_words
from widgets.alertstrip import AlertStrip
from widgets.neworder import OrderDraft
from widgets.wall.identify import ScreenNumber, identify_screens
from widgets.wall.menubutton import MenuLine
from widgets.wall.panel import WallPanel
from widgets.wall.window import WallWindow

_SETTING = "wall.windows."
_FRAME = 64
"""A window manager's frame may move a window by so many pixels; that was not the officer."""
_SETTLE_MS = 300
"""Screens that come or go do so several at once."""


@dataclass(slots=True)
class _Open:
    """A window that is open."""

    plan: WindowPlan
    window: WallWindow
    wall: OneWall
    how: How = How.HOME
    box: Box | None = None


class WallWindows(QObject):
    """Opens wall windows, and puts each where it belongs whenever screens come or go.

    Signals:
        told(Words): a window had to be put elsewhere, or is back.
        order_wanted(OrderDraft): a new order should be opened at the desk, filled in so far.
        kept(Kept): a picture of a window's wall was kept.
        attach_wanted(): the last picture is to go to the selected order.
    """

    told = Signal(object)
    order_wanted = Signal(object)
    kept = Signal(object)
    attach_wanted = Signal()

    def __init__(self, parts: WallParts, alerts: AlertStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._alerts = alerts
        self._officer = ""
        self._mark = ""
        self._locked = False
        self._open: dict[str, _Open] = {}
        self._leaving: deque[_Open] = deque()
        self._numbers: list[ScreenNumber] = []
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._put_in_place)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_screens)
            app.screenRemoved.connect(self._on_screens)
            app.primaryScreenChanged.connect(self._on_screens)

    # --- opening and closing ----------------------------------------------------------------------------------------

    def reload(self, officer: str) -> None:
        """Bring back the windows of an officer; those of another are put away."""
        if officer != self._officer:
            self.put_away()
            self._officer = officer
            self._parts.context.reads.ask(self._on_read, self._parts.context.duty.setting, _SETTING + officer)
            return
        for each in self._open.values():
            each.wall.reload()

    def open(self, screen: QScreen, arrangement: Arrangement | None = None) -> WallWindow | None:
        """Open a further window that fills a screen; None if there are as many as can be kept.

        Args:
            screen: Where.
            arrangement: What it shows; None begins with an empty wall.
        """
        if len(self._open) >= WINDOWS_CAP:
            self.told.emit(Words(self.tr("不能再开窗口"), self.tr("最多 {cap} 个视频墙窗口。").format(cap=WINDOWS_CAP)))
            return None
        name = next(f"w{n}" for n in range(1, WINDOWS_CAP + 1) if f"w{n}" not in self._open)
        seen = describe(screen)
        area = Box(0, 0, round(seen.box.width * 0.8), round(seen.box.height * 0.8))
        lonely = len(QGuiApplication.screens()) == 1
        placement = Placement(seen.identity, seen.name, area, full=not lonely)
        opened = self._make(WindowPlan(name, placement))
        if arrangement is not None:
            opened.wall.wall.take(arrangement)
        opened.wall.views.begin()
        opened.wall.reload()
        self._put_one(opened, len(self._open) - 1)
        self._keep()
        return opened.window

    def put_away(self) -> None:
        """Close all windows; they are there again at the next start."""
        for each in self._open.values():
            self._end(each)
        self._open = {}

    def windows(self) -> list[WallWindow]:
        """The windows that are open."""
        return [each.window for each in self._open.values()]

    def walls(self) -> list[OneWall]:
        """Their walls."""
        return [each.wall for each in self._open.values()]

    # --- the button in the head -------------------------------------------------------------------------------------

    def lines(self) -> list[MenuLine]:
        """Give the lines of the menu: a window on each screen, and which screen is which."""
        found = [
            MenuLine(
                f"open/{index}",
                self.tr("在屏幕 {number} 开视频墙（{name}，{width}×{height}）").format(
                    number=index + 1,
                    name=screen.name(),
                    width=screen.geometry().width(),
                    height=screen.geometry().height(),
                ),
            )
            for index, screen in enumerate(QGuiApplication.screens())
        ]
        found.append(MenuLine("identify", self.tr("标识屏幕"), apart=True))
        if self._open:
            found.append(MenuLine("gather", self.tr("全部窗口拉回主屏")))
        found += [
            MenuLine(f"close/{name}", self.tr("关闭“{title}”").format(title=each.window.windowTitle()))
            for name, each in self._open.items()
        ]
        return found

    @Slot(str)
    def choose(self, key: str, arrangement: Arrangement | None = None) -> None:
        """Do what a line says; `arrangement` is for a window that is opened."""
        verb, _, argument = key.partition("/")
        screens = QGuiApplication.screens()
        if verb == "open" and int(argument) < len(screens):
            self.open(screens[int(argument)], arrangement)
        elif verb == "identify":
            self._numbers = identify_screens()
        elif verb == "gather":
            self._gather()
        elif verb == "close" and argument in self._open:
            self._open[argument].window.close()

    def _gather(self) -> None:
        """Bring every window to the main screen, as windows; for whoever has lost sight of one."""
        main = describe(QGuiApplication.primaryScreen())
        for order, each in enumerate(self._open.values()):
            lost = Placement("", "", each.plan.placement.box)
            box = settle(lost, [main], order).box
            each.plan = msgspec.structs.replace(each.plan, placement=placed(box, main, full=False))
            each.how = How.HOME
            self._put_one(each, order)
        self._keep()

    # --- news -------------------------------------------------------------------------------------------------------

    def mark(self, words: str) -> None:
        """Put who sits here over every window."""
        self._mark = words
        for each in self._open.values():
            each.window.watermark.set_text(words)

    def set_locked(self, *, locked: bool) -> None:
        """Lock every window together with the seat."""
        self._locked = locked
        for each in self._open.values():
            each.window.set_locked(locked=locked)

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of cameras."""
        for each in self._open.values():
            each.wall.on_changed(event)

    @Slot(str)
    def on_pane_changed(self, pane: str) -> None:
        """Take news of one pane of the video service."""
        for each in self._open.values():
            each.wall.on_pane_changed(pane)

    @Slot(object)
    def _on_screens(self, _screen: object) -> None:
        self._settle.start()

    # --- inside -----------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_read(self, text: str | None) -> None:
        for plan in read_plans(text):
            opened = self._make(plan)
            opened.wall.read_draft()
            opened.wall.reload()
        self._put_in_place()

    def _make(self, plan: WindowPlan) -> _Open:
        number = plan.name.removeprefix("w")
        frames = WallVideo(self._parts.video, f"{plan.name}/")
        window = WallWindow(frames, self.tr("视频墙 {number}").format(number=number))
        wall = OneWall(window.panel, WallCards(window.report_card, window.tour_form), self._parts, self, plan.name)
        wall.told.connect(self.told)
        wall.order_wanted.connect(self._on_order)
        wall.snapshots.kept.connect(self.kept)
        window.panel.asked.connect(self._on_asked)
        window.alerts.show_view(self._alerts.view)
        self._alerts.shown.connect(window.alerts.show_view)
        window.alerts.alert_activated.connect(self._alerts.alert_activated)
        window.alerts.acknowledge_requested.connect(self._alerts.acknowledge_requested)
        window.watermark.set_text(self._mark)
        window.set_locked(locked=self._locked)
        window.placed.connect(self._on_placed)
        window.dismissed.connect(self._on_dismissed)
        opened = self._open[plan.name] = _Open(plan, window, wall)
        return opened

    @Slot()
    def _put_in_place(self) -> None:
        for order, each in enumerate(self._open.values()):
            self._put_one(each, order)

    def _put_one(self, each: _Open, order: int) -> None:
        """Put a window where it belongs, and tell what the officer would wonder about."""
        screens = QGuiApplication.screens()
        settled = settle(each.plan.placement, [describe(screen) for screen in screens], order)
        box = settled.box
        each.window.place(screens[settled.screen], box.x, box.y, box.width, box.height, full=settled.full)
        before, each.how, each.box = each.how, settled.how, box
        title = each.window.windowTitle()
        if settled.how is How.MOVED and before is not How.MOVED:
            message = self.tr("“{title}”移到屏幕 {to}；屏幕 {gone} 接回后自动还原。")
            words = message.format(title=title, to=screens[settled.screen].name(), gone=each.plan.placement.name)
            self.told.emit(Words(self.tr("屏幕 {gone} 不在").format(gone=each.plan.placement.name), words))
        elif settled.how is How.CLAMPED and before is How.HOME:
            message = self.tr("屏幕比原来小，“{title}”缩到能看见的大小。").format(title=title)
            self.told.emit(Words(self.tr("窗口已缩小"), message))
        elif settled.how is How.HOME and before is How.MOVED:
            self.told.emit(Words(self.tr("屏幕已接回"), self.tr("“{title}”回到原来的位置。").format(title=title)))

    @Slot()
    def _on_placed(self) -> None:
        """Keep where the officer put a window; a refuge is no home until it is chosen."""
        each = self._of(self.sender())
        if each is None:
            return
        seen, geometry = describe(each.window.screen()), each.window.geometry()
        box = Box(geometry.x(), geometry.y(), geometry.width(), geometry.height())
        full = each.window.isFullScreen()
        refuge = each.how is not How.HOME and each.box is not None and near(box, each.box, _FRAME)
        if self._settle.isActive() or (refuge and not full):
            return
        placement = placed(box, seen, full=full)
        if full:
            placement = msgspec.structs.replace(placement, box=each.plan.placement.box)
        each.plan, each.how = msgspec.structs.replace(each.plan, placement=placement), How.HOME
        self._keep()

    @Slot()
    def _on_dismissed(self) -> None:
        each = self._of(self.sender())
        if each is not None:
            del self._open[each.plan.name]
            each.wall.deeds.tours.stop()  # a window that was put away goes on with it at the next start, this one not
            self._end(each)
            self._keep()

    @Slot(object)
    def _on_order(self, draft: OrderDraft) -> None:
        sender = self.sender()
        if isinstance(sender, OneWall):
            sender.wall.say(self.tr("工单已在值守台打开，请到那里填写"))
        self.order_wanted.emit(draft)

    @Slot(str)
    def _on_asked(self, wish: str) -> None:
        """A key on a window's wall that is the desk's business."""
        if wish == "attach":
            self.attach_wanted.emit()
        elif wish == "seen":
            sender = self.sender()
            if isinstance(sender, WallPanel):
                sender.wall.hint(self.tr("报警画面在值守台的墙上，在那里确认"))

    def _of(self, window: QObject | None) -> _Open | None:
        return next((each for each in self._open.values() if each.window is window), None)

    def _end(self, each: _Open) -> None:
        self._alerts.shown.disconnect(each.window.alerts.show_view)
        each.wall.close()
        each.window.put_away()
        self._leaving.append(each)
        self._parts.context.reads.ask(self._on_left, int)

    @Slot(object)
    def _on_left(self, _nothing: int) -> None:
        """Delete a closed window now that all it asked for before has been answered: answers come in order."""
        each = self._leaving.popleft()
        each.wall.deleteLater()
        each.window.deleteLater()

    def _keep(self) -> None:
        plans = [each.plan for each in self._open.values()]
        context = self._parts.context
        future = context.keep(_SETTING + self._officer, msgspec.json.encode(plans).decode())
        context.tasks.follow(future, failed=self._on_not_kept)

    def _on_not_kept(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))
