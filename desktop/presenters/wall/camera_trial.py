"""诊断此路视频: tries a pane's camera beside the wall, and says layer by layer what was found."""

import json

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QGuiApplication

from desktop.presenters.context import Context
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wording import fault_words, sentence, words_of
from desktop.start.stream_probe import report
from desktop.video.service import VideoService
from desktop.video.states import PaneState
from desktop.video.trial import Trial
from widgets.wall.menu import MenuEntry
from widgets.wall.panes import PaneView
from widgets.wall.reportcard import ReportCard, ReportLine, ReportView
from widgets.wall.wall import VideoWall

translate = QCoreApplication.translate

_SECONDS = 5.0


class CameraTrialPresenter(QObject):
    """Runs one trial at a time; what it finds can be copied whole, for whoever looks after the cameras."""

    def __init__(
        self,
        card: ReportCard,
        video_wall: VideoWall,
        wall: WallPresenter,
        context: Context,
        parent: QObject,
        *,
        video: VideoService,
    ) -> None:
        super().__init__(parent)
        self._card = card
        self._video = video
        self._video_wall = video_wall
        self._context = context
        self._about = ""
        self._camera_id = ""
        self._text = ""
        card.action_chosen.connect(self._on_action)
        wall.contribute(self)

    def entries(self, view: PaneView) -> tuple[MenuEntry, ...]:
        """For panes with a camera."""
        return (MenuEntry("try", translate("Trial", "诊断此路视频…")),) if view.camera_id else ()

    def chosen(self, _key: str, view: PaneView) -> None:
        """Try it."""
        self._about = " ".join(part for part in (view.number, view.name) if part)
        self._camera_id = view.camera_id
        self._try()

    @Slot()
    def try_selected(self) -> None:
        """Try the camera in the selected pane, or say why not."""
        view = self._video_wall.view(self._video_wall.selected)
        if view.camera_id:
            self.chosen("try", view)
        else:
            self._video_wall.hint(translate("Trial", "窗格里没有摄像机"))

    def _try(self) -> None:
        self._text = ""
        words = translate("Trial", "正在试播，最长约 {seconds} 秒…").format(seconds=round(_SECONDS * 3))
        self._card.show_view(ReportView(translate("Trial", "视频诊断"), self._about, words=words, busy=True))
        future = self._video.try_camera(self._camera_id, "main", _SECONDS)
        self._context.tasks.follow(future, self._on_tried, self._on_failed)

    @Slot(object)
    def _on_tried(self, trial: Trial) -> None:
        if not self._card.isVisible():
            return  # the officer did not wait for it
        found = report(trial)
        self._text = json.dumps({"camera": self._camera_id, **found}, ensure_ascii=False, indent=1)
        self._card.show_view(trial_view(trial, self._about))

    def _on_failed(self, fault: BaseException) -> None:
        if self._card.isVisible():
            words = sentence(fault_words(fault))
            self._card.show_view(ReportView(translate("Trial", "视频诊断"), self._about, words=words))

    @Slot(str)
    def _on_action(self, key: str) -> None:
        if key == "copy":
            QGuiApplication.clipboard().setText(self._text)
        elif key == "again":
            self._try()


def trial_view(trial: Trial, about: str) -> ReportView:
    """Put a trial into lines: address, connection, first picture, pictures, and what spoils them."""
    status = trial.status
    lines = [_address_line(trial), *_state_lines(trial)]
    if trial.first_picture_ms is not None:
        lines.append(_line(translate("Trial", "首帧"), f"{trial.first_picture_ms} ms", good=True))
        size = f"{status.width}×{status.height} · {trial.fps:.1f} fps · {status.codec}"
        note = translate("Trial", "共 {count} 帧，{bytes} KB，损坏 {damaged} 处").format(
            count=trial.pictures, bytes=status.received_bytes // 1024, damaged=status.damaged
        )
        lines.append(_line(translate("Trial", "画面"), size, good=not trial.cause, note=note))
        by = " · ".join(part for part in (status.engine, status.transport) if part)
        lines.append(_line(translate("Trial", "播放"), by, good=True))
    words = translate("Trial", "播放正常。")
    if trial.cause:
        words = sentence(words_of(trial.cause, trial.params))
    actions = (("again", translate("Trial", "再试一次")), ("copy", translate("Trial", "复制结果")))
    return ReportView(translate("Trial", "视频诊断"), about, tuple(lines), words, actions=actions)


def _address_line(trial: Trial) -> ReportLine:
    if trial.url:
        return _line(translate("Trial", "地址"), trial.protocol, good=True, note=trial.url)
    return _line(translate("Trial", "地址"), translate("Trial", "中心没有给出地址"), good=False)


def _state_lines(trial: Trial) -> list[ReportLine]:
    words = {
        PaneState.CONNECTING: translate("Trial", "连接中"),
        PaneState.BUFFERING: translate("Trial", "已应答，等待画面"),
        PaneState.LIVE: translate("Trial", "有画面"),
        PaneState.STALLED: translate("Trial", "画面停顿"),
        PaneState.FROZEN: translate("Trial", "画面静止"),
        PaneState.BLACK: translate("Trial", "画面全黑"),
        PaneState.OFFLINE: translate("Trial", "连不上"),
        PaneState.UNAUTHORIZED: translate("Trial", "无权限"),
        PaneState.UNSUPPORTED: translate("Trial", "不支持"),
        PaneState.OVER_BUDGET: translate("Trial", "超出预算"),
    }
    fine = {PaneState.CONNECTING, PaneState.BUFFERING, PaneState.LIVE}
    return [
        _line(
            f"+{step.at_ms} ms",
            words.get(step.state, step.state.value),
            good=step.state in fine,
            note=words_of(step.cause).title if step.cause else "",
        )
        for step in trial.steps
        if step.state is not PaneState.IDLE
    ]


def _line(label: str, value: str, *, good: bool, note: str = "") -> ReportLine:
    return ReportLine(label, value, "circle" if good else "triangle", "ok" if good else "red", note)
