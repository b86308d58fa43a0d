"""Whatever is done to a record, verifying it fails and names the section, and the entry where there is one."""

from collections.abc import Callable
from dataclasses import replace as with_
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.laws.forging import Forger, note, signed
from tests.laws.walking import KEY, LOG_KEY, PRESIDING, SECRETARY, Key, Walk

from plenary.desk.codec import PROFILE, Body, encode
from plenary.desk.publishing import profile_digest
from plenary.desk.verifying import verify_bundle
from plenary.record import (
    Attachment,
    Bundle,
    Entry,
    NotProven,
    encode_bundle,
    verifier_key,
)
from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Annex
from plenary.rules.meeting import DocumentStage, WindowState
from plenary.rules.names import DocumentId, ItemId, PersonId, RuleId, SeatId

FORGERS_KEY = Key(b"\x03" * 32)


# ---- an honest meeting ---------------------------------------------------------------------------


def _before_the_gavel(*, objecting: bool = False) -> Walk:
    """A meeting with a text before it, which everybody acknowledged, its time for objections over."""
    walk = Walk("sco")
    walk.start(4)
    document = next(d for d in walk.meeting.documents.values() if d.concerns is None)
    _done(walk, PRESIDING, a.TakeUpItem(item=ItemId("1")))
    _done(walk, PRESIDING, a.Put(subject=a.Texts(documents=(document.id,))))
    window = walk.meeting.window
    assert window is not None
    for seat in window.electorate:
        _done(walk, seat, a.AcknowledgeText(window=window.id, digest=window.digest))
    first, second = window.electorate[:2]
    _done(walk, first, a.AskForTheFloor())  # an entry between the deeds of the consultation
    _done(walk, second, a.Object(window=window.id, reason="No"))
    if not objecting:
        _done(walk, second, a.LiftObjection(window=window.id))
    walk.now = window.closes
    return walk


def _done(walk: Walk, seat: SeatId, act: a.AnyAct) -> None:
    assert walk.perform(walk.head(seat), act), act


def _to_its_end(walk: Walk) -> Walk:
    """Adopt, sign, speak, close."""
    window = walk.meeting.window
    assert window is not None
    _done(walk, PRESIDING, a.DeclareAdopted(window=window.id))
    document = next(d for d in walk.meeting.documents.values() if d.stage is DocumentStage.ADOPTED)
    means = a.SignatureMeans.ELECTRONIC
    for seat in window.electorate[:2]:
        _done(walk, seat, a.Sign(document=document.id, means=means, digest=document.digest))
    _done(walk, PRESIDING, a.GiveTheFloor(seat=window.electorate[0]))
    _done(walk, window.electorate[0], a.YieldTheFloor())
    _done(walk, PRESIDING, a.CloseMeeting())
    return walk


@cache
def _honest() -> tuple[Walk, Bundle]:
    """The record of an honest meeting, with a first checkpoint after 40 entries."""
    walk = _to_its_end(_before_the_gavel())
    return walk, signed(walk.bodies(), walk.profile, walk.minutes.origin, earlier=40)


def _fails(
    data: bytes,
    section: str,
    number: int | None = None,
    key: str | None = None,
    checkpoint: str | None = None,
) -> None:
    with pytest.raises(NotProven) as failed:
        verify_bundle(data, key=key, checkpoint=checkpoint)
    assert (failed.value.section, failed.value.number) == (section, number), str(failed.value)


def test_the_honest_record_verifies() -> None:
    _, bundle = _honest()
    verified = verify_bundle(encode_bundle(bundle), key=LOG_KEY, checkpoint=bundle.checkpoints[0])
    assert verified.not_checked == ()
    assert not verified.self_declared


# ---- what the chain, the tree and the checkpoints find -------------------------------------------


@cache
def _bytes() -> bytes:
    return encode_bundle(_honest()[1])


def _entry_lines() -> list[tuple[int, int]]:
    """Where each entry's line begins and ends (before its line feed)."""
    data = _bytes()
    begin = data.index(b"\n0 ") + 1
    lines = []
    for _ in _honest()[1].entries:
        end = data.index(b"\n", begin)
        lines.append((begin, end))
        begin = end + 1
    return lines


