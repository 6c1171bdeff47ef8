"""How the window looks and which language it speaks, for the whole application at once."""

import logging

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from resources import resource_path
from widgets.theme import Theme, apply_theme

_log = logging.getLogger(__name__)


class Appearance:
    """Puts theme and language on the application.

    The texts in the code are Chinese, so Chinese needs no translation file; English comes from `resources/i18n`.
    """

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translator: QTranslator | None = None
        self.language = "zh_CN"

    def wear(self, theme: str, text_scale: float) -> None:
        """Dress the application in the theme called `theme`."""
        apply_theme(self._app, Theme.load(theme, text_scale=text_scale))

    def speak(self, language: str) -> None:
        """Switch the language; windows built afterwards speak it."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        QLocale.setDefault(QLocale(language))
        self.language = language
        if language == "zh_CN":
            return
        translator = QTranslator(self._app)
        try:
            loaded = translator.load(str(resource_path(f"i18n/watchfloor_{language}.qm")))
        except FileNotFoundError:
            loaded = False
        if not loaded:
            _log.error("no translation for %s is installed; the window stays Chinese", language)
            return
        self._app.installTranslator(translator)
        self._translator = translator
