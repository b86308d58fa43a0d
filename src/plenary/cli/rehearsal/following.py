"""What followed an act at a server: read in the feed, in the seat of the secretariat.

Rule: bots know what the server has told them, entry by entry and what a consultation holds.
"""

import contextlib
from typing import Any, Final

import httpx
import msgspec

from plenary.cli.rehearsal.desks import Answered, Asked
from plenary.cli.rehearsal.line import Lines
from plenary.desk.codec import Body, Deed, decode_body, encode, in_order_of_doing
from plenary.folders.folder import Folder
from plenary.folders.preparation import secretariat_seat
from plenary.rules.events import AnyEvent
from plenary.rules.names import PersonId, RuleId
from plenary.rules.refusals import Reason

REFUSED: Final = 409
NOT_THERE: Final = 404
"""What a seat is to somebody without a letter to it."""


class Following:
    """The record of a meeting at a server, as far as bots have read it."""

    def __init__(self, folder: Folder, lines: Lines) -> None:
        self.last = -1
        """The number of the entry read last, -1: none yet."""
        self.heard: list[Deed] = []
        """What was done at the server, in the order in which it was read here."""
        self._seat = secretariat_seat(folder)
        self._reader = PersonId(next(iter(folder.summit.secretariat)))
        self._lines = lines
        self._known: set[object] = set()

    def posted(self, asked: Asked) -> dict[str, Any]:
        """Return *asked* as it is posted."""
        return {
            "key": asked.key,
            "seen": max(self.last, 0),
            "seat": asked.by.seat,
            "on_instruction": asked.by.instructed_by is not None,
            "act": msgspec.to_builtins(asked.act),
        }

    def answered(self, asked: Asked, answer: httpx.Response) -> Answered:
        """Return what the server said and what followed.

        Raises:
            ValueError: if it is neither done nor refused.
        """
        said: dict[str, Any] = answer.json()
        if answer.status_code == REFUSED:
            facts = {key: str(value) for key, value in said["facts"].items()}
            rule = RuleId(said["rule"]["key"]) if said["rule"] else None
            return Answered(reason=Reason(said["refused"]), rule=rule, facts=facts)
        if answer.status_code == NOT_THERE:
            return Answered(reason=Reason.NOT_ACCREDITED, rule=RuleId("accreditation"))
        if answer.status_code != 200:
            raise ValueError(
                f"{asked.act.__struct_config__.tag} by {asked.by.seat}/{asked.by.person}: the server "
                f"answered {answer.status_code}: {said.get('message', '')}"
            )
        deeds = self.news(held=said["number"] is None)
        return Answered(number=said["number"], events=tuple(events_of(deeds)))

    def news(self, *, held: bool = False) -> list[Deed]:
        """Return the deeds that were not known yet, in the order of their doing; *held*: only those."""
        reader = self._lines.of(self._reader, self._seat)
        with contextlib.closing(self._lines.feed(reader, self._seat, self.last)) as saying:
            if held:
                return self._held(saying)
            return self._unknown([deed for _, deed in in_order_of_doing(self._written(saying))])

    def _written(self, saying: Any) -> list[Body]:
        size = 0
        written: list[Body] = []
        for name, data in saying:
            if name == "hello":
                size = data["size"]
            elif name == "entry":
                written.append(decode_body(data["body"].encode()))
                self.last = data["number"]
            if self.last == size - 1:
                break
        return written

    def _held(self, saying: Any) -> list[Deed]:
        for name, data in saying:
            if name == "held":
                new = self._unknown(msgspec.convert(data["deeds"], list[Deed]))
                if new:
                    return new
            elif name == "time":
                break
        return self.news()  # the consultation has ended meanwhile, and is an entry

    def _unknown(self, deeds: list[Deed]) -> list[Deed]:
        new = [deed for deed in deeds if _mark(deed) not in self._known]
        self._known.update(map(_mark, new))
        self.heard += new
        return new

    def read(self, name: str) -> bytes:
        """Return what stands under *name* at the server, read in the seat of the secretariat."""
        return self._lines.read(self._lines.of(self._reader, self._seat), name, self._seat)


def _mark(deed: Deed) -> object:
    return deed.key if deed.key is not None else encode(deed)


def events_of(deeds: list[Deed]) -> list[AnyEvent]:
    """Return everything that followed from *deeds*."""
    return [event for deed in deeds for event in deed.events]
