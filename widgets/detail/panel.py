"""The detail of the chosen order: what it is, where it stands, what can be done now."""

from collections import OrderedDict

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.detail.actions import ActionBar
from widgets.detail.facts import FactList
from widgets.detail.form import ActionForm
from widgets.detail.history import HistoryList
from widgets.detail.links import LinkGroups
from widgets.detail.minimap import MiniMap
from widgets.detail.notices import NoticeList
from widgets.detail.order import ActionRequest, ActionSpec, OrderDetail, Photo
from widgets.detail.photos import PhotoStrip
from widgets.detail.stepper import Stepper
from widgets.map.basemap import Basemap
from widgets.plain import plain_label
from widgets.states import READY, PanelState, StateOverlay
from widgets.theme import current_theme
from widgets.toned import TonedLabel

DRAFT_CAP = 50
"""Unsent words kept while the officer looks at other orders; the oldest give way."""


class DetailPanel(QWidget):
    """Shows one `OrderDetail`; an update of the same order keeps scroll position, open form and words written.

    Signals:
        action_requested(ActionRequest): The officer decided, with everything the action needs.
        link_activated(LinkLine): The officer wants to go to something that belongs to the order.
        map_requested(): The officer wants to see the place on the large map.
        photo_opened(str): An attachment is to be looked at; its id.
        files_brought(list[str]): Files were dropped or pasted; their paths.
        image_pasted(QImage): A picture was pasted.
    """

    action_requested = Signal(object)
    link_activated = Signal(object)
    map_requested = Signal()
    photo_opened = Signal(object)
    files_brought = Signal(object)
    image_pasted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "raised")
        self.setAccessibleName(self.tr("工单详情"))
        self._order: OrderDetail | None = None
        self._form: ActionForm | None = None
        self._form_order = ""
        self._drafts: OrderedDict[tuple[str, str], dict[str, str]] = OrderedDict()
        self._title = plain_label(role="title", parent=self, wrap=True)
        self._number = plain_label(role="note", parent=self)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._clock = TonedLabel(self)
        self._stepper = Stepper(self)
        self._notices = NoticeList(self)
        self._facts = FactList(self)
        self._minimap = MiniMap(self)
        self._photos = PhotoStrip(self)
        self._links = LinkGroups(self)
        self._history_title = plain_label(self.tr("经过"), "low", self)
        self._history = HistoryList(self)
        self._actions = ActionBar(self)
        self._form_place = QVBoxLayout()
        self._scroll = self._make_scroll()
        self._lay_out()
        self._overlay = StateOverlay(self)
        self._kept_words = ""
        self._actions.action_chosen.connect(self._choose)
        self._notices.begun.connect(self.begin)
        self._links.activated.connect(self.link_activated)
        self._minimap.pressed.connect(self.map_requested)
        self._photos.opened.connect(self.photo_opened)
        self._overlay.action_requested.connect(self._copy_kept_words)
        self.setAcceptDrops(True)
        self.clear()

    def set_basemap(self, basemap: Basemap) -> None:
        """Take the ground of the small map."""
        self._minimap.set_basemap(basemap)

    def show_order(self, order: OrderDetail) -> None:
        """Show an order, or the newer state of the one that is shown."""
        before = self._order
        self._order = order
        if before is None or before.id != order.id:
            self._close_form()
            self._scroll.verticalScrollBar().setValue(0)
        self._title.setText(order.title)
        self._number.setText("  ".join([order.number, *(badge.text for badge in order.badges)]))
        self._clock.show_words(order.clock, order.clock_tone, order.clock_shape)
        self._stepper.show_steps(order.steps)
        self._notices.show_notices(order.notices)
        self._facts.show_facts(order.facts)
        self._minimap.show_place(order.place)
        self._photos.show_photos(order.photos)
        self._links.show_groups(order.links)
        self._history.show_lines(order.history)
        self._history_title.setVisible(bool(order.history))
        self._actions.show_actions(order.actions)
        if self._form is not None:
            self._keep_form(order.actions)
        self._scroll.widget().show()
        self._overlay.show_state(READY)

    def show_photos(self, photos: tuple[Photo, ...]) -> None:
        """Show how the attachments stand now."""
        self._photos.show_photos(photos)

    def show_photo_image(self, photo_id: str, image: QImage) -> None:
        """Take the small picture of an attachment."""
        self._photos.show_image(photo_id, image)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this machine, while an order is shown."""
        if self._order is not None and _local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring the files."""
        files = _local_files(event.mimeData())
        if self._order is not None and files:
            event.acceptProposedAction()
            self.files_brought.emit(files)

    @Slot()
    def paste(self) -> None:
        """Bring the files or the picture of the clipboard; words are left where they are."""
        pasted = QGuiApplication.clipboard().mimeData()
        files = _local_files(pasted)
        if self._order is None:
            return
        if files:
            self.files_brought.emit(files)
        elif pasted.hasImage():
            self.image_pasted.emit(QImage(pasted.imageData()))

    def clear(self) -> None:
        """Show that no order is chosen."""
        self._close_form()
        self._order = None
        self._actions.show_actions(())
        self._scroll.widget().hide()  # what lies over it lets a little through
        self.set_state(PanelState("empty", self.tr("未选中工单"), self.tr("在列表中用方向键或 J / K 选择")))

    def show_withdrawn(self, order_id: str) -> None:
        """Say that an order is no longer this seat's: its actions are closed, words written on it are kept."""
        self.clear()
        drafts = (draft for (of, _), draft in self._drafts.items() if of == order_id)
        self._kept_words = "\n".join(text for draft in drafts for text in draft.values())
        text = self.tr("中心收回了本席的权限，或删除了它，操作已关闭。已保存的操作仍会送达，由中心裁定。")
        kept = self.tr("您写下的内容还在：可以复制；工单回到本席时，也在原处。") if self._kept_words else ""
        copy = self.tr("复制写下的内容") if kept else ""
        self.set_state(PanelState("empty", self.tr("这张工单已不在本席"), f"{text}\n{kept}".strip(), copy))

    def set_state(self, state: PanelState) -> None:
        """Show a state instead of the order."""
        self._overlay.show_state(state)

    def order_id(self) -> str:
        """Give the id of the order shown, or ""."""
        return self._order.id if self._order else ""

    def order(self) -> OrderDetail | None:
        """Give the order shown."""
        return self._order

    @Slot(str)
    def begin(self, verb: str) -> None:
        """Start an action as if its button had been pressed (for the command bar)."""
        button = self._actions.button(verb)
        if button is not None:
            button.click()

    # -- inside

    def _make_scroll(self) -> QScrollArea:
        theme = current_theme()
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(theme.space("l"), theme.space("m"), theme.space("l"), theme.space("m"))
        box.setSpacing(theme.space("s"))
        line = QHBoxLayout()
        line.addWidget(self._number, 1)
        line.addWidget(self._clock)
        box.addWidget(self._title)
        box.addLayout(line)
        box.addWidget(self._stepper)
        box.addWidget(self._notices)
        box.addWidget(self._facts)
        box.addWidget(self._photos)
        box.addWidget(self._minimap)
        box.addWidget(self._links)
        box.addSpacing(theme.space("xs"))
        box.addWidget(self._history_title)
        box.addWidget(self._history)
        box.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        page.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        return scroll

    def _lay_out(self) -> None:
        theme = current_theme()
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), theme.space("m"))
        foot.addWidget(self._actions)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._scroll, 1)
        box.addLayout(self._form_place)
        box.addLayout(foot)

    @Slot(object)
    def _choose(self, spec: ActionSpec) -> None:
        if self._order is None:
            return
        if not spec.fields:
            self.action_requested.emit(ActionRequest(self._order.id, spec.verb, {}))
            return
        self._close_form()
        self._form_order = self._order.id
        self._form = ActionForm(spec, self._drafts.get((self._order.id, spec.verb), {}), self)
        self._form.submitted.connect(self._submit)
        self._form.cancelled.connect(self._leave_form)
        self._form_place.addWidget(self._form)
        self._actions.hide()
        self._form.show()
        self._form.focus_first()

    @Slot(object)
    def _submit(self, answers: dict[str, str]) -> None:
        if self._order is None or self._form is None:
            return
        request = ActionRequest(self._order.id, self._form.verb, answers)
        self._close_form()
        self._drafts.pop((request.order_id, request.verb), None)
        self.action_requested.emit(request)

    @Slot()
    def _leave_form(self) -> None:
        verb = self._form.verb if self._form else ""
        self._close_form()
        button = self._actions.button(verb)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_form(self, actions: tuple[ActionSpec, ...]) -> None:
        """Close the form when its action was closed by somebody else meanwhile; the words stay as a draft."""
        open_verbs = {spec.verb for spec in actions if spec.enabled}
        if self._form is not None and self._form.verb not in open_verbs:
            button = self._actions.button(self._form.verb)
            self._leave_form()
            if button is not None:
                button.click()

    @Slot()
    def _copy_kept_words(self) -> None:
        QGuiApplication.clipboard().setText(self._kept_words)

    def _close_form(self) -> None:
        form, self._form = self._form, None
        if form is None:
            return
        self._actions.show()
        if form.drafts():
            self._drafts[self._form_order, form.verb] = form.drafts()
            while len(self._drafts) > DRAFT_CAP:
                self._drafts.popitem(last=False)
        self._form_place.removeWidget(form)
        form.hide()
        form.deleteLater()


def _local_files(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
