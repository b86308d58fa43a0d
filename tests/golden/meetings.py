"""Two meetings held at a desk, for what every reader of a record must fold to the same state.

Rule: between them they hold every kind of event; a test counts.
"""

import hashlib
from collections.abc import Callable

from msgspec.structs import replace

from plenary.desk.desk import RULES_VERSION, Desk
from plenary.desk.memory import MemoryMinutes
from plenary.desk.publishing import profile_digest
from plenary.rules import acts as a
from plenary.rules.acts import Actor, AnyAct, Delivery, Finding, Form, Role
from plenary.rules.names import (
    DocumentId,
    ItemId,
    Language,
    Moment,
    MotionId,
    PartyId,
    PersonId,
    RuleId,
    SeatId,
)
from plenary.rules.profile import Profile
from plenary.wiring import profile, seeded_salts

MEMBERS = ["BR", "CU", "DZ", "FR", "JP", "KE"]
"""An assembly of six, for a roll of 193 proves nothing more."""
PACKAGE = ["declaration", "report", "initiative", "mandate", "statement"]
VOTES = {"y": a.Vote.YES, "n": a.Vote.NO, "a": a.Vote.ABSTAIN}
THE_DAY = 1_604_998_800_000
"""10 November 2020, 09:00 in Greenwich."""


def text(words: str) -> dict[Language, str]:
    """Return the same words in every language of a page."""
    return {
        Language("en"): words,
        Language("ru"): f"«{words}»",
        Language("zh-hans"): f"《{words}》",
    }


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


class Sitting:
    """A desk with a clock that every act moves on, and lines that come and go."""

    def __init__(self, rules: Profile, origin: str, done: Callable[[], None]) -> None:
        self.profile = rules
        self.done = done
        self.now: Moment = THE_DAY
        self.connected: set[str] = set()
        self.minutes = MemoryMinutes(origin)
        self.keys = 0
        self.desk = Desk(
            self.profile,
            self.minutes,
            clock=lambda: self.now,
            salts=seeded_salts(origin),
            presence=lambda: {SeatId(seat) for seat in self.connected},
        )

    def does(self, seat: str, act: AnyAct, person: str = "", instructed_by: str = "") -> None:
        """A person of a seat (its head, if nobody is named) does an act, seven seconds after the last."""
        self.now += 7_000
        self.keys += 1
        by = Actor(
            person=PersonId(person or f"{seat}-head"),
            seat=SeatId(seat),
            instructed_by=PersonId(instructed_by) if instructed_by else None,
        )
        self.desk.perform(by, act, key=f"key-{self.keys}")
        self.done()

    def chair(self, act: AnyAct) -> None:
        self.does("presiding", act)

    def office(self, act: AnyAct) -> None:
        self.does("secretariat", act, "clerk")

    def wait(self, seconds: int) -> None:
        self.now += 1000 * seconds

    def convene(self, body: str) -> None:
        self.office(
            a.Convene(
                body=body,
                titles=text("The meeting"),
                form=Form.VIDEOCONFERENCE,
                date="2020-11-10",
                place_of_record=text("Moscow"),
                profile=profile_digest(self.profile),
                rules_version=RULES_VERSION,
                secretariat={PersonId("clerk"): text("The Clerk")},
            )
        )

    def accredit(self, seat: str, person: str = "", role: Role = Role.HEAD) -> None:
        person = person or f"{seat}-head"
        letter = a.ReceiveLetter(
            seat=SeatId(seat),
            person=PersonId(person),
            names=text(person),
            role=role,
            titles=text("Delegate"),
        )
        self.office(letter)
        self.office(
            a.ExamineLetter(seat=SeatId(seat), person=PersonId(person), finding=Finding.ACCEPTED)
        )

    def arrive(self, seat: str) -> None:
        self.connected.add(seat)
        self.does(seat, a.TakeSeat(screen=f"screen-{seat}"))

    def decide(self, subject: a.AnySubject) -> None:
        """Put a question and declare it agreed, with nobody objecting."""
        self.chair(a.Put(subject=subject))
        self.acknowledge(sorted(self.connected))
        self.wait(60)
        self.declare()

    def acknowledge(self, seats: list[str]) -> None:
        window = self.window
        for seat in seats:
            if seat in window.electorate:
                act = a.AcknowledgeText(window=window.id, digest=window.digest)
                self.does(seat, act)

    def declare(self) -> None:
        self.chair(a.DeclareAdopted(window=self.window.id))

    @property
    def window(self):
        window = self.desk.meeting.window
        assert window is not None
        return window

    def move(self, kind: str, by: str, **more) -> None:
        self.does(by, a.Move(motion=MotionId(kind), kind=kind, **more))

    def vote(self, subject: a.AnySubject, votes: str, decision: str | None = None) -> None:
        """Put a question to a vote: each member in turn yes, no, abstaining or not voting."""
        self.chair(a.Put(subject=subject, decision=decision))
        window = self.window.id
        for seat, vote in zip(MEMBERS, votes, strict=True):
            if vote != "-":
                self.does(seat, a.CastVote(window=window, vote=VOTES[vote]))
        self.chair(a.DeclareResult(window=window))

    def texts(self, words: str) -> dict[Language, str]:
        """Return digests of a text in every authentic language."""
        languages = self.profile.organisation.languages.authentic
        return {each: digest(f"{words} {each}") for each in languages}

    def table(self, key: str, kind: str, by: str = "secretariat", **more) -> None:
        act = a.Table(
            document=DocumentId(key), type=kind, titles=text(key), texts=self.texts(key), **more
        )
        self.does(by, act, "clerk" if by == "secretariat" else "")


