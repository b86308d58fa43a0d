"""Signing what was adopted with a view to signature."""

import pytest
from msgspec.structs import replace
from tests.rules.room import CHAIR, Room, head, instructed, package, sco, sitting, with_procedure

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Scope, SignatureMeans
from plenary.rules.names import DocumentId
from plenary.rules.profile import Profile
from plenary.rules.refusals import Reason


@pytest.fixture
def room() -> Room:
    """India stood aside from the declaration d1 and from a paragraph of d2; d3 is a statement."""
    room = sitting(sco())
    room.listed("d1", "d2")
    window = room.put_texts("d1", "d2")
    room.all_acknowledge()
    for scope in (
        Scope(document=DocumentId("d1")),
        Scope(document=DocumentId("d2"), paragraph="4"),
    ):
        room.do(head("IN"), a.StandAside(window=window, scope=scope))
    room.declare()
    return room


def sign(room: Room, document: str, **given: object) -> a.Sign:
    known = room.meeting.documents.get(DocumentId(document))
    digest = known.digest if known else "0" * 64
    act = a.Sign(document=DocumentId(document), means=SignatureMeans.ELECTRONIC, digest=digest)
    return replace(act, **given)


@pytest.mark.parametrize("means", SignatureMeans)
def test_ink_counterpart_pages_and_electronic_signature_have_equal_right(
    room: Room, means: SignatureMeans
) -> None:
    signed = room.one(e.DocumentSigned, head("KZ"), sign(room, "d1", means=means))
    assert (signed.means, signed.person) == (means, "head-KZ")
    assert room.document("d1").signatures == ("KZ",)
    room.refuses(head("KZ"), sign(room, "d1"), Reason.ALREADY_SIGNED, "signature")


def test_the_head_signs_in_person(room: Room) -> None:
    room.refuses(instructed("KZ"), sign(room, "d1"), Reason.HEAD_ALONE, "roles")


def test_a_head_may_sign_ad_referendum(room: Room) -> None:
    act = sign(room, "d1", ad_referendum=True)
    assert room.one(e.DocumentSigned, head("KZ"), act).ad_referendum


def test_who_stood_aside_does_not_sign_until_joining(room: Room) -> None:
    room.refuses(head("IN"), sign(room, "d1"), Reason.STOOD_ASIDE, "signature")
    room.do(head("IN"), a.JoinLater(scope=Scope(document=DocumentId("d1"))))
    room.do(head("IN"), sign(room, "d1"))


def test_who_stood_aside_from_a_paragraph_signs_the_document(room: Room) -> None:
    room.do(head("IN"), sign(room, "d2"))


def test_only_what_was_adopted_is_signed_and_exactly_as_adopted(room: Room) -> None:
    room.listed("d3")
    room.refuses(head("KZ"), sign(room, "d3"), Reason.NOT_ADOPTED, "signature")
    room.refuses(head("KZ"), sign(room, "d9"), Reason.UNKNOWN_DOCUMENT)
    other = sign(room, "d1", digest="0" * 64)
    room.refuses(head("KZ"), other, Reason.ANOTHER_TEXT, "signature")


def test_a_statement_is_adopted_without_signing(room: Room) -> None:
    room.listed("d3", type="statement")
    room.agree(package("d3"))
    room.refuses(head("KZ"), sign(room, "d3"), Reason.WITHOUT_SIGNING, "signature")


def presiding_signs() -> Profile:
    """A profile so careless as to let the presiding seat sign."""
    kinds = sco().procedure.kinds
    acts = {**kinds["presiding"].acts, "sign": "head"}
    changed = {**kinds, "presiding": replace(kinds["presiding"], acts=acts)}
    return with_procedure(sco(), lambda p: replace(p, kinds=changed))


def test_the_chairs_state_signs_from_its_own_seat_not_from_the_chair() -> None:
    room = sitting(presiding_signs())
    room.listed("d1")
    room.agree(package("d1"))
    room.refuses(CHAIR, sign(room, "d1"), Reason.NO_SAY, "signature")
    room.do(head("RU"), sign(room, "d1"))
    room.refuses(head("AF"), sign(room, "d1"), Reason.NOT_ENTITLED, "rights")
