"""Everything has a name, everything can be reached by keyboard, and no word is cut at long or large text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from tests.qt.gallery import pages
from widgets.detail.actions import ActionButton
from widgets.keysheet import KeyCaps
from widgets.rail import RailButton
from widgets.theme import Theme, apply_theme
from widgets.toned import TonedLabel

_WHOLE = (ActionButton, RailButton, TonedLabel, KeyCaps)


class _Longer(QTranslator):
    """Makes every fixed label 1.4 times as long, as another language might."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(self, _context: str, text: str, _note: str | None = None, _count: int = -1) -> str:
        return text + "～" * max(1, round(len(text) * 0.4))


@pytest.fixture(scope="module", params=["100 %", "longer", "140 % longer", "200 %", "200 % live"])
def shown(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[dict[str, QWidget]]:
    scale = {"140 % longer": 1.4, "200 %": 2.0}.get(request.param, 1.0)
    longer = "longer" in request.param
    translator = _Longer()
    if longer:
        qapp.installTranslator(translator)
    apply_theme(qapp, Theme.load("dark", text_scale=scale))
    made = pages()
    for page in made.values():
        page.resize(1920, 1080)
        page.show()
    made["keys"].sheet.open()
    made["commands"].bar.open()
    qapp.processEvents()
    if request.param == "200 % live":
        apply_theme(qapp, Theme.load("dark", text_scale=2.0))
        qapp.processEvents()
        qapp.processEvents()
    yield made
    qapp.removeTranslator(translator)
    for page in made.values():
        page.hide()
        page.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    apply_theme(qapp, Theme.load("dark"))


def test_that_no_word_is_cut(shown: dict[str, QWidget]) -> None:
    cut = [
        f"{title}: {type(widget).__name__} {_words(widget)!r} {widget.size()} needs {_need(widget)}"
        for title, page in shown.items()
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and _is_cut(widget)
    ]
    assert cut == []


def test_that_every_control_has_a_name(shown: dict[str, QWidget]) -> None:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
    nameless = [
        f"{title}: {type(widget).__name__}"
        for title, page in shown.items()
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and isinstance(widget, kinds)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert nameless == []


def test_that_every_label_takes_its_words_as_plain_text(shown: dict[str, QWidget]) -> None:
    rich = [
        f"{title}: {label.text()!r}"
        for title, page in shown.items()
        for label in page.findChildren(QLabel)
        if label.text() and label.textFormat() != Qt.TextFormat.PlainText
    ]
    assert rich == []


def test_that_tab_visits_every_control_of_the_desk_once(shown: dict[str, QWidget]) -> None:
    desk = shown["desk"]
    wanted = {
        widget
        for widget in desk.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    }
    visited = []
    widget = desk.nextInFocusChain()
    while widget is not desk:
        if widget in wanted:
            visited.append(widget)
        widget = widget.nextInFocusChain()
    assert len(visited) == len(wanted)
    assert set(visited) == wanted


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()


def _need(widget: QWidget) -> tuple[int, int]:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return (0, widget.heightForWidth(widget.width()))
    if isinstance(widget, QLabel):
        metrics = widget.fontMetrics()
        return (metrics.horizontalAdvance(widget.text()), metrics.boundingRect(widget.text()).height())
    size = widget.sizeHint()
    return (size.width(), size.height())


def _is_cut(widget: QWidget) -> bool:
    """Say whether a widget whose words must be whole got less room than they need."""
    whole = isinstance(widget, QLabel | QAbstractButton) and bool(widget.text())
    if not (whole or isinstance(widget, _WHOLE)) or isinstance(widget.parent(), QScrollArea):
        return False
    if type(widget).__name__ in ("AlertButton", "BarButton", "QLineEditIconButton"):
        return False  # they choose a shorter form themselves; tested with the frame
    width, height = _need(widget)
    return widget.width() < width or widget.height() < height
