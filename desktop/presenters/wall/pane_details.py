"""What an officer can ask of any pane: all about its camera and stream, its code to copy, its stream, to be gone."""

from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs
from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QGuiApplication

from desktop.central.schema import Camera
from desktop.domain.arrangements import EMPTY, STREAMS
from desktop.presenters.wall.pane_views import state_word, stream_words
from desktop.presenters.wall.presenter import WallPresenter
from desktop.video.panes import PaneStatus
from widgets.wall.menu import MenuEntry
from widgets.wall.panel import WallPanel
from widgets.wall.panes import PaneView

translate = QCoreApplication.translate


class PaneDetails(QObject):
    """Shows details over the panes that were asked about, and owns the first entries of every pane's menu."""

    def __init__(self, wall: WallPresenter, panel: WallPanel) -> None:
        super().__init__(wall)
        self._wall = wall
        self._panel = panel
        self._asked: set[str] = set()
        panel.asked.connect(self._on_asked)
        wall.contribute(self)
        wall.dress(self._dress)

    # --- the menu ---------------------------------------------------------------------------------------------------

    def entries(self, view: PaneView) -> Sequence[MenuEntry]:
        """Give what every pane with a camera offers."""
        if not view.camera_id:
            return ()
        stream = self._wall.standing[int(view.pane) - 1].use.stream
        words = {
            "auto": translate("Panes", "自动（按窗格大小和本机负荷）"),
            "sub": translate("Panes", "子码流"),
            "main": translate("Panes", "主码流"),
        }
        streams = tuple(MenuEntry(f"stream/{name}", words[name], checked=name == stream) for name in STREAMS)
        single = bool(self._panel.wall.single)
        return (
            MenuEntry(
                "single", translate("Panes", "还原布局") if single else translate("Panes", "放大到整面墙"), "Enter"
            ),
            MenuEntry("", translate("Panes", "码流"), children=streams),
            MenuEntry("details", translate("Panes", "画面信息"), "I", checked=view.pane in self._asked),
            MenuEntry("copy", translate("Panes", "复制国标编码"), "Ctrl+C"),
            MenuEntry("shot", translate("Panes", "保存画面"), "Alt+S", enabled=not view.hide_picture),
            MenuEntry("clear", translate("Panes", "移除"), "Del"),
        )

    def chosen(self, key: str, view: PaneView) -> None:
        """Do what an entry says."""
        verb, _, argument = key.partition("/")
        place = int(view.pane) - 1
        if verb == "stream":
            self._wall.put(place, structs.replace(self._wall.standing[place].use, stream=argument))
        elif verb == "single":
            self._panel.wall.activate()
        elif verb == "shot":
            self._panel.wall.keep_picture()
        elif verb == "clear":
            self._wall.put(place, EMPTY)
        else:
            self._on_asked(verb)

    @Slot(str)
    def _on_asked(self, wish: str) -> None:
        selected = self._panel.wall.selected
        if wish == "copy":
            self._copy(selected)
        elif wish == "details":
            self._asked ^= {selected}
            self._wall.refresh()
        elif wish == "details.all":
            panes = set(self._panel.wall.pane_names())
            self._asked = set() if self._asked >= panes else panes
            self._wall.refresh()

    def _copy(self, pane: str) -> None:
        camera_id = self._wall.camera_at(pane)
        camera = self._wall.camera(camera_id)
        code = camera.code if camera is not None and camera.code else camera_id
        if code:
            QGuiApplication.clipboard().setText(code)
            self._panel.wall.hint(self.tr("已复制 {code}").replace("{code}", code))

    # --- the details ------------------------------------------------------------------------------------------------

    def _dress(self, view: PaneView) -> PaneView:
        if view.pane not in self._asked or not view.camera_id:
            return view
        status = self._wall.status(view.pane)
        choice = self._wall.choice(view.pane)
        lines = detail_lines(view, self._wall.camera(view.camera_id), status, stream_words(status, choice))
        return replace(view, details=lines, copy=translate("Panes", "复制国标编码"))


def detail_lines(view: PaneView, camera: Camera | None, status: PaneStatus, stream: str) -> tuple[tuple[str, str], ...]:
    """Put all that is known of a pane into lines, what matters most first."""
    code = camera.code if camera is not None and camera.code else view.camera_id
    place = camera.place if camera is not None else None
    where = " · ".join(part for part in (place.neighbourhood, place.address) if part) if place is not None else ""
    picture = f"{status.width}×{status.height}" if status.width else ""
    form = " · ".join(part for part in (picture, status.codec, status.transport, status.engine) if part)
    rate = f"{status.fps:.1f} fps" if status.width else ""
    flow = f"{status.mbit_s * 1000:.0f} kbps" if status.mbit_s else ""
    age = f"{status.frame_age_s:.1f} s" if status.frame_age_s is not None else ""
    found = (
        (translate("Panes", "名称"), f"{view.number} {view.name}".strip()),
        (translate("Panes", "国标编码"), code),
        (translate("Panes", "状态"), view.title or view.badge or state_word(status)),
        (translate("Panes", "码流"), stream),
        (translate("Panes", "速率"), " · ".join(part for part in (rate, flow) if part)),
        (translate("Panes", "画面距今"), age),
        (translate("Panes", "格式"), form),
        (translate("Panes", "位置"), where),
    )
    return tuple((label, words) for label, words in found if words)
