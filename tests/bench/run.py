"""Runs the benchmarks: ``python -m tests.bench.run [name …]``, where a name is the ``apply`` of ``bench_apply.py``.

Each ``bench_<name>.py`` has one function ``measure() -> list[Measurement]`` and runs in a process of its own, so that
none inherits another's threads or memory. The numbers go to ``build/bench/<name>.json`` and into a table. Exit
codes: 0 all bars met, 1 a bar missed or a benchmark failed, 2 no such benchmark.
"""

import importlib
import json
import subprocess
import sys
from pathlib import Path

from tests.bench import machine
from tests.bench.measurement import Measurement

FOLDER = Path(__file__).parent
RESULTS = FOLDER.parents[1] / "build" / "bench"
DEADLINE_S = 300.0

Row = dict[str, str | float | bool | None]


def available() -> list[str]:
    """Names of the benchmarks, in order."""
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def as_row(measurement: Measurement) -> Row:
    """The form that is written to the file."""
    return {
        "name": measurement.name,
        "value": measurement.value,
        "unit": measurement.unit,
        "bar": measurement.bar.value if measurement.bar else None,
        "limit": measurement.limit,
        "peer": measurement.peer,
        "ok": measurement.ok,
        "note": measurement.note,
    }


def measure_here(name: str) -> None:
    """Run one benchmark in this process and write its file."""
    module = importlib.import_module(f"tests.bench.bench_{name}")
    rows = [as_row(measurement) for measurement in module.measure()]
    (RESULTS / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", "utf-8")


def deadline_s(name: str) -> float:
    """How long a benchmark may take: five minutes, or what it says itself in `BENCH_DEADLINE_S`."""
    return float(getattr(importlib.import_module(f"tests.bench.bench_{name}"), "BENCH_DEADLINE_S", DEADLINE_S))


def measure_apart(name: str) -> list[Row] | None:
    """Run one benchmark in a process of its own; None when it failed."""
    result = RESULTS / f"{name}.json"
    result.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.bench.run", "--here", name]
    try:
        subprocess.run(command, cwd=FOLDER.parents[1], check=True, timeout=deadline_s(name), stdin=subprocess.DEVNULL)
    except subprocess.SubprocessError as fault:
        print(f"{name}: {fault}", file=sys.stderr)
        return None
    rows: list[Row] = json.loads(result.read_text("utf-8"))
    return rows


def number(value: object) -> str:
    """Three figures are what a measurement on a shared machine is worth."""
    if not isinstance(value, int | float):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def line(row: Row) -> str:
    """One row of the table."""
    bar = f"{row['bar']} {number(row['limit'])}" if row["bar"] else "–"
    verdict = {True: "ok", False: "MISSED", None: ""}[row["ok"]]  # type: ignore[index]
    cells = f"{number(row['value']):>9} {row['unit']!s:<12} {bar:>9} {number(row['peer']):>9}"
    return f"{row['name']!s:<58} {cells}  {verdict}"


def main(arguments: list[str]) -> int:
    """Run the named benchmarks, or all."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    if arguments[:1] == ["--here"]:
        measure_here(arguments[1])
        return 0
    names = arguments or available()
    if unknown := sorted(set(names) - set(available())):
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(available())}", file=sys.stderr)
        return 2
    here = machine.describe()
    (RESULTS / "machine.json").write_text(json.dumps(here, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print("  ".join(f"{key}: {value}" for key, value in here.items()))
    print(f"{'':<58} {'measured':>9} {'':<12} {'bar':>9} {'peer':>9}")
    results = {name: measure_apart(name) for name in names}
    rows = [row for result in results.values() for row in result or []]
    for row in rows:
        print(line(row))
    failed = [name for name, result in results.items() if result is None]
    missed = [row for row in rows if row["ok"] is False]
    print(f"{len(rows)} measured, {len(missed)} below their bar, {len(failed)} benchmarks failed")
    return 1 if missed or failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
