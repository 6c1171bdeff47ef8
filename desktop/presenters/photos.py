"""Attachments of the order shown: small pictures, the viewer, and how further ones come in."""

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
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
from desktop.presenters.pictures import THUMBNAIL_PX, VIEW_PX, decode, encode
from desktop.presenters.wording import fault_words, words_of
from storage.records import OpRecord
from widgets.detail.order import Photo
from widgets.detail.panel import DetailPanel
from widgets.detail.viewer import PhotoViewer

translate = QCoreApplication.translate

KEPT = 200
"""Small pictures kept, of all orders; about 20 MB."""
AT_ONCE = 10
"""Files taken of one drop or one choice."""
_FETCH_S = 60.0


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
        self._order_id = order_id
        self._attachments = {file.sha256: file for file in attachments if file.sha256}
        return tuple(photo_of(file, self._files.standing(file.sha256)) for file in self._attachments.values())

    def bring(self) -> None:
        """Show the small pictures that are there, and fetch the others; after the strip was filled."""
        for sha256, file in self._attachments.items():
            if sha256 in self._small:
                self._small.move_to_end(sha256)
                self._panel.show_photo_image(sha256, self._small[sha256])
            elif _is_image(file) and sha256 not in self._asked:
                self._asked.add(sha256)
                future = self._decoder.submit(_small, sha256, self._files.fetch(sha256))
                self._context.tasks.follow(future, self._on_small, self._on_no_small)

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
        self._context.tasks.follow(future, self._on_attached, self._on_fault)

    @Slot(object)
    def _on_attached(self, _op: OpRecord) -> None:
        """The outbox tells the detail, which reads the order again."""

    def _on_fault(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))

    @Slot(object)
    def _on_small(self, made: tuple[str, QImage]) -> None:
        sha256, image = made
        self._asked.discard(sha256)
        self._small[sha256] = image
        while len(self._small) > KEPT:
            self._small.popitem(last=False)
        if sha256 in self._attachments:
            self._panel.show_photo_image(sha256, image)

    def _on_no_small(self, _fault: BaseException) -> None:
        """Its name stands there; whoever opens it is told why. It is asked for again with the next order shown."""
        self._asked.clear()

    @Slot(object)
    def _on_opened(self, sha256: str) -> None:
        photos = tuple((file.sha256, name_of(file)) for file in self._attachments.values())
        self._viewer.show_photos(photos, sha256)

    @Slot(object)
    def _on_wanted(self, sha256: str) -> None:
        future = self._decoder.submit(_large, sha256, self._files.fetch(sha256))
        self._context.tasks.follow(future, self._on_large, self._on_fault)

    @Slot(object)
    def _on_large(self, made: tuple[str, QImage, BaseException | None]) -> None:
        sha256, image, fault = made
        if fault is None:
            self._viewer.show_image(sha256, image)
            return
        words = fault_words(fault)
        self._viewer.show_image(sha256, QImage(), f"{words.title}：{words.message}")


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


def _small(sha256: str, content: "Future[bytes]") -> tuple[str, QImage]:
    return sha256, decode(content.result(_FETCH_S), THUMBNAIL_PX)


def _large(sha256: str, content: "Future[bytes]") -> tuple[str, QImage, BaseException | None]:
    try:
        return sha256, decode(content.result(_FETCH_S), VIEW_PX), None
    except Exception as fault:  # noqa: BLE001 - whatever it is, the viewer says it in the picture's place
        return sha256, QImage(), fault


def _encoded(order_id: str, image: QImage) -> tuple[str, bytes]:
    return order_id, encode(image)
