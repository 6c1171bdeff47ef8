"""The menus of alarm views: what this seat takes, what there was, and what can be done in a pane."""

from PySide6.QtCore import QCoreApplication, QObject, Slot

from desktop.domain.alarm_routing import ALERT, INCIDENT, KINDS, NONE, ORDER, ROLE, SEAT, Routing
from desktop.presenters.context import Context
from desktop.presenters.labels import level_word, role_word, urgency_word
from desktop.presenters.wall.alarm_views import AlarmViewsPresenter
from desktop.presenters.wall.alarm_words import fate_word
from desktop.presenters.wall.presenter import WallPresenter
from widgets.wall.menu import MenuEntry
from widgets.wall.menubutton import MenuButton, MenuLine
from widgets.wall.panes import PaneView

translate = QCoreApplication.translate

_LINES = 20
_NOTHING = -1
_LEVELS = ("red", "orange", "yellow", "blue")
_URGENCIES = ("critical", "urgent")


class AlarmMenus(QObject):
    """Fills the history and the routing menu when they are opened, and adds to the menu of panes that have an alarm."""

    def __init__(
        self,
        alarms: AlarmViewsPresenter,
        history: MenuButton,
        routing: MenuButton,
        wall: WallPresenter,
        context: Context,
    ) -> None:
        super().__init__(alarms)
        self._alarms = alarms
        self._history = history
        self._routing = routing
        self._context = context
        history.wanted.connect(self._fill_history)
        history.chosen.connect(alarms.show_object)
        routing.wanted.connect(self._fill_routing)
        routing.chosen.connect(self._on_routing)
        wall.contribute(self)

    # --- the pane's menu --------------------------------------------------------------------------------------------

    def entries(self, view: PaneView) -> tuple[MenuEntry, ...]:
        """For a pane that an alarm was brought to."""
        if not self._alarms.event_in(int(view.pane) - 1):
            return ()
        return (
            MenuEntry("seen", translate("Alarms", "确认报警，还回窗格"), "A"),
            MenuEntry("object", translate("Alarms", "查看报警对象")),
        )

    def chosen(self, key: str, view: PaneView) -> None:
        """Acknowledge it, or show what it is about."""
        if key == "seen":
            self._alarms.acknowledge_pane(view.pane)
        else:
            self._alarms.show_object(self._alarms.event_in(int(view.pane) - 1))

    # --- what there was ---------------------------------------------------------------------------------------------

    @Slot()
    def _fill_history(self) -> None:
        """Newest first; a line leads to what it is about."""
        lines = []
        for line in reversed(self._alarms.views.history):
            happening = self._alarms.happening(line.event)
            if happening is not None:
                ago = self._alarms.ago(line.at)
                words = " · ".join((ago, fate_word(line.fate, line.times), happening.title, happening.place))
                lines.append(MenuLine(line.event, words))
        self._history.set_lines(lines[:_LINES] or [MenuLine("", translate("Alarms", "还没有报警上过墙"))])

    # --- what this seat takes ---------------------------------------------------------------------------------------

    @Slot()
    def _fill_routing(self) -> None:
        now = self._alarms.routing
        officer = self._context.officer()
        roles = translate("Alarms", "、").join(map(role_word, officer.roles)) if officer is not None else ""
        lines = [
            MenuLine(ROLE, translate("Alarms", "按角色接收（{roles}）").format(roles=roles), checked=now.mode == ROLE),
            MenuLine(NONE, translate("Alarms", "本席不上墙"), checked=now.mode == NONE),
            MenuLine(SEAT, translate("Alarms", "本席自定："), checked=now.mode == SEAT, apart=True),
        ]
        names = {
            ALERT: translate("Alarms", "预警"),
            INCIDENT: translate("Alarms", "事件"),
            ORDER: translate("Alarms", "工单"),
        }
        for kind in KINDS:
            taken = now.least.get(kind, _NOTHING)
            group = translate("Alarms", "{kind}：{taken}").format(kind=names[kind], taken=_rank_words(kind, taken))
            ranks = len(_URGENCIES if kind == ORDER else _LEVELS)
            for rank in (_NOTHING, *range(ranks)):
                key = f"{SEAT}/{kind}/{rank}"
                lines.append(MenuLine(key, _rank_words(kind, rank), group, checked=rank == taken))
        self._routing.set_lines(lines)

    @Slot(str)
    def _on_routing(self, key: str) -> None:
        now = self._alarms.routing
        mode, _, rest = key.partition("/")
        least = dict(now.least)
        if rest:
            kind, _, rank = rest.partition("/")
            least[kind] = int(rank)
        self._alarms.route(Routing(mode, least))


def _rank_words(kind: str, rank: int) -> str:
    if rank == _NOTHING:
        return translate("Alarms", "不接收")
    if kind == ORDER:
        words = translate("Alarms", "、").join(urgency_word(urgency) for urgency in _URGENCIES[: rank + 1])
    else:
        words = translate("Alarms", "、").join(level_word(level) for level in _LEVELS[: rank + 1])
    return words
