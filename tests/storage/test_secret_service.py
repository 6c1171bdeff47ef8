"""The real thing: gnome-keyring on a D-Bus of its own, in processes of its own."""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
        reason="needs the Debian packages dbus and gnome-keyring",
    ),
]

PROGRAM = """
    import sys
    from pathlib import Path
    from storage.credentials import SERVICE, Credentials
    from storage.errors import StorageError
    from storage.key_slot import read_key_file
    from storage.keys import obtain_key
    from storage.store import open_store
    from tests.storage.objects import project

    data_dir = Path(sys.argv[1])
    nobody = lambda request: None
    first = obtain_key(data_dir, ask=nobody)
    open_store(data_dir, first.key, project).close()
    again = obtain_key(data_dir, ask=nobody)
    open_store(data_dir, again.key, project).close()
    print(first.source, again.source, first == again, read_key_file(data_dir).keyring)
    Credentials().delete("database-key-" + read_key_file(data_dir).profile)
    try:
        obtain_key(data_dir, ask=nobody)
    except StorageError as error:
        print(error.code, error.params["reason"])
"""

HEADLESS = """
    import sys
    from pathlib import Path
    from storage.errors import StorageError
    from storage.keys import obtain_key

    try:
        obtain_key(Path(sys.argv[1]), ask=lambda request: None, keyring_deadline_s=1)
    except StorageError as error:
        print(error.code, error.params["reason"])
"""


def run(tmp_path: Path, program: str, *, unlocked: bool) -> list[list[str]]:
    """Run a program in a session of its own; return its lines in words."""
    for name in ("home", "run"):
        (tmp_path / name).mkdir(mode=0o700)
    (tmp_path / "program.py").write_text(textwrap.dedent(program), encoding="utf-8")
    unlock = "printf login | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; " if unlocked else ""
    script = f'{unlock}exec "$0" "$@"'
    command = ["dbus-run-session", "--", "sh", "-c", script, sys.executable, str(tmp_path / "program.py")]
    environment = {
        **os.environ,
        "HOME": str(tmp_path / "home"),
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "XDG_DATA_HOME": str(tmp_path / "home" / "share"),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path) or str(Path.cwd()),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",  # must be ignored
    }
    environment["PYTHONPATH"] = f"{Path.cwd()}{os.pathsep}{environment['PYTHONPATH']}"
    answer = subprocess.run(
        [*command, str(tmp_path / "data")], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert answer.returncode == 0, answer.stderr
    # Services that the session bus starts on a screen say things of their own on the same standard output.
    return [line.split() for line in answer.stdout.splitlines() if line.startswith("key")]


def test_that_the_secret_service_keeps_the_key_and_its_loss_is_said(tmp_path: Path) -> None:
    assert run(tmp_path, PROGRAM, unlocked=True) == [
        ["keyring", "keyring", "True", "SecretService"],
        ["keys.lost", "missing"],
    ]


@pytest.mark.fault(56)
def test_that_a_headless_session_does_not_hang_on_a_prompt(tmp_path: Path) -> None:
    lines = run(tmp_path, HEADLESS, unlocked=False)
    assert lines[0][0] == "keys.no_keyring"
    assert lines[0][1] in {"absent", "locked", "timeout", "failed"}
