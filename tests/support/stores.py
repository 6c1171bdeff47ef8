"""The two databases of a desk as the first start makes them, to be copied: making them costs more than most tests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.sync.overlay import project
from storage.store import open_store

LayOut = Callable[[Path, bytes], Path]
"""Puts empty databases, encrypted with a key, into a folder; returns the folder."""


@pytest.fixture(scope="session")
def lay_out_store(tmp_path_factory: pytest.TempPathFactory) -> LayOut:
    """Make each key's databases once, through every step of the schema."""
    made: dict[bytes, Path] = {}

    def lay_out(data_dir: Path, key: bytes) -> Path:
        if key not in made:
            made[key] = tmp_path_factory.mktemp("store")
            open_store(made[key], key, project).close()
        return Path(shutil.copytree(made[key], data_dir, dirs_exist_ok=True))

    return lay_out
