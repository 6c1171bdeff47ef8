"""Schema steps: the newest is what the program writes, rows come along, nothing newer is touched."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from storage import migrate as migrate_module
from storage.cache import tables as cache_tables
from storage.duty import tables as duty_tables
from storage.duty.duty import Duty
from storage.engine import PRECIOUS, Database
from storage.errors import StorageError
from storage.migrate import migrate
from tests.storage.objects import KEY

BRANCHES = [("cache", cache_tables.METADATA, cache_tables.HEAD), ("duty", duty_tables.METADATA, duty_tables.HEAD)]
NEXT_STEP = '''
"""A step of a later program, for the test."""
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None

def upgrade():
    op.add_column("setting", sa.Column("changed_at", sa.Text, server_default="never", nullable=False))
    op.execute("INSERT INTO setting (name, value) VALUES ('by_step', 'yes')")
'''
BROKEN_STEP = NEXT_STEP + "\n    op.execute('SELECT nothing FROM nowhere')\n"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "some.db", KEY, PRECIOUS)
    yield database
    database.close()


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the duty steps that a test may add to."""
    shutil.copytree(str(files("storage.migrations") / "duty"), tmp_path / "steps" / "duty")
    monkeypatch.setattr(migrate_module, "files", lambda _package: tmp_path / "steps")
    return tmp_path / "steps" / "duty" / "versions"


