"""Cards above the facts: what somebody ordered, and what the program proposes. A proposal never acts by itself."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from widgets.detail.order import Notice
from widgets.messages import ToneMark
from widgets.plain import plain_label, set_style_property
from widgets.theme import current_theme


class NoticeCard(QWidget):
    """One card: mark, title, words, and the button of a proposal.

    Signals:
        begun(str): The proposal's verb; the officer wants to look at it.
    """

    begun = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._verb = ""
        theme = current_theme()
        self._mark = ToneMark(self)
        self._title = plain_label(parent=self, wrap=True)
        self._title.setProperty("strong", "true")
        self._text = plain_label(role="mid", parent=self, wrap=True)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._begin)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        line.setSpacing(theme.space("m"))
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_notice(self, notice: Notice) -> None:
        """Show another card."""
        self._verb = notice.verb
        set_style_property(self, "message", notice.tone)
        self._mark.set_tone(notice.tone)
        self._title.setText(notice.title)
        self._text.setText(notice.text)
        self._text.setVisible(bool(notice.text))
        self._button.setText(notice.label.replace("&", "&&"))
        self._button.setAccessibleName(notice.label)
        self._button.setVisible(bool(notice.verb))
        self.setAccessibleName(self.tr("，").join(part for part in (notice.title, notice.text) if part))

    @Slot()
    def _begin(self) -> None:
        self.begun.emit(self._verb)


class NoticeList(QWidget):
    """The cards, one under the other; kept and refilled.

    Signals:
        begun(str): A proposal's verb.
    """

    begun = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[NoticeCard] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(current_theme().space("xs"))

    def show_notices(self, notices: tuple[Notice, ...]) -> None:
        """Show other cards."""
        while len(self._cards) < len(notices):
            card = NoticeCard(self)
            card.begun.connect(self.begun)
            self._box.addWidget(card)
            self._cards.append(card)
        for index, card in enumerate(self._cards):
            card.setVisible(index < len(notices))
            if index < len(notices):
                card.show_notice(notices[index])
        self.setVisible(bool(notices))
