"""The key: from the keyring, from a passphrase, or an honest fault; never a hang, never a plain file."""

import json
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from storage import credentials, keys
from storage.errors import StorageError
from storage.key_slot import read_key_file, write_key_file
from storage.keys import KeyGrant, PassphraseRequest, obtain_key, set_passphrase
from storage.store import open_store
from tests.storage.objects import project

pytestmark = pytest.mark.expected_log("storage.keys", "keyring", may=True)


class Keyring(KeyringBackend):
    """A keyring of the operating system, as far as this program can tell."""

    def __init__(self) -> None:
        super().__init__()
        self.items: dict[tuple[str, str], str] = {}
        self.answer: Callable[[], None] = list

    def get_password(self, service: str, username: str) -> str | None:
        self.answer()
        return self.items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.answer()
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.items[service, username]


class Officer:
    """Answers questions from a list, and remembers them."""

    def __init__(self, *answers: str | None) -> None:
        self._answers = list(answers)
        self.asked: list[PassphraseRequest] = []

    def __call__(self, request: PassphraseRequest) -> str | None:
        self.asked.append(request)
        return self._answers.pop(0) if self._answers else None


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    keyring = Keyring()
    monkeypatch.setattr(credentials, "_choose", lambda: keyring)
    return keyring


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "_BACKENDS", {})


@pytest.fixture
def locked() -> Callable[[], None]:
    def refuse() -> None:
        raise KeyringLocked("the officer closed the prompt")

    return refuse


@pytest.fixture
def silence() -> Iterator[Callable[[], None]]:
    """A prompt that nobody sees: the call waits until the test is over."""
    over = threading.Event()
    yield lambda: over.wait(60) and None
    over.set()


def refusal(data_dir: Path, officer: Officer, deadline_s: float = 5) -> StorageError:
    with pytest.raises(StorageError) as caught:
        obtain_key(data_dir, ask=officer, keyring_deadline_s=deadline_s)
    return caught.value


def test_that_the_keyring_keeps_the_key_and_nothing_is_asked(data_dir: Path, keyring: Keyring) -> None:
    officer = Officer()
    first = obtain_key(data_dir, ask=officer)
    assert (len(first.key), first.source, officer.asked) == (32, "keyring", [])
    assert obtain_key(data_dir, ask=officer) == first
    assert first.key.hex() not in repr(first)
    for path in data_dir.iterdir():
        assert first.key not in path.read_bytes()
        assert next(iter(keyring.items.values())) not in path.read_text()


def test_that_two_directories_have_two_keys(tmp_path: Path, keyring: Keyring) -> None:
    one, two = (obtain_key(tmp_path / name, ask=Officer()) for name in ("one", "two"))
    assert one.key != two.key
    assert obtain_key(tmp_path / "one", ask=Officer()) == one
    assert len(keyring.items) == 2


@pytest.mark.usefixtures("no_keyring")
def test_that_without_a_keyring_a_passphrase_is_chosen_and_opens_it_again(data_dir: Path) -> None:
    officer = Officer("short", "correct horse")
    first = obtain_key(data_dir, ask=officer)
    assert first.source == "passphrase"
    assert officer.asked == [
        PassphraseRequest(new=True, fault="keys.no_keyring", reason="absent"),
        PassphraseRequest(new=True, fault="keys.passphrase_too_short"),
    ]
    officer = Officer("wrong horse", "correct horse")
    assert obtain_key(data_dir, ask=officer) == first
    assert officer.asked == [PassphraseRequest(new=False), PassphraseRequest(new=False, fault="keys.wrong_passphrase")]


@pytest.mark.fault(55)
@pytest.mark.usefixtures("no_keyring")
def test_that_a_headless_start_without_keyring_gets_a_fault_and_leaves_nothing(data_dir: Path) -> None:
    fault = refusal(data_dir, Officer())
    assert (fault.code, fault.params["reason"]) == ("keys.no_keyring", "absent")
    assert list(data_dir.iterdir()) == []


