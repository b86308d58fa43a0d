"""Signing what was adopted with a view to signature.

Rule 1: signature authenticates what consensus adopted; it is another fact than adoption.
Rule 2: ink and counterpart pages stand beside electronic signature with equal right; no legal effect is claimed.
"""

from plenary.rules import acts as a
from plenary.rules import events as e
from plenary.rules.acts import Actor
from plenary.rules.chairmanship import electing
from plenary.rules.drafting import known_document
from plenary.rules.events import AnyEvent
from plenary.rules.meeting import DocumentStage, Meeting, Seat
from plenary.rules.names import RuleId
from plenary.rules.refusals import Reason, Refused


def sign(meeting: Meeting, seat: Seat, act: a.Sign, by: Actor) -> list[AnyEvent]:
    """A member that did not stand aside signs an adopted document once, exactly as adopted."""
    rule = RuleId("signature")
    document = known_document(meeting, act.document)
    if document.stage is not DocumentStage.ADOPTED:
        raise Refused(Reason.NOT_ADOPTED, rule, document=document.id)
    if document.adoption != "for_signature":
        raise Refused(Reason.WITHOUT_SIGNING, rule, document=document.id)
    if seat.id not in electing(meeting):
        raise Refused(Reason.NO_SAY, rule, seat=seat.id)
    if act.digest != document.digest:
        raise Refused(Reason.ANOTHER_TEXT, rule, digest=document.digest)
    if e.Annotation(seat=seat.id, scope=a.Scope(document=document.id)) in document.annotations:
        raise Refused(Reason.STOOD_ASIDE, rule, document=document.id)
    if seat.id in document.signatures:
        raise Refused(Reason.ALREADY_SIGNED, rule, document=document.id)
    letter = seat.letters.get(by.person)
    return [
        e.DocumentSigned(
            document=document.id,
            seat=seat.id,
            person=by.person,
            means=act.means,
            digest=act.digest,
            titles=letter.titles if letter else None,
            ad_referendum=act.ad_referendum,
        )
    ]
