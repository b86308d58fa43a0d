"""What is prepared for the presiding officer: the script, with the agenda and the list of documents in it.

Rule 1: it is kept in a file beside the record (``meetings/ORG/MEETING/script.json``), for the presiding
officer's console, the secretariat and paper; it is no part of the record.
Rule 2: a file is replaced as a whole, so that nobody reads half of one.
"""

from pathlib import Path
from typing import Any

import msgspec

from plenary.rules.acts import Agenda, DocumentList, Item
from plenary.rules.names import DocumentId
from plenary.store.settings import DATA
from plenary.web.reading import Sitting


class Step(msgspec.Struct, kw_only=True):
    """One step of the script: the act it ends in, with what, and what is said, by language."""

    id: str
    act: str | None = None
    with_: dict[str, Any] = msgspec.field(name="with", default_factory=dict)
    say: dict[str, str] = msgspec.field(default_factory=dict)


def _path(origin: str) -> Path:
    return DATA / "meetings" / origin / "script.json"


def script(found: Sitting) -> list[Step]:
    """Return the steps prepared for the meeting."""
    path = _path(found.origin)
    if not path.is_file():
        return []
    return msgspec.json.decode(path.read_bytes(), type=list[Step])


def keep_script(found: Sitting, steps: list[Step]) -> None:
    """Keep *steps* in place of those before."""
    path = _path(found.origin)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(".new")
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(steps), indent=1))
    beside.replace(path)


def _subject_of(steps: list[Step], subject: str) -> Step | None:
    return next(
        (
            s
            for s in steps
            if s.act == "put" and s.with_.get("subject", {}).get("subject") == subject
        ),
        None,
    )


def draft_agenda(found: Sitting) -> tuple[Item, ...]:
    """Return the items prepared."""
    step = _subject_of(script(found), "agenda")
    return msgspec.convert(step.with_["subject"], Agenda).items if step else ()


def draft_list(found: Sitting) -> tuple[DocumentId, ...]:
    """Return the list of documents prepared."""
    step = _subject_of(script(found), "document_list")
    return msgspec.convert(step.with_["subject"], DocumentList).documents if step else ()


def keep_draft(found: Sitting, subject: Agenda | DocumentList) -> None:
    """Prepare *subject* to be put, in place of what was prepared before."""
    plain = msgspec.to_builtins(subject)
    steps = script(found)
    step = _subject_of(steps, plain["subject"])
    if step is None:
        step = Step(id=plain["subject"].replace("_", "-"), act="put")
        steps.append(step)
    step.with_ = {**step.with_, "subject": plain}
    keep_script(found, steps)
