"""What stands in a bundle but cannot be read, or rests on what cannot, is said to be so."""

from dataclasses import replace as with_

import pytest
from msgspec.structs import replace
from tests.laws.forging import note, sealed, signed
from tests.laws.test_tampering import _honest

from plenary.desk.codec import PROFILE, Body, encode
from plenary.desk.verifying import verify_bundle
from plenary.record import Attachment, Bundle, NotProven, encode_bundle
from plenary.rules import acts as a
from plenary.rules.events import QuestionPut


def _with_first_body(bundle: Bundle, change: bytes, by: bytes) -> Bundle:
    """The same record with its first body spelt otherwise, sealed and signed anew."""
    bodies = [entry.body or b"" for entry in bundle.entries]
    entries = sealed([bodies[0].replace(change, by), *bodies[1:]], bundle.origin)
    return with_(
        bundle, entries=tuple(entries), checkpoints=(note(entries, len(entries), bundle.origin),)
    )


def _refused(bundle: Bundle) -> NotProven:
    with pytest.raises(NotProven) as failed:
        verify_bundle(encode_bundle(bundle))
    return failed.value


def test_a_profile_that_is_none_is_not_read():
    walk, bundle = _honest()
    no_profile = Attachment(PROFILE, b"{}")
    digest = Attachment(PROFILE, encode(walk.profile)).digest
    forged = _with_first_body(bundle, digest.encode(), no_profile.digest.encode())

    refused = _refused(with_(forged, attachments=(no_profile,)))

    assert refused.section == "attachments"
    assert "cannot be read" in refused.reason


def test_a_faulty_profile_is_not_read():
    walk, bundle = _honest()
    faulty = replace(walk.profile, procedure=replace(walk.profile.procedure, matters={}))
    attached = Attachment(PROFILE, encode(faulty))
    digest = Attachment(PROFILE, encode(walk.profile)).digest
    forged = _with_first_body(bundle, digest.encode(), attached.digest.encode())

    refused = _refused(with_(forged, attachments=(attached,)))

    assert (refused.section, refused.reason) == ("attachments", "the profile is faulty")


def test_a_body_that_is_no_body_is_named():
    _, bundle = _honest()

    refused = _refused(_with_first_body(bundle, b'"deeds"', b'"needs"'))

    assert (refused.section, refused.number) == ("entries", 0)
    assert "cannot be read" in refused.reason


def test_what_speaks_of_something_no_open_entry_holds_is_listed_as_not_checked():
    walk, _ = _honest()
    bodies = [_put_under_an_unknown_rule(body) for body in walk.bodies()]
    bundle = signed(bodies, walk.profile, walk.minutes.origin)
    taken_up = next(
        body.number for body in bodies for deed in body.deeds if isinstance(deed.act, a.TakeUpItem)
    )
    entries = list(bundle.entries)
    entries[taken_up] = entries[taken_up].withhold()

    verified = verify_bundle(encode_bundle(with_(bundle, entries=tuple(entries))))

    gavel = max(
        body.number
        for body in bodies
        for deed in body.deeds
        if isinstance(deed.act, a.DeclareAdopted)
    )
    assert gavel in verified.not_checked


def _put_under_an_unknown_rule(body: Body) -> Body:
    deeds = tuple(
        replace(
            deed,
            events=tuple(
                replace(event, decision="nowhere") if _puts_texts(event) else event
                for event in deed.events
            ),
        )
        for deed in body.deeds
    )
    return replace(body, deeds=deeds)


def _puts_texts(event: object) -> bool:
    return isinstance(event, QuestionPut) and isinstance(event.subject, a.Texts)
