"""One request: who asks from where, and what; and what stops it before anything is looked at.

Rule 1: a proxy's word on the client is taken from the proxies that were named, from nobody else.
Rule 2: what changes something comes from a page of this origin, as JSON, with our header.
"""

import asyncio
from collections.abc import Mapping
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar
from urllib.parse import parse_qs

import msgspec

from plenary.feed.lines import Message, Receive
from plenary.rules.names import SeatId
from plenary.web.live.settings import Settings

T = TypeVar("T")


class NotAnsweredError(Exception):
    """A request that is answered with a status and an error, and nothing else."""

    def __init__(self, status: int, error: str, message: str = "", where: str = "") -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.message = message
        self.where = where


NOT_FOUND = 404


def not_found() -> NotAnsweredError:
    """Return the one answer for what is not there and what is not for this viewer."""
    return NotAnsweredError(NOT_FOUND, "not_found")


class Request:
    """A request, as far as it has been looked at."""

    def __init__(self, scope: Mapping[str, Any], receive: Receive, settings: Settings) -> None:
        self._settings = settings
        self._receive = receive
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: bytes = scope["query_string"]
        self.raw_path: bytes = scope.get("raw_path") or self.path.encode()
        self.raw_headers: list[tuple[bytes, bytes]] = list(scope["headers"])
        self.server_port: int | None = (scope.get("server") or (None, None))[1]
        self.peer: str = (scope.get("client") or ("", 0))[0]

    @cached_property
    def headers(self) -> dict[str, str]:
        """The headers by lower-case name; of a repeated one the last."""
        return {name.decode("latin-1"): value.decode("latin-1") for name, value in self.raw_headers}

    @cached_property
    def arguments(self) -> dict[str, str]:
        """The query's arguments, none twice."""
        try:
            given = parse_qs(
                self.query.decode("ascii"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=20,
            )
        except (ValueError, UnicodeDecodeError) as error:
            raise NotAnsweredError(400, "malformed", "the query cannot be read") from error
        for name, values in given.items():
            if len(values) > 1:
                raise NotAnsweredError(400, "malformed", "given twice", name)
        return {name: values[0] for name, values in given.items()}

    @cached_property
    def cookies(self) -> dict[str, str]:
        """The cookies by name."""
        try:
            return {
                key: each.value for key, each in SimpleCookie(self.headers.get("cookie")).items()
            }
        except CookieError:
            return {}

    @property
    def from_a_proxy(self) -> bool:
        """Whether the peer is a proxy that was named."""
        return self.peer in self._settings.proxies

    @cached_property
    def address(self) -> str:
        """The client's address: the peer's, or what a named proxy says it is."""
        said = self.headers.get("x-forwarded-for", "")
        if said and self.from_a_proxy:
            return said.rsplit(",", 1)[-1].strip()[:60]
        return self.peer

    @cached_property
    def scheme(self) -> str:
        """``https`` where a named proxy says so."""
        secure = self.headers.get("x-forwarded-proto", "").strip().lower() == "https"
        return "https" if secure and self.from_a_proxy else "http"

    @property
    def host(self) -> str:
        """The host, with its port, as the client named it."""
        return self.headers.get("host", "").lower()

    def check_host(self) -> None:
        """Refuse a host that is not ours (a rebound name, a forged header)."""
        host = self.host
        name = host[: host.find("]") + 1] if host.startswith("[") else host.split(":", 1)[0]
        if name not in self._settings.hosts:
            raise NotAnsweredError(400, "unknown_host")

    def check_same_origin(self) -> None:
        """Refuse what no page of this origin can have sent with our header."""
        if self.headers.get("origin", "").lower() != f"{self.scheme}://{self.host}":
            raise NotAnsweredError(403, "cross_site")
        if self.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise NotAnsweredError(403, "cross_site")
        if self.headers.get("x-plenary") != "1":
            raise NotAnsweredError(403, "cross_site")

    def check_json(self) -> None:
        """Refuse a body that does not say it is JSON."""
        kind = self.headers.get("content-type", "").split(";", 1)[0].strip().lower()
        if kind != "application/json":
            raise NotAnsweredError(415, "not_json")

    @property
    def seat(self) -> SeatId | None:
        """The seat the query names; None: the public."""
        named = self.arguments.get("seat")
        return None if named is None else SeatId(named)

    def check_length(self, largest: int) -> None:
        """Refuse a body that says of itself that it is too large."""
        try:
            declared = int(self.headers.get("content-length", "0"))
        except ValueError:
            raise NotAnsweredError(400, "malformed") from None
        if declared > largest:
            raise NotAnsweredError(413, "too_large")

    async def body(self, largest: int, seconds: float) -> bytes:
        """Return the body, or refuse one that is too large or too slow in coming."""
        self.check_length(largest)
        coming = Coming(self._receive, largest)
        until = asyncio.get_running_loop().time() + seconds
        data = bytearray()
        while coming.more:
            data += await coming.piece(until)
        return bytes(data)


class Coming:
    """A request's body as it comes: ``length`` bytes so far, and whether there is ``more``."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive = receive
        self._largest = largest
        self.length = 0
        self.more = True

    async def piece(self, until: float) -> bytes:
        """Return the next piece; refuse one that is not there by then (loop's time), or one too many."""
        try:
            async with asyncio.timeout_at(until):
                message: Message = await self._receive()
        except TimeoutError:
            raise NotAnsweredError(408, "too_slow") from None
        if message["type"] == "http.disconnect":
            raise NotAnsweredError(400, "gone")
        piece: bytes = message.get("body", b"")
        self.length += len(piece)
        if self.length > self._largest:
            raise NotAnsweredError(413, "too_large")
        self.more = message.get("more_body", False)
        return piece


def decoded(data: bytes, decoder: "msgspec.json.Decoder[T]") -> T:
    """Return what *data* spells, or refuse it, saying where it is not as it must be."""
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `")
        raise NotAnsweredError(400, "malformed", message, where.rstrip("`") or "$") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotAnsweredError(400, "malformed", "not JSON", "$") from error


def language_of(request: Request, cookie: str, known: tuple[str, ...]) -> str:
    """Return the language the reader chose, else the first of those it accepts that is known."""
    chosen = request.cookies.get(cookie, "").lower()
    if chosen in known:
        return chosen
    for wanted in request.headers.get("accept-language", "")[:200].split(","):
        asked = wanted.split(";", 1)[0].strip().lower()
        for language in known:
            if asked == language or language.split("-")[0] == asked.split("-")[0]:
                return language
    return known[0]
