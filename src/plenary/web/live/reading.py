"""What there is to read beside the feed: the room, the profile, the script, documents, bundles."""

import asyncio
import re
from collections.abc import Callable
from typing import Final

from plenary.desk.publishing import full_bundle, public_bundle
from plenary.feed.viewers import Viewer
from plenary.rules.names import DocumentId, Language, Value
from plenary.rules.visibility import sees_everything
from plenary.store import access
from plenary.web.live.asking import not_found
from plenary.web.live.rooms import Room

NUMBERED: Final = re.compile(r"(\d+(?:\.\d+)*)[.)]\s+(.*)", re.DOTALL)


class Paragraph(Value, kw_only=True, omit_defaults=False):
    """One paragraph of a document."""

    number: str | None
    heading: bool
    text: str


class DocumentRead(Value, kw_only=True, omit_defaults=False):
    """A document in one language."""

    document: DocumentId
    language: Language
    authentic: bool
    digest: str
    paragraphs: tuple[Paragraph, ...]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text: parted by empty lines, ``# `` a heading, ``1. `` a number."""
    found = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        heading = part.startswith("#")
        plain = part.lstrip("#").strip() if heading else part.strip()
        numbered = None if heading else NUMBERED.fullmatch(plain)
        number, words = numbered.groups() if numbered else (None, plain)
        found.append(Paragraph(number=number, heading=heading, text=words))
    return tuple(each for each in found if each.text)


async def document(room: Room, viewer: Viewer, name: str, language: str) -> DocumentRead:
    """Return a document's text as *viewer* may read it; see ``access.text_for``."""
    seen = room.feed.seen(viewer.seat)
    key, tongue = DocumentId(name), Language(language)
    try:
        text = await room.in_thread(lambda: access.text_for(seen, room.minutes.origin, key, tongue))
    except access.NotFoundError:
        raise not_found() from None
    return DocumentRead(
        document=key,
        language=tongue,
        authentic=tongue in room.profile.organisation.languages.authentic,
        digest=seen.documents[key].texts[tongue],
        paragraphs=paragraphs(text.decode(errors="replace")),
    )


async def script(room: Room, viewer: Viewer) -> bytes:
    """Return the spoken script, for the presiding officer and the secretariat; none: an empty one."""
    meeting, origin = room.meeting, room.minutes.origin
    try:
        kept = await room.in_thread(lambda: access.script_for(meeting, viewer.seat, origin))
    except access.NotFoundError:
        raise not_found() from None
    return kept or b"[]"


def _everything(room: Room, viewer: Viewer) -> None:
    if viewer.seat is None or not sees_everything(room.meeting, viewer.seat):
        raise not_found()


class Bundles:
    """The bundles of one room, each made once for each state of the record."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._made: dict[str, tuple[tuple[int, int], bytes]] = {}
        self._making = asyncio.Lock()

    async def public(self) -> bytes:
        """Return the record as the public may read it."""
        return await self._once("public", lambda: self._bundle(public_bundle))

    async def record(self, viewer: Viewer) -> bytes:
        """Return the whole record, for the presiding officer and the secretariat."""
        _everything(self._room, viewer)
        return await self._once("record", lambda: self._bundle(full_bundle))

    def _bundle(self, make: Callable[..., bytes]) -> bytes:
        return make(self._room.profile, self._room.minutes, self._room.key)

    async def _once(self, name: str, make: Callable[[], bytes]) -> bytes:
        room = self._room
        async with self._making:
            notes = await room.in_thread(lambda: len(room.minutes.checkpoints()))
            state = (room.feed.size, notes)
            if name not in self._made or self._made[name][0] != state:
                self._made[name] = (state, await room.in_thread(make))
            return self._made[name][1]
