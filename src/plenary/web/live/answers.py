"""Answers: JSON and bytes, with the headers every answer has."""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from plenary.feed.lines import Send
from plenary.web.live.asking import NotAnsweredError

Headers = Iterable[tuple[bytes, bytes]]

ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
NO_STORE = (b"cache-control", b"no-store")
JSON = (b"content-type", b"application/json")


async def answer(send: Send, status: int, body: bytes, headers: Headers = ()) -> None:
    """Send a whole answer; nothing is kept by a cache unless *headers* say so."""
    own = list(headers)
    named = {name for name, _ in own}
    if b"cache-control" not in named:
        own.append(NO_STORE)
    if status != 204:
        own.append((b"content-length", b"%d" % len(body)))
    always = [each for each in ALWAYS if each[0] not in named]
    await send({"type": "http.response.start", "status": status, "headers": [*own, *always]})
    await send({"type": "http.response.body", "body": body})


async def answer_json(send: Send, status: int, data: Any, headers: Headers = ()) -> None:
    """Send *data* as JSON."""
    await answer(send, status, msgspec.json.encode(data), [JSON, *headers])


async def answer_error(send: Send, error: NotAnsweredError, headers: Headers = ()) -> None:
    """Send why a request was not answered."""
    said = {"error": error.error, "message": error.message, "where": error.where}
    data = {key: value for key, value in said.items() if value}
    close = [(b"connection", b"close")] if error.status in (408, 413) else []
    await answer_json(send, error.status, data, [*headers, *close])


async def answer_unless_known(send: Send, known: str, body: bytes, headers: Headers = ()) -> None:
    """Send *body* with its digest as ETag, or 304 where the reader has it (``If-None-Match``)."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    tagged = [(b"etag", tag.encode()), (b"cache-control", b"no-cache"), *headers]
    if tag in known:
        await answer(send, 304, b"", tagged)
    else:
        await answer(send, 200, body, tagged)
