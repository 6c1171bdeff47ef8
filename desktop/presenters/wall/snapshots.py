"""Pictures of panes that are kept: stamped, written with their hash beside them, and told to the officer."""

import hashlib
import json
import os
import socket
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QImage

from desktop.domain.masking import mask_name
from desktop.errors import OpsError
from desktop.presenters.context import Context
from desktop.presenters.wording import Words, fault_words
from widgets.wall.panes import PaneShot
from widgets.wall.stamp import stamped
from widgets.wall.wall import VideoWall

translate = QCoreApplication.translate

_FOLDER = "snapshots"
_HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that lies in the data directory."""

    path: Path
    digest: str


class SnapshotPresenter(QObject):
    """Keeps what a pane shows when the officer asks for it.

    Signals:
        told(Words): something for the message strip: where the picture lies, or why it does not.
        kept(Kept): a picture lies where it says.
    """

    told = Signal(object)
    kept = Signal(object)

    def __init__(self, wall: VideoWall, folder: Path, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder / _FOLDER
        self._context = context
        wall.shot_requested.connect(self._on_shot)

    @Slot(object)
    def _on_shot(self, shot: PaneShot) -> None:
        now = self._context.now().astimezone()
        officer = self._context.officer()
        staff = f"{mask_name(officer.name)} {officer.staff_no}" if officer is not None else ""
        device = socket.gethostname()[:12]
        view = shot.view
        words = " · ".join(part for part in (view.number, view.name, view.badge, f"{now:%Y-%m-%d %H:%M:%S %z}") if part)
        mark = " · ".join(part for part in (staff, device, f"{now:%m-%d %H:%M:%S}") if part)
        about: dict[str, object] = {
            "camera": view.camera_id,
            "number": view.number,
            "name": view.name,
            "state": view.badge,
            "taken_at": now.isoformat(timespec="milliseconds"),
            "staff_no": officer.staff_no if officer is not None else "",
            "device": device,
            "pixels": [shot.image.width(), shot.image.height()],
        }
        image = stamped(shot.image, words, mark)
        self._context.reads.ask(self._on_kept, keep, self._folder, image, about, now, failed=self._on_failed)

    @Slot(object)
    def _on_kept(self, kept: Kept) -> None:
        message = translate("Snapshots", "截图 {path}，校验 SHA-256 {digest}…")
        message = message.format(path=kept.path, digest=kept.digest[:_HASH_SHOWN])
        self.told.emit(Words(translate("Snapshots", "截图已保存"), message))
        self.kept.emit(kept)

    @Slot(object)
    def _on_failed(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))


def keep(folder: Path, image: QImage, about: dict[str, object], now: datetime) -> Kept:
    """Write the picture as PNG, and beside it what it is of and its SHA-256; nothing is ever written over.

    Raises:
        OpsError: ``video.snapshot_failed`` when the disk does not take it.
    """
    name = f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03d}-{os.urandom(2).hex()}"
    path = folder / f"{name}.png"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        written = image.save(str(path))
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if written else ""
        beside = json.dumps(about | {"file": path.name, "sha256": digest}, ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(beside + "\n", "utf-8")
    except OSError as fault:
        raise OpsError("video.snapshot_failed", detail=str(fault)) from fault
    if not digest:
        raise OpsError("video.snapshot_failed", detail=f"{path.name} could not be written")
    return Kept(path, digest)
