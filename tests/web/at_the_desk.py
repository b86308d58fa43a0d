"""Acts brought straight to the desk: the real desk on the real database, without the live process."""

from plenary import wiring
from plenary.desk.codec import encode
from plenary.desk.desk import Desk
from plenary.feed.viewers import actor_in
from plenary.rules.acts import Actor, AnyAct, Convene
from plenary.rules.names import PersonId, SeatId
from plenary.rules.profile import Profile
from plenary.rules.refusals import Refused
from plenary.store.files import keep_file
from plenary.web.acts_client import Done, NotReachedError, RefusedAct, RuleSaid
from plenary.web.phrases import refusal, rule_in_words
from plenary.web.reading import sitting


class AtTheDesk:
    """Does what the live process does with an act of the pages, in this process."""

    def __init__(self) -> None:
        self.connected: set[SeatId] = set()

    def perform(
        self, origin: str, person: PersonId, seat: SeatId, act: AnyAct, *, key: str, language: str
    ) -> Done:
        convening = isinstance(act, Convene)
        profile = wiring.profile(origin.split("/", 1)[0]) if convening else sitting(origin).profile
        desk = self.desk(origin, profile)
        by = (
            Actor(person=person, seat=seat)
            if convening
            else actor_in(desk.meeting, seat, person, on_instruction=False)
        )
        if by is None:
            raise NotReachedError("the live process answered 404")
        try:
            receipt = desk.perform(by, act, key=f"{person}/{key}"[:80])
        except Refused as refused:
            rule = rule_in_words(profile, refused.rule, language)
            said = (
                RuleSaid(key=rule.key, text=rule.text, standing=rule.standing, source=rule.source)
                if rule
                else None
            )
            raise RefusedAct(
                refused.reason.value, refusal(refused, profile, language, desk.meeting), said
            ) from refused
        if convening:
            keep_file(origin, encode(profile), "public")
        return Done(number=receipt.number)

    def desk(self, origin: str, profile: Profile | None = None) -> Desk:
        return Desk(
            profile or sitting(origin).profile,
            wiring.minutes(origin),
            clock=wiring.system_clock,
            salts=wiring.random_salts,
            presence=lambda: self.connected,
        )
