"""Turns bytes that somebody sent into pictures: off the window's thread, within caps, and never by guessing."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from desktop.domain.attachments import IMAGES, MAX_PIXELS, SNIFF_BYTES, sniff
from desktop.errors import OpsError

THUMBNAIL_PX = 240
VIEW_PX = 3_200
_MEMORY_MIB = 256
_FORMATS = {"image/jpeg": b"jpeg", "image/png": b"png", "image/webp": b"webp"}


def decode(content: bytes, longest_px: int) -> QImage:
    """Decode a picture no larger than asked for; runs on any thread.

    Raises:
        OpsError: ``attachment.type`` (not a picture), ``attachment.pixels``, ``attachment.damaged``.
    """
    media_type = sniff(content[:SNIFF_BYTES])
    if media_type not in IMAGES:
        raise OpsError("attachment.type", detail=media_type or "unknown")
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, _FORMATS[media_type])  # named, so that no other plugin is asked
    QImageReader.setAllocationLimit(_MEMORY_MIB)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() * size.height() > MAX_PIXELS:
        raise OpsError("attachment.pixels", detail=f"{size.width()} × {size.height()}")
    if size.isValid() and max(size.width(), size.height()) > longest_px:
        reader.setScaledSize(size.scaled(QSize(longest_px, longest_px), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise OpsError("attachment.damaged", detail=reader.errorString())
    return image


def encode(image: QImage) -> bytes:
    """Return a picture as PNG, for one that was pasted; runs on any thread.

    Raises:
        OpsError: ``attachment.damaged`` when it cannot be written.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, b"png")
    if not writer.write(image):
        raise OpsError("attachment.damaged", detail=writer.errorString())
    return bytes(data.data())
