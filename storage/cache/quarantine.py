"""Records of the centre that could not be read, set aside for whoever looks into it."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select

from storage.cache.tables import quarantine

CAP = 1_000
"""The newest are kept."""
SAMPLE_BYTES = 64 * 1024
"""So much of each."""


def set_aside(connection: Connection, kind: str, id: str, data: bytes, fault: str) -> None:  # noqa: A002
    """Keep a sample of a bad record; beyond the cap the oldest goes."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        insert(quarantine).values(kind=kind, id=id, data=data[:SAMPLE_BYTES], fault=fault, at=at),
    )
    newest = select(func.max(quarantine.c.n)).scalar_subquery()
    connection.execute(delete(quarantine).where(quarantine.c.n <= newest - CAP))
