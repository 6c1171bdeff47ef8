"""Faults of the storage layer as data; the shape is that of every fault of the program (code, params, detail).

| code | params | meaning |
|---|---|---|
| storage.full | file | the disk is full |
| storage.io | file | the disk answered with an error |
| storage.corrupt | file | pages fail their authentication or are malformed |
| storage.duty_corrupt | path | the precious file is damaged beyond repair; it was left where it is |
| storage.duty_restored | path, salvaged | a notice: it was damaged and is whole again; the damaged one is at path |
| storage.duty_restored_gaps | path, salvaged, missing, numbers | a notice: operations with these numbers are lost |
| storage.duty_restored_open | path, salvaged, missing, numbers | a notice: and newer ones may be lost |
| storage.duty_replayed | count | a notice: operations the file had lost are back, from the journal |
| storage.duty_went_back | count | a notice: the file was an older copy; what it lacked is back, from the journal |
| storage.low_space | free_mb, path | a notice: the disk is nearly full |
| storage.wrong_key | file | the key does not open this file |
| storage.readonly | path | the data directory cannot be written |
| storage.newer_schema | file, found, known | written by a newer program |
| storage.busy | file | another connection held the write lock too long |
| storage.locked_by_other | path | another process of ours has this data directory open |
| storage.network_share | path, system | the data directory is on a network share |
| storage.no_wal | file | the file system cannot do WAL (a network share) |
| storage.old_sqlite | found, needed | the SQLite library is inside the WAL-reset corruption range |
| storage.queue_full | cap | the storage worker has too much to do |
| storage.timeout | seconds | the storage worker did not answer in time |
| storage.closed | – | the storage worker no longer takes work |
| storage.outbox_full | cap | too many operations wait to be sent |
| storage.other_epoch | – | changes of another centre or epoch than the cache's |
| storage.snapshot_incomplete | kind, expected, found | a snapshot does not hold what the centre counted |
| storage.snapshot_missing | – | there is no snapshot under way |
| storage.snapshot_older | – | a snapshot would take the cache back within one epoch |
| attachment.no_room | mib | too little is left on the disk for attachments |
| attachment.unreadable | file | an attachment on this machine is damaged |
| keys.no_keyring | reason | no usable keyring: absent, locked, timeout or failed |
| keys.no_passphrase | – | the key has only a passphrase, and nobody gave it |
| keys.lost | reason | the key is gone (missing, changed or no_key_file) and no passphrase was set |
| keys.wrong_passphrase | attempts | the passphrase does not open the key |
| keys.passphrase_too_short | minimum | a new passphrase is too short |
| keys.slot_damaged | path | the key file cannot be used |
"""

from collections.abc import Mapping
from types import MappingProxyType


class StorageError(Exception):
    """A known fault of disk, database or keyring. Bugs of ours are raised as what they are.

    Attributes:
        code: Stable dotted name from the table above.
        params: Placeholders of the fault's words; never personal data, never a secret.
        retryable: Whether the same call may succeed later without anybody changing anything.
        detail: For the log, not for the screen.
    """

    def __init__(
        self,
        code: str,
        params: Mapping[str, str | int | float] | None = None,
        detail: str = "",
        *,
        retryable: bool = False,
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.params: Mapping[str, str | int | float] = MappingProxyType(dict(params or {}))
        self.retryable = retryable
        self.detail = detail
