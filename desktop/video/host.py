"""The video host: a process without a window that plays cameras into shared memory (``python -m desktop.video.host``).

One thread, the control thread, takes commands and the players' reports from one queue, answers, and sends the
heartbeat; so a heartbeat proves that commands are served. Every stream runs on threads of its engine.
"""

import argparse
import contextlib
import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import msgspec
import psutil

from desktop.errors import OpsError
from desktop.redaction import RedactingFormatter
from desktop.video.block import unlink
from desktop.video.engines.base import Engine, Player, Replayer, Source
from desktop.video.engines.registry import EngineRegistry
from desktop.video.engines.ring import Ring, RingBook
from desktop.video.heap import give_back
from desktop.video.lifeline import die_with_parent
from desktop.video.protocol import (
    HEARTBEAT_S,
    MAX_LINE_BYTES,
    Attached,
    Close,
    Command,
    Ended,
    Heartbeat,
    Listen,
    Open,
    Opened,
    Pace,
    PlayerReading,
    Quit,
    Ready,
    Replay,
    Report,
    Rest,
    Retarget,
    Surface,
    decode_command,
    encode,
)
from desktop.video.segment import FrameWriter

_log = logging.getLogger(__name__)

_INBOX_CAP = 4096
_QUARANTINE_AFTER_S = 4.0
"""Time for which a player may go on after what it waits for must have come or been given up."""
_LEAVE_DEADLINE_S = 1.0
_ENGINE_MAY_BE_AT_FAULT = frozenset(
    {"video.unreachable", "video.unsupported_codec", "video.unsupported_protocol", "video.not_video", "video.failed"}
)
"""Failures after which the next engine has a try: libVLC calls whatever it cannot open unreachable."""
_KNOWS_LESS = frozenset({"video.unreachable", "video.silent"})


@dataclass(slots=True)
class _Job:
    """What a slot is to show: the engines are tried one after another.

    `fault` is what the engine before said.
    """

    source: Source
    writer: FrameWriter
    engines: list[Engine]
    resting: bool
    ring: Ring | None
    fault: Ended | None = None


@dataclass(slots=True)
class _Playing:
    """Who is at work in a slot. `job` is that of a camera's pictures, `replayer` the player if it is a replay."""

    attempt: int
    player: Player
    job: _Job | None = None
    replayer: Replayer | None = None


@dataclass(slots=True)
class _Leaving:
    player: Player
    until: float


class _Listener:
    """Passes what a player says on to the control thread."""

    def __init__(self, inbox: "queue.Queue[bytes | Report | None]", slot: str, attempt: int) -> None:
        self._inbox = inbox
        self._slot = slot
        self._attempt = attempt

    def opened(self, engine: str, codec: str) -> None:
        """See `PlayerListener`."""
        self._inbox.put(Opened(self._slot, self._attempt, engine, codec))

    def ended(self, fault: OpsError | None) -> None:
        """See `PlayerListener`."""
        self._inbox.put(_ended(self._slot, self._attempt, fault))


