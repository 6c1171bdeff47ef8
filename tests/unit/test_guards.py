"""The guards of `tests/support` let nothing through: each is shown a test that must fail."""

import pytest

GUARDED = """
    pytest_plugins = ["tests.support.logs", "tests.support.leaks", "tests.support.network", "tests.support.collector"]
"""


@pytest.fixture
def guarded(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(request.config.rootpath))
    monkeypatch.setattr("tests.support.leaks.GRACE_S", 0.1)
    pytester.makeconftest(GUARDED)
    return pytester


def outcome(guarded: pytest.Pytester, source: str, *, apart: bool = False) -> tuple[dict[str, int], str]:
    """Run `source` under the guards; in a process of its own where this process's guard would see the sin too."""
    guarded.makepyfile(source)
    run = guarded.runpytest_subprocess if apart else guarded.runpytest_inprocess
    result = run("-p", "no:randomly", "-p", "no:cacheprovider")
    return result.parseoutcomes(), result.stdout.str()


@pytest.mark.expected_log("desk", "lamp")
def test_that_a_test_fails_when_a_warning_is_logged(guarded: pytest.Pytester) -> None:
    counts, text = outcome(
        guarded, "import logging\ndef test_it():\n    logging.getLogger('desk').warning('lamp is out')\n"
    )
    assert counts == {"passed": 1, "errors": 1}
    assert "WARNING desk: lamp is out" in text


@pytest.mark.expected_log("desk", "lamp")
def test_that_a_test_passes_when_the_warning_was_announced(guarded: pytest.Pytester) -> None:
    source = """
        import logging, pytest

        @pytest.mark.expected_log("desk", "lamp")
        def test_marked():
            logging.getLogger("desk.hall").warning("lamp is out")

        def test_called(expect_log):
            logging.getLogger("desk").error("lamp is out")
            expect_log("desk", "^lamp")
    """
    counts, _ = outcome(guarded, source)
    assert counts == {"passed": 2}


def test_that_a_test_fails_when_an_announced_warning_never_comes(guarded: pytest.Pytester) -> None:
    counts, text = outcome(guarded, "def test_it(expect_log):\n    expect_log('desk', 'lamp')\n")
    assert counts == {"passed": 1, "errors": 1}
    assert "never came" in text


def test_that_a_test_fails_when_it_silences_a_logger(guarded: pytest.Pytester) -> None:
    source = """
        import logging, logging.config

        def test_it():
            logging.getLogger("desk")
            logging.config.dictConfig({"version": 1})

        def test_after():
            assert not logging.getLogger("desk").disabled
    """
    counts, text = outcome(guarded, source, apart=True)
    assert counts == {"passed": 2, "errors": 1}
    assert "silenced for all tests that follow" in text


def test_that_a_test_fails_when_a_thread_outlives_it(guarded: pytest.Pytester) -> None:
    source = """
        import threading
        stop = threading.Event()

        def test_it():
            threading.Thread(target=stop.wait, args=(20,), name="forgotten", daemon=True).start()

        def test_after():
            stop.set()
    """
    counts, text = outcome(guarded, source)
    assert counts == {"passed": 2, "errors": 1}
    assert "thread forgotten" in text


def test_that_a_test_fails_when_a_process_outlives_it(guarded: pytest.Pytester) -> None:
    source = """
        import subprocess, sys
        started = []

        def test_it():
            started.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

        def test_after():
            started.pop().communicate()
    """
    counts, text = outcome(guarded, source)
    assert counts["errors"] == 1
    assert "input()" in text


def test_that_a_test_fails_when_it_swallows_a_refused_connection(guarded: pytest.Pytester) -> None:
    source = """
        import contextlib, socket

        def test_it():
            with contextlib.suppress(OSError):
                socket.create_connection(("192.0.2.1", 80), timeout=1)
    """
    counts, text = outcome(guarded, source, apart=True)
    assert counts == {"passed": 1, "errors": 1}
    assert "reached for the network" in text


def test_that_loopback_and_invalid_names_are_free_to_use(guarded: pytest.Pytester) -> None:
    source = """
        import socket, pytest

        def test_it():
            with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
                pass
            with pytest.raises(socket.gaierror):
                socket.getaddrinfo("centre.invalid", 443)
    """
    counts, _ = outcome(guarded, source)
    assert counts == {"passed": 1}


def test_that_cycles_are_collected_between_tests_of_the_application(guarded: pytest.Pytester) -> None:
    source = """
        import gc, weakref
        seen = []

        class Knot:
            def __init__(self):
                self.itself = self
                seen.append(weakref.ref(self))

        def test_inside(qapp):
            assert not gc.isenabled()
            Knot()
            assert seen[0]() is not None

        def test_after():
            assert gc.isenabled()
            assert seen[0]() is None
    """
    counts, _ = outcome(guarded, source)
    assert counts == {"passed": 2}


def test_that_a_selection_leaves_out_what_paints(pytester: pytest.Pytester) -> None:
    pytester.makeconftest('pytest_plugins = ["tests.support.sorting"]')
    pytester.makepyfile("def test_painting(qapp): ...\ndef test_counting(): ...\n")
    result = pytester.runpytest_inprocess("-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not gui")
    assert result.parseoutcomes() == {"passed": 1, "deselected": 1}
