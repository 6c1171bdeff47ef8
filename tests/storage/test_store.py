"""Opening the two files, and what happens to damaged ones."""

import os
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from storage.engine import REBUILDABLE, Database
from storage.errors import StorageError
from storage.records import OrderQuery
from storage.store import Store, open_store
from tests.storage.objects import KEY, cursor, order_json, project, upsert


def write_something(data_dir: Path, target: str = "o1") -> None:
    store = open_store(data_dir, KEY, project)
    orders = [upsert(n, f"o{n}", order_json(description="描述" * 200)) for n in range(1, 50)]
    store.cache.apply(orders, cursor(50))
    for n in range(20):
        store.duty.enqueue(
            lambda _device, _seq: b'{"text": "' + b"x" * 3_000 + b'"}', "work_order", target, "note", f"op{n}"
        )
    store.close()


def damage(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * 4096 + 50)
        file.write(os.urandom(100))


def leave_unclean(data_dir: Path) -> None:
    """As after a kill: the process is gone, the mark is there."""
    with (data_dir / "instance.lock").open("r+b") as file:
        file.truncate(2)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_that_a_fresh_directory_is_private_and_opens_again(data_dir: Path) -> None:
    write_something(data_dir)
    if os.name == "posix":
        assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
        for path in data_dir.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path.name
    store = open_store(data_dir, KEY, project)
    assert (store.notices, store.cache.order_count(OrderQuery())) == ((), 49)
    assert {path.name for path in data_dir.iterdir()} >= {"cache.db", "duty.db"}
    store.close()
    assert not (data_dir / "cache.db-wal").exists()


