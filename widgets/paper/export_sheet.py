"""The card on which the officer says what is taken out, as what, and to where; with preview, progress and account."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from widgets.card import tell
from widgets.float import FloatPage
from widgets.paper.pages import Pages
from widgets.paper.preview import PaperPreview
from widgets.plain import plain_label, set_style_property
from widgets.theme import current_theme


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the officer wants: `scope` and `kind` as offered; `path` is empty for paper."""

    scope: str
    kind: str
    path: str


class ExportSheet(FloatPage):
    """Left and Right choose, Tab goes on, Enter begins, Esc leaves, or stops what runs.

    Signals:
        choice_changed(ExportWish): Another scope or kind: the owner answers with a path, and a preview for pages.
        export_requested(ExportWish): Begin.
        stop_requested(): Stop.
    """

    choice_changed = Signal(object)
    export_requested = Signal(object)
    stop_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 680)
        self.setAccessibleName(self.tr("导出与打印"))
        self._running = False
        self._groups: dict[str, QButtonGroup] = {}
        self._keys: dict[QAbstractButton, str] = {}
        self._rows: dict[str, QHBoxLayout] = {}
        self.box.setSpacing(current_theme().space("m"))
        self._hint = plain_label(self.tr("Esc 关闭"), "note", self.card)
        self._form = QWidget(self.card)
        self._path_label = plain_label(self.tr("文件"), "low", self._form)
        self._path = QLineEdit(self._form)
        self._browse = QPushButton(self.tr("浏览…"), self._form)
        self._preview = PaperPreview(self.card)
        self._note = plain_label("", "note", self.card, wrap=True)
        self._words = plain_label("", "", self.card, wrap=True)
        self._progress = QProgressBar(self.card)
        self._progress.setTextVisible(False)
        self._go = QPushButton(self.card)
        set_style_property(self._go, "primary", "true")
        self._end = QPushButton(self.card)
        self._files: QFileDialog | None = None
        self._lay_out()
        self._path.setAccessibleName(self.tr("文件"))
        self._browse.setAccessibleName(self.tr("选择文件"))
        self._progress.setAccessibleName(self.tr("进度"))
        self._browse.clicked.connect(self._open_files)
        self._go.clicked.connect(self._begin)
        self._end.clicked.connect(self._leave_or_stop)
        self._path.returnPressed.connect(self._begin)

    def _lay_out(self) -> None:
        theme = current_theme()
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("导出与打印"), "head", self.card), 1)
        head.addWidget(self._hint)
        self.box.addLayout(head)
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space("m"))
        grid.setVerticalSpacing(theme.space("s"))
        grid.setColumnStretch(1, 1)
        for place, (name, label) in enumerate((("scope", self.tr("范围")), ("kind", self.tr("格式")))):
            grid.addWidget(plain_label(label, "low", self._form), place, 0)
            line = QHBoxLayout()
            line.setSpacing(theme.space("s"))
            grid.addLayout(line, place, 1)
            self._rows[name] = line
        place_line = QHBoxLayout()
        place_line.addWidget(self._path, 1)
        place_line.addWidget(self._browse)
        grid.addWidget(self._path_label, 2, 0)
        grid.addLayout(place_line, 2, 1)
        self.box.addWidget(self._form)
        self.box.addWidget(self._preview, 1)
        for widget in (self._note, self._words, self._progress):
            self.box.addWidget(widget)
        buttons = QHBoxLayout()
        for button in (self._go, self._end):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.box.addLayout(buttons)

    def offer(
        self, scopes: Sequence[tuple[str, str]], scope: str, kinds: Sequence[tuple[str, str]], kind: str, note: str
    ) -> None:
        """Come up and offer scopes and kinds (key, label), one of each chosen."""
        self._running = False
        self._note.setText(note)
        self._show_chips("scope", scopes, scope)
        self._show_chips("kind", kinds, kind)
        self._form.setEnabled(True)
        self._progress.hide()
        tell(self._words, "")
        if not self.isVisible():
            self.open()
        self._change()
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def wish(self) -> ExportWish:
        """Give what is chosen now."""
        kind = self._chosen("kind")
        return ExportWish(self._chosen("scope"), kind, "" if kind == "print" else self._path.text().strip())

    def propose(self, path: str, go: str) -> None:
        """Put a file's path into the field (none for paper), and a word on the button."""
        for widget in (self._path_label, self._path, self._browse):
            widget.setVisible(bool(path))
        self._path.setText(path)
        self._show_buttons(go, self.tr("取消"))
        self.place_card()

    def show_pages(self, pages: Pages | None, *, wanted: bool) -> None:
        """Show the pages that will come out; `wanted` says whether there are going to be any."""
        self._preview.setVisible(wanted)
        self._preview.show_pages(pages)
        self.place_card()

    def pages(self) -> Pages | None:
        """Give the pages shown."""
        return self._preview.pages()

    def show_progress(self, done: int, total: int, words: str) -> None:
        """Show how far it is."""
        if not self._running:
            self._running = True
            self._form.setEnabled(False)
            self._progress.show()
            self._hint.setText(self.tr("Esc 停止"))
            self._show_buttons("", self.tr("停止"))
            self._end.setFocus(Qt.FocusReason.OtherFocusReason)
        self._progress.setRange(0, max(0, total))
        self._progress.setValue(done)
        tell(self._words, words, "neutral")

    def show_account(self, words: str, tone: str, *, over: bool) -> None:
        """Say what became of it; unless it is `over`, something can be changed and tried again."""
        self._running = False
        self._form.setEnabled(not over)
        self._progress.hide()
        self._hint.setText(self.tr("Esc 关闭"))
        tell(self._words, words, tone)
        self._show_buttons("" if over else self._go.text(), self.tr("关闭"))
        (self._end if over else self._go).setFocus(Qt.FocusReason.OtherFocusReason)
        self.place_card()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops what runs, otherwise it leaves; the page keys turn the preview."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._preview.keyPressEvent(event)
        elif self._running and event.key() == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Stay while something runs."""
        if not self._running:
            self._preview.show_pages(None)
            super().leave()

    # -- inside

    def _show_chips(self, name: str, options: Sequence[tuple[str, str]], chosen: str) -> None:
        line = self._rows[name]
        old = self._groups.pop(name, None)
        while (item := line.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, QAbstractButton):
                self._keys.pop(widget, None)
                widget.hide()
                widget.deleteLater()
        if old is not None:
            old.deleteLater()
        group = QButtonGroup(self)
        for key, label in options:
            chip = QPushButton(label.replace("&", "&&"), self._form)
            chip.setProperty("chip", "true")
            chip.setCheckable(True)
            chip.setAccessibleName(label)
            chip.setChecked(key == chosen)
            self._keys[chip] = key
            group.addButton(chip)
            line.addWidget(chip)
        line.addStretch(1)
        group.buttonToggled.connect(self._on_toggled)
        self._groups[name] = group

    def _chosen(self, name: str) -> str:
        button = self._groups[name].checkedButton()
        return self._keys.get(button, "") if button is not None else ""

    @Slot(QAbstractButton, bool)
    def _on_toggled(self, _button: QAbstractButton, checked: bool) -> None:  # noqa: FBT001 - the signal's own argument
        if checked:
            self._change()

    def _change(self) -> None:
        tell(self._words, "")
        self.choice_changed.emit(self.wish())

    def _show_buttons(self, go: str, end: str) -> None:
        for button, label in ((self._go, go), (self._end, end)):
            if label:
                button.setText(label)
                button.setAccessibleName(label)
            button.setVisible(bool(label))

    @Slot()
    def _open_files(self) -> None:
        if self._files is None:
            self._files = QFileDialog(self)
            self._files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            self._files.setFileMode(QFileDialog.FileMode.AnyFile)
            self._files.setOption(QFileDialog.Option.DontConfirmOverwrite)  # the sheet asks, whoever chose the name
            self._files.fileSelected.connect(self._path.setText)
        self._files.selectFile(self._path.text())
        self._files.open()

    @Slot()
    def _begin(self) -> None:
        if not self._running and self._go.isVisible():
            self.export_requested.emit(self.wish())

    @Slot()
    def _leave_or_stop(self) -> None:
        if self._running:
            self.stop_requested.emit()
        else:
            self.leave()
