"""Names of departments and modules by their ids, and the working calendars: small tables that every row needs."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from desktop.central.lenient import read_as
from desktop.central.schema import Calendar, Department, GridCell, Module
from desktop.domain.calendars import WorkingCalendar, read_hours
from storage.records import Record
from storage.words import pinyin_initials

_LONGEST_IDLE_MIN = 525_600
"""A year: what a limit beyond that means is no limit that anybody meant."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Named:
    """A department or module as the screen names it."""

    id: str
    name: str
    short: str
    initials: str = ""
    lead: str = ""
    cooperating: tuple[str, ...] = ()
    takes_orders: bool = True
    idle: timedelta = timedelta(0)


class Directory:
    """Id to name; an id nobody has named yet is shown as it is."""

    KINDS = ("department", "module", "calendar", "grid_cell")

    def __init__(self) -> None:
        self._departments: dict[str, Named] = {}
        self._modules: dict[str, Named] = {}
        self._calendars: dict[str, WorkingCalendar] = {}
        self._cells: dict[str, dict[str, str]] = {}
        self._cell_names: dict[str, str] = {}

    def load(self, kind: str, records: list[Record]) -> None:
        """Take all records of one of `KINDS`."""
        match kind:
            case "department":
                self._load_departments(records)
            case "module":
                self._load_modules(records)
            case "grid_cell":
                cells = {record.id: read_as(GridCell, record.data) for record in records}
                self._cells = {cell: read.leads for cell, read in cells.items() if read.leads}
                self._cell_names = {cell: read.name for cell, read in cells.items() if read.name}
            case _:
                self._calendars = {record.id: read for record in records if (read := _calendar(record)) is not None}

    def department(self, department_id: str) -> str:
        """Short name of a department."""
        found = self._departments.get(department_id)
        return found.short if found else department_id

    def idle_limit(self, department_id: str) -> timedelta:
        """How long an order may lie with a department untouched; nothing where no limit is laid down."""
        found = self._departments.get(department_id)
        return found.idle if found else timedelta(0)

    def cell(self, cell_id: str) -> str:
        """Name of a grid cell."""
        return self._cell_names.get(cell_id, cell_id)

    def idle_since(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """Return departments with an idle limit, and since when an order of theirs counts as untouched at `now`."""
        return tuple((id_, (now - unit.idle).isoformat()) for id_, unit in self._departments.items() if unit.idle)

    def module(self, module_id: str) -> str:
        """Name of a module."""
        found = self._modules.get(module_id)
        return found.name if found else module_id

    def lead_of(self, module_id: str) -> str:
        """Id of the department that leads a module, or ""."""
        found = self._modules.get(module_id)
        return found.lead if found else ""

    def cooperating_of(self, module_id: str) -> tuple[str, ...]:
        """Ids of the departments that cooperate in a module."""
        found = self._modules.get(module_id)
        return found.cooperating if found else ()

    def lead_here(self, cell_id: str, module_id: str) -> str:
        """Id of the department that leads a module in this grid cell by the grid's own table, or ""."""
        return self._cells.get(cell_id, {}).get(module_id, "")

    def modules(self) -> list[Named]:
        """Modules, in the centre's order."""
        return list(self._modules.values())

    def calendar(self, calendar_id: str) -> WorkingCalendar | None:
        """Return a working calendar; None for "" (around the clock) and for one that is not known or not readable."""
        return self._calendars.get(calendar_id)

    def units(self) -> list[Named]:
        """Departments that take orders, in the centre's order."""
        return [named for named in self._departments.values() if named.takes_orders]

    def _load_departments(self, records: list[Record]) -> None:
        self._departments = {}
        for record in records:
            read = read_as(Department, record.data)
            name = read.name or record.id
            self._departments[record.id] = Named(
                record.id,
                name,
                read.short or name,
                _found_by(name, read.short),
                takes_orders=read.unit,
                idle=timedelta(minutes=max(0, min(read.idle_minutes, _LONGEST_IDLE_MIN))),
            )

    def _load_modules(self, records: list[Record]) -> None:
        self._modules = {}
        for record in records:
            read = read_as(Module, record.data)
            name = read.name or record.id
            self._modules[record.id] = Named(
                record.id,
                name,
                name,
                pinyin_initials(name),
                lead=read.lead_department,
                cooperating=tuple(read.departments),
            )


def _found_by(name: str, short: str) -> str:
    """Return what a department is found by besides its name: its short name, and the initials of both."""
    return " ".join(dict.fromkeys(part for part in (pinyin_initials(name), short, pinyin_initials(short)) if part))


def _calendar(record: Record) -> WorkingCalendar | None:
    read = read_as(Calendar, record.data)
    try:
        return WorkingCalendar(
            zone=timezone(timedelta(minutes=read.utc_offset_minutes)),
            hours=read_hours(read.hours),
            weekdays=frozenset(read.weekdays),
            holidays=frozenset(map(date.fromisoformat, read.holidays)),
            workdays=frozenset(map(date.fromisoformat, read.workdays)),
            name=read.name,
        )
    except (ValueError, OverflowError):
        _log.warning("the calendar %s cannot be read; limits that use it are not explained", record.id)
        return None
