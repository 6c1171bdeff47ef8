"""The officer's saved views of the wall: read once, kept on this seat, shared by all walls of the desk."""

import logging
from collections.abc import Mapping

import msgspec
from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.arrangements import Arrangement
from desktop.domain.wall_views import VIEWS_CAP, SavedView, new_view
from desktop.presenters.context import Context
from desktop.presenters.wording import fault_words
from storage.duty.duty import Duty
from widgets.wall.layouts import is_layout

_log = logging.getLogger(__name__)

_PREFIX = "wall.view."
Views = Mapping[str, SavedView]


class ViewShelf(QObject):
    """Views by id, deleted ones included. The contract has no place for them, so they are of this officer at this seat.

    Signals:
        changed(): other views, or other versions of them.
        told(Words): a view could not be kept.
    """

    changed = Signal()
    told = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._officer = ""
        self._views: dict[str, SavedView] = {}

    def reload(self) -> None:
        """Read the views of whoever is at the desk."""
        officer = self._context.officer()
        self._officer = officer.id if officer is not None else ""
        self._context.reads.ask(self._on_read, read_views, self._context.duty, self._prefix())

    def views(self) -> list[SavedView]:
        """The views that are offered, by name."""
        return sorted((view for view in self._views.values() if not view.deleted), key=_name)

    def deleted(self) -> list[SavedView]:
        """Those that can be brought back, by name."""
        return sorted((view for view in self._views.values() if view.deleted), key=_name)

    def get(self, view_id: str) -> SavedView | None:
        """A view by id."""
        return self._views.get(view_id)

    @property
    def full(self) -> bool:
        """Whether no further view can be kept."""
        return len(self._views) >= VIEWS_CAP

    def add(self, view_id: str, name: str, arrangement: Arrangement) -> SavedView:
        """Keep a new view."""
        view = new_view(view_id, name, arrangement, self._context.now().isoformat(timespec="seconds"))
        self.put(view)
        return view

    def save(self, view: SavedView, arrangement: Arrangement) -> SavedView:
        """Keep another version of a view."""
        after = view.saved(arrangement, self._context.now().isoformat(timespec="seconds"))
        self.put(after)
        return after

    def put(self, view: SavedView) -> None:
        """Keep a view as it is now; it is durable when the storage worker is through with it."""
        if self._views.get(view.id) == view:
            return
        self._views[view.id] = view
        future = self._context.keep(self._prefix() + view.id, msgspec.json.encode(view).decode())
        self._context.tasks.follow(future, failed=self._on_refused)
        self.changed.emit()

    def _prefix(self) -> str:
        return f"{_PREFIX}{self._officer}."

    @Slot(object)
    def _on_read(self, views: Views) -> None:
        self._views = dict(views)
        self.changed.emit()

    def _on_refused(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))


def read_views(duty: Duty, prefix: str) -> Views:
    """Read the views under a prefix; one that cannot be read, or has an unknown layout, is left out and logged."""
    found: dict[str, SavedView] = {}
    for view_id, text in duty.settings_under(prefix).items():
        try:
            view = msgspec.json.decode(text, type=SavedView)
        except msgspec.DecodeError as fault:
            _log.warning("a saved view of the wall cannot be read: %s", fault)
            continue
        known = tuple(version for version in view.versions if is_layout(version.arrangement.layout))
        if known:
            found[view_id] = msgspec.structs.replace(view, versions=known)
    return found


def _name(view: SavedView) -> tuple[str, str]:
    return view.name, view.id
