"""The sign-in screen: which centre, who, and the password."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from widgets.card import CardPage, tell
from widgets.plain import plain_label
from widgets.theme import current_theme


@dataclass(frozen=True, slots=True)
class SignInView:
    """What the screen starts with.

    Attributes:
        centre: Name of the centre (临江街道城运中心), or "".
        address: Its address.
        username: Last or prefilled user name.
        password: Prefilled only by the drill, which made it up itself.
        languages: ``(key, label)`` to choose from; none or one hides the choice.
        language: Key of the one in use.
        note: A quiet line under the button (演练中心，数据均为虚构).
        address_editable: Whether another centre may be named.
        question: What has to be decided before signing in (应答的是另一个中心 …), or "".
        action: Words of the button that decides for it; "" for the usual 登录.
        way_back: Words of the button that decides against it; "" hides it.
    """

    centre: str
    address: str
    username: str = ""
    password: str = ""
    languages: tuple[tuple[str, str], ...] = ()
    language: str = ""
    note: str = ""
    address_editable: bool = False
    question: str = ""
    action: str = ""
    way_back: str = ""


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What the officer entered."""

    address: str
    username: str
    password: str

    def __repr__(self) -> str:
        return f"SignInRequest(address={self.address!r}, username={self.username!r})"


class SignInPage(CardPage):
    """Asks for user name and password and shows how signing in goes on.

    Signals:
        sign_in_requested(SignInRequest): Both fields are filled and the officer went on.
        cancel_requested(): The officer no longer wants to wait.
        way_back_chosen(): The officer decided against what was asked.
        language_chosen(str): Key of another language.
    """

    sign_in_requested = Signal(object)
    cancel_requested = Signal()
    way_back_chosen = Signal()
    language_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = SignInView("", "")
        theme = current_theme()
        self._brand = plain_label(self.tr("城运值守台"), "note", self.card)
        self._centre = plain_label(role="head", parent=self.card, wrap=True)
        self._language = QComboBox(self.card)
        self._language.setAccessibleName(self.tr("语言"))
        top = QHBoxLayout()
        top.addWidget(self._brand, 1)
        top.addWidget(self._language)
        self.box.addLayout(top)
        self.box.addWidget(self._centre)
        self._address = self.add_field(self.tr("中心地址"))
        self._username = self.add_field(self.tr("用户名"))
        self._password = self.add_field(self.tr("口令"), secret=True)
        self.box.addSpacing(theme.space("s"))
        self._message = self.add_message()
        self._button = self.add_primary(self.tr("登录"))
        self._cancel = QPushButton(self.tr("取消"), self.card)
        self._cancel.setAccessibleName(self.tr("取消"))
        self._cancel.hide()
        self.box.addWidget(self._cancel)
        self._way_back = QPushButton(self.card)
        self._way_back.hide()
        self.box.addWidget(self._way_back)
        self._progress = self.add_progress()
        self._note = plain_label(role="note", parent=self.card, wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.box.addWidget(self._note)
        self._button.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.cancel_requested)
        self._way_back.clicked.connect(self.way_back_chosen)
        self._username.returnPressed.connect(self._go_on)
        self._password.returnPressed.connect(self._submit)
        self._language.activated.connect(self._choose_language)

    @property
    def view(self) -> SignInView:
        """What the screen was filled with, and who was entered since."""
        return replace(self._view, address=self._address.text(), username=self._username.text())

    def show_view(self, view: SignInView) -> None:
        """Fill the screen."""
        self._view = view
        self._centre.setText(view.centre)
        self._centre.setVisible(bool(view.centre))
        self._address.setText(view.address)
        self._address.setReadOnly(not view.address_editable)
        self._username.setText(view.username)
        self._password.setText(view.password)
        tell(self._message, view.question)
        self._button.setText(view.action or self.tr("登录"))
        self._way_back.setText(view.way_back)
        self._way_back.setAccessibleName(view.way_back)
        self._way_back.setVisible(bool(view.way_back))
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        self._language.clear()
        for key, label in view.languages:
            self._language.addItem(label, key)
        self._language.setCurrentIndex(max(0, self._language.findData(view.language)))
        self._language.setVisible(len(view.languages) > 1)
        (self._password if view.username and not view.password else self._username).setFocus()
        if view.username and view.password:
            self._button.setFocus()

    def show_progress(self, text: str) -> None:
        """Say what is under way; the fields rest meanwhile and 取消 appears."""
        tell(self._message, text, "neutral")
        self._set_busy(busy=True)

    def show_fault(self, text: str) -> None:
        """Say why it did not work; the password is asked again."""
        tell(self._message, text, "red")
        self._set_busy(busy=False)
        self._password.setFocus()
        self._password.selectAll()

    def show_idle(self) -> None:
        """Wait for the officer, without a message; the password is forgotten."""
        tell(self._message, "")
        self._password.clear()
        self._set_busy(busy=False)

    def _set_busy(self, *, busy: bool) -> None:
        for field in (self._address, self._username, self._password, self._language, self._button, self._way_back):
            field.setEnabled(not busy)
        self._button.setVisible(not busy)
        self._cancel.setVisible(busy)
        self._progress.setVisible(busy)

    @Slot()
    def _go_on(self) -> None:
        self._password.setFocus()

    @Slot()
    def _submit(self) -> None:
        for field, words in (
            (self._address, self.tr("请填写中心地址")),
            (self._username, self.tr("请填写用户名")),
            (self._password, self.tr("请填写口令")),
        ):
            if not field.text().strip():
                tell(self._message, words)
                field.setFocus()
                return
        self.sign_in_requested.emit(
            SignInRequest(self._address.text().strip(), self._username.text().strip(), self._password.text())
        )

    @Slot(int)
    def _choose_language(self, row: int) -> None:
        self.language_chosen.emit(self._language.itemData(row))
