"""The cameras beside a wall: by neighbourhood, working ones first; found by name, number, code or pinyin initials."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Camera
from desktop.domain.sla import parse_time
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.times import span
from desktop.presenters.wall.presenter import WallPresenter
from desktop.reads import Refresh
from storage.cache.cache import Cache
from storage.words import normalise, pinyin_initials
from widgets.wall.cameras import CameraGroup, CameraRow, Row
from widgets.wall.cameratree import CameraTree
from widgets.wall.panes import pane_name

translate = QCoreApplication.translate

_REFRESH_MS = 500
_OPEN_UP_TO = 40
"""Cameras that are listed openly from the start; of more, the groups are closed."""
_FOUND_CAP = 200
_HEALTH = {"online": ("circle", "ok"), "frozen": ("square", "yellow"), "black": ("square", "yellow")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A camera with the words it is found by."""

    id: str
    camera: Camera
    words: str
    initials: str

    @property
    def works(self) -> bool:
        """Whether it has a picture, as far as the centre knows."""
        return self.camera.health == "online"


class CameraTreePresenter(QObject):
    """Keeps the list in step with the cameras and the wall, and puts what is taken into the selected pane."""

    def __init__(self, tree: CameraTree, wall: WallPresenter, context: Context) -> None:
        super().__init__(wall)
        self._tree = tree
        self._wall = wall
        self._context = context
        self._entries: list[Entry] = []
        self._toggled: set[str] = set()
        self._closed = False
        self._refresh = Refresh(self._read, _REFRESH_MS, self)
        tree.query_changed.connect(self._show)
        tree.group_toggled.connect(self._on_toggled)
        tree.camera_taken.connect(wall.put_selected)
        wall.stood.connect(self._show)

    def reload(self) -> None:
        """Read the cameras again."""
        self._refresh.request()

    def close(self) -> None:
        """Take no answer any more."""
        self._closed = True

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of cameras."""
        if event.kind == "camera":
            self._refresh.request()

    def _read(self) -> None:
        if not self._closed:
            self._context.reads.ask(self._on_read, read_entries, self._context.cache)

    @Slot(object)
    def _on_read(self, entries: list[Entry]) -> None:
        if self._closed:
            return
        self._entries = entries
        self._refresh.finished()
        self._show()

    @Slot(str)
    def _on_toggled(self, key: str) -> None:
        self._toggled ^= {key}
        self._show()

    @Slot()
    def _show(self) -> None:
        panes: dict[str, str] = {}
        for place, standing in enumerate(self._wall.standing):
            panes.setdefault(standing.use.camera, pane_name(place))
        query = self._tree.query().strip()
        now = self._context.now()
        if query:
            found = find(self._entries, query)[:_FOUND_CAP]
            self._tree.show_rows([_row(entry, panes, now) for entry in found])
        else:
            self._tree.show_rows(list(_grouped(self._entries, self._toggled, panes, now)))


def read_entries(cache: Cache) -> list[Entry]:
    """Read all cameras in use, with the words they are found by."""
    entries = []
    for record in cache.all("camera"):
        camera = read_as(Camera, record.data)
        if not camera.retired:
            name = camera.name or record.id
            words = normalise(f"{camera.number} {name} {camera.code} {camera.place.address}")
            entries.append(Entry(record.id, camera, words, pinyin_initials(name)))
    return sorted(entries, key=_number)


def find(entries: Sequence[Entry], query: str) -> list[Entry]:
    """Give the cameras that hold every word of a query; those whose number it is first, then the working ones."""
    terms = normalise(query).split()
    found = [entry for entry in entries if all(term in entry.words or term in entry.initials for term in terms)]
    number = query.strip().lstrip("0")

    def rank(entry: Entry) -> tuple[bool, bool]:
        return entry.camera.number.lstrip("0") != number, not entry.works

    return sorted(found, key=rank)


def by_number(cameras: Mapping[str, Camera], number: str) -> str:
    """Give the id of the camera with a number as typed (leading zeros do not count) or a code; "" if there is none."""
    wanted = number.lstrip("0")
    for camera_id, camera in cameras.items():
        if not camera.retired and wanted and (camera.number.lstrip("0") == wanted or camera.code == number):
            return camera_id
    return ""


def _grouped(entries: Sequence[Entry], toggled: set[str], panes: Mapping[str, str], now: datetime) -> Iterable[Row]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.camera.place.neighbourhood, []).append(entry)
    few = len(entries) <= _OPEN_UP_TO
    for key in sorted(groups, key=_group_order):
        inside = groups[key]
        shown = few is not (key in toggled)
        blind = sum(not entry.works for entry in inside)
        count = translate("Cameras", "{count} 路").format(count=len(inside))
        if blind:
            count += translate("Cameras", " · {count} 路不可用").format(count=blind)
        yield CameraGroup(key, key or translate("Cameras", "未划入居委"), count, shown)
        if shown:
            yield from (_row(entry, panes, now) for entry in sorted(inside, key=_working_first))


def _row(entry: Entry, panes: Mapping[str, str], now: datetime) -> CameraRow:
    camera = entry.camera
    shape, tone = _HEALTH.get(camera.health, ("ring", "blind"))
    word = "" if entry.works else _health_word(camera, now)
    pane = panes.get(entry.id, "")
    where = translate("Cameras", "窗格 {number}").format(number=pane) if pane else ""
    name = camera.name or entry.id
    spoken = (camera.number, name, word or translate("Cameras", "正常"), where)
    sentence = translate("Cameras", "，").join(part for part in spoken if part)
    return CameraRow(entry.id, camera.number, name, shape, tone, word, where, sentence)


def _health_word(camera: Camera, now: datetime) -> str:
    words = {
        "offline": translate("Cameras", "离线"),
        "frozen": translate("Cameras", "静止"),
        "black": translate("Cameras", "全黑"),
    }
    since = parse_time(camera.health_since)
    word = words.get(camera.health, camera.health)
    return f"{word} {span(now - since)}" if since is not None and since <= now else word


def _number(entry: Entry) -> tuple[int, str, str]:
    return len(entry.camera.number), entry.camera.number, entry.id


def _working_first(entry: Entry) -> tuple[bool, int, str, str]:
    return not entry.works, *_number(entry)


def _group_order(key: str) -> tuple[bool, str]:
    return not key, pinyin_initials(key) + key
