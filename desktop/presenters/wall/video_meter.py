"""The meter in a wall's head: what video takes in and uses of the machine, and the budget that it has."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.video_budget import VideoBudget
from desktop.video.streams import Use, Why
from widgets.wall.menu import MenuEntry
from widgets.wall.meter import MeterButton, MeterView

translate = QCoreApplication.translate

_TICK_MS = 1_000
BUDGETS = (4, 8, 12, 20, 30, 50, 80, 120, 200)
"""What can be chosen, megabits a second: from a line over the mobile network to a camera network of the hall's own."""


class VideoMeter(QObject):
    """Keeps one meter up to date while it can be seen, and takes the officer's budget."""

    def __init__(self, button: MeterButton, wall: WallPresenter, budget: VideoBudget, parent: QObject) -> None:
        super().__init__(parent)
        self._button = button
        self._wall = wall
        self._budget = budget
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        button.wanted.connect(self.open)
        button.chosen.connect(self._on_chosen)
        budget.changed.connect(self.refresh)
        self.refresh()

    def close(self) -> None:
        """Read no more."""
        self._timer.stop()

    @Slot()
    def refresh(self) -> None:
        """Show what is used now."""
        self._button.show_view(meter_view(self._budget.use(), self._stepped_down(), self._mains()))

    @Slot()
    def open(self) -> None:
        """Open the menu of budgets."""
        self._button.open_menu(budget_entries(self._budget.use()))

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._budget.set(float(key))

    def _stepped_down(self) -> int:
        return sum(choice.why is Why.BUDGET for choice in self._wall.choices())

    def _mains(self) -> int:
        """Panes of this wall that could still step down."""
        return sum(choice.profile == "main" and choice.why is not Why.CHOSEN for choice in self._wall.choices())


def meter_view(use: Use, stepped_down: int, mains: int) -> MeterView:
    """Put what is used into words: short ones for the head, whole ones for tooltip and screen reader."""
    flow, load = f"{use.mbit_s:.1f}", f"{use.load:.0%}"
    over = not use.leaves(0.0)
    said = [
        translate("Meter", "视频接入 {flow} Mbit/s").format(flow=flow),
        translate("Meter", "解码占本机 {load}").format(load=load),
    ]
    if use.budget_mbit_s:
        said.append(translate("Meter", "预算 {budget} Mbit/s").format(budget=f"{use.budget_mbit_s:g}"))
    if stepped_down:
        said.append(translate("Meter", "{count} 个窗格因预算改用子码流").format(count=stepped_down))
    if over:
        words = (
            translate("Meter", "正在逐个改用子码流") if mains else translate("Meter", "已无可降的主码流，仍超出预算")
        )
        said.append(words)
    short = f"{flow}/{use.budget_mbit_s:g}" if use.budget_mbit_s else flow
    return MeterView(
        words=translate("Meter", "{flow} Mbit/s · CPU {load}").format(flow=short, load=load),
        sentence=translate("Meter", "，").join(said),
        over=over,
    )


def budget_entries(use: Use) -> tuple[MenuEntry, ...]:
    """Give the lines of the menu: no bound, and the budgets, with the one in force ticked."""
    known = sorted({float(budget) for budget in BUDGETS} | ({use.budget_mbit_s} if use.budget_mbit_s else set()))
    none = MenuEntry("0", translate("Meter", "视频流量不设上限"), checked=not use.budget_mbit_s)
    lines = (
        MenuEntry(
            f"{budget:g}",
            translate("Meter", "至多 {budget} Mbit/s").format(budget=f"{budget:g}"),
            checked=budget == use.budget_mbit_s,
            apart=index == 0,
        )
        for index, budget in enumerate(known)
    )
    return (none, *lines)
