"""The parent's side of the reading processes: one that has loaded the parsers forks a child for every file."""

import atexit
import contextlib
import json
import os
import queue
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, Any

from evaluation.intake.returns.limits import Limits

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
"""False on Windows: there every file starts a process of its own, which costs a tenth of a second."""
_ROOT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from evaluation.intake.returns.child import {0}; {0}()"
_NUMBER = struct.Struct("=q")


def read_apart(source: IO[bytes], form: str, limits: Limits) -> bytes | None:
    """What a child of its own answers for one file; None when it was ended, failed or answers too much.

    Every file has its own child, which never reads another one and is ended after ``limits.wall_seconds``.
    """
    if not CAN_FORK:
        return _read_in_new_process(source, form, limits)
    server = _take_server()
    try:
        answer = server.read(source, form, limits)
    except OSError:  # the server was ended by others: the file is not to blame
        server.end()
        source.seek(0)
        return _read_in_new_process(source, form, limits)
    except BaseException:
        server.end()
        raise
    _idle().put(server)
    return answer


def end_children() -> None:
    """End the processes that wait for files; the next file starts one again."""
    with contextlib.suppress(queue.Empty):
        while True:
            _idle().get_nowait().end()


class _Server:
    """A process that has loaded the parsers, sees no content itself and forks a child for one file at a time."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.channel, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                _command("serve", str(theirs.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                pass_fds=(theirs.fileno(),),
            )

    def is_usable(self) -> bool:
        """False in a copy of the process that started it, and when it has ended."""
        return self.owner == os.getpid() and self.process.poll() is None

    def read(self, source: IO[bytes], form: str, limits: Limits) -> bytes | None:
        """The answer of a child forked for the file."""
        ours, theirs = os.pipe()
        with os.fdopen(ours, "rb") as answers:
            try:
                wishes = json.dumps([form, _wishes(limits)]).encode()
                socket.send_fds(self.channel, [wishes], [source.fileno(), theirs])
            finally:
                os.close(theirs)
            child = self._number()

            def kill() -> (
                None
            ):  # the child is not waited for before it is asked about: its number stays its own
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)

            return _answer(answers, limits, kill=kill, wait=self._wait)

    def end(self) -> None:
        """Close the channel, on which the process ends; in a copy of the process only the channel is closed."""
        self.channel.close()
        if self.owner == os.getpid():
            try:
                self.process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _wait(self) -> int:
        self.channel.sendall(b"w")
        return self._number()

    def _number(self) -> int:
        data = b""
        while len(data) < _NUMBER.size:
            more = self.channel.recv(_NUMBER.size - len(data))
            if not more:
                raise ConnectionError("the reading process has ended")
            data += more
        return int(_NUMBER.unpack(data)[0])


def _answer(
    answers: IO[bytes], limits: Limits, *, kill: Callable[[], None], wait: Callable[[], int]
) -> bytes | None:
    """The answer within its size and time, or None; the child is ended in any case."""
    watch = threading.Timer(limits.wall_seconds, kill)
    watch.daemon = True
    watch.start()
    try:
        answer = answers.read(limits.result_bytes + 1)
        if len(answer) > limits.result_bytes:
            kill()
        status = wait()
    except BaseException:
        kill()
        raise
    finally:
        watch.cancel()
    return answer if status == 0 and 0 < len(answer) <= limits.result_bytes else None


def _read_in_new_process(source: IO[bytes], form: str, limits: Limits) -> bytes | None:
    with subprocess.Popen(
        _command("main", form, json.dumps(_wishes(limits))),
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as child:
        if child.stdout is None:  # cannot be: a pipe was asked for
            return None
        try:
            return _answer(child.stdout, limits, kill=child.kill, wait=child.wait)
        finally:
            child.kill()


def _take_server() -> _Server:
    while True:
        try:
            server = _idle().get_nowait()
        except queue.Empty:
            return _Server()
        if server.is_usable():
            return server
        server.end()


@cache
def _idle() -> "queue.LifoQueue[_Server]":
    atexit.register(end_children)
    return queue.LifoQueue()


def _wishes(limits: Limits) -> dict[str, Any]:
    return {name: getattr(limits, name) for name in Limits.__slots__}


def _command(what: str, *arguments: str) -> list[str]:
    return [sys.executable, "-I", "-c", _START.format(what), str(_ROOT), *arguments]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "MALLOC_ARENA_MAX": "2"}
