"""Changing a password at the centre. Each test has a centre's accounts of its own, or an officer nobody else uses."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import Engine

from desktop.central.policy import PasswordRule
from desktop.drill.accounts import Accounts, PasswordRefused
from desktop.drill.store.database import open_database
from tests.drill.running import Desk, Drill, running_drill

FIRST = "Linjiang#2026"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path)
    yield engine
    engine.dispose()


def test_that_an_earlier_password_comes_back_only_when_it_left_the_history(engine: Engine) -> None:
    accounts = Accounts(engine, PasswordRule(history=3))
    accounts.put("chief", FIRST, "officer-7")
    chosen = [FIRST, *(f"Next#{number}000" for number in range(4))]
    for old, new in itertools.pairwise(chosen):
        accounts.change("officer-7", old, new)
    for recent in chosen[-3:]:
        with pytest.raises(PasswordRefused, match="password_reused"):
            accounts.change("officer-7", chosen[-1], recent)
    accounts.change("officer-7", chosen[-1], chosen[-4])
    assert accounts.officer("chief", chosen[-4]) == "officer-7"
    assert accounts.officer("chief", chosen[-1]) is None


@pytest.mark.parametrize("weak", ["Ab#1", "onlyletters#", "12345678#", "Letters123", ""])
def test_that_a_password_against_the_rule_changes_nothing(engine: Engine, weak: str) -> None:
    accounts = Accounts(engine, PasswordRule())
    accounts.put("chief", FIRST, "officer-7")
    with pytest.raises(PasswordRefused, match="password_rule"):
        accounts.change("officer-7", FIRST, weak)
    assert accounts.officer("chief", FIRST) == "officer-7"


def change(desk: Desk, old: str, new: str) -> httpx2.Response:
    return desk.http.post("/v1/auth/password", json={"old": old, "new": new})


def test_that_a_change_ends_the_officers_other_sessions_and_outlives_a_restart(tmp_path: Path) -> None:
    arguments = ("--no-cameras", "--speed", "0")
    with running_drill(tmp_path, *arguments) as drill:
        username, first = drill.ready["username"], drill.ready["password"]
        here, there = Desk(drill.url, username, first), Desk(drill.url, username, first, "desk-other")
        assert change(here, "wrong", "Neu#2026x").json()["code"] == "wrong_password"
        assert change(here, first, "short").json()["code"] == "password_rule"
        assert change(here, first, first).json()["code"] == "password_reused"
        changed = change(here, first, "Neu#2026x")
        assert changed.status_code == 200
        assert changed.json()["password_expires_at"] > "2026"
        assert here.get("/v1/me") == changed.json()
        assert there.http.get("/v1/me").status_code == 401
        here.close()
        there.close()
    with running_drill(tmp_path, *arguments) as drill:
        assert drill.ready["password"] == "", "the line at the start names no password that does not open"
        Desk(drill.url, username, "Neu#2026x").close()


def test_that_nobody_changes_a_password_without_a_session(drill: Drill) -> None:
    answer = httpx2.post(f"{drill.url}/v1/auth/password", json={"old": "a", "new": "b"}, trust_env=False)
    assert answer.status_code == 401