def the_summit(s: Sitting) -> None:
    """A summit by videoconference that decides by consensus."""
    s.convene("chs")
    seats = ["IN", "KZ", "CN", "KG", "PK", "RU", "TJ", "UZ"]
    for seat in ["presiding", *seats, "AF", "operator"]:
        s.accredit(seat)
    s.accredit("KZ", "KZ-aide", Role.STAFF)
    s.accredit("KG", "KG-deputy", Role.STAFF)
    s.office(a.ReplaceHead(seat=SeatId("KG"), person=PersonId("KG-deputy"), ground="taken ill"))
    s.office(
        a.ReceiveLetter(
            seat=SeatId("TJ"), person=PersonId("TJ-aide"), names=text("TJ-aide"), role=Role.STAFF
        )
    )
    s.office(
        a.ExamineLetter(
            seat=SeatId("TJ"),
            person=PersonId("TJ-aide"),
            finding=Finding.CONTESTED,
            note="no seal",
        )
    )
    s.office(
        a.InviteGuest(seat=SeatId("guest-un"), titles=text("The guest"), delivery=Delivery.RECORDED)
    )
    for seat in ["presiding", "IN", "KZ", "CN", "PK", "RU", "TJ", "UZ", "AF", "operator"]:
        s.arrive(seat)
    s.connected.add("KG")
    s.does("KG", a.TakeSeat(screen="screen-KG"), "KG-deputy")
    s.does("RU", a.TakeSeat(screen="another", displace=True))
    _the_documents(s)
    _the_opening(s)
    _the_debate(s)
    _the_package(s, tuple(map(DocumentId, PACKAGE[:4])))
    _the_end(s)


def _the_documents(s: Sitting) -> None:
    s.table("declaration", "declaration")
    s.table(
        "report",
        "decision",
        report=a.Report(author=PartyId("rats"), period="2019"),
        annexes=(a.Annex(titles=text("The annex")),),
    )
    s.table("initiative", "decision", by="KZ", initiative_of=PartyId("KZ"))
    s.table(
        "mandate",
        "decision",
        authorises=a.Authorisation(
            signatory=PartyId("sco-secretariat"),
            counterpart=text("another organisation"),
            instrument=text("a memorandum"),
        ),
    )
    s.table("withdrawn", "statement")
    s.table("statement", "statement")
    s.office(a.WithdrawDocument(document=DocumentId("withdrawn")))


