"""提醒: what may be heard and seen when something comes in, and how long it is quiet. One small card."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from widgets.float import FloatPage
from widgets.flow import FlowLayout
from widgets.plain import plain_label
from widgets.theme import current_theme
from widgets.tickbox import TickBox

MUTES_MIN = (5, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class AttentionView:
    """What the card shows.

    Attributes:
        sound: Whether sounds are wanted.
        flash: Whether the window's edge flashes.
        notify: Whether the desktop is notified.
        muted: Words of the mute that runs, "" for none.
        note: What this machine cannot do, "" for nothing.
        can_try: Whether anything would be heard or seen of a trial.
    """

    sound: bool = True
    flash: bool = False
    notify: bool = True
    muted: str = ""
    note: str = ""
    can_try: bool = True


class AttentionPage(FloatPage):
    """The card.

    Signals:
        changed(AttentionView): The officer switched something.
        mute_requested(int): Minutes; 0 ends the mute.
        test_requested(str): The sound of a level is to be heard.
    """

    changed = Signal(object)
    mute_requested = Signal(object)
    test_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 520)
        self.setAccessibleName(self.tr("提醒"))
        self._showing = False
        self._sound = TickBox(self.tr("声音：按级别提示，直到有人确认"), self.card)
        self._flash = TickBox(self.tr("窗口边框闪烁（供听障值守员）"), self.card)
        self._notify = TickBox(self.tr("桌面通知（内容已脱敏）"), self.card)
        self._muted = plain_label(role="mid", parent=self.card, wrap=True)
        self._note = plain_label(role="note", parent=self.card, wrap=True)
        self._note.setProperty("tone", "orange")
        self._mutes: dict[QPushButton, int] = {}
        self._tests: dict[QPushButton, str] = {}
        self._lay_out()
        for box in (self._sound, self._flash, self._notify):
            box.toggled.connect(self._tell)

    def show_view(self, view: AttentionView) -> None:
        """Show how things stand."""
        self._showing = True
        self._sound.setChecked(view.sound)
        self._flash.setChecked(view.flash)
        self._notify.setChecked(view.notify)
        self._showing = False
        self._muted.setText(view.muted or self.tr("没有静音。静音到时自行结束，只停声音，画面提醒照常。"))
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        for button in self._tests:
            button.setEnabled(view.can_try)
        for button, minutes in self._mutes.items():
            if not minutes:
                button.setVisible(bool(view.muted))
        if self.isVisible():
            self.place_card()

    def open(self) -> None:
        """Come up with the cursor on the first switch."""
        super().open()
        self._sound.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        theme = current_theme()
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("提醒"), "head", self.card), 1)
        head.addWidget(plain_label(self.tr("Esc 关闭"), "note", self.card))
        self.box.setSpacing(theme.space("s"))
        self.box.addLayout(head)
        for box in (self._sound, self._flash, self._notify):
            box.setMinimumHeight(theme.size("control"))
            self.box.addWidget(box)
        self.box.addWidget(self._note)
        self.box.addSpacing(theme.space("s"))
        self.box.addWidget(plain_label(self.tr("静音"), "low", self.card))
        self.box.addWidget(self._muted)
        mutes = FlowLayout(spacing=theme.space("s"))
        for minutes in (*MUTES_MIN, 0):
            words = self.tr("{count} 分钟").format(count=minutes) if minutes else self.tr("立即恢复")
            button = QPushButton(words, self.card)
            button.setAccessibleName(self.tr("静音 {words}").format(words=words) if minutes else words)
            button.clicked.connect(self._mute)
            self._mutes[button] = minutes
            mutes.addWidget(button)
        self.box.addLayout(mutes)
        self.box.addSpacing(theme.space("s"))
        self.box.addWidget(plain_label(self.tr("试听"), "low", self.card))
        tests = FlowLayout(spacing=theme.space("s"))
        for level, word in (
            ("red", self.tr("红")),
            ("orange", self.tr("橙")),
            ("yellow", self.tr("黄")),
        ):
            button = QPushButton(word, self.card)
            button.setAccessibleName(self.tr("试听{level}色").format(level=word))
            button.clicked.connect(self._test)
            self._tests[button] = level
            tests.addWidget(button)
        self.box.addLayout(tests)

    @Slot()
    def _tell(self) -> None:
        if not self._showing:
            on = (self._sound.isChecked(), self._flash.isChecked(), self._notify.isChecked())
            self.changed.emit(AttentionView(*on))

    @Slot()
    def _mute(self) -> None:
        minutes = self._mutes.get(self.sender())
        if minutes is not None:
            self.mute_requested.emit(minutes)

    @Slot()
    def _test(self) -> None:
        level = self._tests.get(self.sender())
        if level is not None:
            self.test_requested.emit(level)
