"""The reading process: limits itself, reads one file from standard input, answers in JSON; imports little on purpose."""

import contextlib
import json
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from evaluation.intake.returns.plain import PlainBook, RefusedError

if TYPE_CHECKING:
    import socket


def main() -> None:
    """Read standard input as the form and within the limits that the arguments name."""
    _answer(sys.argv[2], json.loads(sys.argv[3]))


def serve() -> None:
    """Load the parsers once, then fork a child for every file that comes through the channel; see no content.

    A request is the form and the limits, with two open files: the one to read and the one to answer to. The number
    of the child is told at once; when the parent says so the child is waited for and its status told.
    """
    import gc
    import signal
    import socket
    import struct

    from lxml import etree  # noqa: F401

    from evaluation.intake.returns import delimited, xlsx  # noqa: F401

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    number = struct.Struct("=q")
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[2])) as channel:
        while True:
            request, files, _, _ = socket.recv_fds(channel, 65_536, 2)
            if not request:
                return
            child = os.fork()
            if child == 0:
                _answer_and_end(channel, files, *json.loads(request))
            for file in files:
                os.close(file)
            channel.sendall(number.pack(child))
            if not channel.recv(1):
                os.kill(child, signal.SIGKILL)
            channel.sendall(number.pack(os.waitpid(child, 0)[1]))


def _answer_and_end(
    channel: "socket.socket", files: list[int], form: str, limits: dict[str, Any]
) -> NoReturn:
    """The forked child: only the file and the pipe stay open."""
    status = 1
    try:
        channel.close()
        for place, file in enumerate(files):
            os.dup2(file, place)
            os.close(file)
        _answer(form, limits)
        status = 0
    finally:
        os._exit(status)


def _answer(form: str, limits: dict[str, Any]) -> None:
    """Standard input read within the limits, the answer to standard output."""
    limit_self(limits)
    try:
        answer = read_plain(form, sys.stdin.buffer.read(), limits)
    except RefusedError as refused:
        answer = {"refused": refused.code}
    except MemoryError:
        answer = {"refused": "file_too_heavy"}
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def limit_self(limits: dict[str, Any]) -> None:
    """Memory, processor time, files and dumps are bounded before the content is touched."""
    try:
        import resource
    except ImportError:  # not on Windows: there the wall clock and the limits on sizes remain
        return
    memory, seconds = int(limits["memory_bytes"]), int(limits["cpu_seconds"])
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # some systems do not know all of these limits
            resource.setrlimit(what, (allowed, hard if what == resource.RLIMIT_CPU else allowed))


def read_plain(form: str, data: bytes, limits: dict[str, Any]) -> dict[str, Any]:
    """The file as plain lists; anything that its parser cannot bear is a refusal, never a traceback."""
    book = PlainBook(limits)
    try:
        if form == "xlsx":
            from evaluation.intake.returns.xlsx import read_xlsx

            read_xlsx(data, book)
        elif form == "csv":
            from evaluation.intake.returns.delimited import read_delimited

            read_delimited(data, book)
        else:
            from evaluation.intake.returns.older import read_older

            read_older(data, form, book)
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # whatever a parser raises, the file is refused with the same words
        raise RefusedError("file_damaged") from error
    return book.answer()
