"""上报: a new order by keyboard, beside the map so that a click there can say where."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets.detail.choices import ChoiceField
from widgets.detail.form import TextField
from widgets.detail.order import Choice
from widgets.plain import plain_label, set_style_property, set_tip
from widgets.theme import current_theme

LINE_CAP = 200


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """What has been written so far. `lon` and `lat` are degrees WGS-84, both None without a point."""

    title: str = ""
    description: str = ""
    source: str = ""
    module: str = ""
    urgency: str = ""
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    caller_name: str = ""
    caller_phone: str = ""


class NewOrderForm(QWidget):
    """Asks for a new order, and shows what may be the same while it is written.

    Signals:
        changed(): Something was written or chosen; ask `draft`.
        place_chosen(str): Id of a place that was offered for the address.
        submitted(): Ctrl+Enter or the button; there is a title.
        left(): Esc or 取消. What was written stays.
        alike_chosen(str): Id of an order that may be the same, to look at.
    """

    changed = Signal()
    place_chosen = Signal(object)
    submitted = Signal()
    left = Signal()
    alike_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "raised")
        self.setAccessibleName(self.tr("新工单"))
        self._filling = False
        self._point: tuple[float, float] | None = None
        self._title = self._line(self.tr("标题"), self.tr("一句话：什么事"))
        self._address = self._line(self.tr("地点"), self.tr("输入地址，或在地图上点选"))
        self._name = self._line(self.tr("诉求人"), self.tr("姓名"))
        self._phone = self._line(self.tr("电话"), self.tr("电话"))
        self._text = TextField(self.tr("描述"), self)
        self._source, self._module, self._urgency = QComboBox(self), QComboBox(self), QComboBox(self)
        self._where = plain_label(role="note", parent=self)
        self._earlier = plain_label(role="note", parent=self, wrap=True)
        self._earlier.hide()
        self._filing = plain_label(role="note", parent=self, wrap=True)
        self._filed = ""
        self._file = QPushButton(self.tr("采用"), self)
        self._file.setProperty("link", "true")
        self._file.setShortcut("Alt+M")
        self._file.clicked.connect(self._take_module)
        self._filing.hide()
        self._file.hide()
        self._places = QVBoxLayout()
        self._alike = QVBoxLayout()
        self._offered: ChoiceField | None = None
        self._found: ChoiceField | None = None
        self._alike_words = plain_label(role="note", parent=self, wrap=True)
        self._alike_words.setProperty("tone", "orange")
        self._state = plain_label(role="note", parent=self, wrap=True)
        self._submit = QPushButton(self.tr("上报"), self)
        self._lay_out()
        for field in (self._title, self._address, self._name, self._phone):
            field.textChanged.connect(self._tell_change)
        self._text.textChanged.connect(self._tell_change)
        self._text.submitted.connect(self._try_submit)
        self._address.returnPressed.connect(self._take_place)
        self._address.installEventFilter(self)
        for box in (self._source, self._module, self._urgency):
            box.currentIndexChanged.connect(self._tell_change)
        self._submit.clicked.connect(self._try_submit)

    # -- what the owner gives

    def set_choices(
        self, sources: tuple[Choice, ...], modules: tuple[Choice, ...], urgencies: tuple[Choice, ...]
    ) -> None:
        """Take what can be chosen; what is chosen stays."""
        self._filling = True
        for box, choices in ((self._source, sources), (self._module, modules), (self._urgency, urgencies)):
            kept = box.currentData()
            box.clear()
            for choice in choices:
                box.addItem(choice.label, choice.id)
            box.setCurrentIndex(max(0, box.findData(kept)))
        self._filling = False

    def show_draft(self, draft: OrderDraft) -> None:
        """Fill the fields."""
        self._filling = True
        for field, words in (
            (self._title, draft.title),
            (self._address, draft.address),
            (self._name, draft.caller_name),
            (self._phone, draft.caller_phone),
        ):
            field.setText(words)
        self._text.setPlainText(draft.description)
        for box, value in (
            (self._source, draft.source),
            (self._module, draft.module),
            (self._urgency, draft.urgency),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self._filling = False
        has_point = draft.lon is not None and draft.lat is not None
        self._point = (draft.lon, draft.lat) if draft.lon is not None and draft.lat is not None else None
        self._where.setText(f"{draft.lon:.5f}, {draft.lat:.5f}" if has_point else self.tr("没有坐标"))

    def draft(self) -> OrderDraft:
        """Give what is written and chosen now."""
        lon, lat = self._point or (None, None)
        return OrderDraft(
            title=self._title.text().strip(),
            description=self._text.toPlainText().strip(),
            source=self._source.currentData() or "",
            module=self._module.currentData() or "",
            urgency=self._urgency.currentData() or "",
            address=self._address.text().strip(),
            lon=lon,
            lat=lat,
            caller_name=self._name.text().strip(),
            caller_phone=self._phone.text().strip(),
        )

    def set_place(self, lon: float, lat: float, address: str = "") -> None:
        """Take a point, with an address where one is known."""
        self._point = (lon, lat)
        self._where.setText(f"{lon:.5f}, {lat:.5f}")
        if address:
            self._address.setText(address)
            self._module.setFocus(Qt.FocusReason.TabFocusReason)  # the list that was taken from goes away
        self._tell_change()

    def offer_places(self, places: tuple[Choice, ...]) -> None:
        """Offer known places for the address that is being typed."""
        self._offered = self._refill(self._places, self._offered, self.tr("地点"), places)
        if self._offered is not None:
            self._offered.taken.connect(self.place_chosen)

    def show_alike(self, words: str, alike: tuple[Choice, ...]) -> None:
        """Show open orders that may be about the same."""
        self._alike_words.setText(words)
        self._alike_words.setVisible(bool(alike))
        self._found = self._refill(self._alike, self._found, words, alike)
        if self._found is not None:
            self._found.taken.connect(self.alike_chosen)

    def offer_module(self, module: str, words: str) -> None:
        """Offer a field of work; "" for none. Nothing is chosen until the officer takes it."""
        self._filed = module
        self._filing.setText(words)
        for part in (self._filing, self._file):
            part.setVisible(bool(module))
        self._file.setAccessibleName(self.tr("采用：{words}，Alt+M").format(words=words))
        set_tip(self._file, "Alt+M")

    def show_earlier(self, words: str) -> None:
        """Say what was at this place before; "" for nothing."""
        self._earlier.setText(words)
        self._earlier.setVisible(bool(words))

    def say(self, words: str) -> None:
        """Show how the draft or the report stands."""
        self._state.setText(words)
        self._state.setAccessibleName(words)

    def begin(self) -> None:
        """Come up with the cursor in the title."""
        self.show()
        self._title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- inside

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc, report on Ctrl+Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._try_submit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down go from the address into the places that are offered for it."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self._address and pressed and event.key() == Qt.Key.Key_Down and self._offered is not None:
            self._offered.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _line(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setMaxLength(LINE_CAP)
        return field

    def _lay_out(self) -> None:
        theme = current_theme()
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), theme.space("s"))
        grid.setHorizontalSpacing(theme.space("m"))
        grid.setVerticalSpacing(theme.space("s"))
        grid.setColumnStretch(1, 1)
        caller, kind = QHBoxLayout(), QHBoxLayout()
        filing = QHBoxLayout()
        filing.addWidget(self._filing, 1)
        filing.addWidget(self._file)
        for line, fields in ((caller, (self._name, self._phone)), (kind, (self._source, self._urgency))):
            line.setSpacing(theme.space("s"))
            for field in fields:
                line.addWidget(field, 1)
        for box, name in (
            (self._source, self.tr("来源")),
            (self._module, self.tr("条线")),
            (self._urgency, self.tr("紧急程度")),
        ):
            box.setAccessibleName(name)
        rows = (
            (self.tr("标题"), self._title),
            (self.tr("地点"), self._address),
            ("", self._places),
            ("", self._where),
            ("", self._earlier),
            (self.tr("条线"), self._module),
            ("", filing),
            (self.tr("来源"), kind),
            (self.tr("诉求人"), caller),
            (self.tr("描述"), self._text),
            ("", self._alike_words),
            ("", self._alike),
        )
        for row, (label, part) in enumerate(rows):
            if label:
                grid.addWidget(plain_label(label, "low", self), row, 0)
            if isinstance(part, QWidget):
                grid.addWidget(part, row, 1)
            else:
                grid.addLayout(part, row, 1)
        grid.setRowStretch(len(rows), 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        page.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self._alike_words.hide()
        set_style_property(self._submit, "primary", "true")
        cancel = QPushButton(self.tr("取消"), self)
        cancel.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), theme.space("m"))
        foot.setSpacing(theme.space("s"))
        foot.addWidget(self._submit)
        foot.addWidget(cancel)
        foot.addWidget(self._state, 1)
        head = QHBoxLayout()
        head.setContentsMargins(theme.space("l"), theme.space("m"), theme.space("l"), 0)
        head.addWidget(plain_label(self.tr("新工单"), "title", self), 1)
        head.addWidget(plain_label(self.tr("Ctrl+Enter 上报 · Esc 收起"), "note", self))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)

    def _refill(
        self, place: QVBoxLayout, before: ChoiceField | None, label: str, choices: tuple[Choice, ...]
    ) -> ChoiceField | None:
        if before is not None:
            place.removeWidget(before)
            before.hide()
            before.deleteLater()
        if not choices:
            return None
        field = ChoiceField(label, choices, self, typed=False)
        place.addWidget(field)
        return field

    @Slot()
    def _tell_change(self) -> None:
        if not self._filling:
            self.changed.emit()

    @Slot()
    def _take_module(self) -> None:
        """Choose what is offered."""
        self._module.setCurrentIndex(max(0, self._module.findData(self._filed)))
        self.offer_module("", "")

    @Slot()
    def _take_place(self) -> None:
        """Enter in the address takes the first place that is offered for it."""
        if self._offered is not None and self._offered.chosen_id():
            self.place_chosen.emit(self._offered.chosen_id())

    @Slot()
    def _try_submit(self) -> None:
        if self._title.text().strip():
            self.submitted.emit()
        else:
            self.say(self.tr("请填写：{label}").format(label=self.tr("标题")))
            self._title.setFocus(Qt.FocusReason.OtherFocusReason)
