"""Processes that write until they are killed.

One parent imports everything once and forks a victim for each cycle, so that a cycle costs milliseconds. A victim has
no threads when it is forked and opens the store itself.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from storage.store import Store, open_store
from tests.storage.objects import KEY, cursor, item, order_json, project


def enqueue_for_ever(store: Store, cycle: int) -> None:
    """Say ``op_id device_seq`` of each operation once it is acknowledged."""
    for n in range(cycle * 100_000, (cycle + 1) * 100_000):
        op = store.duty.enqueue(lambda _device, seq: b"%d" % seq, "work_order", f"o{n % 7}", "note", f"op{n}")
        print(op.op_id, op.device_seq, flush=True)


def snapshot_for_ever(store: Store, cycle: int) -> None:
    """Say the log position of each snapshot once it is in. Positions grow over the cycles."""
    for lsn in range(cycle * 100_000 + 1, (cycle + 1) * 100_000):
        store.cache.begin_snapshot(lsn, "e1", "hall")
        for page in range(4):
            rows = [item(f"o{n}", lsn, order_json(number=f"{lsn}")) for n in range(page * 25, page * 25 + 25)]
            store.cache.add_snapshot_page(page, rows)
        store.cache.commit_snapshot(cursor(lsn), {"work_order": 100})
        print(lsn, flush=True)


def kill_after(work: str, data_dir: Path, answers: list[int]) -> Iterator[list[str]]:
    """Run `work` once for each number in `answers`, kill it after so many lines; yield all it said."""
    command = [sys.executable, "-m", "tests.storage.victims", work, str(data_dir), str(len(answers))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdin is not None
        try:
            for wanted in answers:
                parent.stdin.write("next\n")
                parent.stdin.flush()
                victim = int(parent.stdout.readline())
                said = [parent.stdout.readline() for _ in range(wanted)]
                os.kill(victim, signal.SIGKILL)
                while (line := parent.stdout.readline()) != "dead\n":
                    said.append(line)
                yield said
        finally:
            parent.kill()


def main(work: Callable[[Store, int], None], data_dir: Path, cycles: int) -> None:
    """Fork a victim for each line on standard input."""
    for cycle in range(cycles):
        sys.stdin.readline()
        victim = os.fork()
        if victim == 0:
            print(os.getpid(), flush=True)
            work(open_store(data_dir, KEY, project), cycle)
        os.waitpid(victim, 0)
        print("dead", flush=True)


if __name__ == "__main__":
    main({"enqueue": enqueue_for_ever, "snapshot": snapshot_for_ever}[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3]))
