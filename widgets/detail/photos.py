"""Attachments as small pictures, and the ways to bring further ones in: a button, a drop, a paste."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

from widgets.detail.order import Photo
from widgets.flow import FlowLayout
from widgets.painting import draw_shape, draw_text
from widgets.plain import plain_label, set_tip
from widgets.theme import current_theme

WIDTH, HEIGHT = 104, 78
SHOWN_CAP = 60


class Thumbnail(QAbstractButton):
    """One attachment: its picture, or its name where it is none or not there yet; and how its transfer stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.photo = Photo("", "")
        self._image = QImage()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_photo(self, photo: Photo, image: QImage) -> None:
        """Show an attachment; a null image means that there is no picture of it."""
        self.photo = photo
        self._image = image
        words = self.tr("，").join(part for part in (photo.name, photo.words) if part)
        self.setAccessibleName(words)
        set_tip(self, words)
        self.update()

    def sizeHint(self) -> QSize:
        """Give the size of a thumbnail."""
        theme = current_theme()
        return QSize(theme.px(WIDTH), theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture to fill, the words of its transfer below, the focus ring."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("picture.ground"))
        if self._image.isNull():
            self._paint_name(painter, rect)
        else:
            _paint_filling(painter, rect, self._image)
        if self.photo.words:
            band = QRectF(0, rect.bottom() - theme.px(20), rect.width(), theme.px(20))
            painter.fillRect(band, theme.color("picture.shade"))
            color = theme.tone(self.photo.tone) if self.photo.tone != "neutral" else theme.color("picture.text")
            room = band.adjusted(theme.px(4), 0, -theme.px(4), 0)
            draw_text(painter, room, self.photo.words, theme.font("note"), color)
        edge = "focus" if self.hasFocus() else "line.strong" if self.underMouse() else "line"
        painter.setPen(QPen(theme.color(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_name(self, painter: QPainter, rect: QRectF) -> None:
        theme = current_theme()
        side = theme.px(20)
        mark = QRectF(rect.center().x() - side / 2, rect.top() + theme.px(14), side, side)
        draw_shape(painter, "note", theme.color("picture.text.low"), mark)
        line = QRectF(theme.px(4), mark.bottom() + theme.px(2), rect.width() - theme.px(8), theme.px(20))
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, line, self.photo.name, theme.font("note"), theme.color("picture.text.low"), align=middle)


class PhotoStrip(QWidget):
    """The attachments of an order, wrapping; kept and refilled.

    Signals:
        opened(str): An attachment is to be looked at; its id.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos: tuple[Photo, ...] = ()
        self._images: dict[str, QImage] = {}
        self._buttons: list[Thumbnail] = []
        theme = current_theme()
        self._heading: QLabel = plain_label(role="low", parent=self)
        holder = QWidget(self)
        self._flow = FlowLayout(holder, spacing=theme.space("s"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.space("s"), 0, 0)
        box.setSpacing(theme.space("xs"))
        box.addWidget(self._heading)
        box.addWidget(holder)
        self._holder = holder
        self.hide()

    def show_photos(self, photos: tuple[Photo, ...]) -> None:
        """Show other attachments."""
        shown = photos[:SHOWN_CAP]
        kept = {photo.id for photo in shown}
        self._images = {photo_id: image for photo_id, image in self._images.items() if photo_id in kept}
        self._photos = shown
        while len(self._buttons) < len(shown):
            button = Thumbnail(self._holder)
            button.clicked.connect(self._open)
            self._flow.addWidget(button)
            self._buttons.append(button)
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(shown))
            if index < len(shown):
                button.show_photo(shown[index], self._images.get(shown[index].id, QImage()))
        self._heading.setText(self.tr("附件 {count}").format(count=len(photos)))
        self.setVisible(bool(shown))

    def show_image(self, photo_id: str, image: QImage) -> None:
        """Take the small picture of an attachment."""
        for button in self._buttons:
            if not button.isHidden() and button.photo.id == photo_id:
                self._images[photo_id] = image
                button.show_photo(button.photo, image)

    def has_image(self, photo_id: str) -> bool:
        """Say whether the picture of an attachment is there."""
        return photo_id in self._images

    @Slot()
    def _open(self) -> None:
        button = self.sender()
        if isinstance(button, Thumbnail):
            self.opened.emit(button.photo.id)


def _paint_filling(painter: QPainter, rect: QRectF, image: QImage) -> None:
    """Paint as much of the middle of an image as fills the rectangle."""
    scale = max(rect.width() / image.width(), rect.height() / image.height())
    width, height = rect.width() / scale, rect.height() / scale
    part = QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)
    painter.drawImage(rect, image, part)
