"""A data folder on a network share is refused before anything is written into it."""

from pathlib import Path

import pytest

from desktop.engines import Plan, open_engines
from storage import share
from storage.errors import StorageError

LINE = "{number} 1 0:{number} / {point} rw,relatime shared:1 - {system} server:/homes rw\n"


def mounts(tmp_path: Path, *rows: tuple[str, str]) -> Path:
    """A table as the kernel writes it: points of mounts and their file systems, in the order of mounting."""
    table = tmp_path / "mountinfo"
    lines = [
        LINE.format(number=n, point=point, system=system) for n, (point, system) in enumerate((("/", "ext4"), *rows))
    ]
    table.write_text("".join(lines), encoding="utf-8")
    return table


@pytest.mark.fault(19)
@pytest.mark.parametrize("system", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_that_a_folder_on_a_share_is_known_by_its_file_system(tmp_path: Path, system: str) -> None:
    table = mounts(tmp_path, ("/mnt/my\\040hall", system))
    assert share.network_system(Path("/mnt/my hall/desk/data"), table) == system
    assert share.network_system(Path("/mnt/my hallway"), table) == ""


@pytest.mark.parametrize("system", ["ext4", "tmpfs", "overlay", "fuse.ntfs-3g", "9p"])
def test_that_a_disk_of_this_machine_is_none(tmp_path: Path, system: str) -> None:
    assert share.network_system(Path("/mnt/disk/data"), mounts(tmp_path, ("/mnt/disk", system))) == ""


def test_that_the_mount_that_covers_the_others_counts(tmp_path: Path) -> None:
    table = mounts(tmp_path, ("/home", "nfs"), ("/home/officer", "ext4"), ("/srv", "ext4"), ("/srv", "nfs4"))
    assert share.network_system(Path("/home/officer/data"), table) == ""
    assert share.network_system(Path("/home/data"), table) == "nfs"
    assert share.network_system(Path("/srv/data"), table) == "nfs4"


def test_that_a_link_to_a_share_is_followed(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    table = mounts(tmp_path, (str(tmp_path / "share"), "cifs"))
    assert share.network_system(tmp_path / "link" / "not made yet", table) == "cifs"


def test_that_a_table_that_is_none_refuses_nobody(tmp_path: Path) -> None:
    assert share.network_system(tmp_path, tmp_path / "missing") == ""
    (tmp_path / "odd").write_bytes(b"\xff\n1 2 3\n - nfs\n")
    assert share.network_system(tmp_path, tmp_path / "odd") == ""


@pytest.mark.fault(19)
def test_that_a_desk_on_a_share_does_not_open_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    monkeypatch.setattr(share, "MOUNTS", mounts(tmp_path, (str(data_dir), "nfs4")))
    with pytest.raises(StorageError) as caught:
        open_engines(Plan(data_dir, ("https://centre.invalid",), bytes(32)), lambda _: None, lambda _: None)
    assert caught.value.code == "storage.network_share"
    assert dict(caught.value.params) == {"path": str(data_dir), "system": "nfs4"}
    assert list(data_dir.iterdir()) == []
