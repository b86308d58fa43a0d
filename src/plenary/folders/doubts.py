"""Where the data of a summit disagree with the profile of its organisation.

Rule 1: a doubt is shown and stops nothing; the profile may be as wrong as the summit.
Rule 2: offices are compared on the day of the meeting, by the names the profile gives their holders.
"""

from collections import Counter
from collections.abc import Iterator

import msgspec

from plenary.folders.folder import (
    AGENDA,
    DOCUMENTS,
    ROSTER,
    SCRIPT,
    SUMMIT,
    Expected,
    Folder,
    Paper,
    Person,
)
from plenary.rules.acts import Role
from plenary.rules.chairmanship import chair_on
from plenary.rules.names import Language, Text
from plenary.rules.profile import Office, Party, within
from plenary.rules.profile_reading import Fault as Doubt


def doubts(folder: Folder) -> Iterator[Doubt]:
    """Yield every disagreement between *folder* and its profile: file, key, and what the profile says."""
    for person in folder.people:
        if person.role is Role.HEAD:
            yield from _office(folder, person)
    yield from _chair(folder)
    yield from _counts(folder)
    for paper in folder.papers:
        yield from _report(folder, paper)
    yield from _agenda(folder)
    yield from _languages(folder)


# ---- who holds what office ----------------------------------------------------------------------


def _office(folder: Folder, person: Person) -> Iterator[Doubt]:
    """A letter that names an office or a title is compared; one that names none claims nothing."""
    party = folder.profile.party(person.seat)
    claims = person.office is not None or person.titles is not None
    if party is None or not party.offices or not claims:
        return
    key = f"people ({person.seat}, {person.id})"
    held = [office for office in party.offices if _holds(folder, office, person.names)]
    if not held:
        yield Doubt(
            ROSTER,
            f"{key}.names",
            f"{_any(person.names)} held no office of {party.id} on {folder.summit.date} "
            f"that the profile knows; it knows {_holders(folder, party)}",
        )
        return
    yield from _office_named(folder, person, party, held)
    yield from _office_in_titles(folder, person, party, held)


def _office_named(
    folder: Folder, person: Person, party: Party, held: list[Office]
) -> Iterator[Doubt]:
    if person.office is None or person.office in {office.id for office in held}:
        return
    yield Doubt(
        ROSTER,
        f"people ({person.seat}, {person.id}).office",
        f"nobody named {_any(person.names)} held the office {person.office} of {party.id} on "
        f"{folder.summit.date}; the profile has {_holders(folder, party)}",
    )


def _office_in_titles(
    folder: Folder, person: Person, party: Party, held: list[Office]
) -> Iterator[Doubt]:
    """What is left of a title without the offices held must name no other office of the party."""
    for language, title in (person.titles or {}).items():
        left = title.casefold()
        for name in sorted((_in(o.names, language) for o in held), key=len, reverse=True):
            left = left.replace(name.casefold(), " ") if name else left
        wrong = [
            _in(office.names, language)
            for office in party.offices
            if office not in held and _in(office.names, language).casefold() in left
        ]
        if wrong and wrong[0]:
            yield Doubt(
                ROSTER,
                f"people ({person.seat}, {person.id}).titles.{language}",
                f"{title}: {_any(person.names)} was not {wrong[0]} of {party.id} on "
                f"{folder.summit.date}; the profile has {_holders(folder, party)}",
            )


def _holds(folder: Folder, office: Office, names: Text) -> bool:
    return any(
        holder.names.get(language) == name
        for holder in office.holders
        if within(folder.summit.date, holder.since, holder.until)
        for language, name in names.items()
    )


def _holders(folder: Folder, party: Party) -> str:
    return ", ".join(
        f"{_any(holder.names)} as {_any(office.names)}"
        for office in party.offices
        for holder in office.holders
        if within(folder.summit.date, holder.since, holder.until)
    )


def _chair(folder: Folder) -> Iterator[Doubt]:
    """Who presides should head the delegation of the state that chairs the organisation that day."""
    organisation = folder.profile.organisation
    if organisation.chairmanship is None:
        return
    chairing = chair_on(organisation.chairmanship, folder.summit.date)
    kind = folder.profile.procedure.opening.presiding_kind
    presiding = {seat.id for seat in organisation.seats if seat.kind == kind}
    for person in folder.people:
        if person.seat not in presiding or person.role is not Role.HEAD:
            continue
        own = [
            str(each.seat) for each in folder.people if each.id == person.id and each is not person
        ]
        if chairing not in own:
            of = ", ".join(own) or "no delegation"
            yield Doubt(
                ROSTER,
                f"people ({person.seat}, {person.id})",
                f"the presiding officer is of {of}; {chairing} chairs the organisation on "
                f"{folder.summit.date}",
            )


# ---- how many ----------------------------------------------------------------------------------


