"""The cards of a bulk action and of an export: by keys, with progress, and truthful to the end."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from widgets.detail.order import ActionSpec, FieldSpec
from widgets.paper.export_sheet import ExportSheet, ExportWish
from widgets.paper.pages import Pages
from widgets.paper.paper import Facts, Paper, Table
from widgets.paper.pressing import PdfPress, Press
from widgets.queue.bulk_sheet import BulkPlan, BulkSheet

MARK = "张** 31007 · SEAT-03 · 2026-11-22 14:03"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 800)
    window.show()
    qtbot.waitExposed(window)
    return window


def plan(spec: ActionSpec | None) -> BulkPlan:
    return BulkPlan(
        "批量受理", "12 件中 9 件可以“受理”，其余不会改动：", ("3 件：现在是“处置”",), ("LJ-1 路面塌陷",), spec
    )


def test_that_enter_confirms_and_escape_leaves(qtbot: QtBot, window: QWidget) -> None:
    sheet = BulkSheet(window)
    sheet.show_plan(plan(ActionSpec("accept", "受理 9 件")))
    with qtbot.waitSignal(sheet.confirmed, timeout=1000) as confirmed:
        qtbot.keyClick(sheet._go, Qt.Key.Key_Return)
    assert confirmed.args == [{}]
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_that_one_reason_is_asked_for_all(qtbot: QtBot, window: QWidget) -> None:
    sheet = BulkSheet(window)
    sheet.show_plan(plan(ActionSpec("remind", "催办 9 件", fields=(FieldSpec("text", "说明", prepared="请抓紧。"),))))
    field = sheet.findChild(QPlainTextEdit)
    assert field.toPlainText() == "请抓紧。"
    with qtbot.waitSignal(sheet.confirmed, timeout=1000) as confirmed:
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert confirmed.args == [{"text": "请抓紧。"}]


def test_that_nothing_can_be_confirmed_where_nothing_is_open(window: QWidget) -> None:
    sheet = BulkSheet(window)
    sheet.show_plan(plan(None))
    assert not sheet._go.isVisible()
    assert sheet._end.isVisible()


def test_that_what_runs_is_stopped_and_not_left(qtbot: QtBot, window: QWidget) -> None:
    sheet = BulkSheet(window)
    sheet.show_plan(plan(ActionSpec("accept", "受理 9 件")))
    sheet.show_progress(3, 9, "已保存 3 / 9 件")
    with qtbot.waitSignal(sheet.stop_requested, timeout=1000):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    sheet.show_account("“受理”：已保存 3 件，未保存 6 件", "已写入本机。", ("6 件：停止",))
    qtbot.keyClick(sheet._end, Qt.Key.Key_Return)
    assert not sheet.isVisible()


def offered(window: QWidget) -> tuple[ExportSheet, list[ExportWish]]:
    sheet = ExportSheet(window)
    choices: list[ExportWish] = []
    sheet.choice_changed.connect(choices.append)
    sheet.offer(
        (("list", "列表 12 件"), ("order", "当前工单")),
        "list",
        (("xlsx", "Excel"), ("print", "打印")),
        "xlsx",
        "已脱敏",
    )
    sheet.propose("/tmp/list.xlsx", "导出")
    return sheet, choices


def test_that_what_is_chosen_is_asked_for(qtbot: QtBot, window: QWidget) -> None:
    sheet, choices = offered(window)
    chips = {key: chip for chip, key in sheet._keys.items()}
    chips["list"].setFocus()
    qtbot.keyClick(chips["list"], Qt.Key.Key_Right)
    assert choices[-1].scope == "order"
    with qtbot.waitSignal(sheet.export_requested, timeout=1000) as wished:
        qtbot.keyClick(sheet._go, Qt.Key.Key_Return)
    assert wished.args == [ExportWish("order", "xlsx", "/tmp/list.xlsx")]
    qtbot.mouseClick(chips["print"], Qt.MouseButton.LeftButton)
    assert (choices[-1].kind, choices[-1].path) == ("print", "")


def test_that_a_refusal_lets_the_officer_try_again_and_success_does_not(qtbot: QtBot, window: QWidget) -> None:
    sheet, _ = offered(window)
    sheet.show_progress(10, 100, "已写入 10 / 100 件")
    with qtbot.waitSignal(sheet.stop_requested, timeout=1000):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    sheet.show_account("没有权限写入这里", "orange", over=False)
    assert sheet._go.isVisible()
    assert sheet._path.isEnabled()
    sheet.show_account("已导出 12 件", "ok", over=True)
    assert not sheet._go.isVisible()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def listing(rows: int) -> Paper:
    cells = tuple((f"LJ-{n}", "路面塌陷，影响机动车通行" * 3) for n in range(rows))
    return Paper("工单：超期", "截至 14:03", MARK, (Table(("编号", "标题"), (1, 4), cells),), landscape=True)


def test_that_each_page_says_its_columns_and_no_row_is_lost(qtbot: QtBot) -> None:
    pages = Pages(listing(100))
    rows = [line.cells[0] for page in pages._pages for line in page if line.kind == "row"]
    assert rows == [f"LJ-{n}" for n in range(100)]
    assert pages.count == 4
    assert all([line.kind for line in page].count("columns") == 1 for page in pages._pages)
    assert Pages(Paper("空", "", MARK, ())).count == 1


def test_that_long_texts_are_wrapped_whole_over_pages(qtbot: QtBot) -> None:
    text = "".join(chr(0x4E00 + n) for n in range(9_000)) + "𠮷𠮷"  # beyond the basic plane at the end
    pages = Pages(Paper("单", "", MARK, (Facts("", (("描述", text + "\n第二段"),)),)))
    pieces = [line.cells[1] for page in pages._pages for line in page if line.kind == "fact"]
    assert "".join(pieces) == text + "第二段"
    assert pages.count > 1


def test_that_the_mark_is_on_every_page_in_pixels(qtbot: QtBot) -> None:
    with_mark, without = (_painted(Paper("", "", mark, ())) for mark in (MARK, ""))
    assert with_mark != without


def _painted(paper: Paper) -> bytes:
    pages = Pages(paper)
    image = QImage(420, 595, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    pages.paint(painter, 0, 420 / pages.size.width())
    painter.end()
    return bytes(image.constBits())


def test_that_a_pdf_is_made_page_by_page(qtbot: QtBot, window: QWidget) -> None:
    press = PdfPress(Pages(listing(100)), "工单", window)
    done: list[object] = []
    press.advanced.connect(done.append)
    with qtbot.waitSignal(press.finished, timeout=20_000):
        press.start()
    assert done == [1, 2, 3, 4]
    data = press.data()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") == 4


def test_that_a_printer_gets_all_pages(qtbot: QtBot, window: QWidget, tmp_path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    press = Press(Pages(listing(40)), printer, printer.resolution(), window)
    with qtbot.waitSignal(press.finished, timeout=20_000):
        press.start()
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.qt_log_ignore("QPrinter|Could not open|QPainter")
def test_that_a_printer_that_takes_nothing_is_told(qtbot: QtBot, window: QWidget, tmp_path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "paper.pdf"))
    press = Press(Pages(listing(1)), printer, printer.resolution(), window)
    with qtbot.waitSignal(press.failed, timeout=5_000):
        press.start()
