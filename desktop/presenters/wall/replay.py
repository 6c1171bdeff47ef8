"""回放: the last half minute of a pane, in the pane, and never to be taken for live."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QObject, Slot

from desktop.presenters.context import Context
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.streams import WallVideo
from desktop.presenters.wording import words_of
from widgets.wall.menu import MenuEntry
from widgets.wall.panes import PaneView
from widgets.wall.wall import VideoWall

translate = QCoreApplication.translate

SECONDS = 30.0
_LEAST_S = 1.0


class ReplayPresenter(QObject):
    """Begins and ends replays, and dresses the panes that show one: frame, badge with the time of the picture, words.

    What is replayed was kept by this desk while the pane was seen. It needs neither the centre nor a recorder, and goes
    on when the camera has gone.
    """

    def __init__(
        self, video: WallVideo, video_wall: VideoWall, wall: WallPresenter, context: Context, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._video = video
        self._video_wall = video_wall
        self._context = context
        wall.contribute(self)
        wall.dress(self.dress)

    @Slot()
    def toggle_selected(self) -> None:
        """Replay the selected pane, or show it live again."""
        self._toggle(self._video_wall.selected)

    @Slot()
    def pause_selected(self) -> None:
        """Hold the replay of the selected pane, or let it go on."""
        self._pause(self._video_wall.selected)

    def dress(self, view: PaneView) -> PaneView:
        """Mark a pane that shows no live picture: whatever state its camera is in, the replay is what is seen."""
        replay = self._video.status(view.pane).replay if view.camera_id else None
        if replay is None:
            return view
        if replay.state == "failed":
            return replace(view, badge=words_of(replay.cause_code).title, badge_tone="orange", badge_mark="replay")
        if replay.state == "starting":
            return replace(view, badge=translate("Replay", "回放准备中"), badge_tone="yellow", badge_mark="replay")
        moment = self._context.now().astimezone() - timedelta(seconds=replay.behind_s)
        ago = translate("Replay", "{seconds} 秒前").format(seconds=round(replay.behind_s))
        word = translate("Replay", "回放已暂停") if replay.state == "paused" else translate("Replay", "回放")
        badge = f"{word} {moment:%H:%M:%S} · {ago}"
        return replace(
            view,
            badge=badge,
            badge_tone="yellow",
            badge_mark="replay",
            frame="yellow",
            title="",
            caption="",
            actions=(),
            stale=False,
            hide_picture=False,
            sentence=translate("Replay", "，").join((translate("Replay", "非实时"), badge, view.number, view.name)),
        )

    def entries(self, view: PaneView) -> tuple[MenuEntry, ...]:
        """Begin, hold and end."""
        if not view.camera_id:
            return ()
        status = self._video.status(view.pane)
        if status.replay is not None:
            paused = status.replay.state == "paused"
            return (
                MenuEntry("toggle", translate("Replay", "回到实时画面"), "R"),
                MenuEntry("pause", translate("Replay", "暂停回放"), "Shift+R", checked=paused),
            )
        able = status.replayable_s >= _LEAST_S
        seconds = min(SECONDS, status.replayable_s) if able else SECONDS
        words = translate("Replay", "回放最近 {seconds} 秒").format(seconds=round(seconds))
        return (MenuEntry("toggle", words, "R", able, "" if able else self._why_not(view.pane)),)

    def chosen(self, key: str, view: PaneView) -> None:
        """Do it."""
        if key == "toggle":
            self._toggle(view.pane)
        else:
            self._pause(view.pane)

    def _toggle(self, pane: str) -> None:
        status = self._video.status(pane)
        if status.replay is not None:
            self._video.end_replay(pane)
        elif status.replayable_s >= _LEAST_S:
            self._video.replay(pane, SECONDS)
        else:
            self._video_wall.hint(self._why_not(pane))

    def _pause(self, pane: str) -> None:
        replay = self._video.status(pane).replay
        if replay is not None:
            self._video.pause_replay(pane, paused=replay.state != "paused")

    def _why_not(self, pane: str) -> str:
        if self._video.status(pane).engine == "vlc":
            return translate("Replay", "这种视频流不能回放")
        return translate("Replay", "还没有可回放的画面")
