"""What a seat shows the hall, and what it reads of the district's instruments."""

from collections.abc import Callable
from concurrent.futures import Future

from desktop.central.hall import HallClient
from desktop.central.schema import FocusRequest, ReadingsPage, Target
from desktop.sync.session import Session


class Hall:
    """Every method but `show` waits for the network, some seconds at most: call them off the GUI thread."""

    def __init__(
        self, client: HallClient, session: Session, submit: Callable[[Callable[[], None]], "Future[None]"]
    ) -> None:
        self._client = client
        self._session = session
        self._submit = submit

    def show(self, kind: str, target_id: str) -> "Future[None]":
        """As `focus` on all big screens, without waiting."""
        return self._submit(lambda: self.focus(kind, target_id))

    def focus(self, kind: str, target_id: str, screens: tuple[str, ...] = ()) -> None:
        """Ask for an object to be shown on these big screens, or on all; other seats hear of it as `HallFocus`.

        Raises:
            OpsError: ``hall.nothing_to_show``, ``auth.forbidden``, or a fault of link or session.
        """
        self._session.authorised(self._client.focus, FocusRequest(Target(kind, target_id), list(screens)))

    def readings(self, vital_id: str, since: str, until: str, points: int = 300) -> ReadingsPage:
        """Read the history of an instrument (RFC 3339 times) as at most `points` stretches.

        Raises:
            OpsError: ``vital.unknown``, or a fault of link or session.
        """
        return self._session.authorised(self._client.readings, vital_id, since, until, points)
