"""Attachments in the detail: small pictures, the viewer, drops; and pictures that nobody should decode."""

import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from pytestqt.qtbot import QtBot

from desktop.central.schema import Attachment
from desktop.errors import OpsError
from desktop.presenters.context import Context
from desktop.presenters.orders.photos import PhotosPresenter
from desktop.presenters.orders.pictures import decode, encode
from desktop.tasks import Tasks
from storage.records import OpRecord
from tests.qt.samples import order_detail
from widgets.detail.order import Photo
from widgets.detail.panel import DetailPanel
from widgets.detail.photos import PhotoStrip, Thumbnail
from widgets.detail.viewer import ZOOM_MAX, PhotoViewer, PictureView


def picture(width: int = 640, height: int = 480, kind: str = "PNG") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(data.data())


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is very large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPG", "WEBP"])
def test_that_a_picture_is_decoded_no_larger_than_asked(kind: str) -> None:
    image = decode(picture(640, 480, kind), 160)
    assert (image.width(), image.height()) == (160, 120)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bomb(60_000, 60_000), "attachment.pixels"),
        (bomb(300, 300), "attachment.damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", "attachment.type"),
        (b"%PDF-1.7", "attachment.type"),
        (b"", "attachment.type"),
    ],
    ids=["too large", "cut off", "svg", "pdf", "empty"],
)
def test_that_what_is_no_sane_picture_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(OpsError) as refused:
        decode(content, 160)
    assert refused.value.code == code


def test_that_a_pasted_picture_comes_back_as_it_was() -> None:
    image = QImage(31, 17, QImage.Format.Format_RGB32)
    image.fill(QColor("orange"))
    assert decode(encode(image), 100).pixelColor(5, 5) == QColor("orange")


def test_that_the_strip_says_how_a_transfer_stands_and_opens_what_is_pressed(qtbot: QtBot) -> None:
    strip = PhotoStrip()
    qtbot.addWidget(strip)
    strip.show_photos((Photo("a", "现场.jpg", "上传中 40%", "blue"), Photo("b", "回执.pdf")))
    strip.show_image("a", decode(picture(), 200))
    first, second = strip.findChildren(Thumbnail)
    assert first.accessibleName() == "现场.jpg，上传中 40%"
    with qtbot.waitSignal(strip.opened, timeout=1000) as opened:
        second.click()
    assert opened.args == ["b"]
    strip.show_photos(())
    assert strip.isHidden()


