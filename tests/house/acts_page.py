"""Writes docs/acts.md from the code: ``python -m tests.house.acts_page > docs/acts.md``.

Rule: what the page says of who, when and what is read from the profiles and the rules, never typed.
"""

import inspect
import re
import sys
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Annotated, Union, get_args, get_origin, get_type_hints

import msgspec

from plenary.rules import acts as a
from plenary.rules import decide
from plenary.rules.acts import ACTS, Act
from plenary.rules.order import AFTER_THE_POINT_OF_ORDER, IN_ORDER
from plenary.rules.profile import Profile
from plenary.rules.profile_reading import read_profile
from plenary.rules.visibility import DELEGATION, NOT_PUBLIC, PUBLIC

ROOT = Path(__file__).parents[2]
PROFILES = {"sco": "SCO", "un-ga": "UN General Assembly"}
LEVELS = {
    "head": "the head in person",
    "instructed": "also staff on the head's instruction",
    "staff": "anyone accredited",
}
WRITTEN: dict[type[Act], str] = {
    a.Convene: "Convened",
    a.InviteGuest: "GuestInvited",
    a.ReceiveLetter: "LetterReceived",
    a.ExamineLetter: "LetterExamined",
    a.ReplaceHead: "HeadReplaced",
    a.TakeSeat: "SeatTaken",
    a.LeaveMeeting: "MeetingLeft",
    a.ReturnToMeeting: "ReturnedToMeeting",
    a.InstallActingChair: "ActingChairInstalled",
    a.RestoreChair: "ChairRestored",
    a.OpenMeeting: "MeetingOpened",
    a.CallTheRoll: "RollCalled",
    a.OpenSegment: "SegmentOpened",
    a.Suspend: "MeetingSuspended",
    a.Resume: "MeetingResumed",
    a.CloseMeeting: "ChairmanshipPassed where that was decided, then MeetingClosed",
    a.TakeUpItem: "ItemTakenUp",
    a.ConcludeItem: "ItemConcluded",
    a.AskForTheFloor: "FloorRequested",
    a.WithdrawRequest: "RequestWithdrawn",
    a.ReorderList: "ListReordered",
    a.CloseList: "ListClosed",
    a.ReopenList: "ListReopened",
    a.ConsentToSpeak: "ConsentGiven",
    a.SignalReady: "ReadySignalled",
    a.GiveTheFloor: "FloorGiven",
    a.UndoFloor: "FloorTakenBack",
    a.ExtendTime: "TimeExtended",
    a.YieldTheFloor: "FloorEnded",
    a.EndSpeech: "FloorEnded",
    a.AskForReply: "FloorRequested",
    a.RaisePointOfOrder: "PointOfOrderRaised",
    a.Rule: "RulingGiven",
    a.GiveRuling: "RulingGiven",
    a.Appeal: "RulingChallenged",
    a.Move: "MotionMoved",
    a.WithdrawMotion: "MotionWithdrawn",
    a.SpeakOnMotion: "SpokenOnMotion",
    a.Table: "DocumentTabled",
    a.Amend: "QuestionSetAside for a window on the old texts, then DocumentAmended",
    a.WithdrawDocument: "DocumentWithdrawn",
    a.Put: "QuestionPut",
    a.AcknowledgeText: "TextAcknowledged",
    a.Object: "ObjectionRaised; in a silence procedure SilenceBroken",
    a.LiftObjection: "ObjectionLifted",
    a.StandAside: "StoodAside",
    a.PlaceOpinion: "OpinionPlaced; after the gavel StatementRecorded",
    a.TakeBack: "TakenBack",
    a.ConfirmByTelephone: "ConfirmedByTelephone",
    a.ProceedWithout: "ProceededWithout",
    a.BreakSilence: "SilenceBroken",
    a.DeclareAdopted: (
        "QuestionAgreed and what follows from the subject: FormAgreed, AgendaAdopted, DocumentsListed, "
        "RuleWaived, ChairmanshipDecided, MotionDecided with its effect, RulingDecided, or for each "
        "document DocumentAdopted (AmendmentIncorporated), ReportApproved, MandateGiven, "
        "InitiativeDecided"
    ),
    a.SetAside: "QuestionSetAside, and MotionDecided or RulingDecided where that was the subject",
    a.CastVote: "VoteCast",
    a.DeclareResult: "VoteDeclared, and the same consequences as an adoption, or DocumentRejected",
    a.JoinLater: "JoinedLater",
    a.Sign: "DocumentSigned",
    a.EnterLate: "EnteredLate, then the events of the act that was done",
}


