"""Attachments of the order shown: small pictures, the viewer, and how further ones come in."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from desktop.central.schema import Attachment
from desktop.domain.attachments import IMAGES
from desktop.domain.plaintext import plain
from desktop.events import AttachmentChanged
from desktop.presenters.context import Context
from desktop.presenters.orders.pictures import THUMBNAIL_PX, VIEW_PX, decode, encode
from desktop.presenters.wording import fault_words, sentence, words_of
from desktop.tasks import Tasks
from storage.records import OpRecord
from widgets.detail.order import Photo
from widgets.detail.panel import DetailPanel
from widgets.detail.viewer import PhotoViewer

translate = QCoreApplication.translate

KEPT = 200
"""Small pictures kept, of all orders; about 20 MB."""
AT_ONCE = 10
"""Files taken of one drop or one choice."""


class Standing(Protocol):
    """How a file of this desk stands with the centre."""

    @property
    def state(self) -> str:
        """``waiting``, ``uploading``, ``uploaded`` or ``refused``."""

    @property
    def sent(self) -> int:
        """Bytes that are there."""

    @property
    def size(self) -> int:
        """Bytes in all."""

    @property
    def code(self) -> str:
        """Why it was refused."""


class Files(Protocol):
    """What takes files in and gives them out: `SyncManager.attachments`."""

    def attach(self, kind: str, target_id: str, source: Path | bytes, name: str, /) -> "Future[OpRecord]":
        """Take a file in; durable when the future is done."""

    def fetch(self, sha256: str, /) -> "Future[bytes]":
        """Give a file's content."""

    def standing(self, sha256: str, /) -> Standing | None:
        """How a file of this desk stands; None for those of others."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of an attachment: a picture no larger than asked, or the fault that there is none."""

    sha256: str
    longest_px: int
    image: QImage
    fault: BaseException | None = None


class _Fetch:
    """One attachment on its way to a picture: brought by the engine, decoded on the decoder's thread.

    No thread waits for the network: the decoder begins when the content is here.
    """

    def __init__(
        self,
        sha256: str,
        longest_px: int,
        decoder: ThreadPoolExecutor,
        tasks: Tasks,
        made: Callable[[Made], None],
    ) -> None:
        self._sha256 = sha256
        self._longest_px = longest_px
        self._decoder = decoder
        self._tasks = tasks
        self._made = made

    def begin(self, files: Files) -> None:
        self._tasks.follow(files.fetch(self._sha256), self._on_content, self._on_fault)

    def _on_content(self, content: bytes) -> None:
        try:
            decoding = self._decoder.submit(decode, content, self._longest_px)
        except RuntimeError:  # the desk was closed meanwhile
            return
        self._tasks.follow(decoding, self._on_image, self._on_fault)

    def _on_image(self, image: QImage) -> None:
        self._made(Made(self._sha256, self._longest_px, image))

    def _on_fault(self, fault: BaseException) -> None:
        self._made(Made(self._sha256, self._longest_px, QImage(), fault))