@given(st.data())
@settings(max_examples=250)
def test_any_byte_flipped_is_found(data: st.DataObject) -> None:
    whole = _bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(NotProven):
        verify_bundle(bytes(flipped))


def test_every_byte_after_the_entries_is_proved() -> None:
    whole = _bytes()
    for place in range(_entry_lines()[-1][1], len(whole)):
        for flip in (0x01, 0x80):
            flipped = bytearray(whole)
            flipped[place] ^= flip
            with pytest.raises(NotProven) as failed:
                verify_bundle(bytes(flipped))
            assert failed.value.section in {"entries", "checkpoints", "end"}


@given(st.data())
@settings(max_examples=150)
def test_a_byte_flipped_in_an_entry_names_the_entry(data: st.DataObject) -> None:
    whole = _bytes()
    number = data.draw(st.integers(0, len(_entry_lines()) - 1))
    begin, end = _entry_lines()[number]
    flipped = bytearray(whole)
    place = data.draw(st.integers(begin, end - 1))
    flipped[place] ^= data.draw(st.sampled_from([0x01, 0x04, 0x20, 0x80]))
    if flipped[place] not in b"\r\n":  # a line feed makes two lines of one
        _fails(bytes(flipped), "entries", number)


def _with_entries(change: Callable[[tuple[Entry, ...]], tuple[Entry, ...]]) -> bytes:
    _, bundle = _honest()
    return encode_bundle(with_(bundle, entries=change(bundle.entries)))


@given(st.data())
@settings(max_examples=30)
def test_an_entry_removed_is_missed_at_its_place(data: st.DataObject) -> None:
    entries = _honest()[1].entries
    number = data.draw(st.integers(0, len(entries) - 2))
    _fails(_with_entries(lambda all_: all_[:number] + all_[number + 1 :]), "entries", number)


def test_the_last_entry_removed_is_missed() -> None:
    _fails(_with_entries(lambda entries: entries[:-1]), "checkpoints")