@pytest.mark.fault(18)
def test_that_a_second_desk_on_the_same_directory_is_refused(data_dir: Path) -> None:
    store = open_store(data_dir, KEY, project)
    program = """
        import sys
        from pathlib import Path
        from storage.errors import StorageError
        from storage.store import open_store
        from tests.storage.objects import KEY, project
        try:
            open_store(Path(sys.argv[1]), KEY, project)
        except StorageError as error:
            print(error.code, error.params["path"])
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(data_dir)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert answer.split() == ["storage.locked_by_other", str(data_dir)]
    store.close()
    open_store(data_dir, KEY, project).close()


@pytest.mark.expected_log("storage.store", "damaged")
def test_that_a_damaged_cache_is_set_aside_whole_and_begun_anew(data_dir: Path) -> None:
    write_something(data_dir)
    damage(data_dir / "cache.db", 0)
    store = open_store(data_dir, KEY, project)
    assert_rebuilt(store, data_dir)


@pytest.mark.fault(13)
@pytest.mark.expected_log("storage.store", "damaged")
@pytest.mark.parametrize("page", [0, 6])
def test_that_damage_inside_the_cache_is_found_after_an_unclean_stop(data_dir: Path, page: int) -> None:
    write_something(data_dir)
    damage(data_dir / "cache.db", page)
    leave_unclean(data_dir)
    assert_rebuilt(open_store(data_dir, KEY, project), data_dir)


@pytest.mark.expected_log("storage.store", "beginning anew")
def test_that_damage_met_while_opening_is_dealt_with(data_dir: Path) -> None:
    write_something(data_dir)
    pages = (data_dir / "cache.db").stat().st_size // 4096
    for page in range(pages * 2 // 3, pages):
        damage(data_dir / "cache.db", page)
    assert_rebuilt(open_store(data_dir, KEY, project), data_dir)  # projecting o1 anew reads its row


@pytest.mark.fault(13)
@pytest.mark.expected_log("storage.store", "found damaged")
def test_that_damage_met_while_the_desk_runs_is_a_fault_and_the_next_start_is_fresh(data_dir: Path) -> None:
    write_something(data_dir, target="nowhere")
    store = open_store(data_dir, KEY, project)
    plans = [upsert(50 + n, f"p{n}", order_json(text="预案" * 900), kind="plan") for n in range(200)]
    store.cache.apply(plans, cursor(250))
    store.close()
    pages = (data_dir / "cache.db").stat().st_size // 4096
    for page in range(pages - 8, pages):  # of the last plans; what is read at opening stands before them
        damage(data_dir / "cache.db", page)
    store = open_store(data_dir, KEY, project)  # a clean stop: nothing is checked
    with pytest.raises(StorageError) as caught:
        store.cache.all("plan")
    assert caught.value.code == "storage.corrupt"
    assert store.duty.counts().queued == 20
    store.close()
    store = open_store(data_dir, KEY, project)
    assert (store.notices, store.cache.cursor(), store.duty.counts().queued) == ((), None, 20)
    store.close()
    assert len(list((data_dir / "quarantine").iterdir())) == 1


def assert_rebuilt(store: Store, data_dir: Path) -> None:
    try:
        notice = store.notices[-1]
        assert notice.code == "storage.cache_rebuilt"
        assert (Path(str(notice.params["path"])) / "cache.db").stat().st_size > 4096
        assert Path(str(notice.params["path"])).parent == data_dir / "quarantine"
        assert store.cache.cursor() is None
        assert store.duty.counts().queued == 20
        store.cache.apply([upsert(1, "o1", order_json())], cursor(1))
        record = store.cache.get("work_order", "o1")
        assert record is not None
        assert record.pending == 20
    finally:
        store.close()


@pytest.mark.expected_log("storage.duty.restore", "damaged as well")
def test_that_an_outbox_of_which_nothing_is_left_stays_exactly_as_it_is(data_dir: Path) -> None:
    write_something(data_dir)
    damage(data_dir / "duty.db", 0)
    for copy in (data_dir / "backups").iterdir():
        damage(copy, 1)
    before = (data_dir / "duty.db").read_bytes()
    files = sorted(path.name for path in data_dir.iterdir())
    for _ in range(2):
        with pytest.raises(StorageError) as caught:
            open_store(data_dir, KEY, project)
        assert (caught.value.code, caught.value.params["path"]) == ("storage.duty_corrupt", str(data_dir / "duty.db"))
    assert (data_dir / "duty.db").read_bytes() == before
    assert sorted(path.name for path in data_dir.iterdir()) == files


@pytest.mark.expected_log("storage.duty.journal", "damaged")
def test_that_a_wrong_key_touches_neither_file(data_dir: Path) -> None:
    write_something(data_dir)
    before = [(data_dir / name).read_bytes() for name in ("duty.db", "cache.db")]
    with pytest.raises(StorageError, match=r"storage\.wrong_key"):
        open_store(data_dir, bytes(32), project)
    assert [(data_dir / name).read_bytes() for name in ("duty.db", "cache.db")] == before
    open_store(data_dir, KEY, project).close()


@pytest.mark.fault(22)
@pytest.mark.parametrize("name", ["duty.db", "cache.db"])
def test_that_files_of_a_newer_program_are_refused(data_dir: Path, name: str) -> None:
    write_something(data_dir)
    database = Database(data_dir / name, KEY, REBUILDABLE)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    database.close()
    with pytest.raises(StorageError) as caught:
        open_store(data_dir, KEY, project)
    assert (caught.value.code, caught.value.params["file"]) == ("storage.newer_schema", name)


def test_that_an_unclean_stop_is_noticed_once(data_dir: Path) -> None:
    write_something(data_dir)
    leave_unclean(data_dir)
    for codes in (["storage.unclean_stop"], []):
        store = open_store(data_dir, KEY, project)
        assert [notice.code for notice in store.notices] == codes
        store.close()


@pytest.mark.fault(12)
@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is read-only for root")
def test_that_a_read_only_directory_is_a_fault(data_dir: Path) -> None:
    data_dir.mkdir(mode=0o500)
    with pytest.raises(StorageError, match=r"storage\.readonly"):
        open_store(data_dir / "inside", KEY, project)


def test_that_a_file_where_the_directory_should_be_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(StorageError, match=r"storage\.io"):
        open_store(tmp_path / "data", KEY, project)
