import logging

import pytest

from desktop.redaction import RedactingFormatter, redact

CANARY = "S3cret-Canary"


@pytest.mark.parametrize(
    "line",
    [
        f"open rtsp://user:{CANARY}@10.0.0.1/cam failed",
        f"open rtsp://user:p@{CANARY}@10.0.0.1:554/cam failed",
        f"open rtsp://user:p/{CANARY}#@10.0.0.1/cam failed",
        f'{{"password": "{CANARY}"}}',
        f"Authorization: Bearer {CANARY}.{CANARY}",
        f"refresh={CANARY}&x=1",
        "PRAGMA key=\"x'" + "ab" * 32 + "'\"",
        "回电 13812345678",
    ],
)
def test_that_no_secret_and_no_person_survives_in_a_line(line: str) -> None:
    shown = redact(line)
    assert CANARY not in shown
    assert "13812345678" not in shown
    assert "ab" * 32 not in shown


@pytest.mark.parametrize(
    "address",
    [
        "rtsp://host:554/x@2",
        "http://map/1@2x.png",
        "rtsp://[::1]:554/a@b",
        "https://host:8443",
        "http://10.0.0.1:80 a@b",
    ],
)
def test_that_an_address_without_credentials_stays_as_it_is(address: str) -> None:
    assert redact(address) == address


def _fail() -> None:
    raise ValueError(f"rtsp://u:{CANARY}@host/")


def test_that_a_traceback_is_redacted_with_its_line() -> None:
    try:
        _fail()
    except ValueError as fault:
        record = logging.LogRecord("x", 40, __file__, 1, "broke", None, (type(fault), fault, fault.__traceback__))
    assert CANARY not in RedactingFormatter("%(message)s").format(record)
