"""What leaves the desk: whole or not at all, no formula, nobody's name; and why not, in a code."""

import csv
import errno
import io
import re
import threading
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.masking import mask_house_numbers
from desktop.errors import OpsError
from desktop.export.cells import CELL_CAP, is_formula, safe_cell
from desktop.export.destination import written_whole
from desktop.export.job import ExportJob
from desktop.export.sheet import Sheet

SHEET = Sheet("工单：超期", ("编号", "标题"), "张** 31007 · SEAT-03 · 2026-11-22 14:03")
EVIL = (
    '=HYPERLINK("http://x.invalid","点我")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1＋1",
    "＋cmd|' /C calc'!A0",
    "－1",
    "＠SUM(1)",
    "\u200b=1",
    " =1",
    "|calc",
    "\u202e=1",
)
"""Fault 74 of the catalogue: what a spreadsheet would run."""


def rows_of(ids: Sequence[str]) -> list[tuple[str, str]]:
    return [(row_id, f"{EVIL[int(row_id) % len(EVIL)]} 路面塌陷") for row_id in ids]


def job(path: Path, kind: str, count: int = 120) -> ExportJob:
    return ExportJob(path, kind, SHEET, [str(n) for n in range(count)], rows_of)


@pytest.mark.parametrize("text", EVIL)
def test_that_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert is_formula(text)
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["路面塌陷", "", "3h 05m", "a=b", "灵岩南路***", "（=1）"])
def test_that_plain_words_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.fault(74)
@given(st.text(max_size=60))
def test_that_no_text_whatever_begins_a_formula_or_breaks_a_file(text: str) -> None:
    cell = safe_cell(text)
    assert not re.match(r"\s*[=+\-@＝＋－＠]", cell)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", cell)
    assert len(safe_cell("长" * 100_000)) <= CELL_CAP + 2


def test_that_a_csv_holds_all_rows_for_those_who_read_it(tmp_path: Path) -> None:
    written = job(tmp_path / "list.csv", "csv").run()
    data = written.path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert written.rows == 120
    assert read[0] == ["编号", "标题"]
    assert [row[0] for row in read[1:121]] == [str(n) for n in range(120)]
    assert all(not re.match(r"\s*[=+\-@＝＋－＠|]", cell) for row in read for cell in row)
    assert read[-1] == [SHEET.title, SHEET.mark]


def test_that_a_workbook_holds_text_alone_and_says_who_took_it(tmp_path: Path) -> None:
    written = job(tmp_path / "list.xlsx", "xlsx").run()
    with zipfile.ZipFile(written.path) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        assert "SEAT-03" in book.read("docProps/core.xml").decode()
    assert "<f>" not in page
    assert page.count("<row ") == 123
    assert page.count("SEAT-03") == 2  # above the table, and at the foot of each printed page
    assert not re.search(r"<t[^>]*>[=+\-@＝＋－＠]", page)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_that_a_stopped_export_leaves_the_file_that_was_there(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"list.{kind}"
    path.write_text("from before")
    stopping = job(path, kind)

    def read(ids: Sequence[str]) -> list[tuple[str, str]]:
        if stopping.done >= 50:
            stopping.stop()
        return rows_of(ids)

    stopping._read = read
    with pytest.raises(OpsError, match=r"export\.stopped"):
        stopping.run()
    assert path.read_text() == "from before"
    assert list(tmp_path.iterdir()) == [path]


def _fail_half_way(path: Path, error: OSError) -> None:
    with written_whole(path) as file:
        file.write(b"half of it")
        raise error


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "export.no_room"),
        (errno.EACCES, "export.no_right"),
        (errno.EROFS, "export.no_right"),
        (errno.EBUSY, "export.in_use"),
        (errno.EIO, "export.failed"),
    ],
)
def test_that_a_refusal_has_its_code_and_leaves_nothing(tmp_path: Path, number: int, code: str) -> None:
    with pytest.raises(OpsError) as refused:
        _fail_half_way(tmp_path / "list.csv", OSError(number, "no"))
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_that_a_folder_that_is_not_there_and_an_impossible_name_are_told_apart(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no" / "list.csv", "export.no_folder"), (tmp_path, "export.no_name")):
        with pytest.raises(OpsError) as refused, written_whole(path):
            pass
        assert refused.value.code == code


def test_that_rows_that_cannot_be_read_end_the_export(tmp_path: Path) -> None:
    def read(_ids: Sequence[str]) -> list[tuple[str, str]]:
        raise OpsError("storage.io")

    with pytest.raises(OpsError, match=r"storage\.io"):
        ExportJob(tmp_path / "list.xlsx", "xlsx", SHEET, ["1"], read).run()
    assert list(tmp_path.iterdir()) == []


def test_that_progress_is_told_while_it_runs(tmp_path: Path) -> None:
    running = job(tmp_path / "list.csv", "csv", 500)
    seen: list[int] = []
    reached = threading.Event()

    def read(ids: Sequence[str]) -> list[tuple[str, str]]:
        seen.append(running.done)
        reached.set()
        return rows_of(ids)

    running._read = read
    running.run()
    assert seen == sorted(seen)
    assert (seen[0], running.done, running.total) == (0, 500, 500)


def test_that_house_numbers_are_taken_out_of_prose() -> None:
    prose = "东明小区 17 号 3 室，灵岩南路568号旁，近地铁 6 号线，水深 27 cm，12弄"
    assert mask_house_numbers(prose) == "东明小区 *** 号 *** 室，灵岩南路***号旁，近地铁 6 号线，水深 27 cm，***弄"
