"""The command `watchfloor`: reads the command line, finds a screen, and hands over to the application."""

import logging
import os
import secrets
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from desktop.start.logging_setup import log_to_stderr
from desktop.start.options import Exit, Options, parse
from desktop.start.settings import default_data_dir


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns one of the codes of `Exit`."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    log_to_stderr(logging.INFO if options.verbose else logging.ERROR)
    # This variable makes the keyring library load any module it names.
    os.environ.pop("PYTHON_KEYRING_BACKEND", None)
    if options.probe_url:
        from desktop.start.stream_probe import probe_stream  # noqa: PLC0415 - no other start needs a player in this process

        return probe_stream(options)
    if not _has_display():
        if not options.self_check:
            print(
                "没有显示器：请在图形环境中运行，或用 --self-check --picture 文件 在虚拟屏上自检。\n"
                "No display: run in a graphical session, or use --self-check --picture FILE.",
                file=sys.stderr,
            )
            return Exit.NO_DISPLAY
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Qt is loaded only now: help, usage errors and a missing screen must not need it.
    from desktop.app import Application  # noqa: PLC0415
    from desktop.start.self_check import SelfCheck  # noqa: PLC0415

    if not options.self_check:
        application = Application(options, options.data_dir or _usual_data_dir(options))
        application.start()
        return application.run()
    with tempfile.TemporaryDirectory(prefix="watchfloor-check-", ignore_cleanup_errors=True) as fresh:
        # The fresh directory goes with the run, and its key with it: the keyring is left alone.
        key = secrets.token_bytes(32) if options.data_dir is None else None
        application = Application(options, options.data_dir or Path(fresh), key)
        SelfCheck(application, options)
        application.start()
        return application.run()


def _usual_data_dir(options: Options) -> Path:
    return default_data_dir() / "drill" if options.drill else default_data_dir()


def _has_display() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
