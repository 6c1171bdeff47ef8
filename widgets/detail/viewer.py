"""Looking at attachments: one fills the card; wheel or + and − zoom, drag moves, arrows go to the next."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from widgets.float import FloatPage
from widgets.painting import draw_text
from widgets.plain import plain_label
from widgets.theme import current_theme

ZOOM_STEP = 1.25
ZOOM_MAX = 16.0
_WHEEL_STEP = 120


class PictureView(QWidget):
    """One picture that can be zoomed and moved; 1.0 means that all of it is seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._words = ""
        self._zoom = 1.0
        self._middle = QPointF(0.5, 0.5)
        self._held: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @property
    def zoom(self) -> float:
        """How much larger than whole the picture is."""
        return self._zoom

    def show_image(self, image: QImage, words: str = "") -> None:
        """Show a picture whole, or words in its place."""
        self._image = image
        self._words = words
        self._zoom, self._middle = 1.0, QPointF(0.5, 0.5)
        self.setAccessibleName(words)
        self.update()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom; the point of the picture under `at` (widget coordinates) stays where it is."""
        if self._image.isNull():
            return
        zoom = max(1.0, min(ZOOM_MAX, zoom))
        at = at if at is not None else QPointF(self.rect().center())
        before = self._place()
        share = QPointF((at.x() - before.left()) / before.width(), (at.y() - before.top()) / before.height())
        self._zoom = zoom
        after = self._place()
        moved = QPointF(after.left() + share.x() * after.width(), after.top() + share.y() * after.height()) - at
        self._move(moved)

    def sizeHint(self) -> QSize:
        """Want room."""
        return QSize(current_theme().px(900), current_theme().px(560))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        steps = event.angleDelta().y() / _WHEEL_STEP
        self.set_zoom(self._zoom * ZOOM_STEP**steps, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._held = event.position()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move along."""
        if self._held is not None:
            self._move(self._held - event.position())
            self._held = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture inside."""
        super().resizeEvent(event)
        self._move(QPointF(0, 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture."""
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("picture.ground"))
        if self._image.isNull():
            middle = Qt.AlignmentFlag.AlignHCenter
            color = theme.color("picture.text.low")
            draw_text(painter, QRectF(self.rect()), self._words, theme.font("body"), color, align=middle)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(), self._image)
        painter.end()

    def _whole(self) -> QSize:
        return self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)

    def _place(self) -> QRectF:
        whole = self._whole()
        width, height = max(1.0, whole.width() * self._zoom), max(1.0, whole.height() * self._zoom)
        left = self.width() / 2 - self._middle.x() * width
        top = self.height() / 2 - self._middle.y() * height
        return QRectF(left, top, width, height)

    def _move(self, by: QPointF) -> None:
        """Move the view by pixels; a side that is seen whole stays in the middle."""
        place = self._place()
        room = QPointF(self.width() / place.width() / 2, self.height() / place.height() / 2)
        x = self._middle.x() + by.x() / place.width()
        y = self._middle.y() + by.y() / place.height()
        self._middle = QPointF(_within(x, room.x()), _within(y, room.y()))
        self.update()


class PhotoViewer(FloatPage):
    """The card over the desk; the owner answers `wanted` with `show_image`.

    Signals:
        wanted(str): The picture of the attachment with this id is to be shown.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 1400)
        self.setAccessibleName(self.tr("查看附件"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ids: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._at = 0
        self._name = plain_label(role="title", parent=self.card)
        self._count = plain_label(role="note", parent=self.card)
        keys = plain_label(self.tr("← → 上一张、下一张 · ＋ − 缩放 · 0 还原 · Esc 关闭"), "note", self.card)
        self._view = PictureView(self.card)
        head = QHBoxLayout()
        head.setSpacing(current_theme().space("m"))
        head.addWidget(self._name, 1)
        head.addWidget(self._count)
        head.addWidget(keys)
        self.box.addLayout(head)
        self.box.addWidget(self._view, 1)

    def show_photos(self, photos: tuple[tuple[str, str], ...], first: str) -> None:
        """Come up with attachments (id and name), at the one with the id `first`."""
        self._ids = tuple(photo_id for photo_id, _ in photos)
        self._names = tuple(name for _, name in photos)
        self._at = self._ids.index(first) if first in self._ids else 0
        self.open()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._ask()

    def show_image(self, photo_id: str, image: QImage, words: str = "") -> None:
        """Take a picture that was wanted, or words that say why there is none; a late one is dropped."""
        if self._ids and photo_id == self._ids[self._at]:
            self._view.show_image(image, words)

    def place_card(self) -> None:
        """Take nearly all of the window."""
        margin = current_theme().space("xl")
        self.card.setMinimumWidth(0)
        self.card.setMaximumWidth(self.width())
        self.card.setGeometry(self.rect().adjusted(margin, margin, -margin, -margin))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, zoom, or leave."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and self._ids:
            self._at = (self._at + step) % len(self._ids)
            self._ask()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._view.set_zoom(self._view.zoom * ZOOM_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self._view.set_zoom(self._view.zoom / ZOOM_STEP)
        elif event.key() == Qt.Key.Key_0:
            self._view.set_zoom(1.0)
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if not self._ids:
            return
        self._name.setText(self._names[self._at])
        self._count.setText(f"{self._at + 1} / {len(self._ids)}")
        self._view.show_image(QImage(), self.tr("正在取图…"))
        self.wanted.emit(self._ids[self._at])


def _within(middle: float, room: float) -> float:
    return 0.5 if room >= 0.5 else max(room, min(1.0 - room, middle))
