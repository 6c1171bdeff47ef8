"""声音: one pane at most is heard, and everybody sees which."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Slot

from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.streams import WallVideo
from desktop.presenters.wording import words_of
from widgets.wall.menu import MenuEntry
from widgets.wall.panes import PaneView
from widgets.wall.wall import VideoWall

translate = QCoreApplication.translate


class PaneSoundPresenter(QObject):
    """Lets one pane be heard. A pane that leaves the layout is not heard any more; another camera in it is."""

    def __init__(self, video: WallVideo, video_wall: VideoWall, wall: WallPresenter, parent: QObject) -> None:
        super().__init__(parent)
        self._video = video
        self._video_wall = video_wall
        self._pane = ""
        self._told = ""
        self._begun = False
        wall.contribute(self)
        wall.dress(self.dress)
        wall.stood.connect(self._on_stood)

    @property
    def pane(self) -> str:
        """The pane that is listened to, or ""."""
        return self._pane

    @Slot()
    def toggle_selected(self) -> None:
        """Listen to the selected pane, or to none."""
        self._toggle(self._video_wall.selected)

    def close(self) -> None:
        """Be silent, if a pane of this wall is heard."""
        if self._pane:
            self._listen("")

    def dress(self, view: PaneView) -> PaneView:
        """Put the icon on the pane that is heard, and say once why it is not."""
        if view.pane != self._pane or not view.camera_id:
            return view
        sound = self._video.status(view.pane).sound
        if sound is None and self._begun:  # a pane of another wall is heard now
            self._pane = ""
            return view
        self._begun = sound is not None
        if sound is None or sound.state == "starting":
            return replace(view, signs=(*view.signs, "sound-off"))
        if sound.state == "failed":
            self._tell(sound.cause_code)
            return replace(view, signs=(*view.signs, "sound-off"))
        self._told = ""
        sentence = translate("Sound", "，").join((view.sentence, translate("Sound", "正在播放声音")))
        return replace(view, signs=(*view.signs, "sound"), sentence=sentence)

    def entries(self, view: PaneView) -> tuple[MenuEntry, ...]:
        """On or off."""
        if not view.camera_id:
            return ()
        return (MenuEntry("toggle", translate("Sound", "播放声音"), "M", checked=view.pane == self._pane),)

    def chosen(self, _key: str, view: PaneView) -> None:
        """Listen to this one, or to none."""
        self._toggle(view.pane)

    def _toggle(self, pane: str) -> None:
        if pane != self._pane and not self._video_wall.view(pane).camera_id:
            self._video_wall.hint(translate("Sound", "窗格里没有摄像机"))
            return
        self._listen("" if pane == self._pane else pane)

    def _listen(self, pane: str) -> None:
        self._pane = pane
        self._told = ""
        self._begun = False
        self._video.listen(pane)

    def _tell(self, cause: str) -> None:
        if cause != self._told:
            self._told = cause
            words = words_of(cause)
            self._video_wall.hint(translate("Sound", "没有声音：{why}").format(why=words.message or words.title))

    @Slot()
    def _on_stood(self) -> None:
        if self._pane and self._pane not in self._video_wall.pane_names():
            self._listen("")
