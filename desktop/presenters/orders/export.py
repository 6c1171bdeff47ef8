"""Takes a list or an order out of the desk: as a workbook, as text, as pages; masked, marked, whole or not at all."""

import logging
import re
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from desktop.domain.masking import mask_name
from desktop.export.destination import written_whole
from desktop.export.job import ExportJob, Written
from desktop.export.sheet import Sheet
from desktop.presenters.context import Context
from desktop.presenters.orders.export_rows import Exported, export_columns, export_words, order_facts, paper_shares
from desktop.presenters.orders.queue import QueuePresenter
from desktop.presenters.wording import Words, fault_words, sentence, words_of
from storage.cache.cache import Cache
from storage.records import OrderQuery
from widgets.paper.export_sheet import ExportSheet, ExportWish
from widgets.paper.pages import Pages
from widgets.paper.paper import Paper, Table
from widgets.paper.pressing import PdfPress, Press
from widgets.queue.panel import QueuePanel

_log = logging.getLogger(__name__)

FILE_CAP = 200_000
"""Orders in one file; a spreadsheet takes a million rows, the machine it is opened on seldom does."""
PAPER_CAP = 2_000
"""Orders on paper: fifty pages. More than that is read by programs."""
_PROGRESS_MS = 100
_PRINTER_RESOLUTION = 300
_NOT_IN_NAMES = re.compile(r'[\\/:\uff1a*?"<>|\s\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class _Source:
    """Which orders: those of a question, or those named."""

    query: OrderQuery | None
    ids: tuple[str, ...]

    def read(self, cache: Cache, limit: int) -> list[str]:
        return cache.order_ids(self.query, limit) if self.query is not None else list(self.ids[:limit])


class ExportPresenter(QObject):
    """Feeds the sheet of export and print. Files are written on a thread of its own, pages painted one a turn."""

    def __init__(
        self, sheet: ExportSheet, panel: QueuePanel, queue: QueuePresenter, context: Context, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._panel = panel
        self._queue = queue
        self._context = context
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="export")
        self._job: ExportJob | None = None
        self._press: Press | None = None
        self._wish = ExportWish("", "", "")
        self._overwrite = ""
        self._choice = 0
        self._papers = 0
        self._count = 0
        self._progress = QTimer(self, interval=_PROGRESS_MS)
        self._progress.timeout.connect(self._on_progress)
        sheet.choice_changed.connect(self._on_choice)
        sheet.export_requested.connect(self._on_requested)
        sheet.stop_requested.connect(self._on_stop)

    def close(self) -> None:
        """Stop what runs and wait for it: at most as long as it takes to write a few rows."""
        self._progress.stop()
        self._stop_press()
        if self._job is not None:
            self._job.stop()
        self._thread.shutdown(wait=True, cancel_futures=True)

    @Slot()
    def open(self) -> None:
        """Offer files."""
        self._offer("xlsx")

    @Slot()
    def open_for_paper(self) -> None:
        """Offer paper."""
        self._offer("print")

    def _offer(self, kind: str) -> None:
        if self._job is not None or self._press is not None:
            return
        marked = len(self._panel.model.marks)
        chosen = self._context.selection.selected
        scopes = [("list", self.tr("列表 {count} 件").format(count=f"{self._queue.found():,}"))]
        if marked:
            scopes.append(("marked", self.tr("已选 {count} 件").format(count=f"{marked:,}")))
        if chosen.kind == "work_order":
            scopes.append(("order", self.tr("当前工单")))
        kinds = [("xlsx", "Excel"), ("csv", "CSV"), ("pdf", "PDF"), ("print", self.tr("打印"))]
        note = self.tr("姓名、电话、证件、车牌和门牌已脱敏；文件和每页都带有您的姓名、工号、设备和时间。")
        self._sheet.offer(scopes, "marked" if marked else "list", kinds, kind, note)

    def _source(self, scope: str) -> _Source:
        if scope == "list":
            return _Source(self._queue.query(), ())
        if scope == "marked":
            return _Source(None, self._panel.model.marks.ids())
        return _Source(None, (self._context.selection.selected.id,))

    def _exported(self) -> Exported:
        columns = export_columns(self._queue.columns())
        return Exported(self._context.cache, self._context.directory, columns, self._context.now())

    def _mark(self) -> str:
        officer = self._context.officer()
        who = f"{mask_name(officer.name)} {officer.staff_no}" if officer is not None else ""
        return f"{who} · {socket.gethostname()[:12]} · {self._context.now().astimezone():%Y-%m-%d %H:%M}"

    def _title(self, scope: str) -> str:
        listed = self.tr("工单：{filter}").format(filter=self._queue.title())
        titles = {"list": listed, "marked": self.tr("所选工单"), "order": self.tr("工单")}
        return titles[scope]

    # -- what is chosen

    @Slot(object)
    def _on_choice(self, wish: ExportWish) -> None:
        self._overwrite = ""
        self._choice += 1
        words = {"print": self.tr("打印")}.get(wish.kind, self.tr("导出"))
        self._sheet.propose("" if wish.kind == "print" else str(self._proposed(wish)), words)
        paged = wish.kind in {"pdf", "print"}
        self._sheet.show_pages(None, wanted=paged)
        if paged:
            self._read_paper(wish)

    def _proposed(self, wish: ExportWish) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(documents) if documents and Path(documents).is_dir() else Path.home()
        if wish.path:
            folder = Path(wish.path).expanduser().parent
        stem = _NOT_IN_NAMES.sub("-", self._title(wish.scope))[:60].strip("-.")
        return folder / f"{stem}-{self._context.now().astimezone():%Y%m%d-%H%M}.{wish.kind}"

    def _read_paper(self, wish: ExportWish) -> None:
        exported = self._exported()
        note = self.tr("截至 {time}").format(time=f"{exported.now.astimezone():%Y-%m-%d %H:%M}")
        limit = self.tr("（共 {all} 件，纸面最多 {cap} 件）")
        ask = self._thread.submit(
            _paper, wish.scope, self._source(wish.scope), exported, self._title(wish.scope), note, self._mark(), limit
        )
        self._papers = self._choice
        self._context.tasks.follow(ask, self._on_paper, self._on_failed)

    @Slot(object)
    def _on_paper(self, paper: Paper | None) -> None:
        if self._papers != self._choice:
            return  # something else was chosen meanwhile, and its pages are on their way
        if paper is None:
            self._tell(words_of("export.nothing"))
        else:
            self._sheet.show_pages(Pages(paper), wanted=True)

    # -- doing it

    @Slot(object)
    def _on_requested(self, wish: ExportWish) -> None:
        if self._job is not None or self._press is not None:
            return
        if self._context.officer() is None:
            self._tell(words_of("auth.signed_out"))
            return
        self._wish = wish
        if wish.kind == "print":
            self._print()
            return
        path = Path(wish.path).expanduser()
        if not wish.path or not path.name:
            self._tell(words_of("export.no_name", {"path": wish.path}))
        elif path.exists() and self._overwrite != str(path):
            self._overwrite = str(path)
            self._sheet.show_account(self.tr("这个文件已经存在。再按一次“导出”会替换它。"), "orange", over=False)
        elif wish.kind == "pdf":
            self._press_pdf()
        else:
            self._sheet.show_progress(0, 0, self.tr("正在读取列表…"))
            ids = self._thread.submit(self._source(wish.scope).read, self._context.cache, FILE_CAP)
            self._context.tasks.follow(ids, self._on_ids, self._on_failed)

    @Slot(object)
    def _on_ids(self, ids: Sequence[str]) -> None:
        if not ids:
            self._tell(words_of("export.nothing"))
            return
        exported = self._exported()
        wish = self._wish
        sheet = Sheet(self._title(wish.scope), export_words(exported.columns), self._mark())
        self._job = ExportJob(Path(wish.path).expanduser(), wish.kind, sheet, ids, exported.read)
        self._progress.start()
        self._context.tasks.follow(self._thread.submit(self._job.run), self._on_written, self._on_failed)

    @Slot()
    def _on_progress(self) -> None:
        job = self._job
        if job is not None:
            words = self.tr("已写入 {done} / {total} 件").format(done=f"{job.done:,}", total=f"{job.total:,}")
            self._sheet.show_progress(job.done, job.total, words)

    @Slot(object)
    def _on_written(self, written: Written) -> None:
        job, self._job = self._job, None
        self._progress.stop()
        words = self.tr("已导出 {count} 件：{path}").format(count=f"{written.rows:,}", path=str(written.path))
        left = self._queue.found() - written.rows if self._wish.scope == "list" else 0
        if job is not None and job.total == FILE_CAP and left > 0:
            words += "\n" + self.tr("一次最多 {cap} 件，还有 {left} 件没有导出；请先筛选。").format(
                cap=f"{FILE_CAP:,}", left=f"{left:,}"
            )
        self._note_down(written.rows)
        self._sheet.show_account(words, "ok", over=True)

    def _press_pdf(self) -> None:
        pages = self._sheet.pages()
        if pages is not None:
            press = PdfPress(pages, self._title(self._wish.scope), self)
            press.finished.connect(self._on_pdf)
            self._begin_press(press, pages)

    def _print(self) -> None:
        if self._sheet.pages() is None:
            return
        if not QPrinterInfo.availablePrinterNames():
            self._sheet.show_account(
                self.tr("这台机器没有打印机。可以选 PDF，存成文件后到别处打印。"), "orange", over=False
            )
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setResolution(_PRINTER_RESOLUTION)
        self._printer.setDocName(self._title(self._wish.scope))
        self._dialog = QPrintDialog(self._printer, self._sheet)
        self._dialog.accepted.connect(self._on_printer)
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.show()

    @Slot()
    def _on_printer(self) -> None:
        self.print_on(self._printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages shown."""
        pages = self._sheet.pages()
        if pages is not None:
            press = Press(pages, printer, printer.resolution(), self)
            press.finished.connect(self._on_printed)
            self._begin_press(press, pages)

    def _begin_press(self, press: Press, pages: Pages) -> None:
        self._press = press
        self._count = pages.count
        press.advanced.connect(self._on_page)
        press.failed.connect(self._on_no_page)
        self._on_page(0)
        press.start()

    @Slot(object)
    def _on_page(self, done: int) -> None:
        words = self.tr("第 {done} / {count} 页").format(done=done, count=self._count)
        self._sheet.show_progress(done, self._count, words)

    @Slot()
    def _on_pdf(self) -> None:
        press = self._press
        if isinstance(press, PdfPress):
            writing = self._thread.submit(_write_bytes, Path(self._wish.path).expanduser(), press.data())
            self._context.tasks.follow(writing, self._on_pdf_written, self._on_failed)

    @Slot(object)
    def _on_pdf_written(self, path: Path) -> None:
        self._stop_press()
        self._note_down(self._count)
        words = self.tr("已导出 {count} 页：{path}").format(count=self._count, path=str(path))
        self._sheet.show_account(words, "ok", over=True)

    @Slot()
    def _on_printed(self) -> None:
        self._stop_press()
        self._note_down(self._count)
        self._sheet.show_account(self.tr("已交给打印机 {count} 页。").format(count=self._count), "ok", over=True)

    @Slot()
    def _on_no_page(self) -> None:
        self._stop_press()
        self._tell(words_of("export.printer"))

    @Slot()
    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.stop()
        elif self._press is not None:
            self._stop_press()
            self._tell(words_of("export.stopped"))

    def _on_failed(self, fault: BaseException) -> None:
        self._job = None
        self._progress.stop()
        self._stop_press()
        self._tell(fault_words(fault))

    def _stop_press(self) -> None:
        press, self._press = self._press, None
        if press is not None:
            press.stop()
            press.deleteLater()

    def _tell(self, words: Words) -> None:
        self._sheet.show_account(sentence(words), "orange", over=False)

    def _note_down(self, count: int) -> None:
        """Who took what out is on each page and in each file; that it was taken is in the log."""
        officer = self._context.officer()
        _log.info(
            "taken out by %s: %s as %s, %d", officer.id if officer else "", self._wish.scope, self._wish.kind, count
        )


def _paper(  # noqa: PLR0917 - what it is made of; on the export thread
    scope: str, source: _Source, exported: Exported, title: str, note: str, mark: str, limit: str
) -> Paper | None:
    if scope == "order":
        record = exported.cache.get("work_order", source.ids[0])
        if record is None:
            return None
        heading, blocks = order_facts(record, exported.directory, exported.now)
        return Paper(heading, note, mark, blocks)
    ids = source.read(exported.cache, PAPER_CAP)
    if not ids:
        return None
    count = exported.cache.order_count(source.query) if source.query is not None else len(source.ids)
    rows: list[tuple[str, ...]] = []
    for first in range(0, len(ids), 50):
        rows += exported.read(ids[first : first + 50])
    note = f"{note} · {len(rows):,}" + (
        limit.format(all=f"{count:,}", cap=f"{PAPER_CAP:,}") if count > len(ids) else ""
    )
    columns = exported.columns
    table = Table(export_words(columns), paper_shares(columns), tuple(rows))
    return Paper(title, note, mark, (table,), landscape=True)


def _write_bytes(path: Path, data: bytes) -> Path:
    with written_whole(path) as file:
        file.write(data)
    return path
