"""The top bar's words for the link."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.central.schema import Officer
from desktop.events import LinkState, OutboxChanged, SyncStatus
from desktop.presenters.context import Context
from desktop.presenters.status import StatusPresenter
from desktop.presenters.times import clock_time
from widgets.topbar import TopBar, TopBarView

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
AS_OF = datetime(2026, 11, 22, 5, 40, tzinfo=UTC)


class Bar(TopBar):
    """A bar that remembers what it was last given."""

    view: TopBarView

    def show_view(self, view: TopBarView) -> None:
        self.view = view
        super().show_view(view)


@pytest.fixture
def bar(qtbot: QtBot) -> Bar:
    made = Bar()
    qtbot.addWidget(made)
    return made


def presenter_for(bar: Bar, officer: Officer | None) -> StatusPresenter:
    nothing = cast("Any", None)
    context = Context(
        cache=nothing,
        duty=nothing,
        reads=nothing,
        tasks=nothing,
        directory=nothing,
        selection=nothing,
        record=nothing,
        officer=lambda: officer,
        now=lambda: NOW,
        keep=nothing,
    )
    return StatusPresenter(bar, context, bar)


@pytest.fixture
def presenter(bar: Bar) -> StatusPresenter:
    return presenter_for(bar, None)


def status(link: LinkState, **reading: Any) -> SyncStatus:
    return SyncStatus(link, round_trip_ms=40.0, as_of=AS_OF.isoformat(), **reading)


@pytest.mark.parametrize(("hall", "head"), [("北桥镇城运中心", "北桥镇城运中心"), ("", "城运中心")])
def test_that_the_bar_is_headed_by_the_hall_that_the_centre_names(bar: Bar, hall: str, head: str) -> None:
    presenter_for(bar, Officer(id="officer-7", name="张伟", hall=hall)).show()
    assert bar.view.hall == head


def test_that_the_bar_names_the_link_in_use(bar: Bar, presenter: StatusPresenter) -> None:
    presenter.on_sync_changed(status(LinkState.LIVE))
    assert (bar.view.link, bar.view.offline) == ("主链路 40 ms", "")

    presenter.on_sync_changed(status(LinkState.LIVE, road="backup"))
    assert (bar.view.link, bar.view.offline) == ("备用链路 40 ms", "")


def test_that_the_bar_says_from_when_the_data_is_while_the_backup_lags(bar: Bar, presenter: StatusPresenter) -> None:
    presenter.on_outbox_changed(OutboxChanged(3, 0, 0))
    presenter.on_sync_changed(status(LinkState.POLLING, road="backup", lag=7))

    assert bar.view.link == "备用链路 40 ms"
    assert bar.view.offline == f"备用链路，数据截至 {clock_time(AS_OF, NOW)} · 3 条待发送"