def settings(database: Database) -> list[tuple[Any, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM setting ORDER BY name")]


@pytest.mark.parametrize(("branch", "metadata", "head"), BRANCHES)
def test_that_the_newest_step_makes_the_tables_the_program_knows(
    database: Database, branch: str, metadata: MetaData, head: str
) -> None:
    config = Config()
    config.set_main_option("script_location", str(files("storage.migrations") / branch))
    assert ScriptDirectory.from_config(config).get_heads() == [head]
    migrate(database, branch, head)

    def is_plain(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
        return not (kind == "table" and "_text_" in str(name))

    with database.write() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_plain, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        virtual = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'")
        names = set(virtual.scalars())
    expected = {f"{name}_{shelf}" for name in ("order_text", "camera_text") for shelf in "ab"}
    assert names == (expected if branch == "cache" else set())


def test_that_a_later_step_keeps_the_rows_there_are(database: Database, steps: Path) -> None:
    migrate(database, "duty", "0001")
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('language', 'zh')")
    (steps / "0005_test.py").write_text(NEXT_STEP, encoding="utf-8")
    migrate(database, "duty", "0005")
    assert settings(database) == [("by_step", "yes", "never"), ("language", "zh", "never")]


def test_that_operations_of_an_older_desk_are_adopted_by_the_centre_in_service(database: Database) -> None:
    migrate(database, "duty", "0001")
    with database.write() as connection:
        for table, rest in (("outbox", ""), ("op_log", ", 'covered', '', ''")):
            row = f"?, ?, 'work_order', 'o1', 'note', x'7b7d', 'queued', 0, 0, 0, '', x'', ''{rest}"
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({row})", (len(table), f"of {table}"))
    migrate(database, "duty", "0002")
    duty = Duty(database, lambda: False)
    assert [op.op_id for op in duty.next_batch()] == ["of outbox"]
    duty.serve("hall")
    kept = {name: duty.get(name) for name in ("of outbox", "of op_log")}
    assert {op.centre for op in kept.values() if op} == {"hall"}
    duty.serve("elsewhere")
    assert duty.next_batch() == []


def test_that_orders_of_an_older_cache_are_counted(database: Database) -> None:
    migrate(database, "cache", "0001")
    orders = [("dispatched", 1, 0), ("dispatched", 1, 0), ("dispatched", 1, 1), ("closed", 0, 0)]
    with database.write() as connection:
        for n, (state, is_open, supervised) in enumerate(orders):
            connection.exec_driver_sql(
                "INSERT INTO work_order_b VALUES (?, 'x', 0, 0, 0, '', ?, ?, '', 0, '', '', '', ?, 0, 0, 0, 0, 0)",
                (n, state, is_open, supervised),
            )
    migrate(database, "cache", "0002")
    with database.read() as connection:
        tally = connection.exec_driver_sql("SELECT * FROM order_tally_b ORDER BY state, supervised").all()
        assert tally == [("closed", 0, 0, 1), ("dispatched", 1, 0, 2), ("dispatched", 1, 1, 1)]
        assert connection.exec_driver_sql("SELECT count(*) FROM order_tally_a").scalar() == 0


def test_that_orders_of_an_older_cache_get_their_place_and_owner(database: Database) -> None:
    migrate(database, "cache", "0002")
    objects = [
        (b'{"owner": "o-1", "place": {"grid_cell": "cell-7", "neighbourhood": "\xe4\xb8\x9c"}}', None, 1),
        (b'{"place": "nowhere", "owner": 5}', None, 1),
        (b'{"owner": "o-1"}', b'{"owner": "o-2", "place": {"grid_cell": "cell-8"}}', 0),
    ]
    with database.write() as connection:
        for n, (base, shown, is_open) in enumerate(objects):
            connection.exec_driver_sql(
                "INSERT INTO record_a VALUES (?, 'work_order', ?, 1, 1, 0, ?, ?)", (n, f"o{n}", base, shown)
            )
            connection.exec_driver_sql(
                "INSERT INTO work_order_a VALUES (?, ?, 0, 0, 0, '', '', ?, '', 0, '', 'm1', '', 0, 0, 0, 0, 0, 0)",
                (n, f"o{n}", is_open),
            )
    migrate(database, "cache", "0003")
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT grid_cell, neighbourhood, owner FROM work_order_a ORDER BY n").all()
        assert rows == [("cell-7", "东", "o-1"), ("", "", ""), ("cell-8", "", "o-2")]
        counted = "SELECT value, open, number FROM order_facet_a WHERE facet = ? ORDER BY open, value"
        assert connection.exec_driver_sql(counted, ("module",)).all() == [("m1", 0, 1), ("m1", 1, 2)]
        assert connection.exec_driver_sql(counted, ("grid_cell",)).all() == [
            ("cell-8", 0, 1),
            ("", 1, 1),
            ("cell-7", 1, 1),
        ]


def test_that_orders_of_an_older_cache_get_the_hash_of_their_caller(database: Database) -> None:
    migrate(database, "cache", "0003")
    objects = [b'{"caller": {"hash": "ab12", "phone": "1"}}', b'{"caller": {"hash": 7}}', b'{"caller": "x"}', b"{}"]
    with database.write() as connection:
        for n, base in enumerate(objects):
            connection.exec_driver_sql(
                "INSERT INTO record_a VALUES (?, 'work_order', ?, 1, 1, 0, ?, NULL)", (n, f"o{n}", base)
            )
            connection.exec_driver_sql(
                "INSERT INTO work_order_a VALUES (?, ?, 0, 0, 0, '', '', 1, '', 0, '', '', '', 0, 0, 0, 0, 0, 0, "
                "'', '', '')",
                (n, f"o{n}"),
            )
    migrate(database, "cache", "0004")
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT caller FROM work_order_a ORDER BY n").scalars().all() == [
            "ab12",
            "",
            "",
            "",
        ]


@pytest.mark.fault(7)
def test_that_a_step_that_fails_leaves_the_file_as_it_was(database: Database, steps: Path) -> None:
    migrate(database, "duty", "0001")
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('language', 'zh')")
    (steps / "0005_test.py").write_text(BROKEN_STEP, encoding="utf-8")
    with pytest.raises(Exception, match="nowhere"):
        migrate(database, "duty", "0005")
    assert settings(database) == [("language", "zh")]
    migrate(database, "duty", "0001")  # still the old schema, still usable


@pytest.mark.fault(22)
@pytest.mark.parametrize(("branch", "metadata", "head"), BRANCHES)
def test_that_a_file_of_a_newer_program_is_refused_untouched(
    database: Database, branch: str, metadata: MetaData, head: str
) -> None:
    migrate(database, branch, head)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StorageError) as caught:
        migrate(database, branch, head)
    assert caught.value.code == "storage.newer_schema"
    assert dict(caught.value.params) == {"file": "some.db", "found": "0999", "known": head}
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "0999"