class Host:
    """Players by slot, and the conversation with the window."""

    def __init__(self, commands: BinaryIO, reports: BinaryIO) -> None:
        self._commands = commands
        self._reports = reports
        self._inbox: queue.Queue[bytes | Report | None] = queue.Queue(_INBOX_CAP)  # full: the other side waits
        self._engines = EngineRegistry()
        self._rings = RingBook()
        self._playing: dict[str, _Playing] = {}
        self._leaving: list[_Leaving] = []
        self._process = psutil.Process()

    def run(self) -> None:
        """Serve until told to quit or until the window is gone."""
        threading.Thread(target=self._read, name="host-commands", daemon=True).start()
        self._say(Ready(os.getpid(), self._engines.capabilities))
        next_beat = time.monotonic()
        while True:
            now = time.monotonic()
            if now >= next_beat:
                next_beat = now + HEARTBEAT_S
                self._say(self._heartbeat(now))
            try:
                message = self._inbox.get(timeout=max(0.0, next_beat - now))
            except queue.Empty:
                continue
            if message is None:
                break
            if isinstance(message, bytes):
                command = self._decoded(message)
                if isinstance(command, Quit):
                    break
                if command is not None:
                    self._obey(command)
            else:
                self._pass_on(message)
        self._leave()

    def _read(self) -> None:
        while line := self._commands.readline(MAX_LINE_BYTES):
            self._inbox.put(line)
        self._inbox.put(None)

    def _decoded(self, line: bytes) -> Command | None:
        try:
            return decode_command(line)
        except msgspec.DecodeError:  # its text could quote a password
            _log.warning("a line that is no command was left aside (%d bytes)", len(line))
            return None

    def _obey(self, command: Open | Replay | Pace | Listen | Retarget | Rest | Close) -> None:
        try:
            match command:
                case Open():
                    self._open(command)
                case Replay():
                    self._replay(command)
                case Pace():
                    self._pace(command)
                case Listen():
                    self._listen(command)
                case Retarget():
                    self._retarget(command)
                case Rest():
                    self._rest(command)
                case Close():
                    self._close(command)
        except OpsError as fault:
            self._say(_ended(command.slot, command.attempt, fault))

    def _open(self, command: Open) -> None:
        self._let_go(command.slot)
        writer = self._attach(command.surface)
        source = Source(command.url, command.protocol, command.username, command.password, command.patience_s)
        engines = self._engines.choose(source, command.engine)
        ring = self._rings.ring(command.ring) if command.ring else None
        self._play(command.slot, command.attempt, _Job(source, writer, engines, command.resting, ring))

    def _play(self, slot: str, attempt: int, job: _Job) -> None:
        engine = job.engines.pop(0)
        player = engine.start(slot, job.source, job.writer, _Listener(self._inbox, slot, attempt), job.ring)
        player.rest(resting=job.resting)
        self._playing[slot] = _Playing(attempt, player, job)

    def _replay(self, command: Replay) -> None:
        self._let_go(command.slot)
        ring = self._rings.find(command.ring)
        excerpt = ring.excerpt(command.seconds) if ring is not None else None
        if excerpt is None:
            unlink(command.surface.name)
            raise OpsError("video.replay_empty")
        listener = _Listener(self._inbox, command.slot, command.attempt)
        player = self._engines.replay(command.slot, excerpt, self._attach(command.surface), listener)
        self._playing[command.slot] = _Playing(command.attempt, player, replayer=player)

    def _pace(self, command: Pace) -> None:
        playing = self._at(command.slot, command.attempt)
        if playing is not None and playing.replayer is not None:
            playing.replayer.pace(paused=command.paused)

    def _listen(self, command: Listen) -> None:
        self._let_go(command.slot)
        source = Source(command.url, command.protocol, command.username, command.password)
        player = self._engines.sound(command.slot, source, _Listener(self._inbox, command.slot, command.attempt))
        self._playing[command.slot] = _Playing(command.attempt, player)

    def _retarget(self, command: Retarget) -> None:
        playing = self._at(command.slot, command.attempt)
        if playing is None:
            unlink(command.surface.name)  # the player ended while the command was on its way
            return
        writer = self._attach(command.surface)
        if playing.job is not None:
            playing.job.writer = writer
        playing.player.retarget(writer)

    def _rest(self, command: Rest) -> None:
        playing = self._at(command.slot, command.attempt)
        if playing is not None and playing.job is not None:
            playing.job.resting = command.resting
            playing.player.rest(resting=command.resting)

    def _at(self, slot: str, attempt: int) -> _Playing | None:
        playing = self._playing.get(slot)
        return playing if playing is not None and playing.attempt == attempt else None

    def _close(self, command: Close) -> None:
        self._let_go(command.slot)
        self._say(Ended(command.slot, command.attempt))

    def _attach(self, surface: Surface) -> FrameWriter:
        writer = FrameWriter(surface.name, surface.width, surface.height)
        self._say(Attached(surface.name))
        return writer

    def _let_go(self, slot: str) -> None:
        playing = self._playing.pop(slot, None)
        if playing is not None:
            playing.player.stop()
            patience_s = playing.job.source.patience_s if playing.job is not None else _QUARANTINE_AFTER_S
            self._leaving.append(_Leaving(playing.player, time.monotonic() + patience_s + _QUARANTINE_AFTER_S))

    def _pass_on(self, report: Report) -> None:
        if isinstance(report, Opened | Ended):
            playing = self._at(report.slot, report.attempt)
            if playing is None:
                return  # it was told to stop; `Ended` was said then
            if isinstance(report, Ended):
                job, last = playing.job, _read(report.slot, playing)
                self._let_go(report.slot)
                if job is not None and job.engines and not last.pictures and report.code in _ENGINE_MAY_BE_AT_FAULT:
                    job.fault = report
                    self._play(report.slot, report.attempt, job)
                    return
                if report.code in _KNOWS_LESS and job is not None and job.fault is not None:
                    report = job.fault  # the engine before this one knew better
                report = msgspec.structs.replace(report, last=last)
        self._say(report)

    def _heartbeat(self, now: float) -> Heartbeat:
        self._rings.tidy(now)
        self._forget_those_gone()
        times, memory = self._process.cpu_times(), self._process.memory_info()
        return Heartbeat(
            cpu_s=times.user + times.system,
            resident_bytes=memory.rss,
            own_bytes=max(0, memory.rss - getattr(memory, "shared", 0)),
            quarantined=sum(now > leaving.until for leaving in self._leaving),
            players=tuple(_read(slot, playing) for slot, playing in self._playing.items()),
            rings=self._rings.lengths(),
        )

    def _forget_those_gone(self) -> None:
        staying = [leaving for leaving in self._leaving if leaving.player.alive()]
        if len(staying) < len(self._leaving):
            give_back()
        self._leaving = staying

    def _say(self, report: Report) -> None:
        self._reports.write(encode(report))
        self._reports.flush()

    def _leave(self) -> None:
        for slot in list(self._playing):
            self._let_go(slot)
        deadline = time.monotonic() + _LEAVE_DEADLINE_S
        while time.monotonic() < deadline and any(leaving.player.alive() for leaving in self._leaving):
            time.sleep(0.02)


def _read(slot: str, playing: _Playing) -> PlayerReading:
    counted = playing.player.reading()
    return PlayerReading(
        slot,
        playing.attempt,
        *(counted.pictures, counted.damaged, counted.received_bytes),
        *(counted.codec, counted.transport),
    )


def _ended(slot: str, attempt: int, fault: OpsError | None) -> Ended:
    if fault is None:
        return Ended(slot, attempt)
    return Ended(slot, attempt, fault.code, dict(fault.params), fault.retryable, fault.detail)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a host on this process's standard input and output; does not return.

    Args:
        arguments: Command line after the program's name and, in a packaged program, after ``--video-host``.
    """
    parser = argparse.ArgumentParser(prog="watchfloor-video-host")
    parser.add_argument("--parent", type=int, required=True, help="process id of the window")
    die_with_parent(parser.parse_args(arguments).parent)
    # Libraries print to file descriptor 1 as they like; the conversation moves to one they do not know.
    commands, reports = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    with contextlib.suppress(BrokenPipeError):  # the window is gone
        Host(commands, reports).run()
    # Not sys.exit: a player that hangs in a library would keep the process alive.
    os._exit(0)


if __name__ == "__main__":
    main()
