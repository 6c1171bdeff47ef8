"""Data files of the product and the one door to them."""

from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

__all__ = ["as_file", "resource", "resource_path"]


def resource(name: str) -> Traversable:
    """Return the data file ``name`` (for example ``"themes/tokens.dark.json"``).

    Raises:
        FileNotFoundError: there is no such file in the installed program.
    """
    found = files(__name__).joinpath(name)
    if not found.is_file():
        raise FileNotFoundError(f"resource {name!r} is not installed")
    return found


def resource_path(name: str) -> Path:
    """Return ``name`` as a real path, for libraries that open files themselves.

    The product is always installed unpacked (wheel or one-folder bundle), so the path is stable.
    """
    return Path(str(resource(name)))
