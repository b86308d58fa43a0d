"""Confirmations by telephone, for a delegation whose line is lost while a text is considered.

Rule: the person at the telephone is one the delegation accredited, and hears which text it is about.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from plenary.rules import acts as a
from plenary.rules.meeting import Window
from plenary.rules.names import PersonId, SeatId
from plenary.rules.order import may_act
from plenary.web.forms import new_key
from plenary.web.secretariat.at_work import AtWork, secretariat_page


@secretariat_page
def telephone(work: AtWork) -> HttpResponse:
    """Show who is there for the text before the meeting, and enter a confirmation."""
    window = work.meeting.window
    if window is None or window.way != "consensus":
        return work.page("telephone", window=None, here_tab="telephone")
    if work.request.method == "POST":
        post = work.request.POST
        act = a.ConfirmByTelephone(
            window=window.id,
            seat=SeatId(post.get("seat", "")[:40]),
            person=PersonId(post.get("person", "")[:80]),
            digest=post.get("digest", "") if len(post.get("digest", "")) == 64 else window.digest,
        )
        entered = gettext("Entered; it is written when the consideration ends.")
        if post.get("read") and work.attempt(act, post.get("key") or new_key(), entered):
            return redirect(work.request.path)
    return work.page(
        "telephone",
        window=window,
        considered=work.naming.subject(window.subject),
        titles=[work.naming.document(key) for key in getattr(window.subject, "documents", ())],
        rows=[_row(work, window, key) for key in window.electorate],
        allowed=any(
            rule.allows == "confirm_by_telephone" and key in work.meeting.special_rules
            for key, rule in work.found.profile.procedure.special_rules.items()
        ),
        here_tab="telephone",
    )


def _row(work: AtWork, window: Window, key: SeatId) -> dict[str, object]:
    seat = work.meeting.seats[key]
    people = [(p, name) for p, letter, name in work.letters(seat) if may_act(work.meeting, letter)]
    return {
        "seat": key,
        "name": work.naming.seat(key),
        "acknowledged": key in window.acknowledged,
        "by_telephone": key in window.by_telephone,
        "objects": key in window.objections,
        "without": key in window.without,
        "people": people,
        "key": new_key(),
    }
