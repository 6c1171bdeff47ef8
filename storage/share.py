"""Tells a folder on a network share from one of this machine.

A write-ahead log needs locks and shared memory that only one machine's kernel can give, and an `fsync` that means the
disk. Shares promise these and do not keep them, and the file is damaged long before anything fails: so they are refused
before anything is written.
"""

import re
import sys
from pathlib import Path

from storage.errors import StorageError

MOUNTS = Path("/proc/self/mountinfo")
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOTE = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "lustre", "beegfs", "davfs"}
)
_REMOTE_FUSE = frozenset(
    {"sshfs", "davfs2", "glusterfs", "rclone", "s3fs", "gvfsd-fuse", "smbnetfs", "ceph", "moosefs"}
)
"""9p and virtiofs are left out: beneath a virtual machine they mostly lead to the disk of the same box."""


def refuse_share(folder: Path) -> None:
    """Raise if `folder`, or where it will be made, is on a network share.

    Raises:
        StorageError: storage.network_share (path, system).
    """
    system = network_system(folder)
    if system:
        raise StorageError("storage.network_share", {"path": str(folder), "system": system})


def network_system(folder: Path, mounts: Path | None = None) -> str:
    """Return the name of the network file system that `folder` is on; "" if it is on none, or that cannot be told."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        drive_remote = 4
        anchor = folder.absolute().anchor
        return "smb" if ctypes.windll.kernel32.GetDriveTypeW(anchor) == drive_remote else ""
    try:
        table = (mounts or MOUNTS).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    system = _system_of(folder.resolve(), table)
    kind, _, name = system.partition(".")
    return system if system in _REMOTE or (kind == "fuse" and name in _REMOTE_FUSE) else ""


def _system_of(folder: Path, table: str) -> str:
    """Return the type of the mount nearest above `folder`; of several on one place the last covers the others."""
    best, found = -1, ""
    for line in table.splitlines():
        place, _, origin = line.partition(" - ")
        fields = place.split(" ")
        if len(fields) < 5 or not origin:
            continue
        point = Path(_OCTAL.sub(_character, fields[4]))
        depth = len(point.parts)
        if depth >= best and folder.is_relative_to(point):
            best, found = depth, origin.split(" ")[0]
    return found


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 8))
