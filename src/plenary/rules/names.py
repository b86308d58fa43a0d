"""The words everything else is said in: identifiers, texts in several languages, moments.

Rule: an identifier is data from a profile, a roster or a record; none is ever written out in code.
"""

import datetime
import re
from typing import Annotated, Final, NewType, dataclass_transform

import msgspec

SeatId = NewType("SeatId", str)
"""A place in the room: a party's identifier, or one of the profile's further seats."""
PartyId = NewType("PartyId", str)
"""A member, observer, partner or permanent body of the organisation."""
PersonId = NewType("PersonId", str)
DocumentId = NewType("DocumentId", str)
ItemId = NewType("ItemId", str)
WindowId = NewType("WindowId", str)
MotionId = NewType("MotionId", str)
RuleId = NewType("RuleId", str)
"""The key of one rule in the profile's ``[rules]``."""
Language = NewType("Language", str)
"""A BCP 47 language tag in lower case, such as ``ru`` or ``zh-hans``."""


Identifier = Annotated[
    str, msgspec.Meta(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
]

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
"""One line a person typed: a title, a name, a ground."""
Passage = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
"""Several lines a person typed: an opinion, a statement, a proposed wording."""
Grounds = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
"""Why, in some sentences: the reason of an objection."""
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hexadecimal."""
Moment = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_000)]
"""Milliseconds since 1970-01-01T00:00:00Z."""
Seconds = Annotated[int, msgspec.Meta(ge=1, le=86_400)]

Text = Annotated[
    dict[Annotated[Language, msgspec.Meta(min_length=2, max_length=20)], Line],
    msgspec.Meta(max_length=20),
]
"""The same words in several languages."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Value(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A frozen value: what every act, event, state and rule is made of."""


# Cc except line feed and tab; the bidirectional embeddings, overrides and isolates of UAX #9, which
# can make a name read as another; line and paragraph separators; the byte order mark; lone surrogates.
UNFIT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)


def day_of(date: str) -> datetime.date | None:
    """Return the day that *date*, such as ``2020-11-10``, names, or None where there is no such day."""
    try:
        return datetime.date.fromisoformat(date)
    except ValueError:
        return None


def snake(name: str) -> str:
    """Return ``give_the_floor`` for ``GiveTheFloor``: the name an act or event bears in the record."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def unfit_character(value: object) -> str | None:
    """Return the first control or direction-changing character in any text within *value*, or None.

    *value* is built of dicts, lists and scalars, as ``msgspec.to_builtins`` gives them.
    """
    if isinstance(value, str):
        found = UNFIT.search(value)
        return found.group() if found else None
    if isinstance(value, dict):
        parts: list[object] = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple):
        parts = list(value)
    else:
        return None
    return next((found for found in map(unfit_character, parts) if found), None)