def _the_opening(s: Sitting) -> None:
    s.chair(a.OpenMeeting())
    s.chair(a.CallTheRoll())
    s.decide(
        a.RemoteForm(
            form=Form.VIDEOCONFERENCE,
            special_rules=(
                RuleId("proceed_without"),
                RuleId("confirm_by_telephone"),
                RuleId("acting_chair"),
            ),
        )
    )
    s.decide(
        a.Agenda(
            items=(
                a.Item(id=ItemId("1"), titles=text("The state of things")),
                a.Item(
                    id=ItemId("2"),
                    titles=text("Documents"),
                    documents=(DocumentId("declaration"), DocumentId("report")),
                ),
            )
        )
    )
    s.decide(a.DocumentList(documents=tuple(map(DocumentId, PACKAGE))))
    s.connected.discard("presiding")
    s.office(a.InstallActingChair(seat=SeatId("TJ"), ground="the line is lost"))
    s.connected.add("presiding")
    s.office(a.RestoreChair())


def _the_debate(s: Sitting) -> None:
    s.chair(a.TakeUpItem(item=ItemId("1")))
    for seat in ["RU", "KZ", "AF"]:
        s.does(seat, a.AskForTheFloor())
    s.does("CN", a.AskForTheFloor(check_against_delivery=digest("speech")))
    s.does("UZ", a.AskForTheFloor())
    s.does("UZ", a.WithdrawRequest())
    s.chair(a.ReorderList(order=tuple(map(SeatId, ["KZ", "RU", "CN", "AF"]))))
    s.chair(a.ConsentToSpeak(seat=SeatId("AF")))
    s.does("operator", a.SignalReady(ready=True))
    s.chair(a.GiveTheFloor(seat=SeatId("KZ")))
    s.now -= 5_000
    s.chair(a.UndoFloor())
    s.chair(a.GiveTheFloor(seat=SeatId("KZ"), seconds=120))
    s.chair(a.ExtendTime(seconds=60))
    s.does("PK", a.RaisePointOfOrder(point="We cannot hear"))
    s.chair(a.Rule(upheld=True, rule=RuleId("points_of_order"), ruling="It is repeated."))
    s.does("KZ", a.YieldTheFloor())
    s.chair(a.GiveTheFloor(seat=SeatId("AF")))
    s.chair(a.EndSpeech())
    s.chair(a.CloseList())
    s.chair(a.ReopenList())
    s.chair(
        a.GiveRuling(rule=RuleId("speaking"), ruling="Five minutes each.", ground="It is late.")
    )
    s.does("IN", a.AskForReply(to=SeatId("KZ")))
    s.chair(a.GiveTheFloor(seat=SeatId("IN")))
    s.does("IN", a.YieldTheFloor())
    s.does("PK", a.LeaveMeeting(under_protest=True, statement="We leave."))
    s.does("PK", a.ReturnToMeeting())
    s.chair(a.ConcludeItem())
    s.chair(a.OpenSegment(format="narrow", closed=True))
    s.chair(a.TakeUpItem(item=ItemId("2")))
    s.chair(a.OpenSegment(format="extended"))


