"""Sign-in by Basic and Digest, checked with RFC 2617's own arithmetic."""

import re
from base64 import b64encode
from hashlib import md5

import pytest

from desktop.drill.cameras import auth
from desktop.drill.cameras.auth import Gate
from desktop.drill.cameras.message import Request

URL = "rtsp://127.0.0.1:554/cam/1/sub/trackID=0"
PATH = "cam/1/sub"


def only_officer(path: str, username: str) -> str | None:
    return "口令:1" if (path, username) == (PATH, "officer") else None


def request(authorization: str) -> Request:
    return Request("SETUP", URL, {"cseq": "1", "authorization": authorization})


def basic(username: str, password: str) -> str:
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()


def digest(gate: Gate, username: str, password: str, *, method: str = "SETUP", nonce: str = "", url: str = URL) -> str:
    challenge = gate.challenges()[0][1]
    realm, offered = re.findall(r'realm="([^"]*)", nonce="([^"]*)"', challenge)[0]
    nonce = nonce or offered
    first = md5(f"{username}:{realm}:{password}".encode()).hexdigest()
    second = md5(f"{method}:{url}".encode()).hexdigest()
    answer = md5(f"{first}:{nonce}:{second}".encode()).hexdigest()
    return f'Digest username="{username}", realm="{realm}", nonce="{nonce}", uri="{url}", response="{answer}"'


@pytest.fixture
def gate() -> Gate:
    return Gate(only_officer, ("digest", "basic"))


def test_that_the_right_password_opens(gate: Gate) -> None:
    assert gate.admits(request(basic("officer", "口令:1")), PATH)
    assert gate.admits(request(digest(gate, "officer", "口令:1")), PATH)


@pytest.mark.parametrize(("username", "password"), [("officer", "wrong"), ("nobody", "口令:1"), ("", "")])
def test_that_wrong_credentials_do_not(gate: Gate, username: str, password: str) -> None:
    assert not gate.admits(request(basic(username, password)), PATH)
    assert not gate.admits(request(digest(gate, username, password)), PATH)


def test_that_an_answer_does_not_serve_another_method_or_path(gate: Gate) -> None:
    assert not gate.admits(request(digest(gate, "officer", "口令:1", method="DESCRIBE")), PATH)
    assert not gate.admits(request(digest(gate, "officer", "口令:1", url="rtsp://h/other")), PATH)


def test_that_a_made_up_or_old_nonce_is_refused(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not gate.admits(request(digest(gate, "officer", "口令:1", nonce="12-34")), PATH)
    answer = digest(gate, "officer", "口令:1")
    monkeypatch.setattr(auth, "NONCE_LIFE_S", 0)
    assert not gate.admits(request(answer), PATH)


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic !!!", "Basic /w==", "Digest", 'Digest username="officer"', "Bearer x"]
)
def test_that_malformed_headers_are_refused(gate: Gate, header: str) -> None:
    assert not gate.admits(request(header), PATH)


def test_that_a_scheme_that_is_not_offered_is_not_taken() -> None:
    gate = Gate(only_officer, ("basic",))
    assert [value.partition(" ")[0] for _, value in gate.challenges()] == ["Basic"]
    assert not gate.admits(request(digest(Gate(only_officer, ("digest",)), "officer", "口令:1")), PATH)


def test_that_without_passwords_everybody_may() -> None:
    assert Gate(None, ()).admits(request(""), PATH)
