"""A pane's state, and the camera in it, in words."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from desktop.central.schema import Camera
from desktop.presenters.times import span
from desktop.presenters.wall.stand import Guest
from desktop.presenters.wording import words_of
from desktop.video.panes import PaneStatus
from desktop.video.states import PaneState
from desktop.video.streams import Choice, Why
from widgets.wall.panes import PaneAction, PaneView

translate = QCoreApplication.translate

RETRY = "retry"
"""Key of the button that tries a pane again now."""
_MARKS = {
    PaneState.LIVE: ("circle", "ok"),
    PaneState.CONNECTING: ("ring", "neutral"),
    PaneState.BUFFERING: ("ring", "neutral"),
    PaneState.STALLED: ("square", "yellow"),
    PaneState.FROZEN: ("square", "yellow"),
    PaneState.BLACK: ("square", "yellow"),
    PaneState.OFFLINE: ("ring", "blind"),
    PaneState.UNAUTHORIZED: ("diamond", "orange"),
    PaneState.UNSUPPORTED: ("diamond", "orange"),
    PaneState.OVER_BUDGET: ("diamond", "blue"),
}
_WORTHLESS = frozenset({PaneState.STALLED, PaneState.FROZEN, PaneState.BLACK})
_OLD_AFTER_S = 3.0
_WITHOUT_PICTURE = frozenset({PaneState.OFFLINE, PaneState.UNAUTHORIZED, PaneState.UNSUPPORTED, PaneState.OVER_BUDGET})


def pane_view(
    status: PaneStatus, camera_id: str, camera: Camera | None, now: float, choice: Choice | None = None
) -> PaneView:
    """Map one pane.

    Args:
        status: What the video service says of the pane.
        camera_id: The camera that the wall wants in it.
        camera: Its record, None when the cache has none.
        now: `time.monotonic()`.
        choice: Why it has the stream it has, None if nobody chose.
    """
    if not camera_id:
        return PaneView(status.pane, title="", caption=translate("Wall", "拖入摄像机，或键入编号"), mark="ring")
    name = camera.name if camera is not None and camera.name else camera_id
    number = camera.number if camera is not None else ""
    mark, tone = _MARKS.get(status.state, ("ring", "neutral"))
    title, caption = _middle(status, now)
    badge = _badge(status, now)
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
        actions=(PaneAction(RETRY, translate("Wall", "立即重试")),) if status.state in _WITHOUT_PICTURE else (),
        stale=status.state in _WORTHLESS or _waits_over_old_picture(status),
        hide_picture=status.state in _WITHOUT_PICTURE,
        hover=_hover(status, choice),
        sentence=translate("Wall", "，").join(part for part in spoken if part),
    )


def received(view: PaneView, guest: Guest | None) -> PaneView:
    """Add what a guest brings: an alarm's border, and its word where the picture's own state has none."""
    if guest is None:
        return view
    if not view.camera_id:
        return replace(view, caption=translate("Wall", "留给预警画面"))
    if view.badge or not guest.badge:
        return replace(view, alarm=guest.alarm)
    sentence = translate("Wall", "，").join((guest.badge, view.sentence))
    return replace(
        view,
        alarm=guest.alarm,
        badge=guest.badge,
        badge_tone=guest.alarm or "neutral",
        badge_mark=guest.badge_mark,
        sentence=sentence,
    )


def _hover(status: PaneStatus, choice: Choice | None) -> str:
    """The stream, why this one, and its measures."""
    parts = [stream_words(status, choice)]
    if status.width:
        parts += [f"{status.width}×{status.height}", f"{status.fps:.0f} fps"]
    parts += [part for part in (status.codec, status.transport, status.engine) if part]
    if status.panes > 1:
        parts.append(translate("Wall", "{count} 窗格共用").format(count=status.panes))
    return " · ".join(parts)


def stream_words(status: PaneStatus, choice: Choice | None) -> str:
    """Say which stream a pane shows, and why this one."""
    stream = translate("Wall", "主码流") if status.profile == "main" else translate("Wall", "子码流")
    reason = _reason(status, choice)
    return translate("Wall", "{stream}（{reason}）").format(stream=stream, reason=reason) if reason else stream


def state_word(status: PaneStatus) -> str:
    """Say in a word how a pane is that has nothing else to say."""
    words = {
        PaneState.LIVE: translate("Wall", "实时"),
        PaneState.CONNECTING: translate("Wall", "连接中"),
        PaneState.BUFFERING: translate("Wall", "缓冲"),
    }
    return words.get(status.state, "")


def _reason(status: PaneStatus, choice: Choice | None) -> str:
    if status.coming:
        return translate("Wall", "主码流接入中") if status.coming == "main" else translate("Wall", "子码流接入中")
    if choice is None:
        return ""
    of_size = translate("Wall", "窗格大") if status.profile == "main" else translate("Wall", "窗格小")
    return {
        Why.SIZE: of_size,
        Why.ZOOM: translate("Wall", "放大查看"),
        Why.LOAD: translate("Wall", "本机繁忙"),
        Why.BUDGET: translate("Wall", "超出流量预算"),
        Why.HIDDEN: translate("Wall", "久未显示"),
        Why.CHOSEN: translate("Wall", "人工指定"),
    }[choice.why]


def _waits_over_old_picture(status: PaneStatus) -> bool:
    """Whether an old picture is still seen while the camera is being reached again: it must not pass for a live one."""
    age_s = status.frame_age_s
    return status.state in {PaneState.CONNECTING, PaneState.BUFFERING} and age_s is not None and age_s > _OLD_AFTER_S


def _badge(status: PaneStatus, now: float) -> str:
    if status.state is PaneState.BLACK:
        return translate("Wall", "画面全黑 {length}").format(length=_since(status, now))
    if _waits_over_old_picture(status):
        age = span(timedelta(seconds=status.frame_age_s or 0.0))
        return translate("Wall", "重新连接，最后画面 {age}前").format(age=age)
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