def _the_package(s: Sitting, package: tuple[DocumentId, ...]) -> None:
    s.chair(a.Put(subject=a.Texts(documents=package)))
    window = s.window
    there = ["IN", "KZ", "CN", "PK", "RU", "TJ"]
    s.acknowledge(there)
    s.does("PK", a.Object(window=window.id, reason="The third paragraph"))
    s.does("RU", a.Object(window=window.id))
    s.chair(a.Suspend(ground="consultations", consultations=True))
    s.wait(600)
    s.does("PK", a.LiftObjection(window=window.id))
    s.does("RU", a.LiftObjection(window=window.id))
    s.chair(a.Resume())
    whole = a.Scope(document=package[0])
    project = a.Scope(document=package[0], paragraph="7", project="the road")
    s.does("IN", a.StandAside(window=window.id, scope=project))
    s.does("IN", a.StandAside(window=window.id, scope=whole))
    s.does("RU", a.StandAside(window=window.id, scope=project))
    s.does("IN", a.TakeBack(window=window.id, what="stand_aside", scope=whole))
    s.does(
        "TJ",
        a.PlaceOpinion(
            kind=a.OpinionKind.OPINION, scope=whole, text="For the record.", window=window.id
        ),
    )
    s.does(
        "TJ",
        a.PlaceOpinion(kind=a.OpinionKind.OPINION, scope=project, text="Not so.", window=window.id),
    )
    s.does("TJ", a.TakeBack(window=window.id, what="opinion", scope=project))
    s.connected -= {"UZ", "KG"}
    s.office(
        a.ConfirmByTelephone(
            window=window.id,
            seat=SeatId("UZ"),
            person=PersonId("UZ-head"),
            digest=window.digest,
        )
    )
    s.chair(
        a.ProceedWithout(
            window=window.id,
            seat=SeatId("KG"),
            special_rule=RuleId("proceed_without"),
            ground="no line for an hour",
        )
    )
    s.wait(60)
    s.declare()
    s.connected |= {"UZ", "KG"}
    _after_the_gavel(s, package[0], project)


def _after_the_gavel(s: Sitting, adopted: DocumentId, project: a.Scope) -> None:
    s.does("IN", a.JoinLater(scope=project))
    s.does(
        "CN",
        a.PlaceOpinion(
            kind=a.OpinionKind.OPINION, scope=a.Scope(document=adopted), text="After the gavel."
        ),
    )
    document = s.desk.meeting.documents[adopted]
    sign = a.Sign(
        document=adopted, means=a.SignatureMeans.CIRCULATED_ORIGINAL, digest=document.digest
    )
    s.does("RU", sign)
    s.does("KZ", sign)


def _the_end(s: Sitting) -> None:
    statement = (DocumentId("statement"),)
    s.chair(a.Put(subject=a.Texts(documents=statement)))
    s.does("CN", a.Object(window=s.window.id))
    s.office(
        a.Amend(document=statement[0], texts=s.texts("better"), ground="as agreed in the margins")
    )
    s.chair(a.Put(subject=a.Texts(documents=statement)))
    s.chair(a.SetAside(window=s.window.id, ground="for the next meeting"))
    s.chair(a.Put(subject=a.Texts(documents=statement), expires=s.now + 300_000_000))
    silence = next(iter(s.desk.meeting.silences))
    s.does("TJ", a.BreakSilence(window=silence, amendment="And so on."))
    s.chair(a.SetAside(window=silence))
    s.decide(a.Waiver(rule=RuleId("reply"), ground="one hour is left"))
    s.chair(a.Put(subject=a.NextChair(party=PartyId("TJ"), takes_effect=a.TakesEffect.ON_CLOSING)))
    s.acknowledge(["IN", "KZ", "CN", "PK", "RU", "TJ", "UZ"])
    window = s.window
    s.does("KG", a.AcknowledgeText(window=window.id, digest=window.digest), "KG-deputy")
    s.wait(60)
    s.declare()
    s.office(
        a.EnterLate(
            done=a.RaisePointOfOrder(point="said aloud"),
            done_by=Actor(person=PersonId("KZ-head"), seat=SeatId("KZ")),
            done_at=s.now - 60_000,
            ground="the screen had failed",
        )
    )
    s.chair(a.Rule(upheld=False, rule=RuleId("points_of_order"), ruling="Noted."))
    s.chair(a.ConcludeItem())
    s.chair(a.CloseMeeting())


def the_assembly(s: Sitting) -> None:
    """A meeting that votes, with motions and an appeal."""
    s.convene("plenary")
    for seat in ["presiding", *MEMBERS, "VA"]:
        s.accredit(seat)
        s.arrive(seat)
    s.chair(a.OpenMeeting())
    for key in ("resolution", "decision", "disputed"):
        s.table(key, "resolution", by="BR", sponsors=(PartyId("BR"), PartyId("KE")))
    s.table("amendment", "amendment", by="FR", amends=DocumentId("resolution"), furthest_removed=1)
    s.decide(
        a.Agenda(items=tuple(a.Item(id=ItemId(key), titles=text(key)) for key in ("1", "2", "3")))
    )
    s.chair(a.TakeUpItem(item=ItemId("1")))
    _an_appeal(s)
    _motions(s)
    _votes(s)
    s.move("adjourn_meeting", "CU")
    s.vote(a.MotionSubject(motion=MotionId("adjourn_meeting")), "yyyyyy")
    s.chair(a.CloseMeeting())


