"""An open line, as the server gives it: waiting for it, writing without waiting, dropping it.

Rule 1: what goes to many is made ready once, as the bytes of its HTTP chunk, and given to each line's
    transport as it is; a line that is not uvicorn's is written to by stepping its ``send()`` once.
Rule 2: a line that would have to wait is not written to: nothing here waits for a reader.

It rests on how uvicorn 0.54 writes (``send()`` suspends only over its high-water mark, belongs to an object
that has the transport, and sends a body without a length in chunks); ``tests/feed/test_slow_readers.py``
pins it.
"""

import logging
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Coroutine[Any, Any, None]]

log = logging.getLogger("plenary.feed")


class Piece:
    """Bytes for many lines."""

    __slots__ = ("chunk", "message")

    def __init__(self, data: bytes) -> None:
        self.message = more(data)
        self.chunk = b"%x\r\n%b\r\n" % (len(data), data)


def more(data: bytes) -> Message:
    """Return a part of an answer that goes on."""
    return {"type": "http.response.body", "body": data, "more_body": True}


def write(send: Send, piece: Piece) -> bool:
    """Write *piece* to the line behind *send*; False where it broke, or would have to wait."""
    line = getattr(send, "__self__", None)
    try:
        if isinstance(line, RequestResponseCycle) and line.chunked_encoding:
            return _write_at_once(line, piece.chunk)
        return _step(send(piece.message))
    except Exception as error:  # noqa: BLE001  # whatever the line's trouble, its reader resumes
        log.debug("a line broke: %r", error)
        return False


def _write_at_once(line: RequestResponseCycle, chunk: bytes) -> bool:
    if line.disconnected:
        return True  # its reader is about to hear of it
    if line.flow.write_paused:
        return False
    line.transport.write(chunk)
    return True


def _step(sending: Coroutine[Any, Any, None]) -> bool:
    try:
        sending.send(None)
    except StopIteration:
        return True  # written; it never suspends below the high-water mark
    sending.close()
    return False


def abort(send: Send) -> None:
    """Drop the line behind uvicorn's *send* at once, with all it had not taken."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
