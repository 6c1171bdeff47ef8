"""The way of commands to cameras that move: everything that blocks, on one thread, one command after the other."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

from desktop.central.schema import PtzState
from desktop.domain.ptz import Motion


class Control(Protocol):
    """What moves cameras: `desktop.sync.cameras.CameraControl`. Its methods block."""

    def claim(self, camera_id: str, *, force_reason: str = "") -> str: ...  # noqa: D102 - see CameraControl
    def move(self, camera_id: str, lease: str, *, pan: float, tilt: float, zoom: float) -> PtzState: ...  # noqa: D102
    def stop(self, camera_id: str, lease: str) -> PtzState: ...  # noqa: D102
    def go_to(self, camera_id: str, lease: str, preset: str) -> PtzState: ...  # noqa: D102
    def release(self, camera_id: str) -> None: ...  # noqa: D102
    def save_preset(self, camera_id: str, preset: str, name: str, view: PtzState) -> Any: ...  # noqa: D102


class PtzSender:
    """For the pads of all walls. No command overtakes another, so a stop goes behind the movement it ends."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ptz")

    def claim(self, camera_id: str, force_reason: str) -> "Future[tuple[str, str]]":
        """Claim a camera, by force with a reason; gives its id and the lease."""
        return self._thread.submit(self._claim, camera_id, force_reason)

    def move(self, camera_id: str, lease: str, motion: Motion) -> "Future[PtzState]":
        """Move it, or stop it if the motion is none."""
        return self._thread.submit(self._move, camera_id, lease, motion)

    def stop(self, camera_id: str, lease: str) -> "Future[PtzState]":
        """Stop it."""
        return self._thread.submit(self._control.stop, camera_id, lease)

    def go_to(self, camera_id: str, lease: str, preset: str) -> "Future[PtzState]":
        """Have it go to a view that was kept."""
        return self._thread.submit(self._control.go_to, camera_id, lease, preset)

    def keep_view(self, camera_id: str, lease: str, preset: str, name: str) -> "Future[str]":
        """Stop, and keep where it stands: what is kept is what was seen, not where the movement would have led."""
        return self._thread.submit(self._keep_view, camera_id, lease, preset, name)

    def release(self, camera_id: str) -> "Future[None]":
        """Let it go."""
        return self._thread.submit(self._control.release, camera_id)

    def close(self) -> None:
        """End the thread; what is under way has a deadline of its own."""
        self._thread.shutdown(wait=True, cancel_futures=False)

    def _claim(self, camera_id: str, force_reason: str) -> tuple[str, str]:
        return camera_id, self._control.claim(camera_id, force_reason=force_reason)

    def _move(self, camera_id: str, lease: str, motion: Motion) -> PtzState:
        if motion.still:
            return self._control.stop(camera_id, lease)
        return self._control.move(camera_id, lease, pan=motion.pan, tilt=motion.tilt, zoom=motion.zoom)

    def _keep_view(self, camera_id: str, lease: str, preset: str, name: str) -> str:
        view = self._control.stop(camera_id, lease)
        self._control.save_preset(camera_id, preset, name, view).result(5)
        return name
