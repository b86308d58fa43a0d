"""Reading a profile from its two texts, and finding everything that is wrong in it.

Rule 1: a fault is named by file, key and what was expected; all faults are found, not the first.
Rule 2: reading files is not done here.
"""

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec

from plenary.rules.acts import ACTS, Finding
from plenary.rules.names import Language, Text, unfit_character
from plenary.rules.profile import (
    EFFECTS,
    MATTERS,
    SLOTS,
    Chairmanship,
    DecisionRule,
    Office,
    Organisation,
    Procedure,
    Profile,
    Share,
)

ORGANISATION = "organisation.toml"
PROCEDURE = "procedure.toml"
LEVELS = ("head", "instructed", "staff")
FURTHER_SUCCESSORS = ("next_chair", "ordering")

# Without exponents and of few digits: a profile may come from a stranger's bundle.
FRACTION = re.compile(r"[0-9]{1,9}([/.][0-9]{1,9})?")
IN_SYMBOLS = re.compile(r"\{(?:number|date|body)\}")

File = TypeVar("File", Organisation, Procedure)


class Fault(msgspec.Struct, frozen=True):
    """One thing wrong in a profile: which file, which key, what was expected."""

    file: str
    key: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.expected}"


class ProfileFaultyError(ValueError):
    """A profile that cannot be used, with everything that is wrong in it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read_profile(organisation: str, procedure: str) -> Profile:
    """Read a profile from the texts of its two files, or raise ``ProfileFaultyError``."""
    faults: list[Fault] = []
    first = _read(ORGANISATION, organisation, Organisation, faults)
    second = _read(PROCEDURE, procedure, Procedure, faults)
    if first is None or second is None:
        raise ProfileFaultyError(faults)
    profile = Profile(organisation=first, procedure=second)
    faults.extend(check_profile(profile))
    if faults:
        raise ProfileFaultyError(faults)
    return profile


def check_profile(profile: Profile) -> Iterator[Fault]:
    """Yield everything in *profile* that its schema alone cannot find."""
    for file, part in ((ORGANISATION, profile.organisation), (PROCEDURE, profile.procedure)):
        yield from _texts(file, part, profile.organisation.languages.pages)
        yield from _characters(file, msgspec.to_builtins(part))
    yield from _languages(profile)
    yield from _parties(profile)
    yield from _offices_and_bodies(profile)
    yield from _chairmanship(profile)
    yield from _rules(profile)
    yield from _kinds(profile)
    yield from _decisions(profile)
    yield from _documents_and_motions(profile)


def _read(file: str, text: str, form: type[File], faults: list[Fault]) -> File | None:
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, a number too long, too deep
        faults.append(Fault(file, "(the whole file)", f"expected TOML; {error}"))
        return None
    misfits = list(_misfits(file, tables, form))
    faults.extend(misfits)
    return None if misfits else msgspec.convert(tables, form)


def _misfits(file: str, value: object, form: Any, key: str = "") -> Iterator[Fault]:
    """Yield what in *value* is not of the type *form*: all of it, where msgspec would name the first."""
    form = _unless_none(form)
    arguments = get_args(form)
    if isinstance(form, type) and issubclass(form, msgspec.Struct) and isinstance(value, dict):
        yield from _fields(file, value, form, key)
    elif get_origin(form) is dict and isinstance(value, dict):
        for name, part in value.items():
            yield from _misfits(file, part, arguments[1], f"{key}.{name}")
    elif get_origin(form) is tuple and isinstance(value, list):
        for place, part in enumerate(value):
            yield from _misfits(file, part, arguments[0], f"{key}[{place}]")
    else:
        try:
            msgspec.convert(value, form)
        except msgspec.ValidationError as error:
            yield Fault(file, key, str(error).replace("`", ""))


def _fields(
    file: str, value: dict[str, object], form: type[msgspec.Struct], key: str
) -> Iterator[Fault]:
    fields = {field.name: field for field in msgspec.structs.fields(form)}
    for name in value:
        yield from _known(file, f"{key}.{name}".lstrip("."), name, fields)
    for name, field in fields.items():
        where = f"{key}.{name}".lstrip(".")
        if name in value:
            yield from _misfits(file, value[name], field.type, where)
        elif field.required:
            yield Fault(file, where, "expected this key")


def _unless_none(form: Any) -> Any:
    """Return X for ``X | None``: TOML has no null, so what is there is an X."""
    others = [each for each in get_args(form) if each is not NoneType]
    return others[0] if get_origin(form) in (Union, UnionType) and len(others) == 1 else form


def _texts(file: str, part: object, pages: Iterable[Language], key: str = "") -> Iterator[Fault]:
    """Every text in several languages must have each language that pages are read in."""
    for form, where, value in _inside(part, key):
        if form == Text and isinstance(value, Mapping):
            for language in pages:
                if language not in value:
                    expected = "expected this text in this language too"
                    yield Fault(file, f"{where}.{language}", expected)
        else:
            yield from _texts(file, value, pages, where)


def _inside(part: object, key: str) -> Iterator[tuple[object, str, object]]:
    """Yield what *part* consists of: its declared type where known, its key, itself."""
    if isinstance(part, msgspec.Struct):
        for field in msgspec.structs.fields(part):
            value = getattr(part, field.name)
            if field.type == dict[str, Text]:
                yield from ((Text, f"{field.name}.{name}", text) for name, text in value.items())
            else:
                yield _unless_none(field.type), f"{key}.{field.name}".lstrip("."), value
    elif isinstance(part, Mapping):
        yield from ((None, f"{key}.{name}", value) for name, value in part.items())
    elif isinstance(part, tuple):
        yield from ((None, f"{key}[{place}]", value) for place, value in enumerate(part))


def _characters(file: str, value: object, key: str = "") -> Iterator[Fault]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _characters(file, str(name), key or "(the whole file)")
            yield from _characters(file, part, f"{key}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for place, part in enumerate(value):
            yield from _characters(file, part, f"{key}[{place}]")
    elif isinstance(value, str) and unfit_character(value):
        yield Fault(file, key, "expected no control or direction-changing character")


def _languages(profile: Profile) -> Iterator[Fault]:
    languages = profile.organisation.languages
    for name in ("official", "authentic", "pages"):
        if not getattr(languages, name):
            yield Fault(ORGANISATION, f"languages.{name}", "expected at least one language")
    for language in languages.authentic:
        yield from _known(ORGANISATION, "languages.authentic", language, languages.official)


def _parties(profile: Profile) -> Iterator[Fault]:
    organisation = profile.organisation
    ids = [party.id for party in organisation.parties] + [
        str(seat.id) for seat in organisation.seats
    ]
    yield from _once("parties", ids)
    alphabet = organisation.ordering.alphabet.casefold()
    language = organisation.ordering.language
    for place, party in enumerate(organisation.parties):
        key = f"parties[{place}]"
        yield from _known(ORGANISATION, f"{key}.kind", party.kind, profile.procedure.kinds)
        name: Text = party.short if organisation.ordering.name == "short" else party.long
        if language not in name:
            yield Fault(
                ORGANISATION,
                f"{key}.{organisation.ordering.name}.{language}",
                "expected a name to order by",
            )
        elif foreign := [
            letter
            for letter in name[language].casefold()
            if letter.isalpha() and letter not in alphabet
        ]:
            yield Fault(
                ORGANISATION,
                "ordering.alphabet",
                f"expected the letters {''.join(foreign)} of {party.id} in it",
            )
        if _backwards(party.since, party.until):
            yield Fault(ORGANISATION, f"{key}.until", "expected a day not before since")
    for place, seat in enumerate(organisation.seats):
        yield from _known(ORGANISATION, f"seats[{place}].kind", seat.kind, profile.procedure.kinds)
    for place, body in enumerate(organisation.bodies):
        yield from _known(
            ORGANISATION, f"bodies[{place}].members", body.members, profile.procedure.kinds
        )


def _offices_and_bodies(profile: Profile) -> Iterator[Fault]:
    for place, party in enumerate(profile.organisation.parties):
        yield from _once(f"parties[{place}].offices", [office.id for office in party.offices])
        for office in party.offices:
            yield from _holders(f"parties[{place}].offices.{office.id}", office)
    yield from _once("bodies", [body.id for body in profile.organisation.bodies])


def _once(key: str, ids: list[str]) -> Iterator[Fault]:
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        yield Fault(ORGANISATION, key, f"expected each id once; {twice} stands there twice")


def _holders(key: str, office: Office) -> Iterator[Fault]:
    for place, holder in enumerate(office.holders):
        if _backwards(holder.since, holder.until):
            yield Fault(
                ORGANISATION, f"{key}.holders[{place}].until", "expected a day not before since"
            )


def _backwards(since: datetime.date | None, until: datetime.date | None) -> bool:
    return since is not None and until is not None and until < since


def _chairmanship(profile: Profile) -> Iterator[Fault]:
    chairmanship = profile.organisation.chairmanship
    if chairmanship is None:
        return
    parties = {str(party.id): party for party in profile.organisation.parties}
    named = [("terms", str(term.party)) for term in chairmanship.terms]
    named += [("rotation", str(party)) for party in chairmanship.rotation]
    named += [("skips", str(skip.party)) for skip in chairmanship.skips]
    for key, party in named:
        yield from _known(ORGANISATION, f"chairmanship.{key}", party, parties)
    yield from _once("chairmanship.rotation", [str(party) for party in chairmanship.rotation])
    yield from _terms(chairmanship)


def _terms(chairmanship: Chairmanship) -> Iterator[Fault]:
    for place, term in enumerate(chairmanship.terms):
        if _backwards(term.since, term.until):
            yield Fault(
                ORGANISATION,
                f"chairmanship.terms[{place}].until",
                "expected a day not before since",
            )
    for earlier, later in zip(chairmanship.terms, chairmanship.terms[1:], strict=False):
        if later.since <= earlier.since:
            yield Fault(
                ORGANISATION,
                "chairmanship.terms",
                f"expected terms in order of time; {later.since} is not after {earlier.since}",
            )


def _rules(profile: Profile) -> Iterator[Fault]:
    rules = profile.procedure.rules
    for slot, about in SLOTS.items():
        if slot not in rules:
            yield Fault(PROCEDURE, f"rules.{slot}", f"expected a rule on {about}")
    for key, rule in rules.items():
        if rule.waivable and rule.standing == "treaty":
            yield Fault(
                PROCEDURE,
                f"rules.{key}.waivable",
                "expected false: a meeting cannot waive a treaty",
            )
        elif rule.waivable and not profile.may_be_waived(key):
            yield Fault(
                PROCEDURE,
                f"rules.{key}.waivable",
                "expected false: a decision would no longer be the members' own",
            )


def _kinds(profile: Profile) -> Iterator[Fault]:
    procedure = profile.procedure
    for name, kind in procedure.kinds.items():
        for form in kind.formats:
            yield from _known(PROCEDURE, f"kinds.{name}.formats", form, procedure.formats)
        for act, level in kind.acts.items():
            yield from _known(PROCEDURE, f"kinds.{name}.acts.{act}", act, ACTS)
            yield from _known(PROCEDURE, f"kinds.{name}.acts.{act}", level, LEVELS)
    yield from _opening(profile)
    for finding in procedure.accreditation.may_act:
        yield from _known(PROCEDURE, "accreditation.may_act", finding, Finding)
    if procedure.reply is not None and not procedure.reply.seconds:
        yield Fault(PROCEDURE, "reply.seconds", "expected the length of at least one reply")
    successors = [*FURTHER_SUCCESSORS, *(str(party.id) for party in profile.organisation.parties)]
    for successor in procedure.presiding_lost.succession:
        yield from _known(PROCEDURE, "presiding_lost.succession", successor, successors)


def _opening(profile: Profile) -> Iterator[Fault]:
    procedure = profile.procedure
    opening = procedure.opening
    yield from _known(PROCEDURE, "opening.first_format", opening.first_format, procedure.formats)
    yield from _share("opening.quorum", opening.quorum)
    for key, kind_name in (
        ("presiding_kind", opening.presiding_kind),
        ("secretariat_kind", opening.secretariat_kind),
    ):
        yield from _known(PROCEDURE, f"opening.{key}", kind_name, procedure.kinds)
        if sum(seat.kind == kind_name for seat in profile.organisation.seats) != 1:
            yield Fault(ORGANISATION, "seats", f"expected exactly one seat of the kind {kind_name}")
    yield from _known(PROCEDURE, "opening.guest_kind", opening.guest_kind, procedure.kinds)


def _decisions(profile: Profile) -> Iterator[Fault]:
    procedure = profile.procedure
    for name, decision in procedure.decisions.items():
        yield from _decision(f"decisions.{name}", decision, profile)
    for matter, about in MATTERS.items():
        if matter not in procedure.matters:
            yield Fault(PROCEDURE, f"matters.{matter}", f"expected the decision rule on {about}")
    for matter, name in procedure.matters.items():
        yield from _decides_at_a_meeting(f"matters.{matter}", name, procedure)
    if procedure.points_of_order.appeal is not None:
        appeal = procedure.points_of_order.appeal
        yield from _decides_at_a_meeting("points_of_order.appeal", appeal, procedure)
    if procedure.silence is not None:
        yield from _known(
            PROCEDURE, "silence.decision", procedure.silence.decision, procedure.decisions
        )
        decided = procedure.decisions.get(procedure.silence.decision)
        if decided is not None and decided.way != "silence":
            yield Fault(
                PROCEDURE, "silence.decision", "expected a decision rule whose way is silence"
            )


def _decides_at_a_meeting(key: str, name: str, procedure: Procedure) -> Iterator[Fault]:
    yield from _known(PROCEDURE, key, name, procedure.decisions)
    decision = procedure.decisions.get(name)
    if decision is not None and decision.way == "silence":
        yield Fault(PROCEDURE, key, "expected a decision rule whose way is consensus or vote")


def _decision(key: str, decision: DecisionRule, profile: Profile) -> Iterator[Fault]:
    procedure = profile.procedure
    yield from _known(PROCEDURE, f"{key}.rule", decision.rule, procedure.rules)
    for kind in decision.electorate:
        yield from _known(PROCEDURE, f"{key}.electorate", kind, procedure.kinds)
    for party in decision.vetoes:
        yield from _known(
            PROCEDURE, f"{key}.vetoes", party, [str(p.id) for p in profile.organisation.parties]
        )
    yield from _share(f"{key}.quorum", decision.quorum)
    yield from _majorities(key, decision, profile)
    if decision.fallback is not None:
        yield from _decides_at_a_meeting(f"{key}.fallback", decision.fallback, procedure)
        if _comes_back(decision, procedure):
            yield Fault(PROCEDURE, f"{key}.fallback", "expected fallbacks that come to an end")


def _majorities(key: str, decision: DecisionRule, profile: Profile) -> Iterator[Fault]:
    for place, majority in enumerate(decision.majorities):
        yield from _share(f"{key}.majorities[{place}]", majority)
        if majority.count != "heads":
            for party in profile.organisation.parties:
                if party.kind in decision.electorate and majority.count not in party.weights:
                    yield Fault(
                        ORGANISATION,
                        f"parties.{party.id}.weights.{majority.count}",
                        "expected this weight, which a majority counts",
                    )
    if (decision.way == "vote") != bool(decision.majorities):
        yield Fault(
            PROCEDURE, f"{key}.majorities", "expected majorities for a vote, and none otherwise"
        )


def _comes_back(decision: DecisionRule, procedure: Procedure) -> bool:
    """Return whether the fallbacks that follow *decision* go round in a circle."""
    seen: set[str] = set()
    then: DecisionRule | None = decision
    while then is not None and then.fallback is not None:
        if then.fallback in seen:
            return True
        seen.add(then.fallback)
        then = procedure.decisions.get(then.fallback)
    return False


def _documents_and_motions(profile: Profile) -> Iterator[Fault]:
    procedure = profile.procedure
    for name, kind in procedure.document_types.items():
        yield from _known(
            PROCEDURE, f"document_types.{name}.matter", kind.matter, procedure.matters
        )
        for sponsor in kind.sponsors:
            yield from _known(
                PROCEDURE, f"document_types.{name}.sponsors", sponsor, procedure.kinds
            )
        for language, symbol in kind.symbols.items():
            if re.search("[{}]", IN_SYMBOLS.sub("", symbol)):
                yield Fault(
                    PROCEDURE,
                    f"document_types.{name}.symbols.{language}",
                    "expected only {number}, {date} and {body} in braces",
                )
    for name, motion in procedure.motions.items():
        yield from _known(PROCEDURE, f"motions.{name}.rule", motion.rule, procedure.rules)
        yield from _decides_at_a_meeting(f"motions.{name}.decision", motion.decision, procedure)
        yield from _known(PROCEDURE, f"motions.{name}.effect", motion.effect, EFFECTS)
    for name, special in procedure.special_rules.items():
        yield from _known(PROCEDURE, f"special_rules.{name}.rule", special.rule, procedure.rules)


def _share(key: str, share: Share | None) -> Iterator[Fault]:
    if share is None:
        return
    given = [each for each in (share.at_least, share.more_than) if each is not None]
    if len(given) != 1:
        yield Fault(PROCEDURE, key, "expected either at_least or more_than")
        return
    try:
        whole = Fraction(given[0]) if FRACTION.fullmatch(given[0]) else None
    except ZeroDivisionError:
        whole = None
    if whole is None:
        yield Fault(PROCEDURE, key, f"expected a fraction such as 2/3, not {given[0]}")
    elif not 0 <= whole <= 1:
        yield Fault(PROCEDURE, key, f"expected a part of the whole, not {given[0]}")


def _known(file: str, key: str, name: str, among: object) -> Iterator[Fault]:
    names = [str(each) for each in among]  # type: ignore[attr-defined]
    if name in names:
        return
    near = get_close_matches(name, names, 1)
    hint = f"; did you mean {near[0]}?" if near else f"; known: {', '.join(sorted(names)[:12])}"
    yield Fault(file, key, f"{name} is not known here{hint}")
