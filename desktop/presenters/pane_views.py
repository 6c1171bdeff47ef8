"""A pane's state, and the camera in it, in words."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from desktop.central.schema import Camera
from desktop.presenters.times import span
from desktop.presenters.wording import words_of
from desktop.video.panes import PaneStatus
from desktop.video.states import PaneState
from widgets.wall.panes import PaneView

translate = QCoreApplication.translate

_MARKS = {
    PaneState.LIVE: ("circle", "ok"),
    PaneState.CONNECTING: ("ring", "neutral"),
    PaneState.BUFFERING: ("ring", "neutral"),
    PaneState.STALLED: ("square", "yellow"),
    PaneState.FROZEN: ("square", "yellow"),
    PaneState.OFFLINE: ("ring", "blind"),
    PaneState.UNAUTHORIZED: ("diamond", "orange"),
    PaneState.UNSUPPORTED: ("diamond", "orange"),
    PaneState.OVER_BUDGET: ("diamond", "blue"),
}
_WITHOUT_PICTURE = frozenset({PaneState.OFFLINE, PaneState.UNAUTHORIZED, PaneState.UNSUPPORTED, PaneState.OVER_BUDGET})


def pane_view(status: PaneStatus, camera_id: str, camera: Camera | None, now: float) -> PaneView:
    """Map one pane.

    Args:
        status: What the video service says of the pane.
        camera_id: The camera that the wall wants in it.
        camera: Its record, None when the cache has none.
        now: `time.monotonic()`.
    """
    if not camera_id:
        return PaneView(status.pane, title="", caption=translate("Wall", "空窗格"), mark="ring")
    name = camera.name if camera is not None and camera.name else camera_id
    number = camera.number if camera is not None else ""
    mark, tone = _MARKS.get(status.state, ("ring", "neutral"))
    title, caption = _middle(status, now)
    badge = _badge(status, now)
    stream = translate("Wall", "主码流") if status.profile == "main" else translate("Wall", "子码流")
    spoken = (number, name, title or badge or translate("Wall", "实时"), caption)
    return PaneView(
        pane=status.pane,
        camera_id=camera_id,
        number=number,
        name=name,
        mark=mark,
        tone=tone,
        badge=badge,
        badge_tone="yellow",
        badge_mark="square" if badge else "",
        title=title,
        caption=caption,
        action=translate("Wall", "立即重试") if status.state in _WITHOUT_PICTURE else "",
        stale=status.state in {PaneState.STALLED, PaneState.FROZEN},
        hide_picture=status.state in _WITHOUT_PICTURE,
        hover=f"{stream} · {status.width}×{status.height} · {status.fps:.0f} fps · {status.codec} · {status.engine}",
        sentence=translate("Wall", "，").join(part for part in spoken if part),
    )


def _badge(status: PaneStatus, now: float) -> str:
    if status.state is PaneState.FROZEN:
        return translate("Wall", "画面静止 {length}").format(length=_since(status, now))
    if status.state is PaneState.STALLED:
        return translate("Wall", "画面停顿 {length}").format(length=_since(status, now))
    return ""


def _since(status: PaneStatus, now: float) -> str:
    return span(timedelta(seconds=max(0.0, now - status.since)))


def _middle(status: PaneStatus, now: float) -> tuple[str, str]:
    """Title and caption over the pane's middle; both empty while it is live."""
    match status.state:
        case PaneState.CONNECTING:
            return ("", "") if status.frame_age_s is not None else (translate("Wall", "连接中"), "")
        case PaneState.BUFFERING:
            return ("", "") if status.frame_age_s is not None else (translate("Wall", "缓冲"), "")
        case PaneState.OFFLINE:
            title = translate("Wall", "离线 {length}").format(length=_since(status, now))
        case PaneState.UNAUTHORIZED:
            title = translate("Wall", "无权限")
        case PaneState.UNSUPPORTED:
            title = translate("Wall", "无法播放")
        case PaneState.OVER_BUDGET:
            title = translate("Wall", "超出预算")
        case _:
            return "", ""
    cause = words_of(status.cause_code, status.params).title if status.cause_code else ""
    if status.next_try_at is None:
        return title, cause
    wait = translate("Wall", "{seconds} s 后重试").format(seconds=max(0, round(status.next_try_at - now)))
    return title, " · ".join(part for part in (cause, wait) if part)
