"""A second witness of every operation: what `duty.db` loses with its log, or by an old copy in its place, is here.

Each operation is sealed (AES-256-GCM) and on the disk here before it is committed there. The journal holds what was
written since the oldest of the rolling copies was made; a new file of it begins with each copy. A record that was
damaged is passed over: then the database alone has that operation.
"""

import json
import logging
import os
import secrets
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from struct import Struct
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import StorageError
from storage.faults import fault_of_os
from storage.files.vault import derive
from storage.records import OpRecord

log = logging.getLogger(__name__)

FOLDER = "journal"
FILES_KEPT = 4
"""One more than there are copies: the oldest of them may be the one that is used."""
_MARK = b"WFJ1"
_HEAD = Struct(">4s12sI")
"""Mark, nonce, length of what is sealed."""
_LARGEST = 16 * 1024 * 1024
_BYTES = ("payload", "outcome")


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What the journal knows: operations by id, but for those taken back; and how many of its records are damaged."""

    ops: dict[str, OpRecord]
    damaged: int

    @property
    def highest(self) -> int:
        """The highest number it knows of, 0 for none."""
        return max((op.device_seq for op in self.ops.values()), default=0)


class Journal:
    """Appends to the newest file. Safe to use from several threads."""

    def __init__(self, data_dir: Path, key: bytes) -> None:
        """Use the journal of a data directory; its key is derived from that of the databases."""
        self._folder = data_dir / FOLDER
        self._cipher = AESGCM(derive(key, b"journal"))
        self._lock = threading.Lock()
        self._begun = False

    def append(self, ops: Iterable[OpRecord]) -> None:
        """Write operations down; they are on the disk when this returns.

        Raises:
            StorageError: storage.full, .io, .readonly.
        """
        self._write([asdict(op) | {name: b64encode(getattr(op, name)).decode() for name in _BYTES} for op in ops])

    def take_back(self, op_ids: Iterable[str]) -> None:
        """Note that operations were not written down after all: the officer was told so. Best effort."""
        try:
            self._write([{"op_id": op_id, "taken_back": True} for op_id in op_ids])
        except StorageError as fault:  # the fault that led here is the one to be told
            log.warning("an operation that was not saved stays in the journal: %s", fault)

    def turn_over(self) -> None:
        """Begin a new file: a copy of the database was made. The oldest ones go.

        Raises:
            StorageError: storage.io, .readonly.
        """
        with self._lock:
            self._begun = False
            try:
                for old in self._files()[:-FILES_KEPT]:
                    old.unlink()
            except OSError as error:
                raise fault_of_os(error, self._folder) from error

    def read(self) -> Witnessed:
        """Return what is there.

        Raises:
            StorageError: storage.io, .readonly.
        """
        ops: dict[str, OpRecord] = {}
        damaged = 0
        for path in self._files():
            try:
                data = path.read_bytes()
            except OSError as error:
                raise fault_of_os(error, path) from error
            records, bad = self._records(data, path.name.encode())
            damaged += bad
            for record in records:
                if record.pop("taken_back", False):
                    ops.pop(record["op_id"], None)
                else:
                    op = OpRecord(**record | {name: b64decode(record[name]) for name in _BYTES})
                    ops[op.op_id] = op
        if damaged:
            log.warning("%d records of the journal are damaged", damaged)
        return Witnessed(ops, damaged)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.jrn"))

    def _write(self, records: list[dict[str, Any]]) -> None:
        try:
            with self._lock:
                path = self._current()
                with path.open("ab") as file:
                    file.write(b"".join([self._sealed(record, path) for record in records]))
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            self._begun = False  # what the system says of this file afterwards is not to be believed: take another one
            raise fault_of_os(error, self._folder) from error

    def _sealed(self, record: dict[str, Any], path: Path) -> bytes:
        nonce = secrets.token_bytes(12)
        sealed = self._cipher.encrypt(nonce, json.dumps(record).encode(), path.name.encode())
        return _HEAD.pack(_MARK, nonce, len(sealed)) + sealed

    def _current(self) -> Path:
        files = self._files()
        if files and self._begun:
            return files[-1]
        # A new file with each run too: the end of the last one may be torn.
        self._folder.mkdir(mode=0o700, exist_ok=True)
        path = self._folder / f"{int(files[-1].stem) + 1 if files else 1:08d}.jrn"
        path.touch(mode=0o600)
        if os.name == "posix":
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)  # the name of a file is on the disk only with its folder
            finally:
                os.close(folder)
        self._begun = True
        return path

    def _records(self, data: bytes, name: bytes) -> tuple[list[dict[str, Any]], int]:
        """Return the records of one file that are whole, and how many are not; a torn end is no damage."""
        found: list[dict[str, Any]] = []
        place = damaged = 0
        while place + _HEAD.size <= len(data):
            mark, nonce, length = _HEAD.unpack_from(data, place)
            end = place + _HEAD.size + length
            if mark == _MARK and length <= _LARGEST and end <= len(data):
                try:
                    found.append(json.loads(self._cipher.decrypt(nonce, data[place + _HEAD.size : end], name)))
                    place = end
                    continue
                except InvalidTag:
                    pass
            following = data.find(_MARK, place + 1)
            if following < 0:
                break
            damaged += 1
            place = following
        return found, damaged
