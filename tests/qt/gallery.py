"""Pictures of every part with believable contents: ``python -m tests.qt.gallery DIRECTORY [dark light contrast]``.

Look at them beside the drawing of the desk before calling a change of the look done.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from tests.qt import samples
from widgets.alertstrip import AlertStrip
from widgets.commandbar import CommandBar
from widgets.detail.panel import DetailPanel
from widgets.keysheet import KeySheet
from widgets.messages import MessageStrip
from widgets.passphrase import PassphrasePage, PassphraseView
from widgets.queue.panel import QueuePanel
from widgets.rail import Rail
from widgets.signin import SignInPage
from widgets.states import PanelState
from widgets.theme import THEME_NAMES, Theme, apply_theme, current_theme
from widgets.topbar import TopBar, TopBarView
from widgets.watermark import Watermark

SIZE = (1920, 1080)


class Desk(QWidget):
    """The frame of the desk, with quiet places where map and wall belong."""

    def __init__(self, bar: TopBarView) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "window")
        theme = current_theme()
        self.top = TopBar(self)
        self.top.show_view(bar)
        self.top.set_clock("14:03:22", "11月22日 周日")
        self.message = MessageStrip(self)
        self.rail = Rail(self)
        self.rail.set_items(samples.RAIL, "overview")
        self.queue = QueuePanel(self)
        self.queue.set_head(samples.queue_head())
        rows = [samples.order_row(number) for number in range(40)]
        self.queue.model.set_ids([row.id for row in rows], 128)
        self.queue.model.apply(rows)
        self.queue.view.choose("wo-1")
        self.detail = DetailPanel(self)
        self.detail.show_order(samples.order_detail())
        self.strip = AlertStrip(self)
        self.strip.show_view(samples.ALERTS)
        column = QSplitter(Qt.Orientation.Vertical, self)
        column.setHandleWidth(1)
        column.addWidget(self.queue)
        column.addWidget(self.detail)
        column.setSizes([560, 420])
        # A splitter sets its own limits from its children; the holder keeps the width.
        holder = QWidget(self)
        holder.setFixedWidth(theme.px(420))
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(column)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        line = QFrame(self)
        line.setProperty("separator", "vertical")
        for widget in (self.rail, line, holder):
            middle.addWidget(widget)
        middle.addWidget(QLabel(self), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.top)
        box.addWidget(self.message)
        box.addLayout(middle, 1)
        box.addWidget(self.strip)
        self.mark = Watermark(self)
        self.mark.set_text("张** 31007 · 席位 03 · 14:03")
        self.mark.raise_()


def pages() -> dict[str, QWidget]:
    """Make every picture's widget."""
    desk = Desk(samples.top_bar())
    offline = Desk(samples.offline_bar())
    offline.message.say(samples.MESSAGE)
    offline.queue.set_state(PanelState("loading", text="正在从中心取回 12,400 件工单", progress=0.4))
    offline.detail.begin("dispatch")
    states = QWidget()
    states.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    states.setProperty("ground", "window")
    row = QHBoxLayout(states)
    for state in (
        PanelState("empty", "没有符合条件的工单", "换一个筛选，或按 Esc 清除搜索"),
        PanelState("loading", progress=0.6),
        PanelState("error", "本机缓存无法读取", "编号 storage.damaged，正在从中心重建", "重试"),
        PanelState("offline", "离线", "中心无应答，数据截至 13:40"),
    ):
        panel = QueuePanel()
        panel.set_head(samples.queue_head())
        panel.set_state(state)
        row.addWidget(panel)
    sign_in = SignInPage()
    sign_in.show_view(samples.SIGN_IN)
    sign_in.show_fault("用户名或口令不正确（还可尝试 4 次）")
    passphrase = PassphrasePage()
    passphrase.show_view(
        PassphraseView(new=True, reason="本机没有可用的系统密钥环。请设置口令短语，用来保护本机缓存与待发送操作。")
    )
    keys = Desk(samples.top_bar())
    sheet = KeySheet(keys)
    sheet.set_groups(samples.KEYS)
    keys.sheet = sheet
    commands = Desk(samples.top_bar())
    commands.bar = CommandBar(commands)
    return {
        "desk": desk,
        "offline": offline,
        "states": states,
        "sign-in": sign_in,
        "passphrase": passphrase,
        "keys": keys,
        "commands": commands,
    }


def main() -> None:
    """Render all pages."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for name in sys.argv[2:] or THEME_NAMES:
        theme_name, _, scale = name.partition("@")
        apply_theme(app, Theme.load(theme_name, text_scale=float(scale or 1)))
        for title, page in pages().items():
            page.resize(*SIZE)
            page.show()
            app.processEvents()
            if title == "keys":
                page.sheet.open()
            if title == "commands":
                page.bar.open()
                page.bar._field.setText("浦三路")
                page.bar.set_results(samples.RESULTS)
            app.processEvents()
            page.grab().save(str(target / f"{title}.{name}.png"))
            page.hide()
            page.deleteLater()


if __name__ == "__main__":
    main()
