"""The small router: what is not the live process's own goes to the pages process, as it came.

Rule 1: nothing about one reader's request touches another's: no cookie jar, no redirects followed.
Rule 2: headers that concern one line stay on it; what the pages must know of the client, we say, and
    whatever the client said of it is taken away.
Rule 3: a slow client holds no line to the pages process: what it sends is waited for here, and not for long.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Final

import httpx

from plenary.feed.lines import Receive, Send
from plenary.web.live.asking import Coming, Request
from plenary.web.live.limits import Lines

OF_ONE_LINE: Final = frozenset(
    {
        *(
            b"connection",
            b"keep-alive",
            b"proxy-authenticate",
            b"proxy-authorization",
            b"proxy-connection",
        ),
        *(b"te", b"trailer", b"transfer-encoding", b"upgrade", b"expect"),
    }
)
OURS_TO_SAY: Final = frozenset(
    {
        *(b"forwarded", b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host"),
        *(b"x-forwarded-port", b"x-forwarded-by", b"x-real-ip", b"x-plenary-secret"),
    }
)
LATER: Final = (
    b"<!doctype html><meta charset=utf-8><title>Plenary</title>"
    b"<p>Just a moment: this page is back in a few seconds.</p>"
    b"<p lang=ru>\xd0\x9e\xd0\xb4\xd0\xbd\xd1\x83 \xd0\xbc\xd0\xb8\xd0\xbd\xd1\x83\xd1\x82\xd1\x83: "
    b"\xd1\x81\xd1\x82\xd1\x80\xd0\xb0\xd0\xbd\xd0\xb8\xd1\x86\xd0\xb0 \xd1\x81\xd0\xba\xd0\xbe\xd1\x80"
    b"\xd0\xbe \xd0\xb2\xd0\xb5\xd1\x80\xd0\xbd\xd1\x91\xd1\x82\xd1\x81\xd1\x8f.</p>"
    b"<p lang=zh-Hans>\xe8\xaf\xb7\xe7\xa8\x8d\xe5\x80\x99\xef\xbc\x8c\xe9\xa1\xb5\xe9\x9d\xa2\xe5\x8d"
    b"\xb3\xe5\xb0\x86\xe6\x81\xa2\xe5\xa4\x8d\xe3\x80\x82</p>"
)

LINES: Final = 64
LINES_PER_ADDRESS: Final = 24
"""Requests that are with the pages process at a time, in all and of one address."""

WAITED_FOR: Final = 262_144
"""Bytes of a body that are here before the pages process hears of the request; more comes as it comes."""

SLOWEST: Final = 32_768
"""Bytes a second that a body comes with at least, once its first seconds are over."""

log = logging.getLogger("plenary.live")


class Pages:
    """The pages process, behind us."""

    def __init__(self, url: str, largest: int, seconds: float) -> None:
        self._url = httpx.URL(url)
        self._largest = largest
        self._seconds = seconds
        self._lines = Lines(LINES)
        self._transport = httpx.AsyncHTTPTransport(
            limits=httpx.Limits(
                max_connections=LINES, max_keepalive_connections=16, keepalive_expiry=5
            ),
            retries=2,
            trust_env=False,
        )
        self._timeouts = httpx.Timeout(connect=2, read=60, write=30, pool=30).as_dict()

    async def close(self) -> None:
        """Give up the lines to the pages process."""
        await self._transport.aclose()

    async def pass_on(self, request: Request, receive: Receive, send: Send) -> None:
        """Hand *request* over and pass the answer back, both in pieces as they come."""
        request.check_length(self._largest)
        coming = Coming(receive, self._largest)
        body = _Body(coming, self._seconds) if _has_body(request) else None
        if body is not None:
            await body.begin()
        with self._lines.one(request.address, LINES_PER_ADDRESS):
            await self._ask(request, body, send)

    async def _ask(self, request: Request, body: "_Body | None", send: Send) -> None:
        asked = httpx.Request(
            request.method,
            self._url.copy_with(raw_path=_target(request)),
            headers=self._headers(request),
            content=body,
            extensions={"timeout": self._timeouts},
        )
        try:
            response = await self._transport.handle_async_request(asked)
        except httpx.TransportError as error:
            log.warning("the pages process does not answer: %r", error)
            await _later(send, request)
            return
        try:
            await _pass_back(response, send)
        finally:
            await response.aclose()

    def _headers(self, request: Request) -> list[tuple[bytes, bytes]]:
        named = request.headers.get("connection", "").lower().split(",")
        dropped = OF_ONE_LINE | OURS_TO_SAY | {each.strip().encode() for each in named}
        kept = [(name, value) for name, value in request.raw_headers if name not in dropped]
        said = {
            "x-forwarded-for": request.address,
            "x-forwarded-proto": request.scheme,
            "x-forwarded-host": request.host,
        }
        chunked = "transfer-encoding" in request.headers
        return [
            *kept,
            *((name.encode(), value.encode("latin-1")) for name, value in said.items()),
            *([(b"transfer-encoding", b"chunked")] if chunked else []),
        ]


def _target(request: Request) -> bytes:
    return request.raw_path + (b"?" + request.query if request.query else b"")


def _has_body(request: Request) -> bool:
    return "content-length" in request.headers or "transfer-encoding" in request.headers


class _Body(httpx.AsyncByteStream):
    """The request's body for the pages process: begun here, and no slower than it may come."""

    def __init__(self, coming: Coming, seconds: float) -> None:
        self._coming = coming
        self._until = asyncio.get_running_loop().time() + seconds
        self._begun = bytearray()

    async def begin(self) -> None:
        """Wait for the whole of it, or for its beginning where it is long."""
        while self._coming.more and self._coming.length < WAITED_FOR:
            self._begun += await self._piece()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._begun:
            yield bytes(self._begun)
        while self._coming.more:
            piece = await self._piece()
            if piece:
                yield piece

    async def _piece(self) -> bytes:
        return await self._coming.piece(self._until + self._coming.length / SLOWEST)


async def _pass_back(response: httpx.Response, send: Send) -> None:
    headers = [
        (name.lower(), value)
        for name, value in response.headers.raw
        if name.lower() not in OF_ONE_LINE and name.lower() != b"date"
    ]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    stream = response.stream
    assert isinstance(stream, httpx.AsyncByteStream)  # noqa: S101 - an asynchronous transport's are
    async for piece in stream:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _later(send: Send, request: Request) -> None:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", b"%d" % len(LATER)),
        (b"cache-control", b"no-store"),
        (b"retry-after", b"2"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        *([(b"refresh", b"3")] if request.method == "GET" else []),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": LATER})