def page() -> str:
    """Return the whole page."""
    profiles = {name: _profile(name) for name in PROFILES}
    parts = [
        "# Acts",
        "What people can do at a meeting, one section for each act: who may, when it is in order, what is "
        "written. Made from the code by `python -m tests.house.acts_page > docs/acts.md`; a test holds it "
        "to that. A refused act changes nothing and is no entry. The words are those of the "
        "[glossary](glossary.md); the reasons for refusals are in `src/plenary/rules/refusals.py`.",
    ]
    parts += [_section(name, act, profiles) for name, act in ACTS.items()]
    return "\n\n".join(parts) + "\n"


def _profile(name: str) -> Profile:
    folder = ROOT / "src" / "plenary" / "profiles" / name
    return read_profile(
        (folder / "organisation.toml").read_text("utf-8"),
        (folder / "procedure.toml").read_text("utf-8"),
    )


def _section(name: str, act: type[Act], profiles: dict[str, Profile]) -> str:
    lines = [
        f"## {name.replace('_', ' ').capitalize()}",
        "",
        f"`{name}`: {inspect.getdoc(act)}",
        "",
    ]
    lines += [f"* Argument `{field}`: {kind}" for field, kind in _arguments(act)]
    lines += [f"* Who, {PROFILES[key]}: {_who(name, profile)}" for key, profile in profiles.items()]
    lines += [f"* In order: {_when(act)}", f"* Decides: {_deciding(act)}"]
    lines += [f"* Written: {WRITTEN[act]}", f"* Read by: {_readers(act)}"]
    if act.sees_connections:
        lines.append("* Decided on who is connected; the entry says who was.")
    return "\n".join(lines)


def _arguments(act: type[Act]) -> list[tuple[str, str]]:
    hints = get_type_hints(act, include_extras=True)
    return [
        (field.encode_name, _kind(hints[field.name]) + ("" if field.required else ", optional"))
        for field in msgspec.structs.fields(act)
    ]


def _kind(hint: object) -> str:
    """Return a type as the page shows it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        limits = [_limits(meta) for meta in arguments[1:] if isinstance(meta, msgspec.Meta)]
        return " ".join([_kind(arguments[0]), *filter(None, limits)])
    if origin in {Union, UnionType}:
        parts = [each for each in arguments if each is not type(None)]
        return "any act" if len(parts) > 20 else " or ".join(map(_kind, parts))
    if origin is dict:
        return f"{_kind(arguments[1])}, by {_kind(arguments[0])}"
    if origin is tuple:
        return f"list of {_kind(arguments[0])}"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " | ".join(hint)
    name = getattr(hint, "__name__", str(hint))
    return {"str": "text", "int": "whole number", "bool": "yes or no"}.get(name, name)


def _limits(meta: msgspec.Meta) -> str:
    shown = {
        "at least": meta.ge if meta.ge is not None else meta.min_length,
        "at most": meta.le if meta.le is not None else meta.max_length,
        "of the form": meta.pattern and f"`{meta.pattern}`",
    }
    said = ", ".join(f"{word} {value}" for word, value in shown.items() if value is not None)
    return f"({said})" if said else ""


def _who(name: str, profile: Profile) -> str:
    page_language = profile.organisation.languages.pages[0]
    able = [
        f"{kind.names[page_language]} ({LEVELS[kind.acts[name]]})"
        for kind in profile.procedure.kinds.values()
        if name in kind.acts
    ]
    return "; ".join(able) or "nobody"


def _when(act: type[Act]) -> str:
    stages = [stage.value.replace("_", " ") for stage, able in IN_ORDER.items() if act in able]
    waits = (
        "; not while a point of order or an appeal waits" if act in AFTER_THE_POINT_OF_ORDER else ""
    )
    return "while the meeting is " + ", ".join(stages) + waits


def _deciding(act: type[Act]) -> str:
    source = inspect.getsource(decide)
    found = re.search(rf"case a\.{act.__name__}\(\):\s+(?:return|before =) ([a-z_.]+)\(", source)
    return f"`{found.group(1)}`" if found else "`sitting.convene`"


def _readers(act: type[Act]) -> str:
    if act is a.TakeSeat:
        return "the delegation itself, the presiding officer and the secretariat"
    if act is a.EnterLate:
        return "whoever may read the act that was done"
    level = NOT_PUBLIC.get(act, PUBLIC).replace(DELEGATION, "")
    if act.confidential:
        level += "; in a consultation the presiding officer and the secretariat, when it ends"
    return level + (" (in a closed segment: members)" if level == PUBLIC else "")


if __name__ == "__main__":
    sys.stdout.write(page())
