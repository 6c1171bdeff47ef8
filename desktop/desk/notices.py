"""What the desk says in its strip: faults, offers, and what somebody has to do."""

import logging
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from desktop.events import FaultRaised, LinkState, RecordsQuarantined, SignInRequired, SyncStatus
from desktop.presenters.wall.shot_attach import Offer
from desktop.presenters.wording import Words, words_of
from widgets.messages import Message, MessageAction, MessageStrip

_log = logging.getLogger(__name__)


class Notices(QObject):
    """Puts events into words, each with what can be done about it; words with the same key take each other's place."""

    def __init__(self, strip: MessageStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._strip = strip

    def say(self, words: Words, tone: str = "orange", key: str = "", actions: tuple[MessageAction, ...] = ()) -> None:
        """Show words in the strip."""
        now = f"{datetime.now().astimezone():%H:%M}"
        self._strip.say(Message(key or words.title, tone, words.title, words.message, now, actions))

    @Slot(object)
    def on_sync_changed(self, status: SyncStatus) -> None:
        """Say why the link is not there, and take it back when it is."""
        if status.link is LinkState.LIVE:
            self._strip.withdraw("link")
            self._strip.withdraw("sign_in")
        elif status.link in {LinkState.OFFLINE, LinkState.HELD} and status.fault:
            again = MessageAction("again", self.tr("立即重试"))
            self.say(words_of(status.fault, status.params), key="link", actions=(again,))

    @Slot(object)
    def on_sign_in_required(self, event: SignInRequired) -> None:
        """Ask for the officer."""
        actions = (MessageAction("sign_in", self.tr("登录")),)
        self.say(words_of(event.fault, event.params), key="sign_in", actions=actions)

    @Slot(object)
    def on_password_due(self, words: Words) -> None:
        """Ask for another password, when there is a moment."""
        self.say(words, "yellow", "password", (MessageAction("password", self.tr("修改口令")),))

    @Slot()
    def on_password_changed(self) -> None:
        """Ask no more."""
        self._strip.withdraw("password")

    @Slot(object)
    def on_fault(self, event: FaultRaised) -> None:
        """Say what went wrong in an engine."""
        self.say(words_of(event.code, event.params), key=event.code)

    @Slot(object)
    def on_quarantined(self, event: RecordsQuarantined) -> None:
        """Say that records could not be read."""
        _log.warning("%d records of kind %s were set aside: %s", len(event.ids), event.kind, event.fault)
        self.say(words_of("pull.record_quarantined", {"count": len(event.ids)}), "yellow", "quarantine")

    @Slot(object)
    def on_offered(self, offer: Offer) -> None:
        """Say what worked, and what could come next."""
        self.say(offer.words, "ok", actions=offer.actions)

    @Slot(object)
    def on_told(self, words: Words) -> None:
        """Say what a presenter has to say."""
        self.say(words)
