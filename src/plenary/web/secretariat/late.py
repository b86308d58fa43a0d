"""Entering late what was done orally or on paper: who did it, when, on what ground."""

import datetime

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from plenary.rules import acts as a
from plenary.rules.acts import Actor, AnyAct, OpinionKind, Scope, SignatureMeans, Vote
from plenary.rules.names import DocumentId, PersonId, SeatId, WindowId
from plenary.web.forms import ActForm, Typed, choices
from plenary.web.naming import act_word, word
from plenary.web.secretariat.at_work import AtWork, secretariat_page

ON_PAPER = (
    "ask_for_the_floor",
    "withdraw_request",
    "raise_point_of_order",
    "object",
    "lift_objection",
    "stand_aside",
    "place_opinion",
    "cast_vote",
    "join_later",
    "sign",
    "leave_meeting",
    "return_to_meeting",
)
"""Acts that a delegation can do by voice or on a slip of paper."""


OFFERED = {"list": "people", "autocomplete": "off"}
"""A line to type in, at which the browser offers the people of the meeting."""


class LateForm(ActForm):
    """An act that was done before it is entered."""

    seat = forms.ChoiceField(label=gettext_lazy("Seat"))
    person = Typed(
        label=gettext_lazy("Identifier of the person"),
        max_length=80,
        widget=forms.TextInput(attrs=OFFERED),
    )
    principal = Typed(
        label=gettext_lazy("On the instruction of"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs=OFFERED),
        help_text=gettext_lazy("Identifier of the head, where a member of the delegation acted."),
    )
    act = forms.ChoiceField(label=gettext_lazy("What was done"))
    done_at = forms.DateTimeField(
        label=gettext_lazy("When it was done (UTC)"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"
        ),
    )
    document = forms.ChoiceField(label=gettext_lazy("Document"), required=False)
    paragraph = Typed(label=gettext_lazy("Paragraph"), required=False, max_length=40)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of opinion"), required=False)
    vote = forms.ChoiceField(label=gettext_lazy("Vote"), required=False)
    means = forms.ChoiceField(label=gettext_lazy("Means of signature"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The opinion, the point of order, the reason: as it was said."),
    )
    ground = Typed(label=gettext_lazy("Why it is entered late"))

    def __init__(self, work: AtWork, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.work = work
        known = [(str(key), work.naming.document(key)) for key in work.meeting.documents]
        listed: dict[str, list[tuple[str, str]]] = {
            "seat": [(s.id, work.naming.seat(s.id)) for s in work.in_order()],
            "act": [(name, act_word(name)) for name in ON_PAPER],
            "document": choices(known, empty=True),
            "kind": choices([(k.value, word(k.value)) for k in OpinionKind], empty=True),
            "vote": choices([(v.value, word(v.value)) for v in Vote], empty=True),
            "means": choices([(m.value, word(m.value)) for m in SignatureMeans], empty=True),
        }
        for name, pairs in listed.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = pairs

    def clean(self) -> dict[str, object]:
        """Check that the act has what it needs."""
        given = super().clean() or {}
        needs = {
            "raise_point_of_order": ["text"],
            "stand_aside": ["document"],
            "place_opinion": ["document", "kind", "text"],
            "cast_vote": ["vote"],
            "join_later": ["document"],
            "sign": ["document", "means"],
        }
        for name in needs.get(str(given.get("act")), []):
            if not given.get(name):
                self.add_error(name, gettext("This act needs it."))
        on_window = ("object", "lift_objection", "stand_aside", "cast_vote")
        if given.get("act") in on_window and self.work.meeting.window is None:
            self.add_error("act", gettext("No question is before the meeting."))
        return given

    def late(self) -> a.EnterLate:
        """Return the act as it is entered."""
        given = self.cleaned_data
        at: datetime.datetime = given["done_at"]
        return a.EnterLate(
            done=self._done(),
            done_by=Actor(
                person=PersonId(given["person"]),
                seat=SeatId(given["seat"]),
                instructed_by=PersonId(given["principal"]) if given["principal"] else None,
            ),
            done_at=round(at.timestamp() * 1000),
            ground=given["ground"],
        )

    def _done(self) -> AnyAct:  # noqa: C901 - one table
        given = self.cleaned_data
        window = WindowId(self.work.meeting.window.id) if self.work.meeting.window else WindowId("")
        text = str(given["text"]).strip() or None
        match given["act"]:
            case "ask_for_the_floor":
                return a.AskForTheFloor()
            case "withdraw_request":
                return a.WithdrawRequest()
            case "raise_point_of_order":
                return a.RaisePointOfOrder(point=(text or "")[:500])
            case "object":
                return a.Object(window=window, reason=text)
            case "lift_objection":
                return a.LiftObjection(window=window)
            case "stand_aside":
                return a.StandAside(window=window, scope=self._scope())
            case "place_opinion":
                kind = OpinionKind(given["kind"])
                return a.PlaceOpinion(
                    kind=kind, scope=self._scope(), text=text or "–", window=self._open_on()
                )
            case "cast_vote":
                return a.CastVote(window=window, vote=Vote(given["vote"]))
            case "join_later":
                return a.JoinLater(scope=self._scope())
            case "sign":
                document = self.work.meeting.documents[DocumentId(given["document"])]
                means = SignatureMeans(given["means"])
                return a.Sign(document=document.id, means=means, digest=document.digest)
            case "leave_meeting":
                return a.LeaveMeeting(statement=text)
            case _:
                return a.ReturnToMeeting()

    def _scope(self) -> Scope:
        return Scope(
            document=DocumentId(self.cleaned_data["document"]), paragraph=self.typed("paragraph")
        )

    def _open_on(self) -> WindowId | None:
        window = self.work.meeting.window
        documents = getattr(window.subject, "documents", ()) if window else ()
        return window.id if window and self.cleaned_data["document"] in documents else None


@secretariat_page
def late(work: AtWork) -> HttpResponse:
    """Enter late an act done orally or on paper."""
    form = LateForm(work, work.request.POST if work.request.method == "POST" else None)
    if (
        work.request.method == "POST"
        and form.is_valid()
        and work.attempt(form.late(), form.act_key())
    ):
        return redirect(work.request.path)
    people = [(seat.id, work.naming.seat(seat.id), work.letters(seat)) for seat in work.in_order()]
    return work.page("late", form=form, people=people, here_tab="late")
