"""Attachments in the detail: small pictures, the viewer, drops; and pictures that nobody should decode."""

import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from pytestqt.qtbot import QtBot

from desktop.errors import OpsError
from desktop.presenters.pictures import decode, encode
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
