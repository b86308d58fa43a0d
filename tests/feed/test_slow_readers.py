"""What ``feed/lines.py`` rests on in uvicorn: pinned, so that another version is looked at first."""

import asyncio
import inspect
import logging
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT, FlowControl
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from plenary.feed.lines import Piece, abort, more, write
from plenary.feed.stream import AT_ONCE


class Transport:
    """As much of a transport as uvicorn writes to; it takes what it is given."""

    def __init__(self) -> None:
        self.written = b""
        self.aborted = False

    def write(self, data: bytes) -> None:
        self.written += data

    def abort(self) -> None:
        self.aborted = True


def cycle(transport: Transport) -> RequestResponseCycle:
    logger = logging.getLogger("uvicorn")
    return RequestResponseCycle(
        scope={"type": "http", "method": "GET"},  # type: ignore[typeddict-item]
        transport=transport,  # type: ignore[arg-type]
        flow=FlowControl(transport),  # type: ignore[arg-type]
        logger=logger,
        access_logger=logger,
        access_log=False,
        default_headers=[],
        message_event=asyncio.Event(),
        expect_100_continue=False,
        keep_alive=True,
        on_response=lambda: None,
    )


def stepped(sending) -> bool:
    """Whether one step was all that was needed."""
    try:
        sending.send(None)
    except StopIteration:
        return True
    sending.close()
    return False


BODY: Any = more(b"data: 1\n\n")


async def started() -> tuple[Transport, RequestResponseCycle]:
    transport = Transport()
    line = cycle(transport)
    await line.send({"type": "http.response.start", "status": 200, "headers": []})
    return transport, line


def test_this_is_the_version_that_was_looked_at():
    assert uvicorn.__version__.startswith("0.54.")


def test_a_portion_stays_under_the_mark_over_which_a_line_would_have_to_wait():
    assert 2 * AT_ONCE <= HIGH_WATER_LIMIT


def test_below_the_high_water_mark_one_step_writes_and_over_it_nothing_is_written():
    async def there() -> None:
        transport, line = await started()
        before = len(transport.written)
        assert stepped(line.send(BODY))
        assert transport.written[before:] == b"9\r\ndata: 1\n\n\r\n"
        line.flow.pause_writing()
        written = transport.written
        assert not stepped(line.send(BODY))
        assert transport.written == written

    asyncio.run(there())


def test_what_is_made_ready_for_many_goes_over_the_line_as_the_server_would_have_sent_it():
    async def there() -> None:
        by_send, one = await started()
        at_once, other = await started()
        await one.send(BODY)
        send: Any = other.send
        assert write(send, Piece(b"data: 1\n\n"))
        assert at_once.written == by_send.written
        other.flow.pause_writing()
        assert not write(send, Piece(b"data: 2\n\n"))
        assert at_once.written == by_send.written

    asyncio.run(there())


def test_a_line_that_is_gone_is_not_written_to_and_one_that_breaks_is_given_up():
    async def there() -> None:
        transport, line = await started()
        before = transport.written
        send: Any = line.send
        line.disconnected = True
        assert write(send, Piece(b"data: 1\n\n"))
        assert transport.written == before
        line.disconnected = False
        line.transport = object()  # type: ignore[assignment]
        assert not write(send, Piece(b"data: 1\n\n"))

    asyncio.run(there())


def test_the_line_behind_send_can_be_dropped():
    async def there() -> None:
        transport, line = await started()
        send: Any = line.send
        abort(send)
        assert transport.aborted

    asyncio.run(there())


@pytest.mark.parametrize("name", ["send", "receive"])
def test_what_is_stepped_is_a_plain_coroutine(name):
    assert inspect.iscoroutinefunction(getattr(RequestResponseCycle, name))