class PhotosPresenter(QObject):
    """Keeps the strip of an order's attachments, and takes what is brought.

    Signals:
        told(Words): something for the message strip.
    """

    told = Signal(object)

    def __init__(self, panel: DetailPanel, viewer: PhotoViewer, files: Files, context: Context) -> None:
        super().__init__(panel)
        self._panel = panel
        self._viewer = viewer
        self._files = files
        self._context = context
        self._order_id = ""
        self._attachments: dict[str, Attachment] = {}
        self._small: OrderedDict[str, QImage] = OrderedDict()
        self._asked: set[str] = set()
        self._decoder = ThreadPoolExecutor(1, thread_name_prefix="pictures")
        panel.photo_opened.connect(self._on_opened)
        panel.files_brought.connect(self._on_files)
        panel.image_pasted.connect(self._on_pasted)
        viewer.wanted.connect(self._on_wanted)

    def close(self) -> None:
        """Decode no more."""
        self._decoder.shutdown(wait=True, cancel_futures=True)

    def show(self, order_id: str, attachments: Sequence[Attachment]) -> tuple[Photo, ...]:
        """Take the order that is shown; return its attachments in words, and begin to bring their pictures."""
        if order_id != self._order_id:
            self._asked.clear()  # what could not be had for another order is asked for once more
        self._order_id = order_id
        self._attachments = {file.sha256: file for file in attachments if file.sha256}
        return tuple(photo_of(file, self._files.standing(file.sha256)) for file in self._attachments.values())

    def withdraw(self) -> None:
        """The order has left this seat: nothing of it is shown any more."""
        self._viewer.leave()

    def bring(self) -> None:
        """Show the small pictures that are there, and fetch the others; after the strip was filled."""
        for sha256, file in self._attachments.items():
            if sha256 in self._small:
                self._small.move_to_end(sha256)
                self._panel.show_photo_image(sha256, self._small[sha256])
            elif _is_image(file) and sha256 not in self._asked:
                self._asked.add(sha256)
                self._fetch(sha256, THUMBNAIL_PX)

    @Slot()
    def choose(self) -> None:
        """Ask for files."""
        dialog = QFileDialog(self._panel, translate("Photos", "选择照片或文件"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = "*.jpg *.jpeg *.png *.webp *.pdf *.mp4"
        dialog.setNameFilter(translate("Photos", "照片、PDF、视频 ({patterns})").format(patterns=patterns))
        dialog.filesSelected.connect(self._on_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def on_attachment_changed(self, event: AttachmentChanged) -> None:
        """Take news of a transfer: the strip says how it stands."""
        if event.sha256 in self._attachments:
            self._panel.show_photos(
                tuple(photo_of(file, self._files.standing(file.sha256)) for file in self._attachments.values())
            )
            self.bring()

    @Slot(object)
    def _on_files(self, paths: Sequence[str]) -> None:
        if not self._order_id:
            return
        for path in paths[:AT_ONCE]:
            source = Path(path)
            self._follow(self._files.attach("work_order", self._order_id, source, source.name))
        if len(paths) > AT_ONCE:
            self.told.emit(words_of("attachment.too_many", {"count": AT_ONCE}))

    @Slot(object)
    def _on_pasted(self, image: QImage) -> None:
        if self._order_id:
            future = self._decoder.submit(_encoded, self._order_id, image)
            self._context.tasks.follow(future, self._on_encoded, self._on_fault)

    @Slot(object)
    def _on_encoded(self, encoded: tuple[str, bytes]) -> None:
        order_id, content = encoded
        name = translate("Photos", "粘贴 {time}").format(time=f"{self._context.now().astimezone():%m-%d %H.%M.%S}")
        self._follow(self._files.attach("work_order", order_id, content, f"{name}.png"))

    def _follow(self, future: "Future[OpRecord]") -> None:
        self._context.tasks.follow(future, failed=self._on_fault)  # the outbox tells the detail

    def _on_fault(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))

    def _fetch(self, sha256: str, longest_px: int) -> None:
        _Fetch(sha256, longest_px, self._decoder, self._context.tasks, self._on_made).begin(self._files)

    def _on_made(self, made: "Made") -> None:
        """Take a picture, or why there is none: its name stands in the strip, and whoever opens it is told."""
        if made.longest_px == VIEW_PX:
            told = sentence(fault_words(made.fault)) if made.fault is not None else ""
            self._viewer.show_image(made.sha256, made.image, told)
        elif made.fault is None:
            self._small[made.sha256] = made.image
            while len(self._small) > KEPT:
                self._small.popitem(last=False)
            if made.sha256 in self._attachments:
                self._panel.show_photo_image(made.sha256, made.image)

    @Slot(object)
    def _on_opened(self, sha256: str) -> None:
        photos = tuple((file.sha256, name_of(file)) for file in self._attachments.values())
        self._viewer.show_photos(photos, sha256)

    @Slot(object)
    def _on_wanted(self, sha256: str) -> None:
        self._fetch(sha256, VIEW_PX)


def photo_of(file: Attachment, standing: Standing | None) -> Photo:
    """Return an attachment as the strip shows it."""
    words, tone = "", "neutral"
    match standing.state if standing is not None else "":
        case "waiting":
            words, tone = translate("Photos", "待上传"), "yellow"
        case "uploading" if standing is not None:
            share = standing.sent / standing.size if standing.size else 0.0
            words, tone = translate("Photos", "上传中 {share}").format(share=f"{share:.0%}"), "blue"
        case "refused" if standing is not None:
            words, tone = words_of(standing.code).title, "red"
    return Photo(file.sha256, name_of(file), words, tone)


def name_of(file: Attachment) -> str:
    """Return an attachment's name as it may be shown."""
    return plain(file.name)[:120] or file.sha256[:12]


def _is_image(file: Attachment) -> bool:
    return not file.media_type or file.media_type in IMAGES


def _encoded(order_id: str, image: QImage) -> tuple[str, bytes]:
    return order_id, encode(image)
