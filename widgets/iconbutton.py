"""A small button that is an icon: named for screen readers, explained by its tooltip, tinted by the theme."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from widgets.icons import icon
from widgets.plain import set_tip
from widgets.theme import Theme, current_theme, theme_holder


class IconButton(QPushButton):
    """Shows one icon; `show_icon` changes it together with its words."""

    def __init__(self, name: str, words: str, parent: QWidget, *, keys: str = "") -> None:
        """Make one; `keys` do the same and are shown behind the words in the tooltip."""
        super().__init__(parent)
        self.setProperty("flat-icon", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = name
        theme_holder().theme_changed.connect(self._take_theme)
        self.show_icon(name, words, keys=keys)

    def show_icon(self, name: str, words: str, *, keys: str = "") -> None:
        """Show another icon and say what it does now."""
        self._icon = name
        self.setAccessibleName(words)
        set_tip(self, f"{words} ({keys})" if keys else words)
        self._take_theme(current_theme())

    @Slot(object)
    def _take_theme(self, theme: Theme) -> None:
        side = theme.size("icon")
        self.setIcon(icon(self._icon, theme.color("text.mid"), side, theme.color("text.disabled")))
        self.setIconSize(QSize(side, side))
        self.setFixedSize(theme.size("control"), theme.size("control"))
