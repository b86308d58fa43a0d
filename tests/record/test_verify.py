"""What a forger, or a careless copyist, might do to a record."""

import pickle
from dataclasses import replace

import pytest
from tests.record.meetings import (
    KAZAKHSTAN,
    KAZAKHSTAN_KEY,
    LOG_KEY,
    ORIGIN,
    bodies,
    rewritten_bundle,
    sealed,
    signed,
    small_bundle,
    tree_of,
)

from plenary.record import (
    Bundle,
    Entry,
    NotProven,
    Proven,
    countersign,
    encode_bundle,
    first_seal,
    prove_bundle,
)

BUNDLE = small_bundle()
OTHER_ORIGIN = "sco/chs-2021-09-17"


def prove(bundle: Bundle, key: str | None = None, checkpoint: str | None = None) -> Proven:
    return prove_bundle(encode_bundle(bundle), key, checkpoint)


def refusal(bundle: Bundle, key: str | None = None, checkpoint: str | None = None) -> NotProven:
    with pytest.raises(NotProven) as refused:
        prove(bundle, key, checkpoint)
    return refused.value


def with_entries(*entries: Entry) -> Bundle:
    return replace(BUNDLE, entries=entries)


def other_meeting() -> Bundle:
    entries = sealed(bodies(4), OTHER_ORIGIN)
    notes = (signed(entries, 4, origin=OTHER_ORIGIN),)
    return Bundle(OTHER_ORIGIN, (LOG_KEY,), (), tuple(entries), notes)


def test_an_honest_record_is_proved_withheld_entries_included():
    proven = prove(BUNDLE)
    assert proven == Proven(
        origin=ORIGIN,
        size=4,
        root=tree_of(list(BUNDLE.entries)).root().hex(),
        head=BUNDLE.entries[3].seal.hex(),
        withheld=(2,),
        self_declared=True,
        bundle=BUNDLE,
    )


def test_with_the_key_from_elsewhere_the_record_is_no_longer_self_declared():
    assert not prove(BUNDLE, LOG_KEY).self_declared


def test_a_record_goes_on_from_a_checkpoint_received_earlier():
    entries = sealed(bodies(4))
    for size in range(5):
        assert prove(BUNDLE, LOG_KEY, signed(entries, size)).size == 4


def test_a_record_of_which_everything_is_withheld_is_still_one_chain():
    withheld = tuple(entry.withhold() for entry in BUNDLE.entries)
    assert prove(replace(BUNDLE, attachments=(), entries=withheld)).withheld == (0, 1, 2, 3)


def test_a_record_without_entries_ends_where_it_begins():
    empty = Bundle(ORIGIN, (LOG_KEY,), (), (), (signed([], 0),))
    assert prove(empty).head == first_seal(ORIGIN).hex()


def test_a_removed_entry_is_missed_at_its_place():
    first, second, third, fourth = BUNDLE.entries
    assert refusal(with_entries(first, third, fourth)).number == 1
    assert refusal(with_entries(second, third, fourth)).number == 0


def test_entries_in_another_order_are_refused_at_the_first_that_moved():
    first, second, third, fourth = BUNDLE.entries
    assert refusal(with_entries(first, third, second, fourth)).number == 1
    renumbered = with_entries(first, replace(third, number=1), replace(second, number=2), fourth)
    assert refusal(renumbered).number == 1


def test_an_entry_that_stands_twice_is_refused_at_its_second_place():
    first, second, third, fourth = BUNDLE.entries
    assert refusal(with_entries(first, second, second, third, fourth)).number == 2


def test_a_tail_is_not_cut_off_unseen():
    error = refusal(with_entries(*BUNDLE.entries[:3]))
    assert (error.section, error.number) == ("checkpoints", None)
    assert "the last is of 4 entries, the bundle has 3" in error.reason


def test_an_entry_added_after_the_last_checkpoint_is_not_proved():
    entries = tuple(sealed(bodies(5)))
    assert refusal(with_entries(*entries)).section == "checkpoints"


def test_an_entry_of_another_meeting_does_not_fit():
    theirs = other_meeting().entries
    assert refusal(with_entries(BUNDLE.entries[0], theirs[1], *BUNDLE.entries[2:])).number == 1
    assert refusal(with_entries(*theirs)).number == 0


def test_a_checkpoint_of_another_meeting_does_not_fit():
    theirs = other_meeting()
    both = replace(BUNDLE, checkpoints=(BUNDLE.checkpoints[0], *theirs.checkpoints))
    error = refusal(both)
    assert (error.section, error.reason) == ("checkpoints", "one is signed for another origin")
    assert refusal(replace(BUNDLE, checkpoints=theirs.checkpoints)).section == "origin"
    assert refusal(replace(BUNDLE, origin=OTHER_ORIGIN)).section == "origin"
    assert refusal(BUNDLE, checkpoint=theirs.checkpoints[0]).section == "origin"


def test_a_record_sealed_anew_is_not_the_one_that_was_signed():
    entries = tuple(sealed(bodies(4, said="no thanks")))
    error = refusal(with_entries(*entries))
    assert (error.section, error.reason) == (
        "checkpoints",
        "the first 4 entries are not those signed",
    )


def test_a_record_signed_anew_proves_only_that_it_agrees_with_itself():
    rewritten = rewritten_bundle()
    assert prove(rewritten).self_declared
    assert refusal(rewritten, key=LOG_KEY).section == "keys"
    assert refusal(rewritten, checkpoint=BUNDLE.checkpoints[0]).section == "checkpoints"


def test_the_log_key_is_the_first_and_not_a_countersigner():
    assert refusal(BUNDLE, key=KAZAKHSTAN_KEY).section == "keys"


def test_a_record_rewritten_by_its_own_key_is_betrayed_by_an_earlier_checkpoint():
    entries = sealed(bodies(4, said="no thanks"))
    rewritten = Bundle(ORIGIN, (LOG_KEY,), (), tuple(entries), (signed(entries, 4),))
    held = signed(sealed(bodies(4)), 3)
    assert prove(rewritten, LOG_KEY).size == 4
    assert "rewritten or cut" in refusal(rewritten, LOG_KEY, held).reason


def test_a_record_cut_by_its_own_key_is_betrayed_by_an_earlier_checkpoint():
    cut = replace(BUNDLE, entries=BUNDLE.entries[:2], checkpoints=BUNDLE.checkpoints[:1])
    assert prove(cut, LOG_KEY).size == 2
    assert "rewritten or cut" in refusal(cut, LOG_KEY, BUNDLE.checkpoints[1]).reason


def test_checkpoints_only_grow():
    first, last = BUNDLE.checkpoints
    for notes in ((last, first), (first, last, last), (first, first, last)):
        assert "do not increase" in refusal(replace(BUNDLE, checkpoints=notes)).reason


def test_a_countersignature_without_its_key_is_refused():
    assert refusal(replace(BUNDLE, keys=(LOG_KEY,))).section == "checkpoints"


def test_a_checkpoint_that_only_a_delegation_signed_is_refused():
    first, last = BUNDLE.checkpoints
    lines = last.splitlines(keepends=True)
    without_log = "".join(lines[:4] + lines[5:])
    assert "log key" in refusal(replace(BUNDLE, checkpoints=(first, without_log))).reason
    resigned = countersign(first, "kazakhstan", KAZAKHSTAN)
    assert prove(replace(BUNDLE, checkpoints=(resigned, last))).size == 4


def test_what_was_not_proved_travels_between_processes():
    error = NotProven("entries", "its seal does not follow", 3)
    assert str(error) == "entries, entry 3: its seal does not follow"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
