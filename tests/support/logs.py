"""A log record of level WARNING or higher that no test announced is a failure, and so is silencing a logger."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass(slots=True)
class ExpectedLogs:
    """The records a test allows, and those that came.

    Call it with the logger's name (its children count too) and a pattern that is searched in the message. An
    announced record that never comes is a failure as well, unless ``may=True``: what may come late or twice.
    """

    _allowed: list[tuple[str, re.Pattern[str], bool]] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    def __call__(self, logger: str, pattern: str = "", *, may: bool = False) -> None:
        """Announce records of `logger` whose message matches `pattern`."""
        self._allowed.append((logger, re.compile(pattern), may))

    def takes(self, record: logging.LogRecord) -> bool:
        """Whether `record` was announced."""
        message = record.getMessage()
        for index, (logger, pattern, _) in enumerate(self._allowed):
            if (record.name == logger or record.name.startswith(f"{logger}.")) and pattern.search(message):
                self._seen.add(index)
                return True
        return False

    def missing(self) -> list[str]:
        """Announcements that had to come true and did not."""
        return [
            f"{logger}: /{pattern.pattern}/"
            for index, (logger, pattern, may) in enumerate(self._allowed)
            if not may and index not in self._seen
        ]


class _Collector(logging.Handler):
    """Keeps every record; announcing after the fact is allowed, so the judgement waits for the end."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _loggers() -> list[logging.Logger]:
    known = logging.root.manager.loggerDict.values()
    return [logger for logger in known if isinstance(logger, logging.Logger)]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "expected_log(logger, pattern, may=False): a warning this test calls forth")


@pytest.fixture
def expect_log() -> ExpectedLogs:
    """Announce a warning: ``expect_log("desktop.sync", "held back")``."""
    return ExpectedLogs()


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest, expect_log: ExpectedLogs) -> Iterator[None]:
    """Watch the root logger for the whole life of the test, fixtures included."""
    for marker in request.node.iter_markers("expected_log"):
        expect_log(*marker.args, **marker.kwargs)
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    silenced = [logger for logger in _loggers() if logger.disabled]
    for logger in silenced:
        logger.disabled = False
    if silenced:
        names = ", ".join(logger.name for logger in silenced)
        pytest.fail(f"silenced for all tests that follow: {names}", pytrace=False)
    stray = [record for record in collector.records if not expect_log.takes(record)]
    if stray:
        lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in stray]
        pytest.fail("unexpected log records:\n  " + "\n  ".join(lines), pytrace=False)
    if missing := expect_log.missing():
        pytest.fail("announced log records that never came:\n  " + "\n  ".join(missing), pytrace=False)
