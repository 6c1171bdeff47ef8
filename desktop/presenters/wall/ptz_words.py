"""The PTZ pad in words: who may move a camera, for how long, and what can be asked."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.central.schema import Camera
from desktop.domain.masking import mask_name
from desktop.domain.sla import parse_time
from desktop.presenters.times import clock_time
from widgets.wall.ptzpad import PRESETS_SHOWN, PadView

translate = QCoreApplication.translate

_IDLE_S = 60.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How the officer stands to the camera.

    Attributes:
        held: The lease is this officer's.
        holder: Name of somebody else whose it is, or "".
        waits: The officer wants it as soon as it is free.
        idle_since_s: Seconds since this officer's last command.
        may_force: Whether the officer's role may take it away.
        speed: Step of the speed.
        note: What came of the last wish.
    """

    held: bool
    holder: str
    waits: bool
    idle_since_s: float
    may_force: bool
    speed: int
    note: str


def pad_view(camera: Camera, standing: Standing, now: datetime) -> PadView:
    """Put it into words."""
    words, tone = _lease_words(camera, standing, now)
    return PadView(
        title=" ".join(part for part in (camera.number, camera.name) if part),
        lease=words,
        tone=tone,
        held=standing.held,
        claim=_claim_words(standing),
        force=bool(standing.holder) and not standing.held and standing.may_force,
        presets=tuple(preset.name or preset.id for preset in camera.presets[:PRESETS_SHOWN]),
        speed=standing.speed,
        note=standing.note,
    )


def _claim_words(standing: Standing) -> str:
    if standing.held:
        return ""
    if not standing.holder:
        return translate("Ptz", "申请控制")
    return translate("Ptz", "不再等待") if standing.waits else translate("Ptz", "空出时接管")


def _lease_words(camera: Camera, standing: Standing, now: datetime) -> tuple[str, str]:
    if standing.held:
        idle_s = camera.lease.idle_s if camera.lease is not None else _IDLE_S
        left = max(0, round(idle_s - standing.idle_since_s))
        return translate("Ptz", "由您控制，{seconds} 秒无操作后释放").format(seconds=left), "ok"
    if not standing.holder or camera.lease is None:
        return translate("Ptz", "无人控制"), "neutral"
    since = clock_time(parse_time(camera.lease.at), now)
    words = translate("Ptz", "{name} 正在控制，自 {since}").format(name=mask_name(standing.holder), since=since)
    if standing.waits:
        words += translate("Ptz", "；空出后由您控制")
    return words, "orange"
