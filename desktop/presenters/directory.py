"""Names of departments, modules and officers by their ids, as small tables that every row needs."""

from dataclasses import dataclass

from desktop.central.lenient import read_as
from desktop.central.schema import Department, Module
from storage.records import Record
from storage.words import pinyin_initials


@dataclass(frozen=True, slots=True)
class Named:
    """A department or module as the screen names it."""

    id: str
    name: str
    short: str
    initials: str = ""
    lead: str = ""
    takes_orders: bool = True


class Directory:
    """Id to name; an id nobody has named yet is shown as it is."""

    KINDS = ("department", "module")

    def __init__(self) -> None:
        self._departments: dict[str, Named] = {}
        self._modules: dict[str, Named] = {}

    def load(self, kind: str, records: list[Record]) -> None:
        """Take all records of one of `KINDS`."""
        if kind == "department":
            self._load_departments(records)
        else:
            self._load_modules(records)

    def department(self, department_id: str) -> str:
        """Short name of a department."""
        found = self._departments.get(department_id)
        return found.short if found else department_id

    def module(self, module_id: str) -> str:
        """Name of a module."""
        found = self._modules.get(module_id)
        return found.name if found else module_id

    def lead_of(self, module_id: str) -> str:
        """Id of the department that leads a module, or ""."""
        found = self._modules.get(module_id)
        return found.lead if found else ""

    def units(self) -> list[Named]:
        """Departments that take orders, in the centre's order."""
        return [named for named in self._departments.values() if named.takes_orders]

    def _load_departments(self, records: list[Record]) -> None:
        self._departments = {}
        for record in records:
            read = read_as(Department, record.data)
            name = read.name or record.id
            self._departments[record.id] = Named(
                record.id, name, read.short or name, pinyin_initials(name), takes_orders=read.unit
            )

    def _load_modules(self, records: list[Record]) -> None:
        self._modules = {}
        for record in records:
            read = read_as(Module, record.data)
            name = read.name or record.id
            self._modules[record.id] = Named(record.id, name, name, pinyin_initials(name), lead=read.lead_department)