def test_that_files_dropped_on_an_order_are_brought_and_links_are_not(qtbot: QtBot) -> None:
    panel = DetailPanel()
    qtbot.addWidget(panel)
    panel.show_order(order_detail())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/photos/one.jpg"), QUrl("https://example.invalid/two.jpg")])
    where, none = QPointF(10, 10), Qt.KeyboardModifier.NoModifier
    dropped = QDropEvent(where, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    with qtbot.waitSignal(panel.files_brought, timeout=1000) as brought:
        panel.dropEvent(dropped)
    assert brought.args == [["/photos/one.jpg"]]


def test_that_the_viewer_goes_round_by_keys_and_drops_a_late_picture(qtbot: QtBot) -> None:
    host = PictureView(None)  # any window
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.show()
    viewer = PhotoViewer(host)
    wanted: list[str] = []
    viewer.wanted.connect(wanted.append)
    viewer.show_photos((("a", "一.jpg"), ("b", "二.jpg")), "b")
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.keyClick(viewer, Qt.Key.Key_Left)
    assert wanted == ["b", "a", "b"]
    view = viewer.findChild(PictureView)
    viewer.show_image("a", decode(picture(), 400))
    assert view.accessibleName()  # still the words: the picture came too late
    viewer.show_image("b", decode(picture(), 400))
    assert not view.accessibleName()
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def test_that_zoom_keeps_the_point_under_the_pointer_and_has_an_end(qtbot: QtBot) -> None:
    view = PictureView(None)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_image(decode(picture(), 640))
    before = view._place()
    at = QPointF(300, 100)
    share = (at.x() - before.left()) / before.width()
    view.set_zoom(4.0, at)
    after = view._place()
    assert abs((at.x() - after.left()) / after.width() - share) < 0.01
    view.set_zoom(1e9)
    assert view.zoom == ZOOM_MAX
    view.set_zoom(0.0)
    assert view.zoom == 1.0
    assert view._place().center() == QPointF(200, 150)


@dataclass(frozen=True)
class Transfer:
    state: str
    sent: int = 0
    size: int = 0
    code: str = ""


class Shelf:
    """Files as the engine gives them: by future, or not at all."""

    def __init__(self, **files: bytes) -> None:
        self.files = files
        self.transfers: dict[str, Transfer] = {}
        self.taken: list[tuple[str, str, object, str]] = []

    def attach(self, kind: str, target_id: str, source: object, name: str) -> "Future[OpRecord]":
        self.taken.append((kind, target_id, source, name))
        done: Future[OpRecord] = Future()
        done.set_result(OpRecord("op", 1, kind, target_id, "attach", b"{}"))
        return done

    def fetch(self, sha256: str) -> "Future[bytes]":
        told: Future[bytes] = Future()
        if sha256 in self.files:
            told.set_result(self.files[sha256])
        else:
            told.set_exception(OpsError("attachment.not_there"))
        return told

    def standing(self, sha256: str) -> Transfer | None:
        return self.transfers.get(sha256)


@pytest.fixture
def seat(qtbot: QtBot) -> Iterator[tuple[PhotosPresenter, DetailPanel, PhotoViewer, Shelf]]:
    panel = DetailPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 700)
    panel.show()
    viewer = PhotoViewer(panel)
    shelf = Shelf(a=picture(), b=bomb(60_000, 60_000))
    context = SimpleNamespace(tasks=Tasks(panel), now=lambda: datetime(2026, 11, 22, 14, tzinfo=UTC))
    photos = PhotosPresenter(panel, viewer, shelf, cast("Context", context))
    yield photos, panel, viewer, shelf
    photos.close()


def test_that_pictures_come_by_themselves_and_a_bomb_stays_a_name(qtbot: QtBot, seat: tuple) -> None:
    photos, panel, viewer, shelf = seat
    shelf.transfers = {"a": Transfer("uploading", 1, 4), "b": Transfer("refused", code="attachment.type_refused")}
    files = [
        Attachment("a", "现场.jpg", "image/png"),
        Attachment("b", "弹\u202e.png", "image/png"),
        Attachment("c", "远.png"),
    ]
    shown = photos.show("wo-1", files)
    assert [(photo.name, photo.words) for photo in shown] == [
        ("现场.jpg", "上传中 25%"),
        ("弹.png", "中心不接收这种文件"),
        ("远.png", ""),
    ]
    panel.show_order(replace(order_detail(), photos=shown))
    photos.bring()
    qtbot.waitUntil(lambda: panel._photos.has_image("a"), timeout=5000)
    assert not panel._photos.has_image("b")
    panel.photo_opened.emit("b")
    view = viewer.findChild(PictureView)
    qtbot.waitUntil(lambda: "四千万像素" in view.accessibleName(), timeout=5000)
    qtbot.keyClick(viewer, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "还没有送到中心" in view.accessibleName(), timeout=5000)


def test_that_what_is_dropped_and_pasted_is_attached_to_the_order_shown(qtbot: QtBot, seat: tuple) -> None:
    photos, panel, _, shelf = seat
    panel.files_brought.emit(["/photos/one.jpg"])
    assert shelf.taken == []  # no order is shown
    photos.show("wo-1", [])
    with qtbot.waitSignal(photos.told, timeout=1000):
        panel.files_brought.emit([f"/photos/{n}.jpg" for n in range(12)])
    assert len(shelf.taken) == 10
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    panel.image_pasted.emit(image)
    qtbot.waitUntil(lambda: len(shelf.taken) == 11, timeout=5000)
    kind, target, content, name = shelf.taken[-1]
    assert (kind, target, name.endswith(".png")) == ("work_order", "wo-1", True)
    assert decode(content, 8).pixelColor(3, 3) == QColor("red")