@pytest.mark.usefixtures("no_keyring")
def test_that_guessing_ends(data_dir: Path) -> None:
    obtain_key(data_dir, ask=Officer("correct horse"))
    officer = Officer(*["wrong horse"] * 9)
    fault = refusal(data_dir, officer)
    assert (fault.code, fault.params["attempts"], len(officer.asked)) == ("keys.wrong_passphrase", 5, 5)
    assert refusal(data_dir, Officer()).code == "keys.no_passphrase"


@pytest.mark.fault(56)
def test_that_a_keyring_that_never_answers_costs_its_deadline_and_no_more(
    data_dir: Path, keyring: Keyring, silence: Callable[[], None]
) -> None:
    keyring.answer = silence
    officer = Officer("correct horse")
    grant = obtain_key(data_dir, ask=officer, keyring_deadline_s=0.05)
    assert (grant.source, officer.asked[0].reason) == ("passphrase", "timeout")


@pytest.mark.parametrize("behaviour", ["locked", "silence"])
def test_that_a_keyring_out_of_reach_asks_for_the_passphrase_if_there_is_one(
    data_dir: Path, keyring: Keyring, request: pytest.FixtureRequest, behaviour: str
) -> None:
    first = obtain_key(data_dir, ask=Officer())
    keyring.answer = request.getfixturevalue(behaviour)
    reason = {"locked": "locked", "silence": "timeout"}[behaviour]
    fault = refusal(data_dir, Officer(), 0.05)
    assert (fault.code, fault.params["reason"], fault.retryable) == ("keys.no_keyring", reason, True)
    set_passphrase(data_dir, first.key, "correct horse")
    officer = Officer("correct horse")
    assert obtain_key(data_dir, ask=officer, keyring_deadline_s=0.05).key == first.key
    assert officer.asked == [PassphraseRequest(new=False, fault="keys.no_keyring", reason=reason)]


@pytest.mark.fault(57)
def test_that_a_key_deleted_from_the_keyring_is_lost_but_no_data_is_touched(data_dir: Path, keyring: Keyring) -> None:
    grant = obtain_key(data_dir, ask=Officer())
    open_store(data_dir, grant.key, project).close()
    keyring.items.clear()
    fault = refusal(data_dir, Officer("anything at all"))
    assert (fault.code, fault.params["reason"]) == ("keys.lost", "missing")
    assert {path.name for path in data_dir.iterdir()} >= {"duty.db", "cache.db", "keys.json"}


def test_that_a_passphrase_gives_a_deleted_key_back_to_the_keyring(data_dir: Path, keyring: Keyring) -> None:
    first = obtain_key(data_dir, ask=Officer())
    set_passphrase(data_dir, first.key, "correct horse")
    keyring.items.clear()
    officer = Officer("correct horse")
    assert obtain_key(data_dir, ask=officer) == KeyGrant(first.key, "passphrase")
    assert officer.asked[0].fault == "keys.lost"
    assert obtain_key(data_dir, ask=Officer()) == first


def test_that_an_item_somebody_changed_is_not_taken_for_the_key(data_dir: Path, keyring: Keyring) -> None:
    obtain_key(data_dir, ask=Officer())
    for item in keyring.items:
        keyring.items[item] = "bm90IHRoZSBrZXk="
    assert refusal(data_dir, Officer()).params["reason"] == "changed"


def test_that_databases_without_their_key_file_are_not_given_a_new_key(data_dir: Path, keyring: Keyring) -> None:
    grant = obtain_key(data_dir, ask=Officer())
    open_store(data_dir, grant.key, project).close()
    (data_dir / "keys.json").unlink()
    fault = refusal(data_dir, Officer())
    assert (fault.code, fault.params["reason"]) == ("keys.lost", "no_key_file")
    assert len(keyring.items) == 1


@pytest.mark.fault(76)
@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize(
    "change",
    [{"memory_kib": 64 * 1024 * 1024}, {"memory_kib": 8}, {"passes": 10_000}, {"lanes": 0}, {"nonce": "AAAA"}],
)
def test_that_a_changed_key_file_cannot_ask_for_the_moon_or_for_nothing(
    data_dir: Path, change: dict[str, object]
) -> None:
    obtain_key(data_dir, ask=Officer("correct horse"))
    path = data_dir / "keys.json"
    written = json.loads(path.read_text())
    path.write_text(json.dumps({**written, "slot": {**written["slot"], **change}}))
    assert refusal(data_dir, Officer("correct horse")).code == "keys.slot_damaged"


