"""The card in the middle of an otherwise quiet screen: sign-in and passphrase stand on it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from widgets.plain import plain_label, set_style_property
from widgets.theme import Theme, current_theme, theme_holder

CARD_WIDTH = 400
CONTROL_HEIGHT = 35


class CardPage(QWidget):
    """A full page with one card; quiet grid lines behind it, as on the map of the desk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.card = QWidget(self)
        self.card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.card.setProperty("panel", "card")
        self.box = QVBoxLayout(self.card)
        pad = theme.px(32)
        self.box.setContentsMargins(pad, pad, pad, theme.space("xl"))
        self.box.setSpacing(theme.space("xs"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
        self._tall: list[QWidget] = []
        theme_holder().theme_changed.connect(self._take_theme)
        self._take_theme(theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface.0"))
        painter.setPen(QPen(theme.color("surface.2"), 1))
        pitch = theme.px(72)
        for x in range(pitch // 2, self.width(), pitch):
            painter.drawLine(x, 0, x, self.height())
        for y in range(pitch // 2, self.height(), pitch):
            painter.drawLine(0, y, self.width(), y)
        painter.end()

    def add_field(self, label: str, *, secret: bool = False) -> QLineEdit:
        """Add a labelled field; a secret one is neither shown nor remembered by input methods."""
        theme = current_theme()
        field = QLineEdit(self.card)
        self._keep_tall(field)
        field.setAccessibleName(label)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        words = plain_label(label, "note", self.card)
        words.setBuddy(field)
        self.box.addSpacing(theme.space("s"))
        self.box.addWidget(words)
        self.box.addWidget(field)
        return field

    def add_message(self) -> QLabel:
        """Add the place where faults are told."""
        label = plain_label(role="note", parent=self.card, wrap=True)
        label.setProperty("tone", "orange")
        label.hide()
        self.box.addWidget(label)
        return label

    def add_primary(self, label: str) -> QPushButton:
        """Add the one button that goes on."""
        button = QPushButton(label, self.card)
        button.setAccessibleName(label)
        self._keep_tall(button)
        set_style_property(button, "primary", "true")
        self.box.addSpacing(current_theme().space("m"))
        self.box.addWidget(button)
        return button

    def add_progress(self) -> QProgressBar:
        """Add the thin bar that shows that something is under way; it keeps its place while hidden."""
        bar = QProgressBar(self.card)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("进度"))
        bar.setRange(0, 0)
        policy = bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        bar.setSizePolicy(policy)
        bar.hide()
        self.box.addWidget(bar)
        return bar

    def _keep_tall(self, control: QWidget) -> None:
        self._tall.append(control)
        control.setMinimumHeight(current_theme().px(CONTROL_HEIGHT))

    @Slot(object)
    def _take_theme(self, theme: Theme) -> None:
        self.card.setFixedWidth(theme.px(CARD_WIDTH))
        for control in self._tall:
            control.setMinimumHeight(theme.px(CONTROL_HEIGHT))


def tell(label: QLabel, text: str, tone: str = "orange") -> None:
    """Show words in a message place, or hide it for none."""
    label.setText(text)
    label.setAccessibleName(text)
    set_style_property(label, "tone", tone)
    label.setVisible(bool(text))