def _an_appeal(s: Sitting) -> None:
    s.does("VA", a.AskForTheFloor())
    s.chair(a.GiveTheFloor(seat=SeatId("VA")))
    s.does("VA", a.YieldTheFloor())
    s.does("CU", a.RaisePointOfOrder(point="Not under this item"))
    s.chair(a.Rule(upheld=False, rule=RuleId("speaking"), ruling="It belongs here."))
    s.does("CU", a.Appeal())
    s.vote(a.AppealSubject(ruling=1), "yynnn-")


def _motions(s: Sitting) -> None:
    s.move("limit_speeches", "KE", seconds=300)
    motion = MotionId("limit_speeches")
    s.does("FR", a.SpeakOnMotion(motion=motion))
    s.does("CU", a.SpeakOnMotion(motion=motion, against=True))
    s.vote(a.MotionSubject(motion=motion), "yyyn--")
    s.move("close_list", "JP")
    s.does("JP", a.WithdrawMotion(motion=MotionId("close_list")))
    for kind in ("suspend", "close_list", "close_debate"):
        s.move(kind, "BR")
        s.vote(a.MotionSubject(motion=MotionId(kind)), "yyyyaa" if kind != "suspend" else "nnnnyy")
    s.chair(a.ConcludeItem())
    s.chair(a.TakeUpItem(item=ItemId("2")))
    s.move("adjourn_debate", "DZ")
    s.vote(a.MotionSubject(motion=MotionId("adjourn_debate")), "yyyyyn")
    s.chair(a.ConcludeItem())
    s.chair(a.TakeUpItem(item=ItemId("3")))
    s.move("no_competence", "CU", document=DocumentId("disputed"))
    s.vote(a.MotionSubject(motion=MotionId("no_competence")), "yyyyyn")


def _votes(s: Sitting) -> None:
    s.decide(a.Texts(documents=(DocumentId("amendment"),)))
    resolution = a.Texts(documents=(DocumentId("resolution"),))
    s.vote(resolution, "yyynnn", decision="simple_majority")  # a tie, and so a second vote
    s.chair(a.Put(subject=resolution, decision="simple_majority"))
    s.does("CU", a.CastVote(window=s.window.id, vote=a.Vote.YES))
    s.does("CU", a.CastVote(window=s.window.id, vote=a.Vote.NO))
    s.does(
        "JP",
        a.PlaceOpinion(
            kind=a.OpinionKind.EXPLANATION_OF_VOTE,
            scope=a.Scope(document=DocumentId("resolution")),
            text="We would have preferred another word.",
            window=s.window.id,
        ),
    )
    for seat in ("BR", "FR", "JP", "KE"):
        s.does(seat, a.CastVote(window=s.window.id, vote=a.Vote.YES))
    s.chair(a.DeclareResult(window=s.window.id))
    s.move("reconsider", "DZ", document=DocumentId("resolution"))
    s.vote(a.MotionSubject(motion=MotionId("reconsider")), "yyyyyn")
    s.vote(resolution, "nnnnny", decision="simple_majority")
    s.decide(a.Texts(documents=(DocumentId("decision"),)))


def small_assembly() -> Profile:
    """Return the United Nations' profile with six members and one observer."""
    whole = profile("un-ga")
    parties = tuple(each for each in whole.organisation.parties if each.id in {*MEMBERS, "VA"})
    return replace(whole, organisation=replace(whole.organisation, parties=parties))


MEETINGS = {
    "summit": (lambda: profile("sco"), "sco/chs-2020-11-10", the_summit),
    "assembly": (small_assembly, "un-ga/plenary-2020-11-10", the_assembly),
}
"""What each golden file is of: its profile, its origin, how it went."""