@pytest.mark.usefixtures("no_keyring")
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"profile": 3}', b"\xff\xfe"])
def test_that_a_damaged_key_file_is_a_fault_and_stays(data_dir: Path, content: bytes) -> None:
    obtain_key(data_dir, ask=Officer("correct horse"))
    (data_dir / "keys.json").write_bytes(content)
    fault = refusal(data_dir, Officer("correct horse"))
    assert (fault.code, fault.params["path"]) == ("keys.slot_damaged", str(data_dir / "keys.json"))
    assert (data_dir / "keys.json").read_bytes() == content


@pytest.mark.usefixtures("no_keyring")
def test_that_a_slot_of_another_directory_does_not_open(data_dir: Path) -> None:
    obtain_key(data_dir, ask=Officer("correct horse"))
    key_file = read_key_file(data_dir)
    assert key_file is not None
    write_key_file(data_dir, msgspec.structs.replace(key_file, profile="another"))
    assert refusal(data_dir, Officer(*["correct horse"] * keys.ATTEMPTS)).code == "keys.wrong_passphrase"


def test_that_a_short_or_foreign_passphrase_is_refused(data_dir: Path, keyring: Keyring) -> None:
    grant = obtain_key(data_dir, ask=Officer())
    with pytest.raises(StorageError, match=r"keys\.passphrase_too_short"):
        set_passphrase(data_dir, grant.key, "short")
    with pytest.raises(StorageError, match=r"keys\.lost"):
        set_passphrase(data_dir, bytes(32), "long enough")


OBEDIENT = """
    import logging, sys
    from pathlib import Path
    from storage.errors import StorageError
    from storage.keys import obtain_key

    logging.basicConfig(format="%(message)s", stream=sys.stdout)
    try:
        obtain_key(Path(sys.argv[1]), ask=lambda request: None)
    except StorageError as error:
        print(error.code, error.params["reason"])
    print("planted" in sys.modules, "keyring.backends.null" in sys.modules)
"""


@pytest.mark.fault(59)
@pytest.mark.parametrize("backend", ["planted.Keyring", "keyring.backends.null.Keyring"])
def test_that_a_back_end_chosen_by_the_environment_or_a_file_is_neither_loaded_nor_given_the_key(
    tmp_path: Path, data_dir: Path, backend: str
) -> None:
    planted, home = tmp_path / "planted", tmp_path / "home"
    for folder in (planted, home / "python_keyring"):
        folder.mkdir(parents=True)
    taken = tmp_path / "taken"
    (planted / "planted.py").write_text(f"open({str(taken)!r}, 'w')\n", encoding="utf-8")
    chosen = f"[backend]\ndefault-keyring={backend}\nkeyring-path={planted}\n"
    (home / "python_keyring" / "keyringrc.cfg").write_text(chosen, encoding="utf-8")
    root = Path(__file__).parents[2]
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"},
        "PYTHON_KEYRING_BACKEND": backend,
        "PYTHONPATH": f"{root}{os.pathsep}{planted}",
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(OBEDIENT), str(data_dir)],
        env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "PYTHON_KEYRING_BACKEND is not obeyed" in done.stdout
    assert done.stdout.splitlines()[-2:] == ["keys.no_keyring absent", "False False"]
    assert not taken.exists()


@pytest.mark.expected_log("storage.credentials", "is not obeyed")
def test_that_the_environment_chooses_no_keyring(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.storage.test_keys.Keyring")
    monkeypatch.setenv("KEYRING_PROPERTY_SCHEME", "KeePassXC")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setitem(credentials._BACKENDS, "linux", (("null", "Keyring"),))
    backend = credentials._choose()
    assert type(backend).__module__ == "keyring.backends.null"
    assert vars(backend) == {}


@pytest.mark.fault(58)
def test_that_a_secret_longer_than_windows_takes_is_a_bug(keyring: Keyring) -> None:
    with pytest.raises(ValueError, match="1280"):
        credentials.Credentials().keep("token", "x" * 1_281)
