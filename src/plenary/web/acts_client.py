"""Acts of the pages: done by the live process, each meeting's one writer.

Rule 1: a page sends one act with the key its form was given, so that a form sent twice acts once.
Rule 2: what the live process refuses is raised as ``RefusedAct``, with the rule in the reader's words.
Rule 3: no act is kept for later: where the live process is not there, the page says so.
"""

from collections.abc import Mapping
from typing import Any, Final, Protocol

import httpx
import msgspec
from django.conf import settings

from plenary.rules.acts import AnyAct
from plenary.rules.names import PersonId, SeatId, Value

SECONDS: Final = 10.0


class RuleSaid(Value, kw_only=True, forbid_unknown_fields=False):
    """The rule a refusal rests on, as the live process says it in the reader's language."""

    key: str
    text: str
    standing: str
    source: str = ""


class RefusedAct(Exception):  # noqa: N818 - "refused" is the word; it is no error
    """An act that was not in order, in words of the reader's language."""

    def __init__(self, reason: str, message: str, rule: RuleSaid | None) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.rule = rule


class NotReachedError(RuntimeError):
    """The live process did not answer; whether the act was done is not known."""


class Done(Value, kw_only=True, forbid_unknown_fields=False):
    """That an act is done: its entry's number, or None while a consultation holds it."""

    number: int | None = None
    at: int = 0


class Door(Protocol):
    """Where acts are brought."""

    def perform(
        self, origin: str, person: PersonId, seat: SeatId, act: AnyAct, *, key: str, language: str
    ) -> Done:
        """Do *act*, or raise ``RefusedAct`` or ``NotReachedError``."""
        ...


class LiveProcess:
    """The live process behind its loopback port, with the secret both got from the supervisor."""

    def __init__(self, url: str, secret: str) -> None:
        self._client = httpx.Client(
            base_url=url, headers={"X-Plenary-Secret": secret}, timeout=SECONDS, trust_env=False
        )

    def perform(
        self, origin: str, person: PersonId, seat: SeatId, act: AnyAct, *, key: str, language: str
    ) -> Done:
        """Do *act*; see ``Door``."""
        asked = {
            "origin": origin,
            "person": person,
            "seat": seat,
            "act": msgspec.to_builtins(act),
            "key": key,
            "language": language,
        }
        try:
            answer = self._client.post("/internal/acts", json=asked)
        except httpx.HTTPError as error:
            raise NotReachedError(str(error)) from error
        return _understood(answer.status_code, answer.content)


def _understood(status: int, content: bytes) -> Done:
    try:
        said: Mapping[str, Any] = msgspec.json.decode(content)
        if status == 200:
            return msgspec.convert(said, Done)
        if status == 409:
            rule = msgspec.convert(said["rule"], RuleSaid) if said.get("rule") else None
            raise RefusedAct(said["refused"], said["message"], rule)
    except (msgspec.DecodeError, msgspec.ValidationError, KeyError) as error:
        raise NotReachedError(f"the live process answered {status}: {content[:200]!r}") from error
    raise NotReachedError(f"the live process answered {status}: {said.get('message', '')}")


_doors: dict[str, Door] = {}


def door() -> Door:
    """Return where acts are brought: the live process the supervisor named."""
    if "live" not in _doors:
        _doors["live"] = LiveProcess(settings.LIVE_URL, settings.LIVE_SECRET)
    return _doors["live"]


def bring_acts_to(other: Door | None) -> None:
    """Bring acts to *other* from now on (None: to the live process again)."""
    _doors.clear()
    if other is not None:
        _doors["live"] = other