def test_an_entry_removed_and_the_rest_numbered_anew_is_missed() -> None:
    def anew(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(with_(each, number=n) for n, each in enumerate(entries[:30] + entries[31:]))

    _fails(_with_entries(anew), "entries", 30)


def test_entries_in_another_order_are_found() -> None:
    def swapped(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        moved = [with_(entries[21], number=20), with_(entries[20], number=21)]
        return (*entries[:20], *moved, *entries[22:])

    _fails(_with_entries(swapped), "entries", 20)


@cache
def _another_meeting() -> Bundle:
    walk, _ = _honest()
    bodies = [replace(body, meeting="sco/another") for body in walk.bodies()]
    return signed(bodies, walk.profile, "sco/another")


def test_an_entry_of_another_meeting_is_found() -> None:
    other = _another_meeting().entries
    verify_bundle(encode_bundle(_another_meeting()))
    _fails(_with_entries(lambda all_: (*all_[:25], other[25], *all_[26:])), "entries", 25)


def test_all_entries_of_another_meeting_are_found() -> None:
    _fails(_with_entries(lambda _: _another_meeting().entries), "entries", 0)


def test_a_record_under_the_name_of_another_meeting_is_found() -> None:
    _, bundle = _honest()
    _fails(encode_bundle(with_(bundle, origin="sco/another")), "origin")


def test_a_tail_cut_to_an_earlier_checkpoint_is_found() -> None:
    """Also where nobody holds the later checkpoint: a record ends with its closing entry."""
    _, bundle = _honest()
    cut = with_(bundle, entries=bundle.entries[:40], checkpoints=bundle.checkpoints[:1])
    _fails(encode_bundle(cut), "entries", 39)
    _fails(encode_bundle(cut), "checkpoints", checkpoint=bundle.checkpoints[1])


def test_a_tail_written_anew_is_found_by_the_checkpoint_one_holds() -> None:
    walk, bundle = _honest()
    other = Forger(_before_the_gavel())
    other.honestly(other.chair, a.SetAside(window=other.window.id))
    other.close()
    rewritten = signed(other.bodies, walk.profile, walk.minutes.origin)
    data = encode_bundle(rewritten)
    verify_bundle(data, key=LOG_KEY)
    _fails(data, "checkpoints", key=LOG_KEY, checkpoint=bundle.checkpoints[1])


def test_a_record_signed_anew_with_another_key_is_only_self_declared() -> None:
    walk, bundle = _honest()
    anew = signed(walk.bodies(), walk.profile, walk.minutes.origin, FORGERS_KEY)
    assert verify_bundle(encode_bundle(anew)).self_declared
    _fails(encode_bundle(anew), "keys", key=LOG_KEY)
    _fails(encode_bundle(anew), "checkpoints", checkpoint=bundle.checkpoints[0])
    under_the_true_key = with_(anew, keys=(LOG_KEY,))
    _fails(encode_bundle(under_the_true_key), "checkpoints", key=LOG_KEY)
    forged = verifier_key(FORGERS_KEY.name, FORGERS_KEY.public_key())
    _fails(encode_bundle(with_(anew, keys=(LOG_KEY, forged))), "checkpoints", key=LOG_KEY)


def test_another_profile_attached_is_found() -> None:
    """Also one that an entry names somewhere, and one that the reader holds from elsewhere."""
    walk, bundle = _honest()
    procedure = replace(walk.profile.procedure, version="another")
    other = replace(walk.profile, procedure=procedure)
    attached = with_(bundle, attachments=(Attachment(PROFILE, encode(other)),))
    _fails(encode_bundle(attached), "attachments")
    _fails(encode_bundle(with_(bundle, attachments=())), "attachments")
    with pytest.raises(NotProven) as failed:
        verify_bundle(encode_bundle(bundle), profile=other)
    assert failed.value.section == "attachments"
    forger = Forger(_before_the_gavel())
    table = a.Table(
        document=DocumentId("x"),
        type="statement",
        titles=dict.fromkeys(walk.profile.organisation.languages.pages, "A statement"),
        texts={PROFILE: profile_digest(other)},  # type: ignore[dict-item]
    )
    forger.honestly(SECRETARY, table)
    forger.honestly(forger.chair, a.SetAside(window=forger.window.id))
    forger.close()
    named = with_(
        signed(forger.bodies, walk.profile, walk.minutes.origin),
        attachments=(Attachment(PROFILE, encode(other)),),
    )
    _fails(encode_bundle(named), "attachments")
    first_withheld = (named.entries[0].withhold(), *named.entries[1:])
    _fails(encode_bundle(with_(named, entries=first_withheld)), "entries", 0)


# ---- what only deciding again finds --------------------------------------------------------------


def _adoption(forger: Forger) -> a.DeclareAdopted:
    return a.DeclareAdopted(window=forger.window.id)


def adoption_over_an_objection() -> Forger:
    forger = Forger(_before_the_gavel(objecting=True))
    nobody_objects = replace(forger.window, objections={}, state=WindowState.OPEN)
    peace = replace(forger.meeting, window=nobody_objects)
    adoption = _adoption(forger)
    forger.write(forger.chair, adoption, forger.would_follow(forger.chair, adoption, on=peace))
    return forger


def adoption_with_a_lost_line() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    lost = forger.window.electorate[3]
    there = tuple(seat for seat in forger.everybody if seat != lost)
    facts = a.Facts(at=forger.at, connected=there)
    forger.write(forger.chair, adoption, forger.would_follow(forger.chair, adoption), facts)
    return forger


def adoption_before_its_time() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    events = forger.would_follow(forger.chair, adoption)
    early = a.Facts(at=forger.at - 1, connected=forger.everybody)
    forger.write(forger.chair, adoption, events, early)
    return forger


def adoption_by_a_person_without_the_right() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    staff = a.Actor(person=PersonId("presiding.staff"), seat=PRESIDING)
    forger.write(staff, adoption, forger.would_follow(forger.chair, adoption))
    return forger


def adoption_in_another_seat() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    member = forger.walk.head(forger.window.electorate[0])
    forger.write(member, adoption, forger.would_follow(forger.chair, adoption))
    return forger


def adoption_on_no_instruction_of_a_head() -> Forger:
    forger = Forger(_before_the_gavel())
    staff = a.Actor(
        person=PersonId(f"{forger.window.electorate[0]}.staff"),
        seat=forger.window.electorate[0],
        instructed_by=PersonId("somebody"),
    )
    raised = a.RaisePointOfOrder(point="Order")
    event = e.PointOfOrderRaised(seat=staff.seat, at=forger.at, point="Order")
    forger.write(staff, raised, (event,))
    return forger


def the_floor_given_to_two() -> Forger:
    forger = Forger(_before_the_gavel())
    forger.honestly(forger.chair, a.SetAside(window=forger.window.id))
    first = forger.meeting.floor.waiting[0].seat
    second = forger.meeting.presiding().id
    forger.honestly(forger.walk.head(second), a.AskForTheFloor())
    forger.honestly(forger.chair, a.GiveTheFloor(seat=first))
    free = replace(forger.meeting, floor=replace(forger.meeting.floor, speaking=None))
    giving = a.GiveTheFloor(seat=second)
    forger.write(forger.chair, giving, forger.would_follow(forger.chair, giving, on=free))
    return forger


def an_event_altered() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    events = [
        replace(event, texts={**event.texts, "en": "0" * 64})
        if isinstance(event, e.DocumentAdopted)
        else event
        for event in forger.would_follow(forger.chair, adoption)
    ]
    forger.write(forger.chair, adoption, events)
    return forger


def a_consequence_missing() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    agreed, *_ = forger.would_follow(forger.chair, adoption)
    forger.write(forger.chair, adoption, (agreed,))
    return forger


def a_consequence_too_many() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    events = forger.would_follow(forger.chair, adoption)
    surplus = e.ReportApproved(
        document=forger.put.id,
        author=forger.walk.profile.organisation.parties[0].id,
        period="2019-2020",
    )
    forger.write(forger.chair, adoption, (*events, surplus))
    return forger


def lines_forged_where_none_are_looked_at() -> Forger:
    forger = Forger(_before_the_gavel())
    member = forger.walk.head(forger.window.electorate[0])
    raised = a.RaisePointOfOrder(point="Order")
    facts = a.Facts(at=forger.at, connected=forger.everybody)
    forger.write(member, raised, forger.would_follow(member, raised), facts)
    return forger


def lines_left_out_where_they_decide() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    events = forger.would_follow(forger.chair, adoption)
    forger.write(forger.chair, adoption, events, a.Facts(at=forger.at))
    return forger


def lines_in_no_order() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    facts = a.Facts(at=forger.at, connected=tuple(reversed(forger.everybody)))
    forger.write(forger.chair, adoption, forger.would_follow(forger.chair, adoption), facts)
    return forger


def lines_told_to_everybody() -> Forger:
    forger = _adopted()
    everywhere = a.Facts(at=forger.at, connected=forger.everybody)
    forger.change_deed(forger.forged, lambda deed: replace(deed, facts=everywhere))
    return forger


def lines_left_out_of_the_consultation() -> Forger:
    forger = _adopted()
    forger.change(forger.forged - 1, lambda body: replace(body, connected=None))
    forger.forged += 1
    return forger


def lines_beside_an_act() -> Forger:
    forger = _adopted()
    forger.change(forger.forged, lambda body: replace(body, connected=forger.everybody))
    return forger


def lines_with_a_consultation_that_came_to_nothing() -> Forger:
    forger = Forger(_before_the_gavel())
    forger.honestly(forger.chair, a.SetAside(window=forger.window.id))
    forger.change(forger.forged - 1, lambda body: replace(body, connected=forger.everybody))
    return forger


def _adopted() -> Forger:
    forger = Forger(_before_the_gavel())
    forger.honestly(forger.chair, _adoption(forger))
    return forger


def _number_of(forger: Forger, act: type[a.Act]) -> int:
    """The number of the last entry of such an act."""
    return max(b.number for b in forger.bodies if b.deeds and isinstance(b.deeds[0].act, act))


def an_adoption_kept_from_the_public() -> Forger:
    forger = _adopted()
    forger.change(forger.forged, lambda body: replace(body, visibility="secretariat"))
    return forger


def a_draft_shown_to_the_public() -> Forger:
    forger = _adopted()
    number = _number_of(forger, a.Table)
    forger.change(number, lambda body: replace(body, visibility="public"))
    return forger


def a_consultation_shown_to_the_public() -> Forger:
    forger = _adopted()
    forger.change(forger.forged - 1, lambda body: replace(body, visibility="public"))
    return forger


def another_number_inside() -> Forger:
    forger = _adopted()
    forger.change(forger.forged, lambda body: replace(body, number=body.number - 1))
    return forger


def another_meeting_inside() -> Forger:
    forger = _adopted()
    forger.change(forger.forged, lambda body: replace(body, meeting="sco/another"))
    return forger


def another_time_outside_than_inside() -> Forger:
    forger = _adopted()
    forger.change(forger.forged, lambda body: replace(body, at=body.at + 1))
    return forger


def time_going_backwards() -> Forger:
    forger = _adopted()
    act = a.CallTheRoll()
    early = a.Facts(at=forger.at - 1, connected=forger.everybody)
    forger.write(forger.chair, act, forger.would_follow(forger.chair, act), early)
    return forger


def an_act_after_closing() -> Forger:
    forger = _adopted()
    still_open = forger.meeting
    forger.close()
    act = a.CallTheRoll()
    forger.write(forger.chair, act, forger.would_follow(forger.chair, act, on=still_open))
    return forger


def a_second_closing() -> Forger:
    forger = _adopted()
    forger.close()
    forger.write(forger.chair, a.CloseMeeting(), (e.MeetingClosed(why=RuleId("sitting")),))
    return forger


def two_acts_in_one_entry() -> Forger:
    forger = _adopted()
    forger.change(forger.forged, lambda body: replace(body, deeds=body.deeds * 2))
    return forger


def an_entry_without_an_act() -> Forger:
    forger = _adopted()
    forger.change(forger.forged, lambda body: replace(body, deeds=()))
    return forger


def an_act_said_to_be_done_before() -> Forger:
    """Only a consultation's deeds have a place other than that of their entry."""
    forger = _adopted()
    forger.change_deed(forger.forged, lambda deed: replace(deed, after=forger.forged - 1))
    return forger


# ---- consultations -------------------------------------------------------------------------------


def an_acknowledgement_left_out() -> Forger:
    """Then the adoption is not in order: a seat was not present for the text."""
    forger = _adopted()
    adopting = forger.forged
    forger.change(adopting - 1, lambda body: replace(body, deeds=body.deeds[1:]))
    forger.forged = adopting
    return forger


def a_lifting_left_out() -> Forger:
    forger = _adopted()
    adopting = forger.forged
    forger.change(adopting - 1, lambda body: replace(body, deeds=body.deeds[:-1]))
    forger.forged = adopting
    return forger


def deeds_of_a_consultation_in_another_order() -> Forger:
    forger = _adopted()

    def swapped(body: Body) -> Body:
        *others, objecting, lifting = body.deeds
        return replace(body, deeds=(*others, lifting, objecting))

    forger.change(forger.forged - 1, swapped)
    return forger


def a_deed_of_a_consultation_after_the_wrong_entry() -> Forger:
    """Before the question was put."""
    forger = _adopted()
    put = _number_of(forger, a.Put)
    forger.change_deed(forger.forged - 1, lambda deed: replace(deed, after=put - 1))
    return forger


def a_deed_of_a_consultation_after_no_entry() -> Forger:
    forger = _adopted()
    forger.change_deed(forger.forged - 1, lambda deed: replace(deed, after=None))
    return forger


def a_deed_of_a_consultation_after_a_later_entry() -> Forger:
    forger = _adopted()
    consultation = forger.forged - 1
    forger.change_deed(consultation, lambda deed: replace(deed, after=consultation), place=-1)
    return forger


def a_deed_of_a_consultation_before_the_entry_it_followed() -> Forger:
    """What was done after the next entry is said to be done before it, and its time gives that away."""
    forger = _adopted()
    asked = _number_of(forger, a.AskForTheFloor)

    def moved(body: Body) -> Body:
        deeds = [replace(deed, after=asked - 1) for deed in body.deeds[:-1]]
        later = replace(deeds[-1], facts=a.Facts(at=body.at))
        return replace(body, deeds=(*deeds[:-1], later, replace(body.deeds[-1], after=asked)))

    forger.change(forger.forged - 1, moved)
    forger.forged = asked  # which was then done before what is said to be before it
    return forger


def a_consultation_of_another_window() -> Forger:
    forger = _adopted()
    adopting = forger.forged
    forger.change(adopting - 1, lambda body: replace(body, consultation="w1"))
    forger.forged = adopting
    return forger


def a_consultation_of_another_time() -> Forger:
    forger = _adopted()
    forger.change(forger.forged - 1, lambda body: replace(body, at=body.at - 1))
    return forger


def a_consultation_too_many() -> Forger:
    forger = _adopted()
    last = forger.bodies[-2]
    forger.bodies.append(replace(last, number=len(forger.bodies), deeds=()))
    forger.forged = len(forger.bodies) - 1
    return forger


def a_consultation_left_out() -> Forger:
    """With everything that was raised in it: then nobody acknowledged the text."""
    forger = _adopted()
    forger.leave_out(forger.forged - 1)
    forger.forged -= 1
    return forger


def an_empty_consultation_left_out() -> Forger:
    """Also where nothing was raised there must be an entry, or its absence says so."""
    walk = Walk("sco")
    walk.start(4)
    waiver = a.Waiver(rule=RuleId("speaking"), ground="Late")
    _done(walk, PRESIDING, a.Put(subject=waiver))
    forger = Forger(walk)
    forger.honestly(forger.chair, a.SetAside(window=forger.window.id))
    forger.leave_out(forger.forged - 1)
    forger.forged -= 1
    return forger


def what_is_confidential_written_openly() -> Forger:
    forger = Forger(_before_the_gavel())
    objecting = forger.walk.head(forger.window.electorate[4])
    act = a.Object(window=forger.window.id, reason="No")
    events = forger.would_follow(objecting, act)
    forger.write(objecting, act, events)
    deed = replace(forger.held.pop(), after=None)
    forger._body((deed,), "members", deed.facts.at, None)
    forger.forged = len(forger.bodies) - 1
    return forger


# ---- who signs, who is late, what was pinned -----------------------------------------------------


def a_signature_of_another_text() -> Forger:
    forger = _adopted()
    document = next(d for d in forger.meeting.documents.values() if d.symbols)
    signatory = forger.walk.head(SeatId(forger.walk.profile.organisation.parties[0].id))
    act = a.Sign(document=document.id, means=a.SignatureMeans.ELECTRONIC, digest="0" * 64)
    event = e.DocumentSigned(
        document=document.id,
        seat=signatory.seat,
        person=signatory.person,
        means=act.means,
        digest=act.digest,
    )
    forger.write(signatory, act, (event,))
    return forger


def a_late_entry_for_somebody_without_the_right() -> Forger:
    forger = Forger(_before_the_gavel())
    adoption = _adoption(forger)
    member = forger.walk.head(forger.window.electorate[0])
    late = a.EnterLate(done=adoption, done_by=member, done_at=forger.at, ground="By voice")
    before = e.EnteredLate(done_by=member, done_at=forger.at, ground="By voice")
    events = (before, *forger.would_follow(forger.chair, adoption))
    forger.write(SECRETARY, late, events)
    return forger


def another_title_in_the_annexes() -> Forger:
    """The act and its event agree with each other, and not with what was tabled under that name."""
    forger = _adopted()
    number = _number_of(forger, a.Table)
    annex = Annex(titles={"en": "A plan"})  # type: ignore[dict-item]
    forger.change_deed(number, lambda deed: replace(deed, act=replace(deed.act, annexes=(annex,))))
    return forger


def other_rules_than_these() -> Forger:
    forger = _adopted()

    def other(deed: object) -> object:
        convened = replace(deed.events[0], rules_version="0")  # type: ignore[attr-defined]
        act = replace(deed.act, rules_version="0")  # type: ignore[attr-defined]
        return replace(deed, act=act, events=(convened,))  # type: ignore[type-var]

    forger.change_deed(0, other)  # type: ignore[arg-type]
    return forger


def a_first_entry_that_convenes_nothing() -> Forger:
    forger = _adopted()
    forger.leave_out(0)
    forger.forged = 0
    return forger


def no_closing_entry() -> Forger:
    forger = _adopted()
    forger.close()
    forger.bodies.pop()
    forger.forged = len(forger.bodies) - 1
    return forger


IMPROPER = [
    adoption_over_an_objection,
    adoption_with_a_lost_line,
    adoption_before_its_time,
    adoption_by_a_person_without_the_right,
    adoption_in_another_seat,
    adoption_on_no_instruction_of_a_head,
    the_floor_given_to_two,
    an_event_altered,
    a_consequence_missing,
    a_consequence_too_many,
    lines_forged_where_none_are_looked_at,
    lines_left_out_where_they_decide,
    lines_in_no_order,
    lines_told_to_everybody,
    lines_left_out_of_the_consultation,
    lines_beside_an_act,
    lines_with_a_consultation_that_came_to_nothing,
    an_adoption_kept_from_the_public,
    a_draft_shown_to_the_public,
    a_consultation_shown_to_the_public,
    another_number_inside,
    another_meeting_inside,
    another_time_outside_than_inside,
    time_going_backwards,
    an_act_after_closing,
    a_second_closing,
    two_acts_in_one_entry,
    an_entry_without_an_act,
    an_act_said_to_be_done_before,
    an_acknowledgement_left_out,
    a_lifting_left_out,
    deeds_of_a_consultation_in_another_order,
    a_deed_of_a_consultation_after_the_wrong_entry,
    a_deed_of_a_consultation_after_no_entry,
    a_deed_of_a_consultation_after_a_later_entry,
    a_deed_of_a_consultation_before_the_entry_it_followed,
    a_consultation_of_another_window,
    a_consultation_of_another_time,
    a_consultation_too_many,
    a_consultation_left_out,
    an_empty_consultation_left_out,
    what_is_confidential_written_openly,
    a_signature_of_another_text,
    a_late_entry_for_somebody_without_the_right,
    another_title_in_the_annexes,
    other_rules_than_these,
    no_closing_entry,
]


@pytest.mark.parametrize("improper", IMPROPER, ids=lambda each: each.__name__)
def test_a_well_signed_record_with_one_improper_act_fails_and_names_it(
    improper: Callable[[], Forger],
) -> None:
    forger = improper()
    number = forger.forged
    ends = {an_act_after_closing, a_second_closing, no_closing_entry}
    if improper not in ends:
        forger.close()
    _fails(forger.bundle(), "entries", number, key=LOG_KEY)


def test_without_its_first_entry_a_record_pins_no_profile() -> None:
    forger = a_first_entry_that_convenes_nothing()
    forger.close()
    _fails(forger.bundle(), "attachments")


def test_the_forger_goes_unnoticed_where_all_is_in_order() -> None:
    """So that what the others are caught at is the act, and not the way in which they are written."""
    forger = _adopted()
    forger.close()
    verify_bundle(forger.bundle(), key=LOG_KEY)
    walk, bundle = _honest()
    entries = bundle.entries
    assert bundle.checkpoints[0] == note(entries, 40, walk.minutes.origin, KEY)