def _counts(folder: Folder) -> Iterator[Doubt]:
    expected = folder.summit.expected
    papers = Counter(paper.type for paper in folder.papers if paper.amends is None)
    if isinstance(expected.documents, int) and expected.documents != papers.total():
        yield _count("documents", expected.documents, papers.total(), DOCUMENTS)
    if isinstance(expected.documents, dict):
        for kind in sorted({*expected.documents, *papers}):
            if expected.documents.get(kind, 0) != papers[kind]:
                said = expected.documents.get(kind, 0)
                yield _count(f"documents.{kind}", said, papers[kind], DOCUMENTS)
    yield from _participants(folder, expected)
    reports = sum(paper.report is not None for paper in folder.papers)
    if expected.reports not in (None, reports):
        yield _count("reports", expected.reports, reports, DOCUMENTS)
    mandates = sum(paper.authorises is not None for paper in folder.papers)
    if expected.mandates not in (None, mandates):
        yield _count("mandates", expected.mandates, mandates, DOCUMENTS)


def _participants(folder: Folder, expected: Expected) -> Iterator[Doubt]:
    """Whoever has a letter may take part, and nobody of whom the profile knows nothing."""
    seats = {person.seat for person in folder.people}
    known = {
        "members": folder.profile.in_order(_member_kind(folder), folder.summit.date),
        "observers": folder.profile.in_order("observer", folder.summit.date),
        "bodies": folder.profile.in_order("body", folder.summit.date),
        "guests": tuple(guest.seat for guest in folder.summit.guests),
    }
    for name, count in (expected.participants or {}).items():
        if name not in known:
            yield Doubt(SUMMIT, f"expected.participants.{name}", f"known: {', '.join(known)}")
            continue
        accredited = sum(str(each) in seats for each in known[name])
        if count > len(known[name]):
            yield _count(f"participants.{name}", count, len(known[name]), "the profile")
        elif count != accredited:
            yield _count(f"participants.{name}", count, accredited, ROSTER)


def _member_kind(folder: Folder) -> str:
    bodies = folder.profile.organisation.bodies
    return next((body.members for body in bodies if body.id == folder.summit.body), "member")


def _count(key: str, said: object, there: int, where: str) -> Doubt:
    return Doubt(SUMMIT, f"expected.{key}", f"{said} are expected; {where} has {there}")


# ---- documents, agenda, languages ----------------------------------------------------------------


def _report(folder: Folder, paper: Paper) -> Iterator[Doubt]:
    """The title of a report's document must name whose report it is, as the profile says it."""
    if paper.report is None:
        return
    author = folder.profile.party(paper.report.author)
    key = f"documents ({paper.id})"
    if author is None:
        yield Doubt(DOCUMENTS, f"{key}.report.author", f"{paper.report.author} is unknown")
    elif author.reports_of is None:
        yield Doubt(
            DOCUMENTS, f"{key}.report.author", f"the profile knows no report of {author.id}"
        )
    else:
        for language, words in author.reports_of.items():
            title = paper.titles.get(language)
            if title is not None and words.casefold() not in title.casefold():
                yield Doubt(
                    DOCUMENTS,
                    f"{key}.titles.{language}",
                    f"a report of another body: the report of {author.id} is that of "
                    f"“{words}”, which the title does not name: {title}",
                )


def _agenda(folder: Folder) -> Iterator[Doubt]:
    known = {paper.id for paper in folder.papers}
    for item in folder.items:
        for document in item.documents:
            if document not in known:
                yield Doubt(
                    AGENDA, f"items ({item.id}).documents", f"{document} is not in {DOCUMENTS}"
                )


def _languages(folder: Folder) -> Iterator[Doubt]:
    pages = folder.profile.organisation.languages.pages
    parts: list[tuple[str, str, object]] = [(SUMMIT, "", folder.summit)]
    parts += [(ROSTER, f"people ({each.seat}, {each.id})", each) for each in folder.people]
    parts += [(AGENDA, f"items ({each.id})", each) for each in folder.items]
    parts += [(DOCUMENTS, f"documents ({each.id})", each) for each in folder.papers]
    parts += [(SCRIPT, f"{each.key}.say", each.step.say) for each in folder.steps if each.step.say]
    for file, key, part in parts:
        for where, text in _texts(msgspec.to_builtins(part), key):
            missing = [language for language in pages if language not in text]
            if missing:
                yield Doubt(file, where, f"is not there in {', '.join(missing)}")
    authentic = folder.profile.organisation.languages.authentic
    for document, texts in folder.texts.items():
        missing = [language for language in authentic if language not in texts]
        if missing:
            yield Doubt(
                DOCUMENTS,
                f"documents ({document})",
                f"no text in {', '.join(missing)}; without it the document cannot be adopted",
            )


TEXTS = ("titles", "names", "place_of_record", "counterpart", "instrument", "say")


def _texts(value: object, key: str) -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(value, dict):
        strings = all(isinstance(part, str) for part in value.values())
        if strings and key.rpartition(".")[2] in TEXTS:
            yield key, value
            return
        for name, part in value.items():
            yield from _texts(part, f"{key}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for place, part in enumerate(value):
            yield from _texts(part, f"{key}[{place}]")


def _in(text: Text, language: Language) -> str:
    return text.get(language, "\x00")


def _any(text: Text) -> str:
    return text.get(Language("en")) or next(iter(text.values()), "?")
