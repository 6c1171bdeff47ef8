"""Another centre answers: the sign-in page names both, and nothing happens without a decision."""

from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.errors import OpsError
from desktop.seat.sign_in import SignInFlow
from desktop.start.settings import Settings
from desktop.sync.allegiance import OtherCentre
from desktop.tasks import Tasks
from widgets.signin import SignInPage, SignInRequest

OTHER = OtherCentre("south", "南片中心", "北片中心", 7)


class Sync:
    """As much of the sync engine as the page talks to."""

    def __init__(self, other: OtherCentre | None, officer: object = None) -> None:
        self.other_centre = other
        self.officer = officer
        self.asked: list[tuple[str, str]] = []
        self.answer: Future[Any] = Future()

    def sign_in(self, username: str, _password: str, *, change_to: str) -> Future[Any]:
        self.asked.append((username, change_to))
        return self.answer


@pytest.fixture
def page(qtbot: QtBot) -> SignInPage:
    made = SignInPage()
    qtbot.addWidget(made)
    return made


def flow_for(page: SignInPage, sync: Sync) -> SignInFlow:
    flow = SignInFlow(page, Tasks(page), page)
    engines: Any = SimpleNamespace(sync=sync, drill_ready=None)
    flow.ask(engines, Settings(centre="https://hall.example", username="31007"))
    return flow


def texts(page: SignInPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(type(page._message)))


def button(page: SignInPage, words: str) -> QPushButton:
    (found,) = [each for each in page.findChildren(QPushButton) if each.text() == words]
    return found


def test_that_both_centres_and_what_waits_are_named_before_anybody_signs_in(page: SignInPage, qtbot: QtBot) -> None:
    sync = Sync(OTHER, officer=object())
    flow = flow_for(page, sync)
    for words in ("南片中心", "北片中心", "7 项"):
        assert words in texts(page)
    with qtbot.waitSignal(flow.stayed):
        button(page, "不改，返回值守台").click()
    assert sync.asked == []

    page._password.setText("S3cret!pw")
    button(page, "改用此中心并登录").click()
    assert sync.asked == [("31007", "south")]


def test_that_who_is_at_no_desk_yet_cannot_go_back_to_it(page: SignInPage) -> None:
    flow_for(page, Sync(OTHER))
    assert not page._way_back.isVisibleTo(page)


def test_that_an_ordinary_sign_in_changes_no_centre_and_asks_when_another_answers(
    page: SignInPage, qtbot: QtBot
) -> None:
    sync = Sync(None)
    flow = flow_for(page, sync)
    assert "南片中心" not in texts(page)
    flow.submit(SignInRequest("https://hall.example", "31007", "S3cret!pw"))
    assert sync.asked == [("31007", "")]
    assert not page._way_back.isVisibleTo(page)

    sync.other_centre = OTHER
    sync.answer.set_exception(OpsError("link.other_centre", {"reason": "decide"}, retryable=True))
    qtbot.waitUntil(lambda: "南片中心" in texts(page))
    assert page._username.text() == "31007"
    assert button(page, "改用此中心并登录").isEnabled()
