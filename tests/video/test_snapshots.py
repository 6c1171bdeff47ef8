"""A kept picture: stamped in its pixels, its hash beside it, and the officer told."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop.errors import OpsError
from desktop.presenters.wall.snapshots import keep
from widgets.wall.stamp import stamped

NOW = datetime(2026, 11, 22, 6, 30, 5, 123456, UTC)


def picture() -> QImage:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    image.fill(QColor(40, 60, 80))
    return image


def test_that_the_mark_is_in_the_pixels_and_the_picture_is_whole(qtbot: QtBot) -> None:
    plain, kept = picture(), stamped(picture(), "041 浦三路下立交 · 2026-11-22 14:30:05", "张** 31007 · 席位 03")
    assert (kept.width(), kept.height() > plain.height()) == (640, True)
    part = kept.copy(0, 0, 640, 360)
    changed = sum(part.pixel(x, y) != plain.pixel(x, y) for x in range(0, 640, 2) for y in range(0, 360, 2))
    assert 100 < changed < 640 * 360 / 4 / 4
    for quarter in ((0, 0), (320, 0), (0, 180), (320, 180)):  # no quarter can be cut out without a mark
        assert part.copy(*quarter, 320, 180) != plain.copy(*quarter, 320, 180)
    assert stamped(picture(), "other words", "张** 31007 · 席位 03") != kept


def test_that_a_kept_picture_has_its_hash_beside_it_and_nothing_is_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    one, other = (keep(folder, picture(), {"camera": "cam-1"}, NOW) for _ in range(2))
    assert one.path != other.path
    about = json.loads(one.path.with_suffix(".json").read_text("utf-8"))
    assert about["sha256"] == one.digest == hashlib.sha256(one.path.read_bytes()).hexdigest()
    assert (about["camera"], about["file"]) == ("cam-1", one.path.name)
    assert QImage(str(one.path)) == picture()
    assert one.path.name.startswith("20261122-063005-123")


def test_that_a_disk_that_takes_no_picture_is_a_known_fault(tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("in the way")
    with pytest.raises(OpsError) as caught:
        keep(tmp_path / "snapshots", picture(), {}, NOW)
    assert caught.value.code == "video.snapshot_failed"
