"""The saved views of one wall, its draft that survives everything, its lock, and the menu for all of that."""

import logging
from collections.abc import Callable
from uuid import uuid4

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.domain.arrangements import Arrangement, History
from desktop.domain.wall_views import Draft, SavedView, Version
from desktop.presenters.context import Context
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.refusals import refusal
from desktop.presenters.wall.view_shelf import ViewShelf
from desktop.presenters.wording import fault_words
from widgets.wall.head import ViewHead
from widgets.wall.layouts import is_layout
from widgets.wall.menu import MenuEntry
from widgets.wall.panel import WallPanel

_log = logging.getLogger(__name__)

_DRAFT = "wall.draft."
_SETTLE_MS = 400
_LATEST = 8
"""Earlier versions offered in the menu."""


class WallViews(QObject):
    """Keeps what the officer arranged: at once as a draft, and, when asked, as a version of a view.

    Signals:
        told(Words): the draft could not be kept.
        read(): the draft of an earlier run, or that there is none, is known.
    """

    told = Signal(object)
    read = Signal()

    def __init__(
        self, wall: WallPresenter, panel: WallPanel, shelf: ViewShelf, context: Context, name: str = "desk"
    ) -> None:
        """Join a wall; `name` tells its draft from those of other walls, and stays the same over restarts."""
        super().__init__(wall)
        self._wall = wall
        self._panel = panel
        self._shelf = shelf
        self._context = context
        self._name = name
        self._officer = ""
        self._view = ""
        self._version = 0
        self._known = self._closed = False
        self._written: Draft | None = None
        self._picks: dict[str, Callable[[str], None]] = {
            "show": self._pick_view,
            "version": self._pick_version,
            "bring": self._pick_deleted,
            "save_as": self._ask_new_name,
            "rename": self._ask_other_name,
            "delete": self._delete,
            "keep": self._keep_shown,
        }
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._keep)
        wall.arranged.connect(self._on_arranged)
        shelf.changed.connect(self._show)
        panel.asked.connect(self._on_asked)
        panel.views_requested.connect(self._open_menu)
        panel.view_picked.connect(self._on_picked)
        panel.named.connect(self._on_named)
        panel.wall.change_refused.connect(self._on_refused_at_wall)

    def reload(self) -> None:
        """Read the draft of whoever is at the desk."""
        officer = self._context.officer()
        self._officer = officer.id if officer is not None else ""
        self._context.reads.ask(self._on_draft, self._context.duty.setting, self._setting())

    def begin(self) -> None:
        """Begin anew, whatever an earlier wall of this name had."""
        officer = self._context.officer()
        self._officer = officer.id if officer is not None else ""
        self._known = True
        self._keep()
        self._show()

    def close(self) -> None:
        """Keep what has not come to rest yet, and nothing after that."""
        if self._settle.isActive():
            self._keep()
        self._known, self._closed = False, True

    def show_view(self, view: SavedView, version: Version | None = None) -> bool:
        """Bring a view up, as one step that can be undone; False if the wall does not change now."""
        wanted = version or view.latest
        before = self._wall.arrangement
        self._wall.take(wanted.arrangement)
        if self._wall.arrangement is before and wanted.arrangement != before:
            return False
        self._view, self._version = view.id, wanted.number
        self._keep()
        self._show()
        return True

    @property
    def view_id(self) -> str:
        """Id of the view on the wall, "" for none."""
        return self._view

    # --- the draft --------------------------------------------------------------------------------------------------

    @Slot()
    def _on_arranged(self) -> None:
        """Keep a change at once; a zoom, which changes many times a second, when it has come to rest."""
        self._show()
        written, now = self._written.history.present if self._written is not None else None, self._wall.arrangement
        if written is not None and written.same_to_the_eye(now) and written.locked == now.locked:
            self._settle.start()
        else:
            self._keep()

    @Slot()
    def _keep(self) -> None:
        self._settle.stop()
        draft = Draft(self._wall.history, self._view, self._version).shortened()
        if not self._known or draft == self._written:
            return
        self._written = draft
        future = self._context.keep(self._setting(), msgspec.json.encode(draft).decode())
        self._context.tasks.follow(future, failed=self._on_not_kept)

    def _setting(self) -> str:
        return f"{_DRAFT}{self._officer}.{self._name}"

    def _on_not_kept(self, fault: BaseException) -> None:
        self._written = None
        self.told.emit(fault_words(fault))

    @Slot(object)
    def _on_draft(self, text: str | None) -> None:
        if self._closed:
            return
        self._known = True
        draft = read_draft(text)
        if draft is not None:
            self._view, self._version, self._written = draft.view, draft.version, draft
            self._wall.remember(draft.history)
        self._show()
        self.read.emit()

    # --- what the head says -----------------------------------------------------------------------------------------

    @Slot()
    def _show(self) -> None:
        view = self._shelf.get(self._view)
        history = self._wall.history
        locked = self._wall.locked
        name = view.name if view is not None and not view.deleted else self.tr("未命名视图")
        self._panel.show_view(
            ViewHead(
                name=name,
                changed=self._changed(),
                locked=locked,
                can_undo=bool(history.past) and not locked,
                can_redo=bool(history.future) and not locked,
            )
        )

    def _changed(self) -> bool:
        """Whether there is something that no version has; an arrangement without a view is not missed by anybody."""
        view = self._shelf.get(self._view)
        if view is None:
            return False
        version = next((v for v in view.versions if v.number == self._version), view.latest)
        return version.arrangement.with_lock(locked=False) != self._wall.arrangement.with_lock(locked=False)

    # --- wishes -----------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_asked(self, wish: str) -> None:
        match wish:
            case "undo":
                self._wall.undo()
            case "redo":
                self._wall.redo()
            case "lock":
                self._toggle_lock()
            case "save":
                self._save()

    def _toggle_lock(self) -> None:
        locked = not self._wall.locked
        if locked and (why := refusal(self._wall.stand)):
            self._panel.wall.hint(self.tr("现在不能锁定：{why}").replace("{why}", why))
            return
        self._wall.set_locked(locked=locked)
        view = self._shelf.get(self._view)
        if view is not None and not self._changed():  # the lock is part of the view
            self._save_as_version(view)
        words = self.tr("已锁定：窗格不会移动，Ctrl+L 解锁") if locked else self.tr("已解锁")
        self._panel.wall.hint(words)

    def _save(self) -> None:
        view = self._shelf.get(self._view)
        if view is None or view.deleted:
            self._panel.ask_name("new", self.tr("保存为新视图"))
        else:
            self._save_as_version(view)
            saved = self.tr("“{name}”已保存，第 {number} 版")
            self._panel.wall.hint(saved.replace("{name}", view.name).replace("{number}", str(self._version)))

    def _save_as_version(self, view: SavedView) -> None:
        self._version = self._shelf.save(view, self._wall.arrangement).latest.number
        self._keep()
        self._show()

    @Slot(str, str)
    def _on_named(self, purpose: str, name: str) -> None:
        view = self._shelf.get(self._view)
        if purpose == "rename" and view is not None:
            self._shelf.put(view.renamed(name))
        elif purpose == "new":
            made = self._shelf.add(uuid4().hex[:12], name, self._wall.arrangement)
            self._view, self._version = made.id, made.latest.number
            self._keep()
            self._show()

    @Slot(str)
    def _on_refused_at_wall(self, _what: str) -> None:
        self._panel.wall.hint(self.tr("不能移动窗格：{why}").replace("{why}", refusal(self._wall.stand)))

    # --- the menu ---------------------------------------------------------------------------------------------------

    @Slot()
    def _open_menu(self) -> None:
        self._panel.open_views(self.entries())

    def entries(self) -> list[MenuEntry]:
        """Give the menu of views as it is now."""
        view = self._shelf.get(self._view)
        live = view if view is not None and not view.deleted else None
        found = [MenuEntry(f"show/{each.id}", each.name, checked=each.id == self._view) for each in self._shelf.views()]
        full = self.tr("已有太多视图") if self._shelf.full else ""
        found.append(MenuEntry("save", self.tr("保存"), "Ctrl+S", apart=True, enabled=live is None or self._changed()))
        found.append(MenuEntry("save_as", self.tr("另存为新视图…"), enabled=not full, reason=full))
        if live is not None:
            found.append(MenuEntry("rename", self.tr("改名…")))
            found.append(MenuEntry("", self.tr("较早的版本"), children=self._versions(live), enabled=True))
            found.append(MenuEntry("delete", self.tr("删除视图")))
        if self._shelf.deleted():
            gone = tuple(MenuEntry(f"bring/{each.id}", each.name) for each in self._shelf.deleted())
            found.append(MenuEntry("", self.tr("已删除的视图"), children=gone))
        history, locked = self._wall.history, self._wall.locked
        found += [
            MenuEntry("undo", self.tr("撤销"), "Ctrl+Z", enabled=bool(history.past) and not locked, apart=True),
            MenuEntry("redo", self.tr("重做"), "Ctrl+Y", enabled=bool(history.future) and not locked),
            MenuEntry("keep", self.tr("把当前画面留在墙上"), enabled=not locked),
            MenuEntry("lock", self.tr("锁定视图"), "Ctrl+L", checked=locked),
        ]
        return found

    def _versions(self, view: SavedView) -> tuple[MenuEntry, ...]:
        words = self.tr("第 {number} 版 · {time} · {layout} 窗格布局")
        return tuple(
            MenuEntry(
                f"version/{version.number}",
                words.format(
                    number=version.number, time=version.at[5:16].replace("T", " "), layout=version.arrangement.layout
                ),
                checked=version.number == self._version,
            )
            for version in reversed(view.versions[-_LATEST:])
        )

    @Slot(str)
    def _on_picked(self, key: str) -> None:
        verb, _, argument = key.partition("/")
        if verb in self._picks:
            self._picks[verb](argument)
        else:
            self._on_asked(verb)

    def _pick_view(self, view_id: str) -> None:
        view = self._shelf.get(view_id)
        if view is not None:
            self.show_view(view)

    def _pick_version(self, number: str) -> None:
        view = self._shelf.get(self._view)
        version = next((v for v in view.versions if str(v.number) == number), None) if view is not None else None
        if view is not None and version is not None:
            self.show_view(view, version)

    def _pick_deleted(self, view_id: str) -> None:
        view = self._shelf.get(view_id)
        if view is not None:
            self._shelf.put(view.with_mark(deleted=False))

    def _ask_new_name(self, _argument: str) -> None:
        self._panel.ask_name("new", self.tr("保存为新视图"))

    def _ask_other_name(self, _argument: str) -> None:
        view = self._shelf.get(self._view)
        if view is not None:
            self._panel.ask_name("rename", self.tr("视图改名"), view.name)

    def _delete(self, _argument: str) -> None:
        view = self._shelf.get(self._view)
        if view is not None:
            self._shelf.put(view.with_mark(deleted=True))
            words = self.tr("“{name}”已删除，可在视图菜单中恢复")
            self._panel.wall.hint(words.replace("{name}", view.name))

    def _keep_shown(self, _argument: str) -> None:
        self._wall.keep_shown()


def read_draft(text: str | None) -> Draft | None:
    """Read a draft; None if there is none, or none that can be shown."""
    if text is None:
        return None
    try:
        draft = msgspec.json.decode(text, type=Draft)
    except msgspec.DecodeError as fault:
        _log.warning("the draft of the wall cannot be read: %s", fault)
        return None
    present = draft.history.present
    if not is_layout(present.layout):
        return None
    past, future = _known(draft.history.past), _known(draft.history.future)
    return msgspec.structs.replace(draft, history=History(present, past, future))


def _known(steps: tuple[Arrangement, ...]) -> tuple[Arrangement, ...]:
    return tuple(step for step in steps if is_layout(step.layout))
