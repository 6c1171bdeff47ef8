"""Saved views of the wall: each has a name and the versions it went through, so that nothing saved is ever lost."""

import msgspec

from desktop.domain.arrangements import Arrangement, History

VERSIONS_CAP = 20
VIEWS_CAP = 60
NAME_CAP = 40
_DRAFT_STEPS = 10


class Version(msgspec.Struct, frozen=True):
    """A view as it was saved once.

    Attributes:
        number: Counted from 1; goes on counting when the oldest versions are forgotten.
        at: RFC 3339 time of the saving.
        arrangement: What was saved.
    """

    number: int
    at: str
    arrangement: Arrangement


class SavedView(msgspec.Struct, frozen=True):
    """A view by name.

    Attributes:
        id: Its own, for ever.
        name: The officer's words.
        versions: The latest last; never empty.
        deleted: It is not offered any more, but can be brought back.
    """

    id: str
    name: str
    versions: tuple[Version, ...]
    deleted: bool = False

    @property
    def latest(self) -> Version:
        """The version that the view stands for."""
        return self.versions[-1]

    def saved(self, arrangement: Arrangement, at: str) -> "SavedView":
        """Save another version; one that is the same as the latest changes nothing."""
        if arrangement == self.latest.arrangement:
            return self
        version = Version(self.latest.number + 1, at, arrangement)
        return msgspec.structs.replace(self, versions=(*self.versions, version)[-VERSIONS_CAP:])

    def renamed(self, name: str) -> "SavedView":
        """Give it another name."""
        return msgspec.structs.replace(self, name=clean_name(name))

    def with_mark(self, *, deleted: bool) -> "SavedView":
        """Put it away, or bring it back."""
        return msgspec.structs.replace(self, deleted=deleted)


class Draft(msgspec.Struct, frozen=True):
    """A wall as it stands, saved or not: what a restart goes on with.

    Attributes:
        history: The arrangement, and some steps of undo.
        view: Id of the view it comes from, or "".
        version: That view's version, or 0.
    """

    history: History
    view: str = ""
    version: int = 0

    def shortened(self) -> "Draft":
        """Leave out the steps that are not worth their room on the disk."""
        history = History(self.history.present, self.history.past[-_DRAFT_STEPS:], self.history.future[-_DRAFT_STEPS:])
        return msgspec.structs.replace(self, history=history)


def new_view(view_id: str, name: str, arrangement: Arrangement, at: str) -> SavedView:
    """Make a view of its first version."""
    return SavedView(view_id, clean_name(name), (Version(1, at, arrangement),))


def clean_name(name: str) -> str:
    """Give a name as it is kept: one line, no longer than `NAME_CAP`."""
    return " ".join(name.split())[:NAME_CAP]
