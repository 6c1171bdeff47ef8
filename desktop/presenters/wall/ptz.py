"""云台: claims a camera for the officer, moves it while something is held, and lets go of it in time."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from desktop.central.schema import Camera, PtzState
from desktop.domain.leases import CLAIM, FORCE, judge
from desktop.domain.ptz import Hand, Push
from desktop.errors import OpsError
from desktop.presenters.context import Context
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.ptz_sender import PtzSender
from desktop.presenters.wall.ptz_words import Standing, pad_view
from desktop.presenters.wording import fault_words
from widgets.wall.menu import MenuEntry
from widgets.wall.panes import PaneView
from widgets.wall.ptzpad import PtzPad
from widgets.wall.wall import VideoWall

translate = QCoreApplication.translate

_BEAT_MS = 100
_LEASE_SECONDS_MS = 1_000
_LOST = frozenset({"camera.lease_lost", "camera.not_held"})


@dataclass(slots=True)
class _Session:
    """The pad is open for one camera.

    Attributes:
        camera_id: Which.
        lease: Of this officer, "" while there is none.
        used_at: When the lease was used last, seconds.
        waits: The officer wants it as soon as it is free.
        view: Where it looked last.
        note: What came of the last wish.
    """

    camera_id: str
    lease: str = ""
    used_at: float = 0.0
    waits: bool = False
    view: PtzState | None = None
    note: str = ""


class PtzPresenter(QObject):
    """One pad of one wall."""

    def __init__(
        self,
        pad: PtzPad,
        video_wall: VideoWall,
        wall: WallPresenter,
        context: Context,
        parent: QObject,
        *,
        sender: PtzSender,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._pad = pad
        self._video_wall = video_wall
        self._wall = wall
        self._sender = sender
        self._context = context
        self._clock = clock
        self._hand = Hand()
        self._session: _Session | None = None
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._send)
        self._seconds = QTimer(self, interval=_LEASE_SECONDS_MS)
        self._seconds.timeout.connect(self._show)
        pad.pushed.connect(self._on_pushed)
        pad.released.connect(self._on_released)
        pad.let_go.connect(self._on_let_go)
        pad.preset_chosen.connect(self._on_preset)
        pad.preset_kept.connect(self._on_keep)
        pad.speed_changed.connect(self._on_speed)
        pad.claim_requested.connect(self._on_claim)
        pad.force_requested.connect(self._on_force)
        pad.left.connect(self.close_pad)
        wall.stood.connect(self._on_stood)
        wall.contribute(self)

    @property
    def camera_id(self) -> str:
        """The camera that the pad is open for, or ""."""
        return self._session.camera_id if self._session is not None else ""

    def open_pad(self, pane: str) -> bool:
        """Open the pad for what stands in a pane, and ask for the camera; False if it cannot be moved."""
        camera_id = self._wall.camera_at(pane)
        if self._unfit(self._wall.camera(camera_id)):
            return False
        if self.camera_id != camera_id:
            self.close_pad()
            self._session = _Session(camera_id)
        self._seconds.start()
        self._show()
        self._pad.open_beside(self._video_wall.pane_rect(pane))
        self._claim("")
        return True

    @Slot()
    def open_selected(self) -> None:
        """Open the pad for the selected pane, or say why not."""
        pane = self._video_wall.selected
        if not self.open_pad(pane):
            self._video_wall.hint(self._unfit(self._wall.camera(self._wall.camera_at(pane))))

    @Slot()
    def close_pad(self) -> None:
        """Let go of the camera and go away."""
        session, self._session = self._session, None
        if session is None:
            return
        self._beat.stop()
        self._seconds.stop()
        self._hand.let_go()
        self._pad.hide()
        if session.lease:
            if self._hand.moving:  # a command may still be under way: the stop goes behind it
                self._sender.stop(session.camera_id, session.lease)
            self._sender.release(session.camera_id)
        self._hand.forget()
        self._video_wall.setFocus()

    # --- the pane's menu --------------------------------------------------------------------------------------------

    def entries(self, view: PaneView) -> tuple[MenuEntry, ...]:
        """One entry, for panes that have a camera."""
        if not view.camera_id:
            return ()
        reason = self._unfit(self._wall.camera(view.camera_id))
        return (MenuEntry("ptz", translate("Ptz", "云台控制"), "P", not reason, reason),)

    def chosen(self, _key: str, view: PaneView) -> None:
        """Open the pad."""
        self.open_pad(view.pane)

    def _unfit(self, camera: Camera | None) -> str:
        """Why a camera cannot be moved here, in words; "" if it can."""
        if camera is None:
            return translate("Ptz", "窗格里没有摄像机")
        if not camera.ptz:
            return translate("Ptz", "固定机位，没有云台")
        if not judge("", CLAIM, self._roles()).allowed:
            return translate("Ptz", "您的角色不能控制云台")
        return ""

    def _roles(self) -> list[str]:
        officer = self._context.officer()
        return list(officer.roles) if officer is not None else []

    # --- the lease --------------------------------------------------------------------------------------------------

    def _claim(self, force_reason: str) -> None:
        session = self._session
        if session is None or session.lease:
            return
        session.note = translate("Ptz", "正在申请控制权…")
        self._show()
        future = self._sender.claim(session.camera_id, force_reason)
        self._context.tasks.follow(future, self._on_claimed, self._on_claim_refused)

    @Slot(object)
    def _on_claimed(self, claimed: tuple[str, str]) -> None:
        camera_id, lease = claimed
        session = self._session
        if session is None or session.camera_id != camera_id:  # the officer has gone on; nobody would let it go
            self._sender.release(camera_id)
            return
        session.lease, session.used_at, session.waits, session.note = lease, self._clock(), False, ""
        self._beat.start()
        self._show()

    def _on_claim_refused(self, fault: BaseException) -> None:
        session = self._session
        if session is not None:
            words = fault_words(fault)
            session.note = words.message or words.title
            self._show()

    @Slot()
    def _on_claim(self) -> None:
        """Ask for it; while somebody else has it, wait until it is free, or wait no longer."""
        session = self._session
        if session is None:
            return
        if self._holder(session):
            session.waits = not session.waits
            session.note = ""
            self._show()
        else:
            self._claim("")

    @Slot(str)
    def _on_force(self, reason: str) -> None:
        self._claim(reason)

    @Slot()
    def _on_stood(self) -> None:
        """Follow the camera: it may have left the wall, its lease may have gone to somebody else or become free."""
        session = self._session
        if session is None:
            return
        if session.camera_id not in {standing.use.camera for standing in self._wall.standing}:
            self.close_pad()
            return
        if session.lease and self._holder(session):
            self._lose(session, fault_words(OpsError("camera.lease_lost")).message)
        elif session.waits and not session.lease and not self._holder(session):
            session.waits = False
            self._claim("")
        self._show()

    def _holder(self, session: _Session) -> str:
        """Who else may move it now, by the camera's record; "" if nobody."""
        camera, officer = self._wall.camera(session.camera_id), self._context.officer()
        lease = camera.lease if camera is not None else None
        if lease is None or not lease.officer or (officer is not None and lease.officer == officer.id):
            return ""
        return lease.by or lease.officer

    def _lose(self, session: _Session, words: str) -> None:
        session.lease, session.note = "", words
        self._beat.stop()
        self._hand.forget()

    # --- moving -----------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_pushed(self, push: str) -> None:
        self._hand.hold(Push(push))
        self._send()

    @Slot(str)
    def _on_released(self, push: str) -> None:
        self._hand.release(Push(push))
        self._send()

    @Slot()
    def _on_let_go(self) -> None:
        self._hand.let_go()
        self._send()

    @Slot(object)
    def _on_speed(self, steps: int) -> None:
        self._hand.set_speed(self._hand.speed + steps)
        self._send()
        self._show()

    @Slot()
    def _send(self) -> None:
        session = self._session
        if session is None or not session.lease:
            return
        command = self._hand.next_command(self._clock())
        if command is not None:
            session.used_at = self._clock()
            future = self._sender.move(session.camera_id, session.lease, command)
            self._context.tasks.follow(future, self._on_moved, self._on_not_moved)

    @Slot(object)
    def _on_moved(self, view: PtzState) -> None:
        self._hand.answered()
        if self._session is not None:
            self._session.view = view
            self._session.note = ""
        self._send()

    def _on_not_moved(self, fault: BaseException) -> None:
        """Say why; without a link or a right there is nothing to be held, and the camera stops by itself."""
        session = self._session
        self._hand.answered()
        self._hand.let_go()
        if session is None:
            return
        words = fault_words(fault)
        if isinstance(fault, OpsError) and fault.code in _LOST:
            self._lose(session, words.message)
        else:
            session.note = words.message or words.title
        self._show()

    @Slot(object)
    def _on_preset(self, number: int) -> None:
        session, camera = self._session, self._wall.camera(self.camera_id)
        if session is None or camera is None or not session.lease:
            return
        if number >= len(camera.presets):
            session.note = translate("Ptz", "没有第 {number} 个预置位").format(number=number + 1)
            self._show()
            return
        session.used_at = self._clock()
        preset = camera.presets[number].id
        future = self._sender.go_to(session.camera_id, session.lease, preset)
        self._context.tasks.follow(future, self._on_went, self._on_not_moved)

    @Slot(object)
    def _on_went(self, view: PtzState) -> None:
        if self._session is not None:
            self._session.view = view
            self._session.note = ""
            self._show()

    @Slot(object)
    def _on_keep(self, number: int) -> None:
        """Keep the present view under a number; one that has a name keeps it."""
        session, camera = self._session, self._wall.camera(self.camera_id)
        if session is None or camera is None or not session.lease or number > len(camera.presets):
            return
        if number < len(camera.presets):
            preset, name = camera.presets[number].id, camera.presets[number].name
        else:
            preset = f"desk-{number + 1}"
            name = translate("Ptz", "预置位 {number}").format(number=number + 1)
        session.used_at = self._clock()
        future = self._sender.keep_view(session.camera_id, session.lease, preset, name)
        self._context.tasks.follow(future, self._on_kept, self._on_not_moved)

    @Slot(object)
    def _on_kept(self, name: str) -> None:
        if self._session is not None:
            self._session.note = translate("Ptz", "已保存：{name}").format(name=name)
            self._show()

    @Slot()
    def _show(self) -> None:
        session, camera = self._session, self._wall.camera(self.camera_id)
        if session is not None and camera is not None:
            standing = Standing(
                held=bool(session.lease),
                holder=self._holder(session),
                waits=session.waits,
                idle_since_s=self._clock() - session.used_at,
                may_force=judge("", FORCE, self._roles()).allowed,
                speed=self._hand.speed,
                note=session.note,
            )
            self._pad.show_view(pad_view(camera, standing, self._context.now()))
