"""轮巡…: what a tour goes through, how many panes a page has, how long each is seen."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QWidget,
)

from widgets.listcard import ListCard
from widgets.plain import plain_label, set_style_property
from widgets.theme import current_theme
from widgets.tickbox import TickBox

_LIST_HEIGHT = 380
_PAGE_SIZE = 9


@dataclass(frozen=True, slots=True)
class TourSource:
    """Something a tour can go through: a saved view, or a group of cameras.

    Attributes:
        key: Handed back.
        name: Its words.
        detail: How many cameras, and how many of them cannot be seen now.
    """

    key: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TourDraft:
    """What is chosen: sources in the order of the list, each with its seconds, and the panes of a page."""

    stops: tuple[tuple[str, int], ...] = ()
    page_size: int = _PAGE_SIZE


class SecondsField(QSpinBox):
    """How long, 5 seconds to an hour. The wheel goes past it: it stands in a list that is scrolled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        before, _, after = self.tr("{n} 秒").partition("{n}")
        self.setPrefix(before)
        self.setSuffix(after)
        self.setRange(5, 3600)
        self.setSingleStep(5)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the list."""
        event.ignore()


class TourForm(ListCard):
    """A card over the desk. Space ticks a line, Enter starts, Esc leaves.

    Signals:
        changed(): something else is chosen; the owner says with `say` what comes of it.
        started(): the officer wants this tour.
    """

    changed = Signal()
    started = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 560, _LIST_HEIGHT)
        self.setAccessibleName(self.tr("轮巡"))
        theme = current_theme()
        self._lines: dict[str, tuple[TickBox, SecondsField]] = {}
        self._filling = False
        self._size, self._dwell = QComboBox(self.card), SecondsField(self.card)
        self._size.setAccessibleName(self.tr("每页窗格数"))
        self._dwell.setAccessibleName(self.tr("全部停留秒数"))
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("轮巡"), "head", self.card), 1)
        head.addWidget(plain_label(self.tr("Enter 开始 · Esc 关闭"), "note", self.card))
        options = QHBoxLayout()
        options.setSpacing(theme.space("s"))
        options.addWidget(plain_label(self.tr("每页"), "low", self.card))
        options.addWidget(self._size)
        options.addSpacing(theme.space("l"))
        options.addWidget(plain_label(self.tr("每页停留"), "low", self.card))
        options.addWidget(self._dwell)
        options.addStretch(1)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, theme.space("s"), 0)
        self._grid.setHorizontalSpacing(theme.space("m"))
        self._grid.setVerticalSpacing(theme.space("xs"))
        self._grid.setColumnStretch(1, 1)
        self._words = plain_label("", "mid", self.card, wrap=True)
        self._start = QPushButton(self.tr("开始轮巡"), self.card)
        set_style_property(self._start, "primary", "true")
        foot = QHBoxLayout()
        foot.setSpacing(theme.space("m"))
        foot.addWidget(self._words, 1)
        foot.addWidget(self._start)
        self.box.setSpacing(theme.space("m"))
        self.box.addLayout(head)
        self.box.addLayout(options)
        self.box.addWidget(self.lines_area, 1)
        self.box.addLayout(foot)
        self._size.currentIndexChanged.connect(self._tell_change)
        self._dwell.valueChanged.connect(self._dwell_for_all)
        self._start.clicked.connect(self.started)

    def set_page_sizes(self, sizes: tuple[int, ...]) -> None:
        """Say how many panes a page may have."""
        self._filling = True
        self._size.clear()
        for size in sizes:
            self._size.addItem(self.tr("{n} 窗格").format(n=size), size)
        self._filling = False

    def show_sources(self, sources: tuple[TourSource, ...], draft: TourDraft) -> None:
        """Show what there is to go through, with what was chosen last."""
        self._filling = True
        for check, dwell in self._lines.values():
            for widget in (check, dwell):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        while self._grid.count():
            item = self._grid.takeAt(0)
            label = item.widget() if item is not None else None
            if label is not None:
                label.hide()
                label.deleteLater()
        chosen = dict(draft.stops)
        self._dwell.setValue(next(iter(chosen.values()), 15))
        self._size.setCurrentIndex(max(0, self._size.findData(draft.page_size)))
        self._lines = {source.key: self._line(row, source, chosen) for row, source in enumerate(sources)}
        self._filling = False
        self.set_lines_page(self._list)
        self.changed.emit()

    def draft(self) -> TourDraft:
        """Give what is chosen now."""
        stops = tuple((key, dwell.value()) for key, (check, dwell) in self._lines.items() if check.isChecked())
        return TourDraft(stops, int(self._size.currentData() or _PAGE_SIZE))

    def say(self, words: str, *, ready: bool) -> None:
        """Say what comes of the choice; `ready`: it can be started."""
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._start.setEnabled(ready)

    def open(self) -> None:
        """Come up with the keyboard on the first line that is ticked, or the first."""
        super().open()
        checks = [check for check, _ in self._lines.values()]
        first = next((check for check in checks if check.isChecked()), checks[0] if checks else self._start)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._start.isEnabled():
                self.started.emit()
        else:
            super().keyPressEvent(event)

    def _line(self, row: int, source: TourSource, chosen: dict[str, int]) -> tuple[TickBox, SecondsField]:
        check = TickBox(source.name, self._list)
        check.setAccessibleName(self.tr("，").join(part for part in (source.name, source.detail) if part))
        check.setChecked(source.key in chosen)
        dwell = SecondsField(self._list)
        dwell.setAccessibleName(self.tr("{name} 停留秒数").format(name=source.name))
        dwell.setValue(chosen.get(source.key, self._dwell.value()))
        dwell.setEnabled(check.isChecked())
        self._grid.addWidget(check, row, 0)
        self._grid.addWidget(plain_label(source.detail, "note", self._list), row, 1)
        self._grid.addWidget(dwell, row, 2)
        check.toggled.connect(dwell.setEnabled)
        check.toggled.connect(self._tell_change)
        dwell.valueChanged.connect(self._tell_change)
        return check, dwell

    @Slot()
    def _tell_change(self) -> None:
        if not self._filling:
            self.changed.emit()

    @Slot(int)
    def _dwell_for_all(self, seconds: int) -> None:
        """One number for all lines; each can be changed afterwards."""
        if self._filling:
            return
        self._filling = True
        for _, dwell in self._lines.values():
            dwell.setValue(seconds)
        self._filling = False
        self.changed.emit()
