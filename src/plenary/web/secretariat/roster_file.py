"""A roster as a file of comma-separated values, read row by row.

Rule 1: every fault of a row is named with its column; a faulty row keeps no good one back.
Rule 2: reading enters nothing.
"""

import csv
import io
from dataclasses import dataclass, field
from typing import Final, Protocol

from django.utils.translation import gettext

from plenary.rules import acts as a
from plenary.rules.acts import Finding, Role
from plenary.rules.meeting import Meeting
from plenary.rules.names import UNFIT, Language, PersonId, SeatId
from plenary.web.languages import listed, name_of_language
from plenary.web.people.identifiers import IDENTIFIER
from plenary.web.reading import Sitting

MOST_BYTES: Final = 500_000
MOST_ROWS: Final = 2_000


class Works(Protocol):
    """What reading needs to know of the meeting."""

    found: Sitting
    meeting: Meeting


@dataclass
class Row:
    """One row: what it says, what it would enter, what is wrong with it."""

    number: int
    head: str
    raw: str
    said: dict[str, str]
    errors: list[str] = field(default_factory=list)
    letter: a.ReceiveLetter | None = None
    examined: a.ExamineLetter | None = None


def columns(work: Works) -> list[tuple[str, str]]:
    """Return the columns of the file, and what each is for."""
    pages = work.found.profile.organisation.languages.pages
    return [
        ("seat", gettext("identifier of the seat, such as that of the party")),
        ("person", gettext("identifier of the person")),
        *(
            (
                f"name_{each}",
                gettext("name in this language: %(language)s")
                % {"language": name_of_language(each)},
            )
            for each in pages
        ),
        ("role", "head | staff"),
        ("office", gettext("office of the profile, if the person holds one")),
        *(
            (
                f"title_{each}",
                gettext("title in this language: %(language)s")
                % {"language": name_of_language(each)},
            )
            for each in pages
        ),
        ("signed_by", gettext("who signed the letter")),
        ("finding", "accepted | provisional | contested"),
    ]


def read_rows(text: str, work: Works) -> list[Row]:
    """Return the rows of *text*; a first line without the columns is the only row, with its fault."""
    delimiter = (
        ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    )
    try:
        records = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return [
            Row(1, "", text, {}, [gettext("The file cannot be read: %(why)s") % {"why": error}])
        ]
    names = [name.strip().lower() for name in records[0]] if records else []
    head = _line(records[0], delimiter) if records else ""
    missing = [name for name in ("seat", "person", "role") if name not in names]
    if missing:
        said = gettext("These columns are missing: %(columns)s") % {"columns": listed(missing)}
        return [Row(1, head, text, {}, [said])]
    rows: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for number, record in enumerate(records[1 : MOST_ROWS + 1], 2):
        if any(cell.strip() for cell in record):
            rows.append(_read(number, names, record, head, delimiter, work))
            _once(rows[-1], seen)
    if len(records) > MOST_ROWS + 1:
        too_long = gettext("Only the first %(n)s rows are read.") % {"n": MOST_ROWS}
        rows.append(Row(MOST_ROWS + 2, head, "", {}, [too_long]))
    return rows


def _line(record: list[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow(record)
    return out.getvalue()


def _once(row: Row, seen: set[tuple[str, str]]) -> None:
    place = (row.said.get("seat", ""), row.said.get("person", ""))
    if place in seen:
        row.errors.append(gettext("This person stands in the file twice for this seat."))
    seen.add(place)


def _read(
    number: int, names: list[str], record: list[str], head: str, delimiter: str, work: Works
) -> Row:
    said = {name: cell.strip() for name, cell in zip(names, record, strict=False)}
    row = Row(number, head, _line(record, delimiter), said)
    if len(record) > len(names):
        row.errors.append(gettext("The row has more cells than there are columns."))
    if any(UNFIT.search(cell) or len(cell) > 500 for cell in said.values()):
        row.errors.append(
            gettext("A cell is too long or contains a character that is not allowed.")
        )
        return row
    _check(row, work)
    if not row.errors:
        _acts(row)
    return row


def _check(row: Row, work: Works) -> None:
    said = row.said
    seat = work.meeting.seats.get(SeatId(said["seat"]))
    if seat is None:
        row.errors.append(
            gettext("There is no such seat at this meeting: %(seat)s.") % {"seat": said["seat"]}
        )
    if not IDENTIFIER.fullmatch(said["person"]):
        row.errors.append(
            gettext("The identifier of the person must be small letters, digits, dots and hyphens.")
        )
    elif seat is not None and PersonId(said["person"]) in seat.letters:
        row.errors.append(gettext("A letter has been received for this person already."))
    if said["role"] not in {each.value for each in Role}:
        row.errors.append(gettext("The role must be “head” or “staff”."))
    if said.get("finding") and said["finding"] not in {each.value for each in Finding}:
        row.errors.append(gettext("The finding must be “accepted”, “provisional” or “contested”."))
    languages = work.found.profile.organisation.languages
    needed = languages.needed or languages.pages[:1]
    missing = [name_of_language(each) for each in needed if not said.get(f"name_{each}")]
    if missing:
        row.errors.append(
            gettext("The name is missing in: %(languages)s") % {"languages": listed(missing)}
        )
    party = work.found.profile.party(seat.party) if seat and seat.party else None
    if (
        said.get("office") and said["office"] not in {o.id for o in party.offices}
        if party
        else said.get("office")
    ):
        row.errors.append(
            gettext("The profile knows no such office of this participant: %(office)s")
            % {"office": said["office"]}
        )


def _texts(said: dict[str, str], beginning: str) -> dict[Language, str]:
    return {
        Language(name.removeprefix(beginning)): cell
        for name, cell in said.items()
        if name.startswith(beginning) and cell
    }


def _acts(row: Row) -> None:
    said = row.said
    seat, person = SeatId(said["seat"]), PersonId(said["person"])
    row.letter = a.ReceiveLetter(
        seat=seat,
        person=person,
        names=_texts(said, "name_"),
        role=Role(said["role"]),
        office=said.get("office") or None,
        titles=_texts(said, "title_") or None,
        signed_by=said.get("signed_by") or None,
    )
    if said.get("finding"):
        row.examined = a.ExamineLetter(seat=seat, person=person, finding=Finding(said["finding"]))
