"""A PostgreSQL server of one's own for as long as the tests run: no network, no password, nothing left behind."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEADLINE_S = 60
_USER = "postgres"


def tool(name: str) -> str | None:
    """Return a program of PostgreSQL; Debian keeps them out of the search path."""
    found = [shutil.which(name), *sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)]
    return next((str(path) for path in found if path), None)


def missing() -> str:
    """Say why there can be no server here, or nothing if there can be one."""
    if os.name != "posix" or not all(map(tool, ("initdb", "pg_ctl"))):
        return "PostgreSQL is not installed (installer/setup.sh test installs it)"
    if os.geteuid() == 0 and not _unprivileged():
        return "PostgreSQL refuses to run as root, and there is no other user to run it as"
    return ""


@contextmanager
def server() -> Iterator[str]:
    """Start a server on a socket in a folder of its own; give the folder, which is its address."""
    # Not in pytest's folder, which other users cannot enter; and short, for a socket's name has 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="wf-pg-"))
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            entry = pwd.getpwnam(_USER)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        _run("initdb", "-D", str(data), "-U", "drill", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale", "C")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60"
        _run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            yield str(folder)
        finally:
            _run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def url(address: str, database: str = "postgres") -> str:
    """Return what the drill centre is told."""
    return f"postgresql+psycopg://drill@/{database}?host={address}"


def _run(name: str, *arguments: str) -> None:
    program = tool(name)
    assert program is not None
    prefix = ("runuser", "-u", _USER, "--") if os.geteuid() == 0 else ()
    # A file and not a pipe: the server inherits it, and a pipe would never end.
    with tempfile.TemporaryFile("w+") as said:
        ended = subprocess.run(
            [*prefix, program, *arguments], stdout=said, stderr=said, timeout=DEADLINE_S, check=False, cwd="/"
        )
        said.seek(0)
        assert ended.returncode == 0, said.read()


def _unprivileged() -> bool:
    try:
        pwd.getpwnam(_USER)
    except KeyError:
        return False
    return shutil.which("runuser") is not None
