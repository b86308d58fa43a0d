"""What is prepared for the presiding officer: the script, with the agenda and the list of documents in it.

Rule: it is kept beside the record, for the presiding officer's console, the secretariat and paper; it is
no part of the record.
"""

from typing import Any

import msgspec

from plenary.rules.acts import Agenda, DocumentList, Item
from plenary.rules.names import DocumentId
from plenary.store.access import script_for
from plenary.store.scripts import change_script
from plenary.web.secretariat.at_work import AtWork


class Step(msgspec.Struct, kw_only=True):
    """One step of the script: the act it ends in, with what, and what is said, by language."""

    id: str
    act: str | None = None
    with_: dict[str, Any] = msgspec.field(name="with", default_factory=dict)
    say: dict[str, str] = msgspec.field(default_factory=dict)


def script(work: AtWork) -> list[Step]:
    """Return the steps prepared for the meeting."""
    return _read(script_for(work.meeting, work.seat, work.found.origin))


def _read(kept: bytes | None) -> list[Step]:
    return msgspec.json.decode(kept, type=list[Step]) if kept else []


def _subject_of(steps: list[Step], subject: str) -> Step | None:
    return next(
        (
            s
            for s in steps
            if s.act == "put" and s.with_.get("subject", {}).get("subject") == subject
        ),
        None,
    )


def draft_agenda(work: AtWork) -> tuple[Item, ...]:
    """Return the items prepared."""
    step = _subject_of(script(work), "agenda")
    return msgspec.convert(step.with_["subject"], Agenda).items if step else ()


def draft_list(work: AtWork) -> tuple[DocumentId, ...]:
    """Return the list of documents prepared."""
    step = _subject_of(script(work), "document_list")
    return msgspec.convert(step.with_["subject"], DocumentList).documents if step else ()


def keep_draft(work: AtWork, subject: Agenda | DocumentList) -> None:
    """Prepare *subject* to be put, in place of what was prepared before."""
    plain = msgspec.to_builtins(subject)

    def change(kept: bytes | None) -> bytes:
        steps = _read(kept)
        step = _subject_of(steps, plain["subject"])
        if step is None:
            step = Step(id=plain["subject"].replace("_", "-"), act="put")
            steps.append(step)
        step.with_ = {**step.with_, "subject": plain}
        return msgspec.json.encode(steps)

    change_script(work.found.origin, change)
