"""The top bar: whose hall this is, what is burning, what waits to be sent, how the link stands, and the time."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.baritem import BarButton, BarLabel, Face
from widgets.painting import draw_separator, draw_shape, draw_text
from widgets.plain import set_tip
from widgets.theme import current_theme, theme_holder

_Item = BarLabel | BarButton
_HIDDEN = Face()


@dataclass(frozen=True, slots=True)
class AlertCount:
    """Open alerts of one level, or sources that cannot see: word, number, tone and mark."""

    label: str
    count: int
    tone: str
    shape: str


@dataclass(frozen=True, slots=True)
class Bell:
    """How sounds stand: words beside the bell ("" while they are on), its icon and its tone."""

    words: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class TopBarView:
    """All that the bar shows except the time.

    Attributes:
        hall: Name of the hall.
        mode: Word of the mode (平时, 急 Ⅱ级).
        mode_tone: Its tone.
        alerts: Counts by level, gravest first; blind sources last.
        outbox: Words of what waits (待发送 1 · 冲突 0).
        outbox_short: The same where room is scarce.
        outbox_tone: ``"neutral"`` while nothing needs the officer.
        link: Words of the link (主链路 0.4 s).
        link_short: The same where room is scarce.
        link_tone: Its tone.
        link_shape: Its mark.
        officer: Masked name.
        role: Word of the role.
        offline: The amber line (数据截至 13:40 · 3 条待发送); "" while the link is good.
    """

    hall: str
    mode: str
    mode_tone: str
    alerts: tuple[AlertCount, ...]
    outbox: str
    outbox_short: str
    outbox_tone: str
    link: str
    link_short: str
    link_tone: str
    link_shape: str
    officer: str
    role: str
    offline: str = ""


class TopBar(QWidget):
    """Keeps everything whole at every width: what matters less takes its shorter form first.

    Signals:
        tray_requested(): The officer wants to see what waits and what was refused.
        lock_requested(): The officer locks the seat.
        attention_requested(): The officer wants to set what is heard and seen.
    """

    tray_requested = Signal()
    lock_requested = Signal()
    attention_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._view: TopBarView | None = None
        self._hall = BarLabel(self)
        self._mode = BarLabel(self)
        self._alerts: list[BarLabel] = []
        self._outbox = BarButton(self)
        self._link = BarLabel(self)
        self._clock = BarLabel(self)
        self._date = BarLabel(self)
        self._officer = BarLabel(self)
        self._bell = BarButton(self)
        self._lock = BarButton(self)
        self._lock.set_faces((Face(shape="lock", mark_px=18),), self.tr("锁定席位"))
        set_tip(self._outbox, self.tr("待发送与冲突"))
        set_tip(self._lock, self.tr("锁定席位"))
        self._outbox.clicked.connect(self._open_tray)
        self._lock.clicked.connect(self._ask_lock)
        self._bell.clicked.connect(self.attention_requested)
        set_tip(self._bell, self.tr("提醒与静音"))
        self.show_bell(Bell("", "bell", "neutral"))
        theme_holder().theme_changed.connect(self._take_theme)

    def show_view(self, view: TopBarView) -> None:
        """Show other contents; only the items that differ are painted again."""
        if view == self._view:
            return
        grown = self._view is None or bool(self._view.offline) != bool(view.offline)
        self._view = view
        self._hall.set_faces((Face(view.hall, color="text.hi", role="title", bold=True),), view.hall)
        mode = f"tone.{view.mode_tone}"
        self._mode.set_faces((Face(view.mode, "circle", mode, framed=True),), view.mode)
        self._show_alerts(view.alerts)
        waits = f"tone.{view.outbox_tone}"
        self._outbox.set_faces((Face(view.outbox, color=waits), Face(view.outbox_short, color=waits)), view.outbox)
        link = f"tone.{view.link_tone}"
        words = "text.mid" if view.link_tone == "ok" else link
        self._link.set_faces(
            (Face(view.link, view.link_shape, link, words), Face(view.link_short, view.link_shape, link, words)),
            view.link,
        )
        named = f"{view.officer} · {view.role}" if view.role else view.officer
        self._officer.set_faces((Face(named, color="text.hi"), Face(view.officer, color="text.hi"), _HIDDEN), named)
        if grown:
            self.updateGeometry()
        self._arrange()
        self.update()

    def show_bell(self, bell: Bell) -> None:
        """Show how sounds stand; called once a second while they are muted."""
        color = f"tone.{bell.tone}"
        faces = (Face(bell.words, bell.icon, color, mark_px=18), Face("", bell.icon, color, mark_px=18))
        before = self._bell.face_width(0)
        self._bell.set_faces(faces, self.tr("提醒，{words}").format(words=bell.words or self.tr("声音开")))
        if before != self._bell.face_width(0):
            self._arrange()

    def set_clock(self, time: str, date: str) -> None:
        """Show the time; called once a second, so only the clock is painted again."""
        self._clock.set_faces(
            (Face(time, color="text.hi", role="head"), Face(time, color="text.hi", role="title", bold=True)), time
        )
        if date != self._date.accessibleName():
            self._date.set_faces((Face(date), _HIDDEN), date)
            self._arrange()
        elif not self._clock.width():
            self._arrange()

    def sizeHint(self) -> QSize:
        """Give the bar's height, with the amber line when there is one."""
        theme = current_theme()
        return QSize(theme.px(640), theme.size("topbar") + (theme.px(26) if self._offline() else 0))

    def minimumSizeHint(self) -> QSize:
        """Ask for the height always."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the forms that fit."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, separator and the amber line."""
        theme = current_theme()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("surface.bar"))
        words = self._offline()
        if words:
            line = QRectF(0, theme.size("topbar"), rect.width(), rect.height() - theme.size("topbar"))
            painter.fillRect(line, theme.color("band.offline"))
            color = theme.color("band.offline.text")
            mark = QRectF(theme.px(16), line.center().y() - theme.px(8), theme.px(16), theme.px(16))
            draw_shape(painter, "alert", color, mark.adjusted(2, 2, -2, -2))
            text = line.adjusted(theme.px(38), 0, -theme.px(16), 0)
            draw_text(painter, text, words, theme.font("body", bold=True), color)
        draw_separator(painter, rect, theme.color("line"))
        painter.end()

    # -- inside

    def _offline(self) -> str:
        return self._view.offline if self._view else ""

    def _show_alerts(self, alerts: tuple[AlertCount, ...]) -> None:
        while len(self._alerts) < len(alerts):
            label = BarLabel(self)
            label.show()
            self._alerts.append(label)
        for label, alert in zip(self._alerts, alerts, strict=False):
            tone = f"tone.{alert.tone}"
            whole = Face(f"{alert.label} {alert.count}", alert.shape, tone, tone if alert.count else "text.low")
            short = Face(str(alert.count), alert.shape, tone, whole.text_color) if alert.count else _HIDDEN
            label.set_faces((whole, short if alert.count == 0 else whole, short), f"{alert.label} {alert.count}")
        for label in self._alerts[len(alerts) :]:
            label.set_faces((_HIDDEN,), "")

    def _arrange(self) -> None:
        """Lower items to shorter forms, least important first, until all fit; then place them."""
        theme = current_theme()
        room = self.width() - 2 * theme.px(16)
        levels: dict[_Item, int] = dict.fromkeys(self._items(), 0)
        for item, level in self._sacrifices():
            if self._needed(levels) <= room:
                break
            levels[item] = level
        for item, level in levels.items():
            item.wear(level)
        self._place(levels, room)

    def _items(self) -> list[_Item]:
        return [*self._left(), *self._right()]

    def _left(self) -> list[_Item]:
        return [self._hall, self._mode, *self._alerts]

    def _right(self) -> list[_Item]:
        return [self._outbox, self._link, self._clock, self._date, self._officer, self._bell, self._lock]

    def _sacrifices(self) -> list[tuple[_Item, int]]:
        return [
            (self._date, 1),
            *((label, 1) for label in self._alerts),
            (self._officer, 1),
            (self._link, 1),
            (self._outbox, 1),
            (self._clock, 1),
            (self._bell, 1),
            (self._officer, 2),
            *((label, 2) for label in self._alerts),
        ]

    def _gap(self) -> int:
        return current_theme().px(16)

    def _needed(self, levels: dict[_Item, int]) -> int:
        widths = [item.face_width(level) for item, level in levels.items()]
        return sum(width + self._gap() for width in widths if width) - self._gap()

    def _place(self, levels: dict[_Item, int], room: int) -> None:
        theme = current_theme()
        height = theme.size("topbar") - 1
        missing = max(0, self._needed(levels) - room)
        x = theme.px(16)
        for item in self._left():
            width = item.face_width(levels[item])
            if item is self._hall:
                width = max(theme.px(48), width - missing)
            x = self._put(item, x, width, height)
        x = self.width() - theme.px(16)
        for item in reversed(self._right()):
            width = item.face_width(levels[item])
            self._put(item, x - width, width, height)
            x -= width + self._gap() if width else 0

    def _put(self, item: _Item, x: int, width: int, height: int) -> int:
        item.setVisible(width > 0)
        inset = 0 if isinstance(item, BarLabel) else (height - current_theme().size("control")) // 2
        item.setGeometry(QRect(x, inset, width, height - 2 * inset))
        return x + width + self._gap() if width else x

    @Slot()
    def _open_tray(self) -> None:
        self.tray_requested.emit()

    @Slot()
    def _ask_lock(self) -> None:
        self.lock_requested.emit()

    @Slot(object)
    def _take_theme(self, _theme: object) -> None:
        self.updateGeometry()
        self._arrange()
        self.update()
